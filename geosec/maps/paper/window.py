"""The window of a static map: how degrees become pixels, and what of the Earth it shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyproj

from geosec.maps.extent import find_extent

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_WIDEST_DEG = 60.0  # of a local projection, whose scale is then right to some 4 %
_LEAST_M = 60_000.0  # shown, be it for one point
_MARGIN = 34.0  # pixels between the incidents and the edge
_SOMEWHERE = ((30.0, 69.3), (30.0, 69.3))  # shown where nothing has a place
_BEYOND = 0.3  # share of the span that radii and outlines may add to it
_STEPS = (1, 2, 5)


class Bar(NamedTuple):
    """A scale bar."""

    length_m: float
    pixels: float


@dataclass(frozen=True)
class Window:
    """A part of the Earth in pixels of 1/96 inch, y downwards."""

    width: float
    height: float
    lon: float  #: of the middle of the projection, degrees
    lat: float
    left_m: float  #: of the projection
    top_m: float
    metres: float  #: of the projection in a pixel
    is_local: bool  #: an equal-area projection round the middle, else Mercator

    def place(self, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
        """Place degrees (EPSG:4326) in pixels; infinite where the projection has none."""
        x, y = project(self.lon, self.lat, lon, lat, is_local=self.is_local)
        return (x - self.left_m) / self.metres, (self.top_m - y) / self.metres

    def measure(self, metres: Floats, lat: Floats) -> Floats:
        """Give the pixels of a distance on the ground near a latitude."""
        stretch = 1.0 if self.is_local else 1 / np.cos(np.radians(np.clip(lat, -84, 84)))
        return np.asarray(metres * stretch / self.metres)

    @property
    def zoom(self) -> float:
        """The zoom of the page at which the ground is about as large."""
        wide = 40_075_016.69 * np.cos(np.radians(self.lat)) if self.is_local else 40_075_016.69
        return float(np.log2(wide / 256 / self.metres))

    def choose_bar(self, most: float) -> Bar:
        """Choose a round length for a scale bar of `most` pixels at the longest."""
        ground_m = 1.0 if self.is_local else float(np.cos(np.radians(self.lat)))
        longest_m = most * self.metres * ground_m
        power = 10.0 ** np.floor(np.log10(longest_m))
        length_m = max(step * power for step in _STEPS if step * power <= longest_m)
        return Bar(float(length_m), float(length_m / ground_m / self.metres))


def project(
    lon0: float, lat0: float, lon: Floats, lat: Floats, *, is_local: bool
) -> tuple[Floats, Floats]:
    """Project degrees (EPSG:4326) to metres round a middle."""
    inside = lat if is_local else np.clip(lat, -84, 84)
    x, y = _build_projection(lon0, lat0, is_local).transform(lon, inside)
    return np.asarray(x, dtype="float64"), np.asarray(y, dtype="float64")


@lru_cache(maxsize=8)
def _build_projection(lon0: float, lat0: float, is_local: bool) -> pyproj.Transformer:  # noqa: FBT001
    flat = f"+proj=laea +lat_0={lat0!r}" if is_local else "+proj=merc"
    crs = pyproj.CRS(f"{flat} +lon_0={lon0!r} +datum=WGS84 +units=m")
    return pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)


def choose_window(lon: Floats, lat: Floats, extents: Floats, width: float, height: float) -> Window:
    """Choose what a map of points shows: all of them but a few that lie far astray.

    `extents` are the west, south, east and north of what else is drawn, (n, 4), degrees.
    """
    bounds, cut = find_extent(lon, lat)
    (south, west), (north, east) = bounds or _SOMEWHERE
    along = np.where(lon < cut, lon + 360.0, lon)
    near = (along >= west) & (along <= east) & (lat >= south) & (lat <= north)
    is_local = bool(east - west <= _WIDEST_DEG and north - south <= _WIDEST_DEG)
    lon0 = round(float(((west + east) / 2 + 540) % 360 - 180), 2)
    lat0 = round(float(south + north) / 2, 2)
    box = _measure_box(project(lon0, lat0, lon[near], lat[near], is_local=is_local))
    turned = extents + np.where(extents[:, :1] < cut, [360.0, 0.0, 360.0, 0.0], 0.0)
    seen = (turned[:, 2] >= west) & (turned[:, 0] <= east)
    extents = extents[seen & (turned[:, 3] >= south) & (turned[:, 1] <= north)]
    if len(extents):
        corners = extents[:, [0, 2, 0, 2]].ravel(), extents[:, [1, 1, 3, 3]].ravel()
        box = _widen(box, _measure_box(project(lon0, lat0, *corners, is_local=is_local)))
    spans = np.maximum(box[2:] - box[:2], _LEAST_M)
    margin = min(_MARGIN, 0.08 * min(width, height))
    room = np.array([width, height]) - 2 * margin
    metres = float((spans / room).max())
    centre = (box[:2] + box[2:]) / 2
    left_m, top_m = centre[0] - width / 2 * metres, centre[1] + height / 2 * metres
    return Window(width, height, lon0, lat0, float(left_m), float(top_m), metres, is_local=is_local)


def _measure_box(points: tuple[Floats, Floats]) -> Floats:
    x, y = (each[np.isfinite(each)] for each in points)
    return np.array([x.min(), y.min(), x.max(), y.max()]) if len(x) and len(y) else np.zeros(4)


def _widen(box: Floats, other: Floats) -> Floats:
    """Widen a box to hold another, by a share of its own span at the most."""
    most = max(float((box[2:] - box[:2]).max()), _LEAST_M) * _BEYOND
    return np.concatenate(
        (np.clip(other[:2], box[:2] - most, box[:2]), np.clip(other[2:], box[2:], box[2:] + most))
    )
