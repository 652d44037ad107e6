"""Rows that are union councils: the villages and quarters that give them their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boundaries.build.place_names import slug
from boundaries.build.place_rows import Row, blank
from geosec.geodesy.geodesics import distance_between_m
from geosec.reference.toponyms import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from boundaries.build.place_districts import Districts

SOURCE = (
    "union councils of the disaster management authority's situation report, "
    "https://github.com/QudsiaZainab/ndma_SITREP/blob/ed3fd30/src/components/Ucsbytehsil/index.js"
)
# Of 56 union councils of Khyber Pakhtunkhwa that UCDP coded in the same district, all but three lie
# within 25 km of the main town of their tehsil; of 7 of Balochistan, whose tehsils are wide, the
# farthest lies 84 km off.
ACCURACY_M = {"PK-KP": 25_000, "PK-BA": 85_000}
_SAME_M = 40_000.0  # a place of the name so near the tehsil's main town is in the council, or is it


def councils(table: pd.DataFrame, districts: Districts, known: Sequence[Row]) -> list[Row]:
    """Make rows of the union councils whose place is not known otherwise.

    Parameters
    ----------
    table : pandas.DataFrame
        ``union_councils``: ``adm1_code``, ``district``, ``tehsil`` as the gazetteer calls it (empty
        where it has none) and ``name``.
    districts : Districts
        The district layer.
    known : sequence of dict
        Rows that the gazetteer has; a council whose name one of them bears in its district, or near
        the main town of its tehsil, is passed over. Places of coded events do not count, so that
        what is measured with them left out has the councils: the geocoder prefers the finer place.

    Returns
    -------
    list of dict
        Class ``union_council``, at the point of the tehsil; without one where that has none.
    """
    tehsils = {
        (row["adm2_code"], row["name"]): row for row in known if row["feature_class"] == "tehsil"
    }
    bearers: dict[tuple[str, str], list[Row]] = {}
    for row in (each for each in known if not each["place_id"].startswith(("ev:", "told:"))):
        for sound in {skeleton(name) for name in _list_names(row)}:
            bearers.setdefault((row["adm1_code"], sound), []).append(row)
    rows: dict[str, Row] = {}
    for unit in table.to_dict("records"):
        adm2_code, note = districts.code_of(unit["district"], unit["adm1_code"])
        tehsil = tehsils.get((adm2_code, unit["tehsil"]), blank())
        named = bearers.get((unit["adm1_code"], skeleton(unit["name"])), [])
        if any(_is_same(row, adm2_code, tehsil) for row in named):
            continue
        row = _make_row(unit, adm2_code, tehsil, note)
        rows.setdefault(row["place_id"], row)
    return list(rows.values())


def _make_row(unit: Row, adm2_code: str, tehsil: Row, note: str) -> Row:
    row = blank(
        place_id=f"uc:{adm2_code[6:]}-{slug(unit['name'])}",
        name=unit["name"],
        alt_names="",
        feature_class="union_council",
        adm1_code=unit["adm1_code"],
        adm2_code=adm2_code,
        source=SOURCE,
        note=note,
    )
    if tehsil["latitude"] == "":
        return row
    return row | {
        "latitude": tehsil["latitude"],
        "longitude": tehsil["longitude"],
        "positional_accuracy_m": ACCURACY_M[unit["adm1_code"]],
        "note": f"point of its tehsil, {tehsil['name']}",
    }


def _is_same(row: Row, adm2_code: str, tehsil: Row) -> bool:
    """Whether a place of a council's name is in its district, or near its tehsil's main town."""
    if row["adm2_code"] == adm2_code:
        return True
    if row["latitude"] == "" or tehsil["latitude"] == "":
        return False
    points = (row["longitude"], row["latitude"], tehsil["longitude"], tehsil["latitude"])
    return distance_between_m(*map(float, points)) <= _SAME_M


def _list_names(row: Row) -> Iterable[str]:
    return filter(None, [row["name"], *row["alt_names"].split(";")])
