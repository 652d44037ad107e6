"""The command line: ``geosec demo | run | geocode | parse | nearest | map | evaluate | data``."""

from __future__ import annotations

import argparse
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm.auto import tqdm

from geosec.analysis.proximity import nearest, within
from geosec.assignment.verbs import assign_boundaries, locate_on_rail
from geosec.cli.printing import (
    fit_text,
    geocode_text,
    phrases_text,
    plain,
    report_text,
    reports_text,
    run_text,
)
from geosec.data.catalogue import example_path, list_layers
from geosec.errors import GeosecError, SourceError, UnknownNameError, near_misses
from geosec.evaluation.news import read_gold_news, score_news
from geosec.evaluation.phrases import read_gold_phrases, score_phrases
from geosec.evaluation.reliability_diagram import draw_reliability_diagram
from geosec.geocoding.geocoder import geocode
from geosec.incidents.read import read_incidents
from geosec.maps.webmap import incident_map, save_map
from geosec.news.reports import parse_report
from geosec.railway.network import load_rail_network, load_rail_stations
from geosec.reference.boundaries import load_boundaries
from geosec.schema import INDEX
from geosec.storage.files import whole_or_nothing
from geosec.storage.writing import write_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import geopandas as gpd

_TARGETS: dict[str, Callable[[], gpd.GeoDataFrame]] = {
    "stations": load_rail_stations,
    "lines": lambda: load_rail_network().standing().lines,
    "districts": lambda: load_boundaries("adm2").rename(columns={"adm2_name": "name"}),
}
_NEAR_M = 10_000.0


@dataclass(frozen=True)
class Sampling:
    """How the probabilities are drawn.

    Attributes
    ----------
    draws : int
        Draws for each incident.
    seed : int
        Seed of the draws.

    Examples
    --------
    >>> Sampling().draws
    199
    """

    draws: int = 199
    seed: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Words after ``geosec``; those of the process by default. Distances are in metres or
        kilometres as each option's name says.

    Returns
    -------
    int
        0 if all went well, 2 if the input cannot be used; the reason is on standard error.

    Examples
    --------
    >>> main(["geocode", "Kalat town", "--admin1", "Balochistan"])
    phrase: Kalat town
    ...
    0
    """
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal in ASCII shows Urdu as \uXXXX
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        options.action(options)
    except (GeosecError, OSError) as error:
        print(f"geosec: {plain(error)}", file=sys.stderr)
        return 2
    return 0


def run(source: Path | str, out: Path, sampling: Sampling) -> gpd.GeoDataFrame:
    """Carry a file of incidents the whole way and write what came of it.

    Parameters
    ----------
    source : path
        CSV, XLSX, Parquet, GeoJSON or GeoPackage; coordinates in it, if any, are converted to
        EPSG:4326.
    out : pathlib.Path
        Folder for ``incidents.parquet``, ``incidents.csv``, ``nearest_stations.csv``,
        ``rejected.csv`` and ``map.html``; it is made if it is not there.
    sampling : Sampling
        Draws and seed.

    Returns
    -------
    geopandas.GeoDataFrame
        The located incidents.

    Raises
    ------
    SourceError, SchemaError
        If the file cannot be read as a table of incidents.

    Examples
    --------
    >>> import tempfile
    >>> from geosec.data.catalogue import example_path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     located = run(example_path(), Path(folder), Sampling(draws=9))
    reading ...
    >>> len(located)
    72
    """
    print(f"reading {source}")
    incidents, rejected = read_incidents(source)
    out.mkdir(parents=True, exist_ok=True)
    draws, seed = sampling.draws, sampling.seed
    with tqdm(total=5, disable=None, leave=False, unit="step") as progress:
        located = geocode(incidents)
        progress.update()
        located = assign_boundaries(located, draws=draws, seed=seed)
        located = locate_on_rail(located, draws=draws, seed=seed)
        progress.update()
        stations = nearest(located, load_rail_stations(), k=3, draws=draws, seed=seed)
        standing = load_rail_network().standing().lines
        near_rail = within(located, standing, distance_m=_NEAR_M, draws=draws, seed=seed)
        progress.update()
        write_table(located, out / "incidents.parquet")
        write_table(located, out / "incidents.csv")
        write_table(stations, out / "nearest_stations.csv")
        write_table(rejected, out / "rejected.csv")
        progress.update()
        save_map(incident_map(located), out / "map.html", offline=True)
        progress.update()
    print(run_text(located, near_rail, rejected, near_m=_NEAR_M))
    return located


# ---------------------------------------------------------------------- the commands


def _demo(options: argparse.Namespace) -> None:
    run(example_path(), options.out, Sampling(options.draws, options.seed))
    print(f"\nwritten to {options.out.resolve()}; open {options.out / 'map.html'} in a browser")


def _run(options: argparse.Namespace) -> None:
    run(options.file, options.out, Sampling(options.draws, options.seed))
    print(f"\nwritten to {options.out.resolve()}")


def _geocode(options: argparse.Namespace) -> None:
    print(geocode_text(geocode(options.phrase, admin1=options.admin1)))


def _parse(options: argparse.Namespace) -> None:
    text = _text_of(options.file)
    report = parse_report(text, published=options.published)
    print(report_text(report))
    if options.out is not None:
        print(f"\nwritten to {write_table(report.events, options.out)}")


def _evaluate(options: argparse.Namespace) -> None:
    if options.file.suffix == ".jsonl":
        scored = score_news(read_gold_news(options.file))
        print(reports_text(scored))
    else:
        scored = score_phrases(read_gold_phrases(options.file))
        print(phrases_text(scored))
        if options.fit:
            print(f"\n{fit_text(scored)}")
        if options.diagram is not None:
            with whole_or_nothing(options.diagram) as partial:
                partial.write_text(draw_reliability_diagram(scored), encoding="utf-8")
            print(f"\nwritten to {options.diagram}")
    if options.out is not None:
        print(f"\nwritten to {write_table(scored, options.out)}")


def _text_of(file: Path) -> str:
    is_stdin = file == Path("-")
    if is_stdin and isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="strict")
    try:
        return sys.stdin.read() if is_stdin else file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        name = "standard input" if is_stdin else file
        msg = f"{name} is not text in UTF-8 ({error.reason} at byte {error.start}); save it so."
        raise SourceError(msg) from error


def _nearest(options: argparse.Namespace) -> None:
    if options.to not in _TARGETS:
        msg = f"there is no layer {options.to!r} to measure to; {near_misses(options.to, _TARGETS)}"
        raise UnknownNameError(msg)
    located = _located(options.file)
    targets = _TARGETS[options.to]()
    table = nearest(located, targets, k=options.k, draws=options.draws, seed=options.seed)
    if options.out is None:
        shown = table.round({"distance_m": 0, "distance_low_m": 0, "distance_high_m": 0})
        shown[INDEX] = shown[INDEX].map(plain)
        print(shown.to_string(index=False))
    else:
        print(f"written to {write_table(table, options.out)}")


def _map(options: argparse.Namespace) -> None:
    located = locate_on_rail(assign_boundaries(_located(options.file)))
    print(f"written to {save_map(incident_map(located), options.out, offline=not options.online)}")


def _located(file: Path) -> gpd.GeoDataFrame:
    """Read and geocode a file, and say on standard error what was left out."""
    incidents, rejected = read_incidents(file)
    for row in rejected.itertuples():
        print(f"geosec: line {row.line} rejected: {plain(row.reason)}", file=sys.stderr)
    return geocode(incidents)


def _data_list(_: argparse.Namespace) -> None:
    print(list_layers().to_string(na_rep="-"))


# ---------------------------------------------------------------------- the parser


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="geosec",
        description="Incident reports into places, districts, railway kilometres and maps, "
        "each with how sure it is.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    demo = commands.add_parser("demo", help="run everything on 72 reported incidents")
    demo.add_argument("--out", type=Path, default=Path("geosec-demo"), help="folder to write to")
    demo.set_defaults(action=_demo)

    whole = commands.add_parser("run", help="run everything on a file of incidents")
    whole.add_argument("file", type=Path, help="CSV, XLSX, Parquet, GeoJSON or GeoPackage")
    whole.add_argument("--out", type=Path, required=True, help="folder to write to")
    whole.set_defaults(action=_run)

    words = commands.add_parser("geocode", help="place phrases given on the command line")
    words.add_argument("phrase", nargs="+", help='such as "12 km south of Sibi"')
    words.add_argument("--admin1", help="province they are in")
    words.set_defaults(action=_geocode)

    article = commands.add_parser("parse", help="read places and events out of a news report")
    article.add_argument("file", type=Path, help="text file in UTF-8, or - for standard input")
    article.add_argument("--published", required=True, help="day of publication, YYYY-MM-DD")
    article.add_argument("--out", type=Path, help="file to write the events to")
    article.set_defaults(action=_parse)

    gold = commands.add_parser("evaluate", help="hold the geocoder against known places")
    gold.add_argument("file", type=Path, help="phrases (CSV) or reports (JSON lines) with truth")
    gold.add_argument("--out", type=Path, help="file to write every scored row to")
    gold.add_argument("--fit", action="store_true", help="say what each rule should promise")
    gold.add_argument("--diagram", type=Path, help="SVG file to draw the reliability in")
    gold.set_defaults(action=_evaluate)

    near = commands.add_parser("nearest", help="nearest infrastructure to each incident")
    near.add_argument("file", type=Path, help="file of incidents")
    near.add_argument("--to", default="stations", help=f"one of {', '.join(_TARGETS)}")
    near.add_argument("--k", type=int, default=3, help="how many for each incident")
    near.add_argument("--out", type=Path, help="file to write; printed by default")
    near.set_defaults(action=_nearest)

    drawn = commands.add_parser("map", help="draw the incidents of a file on a map")
    drawn.add_argument("file", type=Path, help="file of incidents")
    drawn.add_argument("--out", type=Path, default=Path("map.html"), help="HTML file to write")
    drawn.add_argument("--online", action="store_true", help="load Leaflet from the network")
    drawn.set_defaults(action=_map)

    data = commands.add_parser("data", help="the reference layers")
    actions = data.add_subparsers(title="actions", required=True, metavar="ACTION")
    actions.add_parser("list", help="list them").set_defaults(action=_data_list)

    for each in (demo, whole, near):
        each.add_argument("--draws", type=int, default=199, help="draws for each incident")
        each.add_argument("--seed", type=int, default=0, help="seed of the draws")
    return parser
