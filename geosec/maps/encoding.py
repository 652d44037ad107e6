"""Plain values and shapes written as JSON that a page can hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

_DANGEROUS = re.compile(r"[<>&]|\{(?=[{%#])")
DRAWN_DEG = 0.002  # outlines are drawn that coarse, about 200 m


def json_for_script(data: Mapping[str, Any]) -> str:
    r"""Write JSON that nothing in it can end the script element it stands in, or run in a template.

    branca takes the text of every element for a Jinja template, so that ``{{`` in a report would
    be evaluated in Python. No JSON outside a string has ``{{``, ``{%`` or ``{#``.

    Parameters
    ----------
    data : mapping
        Plain values; coordinates in degrees, EPSG:4326.

    Returns
    -------
    str
        ASCII, with ``<``, ``>`` and ``&`` as escapes (HTML Standard, section 4.12.1.3).

    Examples
    --------
    >>> print(json_for_script({"a": "</script>"}))
    {"a":"\u003c/script\u003e"}
    """
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return _DANGEROUS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _geojson(shapes: Any, decimals: int = 4) -> list[dict[str, Any]]:
    return [_rounded(json.loads(shapely.to_geojson(shape)), decimals) for shape in shapes]


def _rounded(geometry: dict[str, Any], decimals: int) -> dict[str, Any]:
    def walk(value: Any) -> Any:
        return [walk(each) for each in value] if isinstance(value, list) else round(value, decimals)

    return {"type": geometry["type"], "coordinates": walk(geometry["coordinates"])}
