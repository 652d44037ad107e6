"""The ground under the incidents: the shipped one where they lie near it, or own layers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import shapely

from geosec.arguments import describe_given, require_text
from geosec.crs import to_storage
from geosec.errors import ParameterError, near_misses
from geosec.incidents.exports.terms import SOURCE_CREDIT
from geosec.maps.basemap import collect_basemap, label_provinces, label_stations, label_towns
from geosec.maps.drawn_shapes import KINDS, open_collections, take_areas
from geosec.maps.encoding import DRAWN_DEG, encode_shapes, write_label
from geosec.railway.network import RailNetwork, load_rail_network
from geosec.reference.boundaries import LEVELS, load_boundaries, load_rivers
from geosec.reference.gazetteer import load_gazetteer
from geosec.reference.unit_columns import UnitColumns, find_columns

if TYPE_CHECKING:
    from collections.abc import Hashable

    import numpy as np
    from numpy.typing import NDArray

SHIPPED_CREDIT = (
    "Boundaries: Natural Earth, COD-AB (OCHA) CC BY 3.0 IGO · places: GeoNames CC BY 4.0 · "
    "stations: © OpenStreetMap contributors, ODbL · rivers: GSHHG, LGPL"
)
_AROUND_DEG = 2.0  # beyond Pakistan, where its ground is still worth drawing
_PARTS = ("boundaries", "rivers", "lines", "stations", "places", "network", "credit")
_DRAWN = {"adm0": "country", "adm1": "provinces", "adm2": "districts"}
#: Dimensions of the shapes that a part is drawn from; others are drawn from any.
_SHAPES = {**dict.fromkeys(_DRAWN, (2,)), "rivers": (1, 2), "lines": (1,)}
_NAMES = ("name", "shapename", "name_en", "label")


def collect_ground(located: gpd.GeoDataFrame, own: Any, *, tiles: bool) -> tuple[Any, str]:
    """Collect what lies under the incidents of a table, and the credit for it.

    `own` is the argument ``ground`` of `geosec.incident_map`; where it is None the ground of
    Pakistan is drawn, if the incidents lie near it.
    """
    if own is not None:
        ground, credit = _collect_own(own)
        return {**ground, "tiles": tiles}, credit
    if not is_home(located):
        return {"tiles": tiles}, ""
    boundaries = {str(level): load_boundaries(level) for level in LEVELS}
    network = load_rail_network().standing()
    gazetteer = load_gazetteer()
    places = gazetteer.places[gazetteer.places["country_code"].isin(gazetteer.home)]
    rail = network.lines, tell_posts(network)
    return collect_basemap(boundaries, rail, load_rivers(), places, tiles=tiles), SHIPPED_CREDIT


def tell_posts(network: RailNetwork) -> gpd.GeoDataFrame:
    """Give the stations of a railway with their km posts in words, of each line they are on."""
    posts = network.posts.dropna(subset=["station_id", "km"]).sort_values(["station_id", "line_id"])
    written = "km " + posts["km"].map("{:g}".format)
    told = written.groupby(posts["station_id"]).agg(lambda each: " / ".join(dict.fromkeys(each)))
    stations = network.stations
    return stations.assign(km_posts=told.reindex(stations.index).fillna("").to_numpy())


def is_home(located: gpd.GeoDataFrame) -> bool:
    """Whether the ground that ships is that of a place, or of none that is elsewhere."""
    placed = located.geometry[located.geometry.notna()]
    west, south, east, north = load_boundaries("adm0").total_bounds
    lon, lat = shapely.get_x(placed.to_numpy()), shapely.get_y(placed.to_numpy())
    near = (lon >= west - _AROUND_DEG) & (lon <= east + _AROUND_DEG)
    near &= (lat >= south - _AROUND_DEG) & (lat <= north + _AROUND_DEG)
    return bool(near.any()) or not len(placed)


def read_layers(own: Any) -> dict[str, Any]:
    """Read the layers of a caller's own ground in EPSG:4326, by name; and ``credit``, a text."""
    parts = _read_parts(own)
    credit = parts.pop("credit", "")
    network = parts.pop("network", None)
    if network is not None:
        _require_network(network)
        parts = {"lines": network.lines, "stations": tell_posts(network)} | parts
    layers = {name: to_storage(layer, f"ground[{name!r}]") for name, layer in parts.items()}
    return {**layers, "credit": credit}


def _collect_own(own: Any) -> tuple[dict[str, Any], str]:
    layers = read_layers(own)
    credits_ = [layers.pop("credit")]
    credits_ += [str(layer.attrs.get(SOURCE_CREDIT, "")) for layer in layers.values()]
    ground = dict(_draw_layer(name, layer) for name, layer in layers.items())
    towns: list[dict[str, Any]] = ground.pop("towns", [])
    areas = next((layers[level] for level in ("adm1", "adm2") if level in layers), None)
    if "country" not in ground and areas is not None:
        held = take_areas(areas.geometry.to_numpy())
        country = shapely.union_all(held[~shapely.is_missing(held)])
        ground["country"] = encode_shapes(
            shapely.simplify([country] if held.any() else [], DRAWN_DEG)
        )
    if "adm1" in layers:
        named = _name_areas(layers["adm1"])
        towns = [*label_provinces(named), *towns]
    return {**ground, "towns": towns}, " · ".join(dict.fromkeys(filter(None, credits_)))


def _draw_layer(name: str, layer: gpd.GeoDataFrame) -> tuple[str, list[dict[str, Any]]]:
    """Draw a layer of a caller's; and say which part of the ground it is."""
    shapes = layer.geometry[_has_shape(layer)]
    if (shapes.geom_type == "GeometryCollection").any():
        shapes = gpd.GeoSeries(open_collections(shapes.to_numpy()), crs=shapes.crs)
    _require_kind(name, shapes)
    if name in _DRAWN:
        return _DRAWN[name], encode_shapes(_draw_areas(shapes))
    if name in {"rivers", "lines"}:
        part = "rail" if name == "lines" else name
        return part, encode_shapes(shapely.simplify(shapes.to_numpy(), DRAWN_DEG / 4))
    if name == "stations":
        return "stations", label_stations(_name_points(layer), set())
    return "towns", label_towns(_name_points(layer))


def _has_shape(layer: gpd.GeoDataFrame | gpd.GeoSeries) -> NDArray[np.bool_]:
    """Tell which rows of a layer have a shape."""
    shapes = layer.geometry.to_numpy()
    there: NDArray[np.bool_] = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    return there


def _require_kind(name: str, shapes: gpd.GeoSeries) -> None:
    allowed = _SHAPES.get(name, (0, 1, 2))
    dimensions = shapely.get_dimensions(shapes.to_numpy())
    for kind in sorted({*dimensions.tolist()} - {*allowed}):
        told = " or ".join(KINDS[each] for each in allowed)
        part = "boundaries" if name in _DRAWN else name
        msg = (
            f"`ground[{part!r}]` takes {told}, and {(dimensions == kind).sum()} of its "
            f"{len(shapes)} shapes are {KINDS[kind]}; leave them out, or give them elsewhere."
        )
        raise ParameterError(msg)


def find_network(own: Any) -> RailNetwork | None:
    """Find the railway in what is given as the ground, None where it has none."""
    network = own.get("network") if isinstance(own, Mapping) else None
    return network if isinstance(network, RailNetwork) else None


def _read_parts(own: Any) -> dict[str, Any]:
    """Read what was given as layers by name: ``adm0`` to ``adm2``, rivers, lines and so on."""
    if isinstance(own, gpd.GeoDataFrame | gpd.GeoSeries):
        own = {"boundaries": own}
    if not isinstance(own, Mapping):
        msg = (
            "`ground` takes a dict of layers, as {'boundaries': districts, 'lines': railway, "
            f"'places': towns, 'credit': 'whose they are'}}, and was given {describe_given(own)}."
        )
        raise ParameterError(msg)
    parts = {_know(name, _PARTS): layer for name, layer in own.items()}
    if "credit" in parts:
        parts["credit"] = require_text(parts["credit"], "ground['credit']")
    boundaries = parts.pop("boundaries", None)
    if isinstance(boundaries, Mapping):
        return {_know(level, _DRAWN): layer for level, layer in boundaries.items()} | parts
    return parts if boundaries is None else {"adm1": boundaries} | parts


def _know(name: Hashable, known: Any) -> str:
    if name not in known:
        msg = f"`ground` has no part {name!r}; {near_misses(str(name), known)}"
        raise ParameterError(msg)
    return str(name)


def _require_network(network: Any) -> None:
    if not isinstance(network, RailNetwork):
        msg = (
            "`ground['network']` takes a RailNetwork, and was given "
            f"{describe_given(network)}; lines of a GeoDataFrame go into `ground['lines']`."
        )
        raise ParameterError(msg)


def _draw_areas(shapes: gpd.GeoSeries) -> Any:
    """Simplify areas so that neighbours stay neighbours."""
    held = take_areas(shapes.to_numpy())
    areas = held[~shapely.is_missing(held)]
    return shapely.coverage_simplify(areas, DRAWN_DEG) if len(areas) else areas


def _name_areas(layer: gpd.GeoDataFrame | gpd.GeoSeries) -> gpd.GeoDataFrame:
    there = _has_shape(layer)
    shapes = layer.geometry[there]
    name = None
    if isinstance(layer, gpd.GeoDataFrame):
        name = find_columns(layer, "adm1", UnitColumns(None, None), plain=True).name
    names = [""] * len(shapes) if name is None else map(write_label, layer[name][there])
    named = gpd.GeoDataFrame({"adm1_name": list(names)}, geometry=list(shapes), crs=shapes.crs)
    return named[named["adm1_name"] != ""]


def _name_points(layer: gpd.GeoDataFrame | gpd.GeoSeries) -> gpd.GeoDataFrame:
    """Give the points of a layer with ``name`` and ``population``, where it tells them."""
    there = _has_shape(layer)
    points = layer.geometry[there]
    middles = points.representative_point()
    held = gpd.GeoDataFrame(geometry=list(middles), crs=points.crs)
    table = layer[there] if isinstance(layer, gpd.GeoDataFrame) else pd.DataFrame()
    spelt = {str(column).lower(): column for column in table.columns}
    name = next((spelt[each] for each in _NAMES if each in spelt), None)
    people = spelt.get("population")
    held["name"] = "" if name is None else [write_label(each) for each in table[name]]
    held["population"] = (
        0.0 if people is None else pd.to_numeric(table[people], errors="coerce").to_numpy()
    )
    held["population"] = held["population"].fillna(0.0).clip(lower=1.0)
    if "km_posts" in table.columns:
        held["km_posts"] = table["km_posts"].to_numpy()
    return held.assign(
        latitude=middles.y.to_numpy(), longitude=middles.x.to_numpy(), feature_class="town"
    )
