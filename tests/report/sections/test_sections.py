"""Sections that rest on an analysis: an answer with how sure it is, or the reason for none."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geosec
from geosec.report.case import Case, locate_table
from geosec.report.outline import WRITERS
from geosec.report.saying import Teller


@pytest.fixture
def make_case():
    def make(table, **options):
        located = locate_table(table, None, None, 19, 0)
        return Case(located, Teller("en"), draws=19, **options)

    return make


@pytest.fixture
def beside_the_line():
    """Forty exact points near Mach, twenty near Sibi, five days apart."""
    at = np.array([[67.33, 29.86]] * 40 + [[67.88, 29.54]] * 20)
    at += np.random.default_rng(0).normal(0, 0.01, at.shape)
    days = pd.date_range("2022-01-03", periods=60, freq="5D")
    points = gpd.points_from_xy(*at.T, crs=4326)
    return gpd.GeoDataFrame({"date": days}, geometry=points).assign(uncertainty_m=500.0)


def text_of(section):
    return " ".join(block.text for block in section.blocks if block.kind == "paragraph")


def find(section, kind):
    return [block for block in section.blocks if block.kind == kind]


def test_the_section_of_the_line_with_most_incidents_is_told(make_case, beside_the_line):
    section = WRITERS["corridor"](make_case(beside_the_line))
    assert "Along the Rohri–Chaman Line (Main Line 3), the" in section.finding
    assert "per 100 km of line and year" in section.finding
    assert section.finding in find(section, "figure")[0].svg
    first = find(section, "table")[0].rows[0]
    assert first[2].startswith("40")
    assert dict(section.settings)["half_width_m"] == "10000"


def test_a_train_may_be_named_and_an_unknown_one_is_refused(make_case, beside_the_line):
    case = make_case(beside_the_line, route="Jaffar Express")
    assert "Along the Jaffar Express" in WRITERS["corridor"](case).finding
    with pytest.raises(geosec.UnknownNameError, match="Jafar"):
        WRITERS["corridor"](make_case(beside_the_line, route="Jafar"))


def test_squares_are_taken_where_all_lie_in_few_districts(make_case, beside_the_line):
    section = WRITERS["hot_spots"](make_case(beside_the_line))
    assert "squares of" in section.finding
    assert dict(section.settings)["units"].startswith("grid:")


def test_districts_that_are_crowded_are_named(located):
    section = WRITERS["hot_spots"](Case(located, Teller("en"), draws=19))
    assert "Kachhi with" in section.finding
    assert find(section, "table")[0].rows[0][0] == "Kachhi"


def test_a_rise_is_told_with_its_range(make_case, beside_the_line):
    days = [f"{2010 + year}-06-01" for year in range(12) for _ in range(1 + year)]
    table = beside_the_line.sample(len(days), replace=True, random_state=0)
    section = WRITERS["trend"](make_case(table.assign(date=pd.to_datetime(days))))
    assert "became more frequent: each year brought about 1" in section.finding


def test_repeats_are_told_where_each_attack_has_another_after_it(make_case):
    rng = np.random.default_rng(1)
    at = rng.uniform([66.5, 29.0], [68.5, 30.5], (40, 2)).repeat(2, axis=0)
    days = pd.Timestamp("2022-01-01") + pd.to_timedelta(
        rng.integers(0, 700, 40).repeat(2) + np.tile([0, 1], 40), unit="D"
    )
    points = gpd.points_from_xy(*at.T, crs=4326)
    table = gpd.GeoDataFrame({"date": days}, geometry=points).assign(uncertainty_m=100.0)
    section = WRITERS["near_repeats"](make_case(table))
    assert "Incidents are followed by others nearby: at up to 1" in section.finding
    assert len(find(section, "table")[0].rows) == 10


@pytest.mark.parametrize(
    ("name", "phrases", "reason"),
    [
        ("corridor", ["Gwadar"], "no incident lies within 10 km of a railway line"),
        ("trend", ["Mach"], "no incident has a date"),
        ("near_repeats", ["Mach"], "no incident has a date"),
        (
            "hot_spots",
            ["Mach, Balochistan"],
            "1 incident has a place, and fewer than 10 tell nothing",
        ),
        ("map", ["Xanadu"], "No incident could be placed"),
        ("precision", ["Xanadu"], "No incident has a place"),
    ],
)
def test_a_question_without_an_answer_says_why(make_case, name, phrases, reason):
    section = WRITERS[name](make_case(geosec.geocode(phrases)))
    assert not section.is_made
    assert reason in text_of(section)


def test_without_draws_there_are_answers_without_ranges(beside_the_line):
    located = locate_table(beside_the_line, None, None, 0, 0)
    case = Case(located, Teller("en"), draws=0)
    for name in ("trend", "hot_spots", "near_repeats"):
        assert "nan" not in text_of(WRITERS[name](case)).lower()


def test_without_draws_a_railway_has_no_rates_and_the_reason_is_told(beside_the_line):
    located = locate_table(beside_the_line, None, None, 0, 0)
    section = WRITERS["corridor"](Case(located, Teller("en"), draws=0))
    assert "`draws` must be 1 or more" in text_of(section)


def test_exact_places_need_no_lists(make_case, beside_the_line):
    section = WRITERS["precision"](make_case(beside_the_line.assign(uncertainty_m=0.0)))
    assert section.finding == "All places are given as exact points."
    assert find(section, "table") == []


def test_few_incidents_have_no_rates(make_case, beside_the_line):
    section = WRITERS["corridor"](make_case(beside_the_line.head(2)))
    assert "fewer than 5 incidents lie within 10 km of the Rohri" in text_of(section)


def test_polygons_of_ones_own_are_areas(make_grid):
    grid = make_grid(4)
    rng = np.random.default_rng(0)
    at = rng.uniform([30, 48], [34, 52], (60, 2))
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*at.T, crs=4326))
    located = locate_table(points, grid, geosec.load_rail_network(), 19, 0)
    section = WRITERS["hot_spots"](Case(located, Teller("en"), boundaries=grid, draws=19))
    assert "areas" in section.finding
    assert find(section, "table")[0].head[0] == "Area"


@pytest.mark.parametrize(
    ("precision", "said"),
    [
        ("day", "11 March 2025"),
        ("week", "week of 11 March 2025"),
        ("month", "March 2025"),
        ("year", "2025"),
    ],
)
def test_a_date_is_told_as_closely_as_it_is_known(precision, said):
    row = pd.Series({"date": pd.Timestamp("2025-03-11"), "date_precision": precision})
    assert Teller("en").when(row).replace("\u00a0", " ") == said
    assert Teller("en").when(pd.Series({"date": pd.NaT})) == "date not reported"


def test_tolls_stay_ranges(make_case, beside_the_line):
    table = beside_the_line.head(3).assign(
        fatalities=[2, 3, None], fatalities_low=[1, 3, None], fatalities_high=[4, 3, None]
    )
    section = WRITERS["summary"](make_case(table))
    assert "5 people were reported killed; counts that differ make it 4 to 7." in section.finding
    assert "For 1 incident nobody says how many died." in text_of(section)
