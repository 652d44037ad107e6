"""The strips along the sections of a track, and how large they are.

Of each section there is an inner strip, within the half width, and outer ones beyond it, on either
side. What is nearest to a section is in its strips, so that they widen round the ends of the track
and differ outside and inside a bend.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.geodesy.wgs84 import DEGREE_M

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.geodesy.segments import SegmentIndex

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

_POINTS, _POINTS_PER_STRIP, _MOST_POINTS = 100_000, 300, 1_000_000  # of the grid
_TILES = 300  # across a layer, of which only those near the track are looked at closely


class Track(NamedTuple):
    """The track of sections, and the widths of its strips."""

    segments: SegmentIndex  #: over the sections
    sections: int  #: how many
    bounds: tuple[float, float, float, float]  #: west, south, east, north, degrees in EPSG:4326
    length_m: float
    ends_m: Floats  #: metres from the track at which strips end, the inner one first

    @property
    def half_width_m(self) -> float:
        """Metres from the track at which the inner strips end."""
        return float(self.ends_m[0])

    @property
    def outer_m(self) -> float:
        """Metres from the track at which the outermost strips end."""
        return float(self.ends_m[-1])

    @property
    def strips(self) -> int:
        """How many strips there are: the inner ones of all sections, then the next."""
        return len(self.ends_m) * self.sections

    def find_strips(self, section: Ints, offset_m: Floats) -> Ints:
        """Find the strips of places in sections, so many metres off; beyond, one too many."""
        return np.asarray(section + self.sections * np.searchsorted(self.ends_m, offset_m))


def measure_strips(track: Track) -> Floats:
    """Measure the strips of sections in square metres, on a grid of points."""
    lon, lat, own_m2 = _lay_grid(track)
    found = track.segments.project(lon, lat, track.outer_m)
    near = found.target_idx >= 0
    strip = track.find_strips(found.target_idx[near], found.offset_m[near])
    areas = np.bincount(strip, own_m2[near], minlength=track.strips)
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
    wanted = min(max(_POINTS, _POINTS_PER_STRIP * track.strips), _MOST_POINTS)
    strips_m2 = 2 * track.outer_m * track.length_m
    step_deg = max(np.sqrt(strips_m2 / wanted) / DEGREE_M, tile_deg / 1000)
    fine = max(1, int(np.ceil(tile_deg / step_deg)))
    within = (np.arange(fine) + 0.5) / fine * tile_deg
    east_of, north_of = (at.ravel() for at in np.meshgrid(within * stretch, within))
    lon, lat = (lon[:, None] + east_of).ravel(), (lat[:, None] + north_of).ravel()
    edge_m = tile_deg / fine * DEGREE_M
    return lon, lat, edge_m**2 * stretch * np.cos(np.radians(lat))
