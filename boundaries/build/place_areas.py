"""Rows that are areas: the polygons, the districts younger than they, and the tehsils."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pyproj import Geod
from shapely import get_coordinates

from boundaries.build.place_names import clean_tehsil, join_names, slug
from boundaries.build.place_rows import Points, Row, blank
from geosec.reference.toponyms import skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    import geopandas as gpd
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

    from boundaries.build.place_districts import Districts

CENSUS = "census of 2023, list of tehsils (pk-address-checker 1.0.2, admin_units.csv)"
_GEOD = Geod(ellps="WGS84")
_SEAT_M = 10_000.0  # so near the district of its tehsil, a town lies there: its point is off


def units(layer: gpd.GeoDataFrame, level: str, feature_class: str, source: str) -> list[Row]:
    """Make the rows of the polygons of one level.

    Parameters
    ----------
    layer : geopandas.GeoDataFrame
        ``adm0``, ``adm1`` or ``adm2`` in EPSG:4326.
    level : str
        The level, as the columns name it.
    feature_class : str
        Class of the rows.
    source : str
        Where the polygons come from.

    Returns
    -------
    list of dict
        The point is one inside the polygon; ``extent_m`` reaches its farthest corner.
    """
    rows = []
    for unit in layer.to_dict("records"):
        code = unit[f"{level}_code"]
        latitude, longitude, extent_m = inside(unit["geometry"])
        rows.append(
            blank(
                place_id=f"{level}:{code}",
                name=unit[f"{level}_name"],
                alt_names=join_names(
                    str(unit.get("alt_names") or "").split(";"), but=[unit[f"{level}_name"]]
                ),
                feature_class=feature_class,
                adm1_code=unit.get("adm1_code", ""),
                adm2_code=unit.get("adm2_code", ""),
                latitude=latitude,
                longitude=longitude,
                extent_m=extent_m,
                source=source,
            )
        )
    return rows


def divisions(table: pd.DataFrame, districts: Districts) -> list[Row]:
    """Make the rows of the divisions whose districts a source names.

    Parameters
    ----------
    table : pandas.DataFrame
        ``divisions``: ``name``, ``name_ur``, ``adm1_code``, ``districts``, ``parts``
        (districts that it has only a part of) and ``source``.
    districts : Districts
        The district layer.

    Returns
    -------
    list of dict
        Class ``division``; the note lists the codes of the districts, and of those partly in it.
    """
    shapes = districts.frame.set_index("adm2_code").geometry
    rows = []
    for each in table.to_dict("records"):
        whole, parts = (
            [districts.code_of(name, each["adm1_code"])[0] for name in each[key].split(";") if name]
            for key in ("districts", "parts")
        )
        latitude, longitude, extent_m = inside(shapes.loc[whole].union_all())
        beside = f" and parts of {';'.join(parts)}" if parts else ""
        rows.append(
            blank(
                place_id=f"division:{slug(each['name'])}",
                name=each["name"],
                name_ur=each["name_ur"],
                feature_class="division",
                adm1_code=each["adm1_code"],
                latitude=latitude,
                longitude=longitude,
                extent_m=extent_m,
                source=each["source"],
                note=f"districts {';'.join(whole)}{beside}",
            )
        )
    return rows


def inside(geometry: BaseGeometry) -> tuple[float, float, int]:
    """Return a point inside a polygon and how far its farthest corner is.

    Parameters
    ----------
    geometry : shapely.geometry.base.BaseGeometry
        A polygon or multipolygon, lon, lat, EPSG:4326.

    Returns
    -------
    tuple of (float, float, int)
        Latitude and longitude in degrees, and the distance in metres, up to the next kilometre.

    Examples
    --------
    >>> from shapely import box
    >>> inside(box(67.0, 30.0, 67.2, 30.2))
    (30.1, 67.1, 15000)
    """
    point = geometry.representative_point()
    corners = get_coordinates(geometry)
    start_x, start_y = [point.x] * len(corners), [point.y] * len(corners)
    _, _, distance_m = _GEOD.inv(start_x, start_y, corners[:, 0], corners[:, 1])
    return round(point.y, 4), round(point.x, 4), math.ceil(max(distance_m) / 1000) * 1000


def lineage(table: pd.DataFrame, districts: Districts, points: Points) -> list[Row]:
    """Make the rows of the districts that have no polygon of their own.

    Parameters
    ----------
    table : pandas.DataFrame
        ``adm2_lineage``.
    districts : Districts
        The district layer.
    points : Points
        Towns, by name and district.

    Returns
    -------
    list of dict
        The point is that of the town of the same name, where the parent holds one.
    """
    parents = districts.frame.set_index("adm2_code")["adm2_name"]
    rows = []
    for each in table.fillna("").to_dict("records"):
        others = [name for name in each["alt_names"].split(";") if name]
        rows.append(
            blank(
                place_id=f"lineage:{slug(each['name'])}",
                name=each["name"],
                alt_names=join_names(others, but=[each["name"]]),
                feature_class="district",
                adm1_code=each["adm1_code"],
                adm2_code=each["parent_code"],
                source=each["source"],
            )
            | points.borrow([each["name"], *others], each["parent_code"])
        )
        parent = parents[each["parent_code"]]
        remark = f"{each['kind']} in {each['year']}: the polygon of {parent} is used"
        rows[-1]["note"] = "; ".join(filter(None, [remark, rows[-1]["note"]]))
    return rows


def join_tehsils(towns: Sequence[Row], census: Sequence[Row], districts: Districts) -> list[Row]:
    """Give a town to the district of the tehsil of its name, where point and border differ.

    Parameters
    ----------
    towns : sequence of dict
        Rows of towns; coordinates in degrees, EPSG:4326.
    census : sequence of dict
        Rows of tehsils, from `tehsils`.
    districts : Districts
        The district layer.

    Returns
    -------
    list of dict
        The same rows. A town changes its district where one tehsil of its province alone bears
        its name, and that tehsil's district is no farther than 10 km.
    """
    named: dict[tuple[str, str], set[str]] = {}
    for row in census:
        for name in [row["name"], *filter(None, row["alt_names"].split(";"))]:
            named.setdefault((row["adm1_code"], skeleton(name)), set()).add(row["adm2_code"])
    joined = []
    for town in towns:
        codes = named.get((town["adm1_code"], skeleton(town["name"])), set())
        code = next(iter(codes)) if len(codes) == 1 else town["adm2_code"]
        if code == town["adm2_code"]:
            joined.append(town)
            continue
        away_m = districts.measure_distance_m(code, town["longitude"], town["latitude"])
        if away_m > _SEAT_M:
            joined.append(town)
            continue
        note = f"{away_m / 1000:.1f} km outside the polygon of the district of its tehsil"
        joined.append(town | {"adm2_code": code, "note": note})
    return joined


def tehsils(table: pd.DataFrame, districts: Districts, points: Points) -> list[Row]:
    """Make the rows of the tehsils.

    Parameters
    ----------
    table : pandas.DataFrame
        ``province``, ``district``, ``tehsil`` and the note of a mended row.
    districts : Districts
        The district layer.
    points : Points
        Towns, by name and district.

    Returns
    -------
    list of dict
        No coordinate in the source: that of the town of the same name, else none.
    """
    rows: dict[str, Row] = {}
    for unit in table.fillna("").to_dict("records"):
        name, others = clean_tehsil(unit["tehsil"])
        adm2_code, note = districts.code_of(unit["district"], unit["adm1_code"])
        place_id = f"tehsil:{slug(unit['district'])}-{slug(name)}"
        point = points.borrow([name, *others], adm2_code)
        notes = [note, unit["mended"], point["note"]]
        rows[place_id] = (
            blank(
                place_id=place_id,
                name=name,
                alt_names=join_names(others, but=[name]),
                feature_class="tehsil",
                adm1_code=unit["adm1_code"],
                adm2_code=adm2_code,
                source=CENSUS,
            )
            | point
        )
        rows[place_id]["note"] = "; ".join(filter(None, notes))
    return list(rows.values())
