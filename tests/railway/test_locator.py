"""The locator behind `locate`: lines, km posts and edges of many points at once."""

from __future__ import annotations

import numpy as np
import pytest
from pyproj import Geod

from geosec import interpolate, load_rail_network, locate
from geosec.railway.locator import RailLocator

NETWORK = load_rail_network()
ML3 = RailLocator.from_posts(NETWORK.posts_of("ML-3"))
GEOD = Geod(ellps="WGS84")


def test_a_point_west_of_bostan_is_at_km_417():
    line, km, offset_m = ML3.find_posts([67.007], [30.431])
    assert (line[0], round(float(km[0]), 1)) == ("ML-3", 417.0)
    assert offset_m[0] < 2_000


def test_of_all_lines_the_nearest_is_answered():
    everywhere = RailLocator.from_posts(NETWORK.posts)
    assert everywhere.find_posts([66.44, 67.0], [30.92, 24.85])[0].tolist() == ["ML-3", "ML-1"]


@pytest.mark.parametrize("missing", [(np.nan, 24.8), (67.0, np.nan)])
def test_where_there_is_no_point_there_is_no_line(missing):
    line, km, offset_m = ML3.find_posts(*np.reshape(missing, (2, 1)))
    edge, _, _ = ML3.project(*np.reshape(missing, (2, 1)))
    assert (line.tolist(), edge.tolist()) == ([None], [-1])
    assert np.isnan(km[0])
    assert np.isnan(offset_m[0])


def test_no_points_are_no_answers():
    assert [len(column) for column in ML3.find_posts([], [])] == [0, 0, 0]


def test_the_first_of_two_lines_on_one_track_is_answered():
    sukkur = NETWORK.stations.geometry.loc["shikarpur"]
    for order in (["ML-3", "ML-2"], ["ML-2", "ML-3"]):
        posts = NETWORK.posts.set_index("line_id").loc[order].reset_index()
        assert (
            RailLocator.from_posts(posts).find_posts([sukkur.x], [sukkur.y])[0].tolist()
            == order[:1]
        )


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_edge_is_that_between_the_posts_and_the_km_lies_on_it(share):
    edges = NETWORK.on(["ML-3"]).edges
    km = (edges["km_a"] + share * (edges["km_b"] - edges["km_a"])).to_numpy()
    points = interpolate("ML-3", km)
    edge, found_km, offset_m = ML3.project(points.x, points.y)
    assert found_km == pytest.approx(km, abs=1e-3)
    assert offset_m.max() < 0.01
    assert (edges["km_a"].to_numpy()[edge] <= found_km).all()
    assert (found_km <= edges["km_b"].to_numpy()[edge]).all()
    assert set(ML3.line_id[edge]) == {"ML-3"}


@pytest.mark.parametrize(("lon", "lat", "km"), [(69.5, 27.5, 0.0), (60.0, 31.0, 526.0)])
def test_beyond_an_end_the_end_is_the_foot(lon, lat, km):
    end = interpolate("ML-3", km).iloc[0]
    _, found_km, offset_m = ML3.find_posts([lon], [lat])
    assert found_km[0] == pytest.approx(km, abs=1e-9)
    assert offset_m[0] == pytest.approx(GEOD.inv(lon, lat, end.x, end.y)[2], abs=0.01)


def test_the_table_of_locate_is_what_the_locator_answers():
    points = interpolate("ML-3", [10.0, 222.2, 500.0])
    line, km, offset_m = ML3.find_posts(points.x, points.y)
    table = locate(points, line_id="ML-3")
    assert table["rail_line"].tolist() == line.tolist()
    assert table["rail_km"].tolist() == km.tolist()
    assert table["rail_offset_m"].tolist() == offset_m.tolist()
