"""Plain values and shapes written as JSON that a page can hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import shapely

from geosec.arguments import is_missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

_DANGEROUS = re.compile(r"[<>&]|\{(?=[{%#])")
_DECIMALS = 4  # of degrees: about 10 m
DRAWN_DEG = 0.002  # outlines are drawn that coarse, about 200 m


def encode_json(data: Mapping[str, Any]) -> str:
    r"""Write JSON that can neither end the script element it stands in nor run in a template.

    ``<``, ``>`` and ``&`` are written as escapes (HTML Standard, section 4.12.1.3), and all is
    ASCII. branca takes the text of every element for a Jinja template, so that ``{{`` in a news
    report would be evaluated in Python; no JSON outside a string has ``{{``, ``{%`` or ``{#``.
    """
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return _DANGEROUS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def write_label(value: Any) -> str:
    """Write a value as a text for people, without blanks round it; empty where it is missing."""
    return "" if is_missing(value) else str(value).strip()


def encode_shapes(shapes: Iterable[BaseGeometry]) -> list[dict[str, Any]]:
    """Turn shapes in EPSG:4326 into GeoJSON geometries, degrees rounded to about 10 m."""
    return [encode_shape(shape) for shape in shapes]


def encode_shape(shape: BaseGeometry) -> dict[str, Any]:
    """Turn a shape in EPSG:4326 into a GeoJSON geometry, degrees rounded to about 10 m."""
    geometry = json.loads(shapely.to_geojson(shape))
    return {"type": geometry["type"], "coordinates": _round(geometry["coordinates"])}


def _round(value: Any) -> Any:
    return [_round(part) for part in value] if isinstance(value, list) else round(value, _DECIMALS)
