"""`geosec run` and `demo`: a file of incidents carried the whole way, its answers in a folder."""

from __future__ import annotations

from pathlib import Path

from geosec.analysis.proximity import nearest, within
from geosec.cli.grounds import assign_ground, load_network, locate_incidents
from geosec.cli.options import Ground, Reading, Sampling
from geosec.cli.outputs import refuse_source
from geosec.cli.printing.located import describe_run
from geosec.cli.printing.page import say, show, show_working
from geosec.cli.printing.terminal import escape_line
from geosec.cli.reading import end_if_nothing, read_file
from geosec.data.catalogue import example_path
from geosec.errors import SourceError
from geosec.exports import write_table
from geosec.maps.webmap import incident_map, save_map
from geosec.storage.addresses import is_address, show_place
from geosec.storage.csv_notes import hash_file
from geosec.storage.manifests import write_folder
from geosec.storage.provenance import describe_origin

_NEAR_M = 10_000.0
_TABLES = ("incidents.csv", "nearest_stations.csv", "rejected.csv")
_FILES = (
    "incidents.parquet",
    *_TABLES,
    *(f"{name}-metadata.json" for name in _TABLES),
    "map.html",
)


def run_demo(out: Path, sampling: Sampling, *, title: str) -> None:
    """Carry the incidents that come with geosec the whole way."""
    run_file(str(example_path()), out, sampling, reading=Reading(), ground=Ground(), title=title)
    say(f"open {out / 'map.html'} in a browser")


def run_file(
    source: str,
    out: Path,
    sampling: Sampling,
    *,
    reading: Reading,
    ground: Ground,
    title: str,
) -> None:
    """Carry a file of incidents the whole way, and print and write what came of it.

    The folder `out`, made if it is not there, gets ``incidents.parquet``, ``incidents.csv``,
    ``nearest_stations.csv``, ``rejected.csv`` and ``map.html``, all in EPSG:4326, and last
    ``manifest.json``, which says that all of them are whole. Districts and railway are those of the
    ground; `title` is the heading of the map.
    """
    if out.exists() and not out.is_dir():
        msg = f"{out} is a file, and `--out` takes a folder; name one, old or new."
        raise SourceError(msg)
    refuse_source(source, *(out / name for name in _FILES))
    say(f"reading {escape_line(show_place(source))}")
    incidents, rejected = read_file(source, reading, kept_in=str(out / "rejected.csv"))
    out.mkdir(parents=True, exist_ok=True)
    network = load_network(ground)
    located = locate_incidents(incidents, ground)
    draws, seed = sampling.draws, sampling.seed
    with show_working("assigning districts and railway kilometres"):
        located = assign_ground(located, ground, network, sampling)
    with show_working("measuring to stations and lines"):
        stations = nearest(located, network.stations, k=3, draws=draws, seed=seed)
        standing = network.standing().lines
        near_rail = within(located, standing, distance_m=_NEAR_M, draws=draws, seed=seed)
    with show_working("writing tables and the map"), write_folder(out, _FILES) as told:
        told |= {**describe_origin(located), "input": name_input(source)}
        told["rejected"] = len(rejected)
        write_table(located, out / "incidents.parquet")
        write_table(located, out / "incidents.csv")
        write_table(stations, out / "nearest_stations.csv")
        write_table(rejected, out / "rejected.csv")
        save_map(incident_map(located, title=title), out / "map.html", offline=True)
    show(describe_run(located, near_rail, rejected, near_m=_NEAR_M))
    show([""])
    say(f"written to {out.resolve()}")
    end_if_nothing(incidents, source)


def name_input(source: str) -> dict[str, str]:
    """Name what was read: a table of a database, or a file with the hash of its bytes."""
    if is_address(source):
        return {"table": show_place(source)}
    return {"file": Path(source).name, "sha256": hash_file(Path(source))}
