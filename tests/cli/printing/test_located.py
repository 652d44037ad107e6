"""What is printed of a run and of phrases, held against made-up rows."""

from __future__ import annotations

import re
from itertools import takewhile

import pandas as pd
import pytest
from shapely import Point

import geosec
from geosec.cli.printing.located import describe_phrases, describe_run
from geosec.cli.printing.page import write_plain

NONE = pd.DataFrame()


def tell_run(located, near_rail, rejected=NONE, near_m=10_000.0):
    return write_plain(describe_run(located, near_rail, rejected, near_m=near_m))


def tell_phrases(located):
    return write_plain(describe_phrases(located))


@pytest.fixture(scope="module")
def near_rail(located):
    return geosec.within(located, geosec.load_rail_lines(), distance_m=10_000, draws=9)


@pytest.fixture(scope="module")
def whole(located, near_rail):
    return tell_run(located, near_rail)


@pytest.fixture(scope="module")
def some():
    """One phrase that is placed, one outside, one that is no place."""
    phrases = geosec.geocode(["Sibi", "Zahedan, Iran", "Jaffar Express"])
    located = geosec.locate_on_rail(geosec.assign_boundaries(phrases, draws=9), draws=9)
    return located, geosec.within(located, geosec.load_rail_lines(), distance_m=10_000, draws=9)


def test_counts_of_a_run_add_up(located, whole):
    placed = located.geometry.notna().sum()
    assert f"72 incidents read, 0 rows rejected; {placed} placed, {72 - placed} not" in whole


def test_every_incident_that_is_not_placed_is_told_with_its_reason(some):
    told = tell_run(*some)
    head, *listed = told.partition("\nNot placed\n\n")[2].splitlines()
    assert head.split() == ["incident", "phrase", "reason"]
    assert [line.split()[0] for line in listed] == ["1", "2"]
    assert "Iran" in listed[0]
    assert "names a train" in listed[1]


def test_a_province_counts_its_districts(located, whole):
    lines = whole.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("Balochistan "))
    below = takewhile(lambda line: line.startswith("  "), lines[at + 1 :])
    districts = sum(int(line[25:].split()[0]) for line in below)
    assert int(lines[at].split()[1]) == districts == (located["adm1_code"] == "PK-BA").sum()


def test_the_distance_asked_for_is_told(located, near_rail):
    told = tell_run(located, near_rail, near_m=25_000.0)
    assert "(p: within 25 km of the line)" in told


def test_rejected_rows_are_counted():
    located = geosec.geocode([])
    told = tell_run(located, NONE, pd.DataFrame({"line": [2, 3]}))
    assert "0 incidents read, 2 rows rejected" in told


def test_a_phrase_in_a_run_is_one_line_without_controls_and_whole(some):
    located, near_rail = some
    hostile = "Xanadu\n\x1b[2J\u202e\t[red]" + "x" * 100
    told = tell_run(located.assign(location=hostile), near_rail)
    line = next(each for each in told.splitlines() if each.startswith("2  "))
    assert not set("\x1b\u202e\t…") & set(told)
    assert line.startswith(f"2         Xanadu ?[2J? [red]{'x' * 100}  names a train")


def test_an_identifier_of_a_run_is_not_obeyed(some):
    located, near_rail = some
    names = [f"{name}\x1b[2J" for name in located.index]
    told = tell_run(located.set_axis(names), near_rail.set_axis(names))
    assert "\x1b" not in told
    assert re.search(r"\n1\?\[2J +Zahedan, Iran ", told)


def test_a_row_without_a_phrase_is_said_to_have_none(some):
    located, near_rail = some
    told = tell_run(located.assign(location=None), near_rail)
    assert "\n2         (no phrase)  names a train" in told
    assert "nan" not in told


def test_a_place_in_no_district_is_no_place_that_is_missing():
    kabul = geosec.geocode(["Mach town"]).set_geometry([Point(69.2, 34.5)])  # by another hand
    with pytest.warns(geosec.GeosecWarning, match="in no unit of Pakistan"):
        located = geosec.assign_boundaries(kabul)
    with pytest.warns(geosec.GeosecWarning, match="outside Pakistan"):
        located = geosec.locate_on_rail(located)
    near_rail = geosec.within(located, geosec.load_rail_lines(), distance_m=10_000, draws=9)
    told = tell_run(located, near_rail)
    assert "1 placed, 0 not" in told
    assert "(no district)" in told
    assert "(not placed)" not in told


def test_a_phrase_that_is_echoed_is_one_line_and_not_obeyed():
    told = tell_phrases(geosec.geocode(["Sibi\x1b[2J\nMach", "می\u200cرود"]))
    assert told.startswith("phrase: Sibi?[2J Mach\n")
    assert "\x1b" not in told
    assert "می\u200cرود" in told


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("Kalat town", "  29.0266 N 66.5936 E, 95 % within "),
        ("Kalat-i-Ghilzai", "  outside"),
        ("", "  read as nothing"),
        ("Kalat town", "  matched by town"),
    ],
)
def test_a_phrase_is_told_line_by_line(phrase, told):
    lines = tell_phrases(geosec.geocode([phrase])).splitlines()
    assert any(line.startswith(told) for line in lines)


def test_no_phrases_are_no_lines():
    assert describe_phrases(geosec.geocode([])) == []


def test_identifiers_are_whole_however_long():
    phrases = geosec.geocode(["Multan Cantt railway station", "Mach railway station"])
    phrases.index = ["an-identifier-of-many-letters", "b"]
    located = geosec.locate_on_rail(geosec.assign_boundaries(phrases, draws=9), draws=9)
    near_rail = geosec.within(located, geosec.load_rail_lines(), distance_m=10_000, draws=9)
    told = tell_run(located, near_rail)
    assert "\nan-identifier-of-many-letters  " in told
    assert all(f" {line} " in told for line in located["rail_line"])
