"""Breaks of chainage: told by sources, or shown by the posts themselves."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geosec import (
    layer_path,
    load_chainage_breaks,
    load_rail_network,
)
from geosec.railway.breaks import list_other_counts, measure_track_km

NETWORK = load_rail_network()
BREAKS = load_chainage_breaks()


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


def test_measured_track_replaces_posts_at_odds_with_it():
    edges, lengths_km = NETWORK.edges, measure_track_km(NETWORK)
    differs = np.flatnonzero(lengths_km != edges["km_b"] - edges["km_a"])
    assert edges["from_station"].iloc[differs].tolist() == ["rawalpindi", "nur", "perak"]
    assert lengths_km[differs].tolist() == pytest.approx([4.3, 5.7, 9.4])


def test_a_network_of_some_lines_has_their_breaks():
    some = load_chainage_breaks(NETWORK.on(["ML-4"]))
    assert some.equals(BREAKS[BREAKS["rail_line"] == "ML-4"].reset_index(drop=True))


@pytest.mark.parametrize(("line_id", "count"), [("ML-4", 5), ("ML-1", 1), ("ML-2", 0)])
def test_other_counts_are_the_double_breaks_of_a_line(line_id, count):
    own = list_other_counts(NETWORK, line_id)
    assert len(own) == count
    assert set(own["kind"]) <= {"double"}
    assert set(own["rail_line"]) <= {line_id}
