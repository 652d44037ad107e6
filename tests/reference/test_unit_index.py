"""Units found by their code, or by their name within their parent."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.reference.unit_index import Unit, UnitIndex, fold_code

NORTH, SOUTH = ("North", "N1"), ("South", "S1")
INDEX = UnitIndex(
    [
        Unit("N-alam", "Alampur", ("Alam Town",), ("N101",), NORTH),
        Unit("N-barr", "Barrak", (), ("N102", "N103"), NORTH),
        Unit("N-d1", "District 1", (), (), NORTH),
        Unit("N-d2", "District 2", (), (), NORTH),
        Unit("S-alam", "Alampur", (), ("S101",), SOUTH),
        Unit("N-barr", "Lower Barrak", (), ("N103",), NORTH, "Lower Barrak is a part of Barrak"),
        Unit("", "Karez", (), ("S199",), SOUTH, "Karez is of another day"),
    ],
    "district",
    "province",
)


@pytest.mark.parametrize(
    ("asked", "code", "rule"),
    [
        (("Alampur", "", "North"), "N-alam", "name"),
        (("ALAMPUR district", "", "N1"), "N-alam", "name"),
        (("Alampur", "", "", "s1"), "S-alam", "name"),
        (("Alam town", "", ""), "N-alam", "name"),
        (("", " n101 "), "N-alam", "code"),
        (("Anything", "N101", "North"), "N-alam", "code"),
        (("", "N102"), "N-barr", "code"),
        (("Baraq", "", "North"), "N-barr", "sound"),
        (("Alimpur", "", "South"), "S-alam", "spelling"),
        (("Alampur", "X1", "Sauth"), "", ""),
    ],
)
def test_a_unit_is_found_by_code_and_else_by_name(asked, code, rule):
    found = INDEX.find(*asked)
    assert (found.code, found.rule) == (code, rule)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (("Alampur",), r"may be Alampur \(North\), Alampur \(South\)"),
        (("Barrak", "", "South"), "district 'Barrak' is in North, and not in 'South'"),
        (("Barrak", "", "West"), "province 'West' is not known"),
        (("Zzyzx", "", "North"), "district 'Zzyzx' is not known in 'North'"),
        (("Zzyzx",), "district 'Zzyzx' is not known"),
        (("District 3", "", "North"), "district 'District 3' is not known"),
        (("", "N999"), "the code 'N999' is not known"),
        (("", ""), "no district is given"),
        (("Barrak", "N101", "North"), "the code 'N101' is that of Alampur, and not of 'Barrak'"),
        (("Karez", "", "South"), "Karez is of another day"),
    ],
)
def test_what_is_not_known_says_why(asked, reason):
    found = INDEX.find(*asked)
    assert found.code == found.rule == ""
    assert re.search(reason, found.reason)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (("Baraq", "", "North"), "'Baraq' is taken for Barrak"),
        (("Barrak", "N999", "North"), "the code 'N999' is not known"),
        (("", "N103"), "Lower Barrak is a part of Barrak"),
        (("Lower Barrak", "", "North"), "Lower Barrak is a part of Barrak"),
        (("Barrak", "N102", "South"), "it lies in North, and not in 'South'"),
        (("Barrak", "N102", "North"), ""),
    ],
)
def test_what_was_assumed_is_told(asked, reason):
    found = INDEX.find(*asked)
    assert found.code == "N-barr"
    assert found.reason == reason


def test_units_without_parents_are_found_by_name():
    index = UnitIndex([Unit("a", "Kyiv"), Unit("b", "Lviv")], "unit", "province")
    assert index.find("kyiv", "", "Kyivska").code == "a"
    assert index.find("Odesa").reason == "unit 'Odesa' is not known"


def test_names_are_known_in_other_spellings():
    assert INDEX.knows("baraq")
    assert not INDEX.knows("Zzyzx")
    assert not INDEX.knows("")


@settings(deadline=None)
@given(st.text(max_size=20), st.text(max_size=8), st.text(max_size=8))
def test_any_text_has_an_answer_with_a_code_or_a_reason(name, code, parent):
    found = INDEX.find(name, code, parent)
    assert bool(found.code) == bool(found.rule)
    assert found.code or found.reason


@settings(deadline=None)
@given(st.text())
def test_a_code_is_folded_once(code):
    assert fold_code(fold_code(code)) == fold_code(code) or fold_code(code).endswith(".0")
