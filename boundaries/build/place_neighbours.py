"""Places of the neighbours that reports name: a phrase that is one of them lies outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boundaries.build.place_names import arabic_alternates, join_names, latin_alternates
from boundaries.build.place_rows import COLUMNS, TOWN_ACCURACY_M, Row, blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

NEIGHBOUR_COLUMNS = [*[name for name in COLUMNS if name != "mentions"], "country_code"]
LEAST_PEOPLE = {"AF": 15_000, "IR": 100_000, "IN": 300_000}
WHOLE_PROVINCES = {("IR", "04")}  # Sistan and Baluchestan, along the whole border
# Jammu and Kashmir, Ladakh: reports call them Kashmir, as they call the part at home.
LEAST_PEOPLE_BY_PROVINCE = {("IN", "12"): 9_000, ("IN", "41"): 9_000}
_MOST_NAMES = 6


def cities(records: Iterable[Mapping[str, Any]], by_hand: set[int]) -> list[Row]:
    """Make the rows of the neighbours' cities.

    Parameters
    ----------
    records : iterable of mapping
        Records of GeoNames' ``cities500``; latitude and longitude in degrees, EPSG:4326.
    by_hand : set of int
        GeoNames ids of smaller places near the border, kept too.

    Returns
    -------
    list of dict
        Columns of the gazetteer and ``country_code``.
    """
    return [_city(each) for each in records if each["geonameid"] in by_hand or _counts(each)]


def _counts(city: Mapping[str, Any]) -> bool:
    country = city["countrycode"]
    if country not in LEAST_PEOPLE:
        return False
    province = (country, city["admin1code"])
    least = LEAST_PEOPLE_BY_PROVINCE.get(province, LEAST_PEOPLE[country])
    return bool(province in WHOLE_PROVINCES or city["population"] >= least)


def _city(city: Mapping[str, Any]) -> Row:
    latin = latin_alternates(city["name"], [city["name"], *city["alternatenames"]])
    arabic = arabic_alternates(city["alternatenames"])[:_MOST_NAMES]
    name = city["name"]
    return blank(
        place_id=f"gn:{city['geonameid']}",
        name=name,
        alt_names=join_names([*latin[:_MOST_NAMES], *arabic], but=[name]),
        feature_class="town",
        latitude=round(city["latitude"], 4),
        longitude=round(city["longitude"], 4),
        population=city["population"] or "",
        positional_accuracy_m=TOWN_ACCURACY_M,
        source=f"GeoNames {city['geonameid']}",
        country_code=city["countrycode"],
    )


def regions(table: pd.DataFrame) -> list[Row]:
    """Make the rows of countries, their provinces and their people's names.

    Parameters
    ----------
    table : pandas.DataFrame
        ``neighbour_regions``: ``country_code``, ``id``, ``name``, ``alt_names``,
        ``feature_class`` and ``source``; no coordinates are needed to know a place lies outside.

    Returns
    -------
    list of dict
        Columns of the gazetteer and ``country_code``.
    """
    return [
        blank(
            place_id=f"outside:{each['id']}",
            name=each["name"],
            alt_names=join_names(each["alt_names"].split(";"), but=[each["name"]]),
            feature_class=each["feature_class"],
            source=each["source"],
            country_code=each["country_code"],
        )
        for each in table.fillna("").to_dict("records")
    ]
