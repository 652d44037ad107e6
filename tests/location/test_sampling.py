from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

import geosec
from geosec import ParameterError, SchemaError
from geosec.geodesy.kernels import geodesic_distance_m

if TYPE_CHECKING:
    import geopandas as gpd

PHRASES = [
    "Mach",
    "Kech district",
    "between Panir and Peshi stations",
    "Jaffar Express",
    "Mach and Kolpur",
]


@pytest.fixture(scope="module")
def mixed() -> gpd.GeoDataFrame:
    return geosec.geocode(PHRASES, admin1="Balochistan")


def test_the_same_seed_gives_the_same_bytes(mixed):
    once, again = geosec.sample(mixed, 50, 3), geosec.sample(mixed, 50, 3)
    assert once.tobytes() == again.tobytes()
    assert geosec.sample(mixed, 50, 4).tobytes() != once.tobytes()


def test_adding_a_row_changes_no_other_draws(mixed):
    assert np.array_equal(geosec.sample(mixed, 50)[1:3], geosec.sample(mixed.iloc[1:3], 50))


def test_a_row_without_a_place_is_missing(mixed):
    assert np.isnan(geosec.sample(mixed, 20)[3]).all()


def test_a_disc_is_left_by_one_draw_in_twenty(mixed):
    draws, row = geosec.sample(mixed, 999)[0], mixed.iloc[0]
    away_m = geodesic_distance_m(row["geometry"].x, row["geometry"].y, *draws.T)
    assert np.mean(away_m <= row["uncertainty_m"]) == pytest.approx(0.95, abs=0.01)


@pytest.mark.parametrize("row", [1, 2])
def test_draws_stay_in_their_footprint(mixed, row):
    points = shapely.points(geosec.sample(mixed, 300)[row])
    assert shapely.distance(points, mixed["footprint"].iloc[row]).max() < 1e-4


def test_readings_are_drawn_as_often_as_they_weigh(mixed):
    draws = geosec.sample(mixed, 999)[4]
    readings = geosec.candidates(mixed).query("incident_id == '4'").geometry.dropna()
    away_m = [geodesic_distance_m(at.x, at.y, *draws.T) for at in readings]
    assert np.mean(away_m[0] < away_m[1]) == pytest.approx(0.5, abs=0.02)


def test_a_table_that_is_not_geocoded_is_refused(incidents):
    with pytest.raises(SchemaError, match="`sample` needs the columns 'uncertainty_m'"):
        geosec.sample(incidents)


def test_at_least_one_draw_is_asked_for(mixed):
    with pytest.raises(ParameterError, match="`draws` must be 1 or more, and is 0"):
        geosec.sample(mixed, 0)


def test_the_crs_of_the_table_does_not_change_the_draws(mixed):
    assert geosec.sample(mixed.to_crs(32642), 20) == pytest.approx(
        geosec.sample(mixed, 20), abs=1e-6, nan_ok=True
    )
