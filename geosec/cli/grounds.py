"""The ground that incidents are held against: the one that ships with geosec, or layers given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.assignment.verbs import assign_boundaries, locate_on_rail
from geosec.cli.printing.page import complain
from geosec.cli.printing.terminal import escape_line
from geosec.errors import ParameterError, UnknownNameError, near_misses
from geosec.geocoding.geocoder import geocode
from geosec.railway.network import RailNetwork, load_rail_network
from geosec.reference.boundaries import load_boundaries
from geosec.reference.gazetteer import Gazetteer
from geosec.storage.reading import read_file
from geosec.storage.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from geosec.cli.options import Ground, Sampling


def locate_incidents(incidents: gpd.GeoDataFrame, ground: Ground) -> gpd.GeoDataFrame:
    """Geocode incidents with the places of a ground; say what helps those of another country."""
    located = geocode(incidents, gazetteer=read_gazetteer(ground.gazetteer))
    outside = int((located["match_status"] == "outside").sum())
    if outside and ground.gazetteer is None:
        told = f"{outside:,} of {len(located):,} incidents lie outside Pakistan and have no place"
        complain(f"{told}; --gazetteer FILE names the places of another country.")
    return located


def read_gazetteer(path: Path | None) -> Gazetteer | None:
    """Read the places of a country: a dump of GeoNames (.zip, .txt), or else a table."""
    if path is None:
        return None
    if path.suffix.casefold() in {".zip", ".txt"}:
        return Gazetteer.from_geonames(path)
    return Gazetteer.from_table(read_layer(path))


def load_network(ground: Ground) -> RailNetwork:
    """Load the railway of the files given, or Pakistan's."""
    if ground.stations is None:
        if ground.lines is not None:
            msg = "--lines says where lines run, and --stations is missing: km are read from it."
            raise ParameterError(msg)
        return load_rail_network()
    lines = None if ground.lines is None else read_layer(ground.lines)
    return RailNetwork.from_table(read_layer(ground.stations), lines)


def assign_ground(
    located: gpd.GeoDataFrame, ground: Ground, network: RailNetwork, sampling: Sampling
) -> gpd.GeoDataFrame:
    """Assign places to the boundaries and the railway of a ground."""
    own = None if ground.boundaries is None else read_layer(ground.boundaries)
    draws, seed = sampling.draws, sampling.seed
    located = assign_boundaries(
        located,
        boundaries=own,
        on=ground.on,
        draws=draws,
        seed=seed,
        name=ground.unit_name,
        code=ground.unit_code,
    )
    given = None if ground.stations is None else network
    return locate_on_rail(located, network=given, draws=draws, seed=seed)


def load_targets(name: str, ground: Ground) -> gpd.GeoDataFrame:
    """Load a layer to measure to, EPSG:4326; an unknown name is answered with near misses."""
    loaders: dict[str, Callable[[], gpd.GeoDataFrame]] = {
        "stations": lambda: load_network(ground).stations,
        "lines": lambda: load_network(ground).standing().lines,
        "districts": lambda: _load_districts(ground),
    }
    if name not in loaders:
        msg = f"there is no layer {name!r} to measure to; {near_misses(name, loaders)}"
        raise UnknownNameError(msg)
    return loaders[name]()


def _load_districts(ground: Ground) -> gpd.GeoDataFrame:
    if ground.boundaries is None:
        return load_boundaries("adm2", on=ground.on).rename(columns={"adm2_name": "name"})
    own = read_layer(ground.boundaries)
    return own if ground.unit_name is None else own.rename(columns={ground.unit_name: "name"})


def read_layer(path: Path) -> pd.DataFrame:
    """Read a layer or a table from a file of any kind that incidents are read from."""
    found = read_file(path, "utf-8")
    if not isinstance(found, Rows):
        return found
    for record in found.unreadable:
        complain(f"{path}, line {record.line}, left out: {escape_line(record.problem)}")
    return found.table
