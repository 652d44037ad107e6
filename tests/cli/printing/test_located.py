"""What is printed of a run and of phrases, held against made-up rows."""

from __future__ import annotations

import pandas as pd
import pytest
from shapely import Point

import geosec
from geosec.cli.printing.located import describe_phrases, describe_run

NONE = pd.DataFrame()


@pytest.fixture(scope="module")
def near_rail(located):
    return geosec.within(located, geosec.load_rail_lines(), distance_m=10_000, draws=9)


@pytest.fixture(scope="module")
def whole(located, near_rail):
    return describe_run(located, near_rail, NONE, near_m=10_000.0)


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
    located, near_rail = some
    told = describe_run(located, near_rail, NONE, near_m=10_000.0)
    listed = told.partition("\nNot placed\n")[2].split("\n")[1:]
    assert [line.split()[0] for line in listed] == ["1", "2"]
    assert "Iran" in listed[0]
    assert "names a train" in listed[1]


def test_a_province_counts_its_districts(located, whole):
    lines = whole.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("  Balochistan "))
    below = []
    for line in lines[at + 1 :]:
        if not line.startswith("    "):
            break
        below.append(int(line[34:].split()[0]))
    assert int(lines[at].split()[1]) == sum(below) == (located["adm1_code"] == "PK-BA").sum()


def test_the_distance_asked_for_is_told(located, near_rail):
    told = describe_run(located, near_rail, NONE, near_m=25_000.0)
    assert "(p: within 25 km of the line)" in told


def test_rejected_rows_are_counted():
    located = geosec.geocode([])
    assert "0 incidents read, 2 rows rejected" in describe_run(
        located, NONE, pd.DataFrame({"line": [2, 3]}), near_m=1.0
    )


def test_a_phrase_in_a_run_is_one_line_without_controls_and_cut(some):
    located, near_rail = some
    hostile = "Xanadu\n\x1b[2J\u202e\t" + "x" * 100
    told = describe_run(located.assign(location=hostile), near_rail, NONE, near_m=10_000.0)
    line = next(each for each in told.splitlines() if each.startswith("  2  "))
    assert not set("\x1b\u202e\t") & set(told)
    assert line.startswith("  2  'Xanadu ?[2J? xxx")
    assert "x…': names a train" in line


def test_an_identifier_of_a_run_is_not_obeyed(some):
    located, near_rail = some
    names = [f"{name}\x1b[2J" for name in located.index]
    told = describe_run(located.set_axis(names), near_rail.set_axis(names), NONE, near_m=10_000.0)
    assert "\x1b" not in told
    assert "\n  1?[2J  'Zahedan, Iran': " in told


def test_a_row_without_a_phrase_is_said_to_have_none(some):
    located, near_rail = some
    told = describe_run(located.assign(location=None), near_rail, NONE, near_m=10_000.0)
    assert "\n  2  (no phrase): names a train" in told
    assert "nan" not in told


def test_a_place_in_no_district_is_no_place_that_is_missing():
    kabul = geosec.geocode(["Mach town"]).set_geometry([Point(69.2, 34.5)])  # by another hand
    located = geosec.locate_on_rail(geosec.assign_boundaries(kabul))
    near_rail = geosec.within(located, geosec.load_rail_lines(), distance_m=10_000, draws=9)
    told = describe_run(located, near_rail, NONE, near_m=10_000.0)
    assert "1 placed, 0 not" in told
    assert "(no district)" in told
    assert "(not placed)" not in told


def test_a_phrase_that_is_echoed_is_one_line_and_not_obeyed():
    told = describe_phrases(geosec.geocode(["Sibi\x1b[2J\nMach", "می\u200cرود"]))
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
    lines = describe_phrases(geosec.geocode([phrase])).splitlines()
    assert any(line.startswith(told) for line in lines)


def test_no_phrases_are_no_lines():
    assert describe_phrases(geosec.geocode([])) == ""


def test_long_identifiers_are_whole_or_marked():
    phrases = geosec.geocode(["Multan Cantt railway station", "Mach railway station"])
    phrases.index = ["an-identifier-of-many-letters", "b"]
    located = geosec.locate_on_rail(geosec.assign_boundaries(phrases, draws=9), draws=9)
    near_rail = geosec.within(located, geosec.load_rail_lines(), distance_m=10_000, draws=9)
    told = describe_run(located, near_rail, NONE, near_m=10_000.0)
    assert "an-identifier-…" in told
    for line in located["rail_line"]:
        assert f" {line} " in told
    heads = [line for line in told.splitlines() if "95 % interval" in line]
    rows = [line for line in told.splitlines() if line.startswith(("  an-", "  b "))]
    assert {row.index(" ", heads[0].index("line")) >= 0 for row in rows} == {True}
