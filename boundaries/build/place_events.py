"""Rows that are the named places of coded events: villages and areas that reports speak of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from boundaries.build.place_names import slug
from boundaries.build.place_rows import Row, blank
from geosec.geodesy.geodesics import distance_between_m
from geosec.reference.toponyms import skeleton

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    import pandas as pd

    from boundaries.build.place_districts import Districts

SOURCE = (
    "UCDP GED event {} (CC BY 4.0), https://github.com/Danishshh/"
    "Crime-Analysis-and-prediction-on-Pakistan-data/blob/8d3a7c0/conflict_data_pak.csv"
)
ACCURACY_M = 3000  # 19 in 20 of the 200 points whose place GeoNames has too lie within it
_OUTSIDE_M = 15_000.0  # so far from the district it names, a point is of another place
BORDER_M = 4_000.0  # so near the district that it names, it lies there: point and border are off
_TWIN_M = 12_000.0  # a place of the same name so near is the same place
TEHSIL_M = 20_000  # reach of a valley or tehsil
# The last word of UCDP's name for a place: class and extent in metres.
KINDS = {
    **dict.fromkeys(("town", "village", "locality", "suburb", "colony", "city"), ("village", "")),
    **dict.fromkeys(
        ("area", "sector", "hills", "hill", "ridge", "mountain", "stream"), ("area", 8000)
    ),
    **dict.fromkeys(("valley", "tehsil"), ("area", TEHSIL_M)),
    "pass": ("pass", 2000),
    "dam": ("dam", 2000),
    "fort": ("military_site", ""),
    "bridge": ("bridge", ""),
    "shrine": ("religious_site", ""),
}
PROVINCES = {
    "Federally Administered Tribal Areas": "PK-KP",
    "Khyber Pakhtunkwa province": "PK-KP",
    "Balochistan province": "PK-BA",
    "Punjab province": "PK-PB",
    "Sindh province": "PK-SD",
    "Azad Jammu & Kashmir": "PK-JK",
    "Gilgit-Baltistan": "PK-GB",
    "Islamabad Capital territory": "PK-IS",
}
_NOT_NAMES = re.compile(r"\b(?:loc|of control|km|near|between)\b|\d", re.IGNORECASE)
_BORROWED = re.compile(r"(?:no published point[:;,]? )?point of (?!view)[^;]*")
_REST = re.compile(r"\s*[(\[,].*")


def event_places(
    table: pd.DataFrame, districts: Districts, known: Sequence[Row], tehsils: Sequence[Row] = ()
) -> list[Row]:
    """Make rows of the places that UCDP names more finely than a district.

    Parameters
    ----------
    table : pandas.DataFrame
        ``event_places``: ``event_id``, ``where_coordinates``, ``adm_1``, ``adm_2``, ``latitude``
        and ``longitude`` (degrees, EPSG:4326), as UCDP GED gives them for events of
        ``where_prec`` 1 and 2, and ``alt_names``, how reports of them spell the name.
    districts : Districts
        The district layer.
    known : sequence of dict
        Rows that the gazetteer has; a place of the same name within 12 km is not added again.
    tehsils : sequence of dict
        Rows of tehsils: what bears the name of one and lies in its district is right there,
        whatever district the event names.

    Returns
    -------
    list of dict
        Sorted by ``place_id``. Left out are points more than 15 km from the district that the
        event names.
    """
    rows: dict[str, Row] = {}
    taken = _by_name(known)
    seats = {
        (skeleton(name), row["adm2_code"])
        for row in tehsils
        for name in [row["name"], *row["alt_names"].split(";")]
        if name
    }
    for event in table.to_dict("records"):
        row = _row(event, districts, seats)
        if row is None or row["place_id"] in rows or _is_there(row, taken):
            continue
        rows[row["place_id"]] = row
        taken.setdefault(skeleton(row["name"]), []).append(row)
    return [rows[each] for each in sorted(rows)]


def lend_points(rows: Sequence[Row], events: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Give rows without a point that of the event place of their name and district.

    Parameters
    ----------
    rows : sequence of dict
        Rows of the gazetteer; coordinates in degrees, EPSG:4326.
    events : sequence of dict
        From `event_places`.

    Returns
    -------
    list of dict
        The same rows.
    list of dict
        The event places that are left.

    Examples
    --------
    >>> row = blank(place_id="a", name="Rakhni", alt_names="", adm2_code="x", source="page")
    >>> event = row | {"place_id": "ev:rakhni", "latitude": 30.05, "longitude": 69.9}
    >>> filled, left = lend_points([row], [event])
    >>> filled[0]["latitude"], left
    (30.05, [])
    """
    by_name = {(skeleton(each["name"]), each["adm2_code"]): each for each in events}
    lent: set[str] = set()
    filled = []
    for row in rows:
        event = by_name.get((skeleton(row["name"]), row["adm2_code"]))
        if event is None or not _is_pointless(row):
            filled.append(row)
            continue
        lent.add(event["place_id"])
        taken = ("latitude", "longitude", "positional_accuracy_m")
        source = f"{row['source']}; point: {event['source']}"
        note = _BORROWED.sub("", row.get("note", "")).strip("; ")
        filled.append(row | {key: event[key] for key in taken} | {"source": source, "note": note})
    return filled, [each for each in events if each["place_id"] not in lent]


def widen_to_tehsils(events: Sequence[Row], tehsils: Sequence[Row]) -> list[Row]:
    """Give the areas that are tehsils the radius of what they are.

    Parameters
    ----------
    events : sequence of dict
        From `event_places`.
    tehsils : sequence of dict
        Rows of tehsils.

    Returns
    -------
    list of dict
        The same rows; an area of the name and district of a tehsil reaches 20 km.

    Examples
    --------
    >>> tehsil = blank(name="Mashkai", adm2_code="x")
    >>> area = tehsil | {"feature_class": "area", "extent_m": 8000}
    >>> widen_to_tehsils([area], [tehsil])[0]["extent_m"]
    20000
    """
    named = {(skeleton(each["name"]), each["adm2_code"]) for each in tehsils}
    return [
        row | {"extent_m": TEHSIL_M}
        if row["feature_class"] == "area" and (skeleton(row["name"]), row["adm2_code"]) in named
        else row
        for row in events
    ]


def _row(
    event: Mapping[str, str], districts: Districts, seats: Container[tuple[str, str]]
) -> Row | None:
    name, kind = split_kind(event["where_coordinates"])
    adm1_code = PROVINCES.get(event["adm_1"], "")
    if kind is None or not adm1_code:
        return None
    longitude, latitude = float(event["longitude"]), float(event["latitude"])
    stated = split_district(event["adm_2"])
    adm2_code, _ = districts.holding(longitude, latitude, adm1_code, stated, BORDER_M)
    is_right = districts.reaches(stated, adm1_code, longitude, latitude, _OUTSIDE_M)
    if not is_right and (skeleton(name), adm2_code) not in seats:
        return None
    feature_class, extent_m = kind
    return blank(
        place_id=f"ev:{slug(name)}-{adm2_code[6:]}",
        name=name,
        alt_names=event["alt_names"],
        feature_class=feature_class,
        adm1_code=adm1_code,
        adm2_code=adm2_code,
        latitude=round(latitude, 5),
        longitude=round(longitude, 5),
        extent_m=extent_m,
        positional_accuracy_m=ACCURACY_M,
        source=SOURCE.format(event["event_id"]),
    )


def split_kind(label: str) -> tuple[str, tuple[str, int | str] | None]:
    """Cut UCDP's name for a place into the name and its kind.

    Parameters
    ----------
    label : str
        Such as ``"Ghazigai village"``.

    Returns
    -------
    str
        The name.
    tuple or None
        Class of the gazetteer and extent in metres; None for what is no named place.

    Examples
    --------
    >>> split_kind("Ghazigai village")
    ('Ghazigai', ('village', ''))
    >>> split_kind("LoC by Baghsar village")[1] is None
    True
    """
    words = _REST.sub("", label).split()
    if len(words) < 2 or _NOT_NAMES.search(label):
        return label, None
    kind = KINDS.get(words[-1].lower())
    name = " ".join(words[:-1]).strip(" ,'")
    keeps_noun = kind is not None and kind[0] in {"pass", "dam", "bridge", "military_site"}
    return (" ".join(words) if keeps_noun else name), kind


def split_district(adm_2: str) -> str:
    """Cut UCDP's name for a district down to the name.

    Parameters
    ----------
    adm_2 : str
        Such as ``"Khyber agency"`` or ``"FR Kohat"``.

    Returns
    -------
    str
        The name, as the district layer has it in some spelling.

    Examples
    --------
    >>> split_district("Khyber agency"), split_district("FR Kohat")
    ('Khyber', 'Kohat')
    """
    name = re.sub(r"\s+(?:district|agency)$", "", adm_2.strip(), flags=re.IGNORECASE)
    return re.sub(r"^FR ([\w .]+?)(?: -.*)?$", r"\1", name)


def _by_name(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        for name in {row["name"], *row["alt_names"].split(";")} - {""}:
            found.setdefault(skeleton(name), []).append(row)
    return found


def _is_pointless(row: Row) -> bool:
    """Whether a row has no point, or only that of another place."""
    return row["latitude"] == "" or _BORROWED.search(row.get("note", "")) is not None


def _is_there(row: Row, taken: Mapping[str, Sequence[Row]]) -> bool:
    """Whether a place of that name stands near already, or is the town of the same district."""
    for other in taken.get(skeleton(row["name"]), ()):
        if _is_pointless(other):
            continue
        settled = other["feature_class"] in {"town", "village", "area"}
        away_m = distance_between_m(
            row["longitude"], row["latitude"], other["longitude"], other["latitude"]
        )
        if away_m <= _TWIN_M or (settled and other["adm2_code"] == row["adm2_code"]):
            return True
    return False
