"""A way cut into sections, from station to station or at equal lengths of track.

A post is read off between two stations only where posts and track agree: a cut that would fall
between two posts which the track contradicts is made at the nearer of the two.
"""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any, Literal

import geopandas as gpd
import numpy as np
import pandas as pd
from shapely import LineString

from geosec.arguments import describe_given
from geosec.crs import STORAGE_CRS
from geosec.errors import ParameterError
from geosec.geodesy.geodesics import geodesic_direct, geodesic_inverse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.analysis.ways import Way

    Floats = NDArray[np.float64]

_LEAST_M = 100.0  # no line is known so well that shorter sections would mean something
_SHORT = 0.2  # of a section: a rest below it joins the section before
_SAME_KM = 1e-9


@dataclass(frozen=True, eq=False)
class Sections:
    """The sections of a way."""

    table: gpd.GeoDataFrame  #: where each lies, a row each, with the part of the track as geometry
    pieces: pd.DataFrame  #: edges cut at the ends of sections; ``section`` says whose
    error_m: Floats  #: standard error of where the track of each lies


def cut_sections(way: Way, by: Literal["station"] | float) -> Sections:
    """Cut a way at its stations, or at every so many metres of track.

    Raises a `ParameterError` where `by` is neither ``"station"`` nor a length of 100 m or more.
    """
    ends_km = _find_ends(way.edges, by)
    pieces = _cut_pieces(way.edges, ends_km)
    first = pieces["section"].searchsorted(np.arange(len(ends_km) - 1))
    last = np.append(first[1:], len(pieces)) - 1
    starts, stops = pieces.iloc[first], pieces.iloc[last]
    owner = pieces.groupby("section", sort=False)
    length_km = pieces["end_km"] - pieces["start_km"]
    squares = (pieces["error_m"] ** 2 * length_km).groupby(pieces["section"]).sum()
    columns = {
        "rail_line": owner["line_id"].agg(lambda own: ";".join(own.unique())).to_numpy(),
        "km_from": starts["km_a"].to_numpy(),
        "km_to": stops["km_b"].to_numpy(),
        "station_from": _name_station_before(way.edges, ends_km[:-1]),
        "station_to": _name_station_after(way.edges, ends_km[1:]),
        "measure_from_km": ends_km[:-1],
        "measure_to_km": ends_km[1:],
        "length_km": np.diff(ends_km),
        "is_across_break": owner["is_break"].any().to_numpy(),
        "break_kinds": _list_kinds(pieces, way.breaks),
    }
    shapes = [_draw_section(own) for _, own in owner]
    index = pd.RangeIndex(len(shapes), name="section")
    table = gpd.GeoDataFrame(columns, index=index, geometry=shapes, crs=STORAGE_CRS)
    return Sections(table, pieces, np.sqrt(squares.to_numpy() / np.diff(ends_km)))


def _find_ends(edges: pd.DataFrame, by: Any) -> Floats:
    """Find where sections end, in km from the start of the way."""
    whole_km = float(edges["end_km"].iloc[-1])
    if isinstance(by, str) and by == "station":
        starts_km = edges["start_km"][edges["from_station"].notna()]
        return np.unique(np.append(starts_km, whole_km))
    is_length = isinstance(by, Real) and by not in {True, False}
    length_m = float(by) if is_length else np.nan
    if not length_m >= _LEAST_M:
        msg = (
            f'`by` is "station" or a length of {_LEAST_M:g} m or more, such as 50_000, and is '
            f"{describe_given(by)}; shorter than that no track is known."
        )
        raise ParameterError(msg)
    step_km = min(length_m / 1000, whole_km)
    count = max(1, int(np.floor(whole_km / step_km + 1 - _SHORT)))
    ends_km = np.append(np.arange(count) * step_km, whole_km)
    return np.unique(_leave_breaks(edges, ends_km))


def _leave_breaks(edges: pd.DataFrame, at_km: Floats) -> Floats:
    """Move what falls between two posts that the track contradicts to the nearer of them."""
    run = (edges["is_break"] != edges["is_break"].shift()).cumsum()
    gaps = (
        edges[edges["is_break"]].groupby(run).agg(start=("start_km", "min"), end=("end_km", "max"))
    )
    for start, end in gaps.itertuples(index=False):
        inside = (at_km > start) & (at_km < end)
        at_km = np.where(inside, np.where(at_km - start <= end - at_km, start, end), at_km)
    return at_km


def _cut_pieces(edges: pd.DataFrame, ends_km: Floats) -> pd.DataFrame:
    """Cut edges at the ends of sections."""
    corners_km = np.append(edges["start_km"].to_numpy(), ends_km[-1])
    at_km = np.unique(np.concatenate([corners_km, ends_km]))
    at_km = at_km[np.append(True, np.diff(at_km) > _SAME_KM)]
    start, end = at_km[:-1], at_km[1:]
    middle = (start + end) / 2
    edge = np.searchsorted(edges["end_km"].to_numpy(), middle)
    pieces = edges.iloc[edge].reset_index(drop=True)
    span_km = (pieces["end_km"] - pieces["start_km"]).to_numpy()
    shares = [np.clip((km - pieces["start_km"].to_numpy()) / span_km, 0, 1) for km in (start, end)]
    posts = [pieces["km_a"] + share * (pieces["km_b"] - pieces["km_a"]) for share in shares]
    points = [_go_along(pieces, share) for share in shares]
    return pieces.assign(
        section=np.searchsorted(ends_km, middle) - 1,
        start_km=start,
        end_km=end,
        km_a=posts[0],
        km_b=posts[1],
        lon_a=points[0][0],
        lat_a=points[0][1],
        lon_b=points[1][0],
        lat_b=points[1][1],
    )


def _go_along(edges: pd.DataFrame, share: Floats) -> tuple[Floats, Floats]:
    """Go a share of each edge along its geodesic; its ends are met to the last digit."""
    lon_a, lat_a, lon_b, lat_b = edges[["lon_a", "lat_a", "lon_b", "lat_b"]].to_numpy().T
    azimuth_deg, length_m = geodesic_inverse(lon_a, lat_a, lon_b, lat_b)
    lon, lat = geodesic_direct(lon_a, lat_a, azimuth_deg, share * length_m)
    ends = [share == 0, share == 1]
    return np.select(ends, [lon_a, lon_b], lon), np.select(ends, [lat_a, lat_b], lat)


def _draw_section(pieces: pd.DataFrame) -> LineString:
    """Draw the track of a section."""
    first = pieces[["lon_a", "lat_a"]].to_numpy()[:1]
    return LineString(np.vstack([first, pieces[["lon_b", "lat_b"]].to_numpy()]))


def _name_station_before(edges: pd.DataFrame, at_km: Floats) -> NDArray[np.object_]:
    """Name the station at each place, or the last before it."""
    named = edges[edges["from_station"].notna()]
    at = np.searchsorted(named["start_km"].to_numpy(), at_km + _SAME_KM, side="right") - 1
    return np.asarray(named["from_station"].to_numpy()[np.maximum(at, 0)])


def _name_station_after(edges: pd.DataFrame, at_km: Floats) -> NDArray[np.object_]:
    """Name the station at each place, or the next after it."""
    named = edges[edges["to_station"].notna()]
    at = np.searchsorted(named["end_km"].to_numpy(), at_km - _SAME_KM)
    return np.asarray(named["to_station"].to_numpy()[np.minimum(at, len(named) - 1)])


def _list_kinds(pieces: pd.DataFrame, breaks: pd.DataFrame) -> list[str]:
    """List the kinds of breaks that touch each section, as `load_chainage_breaks` names them."""
    shift_km = breaks["shift_km"].where(breaks["kind"] == "double", 0.0)
    found: dict[int, list[str]] = {}
    columns = breaks["rail_line"], breaks["km_low"] + shift_km, breaks["km_high"] + shift_km
    low, high = pieces[["km_a", "km_b"]].min(axis=1), pieces[["km_a", "km_b"]].max(axis=1)
    for line_id, km_low, km_high, kind in zip(*columns, breaks["kind"], strict=True):
        touched = (pieces["line_id"] == line_id) & (low <= km_high) & (high >= km_low)
        touched &= (high > km_low) & (low < km_high) | (km_low == km_high)
        for section in pieces["section"][touched].unique():
            found.setdefault(section, []).append(kind)
    count = int(pieces["section"].iloc[-1]) + 1
    return [";".join(dict.fromkeys(found.get(section, []))) for section in range(count)]
