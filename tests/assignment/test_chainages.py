"""Where on the railway an incident lies is what plain draws and every edge say."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

import geosec
from geosec.assignment.chainages import ChainageFinder
from geosec.geodesy.geodesics import foot_on_segment, geodesic_direct, geodesic_inverse
from geosec.uncertainty import open_rows

NETWORK = geosec.load_rail_network().standing()
POSTS = NETWORK.posts
DRAWS, LIMIT_M = 99, 25_000


def edges_of(line_id):
    """Posts of a line, and the ends and kilometres of its edges."""
    own = POSTS[POSTS["line_id"] == line_id]
    at, km = np.column_stack([own.geometry.x, own.geometry.y]), own["km"].to_numpy()
    return np.hstack([at[:-1], at[1:]]).T, km


def on_line(line_id, lon, lat):
    """Offset (m) and kilometre of each place on a line, by the foot on every edge of it."""
    ends, posts_km = edges_of(line_id)
    foot = foot_on_segment(lon[:, None], lat[:, None], *ends)
    rows, edge = np.arange(len(lon)), foot.distance_m.round(3).argmin(axis=1)
    share = foot.along_m[rows, edge] / geodesic_inverse(*ends)[1][edge]
    return foot.distance_m[rows, edge], posts_km[edge] + share * np.diff(posts_km)[edge]


def on_every_line(lon, lat):
    """The same for all lines, shape (2, lines, places)."""
    return np.stack([on_line(line_id, lon, lat) for line_id in NETWORK.lines.index], axis=1)


def by_draws(row, places):
    """Answer for one incident: line, km, interval, offset and probability, all by draws."""
    offset_m, km = on_every_line(*places.T)
    best_m, best_km = (
        each[:, 0] for each in on_every_line(*np.reshape(row.geometry.coords[0], (2, 1)))
    )
    votes = np.bincount(offset_m.round(3).argmin(axis=0), minlength=len(offset_m)).astype("float64")
    votes[best_m.round(3).argmin()] += 0.5
    line = votes.argmax()
    if str(row.match_id).startswith("rail:"):
        line = NETWORK.lines.index.get_loc(row.match_id.split(":")[1])
    near = offset_m[line] <= LIMIT_M
    low, high = np.quantile(km[line][near], [0.025, 0.975]) if near.any() else [np.nan] * 2
    ends_km = min(low, best_km[line]), max(high, best_km[line])
    return NETWORK.lines.index[line], best_km[line], *ends_km, best_m[line], near.mean()


def test_without_layer_accuracy_every_answer_is_that_of_the_draws(mixed, draws_of):
    found = geosec.locate_on_rail(mixed, draws=DRAWS, layer_accuracy=False)
    places = draws_of(mixed, DRAWS)
    for number, row in enumerate(mixed.dropna(subset=["geometry"]).itertuples()):
        told = found.loc[row.Index]
        line, km, low, high, offset_m, share = by_draws(row, places[mixed.index.get_loc(row.Index)])
        assert told["rail_prob"] == pytest.approx(share, abs=1e-9), number
        if share == 0:
            assert told["rail_offset_m"] > LIMIT_M
            continue
        assert told["rail_line"] == line
        assert told["rail_offset_m"] == pytest.approx(offset_m, abs=1e-3)
        expected = [km, low, high] if offset_m <= LIMIT_M else [np.nan] * 3
        told_km = told[["rail_km", "rail_km_low", "rail_km_high"]].to_numpy(dtype="float64")
        assert told_km == pytest.approx(expected, abs=2e-3, nan_ok=True)


def test_with_layer_accuracy_a_draw_counts_as_often_as_the_line_is_so_near(mixed, draws_of):
    exact = geosec.locate_on_rail(mixed, draws=DRAWS, layer_accuracy=False)
    found = geosec.locate_on_rail(mixed, draws=DRAWS)
    kept = ["rail_line", "rail_km", "rail_km_low", "rail_km_high", "rail_offset_m"]
    pd.testing.assert_frame_equal(pd.DataFrame(exact[kept]), pd.DataFrame(found[kept]))
    places = draws_of(mixed, DRAWS)
    for number in np.flatnonzero(found["rail_prob"].between(0.001, 0.999)):
        row = found.iloc[number]
        line = NETWORK.lines.index.get_loc(row["rail_line"])
        error_m = NETWORK.lines["positional_accuracy_m"].iloc[line] / 1.959964
        away_m, _ = on_line(row["rail_line"], *places[number].T)
        share = np.mean([NormalDist(each, error_m).cdf(LIMIT_M) for each in away_m])
        drawn = row["footprint"] is not None  # of the layer, and off as much
        expected = np.mean(away_m <= LIMIT_M) if drawn else share
        assert row["rail_prob"] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("line_id", ["ML-3", "ML-1", "SIBI-KHOST"])
def test_an_exact_point_is_between_its_posts(points_at, line_id):
    ends, km = edges_of(line_id)
    azimuth_deg, length_m = geodesic_inverse(*ends)
    found = geosec.locate_on_rail(
        points_at(*geodesic_direct(*ends[:2], azimuth_deg, 0.3 * length_m))
    )
    own = (found["rail_line"] == line_id).to_numpy()
    assert own.mean() > 0.7  # other lines share the rest of the track, or cross it
    expected = km[:-1] + 0.3 * np.diff(km)
    assert found["rail_km"][own].to_numpy() == pytest.approx(expected[own], abs=1e-3)
    names = POSTS.loc[POSTS["line_id"] == line_id, "name"].to_numpy()
    assert found["rail_prev_station"][own].tolist() == names[:-1][own].tolist()
    assert found["rail_next_station"][own].tolist() == names[1:][own].tolist()
    assert found["rail_offset_m"].max() < 1e-3
    assert found["rail_km_low"].equals(found["rail_km"].rename("rail_km_low"))


@pytest.mark.parametrize("line_id", ["ML-3", "ML-1", "ML-2"])
def test_a_point_on_a_post_has_it_behind_and_the_next_before_it(points_at, line_id):
    own = POSTS[POSTS["line_id"] == line_id]
    found = geosec.locate_on_rail(points_at(own.geometry.x, own.geometry.y)).iloc[:-1]
    mine = (found["rail_line"] == line_id).to_numpy()
    assert mine.mean() > 0.7
    names, km = own["name"].to_numpy(), own["km"].to_numpy()[:-1]
    assert found["rail_km"][mine].to_numpy() == pytest.approx(km[mine], abs=1e-6)
    assert found["rail_prev_station"][mine].tolist() == names[:-1][mine].tolist()
    assert found["rail_next_station"][mine].tolist() == names[1:][mine].tolist()


@pytest.mark.parametrize(("end", "station", "other"), [(0, "prev", "next"), (-1, "next", "prev")])
def test_beyond_the_last_post_the_line_ends(points_at, end, station, other):
    own = POSTS[POSTS["line_id"] == "SIBI-KHOST"].iloc[[end, 1 if end == 0 else -2]]
    last, inner = own.geometry
    azimuth_deg, _ = geodesic_inverse(inner.x, inner.y, last.x, last.y)
    beyond = geodesic_direct(last.x, last.y, azimuth_deg, 3_000)
    network = NETWORK.on(["SIBI-KHOST"])
    row = geosec.locate_on_rail(points_at(*beyond), network=network).iloc[0]
    assert row["rail_km"] == own["km"].iloc[0]
    assert row["rail_offset_m"] == pytest.approx(3_000, abs=1)
    assert row[f"rail_{station}_station"] == own["name"].iloc[0]
    assert row[f"rail_{other}_station"] == own["name"].iloc[1]


def test_at_a_junction_the_line_that_comes_first_is_named(points_at):
    shared = POSTS[POSTS.duplicated("geometry", keep=False)]
    first = shared.drop_duplicates("geometry")
    found = geosec.locate_on_rail(points_at(first.geometry.x, first.geometry.y))
    assert found["rail_offset_m"].max() < 1e-3
    lines = shared.groupby(shared["station_id"])["line_id"].agg(set)
    for line, station in zip(found["rail_line"], first["station_id"], strict=True):
        assert line in lines[station]


@pytest.mark.parametrize("away_m", [10, 4_000, 20_000])
def test_at_the_limit_itself_a_line_is_as_likely_within_it_as_not(points_at, away_m):
    table = points_at(*geodesic_direct(67.877, 29.543, [50.0, 230.0], away_m))
    offset_m = geosec.locate_on_rail(table)["rail_offset_m"].iloc[0]
    row = geosec.locate_on_rail(table, max_offset_m=offset_m).iloc[0]
    assert row["rail_prob"] == pytest.approx(0.5)
    assert row["rail_km"] > 0
    exact = geosec.locate_on_rail(table, max_offset_m=offset_m, layer_accuracy=False).iloc[0]
    assert exact["rail_prob"] == 1


def test_other_rows_threads_and_chunks_change_nothing(mixed, monkeypatch):
    monkeypatch.setattr("geosec.geodesy.threads._LEAST_ROWS", 100)
    monkeypatch.setenv("GEOSEC_THREADS", "1")
    whole = geosec.locate_on_rail(mixed)
    for rows in ([0, 4], range(1, 4), [9, 5]):
        part = geosec.locate_on_rail(mixed.iloc[rows])
        pd.testing.assert_frame_equal(pd.DataFrame(part), pd.DataFrame(whole.loc[part.index]))
    monkeypatch.setenv("GEOSEC_THREADS", "3")
    monkeypatch.setattr(open_rows, "_CHUNK_DRAWS", 700)
    pd.testing.assert_frame_equal(pd.DataFrame(geosec.locate_on_rail(mixed)), pd.DataFrame(whole))


def test_the_interval_holds_the_best_point_and_most_draws_and_grows_with_the_disc(points_at):
    at = 67.877, 29.543
    rows = [geosec.locate_on_rail(points_at(*at, radius)).iloc[0] for radius in (0, 2_000, 9_000)]
    width = [row["rail_km_high"] - row["rail_km_low"] for row in rows]
    assert width[0] == 0
    assert width[0] < width[1] < width[2] < 30
    assert all(row["rail_km_low"] <= row["rail_km"] <= row["rail_km_high"] for row in rows)


def test_a_table_of_no_rows_is_located(mixed):
    assert geosec.locate_on_rail(mixed.iloc[:0])["rail_km"].dtype == "float64"


# ------------------------------------------------------------------------------ the finder


@pytest.fixture(scope="module")
def finder():
    return ChainageFinder(NETWORK, LIMIT_M)


def test_a_place_far_from_every_line_has_no_share(finder, points_at, footprints_of):
    found = finder.find(footprints_of(points_at(62.33, 25.12, 3_000)), np.array([-1]), 99, 0)
    assert found.share.tolist() == [0.0]
    assert np.isnan(found.km[0])
    assert (found.post_before.tolist(), found.post_after.tolist()) == ([-1], [-1])


def test_the_line_that_a_phrase_names_is_read_from_its_identifier(finder, mixed):
    named = finder.name_lines(mixed)
    said = mixed["match_id"].str.startswith("rail:").fillna(value=False).to_numpy()
    assert (named[~said] == -1).all()
    lines = NETWORK.lines.index[named[said]].tolist()
    assert lines == [identifier.split(":")[1] for identifier in mixed["match_id"][said]]
    assert said.sum() >= 2


def test_a_table_without_identifiers_names_no_line(finder, points_at):
    assert finder.name_lines(points_at([67.0, 68.0], [30.0, 30.0])).tolist() == [-1, -1]


def test_chainages_of_some_places_keep_their_order(finder, mixed, footprints_of):
    found = finder.find(footprints_of(mixed), finder.name_lines(mixed), 49, 0)
    taken = found.take(np.array([8, 1]))
    assert taken.line.tolist() == [found.line[8], found.line[1]]
    assert taken.share.tolist() == [found.share[8], found.share[1]]


def test_two_rows_of_one_footprint_keep_the_line_that_their_phrase_names(located):
    row = located[located["match_id"].str.startswith("rail:ML-3").fillna(value=False)].iloc[[0, 0]]
    row = row.set_axis(["as ML-3", "as none"]).rename_axis("incident_id")
    row["match_id"] = [row["match_id"].iloc[0], "gn:1"]
    found = geosec.locate_on_rail(row)
    assert found["rail_line"].iloc[0] == "ML-3"
    assert found["rail_prob"].between(0, 1).all()
