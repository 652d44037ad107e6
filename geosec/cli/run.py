"""A file of incidents carried the whole way, and what came of it written to a folder."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from tqdm.auto import tqdm

from geosec.analysis.proximity import nearest, within
from geosec.assignment.verbs import assign_boundaries, locate_on_rail
from geosec.cli.printing.located import describe_run
from geosec.geocoding.geocoder import geocode
from geosec.incidents.read import read_incidents
from geosec.maps.webmap import incident_map, save_map
from geosec.railway.network import load_rail_network, load_rail_stations
from geosec.storage.writing import write_table

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

_NEAR_M = 10_000.0


@dataclass(frozen=True)
class Sampling:
    """How many draws each incident gets, and their seed."""

    draws: int = 199
    seed: int = 0


@dataclass(frozen=True)
class Reading:
    """How a file of incidents is read, as `read_incidents` takes it."""

    encoding: str = "utf-8"
    sheet: str | None = None
    day_first: bool | None = None

    def read(self, source: Path | str) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
        """Read incidents, and the rows that cannot be used."""
        return read_incidents(source, **asdict(self))


def run_file(
    source: Path | str,
    out: Path,
    sampling: Sampling,
    *,
    on: str | None = None,
    reading: Reading | None = None,
) -> None:
    """Carry a file of incidents the whole way, and print and write what came of it.

    The folder `out`, made if it is not there, gets ``incidents.parquet``, ``incidents.csv``,
    ``nearest_stations.csv``, ``rejected.csv`` and ``map.html``, all in EPSG:4326. Districts are
    those of `on`, as `assign_boundaries` takes it.
    """
    print(f"reading {source}")
    incidents, rejected = (reading or Reading()).read(source)
    out.mkdir(parents=True, exist_ok=True)
    draws, seed = sampling.draws, sampling.seed
    with tqdm(total=5, disable=None, leave=False, unit="step") as progress:
        located = geocode(incidents)
        progress.update()
        located = assign_boundaries(located, on=on, draws=draws, seed=seed)
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
    print(describe_run(located, near_rail, rejected, near_m=_NEAR_M))
