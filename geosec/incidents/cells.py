"""Cells read one by one; one that cannot be used rejects its row with a reason."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from geosec.arguments import describe_given
from geosec.reference.codebooks import PRECISION_RULES

MISSING = {"", "na", "n/a", "nan", "none", "null", "-", "--", "unknown", "<na>", "nat"}
_LONGEST_MISSING = max(map(len, MISSING))
_FLAGS = {"0": 0, "no": 0, "false": 0, "1": 1, "yes": 1, "true": 1}
_MOST = 10_000_000_000  # more than all people: what stands for a count that is not known
_LONGEST_COUNT = len(str(_MOST))
NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)"  #: a whole number, its thousands with commas or none
_WHOLE = re.compile(rf"{NUMBER}|\d+\.0+")
_POINTED = re.compile(r"[1-9]\d{0,2}\.000")  # a thousand in one country, and one in another
_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_COMMA = re.compile(r"[+-]?\d{1,3},\d+")  # of degrees: no degree has thousands

_EXACT = {2: 2.0**11, 4: 2.0**24, 8: 2.0**53}  # by bytes: from here on, floats skip whole numbers


class Rejected(ValueError):  # noqa: N818 - it is a verdict on a row, caught here, never raised out
    """A row cannot be used; the text says why."""


def read_text(value: Any) -> str | None:
    """Read a cell as text without blanks round it, None where it is missing."""
    if isinstance(value, str):
        return value.strip() or None
    if value is None or (pd.api.types.is_scalar(value) and pd.isna(value)):
        return None
    if isinstance(value, np.ndarray):  # whose own text leaves out the middle of a long one
        value = value.tolist()
    return str(value).strip() or None


def read_label(name: str, value: Any) -> str | None:
    """Read a cell as text as `read_text` does; a list or the like, which holds several, is none."""
    if isinstance(value, Collection) and not isinstance(value, str):
        msg = f"{name} holds {describe_given(value)}, and one text or number is expected"
        raise Rejected(msg)
    return read_text(value)


def read_latitude(name: str, value: Any) -> float | None:
    """Read degrees north, EPSG:4326."""
    return _read_degrees(name, value, 90)


def read_longitude(name: str, value: Any) -> float | None:
    """Read degrees east, EPSG:4326."""
    return _read_degrees(name, value, 180)


def _read_number(name: str, value: Any) -> float | None:
    text = read_text(value)
    if text is None or text.casefold() in MISSING:
        return None
    plain = text.replace(",", ".") if _COMMA.fullmatch(text) else text
    number = float(plain) if _DECIMAL.fullmatch(plain) else math.nan
    if not math.isfinite(number):
        msg = f"{name} {text!r} is no number"
        raise Rejected(msg)
    return number


def _read_degrees(name: str, value: Any, limit: float) -> float | None:
    degrees = _read_number(name, value)
    if degrees is not None and abs(degrees) > limit:
        msg = f"{name} {degrees:g} is not between -{limit:g} and {limit:g} degrees"
        raise Rejected(msg)
    return degrees


def read_count(name: str, value: Any) -> int | None:
    """Read a whole number of 0 or more, such as "1,200" or "3.0"; "1.000" may be two."""
    text = read_text(value)
    if text is None or text.casefold() in MISSING:
        return None
    if isinstance(value, str) and _POINTED.fullmatch(text):
        whole = text.partition(".")[0]
        msg = f"{name} {text!r} may be {whole} or {whole} thousand; write it without a point"
        raise Rejected(msg)
    if not _WHOLE.fullmatch(text):
        msg = f"{name} {text!r} is no count; a whole number of 0 or more is expected"
        raise Rejected(msg)
    digits = text.replace(",", "").partition(".")[0].lstrip("0") or "0"
    if len(digits) > _LONGEST_COUNT or int(digits) > _MOST:
        msg = f"{name} {text[:40]!r} is larger than any count"
        raise Rejected(msg)
    return int(digits)


def read_scheme(name: str, value: Any) -> str | None:
    """Read the name of a code book of spatial precision."""
    text = read_text(value)
    if text is None:
        return None
    known = sorted({book for book, _ in PRECISION_RULES})
    if text.casefold() not in known:
        msg = f"{name} {text!r} is none of {', '.join(known)}"
        raise Rejected(msg)
    return text.casefold()


def read_vicinity(name: str, value: Any) -> int | None:
    """Read GTD's flag; its -9, not known, is missing."""
    text = (read_text(value) or "-9").casefold().removesuffix(".0")
    if text == "-9" or text in MISSING:
        return None
    if text not in _FLAGS:
        msg = f"{name} {text!r} is none of 1 (near the place), 0 (in it), -9 (not known)"
        raise Rejected(msg)
    return _FLAGS[text]


def tell_exact(kind: Any) -> float:
    """Tell below which number the floats of a column of this dtype are each whole number."""
    return _EXACT.get(getattr(kind, "itemsize", 8) if kind.kind == "f" else 8, 0.0)


def read_identifier(name: str, value: Any, exact: float = _EXACT[8]) -> str:
    """Read an identifier as a text, empty where it is missing; whole numbers have no point.

    Floats of its column hold each whole number below `exact`.
    """
    if isinstance(value, float) and value.is_integer():
        if abs(value) >= exact:
            msg = f"{name} {value:.0f} may have lost digits as a float; read its column as text"
            raise Rejected(msg)
        return str(int(value))
    text = read_label(name, value) or ""
    return "" if len(text) <= _LONGEST_MISSING and text.casefold() in MISSING else text
