"""GeoJSON read feature by feature, without a driver: nothing that a text names is ever opened."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd
import pyproj
import shapely

from geosec.errors import CRSError
from geosec.storage.files import refuse_broken

if TYPE_CHECKING:
    from pathlib import Path

KIND = "a spatial file"
_STORED = "OGC:CRS84"  # of RFC 7946: degrees, longitude first
_OTHER = "other JSON is a list of records, alone or under 'data'"
_FOREIGN = ("arcs", "objects", "spatialReference", "geometryType", "conformsTo", "stac_version")
_SHAPES = frozenset(
    {
        *("Point", "LineString", "Polygon", "GeometryCollection"),
        *("MultiPoint", "MultiLineString", "MultiPolygon"),
    }
)
_CODE = re.compile(
    r"(?:urn:ogc:def:crs:|https?://www\.opengis\.net/def/crs/)?"
    r"(?P<book>EPSG|OGC)[:/](?:[\w.]*[:/])?(?P<code>CRS84|\d{4,6})",
    re.IGNORECASE,
)


def read_geojson(path: Path) -> gpd.GeoDataFrame:
    """Read a feature collection, or one feature; a `SourceError` says where it is none.

    Values are as they stand in the text; the ``id`` of the features is a column where no property
    has its name. Lists and objects become text. A CRS that is not given by its code is a
    `CRSError`: links are not followed.
    """
    content = _load(path)
    with refuse_broken(path, KIND):
        features = _list_features(content)
        cells = [_take_cells(feature) for feature in features]
        shapes = [
            _take_shape(number, feature.get("geometry"))
            for number, feature in enumerate(features, 1)
        ]
    crs = _read_crs(path, content.get("crs", {"properties": {"name": _STORED}}))
    names = list(dict.fromkeys(name for row in cells for name in row))
    columns = {
        at: pd.Series([row.get(name) for row in cells], dtype="object")
        for at, name in enumerate(names)
    }
    table = pd.DataFrame(columns, index=range(len(cells)))
    table.columns = pd.Index(names, dtype="object")  # which may hold half a character
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(shapes, table.index, crs=crs))


def name_collection(path: Path) -> str:
    """Give the name that a collection bears, empty where it bears none."""
    return str(_load(path).get("name", ""))


def describe_collection(path: Path) -> str:
    """Give the description that a collection bears, empty where it bears none."""
    return str(_load(path).get("description", ""))


def _load(path: Path) -> dict[str, Any]:
    with refuse_broken(path, KIND):
        try:
            content = json.loads(path.read_bytes())
        except RecursionError:
            msg = "lists in lists without end"
            raise ValueError(msg) from None
        if not isinstance(content, dict):
            msg = f"GeoJSON is an object with features, and {_OTHER}"
            raise TypeError(msg)
    return content


def _list_features(content: dict[str, Any]) -> list[dict[str, Any]]:
    """List the features; JSON of Esri, TopoJSON and catalogues, which is no GeoJSON, is refused."""
    foreign = next((name for name in _FOREIGN if name in content), None)
    if foreign is not None:
        msg = f"its {foreign!r} is that of another format, and no GeoJSON"
        raise ValueError(msg)
    features = content.get("features") if content.get("type") == "FeatureCollection" else [content]
    if not isinstance(features, list):
        msg = "its 'features' are no list"
        raise TypeError(msg)
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, dict) or feature.get("type") != "Feature":
            msg = f"number {number} of it is no feature of GeoJSON, and {_OTHER}"
            raise ValueError(msg)
    return features


def _take_cells(feature: dict[str, Any]) -> dict[str, Any]:
    given = feature.get("properties") or {}
    cells = {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
        for name, value in given.items()
    }
    return cells if "id" in cells or "id" not in feature else {"id": feature["id"], **cells}


def _take_shape(number: int, geometry: Any) -> Any:
    """Make the shape of a feature; one that is none is told by the number of its feature."""
    if geometry is None:
        return None
    try:
        if geometry["type"] == "Point" and geometry["coordinates"]:
            return shapely.Point([float(part) for part in geometry["coordinates"][:3]])
        if geometry["type"] in _SHAPES:
            return shapely.from_geojson(json.dumps(geometry, allow_nan=False))
    except (LookupError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        msg = f"the geometry of feature {number} is none: {error}"
        raise ValueError(msg) from error
    msg = f"the geometry of feature {number} is of no kind that GeoJSON knows"
    raise ValueError(msg)


def _read_crs(path: Path, member: Any) -> pyproj.CRS | None:
    """Read the CRS of the GeoJSON of 2008, given by its code; None where it says there is none."""
    if member is None:
        return None
    named = member.get("properties") if isinstance(member, dict) else None
    name = str(named.get("name", "")) if isinstance(named, dict) else ""
    if (found := _CODE.fullmatch(name.strip())) is not None:
        with suppress(pyproj.exceptions.CRSError):
            return pyproj.CRS(f"{found['book'].upper()}:{found['code'].upper()}")
    msg = (
        f"{path} names a CRS that is no code ({json.dumps(member)[:80]}), and links are not "
        "followed. Write its coordinates as degrees, longitude first, without 'crs'."
    )
    raise CRSError(msg)
