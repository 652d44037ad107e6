"""Whatever its units and lines, ground of a caller's own answers as the shipped ground does."""

from __future__ import annotations

import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec
from geosec import GeosecWarning, RailNetwork

SEEDS = st.integers(0, 2**32 - 1)
FEW = settings(max_examples=25, deadline=None)


def make_coverage(numbers: np.random.Generator, count: int) -> gpd.GeoDataFrame:
    """Voronoi cells: a coverage without gaps or overlaps, somewhere between 30 and 34 degrees."""
    seeds = shapely.MultiPoint(numbers.uniform([30, 48], [34, 52], (count, 2)))
    cells = shapely.get_parts(
        shapely.voronoi_polygons(seeds, extend_to=shapely.box(30, 48, 34, 52))
    )
    cells = shapely.intersection(cells, shapely.box(30, 48, 34, 52))
    parent = [f"P{at % 3}" for at in range(len(cells))]
    columns = {"ADM2_EN": [f"U{at}" for at in range(len(cells))], "ADM1_EN": parent}
    return gpd.GeoDataFrame(columns, geometry=cells, crs=4326)


def scatter(numbers: np.random.Generator, count: int) -> gpd.GeoDataFrame:
    lon, lat = numbers.uniform(29.8, 34.2, count), numbers.uniform(47.8, 52.2, count)
    return gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)


def assign(points, units, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeosecWarning)
        return geosec.assign_boundaries(points, boundaries=units, **options)


@FEW
@given(seed=SEEDS, count=st.integers(3, 40))
def test_exact_points_have_the_units_of_a_spatial_join_on_both_levels(seed, count):
    numbers = np.random.default_rng(seed)
    units, points = make_coverage(numbers, count), scatter(numbers, 60)
    found = assign(points, units)
    joined = gpd.sjoin(points, units, how="left")
    for level, column in (("adm2", "ADM2_EN"), ("adm1", "ADM1_EN")):
        assert found[f"{level}_name"].fillna("").tolist() == joined[column].fillna("").tolist()


@FEW
@given(seed=SEEDS, count=st.integers(3, 40), radius_m=st.floats(0, 100_000))
def test_probabilities_are_shares_and_those_of_a_parent_are_no_less(seed, count, radius_m):
    numbers = np.random.default_rng(seed)
    units = make_coverage(numbers, count)
    table = geosec.with_uncertainty(scatter(numbers, 20), uncertainty_m=radius_m)
    found = assign(table, units, draws=49)
    for level in ("adm1", "adm2"):
        share = found[f"{level}_prob"].dropna()
        assert ((share > 0) & (share <= 1)).all()
        assert (found[f"{level}_prob"].notna() == found[f"{level}_name"].notna()).all()
    both = found.dropna(subset=["adm1_prob", "adm2_prob"])
    assert (both["adm1_prob"] >= both["adm2_prob"] - 1e-12).all()


@FEW
@given(seed=SEEDS, count=st.integers(3, 20))
def test_shares_of_all_units_of_a_disc_sum_to_no_more_than_one(seed, count):
    """Each unit is asked alone: overlapping or not, no draw is in two of them."""
    numbers = np.random.default_rng(seed)
    units = make_coverage(numbers, count)
    table = geosec.with_uncertainty(scatter(numbers, 5), uncertainty_m=50_000)
    shares = [
        assign(table, units.iloc[[at]], draws=49)["adm2_prob"].fillna(0) for at in range(len(units))
    ]
    assert (sum(shares) <= 1 + 1e-12).all()


@FEW
@given(seed=SEEDS, count=st.integers(1, 10))
def test_the_order_and_the_crs_of_units_do_not_matter(seed, count):
    numbers = np.random.default_rng(seed)
    units, points = make_coverage(numbers, 12), scatter(numbers, 40)
    shuffled = units.sample(frac=1, random_state=count)
    names = assign(points, units)["adm2_name"]
    pd.testing.assert_series_equal(assign(points, shuffled)["adm2_name"], names)
    moved = assign(points, units.to_crs(3857))["adm2_name"]  # edges of both are straight
    assert (moved.fillna("") == names.fillna("")).mean() >= 0.95


def make_railway(numbers: np.random.Generator, count: int, *, drawn: bool) -> RailNetwork:
    """A line to the east with stations on it, and official km that are not its length."""
    lon = 30 + np.cumsum(numbers.uniform(0.05, 0.3, 2 * count))
    lat = 50 + numbers.uniform(-0.1, 0.1, 2 * count)
    at = slice(0, None, 2)
    columns = {"name": [f"S{n}" for n in range(count)], "line": "L", "km": 40.0 * np.arange(count)}
    points = gpd.points_from_xy(lon[at], lat[at])
    stations = gpd.GeoDataFrame(columns, geometry=points, crs=4326)
    line = gpd.GeoDataFrame(
        {"name": ["L"]}, geometry=[shapely.LineString(np.column_stack([lon, lat]))], crs=4326
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", GeosecWarning)
        return RailNetwork.from_table(stations, line if drawn else None)


@FEW
@given(seed=SEEDS, count=st.integers(2, 12), drawn=st.booleans())
def test_a_km_lies_between_the_posts_of_its_neighbours(seed, count, drawn):
    numbers = np.random.default_rng(seed)
    network = make_railway(numbers, count, drawn=drawn)
    lon, lat = numbers.uniform(30, 34, 50), numbers.uniform(49.5, 50.5, 50)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    found = geosec.locate_on_rail(points, network=network, max_offset_m=100_000)
    near = found.dropna(subset=["rail_km"])
    km = network.posts.set_index("name")["km"]
    before, after = (near[f"rail_{end}_station"].map(km) for end in ("prev", "next"))
    assert (before <= near["rail_km"] + 1e-6).all()
    assert (near["rail_km"] <= after + 1e-6).all()
    assert (after - before == 40).all()


@FEW
@given(seed=SEEDS, count=st.integers(2, 12), drawn=st.booleans(), share=st.floats(0, 1))
def test_a_post_and_its_place_are_each_the_others(seed, count, drawn, share):
    network = make_railway(np.random.default_rng(seed), count, drawn=drawn)
    km = share * 40 * (count - 1)
    point = geosec.interpolate("L", km, network=network)
    back = geosec.locate(point, network=network)
    assert back["rail_offset_m"].item() == pytest.approx(0, abs=0.01)
    assert back["rail_km"].item() == pytest.approx(km, abs=0.01)
