"""Duplicates: found where the truth is known, told with their probability, never merged."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from rewording import REWORDED, make_sources

import geosec
from geosec.analysis.linkage.model import Rivals, find_probabilities

EVENTS = Path(__file__).parents[1] / "data" / "ucdp_events.csv"
MACH = {"latitude": 29.86, "longitude": 67.33, "date": "2024-03-01"}


@pytest.fixture(scope="module")
def sources():
    events = geosec.read_incidents(EVENTS)[0]
    return make_sources(geosec.geocode(events), REWORDED, seed=0)


@pytest.fixture(scope="module")
def pairs(sources) -> pd.DataFrame:
    with pytest.warns(geosec.GeosecWarning, match="were left out of find_duplicates"):
        return geosec.find_duplicates(sources.first, sources.second, threshold=1e-6, draws=0)


def place(*rows: dict) -> gpd.GeoDataFrame:
    """Make a table of exact points near Mach on 1 March 2024, but for what rows say."""
    table = pd.DataFrame([{**MACH, **row} for row in rows])
    points = gpd.points_from_xy(table.pop("longitude"), table.pop("latitude"), crs=4326)
    table["date"] = pd.to_datetime(table["date"])
    return gpd.GeoDataFrame(table, geometry=points)


def test_moved_and_reworded_events_are_found(sources, pairs) -> None:
    # UCDP's events of the years that the weights were not fitted on
    joined = pairs[(pairs["probability"] >= 0.5) & pairs["duplicate_group"].notna()]
    found = set(zip(joined["incident_id_a"], joined["incident_id_b"], strict=True))
    right = len(found & sources.truth)
    assert right / len(found) >= 0.95
    assert right / len(sources.truth) >= 0.95


def test_probabilities_are_kept(sources, pairs) -> None:
    names = zip(pairs["incident_id_a"], pairs["incident_id_b"], strict=True)
    held = np.array([pair in sources.truth for pair in names])
    said = pairs["probability"].to_numpy()
    assert np.square(said - held).mean() < 0.015
    for low, high in ((0, 0.1), (0.1, 0.5), (0.5, 0.9), (0.9, 1)):
        within = (said >= low) & (said < high)
        promised = said[within].mean()
        chance = 3 * np.sqrt(promised * (1 - promised) / within.sum())
        assert held[within].mean() == pytest.approx(promised, abs=0.02 + chance)


def test_share_of_duplicates_is_estimated(sources, pairs) -> None:
    share = len(sources.truth) / min(len(sources.first), len(sources.second))
    step = pairs.attrs["geosec_steps"]["find_duplicates"]
    assert step["expected_share"] == pytest.approx(share, abs=0.05)


def test_each_row_has_one_partner_at_most(pairs) -> None:
    joined = pairs.dropna(subset="duplicate_group")
    assert joined["incident_id_a"].is_unique
    assert joined["incident_id_b"].is_unique


def test_pairs_say_what_speaks_for_and_against_them() -> None:
    ours = place({"fatalities": 6, "actor": "BLA", "location": "Mach"})
    theirs = place(
        {"fatalities": 7, "actor": "Baloch Liberation Army", "location": "Mach", "latitude": 29.87}
    )
    [pair] = geosec.find_duplicates(ours, theirs).to_dict("records")
    assert pair["reasons"] == (
        "for: 1.1 km apart, same day, actors alike, places worded alike; against: 6 and 7 dead"
    )
    assert pair["probability"] > 0.9
    assert [pair["distance_low_m"], pair["distance_high_m"]] == pytest.approx(
        [pair["distance_m"]] * 2
    )


@pytest.mark.parametrize(
    "more",
    [{"fatalities": 6}, {"actor": "BLA"}, {"summary": "a bomb hit a police van"}],
    ids=["toll", "actor", "summary"],
)
def test_what_is_missing_says_nothing(more) -> None:
    bare = geosec.find_duplicates(place({}), place({}), expected_share=0.5)
    one_told = geosec.find_duplicates(place(more), place({}), expected_share=0.5)
    assert one_told["probability"].item() == bare["probability"].item()


def test_vague_footprints_say_less_and_reach_farther() -> None:
    near = [geosec.with_uncertainty(place({}), radius) for radius in (0, 5_000, 50_000)]
    said = [geosec.find_duplicates(near[0], each)["probability"].item() for each in near]
    assert said == sorted(said, reverse=True)
    far = place({"latitude": 30.2})
    asked = {"threshold": 0.001, "expected_share": 0.5}
    assert geosec.find_duplicates(far, near[0], **asked).empty
    assert len(geosec.find_duplicates(far, near[2], **asked)) == 1


def test_spans_of_days_are_respected() -> None:
    exact, month = place({}), place({"date": "2024-02-01", "date_precision": "month"})
    week = place({"date": "2024-02-27", "date_precision": "week"})
    asked = {"threshold": 0.001, "expected_share": 0.5}
    [same] = geosec.find_duplicates(exact, week, **asked).to_dict("records")
    assert (same["days_apart"], same["days_apart_low"], same["days_apart_high"]) == (3, 0, 3)
    [after] = geosec.find_duplicates(exact, month, **asked).to_dict("records")
    assert (after["days_apart_low"], after["days_apart_high"]) == (1, 29)
    assert geosec.find_duplicates(exact, month, max_days=0, **asked).empty


def test_tolls_are_ranges() -> None:
    open_toll = place({"fatalities": 5, "fatalities_text": "at least 5"})
    told = [
        geosec.find_duplicates(ours, place({"fatalities": 9}), threshold=0.01, expected_share=0.5)
        for ours in (open_toll, open_toll.drop(columns="fatalities_text"))
    ]
    assert "5 or more and 9 dead" in told[0]["reasons"].item().partition("against")[0]
    assert told[1]["reasons"].item().endswith("against: 5 and 9 dead")
    assert told[0]["probability"].item() > told[1]["probability"].item()


def test_three_sources_make_one_group() -> None:
    table = place({"from": "x"}, {"from": "y"}, {"from": "z"}, {"from": "x", "date": "2024-05-01"})
    found = geosec.find_duplicates(table, source="from", expected_share=0.5)
    assert found["duplicate_group"].tolist() == [1, 1, 1]
    assert found[["source_a", "source_b"]].to_numpy().tolist() == [
        ["x", "y"],
        ["x", "z"],
        ["y", "z"],
    ]


def test_better_partner_is_taken_and_the_other_told() -> None:
    ours = place({"fatalities": 40})
    theirs = place({"fatalities": 40}, {"fatalities": 41, "latitude": 29.88})
    found = geosec.find_duplicates(ours, theirs, threshold=0.05, expected_share=0.5)
    assert found["incident_id_b"].tolist() == [0, 1]
    assert found["duplicate_group"].isna().tolist() == [False, True]


def test_within_a_source_crowded_towns_are_no_duplicates() -> None:
    days = pd.date_range("2024-01-01", periods=120).strftime("%Y-%m-%d")
    alike = {"fatalities": 1, "location": "Quetta"}
    busy = place(*({"date": day, **alike} for day in days), {"date": "2024-03-01", **alike})
    quiet = place({"fatalities": 1, "location": "Quetta"}, {"fatalities": 1, "location": "Quetta"})
    said = [
        geosec.find_duplicates(table, max_days=0, threshold=1e-4)["probability"].max()
        for table in (busy, quiet)
    ]
    assert said[0] < 0.1 < said[1]


def test_rivals_share_a_partner_as_in_a_monomer_dimer_system() -> None:
    # one row with two candidates of odds 1 and 3: 1/5 and 3/5, none 1/5
    rivals = Rivals(np.array([0, 0]), np.array([0, 1]))
    assert find_probabilities(np.log([1.0, 3.0]), rivals) == pytest.approx([0.2, 0.6], abs=1e-5)
    # a path of three pairs, all of odds 1: matchings 1 + 3 + 1, the middle pair in one of five
    path = Rivals(np.array([0, 1, 1]), np.array([0, 0, 1]))
    assert find_probabilities(np.zeros(3), path) == pytest.approx([0.4, 0.2, 0.4], abs=1e-4)


def test_rows_without_place_or_date_are_told() -> None:
    lost = place({}, {"date": None}, {"latitude": np.nan})
    with pytest.warns(
        geosec.GeosecWarning, match="of 4 incidents, 1 without a place and 1 without a date"
    ):
        found = geosec.find_duplicates(lost, place({}))
    assert len(found) == 1
    assert found.attrs["left_out"] == {"incidents": 4, "unplaced": 1, "undated": 1}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threshold": 0}, "`threshold` is a share between 0 and 1, and was given 0"),
        ({"expected_share": 1.5}, "`expected_share` is a share between 0 and 1, and was given 1.5"),
        ({"max_days": -1}, "`max_days` must be 0 days or more"),
        ({"max_distance_m": np.nan}, "`max_distance_m` must be 0 m or more"),
        ({"source": "date", "other": "same"}, "`source` names a column of one table"),
        ({"source": "paper"}, "needs the column 'paper'"),
    ],
)
def test_options_are_checked(options, message) -> None:
    table = place({}, {})
    if "other" in options:
        options = {**options, "other": table}
    with pytest.raises(ValueError, match=message):
        geosec.find_duplicates(table, **options)


def test_same_input_same_answer_and_nothing_is_changed(located) -> None:
    before = located.copy()
    first, again = (geosec.find_duplicates(located, threshold=0.01) for _ in range(2))
    assert_frame_equal(first, again)
    assert_frame_equal(pd.DataFrame(located), pd.DataFrame(before))


@pytest.mark.parametrize("rows", [0, 1])
def test_few_rows_have_no_pairs(rows) -> None:
    table = place({}, {}).iloc[:rows]
    assert geosec.find_duplicates(table).empty
    assert list(geosec.find_duplicates(table)) == list(geosec.find_duplicates(place({}), place({})))


def test_metres_and_repeated_identifiers_are_taken() -> None:
    table = place({}, {"date": "2024-06-01"}).to_crs(32642).set_axis([7, 7])
    found = geosec.find_duplicates(table, place({}))
    assert found["incident_id_a"].tolist() == [7]


def test_rows_that_all_fall_together_are_refused() -> None:
    stacked = place(*({} for _ in range(1_100)))
    with pytest.raises(geosec.ParameterError, match="more than 500,000 pairs of rows"):
        geosec.find_duplicates(stacked, draws=0)
