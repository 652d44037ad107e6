"""Hints of a table: columns before keywords, each distinct one once, and what is not known told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import geosec
from geosec.errors import GeosecWarning
from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.placing.hints import NO_HINTS, Hints
from geosec.geocoding.row_hints import read_row_hints, warn_of_unknown


def hints_of(table, **usual):
    found = read_row_hints(table, usual)
    return [found.distinct[each] for each in found.which]


def test_a_table_without_hints_has_one_for_all_rows():
    table = pd.DataFrame({"location": ["Mach", "Sibi"]})
    assert read_row_hints(table, {}).distinct == [NO_HINTS]
    assert hints_of(table) == [NO_HINTS, NO_HINTS]
    assert hints_of(table, admin1="Sindh") == [Hints("Sindh")] * 2
    assert hints_of(table.iloc[:0]) == []


def test_what_a_row_gives_comes_before_what_is_given_for_all():
    table = pd.DataFrame({"admin1": ["Sindh", None, "Sindh"], "admin3": ["Tump", "Tump", None]})
    found = read_row_hints(table, {"admin1": "Punjab", "admin2": "Kech"})
    assert [found.distinct[each] for each in found.which] == [
        Hints("Sindh", "Kech", "Tump"),
        Hints("Punjab", "Kech", "Tump"),
        Hints("Sindh", "Kech", ""),
    ]
    assert len(found.distinct) == 3


def test_each_distinct_hint_is_kept_once_in_any_index():
    table = pd.DataFrame({"admin2": ["Kech", "Gwadar"] * 50}, index=[7] * 100)
    found = read_row_hints(table, {})
    assert sorted(found.distinct) == [Hints("", "Gwadar"), Hints("", "Kech")]
    assert np.bincount(found.which).tolist() == [50, 50]


def test_one_warning_says_how_many_rows_give_what_is_not_known():
    table = pd.DataFrame(
        {
            "admin1": ["Foo", "Foo", "Sindh", "FATA"],
            "admin2": ["Kech", "Bar", "Sukkur", "FR Kohat"],
        }
    )
    with pytest.warns(GeosecWarning, match="of 4 rows") as caught:
        warn_of_unknown(read_row_hints(table, {}), load_interpreter(None))
    (one,) = caught
    told = str(one.message)
    assert "`admin1` of 2, 'Foo' (2)" in told
    assert "`admin2` of 1, 'Bar' (1)" in told
    assert "Sindh" not in told


def test_of_many_that_are_not_known_the_most_frequent_are_shown():
    table = pd.DataFrame({"admin1": [f"Zz{each}" for each in "abcdefgh"] + ["Zzh"]})
    with pytest.warns(GeosecWarning, match=r"`admin1` of 9, 'Zzh' \(2\), .* and 3 more\.$"):
        warn_of_unknown(read_row_hints(table, {}), load_interpreter(None))


def test_known_hints_are_not_warned_of(recwarn):
    geosec.geocode(["Mach"], admin1="N.W.F.P.", admin2="Swat district", admin3="Matta")
    assert not recwarn.list


def test_a_hint_that_is_not_known_is_told_in_the_table_too():
    with pytest.warns(GeosecWarning, match="'Foo'"):
        located = geosec.geocode(["Sibi", "Xanadu", "Mach"], admin1="Foo")
    told = located["match_reason"]
    assert located["match_status"].tolist() == ["matched", "unmatched", "unmatched"]
    assert told.str.endswith("admin1 'Foo' not known, and not used").all()
    assert told.iloc[1].startswith("no place of the gazetteer is named")


def test_columns_bind_each_row_and_keywords_those_without():
    table = pd.DataFrame({"location": ["Dasht"] * 3, "admin2": ["Kech", "Mastung", None]})
    named = geosec.geocode(table, admin2="Kech")["match_name"].tolist()
    assert named == ["Dasht, Kech", "Dasht", "Dasht, Kech"]


def test_a_hint_that_is_known_elsewhere_is_told_as_that():
    told = "`admin2` of 1, 'Kech', known, but not in 'KP' \\(1\\)"
    with pytest.warns(GeosecWarning, match=told):
        located = geosec.geocode(["Mardan"], admin1="KP", admin2="Kech")
    reason = located["match_reason"].item()
    assert reason.endswith("admin2 'Kech' known, but not in 'KP', and not used")
