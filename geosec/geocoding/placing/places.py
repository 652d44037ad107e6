"""A place of the gazetteer: where it is, and how far it reaches."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from geosec.geocoding.placing.parameters import PARAMETERS
from geosec.reference.feature_classes import (
    FEATURE_CLASSES,
    OTHER_CLASS,
    SETTLEMENTS,
    FeatureClass,
)

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from geosec.numerals.coordinates import WrittenCoordinates

TOWN_LEAST_M: Final = FEATURE_CLASSES["town"].extent_m
TEHSIL_M: Final = FEATURE_CLASSES["tehsil"].extent_m
_CODED_EVENT = "UCDP GED event"  # how the source begins of a place that only an event tells of


@dataclass(frozen=True, eq=False)
class Place:
    """One row of the gazetteer, with what geocoding asks of it; lon, lat in EPSG:4326."""

    place_id: str
    name: str
    feature_class: str
    country_code: str
    adm1_code: str
    adm2_code: str
    lon: float  #: degrees, NaN where no source gives them
    lat: float
    population: float
    extent_m: float  #: radius of the place itself, 0 where it is not known
    accuracy_m: float  #: 95 % radius of its coordinate
    note: str = ""  #: what is to be said when the place is used
    is_home: bool = True  #: whether it lies in a country that is answered, or in none known
    mentions: float = 0.0  #: how many coded events are there, as far as they are counted
    is_reported: bool = False  #: known from coded events alone, and from no list of places
    has_point: bool = field(init=False)  #: whether a coordinate is known
    row: FeatureClass = field(init=False, repr=False)  #: its class, in the table of classes

    def __post_init__(self) -> None:
        """Fill in what follows from the coordinate and the feature class."""
        object.__setattr__(self, "has_point", self.lon == self.lon)
        object.__setattr__(self, "row", FEATURE_CLASSES.get(self.feature_class, OTHER_CLASS))


def make_places(rows: Mapping[str, dict[str, Any]], home: Container[str]) -> dict[str, Place]:
    """Make places of rows of the gazetteer; what a row does not say has a cautious value."""
    return {
        place_id: Place(
            place_id,
            row["name"],
            row["feature_class"],
            row["country_code"],
            row["adm1_code"],
            row["adm2_code"],
            row["longitude"],
            row["latitude"],
            _known_or(0.0, row["population"]),
            _known_or(0.0, row["extent_m"]),
            _known_or(TOWN_LEAST_M, row["positional_accuracy_m"]),
            row["note"],
            mentions=_known_or(0.0, row["mentions"]),
            is_reported=row["source"].startswith(_CODED_EVENT),
            is_home=not row["country_code"] or row["country_code"] in home,
        )
        for place_id, row in rows.items()
    }


def make_point(place_id: str, name: str, lon: float, lat: float, accuracy_m: float) -> Place:
    """Make a place of a point that the gazetteer does not have, known to so many metres."""
    unit = ("", "", "")
    return Place(place_id, name, "point", *unit, lon, lat, math.nan, 0.0, accuracy_m)


def make_written_point(written: WrittenCoordinates) -> Place:
    """Make a place of coordinates as a text gives them."""
    name = f"{written.lat:.5f}, {written.lon:.5f}"
    return make_point(f"at:{name}", name, written.lon, written.lat, written.resolution_m)


def _known_or(otherwise: float, number: float) -> float:
    return otherwise if math.isnan(number) else float(number)


def measure_extent_m(place: Place) -> float:
    """Give the radius of a place itself, in metres.

    That of a town grows with the square root of its population over a common density.
    """
    own_m = place.row.extent_m
    if place.extent_m > 0:
        return max(own_m, place.extent_m)
    if place.feature_class in SETTLEMENTS and place.population > 0:
        area_km2 = place.population / PARAMETERS.town_density_per_km2
        return max(own_m, math.sqrt(area_km2 / math.pi) * 1000)
    return own_m


def is_around(unit: Place, place: Place) -> bool:
    """Whether a place lies in the district, province or country that another is."""
    if unit.feature_class == "country":
        return unit.country_code == place.country_code
    if unit.feature_class == "province":
        return bool(unit.adm1_code) and unit.adm1_code == place.adm1_code
    return bool(unit.adm2_code) and unit.adm2_code == place.adm2_code
