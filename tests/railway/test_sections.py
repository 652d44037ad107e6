"""Sections between stops, and the way they make."""

from __future__ import annotations

import numpy as np
import pytest

from geosec import SourceError, load_rail_network
from geosec.railway.breaks import measure_track_km
from geosec.railway.sections import Stop, draw_way, list_sections

NETWORK = load_rail_network()
POSTS = NETWORK.posts_of("ML-3").set_index("station_id")["km"]


def sections_of(*stops):
    return list_sections([Stop(*stop) for stop in stops], NETWORK)


def test_sections_join_every_station_between_two_stops():
    sections = sections_of(("mach", 0.0), ("sibi-junction", 75.0))
    between = POSTS[(POSTS["sibi-junction"] <= POSTS) & (POSTS["mach"] >= POSTS)].index[::-1]
    assert sections["from_station"].tolist() == between[:-1].tolist()
    assert sections["to_station"].tolist() == between[1:].tolist()
    assert (sections["km_a"] > sections["km_b"]).all()  # down the line


def test_there_and_back_takes_the_same_sections_turned_round():
    there = sections_of(("sibi-junction", 0.0), ("mach", 75.0))
    back = sections_of(("mach", 0.0), ("sibi-junction", 75.0))
    assert there["from_station"].tolist() == back["to_station"].tolist()[::-1]
    assert there["km_a"].tolist() == back["km_b"].tolist()[::-1]
    assert there["measure_a_km"].to_numpy() == pytest.approx(75 - back["measure_b_km"][::-1])


def test_measures_end_where_the_timetable_says_and_grow_with_the_track():
    stops = [("quetta", 0.0), ("mach", 60.0), ("sibi-junction", 150.0)]
    sections = sections_of(*stops)
    ends = sections.set_index("to_station")["measure_b_km"]
    assert (ends["mach"], ends["sibi-junction"]) == (60.0, 150.0)
    edges = NETWORK.edges.assign(track_km=measure_track_km(NETWORK)).set_index("to_station")
    leg = sections[sections["measure_a_km"] >= 60]
    track_km = edges.loc[edges["line_id"] == "ML-3", "track_km"][leg["from_station"]].to_numpy()
    spans_km = (leg["measure_b_km"] - leg["measure_a_km"]).to_numpy()
    assert spans_km == pytest.approx(track_km * 90 / track_km.sum())


@pytest.mark.parametrize(
    ("one", "two", "line_id"),
    [
        ("shikarpur", "jacobabad-junction", "ML-3"),  # ML-2 runs there as well, by the same posts
        ("lodhran-junction", "khanewal-junction", "ML-1"),  # not the loop by Multan
        ("lodhran-junction", "multan-cantt", "LODHRAN-MULTAN-KHANEWAL"),
    ],
)
def test_a_leg_takes_the_line_that_joins_its_stops_by_the_shorter_way(one, two, line_id):
    assert set(sections_of((one, 0.0), (two, 50.0))["line_id"]) == {line_id}


@pytest.mark.parametrize("stop", ["karachi-city", "nowhere"])
def test_stops_on_no_common_line_are_refused(stop):
    with pytest.raises(SourceError, match=f"mach and {stop} follow each other as stops"):
        sections_of(("mach", 0.0), (stop, 1.0))


def test_the_way_is_a_network_of_one_line_whose_posts_are_measures():
    sections = sections_of(("quetta", 5.0), ("sibi-junction", 146.0))
    way = draw_way("Shuttle", sections, NETWORK)
    assert way.lines.index.tolist() == ["Shuttle"]
    assert way.posts["km"].iloc[[0, -1]].tolist() == [5.0, 146.0]
    assert (np.diff(way.posts["km"]) > 0).all()
    assert way.stations.index.tolist() == way.posts["station_id"].tolist()
    assert list(way.lines.geometry.iloc[0].coords) == [
        point.coords[0] for point in way.posts.geometry
    ]
    assert way.standing().lines.index.tolist() == ["Shuttle"]
