"""What the error of a layer does: standard errors, normal numbers, steps of that size."""

from __future__ import annotations

from statistics import NormalDist

import geopandas as gpd
import numpy as np
import pytest
import shapely

import geosec
from geosec.geodesy.geodesics import geodesic_inverse
from geosec.uncertainty.draws import make_uniforms
from geosec.uncertainty.layer_error import (
    COLUMN,
    SURE,
    find_share_below,
    make_normals,
    move_draws,
    standard_error_m,
)


@pytest.mark.parametrize(
    ("shape", "within_95"),
    [
        (shapely.Point(67, 30), lambda step: np.hypot(*step)),
        (shapely.MultiPoint([(67, 30), (68, 30)]), lambda step: np.hypot(*step)),
        (shapely.LineString([(67, 30), (68, 30)]), lambda step: np.abs(step[0])),
        (shapely.box(66, 29, 67, 30), lambda step: np.abs(step[0])),
    ],
)
def test_the_accuracy_of_a_layer_holds_95_percent_of_its_errors(shape, within_95):
    layer = gpd.GeoDataFrame({COLUMN: [3_000.0]}, geometry=[shape], crs=4326)
    step = np.random.default_rng(0).normal(0, standard_error_m(layer)[0], (2, 200_000))
    assert np.mean(within_95(step) <= 3_000) == pytest.approx(0.95, abs=0.002)


def test_a_layer_that_tells_no_accuracy_counts_as_exact():
    layer = gpd.GeoDataFrame(
        {COLUMN: [None, 500.0]}, geometry=[shapely.Point(67, 30)] * 2, crs=4326
    )
    assert standard_error_m(layer)[0] == 0
    assert standard_error_m(layer)[1] > 0
    assert standard_error_m(layer.drop(columns=COLUMN)).tolist() == [0, 0]


@pytest.mark.parametrize("error_m", [1.0, 2_449.0])
@pytest.mark.parametrize("z", [-7, -5.9, -SURE, -1, -0.01, 0, 0.5, 1.96, SURE, 6.5])
def test_a_probability_below_a_limit_is_that_of_the_normal_distribution(z, error_m):
    expected = NormalDist(5_000 - z * error_m, error_m).cdf(5_000)
    found = find_share_below(5_000, np.array([5_000 - z * error_m]), error_m)
    assert found[0] == pytest.approx(expected, abs=2e-9)


def test_without_an_error_a_limit_includes_itself():
    found = find_share_below(10.0, np.array([9.0, 10.0, 10.1, np.nan]), np.zeros(4))
    assert found.tolist()[:3] == [1, 1, 0]
    assert np.isnan(found[3])


def test_values_and_errors_of_any_shape_are_paired():
    value_m, error_m = np.array([[1.0, 2.0], [np.nan, 4.0]]), np.array([[1.0], [2.0]])
    found = find_share_below(3.0, value_m, error_m)
    expected = [NormalDist(v, e).cdf(3.0) for v, e in [(1, 1), (2, 1), (4, 2)]]
    assert found[[0, 0, 1], [0, 1, 1]] == pytest.approx(expected)
    assert np.isnan(found[1, 0])


def test_normal_numbers_have_the_moments_of_a_normal_distribution():
    many = make_normals([str(number) for number in range(50)], 1_999, seed=3)
    assert many.mean(axis=1) == pytest.approx(np.zeros((50, 2)), abs=0.02)
    assert many.std(axis=1) == pytest.approx(np.ones((50, 2)), abs=0.02)
    assert np.mean(np.abs(many) < 1.96) == pytest.approx(0.95, abs=0.002)
    assert np.einsum("ij,ij->i", many[..., 0], many[..., 1]) / 1_999 == pytest.approx(0, abs=0.02)


def test_normal_numbers_belong_to_the_identifier_and_the_seed():
    both = make_normals(["a", "b"], 40, seed=1)
    assert both[1].tobytes() == make_normals(["b"], 40, seed=1)[0].tobytes()
    assert both[:, :20].tobytes() == make_normals(["a", "b"], 20, seed=1).tobytes()
    assert not np.isclose(both[0], both[1]).any()
    assert not np.isclose(both, make_normals(["a", "b"], 40, seed=2)).any()


@pytest.mark.parametrize("draws", [199, 1_999])
def test_the_error_of_a_layer_does_not_go_with_the_draws_of_a_place(draws):
    ids = [str(number) for number in range(200)]
    normal, uniform = make_normals(ids, draws, seed=0), make_uniforms(ids, draws, seed=0)
    turn = 2 * np.pi * uniform[..., 2]
    for one in (np.cos(turn), np.sin(turn), uniform[..., 0] - 0.5, uniform[..., 1] - 0.5):
        together = np.einsum("ij,ijk->ik", one, normal) / draws
        assert np.abs(together).max() < 3 / np.sqrt(draws)


@pytest.mark.parametrize("lat", [0, 30, -60])
@pytest.mark.parametrize("error_m", [10, 3_000])
def test_a_shaken_place_has_moved_as_far_as_its_numbers_say(lat, error_m):
    places = np.full((3, 99, 2), [67.0, lat])
    normal = make_normals(["a", "b", "c"], 99, seed=0)
    moved = move_draws(places, error_m, normal)
    azimuth_deg, away_m = geodesic_inverse(67.0, lat, moved[..., 0], moved[..., 1])
    step = away_m * np.stack([np.sin(np.radians(azimuth_deg)), np.cos(np.radians(azimuth_deg))])
    assert step == pytest.approx(np.moveaxis(normal, -1, 0) * error_m, rel=0.01, abs=error_m / 100)


def test_without_an_error_nothing_moves_and_a_pole_is_not_passed():
    places = np.array([[[67.0, 30.0], [0.0, 89.99]]])
    assert move_draws(places, 0, np.ones((1, 2, 2))) is places
    assert move_draws(places, 50_000, np.ones((1, 2, 2)))[0, 1, 1] == 90
    missing = move_draws(np.full((1, 1, 2), np.nan), 10, np.ones((1, 1, 2)))
    assert np.isnan(missing).all()


def test_the_shipped_layers_tell_their_accuracy():
    layers = geosec.load_boundaries("adm1"), geosec.load_rail_network().lines
    assert all((standard_error_m(layer) > 0).all() for layer in layers)
