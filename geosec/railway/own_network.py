"""A railway built of a caller's tables: stations on their lines, km posts, and the track between.

A line without a geometry is drawn through its stations by their km. One with a geometry keeps it:
its bends between two posts have km by their share of its length.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString

from geosec.crs import STORAGE_CRS
from geosec.errors import GeosecWarning, SchemaError, near_misses
from geosec.geodesy.geodesics import geodesic_direct, geodesic_distance_m, geodesic_inverse
from geosec.geodesy.segments import SegmentIndex
from geosec.railway.own_tables import read_lines, read_stations
from geosec.railway.posts import bound_stray_m

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FARTHEST_M = 10_000.0  # a station is no nearer to its line than to others, perhaps
_BESIDE_M = 1_000.0
_CUT_M = 1_000.0  # of track beyond the first and the last station, worth a word
_SAME_M = 0.5
_ONE_STATION_M = 5_000.0  # two posts of one name that are farther apart are two stations
_LONG, _ROUNDING_KM, _UNIT = 1.2, 1.0, 3.0  # how far km and geometry may differ

GIVEN, COMPUTED = "given", "computed from the geometry of the line"
ESTIMATED = "estimated from the geometry of the line, between posts that are given"


class OwnTables(NamedTuple):
    """The parts of a network, as `geosec.RailNetwork` holds them."""

    lines: gpd.GeoDataFrame
    stations: gpd.GeoDataFrame
    posts: gpd.GeoDataFrame
    bends: gpd.GeoDataFrame


class _Placed(NamedTuple):
    """One line with its posts in order, and the bends between them."""

    posts: gpd.GeoDataFrame
    bend_km: NDArray[np.float64]
    bends: NDArray[np.float64]  #: longitude and latitude
    cut_m: float  #: length of track beyond the first and the last post
    beside_m: float  #: the farthest that a station stands from the line


def build_network(stations: Any, lines: Any) -> OwnTables:
    """Build the parts of a network from a caller's tables; what had to be computed is told."""
    known = read_lines(lines)
    rows = read_stations(stations, known)
    rows["station_id"] = _name_stations(rows)
    order = list(rows["line_id"].unique()) if known is None else list(known.index)
    _require_known_lines(rows, order, known)
    placed = {}
    for line_id in order:
        own = rows[rows["line_id"] == line_id]
        shape = None if known is None else known.geometry[line_id]
        placed[line_id] = _place_line(line_id, own, shape)
    posts = pd.concat([placed[line_id].posts for line_id in order], ignore_index=True)
    posts = _fill_columns(posts)
    _tell(placed, posts)
    bends = _gather_bends(placed)
    return OwnTables(_draw_lines(known, posts, bends), _gather(rows, posts), posts, bends)


def _require_known_lines(
    rows: gpd.GeoDataFrame, order: list[str], known: gpd.GeoDataFrame | None
) -> None:
    """Refuse stations on lines that are not there, and lines with fewer than two stations."""
    strange = rows.loc[~rows["line_id"].isin(order), ["name", "line_id"]]
    if len(strange):
        name, line_id = strange.iloc[0]
        msg = f"station {name!r} stands on line {line_id!r}, which `lines` lacks; "
        raise SchemaError(msg + near_misses(line_id, order))
    twice = rows.loc[rows.duplicated(["line_id", "station_id"]), ["name", "line_id"]]
    if len(twice):
        name, line_id = twice.iloc[0]
        msg = (
            f"station {name!r} stands twice on line {line_id!r}; drop one row, or tell two "
            "stations of one name apart by their `name` or a `station_id`."
        )
        raise SchemaError(msg)
    counts = rows["line_id"].value_counts()
    for line_id in order:
        if (count := int(counts.get(line_id, 0))) < 2:
            where = "`lines` has it; leave it out there" if known is not None else "leave it out"
            msg = (
                f"line {line_id!r} has {count} stations, and km posts need two at the least; give "
                f"its stations, or {where}."
            )
            raise SchemaError(msg)


def _name_stations(rows: gpd.GeoDataFrame) -> list[str]:
    """Give each row the identifier of its station: rows of one name near each other are one."""
    if "station_id" in rows.columns:
        return [str(own) for own in rows["station_id"]]
    lon, lat = rows.geometry.x.to_numpy(), rows.geometry.y.to_numpy()
    homes: dict[str, list[int]] = {}
    named = []
    for row, name in enumerate(rows["name"]):
        slug = re.sub(r"[\W_]+", "-", name.casefold()).strip("-") or "station"
        others = homes.setdefault(slug, [])
        away_m = [geodesic_distance_m(lon[row], lat[row], lon[at], lat[at]) for at in others]
        near = [at for at, metres in enumerate(away_m) if metres <= _ONE_STATION_M]
        if not near:
            others.append(row)
        number = near[0] if near else len(others) - 1
        named.append(slug if not number else f"{slug}-{number + 1}")
    return named


def _place_line(line_id: str, own: gpd.GeoDataFrame, shape: LineString | None) -> _Placed:
    """Put the stations of a line in order, each with its km, and the bends between them."""
    if shape is None:
        return _place_by_km(line_id, own)
    xy = shapely.get_coordinates(shape)
    xy = np.vstack([xy[:1], xy[1:][np.any(np.diff(xy, axis=0) != 0, axis=1)]])
    steps_m = geodesic_distance_m(*xy[:-1].T, *xy[1:].T)
    vertex_m = np.append(0.0, np.cumsum(steps_m))
    line = gpd.GeoSeries([LineString(xy)], crs=STORAGE_CRS)
    foot = SegmentIndex(line).project(own.geometry.x.to_numpy(), own.geometry.y.to_numpy())
    far = np.flatnonzero(foot.offset_m > _FARTHEST_M)
    if far.size:
        name, away_km = own["name"].iloc[far[0]], foot.offset_m[far[0]] / 1000
        msg = (
            f"station {name!r} stands {away_km:,.0f} km from the geometry of its line {line_id!r}; "
            "mend its point, its line or the CRS of the lines."
        )
        raise SchemaError(msg)
    along_m, whole_m = foot.along_m, vertex_m[-1]
    if _is_against(own["km"].to_numpy(), along_m):
        along_m, vertex_m, xy = whole_m - along_m, (whole_m - vertex_m)[::-1], xy[::-1]
    order = np.argsort(along_m, kind="stable")
    posts, along_m = own.iloc[order], along_m[order]
    km, source = _fill_km(posts["km"].to_numpy(), along_m)
    _require_rising(line_id, posts["name"].to_numpy(), km, along_m)
    points = gpd.points_from_xy(*_find_along(xy, vertex_m, along_m), crs=STORAGE_CRS)
    posts = posts.assign(km=km, km_source=source).set_geometry(points)
    behind = np.clip(np.searchsorted(along_m, vertex_m), 1, len(along_m) - 1)
    ends_m = along_m[behind - 1], along_m[behind]
    inner = (vertex_m > ends_m[0] + _SAME_M) & (vertex_m < ends_m[1] - _SAME_M)
    bend_km = np.interp(vertex_m[inner], along_m, km)
    cut_m = whole_m - (along_m[-1] - along_m[0])
    return _Placed(posts, bend_km, xy[inner], float(cut_m), float(foot.offset_m.max()))


def _place_by_km(line_id: str, own: gpd.GeoDataFrame) -> _Placed:
    """Put stations in the order of their km, where there is no geometry to tell more."""
    lacking = own["name"][own["km"].isna()]
    if len(lacking):
        msg = (
            f"station {lacking.iloc[0]!r} of line {line_id!r} has no `km`, and there is no "
            "geometry to compute it from; give the km, or the line in `lines`."
        )
        raise SchemaError(msg)
    posts = own.sort_values("km", kind="stable").assign(km_source=GIVEN)
    lon, lat = posts.geometry.x.to_numpy(), posts.geometry.y.to_numpy()
    along_m = np.append(0.0, np.cumsum(geodesic_distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:])))
    _require_rising(line_id, posts["name"].to_numpy(), posts["km"].to_numpy(), along_m)
    return _Placed(posts, np.empty(0), np.empty((0, 2)), 0.0, 0.0)


def _is_against(km: NDArray[np.float64], along_m: NDArray[np.float64]) -> bool:
    """Whether km fall along a line as it is drawn."""
    known = ~np.isnan(km)
    if known.sum() < 2:
        return False
    rise = (along_m[known] - along_m[known].mean()) * (km[known] - km[known].mean())
    return bool(rise.sum() < 0)


def _fill_km(
    km: NDArray[np.float64], along_m: NDArray[np.float64]
) -> tuple[NDArray[np.float64], list[str]]:
    """Fill in the km that are not given by the length of the line, and say which were."""
    known = ~np.isnan(km)
    if not known.any():
        return along_m / 1000, [COMPUTED] * len(km)
    filled = np.interp(along_m, along_m[known], km[known])
    first, last = np.flatnonzero(known)[[0, -1]]
    beyond = (along_m - along_m[first]) / 1000, (along_m - along_m[last]) / 1000
    filled[:first] = km[first] + beyond[0][:first]
    filled[last + 1 :] = km[last] + beyond[1][last + 1 :]
    source = np.where(known, GIVEN, ESTIMATED)
    return np.where(known, km, filled), [str(own) for own in source]


def _require_rising(
    line_id: str, names: NDArray[Any], km: NDArray[np.float64], along_m: NDArray[np.float64]
) -> None:
    """Refuse two stations at one km or one place, and km that do not follow the track."""
    for at in np.flatnonzero((np.diff(km) <= 0) | (np.diff(along_m) <= _SAME_M)):
        one, other = (f"{names[end]!r} (km {km[end]:g})" for end in (at, at + 1))
        same = "stand at one place or one km" if km[at] == km[at + 1] else "do not follow its km"
        if along_m[at + 1] - along_m[at] <= _SAME_M:
            same = "stand at one place"
        msg = (
            f"stations {one} and {other}, neighbours along line {line_id!r}, {same}; mend their "
            "km or points, or give a branch a `line` of its own."
        )
        raise SchemaError(msg)


def _find_along(
    xy: NDArray[np.float64], vertex_m: NDArray[np.float64], along_m: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the points so many metres along a line: longitude and latitude."""
    edge = np.clip(np.searchsorted(vertex_m, along_m, side="right") - 1, 0, len(xy) - 2)
    (lon, lat), (to_lon, to_lat) = xy[edge].T, xy[edge + 1].T
    azimuth_deg, _ = geodesic_inverse(lon, lat, to_lon, to_lat)
    return geodesic_direct(lon, lat, azimuth_deg, along_m - vertex_m[edge])


def _fill_columns(posts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give posts the columns that those of the shipped railway have."""
    empty = {"name_ur": "", "alt_names": "", "coord_source": GIVEN, "coord_quality": GIVEN}
    missing = {name: value for name, value in empty.items() if name not in posts.columns}
    posts = posts.assign(seq=posts.groupby("line_id", sort=False).cumcount() + 1, **missing)
    if "positional_accuracy_m" not in posts.columns:
        posts["positional_accuracy_m"] = 0.0
    posts["alt_names"] = posts["alt_names"].fillna("").astype("str")
    return gpd.GeoDataFrame(posts, geometry="geometry", crs=STORAGE_CRS)


def _gather_bends(placed: dict[str, _Placed]) -> gpd.GeoDataFrame:
    lines = np.repeat(list(placed), [len(own.bend_km) for own in placed.values()])
    km = np.concatenate([own.bend_km for own in placed.values()])
    xy = np.concatenate([own.bends for own in placed.values()])
    points = gpd.points_from_xy(*xy.T, crs=STORAGE_CRS)
    return gpd.GeoDataFrame({"line_id": lines.astype("str"), "km": km}, geometry=points)


def _draw_lines(
    known: gpd.GeoDataFrame | None, posts: gpd.GeoDataFrame, bends: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """Draw each line through its posts and bends, with its km and how well it is known."""
    rows = []
    for line_id, own in posts.groupby("line_id", sort=False):
        turns = bends[bends["line_id"] == line_id]
        both = pd.concat([own[["km", "geometry"]], turns[["km", "geometry"]]])
        shape = LineString(both.sort_values("km", kind="stable").geometry.tolist())
        stray_m = 0.0 if len(turns) else bound_stray_m(own)
        rows.append((line_id, shape, own["km"].iloc[0], own["km"].iloc[-1], stray_m))
    drawn = pd.DataFrame(rows, columns=["line_id", "geometry", "km_from", "km_to", "stray_m"])
    drawn = drawn.set_index("line_id")
    table = pd.DataFrame({"name": drawn.index}, drawn.index)
    if known is not None:
        table = pd.DataFrame(known.drop(columns="geometry")).loc[drawn.index]
    for name in ("name_ur", "alt_names", "status", "source"):
        if name not in table.columns:
            table[name] = ""
    table["status"] = table["status"].fillna("").astype("str")
    table["km_from"], table["km_to"] = drawn["km_from"], drawn["km_to"]
    if "positional_accuracy_m" not in table.columns:
        table["positional_accuracy_m"] = drawn["stray_m"]
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(drawn["geometry"], crs=STORAGE_CRS))


def _gather(rows: gpd.GeoDataFrame, posts: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """List each station once, where the caller has it."""
    lines = posts.groupby("station_id", sort=False)["line_id"].agg(";".join)
    first = posts.drop_duplicates("station_id").set_index("station_id")
    columns = ["name", "name_ur", "alt_names", "coord_quality", "positional_accuracy_m"]
    table = pd.DataFrame(first[[*columns, "coord_source"]])
    table.insert(3, "lines", lines)
    points = rows.drop_duplicates("station_id").set_index("station_id").geometry
    return gpd.GeoDataFrame(table, geometry=points.loc[table.index], crs=STORAGE_CRS)


def _tell(placed: dict[str, _Placed], posts: gpd.GeoDataFrame) -> None:
    """Warn of km that were computed or contradict the points, and of what was not used."""
    computed = posts[posts["km_source"] != GIVEN]
    if len(computed):
        which = ", ".join(map(repr, computed["line_id"].unique()[:3]))
        _warn(
            f"the km of {len(computed)} of {len(posts)} stations were computed from the length of "
            f"their line ({which}), as `posts` says in `km_source`; they are no official posts"
        )
    lon, lat = posts.geometry.x.to_numpy(), posts.geometry.y.to_numpy()
    chord_km = geodesic_distance_m(lon[:-1], lat[:-1], lon[1:], lat[1:]) / 1000
    span_km, same = np.diff(posts["km"]), posts["line_id"].to_numpy()
    far = (chord_km > _LONG * span_km) & (chord_km > span_km + _ROUNDING_KM)
    odd = np.flatnonzero((same[1:] == same[:-1]) & (far | (span_km > _UNIT * chord_km + _UNIT)))
    if odd.size:
        at = odd[0]
        one, other = posts["name"].iloc[[at, at + 1]]
        _warn(
            f"{odd.size} neighbours have km that their points contradict: {one!r} and {other!r} "
            f"are {span_km[at]:g} km apart by their posts and {chord_km[at]:.1f} km as the crow "
            "flies; are the posts in km?"
        )
    for line_id, own in placed.items():
        if own.cut_m > _CUT_M:
            _warn(
                f"{own.cut_m / 1000:.1f} km of line {line_id!r} lie beyond its first and last "
                "station, have no km and are left out"
            )
        if own.beside_m > _BESIDE_M:
            _warn(f"a station of line {line_id!r} stands {own.beside_m / 1000:.1f} km beside it")


def _warn(text: str) -> None:
    warnings.warn(f"{text}.", GeosecWarning, stacklevel=5)
