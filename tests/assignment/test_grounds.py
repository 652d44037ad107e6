"""A warning tells of a table abroad, and not of the few places beyond a border."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest

import geosec
from geosec import GeosecWarning
from geosec.assignment.grounds import warn_of_foreign_railway


def mix(home, abroad):
    lon = np.r_[np.full(home, 67.0), np.full(abroad, 30.5)]
    lat = np.r_[np.full(home, 30.2), np.full(abroad, 50.4)]
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)


@pytest.mark.parametrize("verb", [geosec.assign_boundaries, geosec.locate_on_rail])
def test_most_rows_abroad_are_told_with_their_count(verb):
    verb(mix(2, 8))
    with pytest.warns(GeosecWarning, match="of 10 places, 9 lie (in no unit of|outside) Pakistan"):
        verb(mix(1, 9))


def test_places_of_the_country_far_from_a_line_are_not_abroad():
    gwadar = np.array([62.33]), np.array([25.2])
    warn_of_foreign_railway(*gwadar, np.array([400_000.0]), 25_000.0)
    with pytest.warns(GeosecWarning, match="the nearest 3,500 km from a line"):
        warn_of_foreign_railway(np.array([30.5]), np.array([50.4]), np.array([3.5e6]), 25_000.0)


def test_a_table_without_places_is_not_told_of_them():
    nowhere = geosec.geocode(["nowhere at all zzz"])
    assert geosec.locate_on_rail(geosec.assign_boundaries(nowhere))["rail_line"].isna().all()
