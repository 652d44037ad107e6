"""Breaks of chainage: listed, weighed for a quoted post, and told where a post is off the line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geosec import (
    ParameterError,
    UnknownNameError,
    interpolate,
    km_interval,
    layer_path,
    load_chainage_breaks,
    load_rail_network,
)
from geosec.railway.breaks import measure_track_km

NETWORK = load_rail_network()
BREAKS = load_chainage_breaks()


def interval(line_id, km):
    return km_interval(line_id, km)[["rail_km_low", "rail_km_high"]].iloc[0].tolist()


def test_every_break_stands_on_a_line_and_says_why_and_whence():
    assert set(BREAKS["rail_line"]) <= set(NETWORK.lines.index)
    assert set(BREAKS["kind"]) == {"double", "gap", "jump", "estimated"}
    assert (BREAKS["km_low"] <= BREAKS["km_high"]).all()
    assert BREAKS[["note", "source"]].ne("").all(axis=None)


def test_the_layer_names_only_posts_that_there_are():
    told = pd.read_csv(layer_path("rail_breaks"))
    posts = set(zip(NETWORK.posts["line_id"], NETWORK.posts["station_id"], strict=True))
    for end in ("from_station", "to_station"):
        assert set(zip(told["line_id"], told[end], strict=True)) <= posts


def test_the_three_km_at_sibi_are_told_twice():
    own = BREAKS[BREAKS["rail_line"] == "ML-3"].set_index("kind")
    gap = own.loc["gap"]
    assert (gap["km_low"], gap["km_high"]) == (231, 243)  # Perak, Sibi
    assert gap["shift_km"] == pytest.approx(12 - 9.4)
    count = own.loc["double"].query("km_low < km_high").iloc[0]
    assert (count["km_low"], count["km_high"], count["shift_km"]) == (240, 523, 3)


def test_every_estimated_post_is_listed():
    names = NETWORK.posts.loc[NETWORK.posts["km_source"].str.startswith("estimated"), "name"]
    notes = "; ".join(BREAKS.loc[BREAKS["kind"] == "estimated", "note"])
    assert len(names) == 93
    assert [name for name in names if name not in notes] == []


def test_posts_nearer_than_their_chord_are_jumps_and_checked_horseshoes_are_no_gaps():
    jumps = BREAKS[BREAKS["kind"] == "jump"].set_index(["rail_line", "km_low"])["shift_km"]
    assert jumps["ML-1", 857] == pytest.approx(-1.8, abs=0.05)  # Shahidanwala to Rukanpur
    assert jumps["ML-1", 1512] == pytest.approx(-1.3)  # Rawalpindi to Nur: 4.3 km of track
    assert ("ML-4", 513) in jumps.index  # Nok Kundi to Alam Reg
    gaps = BREAKS[BREAKS["kind"] == "gap"]
    assert gaps["km_low"].tolist() == [1515, 231]  # neither Bakrala nor Kishingi


@pytest.mark.parametrize(
    ("line_id", "km", "expected"),
    [
        ("ML-3", 84, [84, 84]),  # Jacobabad: no doubt
        ("ML-3", 231, [231, 231]),  # Perak, on which all counts agree
        ("ML-3", 266, [266, 269]),  # the older diagram's Pehro Kunri, ours 268
        ("ML-3", 381, [381, 384]),  # the older diagram's Quetta
        ("ML-3", 525, [525, 525]),  # beyond the end by the older count
        ("ML-3", 101, [100, 110]),  # the post published for Mangoli
        ("ML-3", 300, [299, 303]),  # an estimated stretch in the other count
        ("ML-3", 232, [231, 231 + 12 / 9.4]),  # not below Perak
        ("ML-1", 1521, [1522 - 7 / 5.7, 1522]),  # not beyond Madina-Tul-Hijjaj
        ("ML-1", 1513.5, [1512 + 1.5 * 3 / 4.3, 1515 - 1.5 * 3 / 4.3]),  # posts of a jump
        ("ML-4", 10, [35, 35]),  # from Spezand alone
        ("ML-4", 318, [317, 343]),  # Dalbandin, counted from Spezand
        ("SHORKOT-LALAMUSA", 325, [315, 315]),  # the post published for Lala Musa
    ],
)
def test_a_quoted_post_may_mean(line_id, km, expected):
    assert interval(line_id, km) == pytest.approx(expected)


def test_between_perak_and_sibi_a_post_is_counted_from_both_ends():
    low, high = interval("ML-3", 235)
    assert low == pytest.approx(243 - (243 - 235) * 12 / 9.4)
    assert high == pytest.approx(231 + (235 - 231) * 12 / 9.4)


@pytest.mark.parametrize("km", [232.5, 240, 243, 268, 290, 384])
def test_the_interval_holds_the_post_itself(km):
    low, high = interval("ML-3", km)
    assert low <= km <= high


@pytest.mark.parametrize("km", [0, 500, 1256])
def test_where_nobody_knows_how_good_posts_are_the_interval_is_missing_and_the_note_is_not(km):
    row = km_interval("ML-2", km).iloc[0]
    assert np.isnan(row["rail_km_low"])
    assert np.isnan(row["rail_km_high"])
    assert "no published posts" in row["note"]


def test_missing_in_missing_out():
    table = km_interval("ML-3", [np.nan, 84])
    assert table["rail_km_low"].isna().tolist() == [True, False]
    assert table["note"].isna().all()
    assert km_interval("ML-3", []).empty


def test_interpolate_tells_a_post_of_another_count():
    with pytest.raises(ParameterError, match=r"km 10 is not on ML-4.*another count it is km 35"):
        interpolate("ML-4", 10)


@pytest.mark.parametrize("km", [-1, 527, np.inf])
def test_a_post_on_the_line_by_no_count_is_refused(km):
    with pytest.raises(ParameterError, match=r"is not on ML-3, whose posts run .*\(Chaman\)\.$"):
        km_interval("ML-3", [268, km])


def test_an_unknown_line_is_answered_with_a_near_one():
    with pytest.raises(UnknownNameError, match="no railway line 'ML-33'; did you mean 'ML-3'"):
        km_interval("ML-33", 1)


def test_measured_track_replaces_posts_at_odds_with_it():
    edges, lengths_km = NETWORK.edges, measure_track_km(NETWORK)
    differs = np.flatnonzero(lengths_km != edges["km_b"] - edges["km_a"])
    assert edges["from_station"].iloc[differs].tolist() == ["rawalpindi", "nur", "perak"]
    assert lengths_km[differs].tolist() == pytest.approx([4.3, 5.7, 9.4])


def test_a_network_of_some_lines_has_their_breaks():
    some = load_chainage_breaks(NETWORK.on(["ML-4"]))
    assert some.equals(BREAKS[BREAKS["rail_line"] == "ML-4"].reset_index(drop=True))
