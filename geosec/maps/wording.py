"""What a map says of an incident, in plain words and with no more precision than is known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pandas as pd
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from collections.abc import Mapping

_ON_LINE_M = 50.0
_RULES = {
    "town": "a town or village",
    "facility": "a facility in a town",
    "rail_station": "a railway station",
    "rail_between": "a stretch of railway",
    "rail_km": "a railway kilometre",
    "offset": "a distance from a place",
    "district": "a district",
    "province": "a province",
    "tehsil": "a tehsil",
    "landmark": "a landmark",
    "route": "a road or route",
    "coordinates": "coordinates",
}


def text_of(value: Any) -> str:
    """Give a cell as text.

    Parameters
    ----------
    value : object
        A cell of the incident table. No unit or CRS is involved.

    Returns
    -------
    str
        Empty where it is missing.

    Examples
    --------
    >>> text_of(pd.NA), text_of(3)
    ('', '3')
    """
    return "" if value is None or pd.isna(value) else str(value).strip()


def when(row: Mapping[str, Any]) -> str:
    """Say when, as precisely as the report does.

    Parameters
    ----------
    row : mapping
        With ``date`` and ``date_precision``.

    Returns
    -------
    str

    Examples
    --------
    >>> when({"date": pd.Timestamp("2024-10-01"), "date_precision": "month"})
    'October 2024'
    """
    if pd.isna(row.get("date")):
        return "date not reported"
    forms = {"month": "{0:%B %Y}", "year": "{0:%Y}", "week": "week of {0.day} {0:%B %Y}"}
    return forms.get(text_of(row.get("date_precision")), "{0.day} {0:%B %Y}").format(row["date"])


def distance_words(metres: float) -> str:
    """Write a distance with two figures at the most.

    Parameters
    ----------
    metres : float
        Metres.

    Returns
    -------
    str
        In metres if it rounds to less than one kilometre, else in kilometres.

    Examples
    --------
    >>> distance_words(3_871), distance_words(96_412), distance_words(140)
    ('3.9 km', '96 km', '140 m')
    """
    if (rounded := float(f"{metres:.2g}")) < 1_000:
        return f"{rounded:.0f} m"
    return f"{rounded / 1000:g} km"


def how_sure(row: Mapping[str, Any]) -> str:
    """Say in plain words where the incident lies and how sure that is.

    Parameters
    ----------
    row : mapping
        A geocoded incident; ``uncertainty_m`` in metres, ``footprint`` in EPSG:4326.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"uncertainty_m": 3_871.0, "footprint": None, "match_name": "Mach"}
    >>> how_sure(row)
    'Within 3.9 km of this point with 95 % probability.'
    """
    radius = distance_words(float(row["uncertainty_m"]))
    shape, name = row.get("footprint"), text_of(row.get("match_name"))
    if text_of(row.get("match_status")) == "ambiguous":
        told = f"One of several places; within {radius} of this point with 95 % probability."
    elif not isinstance(shape, BaseGeometry):
        told = f"Within {radius} of this point with 95 % probability."
    elif "Line" in shape.geom_type:
        told = f"Somewhere along the line: {name}. 95 % within {radius} of this point."
    else:
        told = f"Somewhere in the area of {name}; the point is only its middle."
    reason = text_of(row.get("match_reason"))
    return f"{told} {reason[:1].upper()}{reason[1:]}." if reason else told


def facts(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List what a popup tells: a name and a value each.

    Parameters
    ----------
    row : mapping
        A geocoded incident; rail columns in kilometres and boundary columns may be missing.

    Returns
    -------
    list of (str, str)

    Examples
    --------
    >>> facts({"date": pd.Timestamp("2025-03-11"), "location": "near Mach"})[0]
    ('When', '11 March 2025')
    """
    lines = [
        ("When", when(row)),
        ("Who", " → ".join(filter(None, [text_of(row.get("actor")), text_of(row.get("target"))]))),
        ("Killed", text_of(row.get("fatalities")) or "not reported"),
        ("Injured", text_of(row.get("injuries")) or "not reported"),
        ("Reported as", text_of(row.get("location"))),
        ("Read as", _read_as(row)),
        ("District", _district(row)),
        ("Railway", _railway(row)),
    ]
    return [(name, value) for name, value in lines if value]


def _read_as(row: Mapping[str, Any]) -> str:
    name = text_of(row.get("match_name"))
    kind = _RULES.get(text_of(row.get("match_rule")), "")
    return f"{name} ({kind})" if name and kind else name


def _district(row: Mapping[str, Any]) -> str:
    name, province = text_of(row.get("adm2_name")), text_of(row.get("adm1_name"))
    probability = row.get("adm2_prob")
    if not name or probability is None or pd.isna(probability):
        return name
    sure = "" if probability >= 0.995 else f", {probability:.0%} sure"
    return f"{name}, {province}{sure}"


def _railway(row: Mapping[str, Any]) -> str:
    km, line = row.get("rail_km"), text_of(row.get("rail_line"))
    if km is None or pd.isna(km):
        return ""
    low, high = row["rail_km_low"], row["rail_km_high"]
    span = f"km {low:.0f}" if high - low < 1 else f"km {low:.0f} to {high:.0f}"
    between = f"{text_of(row['rail_prev_station'])} – {text_of(row['rail_next_station'])}"
    offset_m = float(row["rail_offset_m"])
    away = f"; {distance_words(offset_m)} away" if offset_m >= _ON_LINE_M else ""
    return f"{line} {span}, {between}{away}"


def safe_link(value: Any) -> tuple[str, str]:
    """Give a link and its host, if it is one that may be followed.

    Parameters
    ----------
    value : object
        A cell. No unit or CRS is involved.

    Returns
    -------
    url, host : str
        Empty where it is no ``http`` or ``https`` address.

    Examples
    --------
    >>> safe_link("https://www.dawn.com/news/1"), safe_link("javascript:alert(1)")
    (('https://www.dawn.com/news/1', 'www.dawn.com'), ('', ''))
    """
    text = text_of(value)
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
    except ValueError:
        return "", ""
    odd = any(letter.isspace() or letter == "\\" for letter in text)  # a browser reads \ as /
    if parts.scheme not in {"http", "https"} or not host or odd:
        return "", ""
    return text, host


def shown_degrees(degrees: float, uncertainty_m: float) -> float:
    """Round a coordinate to what its uncertainty supports.

    Parameters
    ----------
    degrees : float
        Longitude or latitude, EPSG:4326.
    uncertainty_m : float
        95 % radius, metres.

    Returns
    -------
    float
        Rounded to a tenth of the radius or finer, at most five decimals.

    Examples
    --------
    >>> shown_degrees(67.325171, 3_900), shown_degrees(67.325171, 96_000)
    (67.325, 67.33)
    """
    step_deg = max(uncertainty_m, 10.0) / 10 / 111_320
    return round(degrees, min(5, max(0, math.ceil(-math.log10(step_deg)))))
