"""The strips along the sections of a track, and how large they are.

Of each section there is an inner strip, within the half width, and an outer one beyond it. What is
nearest to a section is in its strips, so that they widen round the ends of the track and differ
outside and inside a bend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.geodesy.wgs84 import DEGREE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.geodesy.segments import SegmentIndex

    Floats = NDArray[np.float64]

_POINTS, _POINTS_PER_STRIP, _MOST_POINTS = 100_000, 300, 2_000_000  # of the grid
_TILES = 300  # across a layer, of which only those near the track are looked at closely


class Track(NamedTuple):
    """The track of sections, and the widths of its strips."""

    segments: SegmentIndex  #: over the sections
    sections: int  #: how many
    bounds: tuple[float, float, float, float]  #: west, south, east, north, degrees in EPSG:4326
    length_m: float
    half_width_m: float  #: metres from the track at which the inner strips end
    outer_m: float  #: and the outer ones


def measure_strips(track: Track) -> Floats:
    """Measure the strips of sections, inner and outer, in square metres, on a grid of points."""
    count = track.sections
    lon, lat, own_m2 = _lay_grid(track)
    found = track.segments.project(lon, lat, track.outer_m)
    near = found.target_idx >= 0
    outer = found.offset_m[near] > track.half_width_m
    cell = found.target_idx[near] + count * outer
    areas = np.bincount(cell, own_m2[near], minlength=2 * count)
    return np.asarray(np.maximum(areas, own_m2.min(initial=1.0)))


def _lay_grid(track: Track) -> tuple[Floats, Floats, Floats]:
    """Lay a grid over the strips: longitudes, latitudes, and the square metres of each point."""
    west, south, east, north = track.bounds
    stretch = 1 / np.cos(np.radians((south + north) / 2))
    wide_deg = track.outer_m / DEGREE_M
    tile_deg = max(wide_deg, max((east - west) / stretch, north - south) / _TILES)
    columns = np.arange(west - wide_deg * stretch, east + wide_deg * stretch, tile_deg * stretch)
    rows = np.arange(south - wide_deg, north + wide_deg, tile_deg)
    lon, lat = (at.ravel() for at in np.meshgrid(columns, rows))
    half = tile_deg / 2
    centre = lon + half * stretch, lat + half
    diagonal_m = 1.5 * tile_deg * DEGREE_M  # generous, as degrees of longitude shrink northwards
    near = track.segments.within(*centre, track.outer_m + diagonal_m)
    lon, lat = lon[near], lat[near]
    wanted = min(max(_POINTS, _POINTS_PER_STRIP * 2 * track.sections), _MOST_POINTS)
    strips_m2 = 2 * track.outer_m * track.length_m
    step_deg = max(np.sqrt(strips_m2 / wanted) / DEGREE_M, tile_deg / 1000)
    fine = max(1, int(np.ceil(tile_deg / step_deg)))
    within = (np.arange(fine) + 0.5) / fine * tile_deg
    east_of, north_of = (at.ravel() for at in np.meshgrid(within * stretch, within))
    lon, lat = (lon[:, None] + east_of).ravel(), (lat[:, None] + north_of).ravel()
    edge_m = tile_deg / fine * DEGREE_M
    return lon, lat, edge_m**2 * stretch * np.cos(np.radians(lat))
