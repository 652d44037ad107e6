from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geosec
from geosec import ParameterError

SECRET = "a secret of the tests, 2026"  # noqa: S105 - of the tests
OTHER = "another secret of the tests"


def make_points(lon, lat, **columns) -> gpd.GeoDataFrame:
    points = gpd.points_from_xy(np.atleast_1d(lon), np.atleast_1d(lat), crs=4326)
    return gpd.GeoDataFrame(geometry=points).assign(**columns)


@pytest.fixture(scope="module")
def scattered():
    numbers = np.random.default_rng(0)
    table = make_points(numbers.uniform(66, 69, 400), numbers.uniform(28, 29.4, 400))
    return table.set_index(pd.Index([f"PK-{row}" for row in range(400)]))


def audit(table, audience, secret=SECRET, **options):
    released = geosec.release(table, audience, secret=SECRET, **options)
    return geosec.audit_release(table, released, secret=secret)["value"]


def test_a_donut_is_measured_as_it_was_made(scattered):
    """Evenly over a ring of 2 to 10 km, half of the points move by less than the root of its mean
    squares, 7.2 km; borders of districts, and the margins of the ring, make that a little less.
    """
    told = audit(scattered, "partner")
    assert 2_000 <= told["displacement_min_m"] < 3_500
    assert told["displacement_median_m"] == pytest.approx(7_000, rel=0.1)
    assert told["displacement_max_m"] <= 10_000
    assert told["radius_holds_share"] == 1
    assert told["district_change_share"] == 0


def test_units_have_k_incidents_and_a_guess_is_right_once_in_a_unit(scattered):
    told = audit(scattered, "public", k=7)
    released = geosec.release(scattered, "public", secret=SECRET, k=7)
    assert told["k_achieved"] >= 7
    units = released.groupby(["place_level", "adm1_code", "adm2_code"], dropna=False)
    assert told["unit_risk_share"] == pytest.approx(len(units) / len(released))
    assert told["radius_holds_share"] == 1


def test_points_that_were_not_moved_are_all_found(scattered):
    told = audit(scattered, "internal", None)
    assert told[["linked_original_share", "linked_place_share"]].tolist() == [1, 1]
    assert told[["displacement_max_m", "station_changed_share"]].tolist() == [0, 0]


def test_a_release_is_linked_less_the_farther_it_moves(scattered):
    shares = [
        audit(scattered, "partner", donut_m=donut_m)["linked_original_share"]
        for donut_m in ((100, 300), (1_000, 3_000), (5_000, 20_000))
    ]
    assert shares[0] > 0.95
    assert shares[0] > shares[1] > shares[2]


def test_spatial_k_is_the_number_of_places_as_near_as_the_truth():
    """Hampton et al. 2010: 8 places round the truth, at a degree, none else near."""
    table = make_points(np.full(5, 67.5), np.full(5, 28.9))
    released = geosec.release(table, "partner", secret=SECRET)
    point = released.geometry.iloc[0]
    toward = np.linspace(0.1, 0.9, 4)
    between = make_points(67.5 + toward * (point.x - 67.5), 28.9 + toward * (point.y - 28.9))
    places = pd.concat([between, make_points([60.0], [20.0])])
    told = geosec.audit_release(table, released, secret=SECRET, places=places)["value"]
    assert told["spatial_k_min"] == 4
    assert told["linked_place_share"] == 0


def test_rows_alike_in_all_that_is_told_are_counted(scattered):
    dates = pd.to_datetime(["2024-01-05"] * 399 + ["2025-02-01"])
    told = audit(scattered.assign(date=dates, fatalities=0), "public")
    assert told["unique_share"] >= 1 / 400
    assert told["k_all_columns"] == 1


def test_a_release_of_which_nothing_is_left_is_audited(scattered):
    released = geosec.release(scattered, "partner", secret=SECRET)
    measures = geosec.audit_release(scattered, released.head(0), secret=SECRET)["value"]
    assert measures["rows_released"] == 0
    assert np.isnan(measures["district_told_share"])


def test_rows_left_out_are_seen(scattered):
    table = scattered.copy()
    table.loc["PK-0", "geometry"] = None
    with pytest.warns(geosec.GeosecWarning, match="1 have no place"):
        told = audit(table, "public")
    assert told[["rows_original", "rows_released"]].tolist() == [400, 399]


def test_own_places_stations_and_boundaries(make_grid):
    numbers = np.random.default_rng(1)
    table = make_points(*numbers.uniform((30, 48), (33, 51), (90, 2)).T)
    grid = make_grid()
    released = geosec.release(table, "public", secret=SECRET, boundaries=grid)
    middles = gpd.GeoDataFrame(geometry=grid.representative_point())
    told = geosec.audit_release(
        table, released, secret=SECRET, places=middles, stations=middles, boundaries=grid
    )["value"]
    assert told["linked_place_share"] > 0.5
    assert told["district_told_share"] == 1


def test_what_cannot_be_audited_is_refused(scattered):
    released = geosec.release(scattered, "partner", secret=SECRET)
    with pytest.raises(ParameterError, match="400 of 400 rows of `released` are not in"):
        geosec.audit_release(scattered, released, secret=OTHER)
    with pytest.raises(ParameterError, match="needs a `secret`"):
        geosec.audit_release(scattered, released)
    with pytest.raises(ParameterError, match="not made by `geosec"):
        geosec.audit_release(scattered, scattered, secret=SECRET)
