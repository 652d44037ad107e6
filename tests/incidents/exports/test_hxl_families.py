"""Several columns of one tag of HXL: a total, parts of one count, languages, or none can tell."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec import SchemaError
from geosec.incidents.exports.hxl_families import choose_columns
from geosec.incidents.exports.terms import SOURCE_NOTICES

DATE, PLACE = "#date+occurred", "#loc+name"


def read(*tags, cells=(), **options):
    table = pd.DataFrame([["2024-01-02", "Turbat", *cells]], columns=[DATE, PLACE, *tags])
    return geosec.read_incidents(table, **options)[0]


@pytest.mark.parametrize(
    ("wanted", "column"), [("#adm1+name", "a"), ("#adm1+en+name", "b"), ("#adm2+name", None)]
)
def test_a_tag_is_found_in_whichever_order_its_attributes_stand(wanted, column):
    tags = {"b": "#adm1+name+en", "a": "#adm1+name", "c": "#adm1+code", "d": "#adm12+name"}
    assert choose_columns(wanted, tags) == ([column] if column else [])


@pytest.mark.parametrize(
    ("extras", "taken"),
    [
        (["+m", "+f"], "ab"),
        (["+f", "+m", "+i"], "abc"),
        (["+children", "+adults"], "ab"),
        (["+age_0_4", "+age_5_plus"], "ab"),
        (["+f+children", "+m+children", "+f+adults", "+m+adults"], "abcd"),
        (["+ind+m", "+ind+f"], "ab"),
        (["", "+m", "+f"], "a"),
        (["+m", "+total", "+f"], "b"),
    ],
)
def test_parts_of_one_count_are_all_taken_and_a_total_alone(extras, taken):
    tags = {"abcd"[at]: f"#affected+killed{extra}" for at, extra in enumerate(extras)}
    assert choose_columns("#affected+killed", tags) == list(taken)


@pytest.mark.parametrize(
    "tags",
    [
        ["#affected+killed+m", "#affected+killed+children"],
        ["#affected+killed+m", "#affected+killed+f", "#affected+killed+f+children"],
        ["#affected+killed+civilians", "#affected+killed+police"],
        ["#affected+killed", "#affected+killed"],
        ["#affected+killed+m", "#affected+killed+m"],
    ],
)
def test_columns_that_overlap_or_divide_otherwise_are_refused(tags):
    named = dict(zip("abc", tags, strict=False))
    with pytest.raises(SchemaError, match=r"may mean several columns: 'a' .*\"fatalities\"}`"):
        choose_columns("#affected+killed", named, "fatalities")


def test_of_languages_english_is_taken():
    tags = {"u": "#loc+name+i_ur", "e": "#loc+name+i_en"}
    assert choose_columns("#loc+name", tags) == ["e"]
    assert choose_columns("#loc+name", {"u": "#loc+name+ur", "s": "#loc+name+sd"}) == ["u"]


@pytest.mark.parametrize(
    ("cells", "toll"),
    [((1, 2), 3), (("1", ""), 1), ((None, None), pd.NA), ((0, 0), 0), ((1.0, 2.0), 3)],
)
def test_the_dead_of_both_sexes_are_added_up_and_that_is_told(cells, toll):
    incidents = read("#affected+killed+m", "#affected+killed+f", cells=cells)
    assert incidents["fatalities"].tolist() == [toll]
    told = "`fatalities` is the sum of '#affected+killed+m' and '#affected+killed+f'"
    assert any(told in notice for notice in incidents.attrs[SOURCE_NOTICES])


def test_a_part_that_is_no_number_rejects_its_row():
    cells = ["2024-01-02", "Turbat", "some", "2"]
    table = pd.DataFrame(
        [cells], columns=[DATE, PLACE, "#affected+injured+m", "#affected+injured+f"]
    )
    _, rejected = geosec.read_incidents(table)
    assert "some + 2" in rejected["reason"].item()


def test_which_of_two_is_meant_can_be_said():
    tags = ["#affected+killed+civilians", "#affected+killed+police"]
    with pytest.raises(SchemaError, match="may mean several"):
        read(*tags, cells=(1, 2))
    given = {tags[1]: "fatalities"}
    assert read(*tags, cells=(1, 2), columns=given)["fatalities"].tolist() == [2]


def test_two_dates_or_two_places_are_never_one_in_silence():
    for twice in ("#date", "#loc"):
        row = pd.DataFrame([[twice, twice, *{"#date", "#loc"} - {twice}], ["2024-01-02"] * 3])
        row.columns = pd.Index(["a", "b", "c"])
        with pytest.raises(SchemaError, match=f"the tag {twice} may mean several columns: 'a'"):
            geosec.read_incidents(row)
    both = read("#date+start", "#date+end", cells=("2024-01-01", "2024-01-03"))
    assert len(both) == 1
