"""What a static map draws of a table: its places, and what lies at each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import shapely
import shapely.geometry

from geosec.maps.incident_columns import find_places
from geosec.maps.palette import assign_palette

if TYPE_CHECKING:
    import geopandas as gpd
    from numpy.typing import NDArray

    from geosec.maps.choices import Choices
    from geosec.maps.incident_columns import Places
    from geosec.maps.palette import Palette

    Floats = NDArray[np.float64]

LEAST_MARK, _MORE_MARK = 5.0, 9.0  # pixels
PLAIN_MARK = 6.0
_TOP = 0.98  # share of the numbers below the one whose mark is the largest


class Scene(NamedTuple):
    """Places, what lies at each, and how it looks."""

    places: Places
    palette: Palette
    rings: NDArray[np.int64]  #: incidents of each place by entry of the palette
    sizes: Floats  #: the largest number of each place; NaN where marks have one size
    top: float  #: the number whose mark is the largest
    shapes: NDArray[np.object_]  #: outlines, EPSG:4326
    unplaced: int
    days: tuple[pd.Timestamp, pd.Timestamp] | None  #: first and last

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many incidents lie at each place."""
        return np.asarray(self.rings.sum(axis=1))

    def find_mark(self, number: float) -> float:
        """Give the radius of a mark for a number, in pixels."""
        if np.isnan(number):
            return PLAIN_MARK
        share = min(1.0, max(number, 0.0) / self.top)
        return float(LEAST_MARK + _MORE_MARK * np.sqrt(share))

    def list_extents(self) -> Floats:
        """List west, south, east and north (degrees) of discs and outlines."""
        places = self.places
        disc = (places.shape < 0) & (places.radius_m > 0)
        up = places.radius_m[disc] / 111_320
        aside = up / np.maximum(np.cos(np.radians(places.lat[disc])), 0.05)
        lon, lat = places.lon[disc], places.lat[disc]
        discs = np.column_stack((lon - aside, lat - up, lon + aside, lat + up))
        return np.concatenate((discs, shapely.bounds(self.shapes).reshape(-1, 4)))


def collect_scene(located: gpd.GeoDataFrame, choices: Choices) -> Scene:
    """Collect what is drawn of the rows that have a place."""
    has_place = located.geometry.notna().to_numpy()
    placed = located[has_place]
    places = find_places(placed)
    coloured = (
        placed[choices.colour]
        if choices.colour
        else pd.Series(None, index=placed.index, dtype="str")
    )
    palette = assign_palette(coloured, choices.colours)
    rings = np.zeros((len(places.lon), len(palette.entries)), dtype=np.int64)
    np.add.at(rings, (places.which, palette.of_row), 1)
    sizes = np.full(len(places.lon), np.nan)
    top = 1.0
    if choices.size:
        numbers = pd.to_numeric(placed[choices.size], errors="coerce").fillna(0).clip(lower=0)
        known = numbers.to_numpy(dtype="float64")
        sizes = np.zeros(len(places.lon))
        np.maximum.at(sizes, places.which, known)
        above = np.sort(known[known > 0])
        top = float(above[int((len(above) - 1) * _TOP)]) if len(above) else 1.0
    shapes = np.array([shapely.geometry.shape(each) for each in places.shapes], dtype="object")
    unplaced = int((~has_place).sum())
    return Scene(places, palette, rings, sizes, top, shapes, unplaced, _find_days(located))


def _find_days(located: gpd.GeoDataFrame) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    if "date" not in located.columns:
        return None
    days = pd.to_datetime(located["date"]).dropna()
    return (days.min(), days.max()) if len(days) else None
