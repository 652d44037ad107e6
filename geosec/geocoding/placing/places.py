"""A place of the gazetteer: where it is, and how far it reaches."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.reference.feature_classes import FEATURE_CLASSES, SETTLEMENTS, find_class

TOWN_LEAST_M: Final = FEATURE_CLASSES["town"].extent_m
TEHSIL_M: Final = FEATURE_CLASSES["tehsil"].extent_m


@dataclass(frozen=True, eq=False)
class Place:
    """One row of the gazetteer, with what the geocoder asks of it.

    Attributes
    ----------
    place_id, name, feature_class, country_code, adm1_code, adm2_code : str
        As in the gazetteer.
    lon, lat : float
        Degrees in EPSG:4326; NaN where no source gives them.
    population, extent_m, accuracy_m : float
        People; radius of the thing itself and 95 % radius of its coordinate, metres.
    note : str
        What is to be said when the place is used.

    Examples
    --------
    >>> Place("x", "Sibi", "town", "PK", "PK-BA", "", 67.9, 29.5, 64_000, 0, 1_000).has_point
    True
    """

    place_id: str
    name: str
    feature_class: str
    country_code: str
    adm1_code: str
    adm2_code: str
    lon: float
    lat: float
    population: float
    extent_m: float
    accuracy_m: float
    note: str = ""

    @property
    def has_point(self) -> bool:
        """Whether a coordinate is known."""
        return bool(self.lon == self.lon)


def extent_m(place: Place) -> float:
    """Give the radius of a place itself.

    Parameters
    ----------
    place : Place
        A town's radius grows with the square root of its population over a common density.

    Returns
    -------
    float
        Metres.

    Examples
    --------
    >>> town = Place("x", "Quetta", "town", "PK", "", "", 67.0, 30.2, 733_675, 0, 0)
    >>> round(extent_m(town), -2)
    6800.0
    """
    own = find_class(place.feature_class).extent_m
    if place.extent_m > 0:
        return max(own, place.extent_m)
    if place.feature_class in SETTLEMENTS and place.population > 0:
        area_km2 = place.population / PARAMETERS.town_density_per_km2
        return max(own, math.sqrt(area_km2 / math.pi) * 1000)
    return own


def make_place(place_id: str, row: dict[str, Any]) -> Place:
    """Make a place of a row of the gazetteer; what it does not say has a cautious value."""
    return Place(
        place_id,
        row["name"],
        row["feature_class"],
        row["country_code"],
        row["adm1_code"],
        row["adm2_code"],
        row["longitude"],
        row["latitude"],
        _known(row["population"], 0.0),
        _known(row["extent_m"], 0.0),
        _known(row["positional_accuracy_m"], TOWN_LEAST_M),
        row["note"],
    )


def _known(number: float, otherwise: float) -> float:
    return otherwise if math.isnan(number) else float(number)
