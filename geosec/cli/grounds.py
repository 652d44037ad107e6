"""The ground that incidents are held against: the one that ships with geosec, or layers given."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd
import shapely

from geosec.assignment.verbs import assign_boundaries, locate_on_rail
from geosec.cli.printing.page import complain
from geosec.cli.printing.terminal import escape_line
from geosec.crs import to_storage
from geosec.errors import ParameterError, SourceError, UnknownNameError, near_misses
from geosec.geocoding.geocoder import geocode
from geosec.railway.network import RailNetwork, load_rail_network
from geosec.reference.boundaries import load_boundaries
from geosec.reference.gazetteer import Gazetteer
from geosec.storage.reading import read_file
from geosec.storage.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from geosec.cli.options import Ground, Sampling


def locate_incidents(incidents: gpd.GeoDataFrame, ground: Ground) -> gpd.GeoDataFrame:
    """Geocode incidents with the places of a ground; say what helps those of another country.

    Boundaries or a railway of one's own say which country is meant: coordinates are taken wherever
    they are, and where nothing of those layers lies in Pakistan, no phrase is read as Pakistan's.
    """
    gazetteer = read_gazetteer(ground.gazetteer)
    has_own = has_own_layers(ground)
    is_abroad = gazetteer is None and has_own and not reaches_home(ground)
    if is_abroad:
        gazetteer = Gazetteer.from_table(
            pd.DataFrame(columns=["place_id", "name", "feature_class"])
        )
    located = geocode(incidents, gazetteer=gazetteer, anywhere=has_own or ground.anywhere)
    gone = located["match_status"].eq("unmatched" if is_abroad else "outside")
    if gone.any() and ground.gazetteer is None:
        told = "are told by phrases alone" if is_abroad else "lie outside Pakistan"
        complain(
            f"{gone.sum():,} of {len(located):,} incidents {told} and have no place; --gazetteer "
            f"FILE names the places of another country{_name_remedies(ground)}."
        )
    return located


def _name_remedies(ground: Ground) -> str:
    """Name the options beside --gazetteer that help incidents of another country."""
    if has_own_layers(ground):
        return ""
    remedies = ", --boundaries and --stations its districts and railway"
    return (
        remedies
        if ground.anywhere
        else f"{remedies}; --anywhere takes their coordinates as they are"
    )


def has_own_layers(ground: Ground) -> bool:
    """Tell whether boundaries or a railway were given."""
    return ground.boundaries is not None or ground.stations is not None


def reaches_home(ground: Ground) -> bool:
    """Tell whether a unit or a station of the layers given has its middle in Pakistan."""
    land = load_boundaries("adm0").geometry.union_all()
    layers = [] if ground.boundaries is None else [read_units(ground.boundaries)]
    layers += [] if ground.stations is None else [load_network(ground).stations]
    middles = [shapely.centroid(to_storage(layer, "boundaries").geometry) for layer in layers]
    return any(bool(shapely.intersects(land, each).any()) for each in middles)


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
    own = None if ground.boundaries is None else read_units(ground.boundaries)
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
    return read_named_units(ground.boundaries, ground.unit_name)


def read_named_units(path: Path, name: str | None) -> gpd.GeoDataFrame:
    """Read the polygons of units, with their names in ``name`` where their column is given."""
    units = read_units(path)
    return units if name is None else units.rename(columns={name: "name"})


def read_units(path: Path) -> gpd.GeoDataFrame:
    """Read the polygons of units; a file without shapes is refused with a `SourceError`."""
    units = read_layer(path)
    if not isinstance(units, gpd.GeoDataFrame):
        msg = (
            f"{path} is a table without shapes, and --boundaries takes polygons: a .geojson, .gpkg "
            "or .parquet that holds them."
        )
        raise SourceError(msg)
    return units


def read_layer(path: Path) -> pd.DataFrame:
    """Read a layer or a table from a file of any kind that incidents are read from."""
    found = read_file(path, "utf-8")
    if not isinstance(found, Rows):
        return found
    for record in found.unreadable:
        complain(f"{path}, line {record.line}, left out: {escape_line(record.problem)}")
    return found.table
