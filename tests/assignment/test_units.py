"""Which unit holds an incident is what plain draws say, and only open rows are drawn."""

from __future__ import annotations

from statistics import NormalDist

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec.assignment.units import Units, assign_units, may_cross_border
from geosec.geodesy.geodesics import geodesic_direct
from geosec.reference.own_boundaries import read_own_boundaries
from geosec.uncertainty import open_rows, sampling

BORDER = 69.4529, 26.21995  # middle of 75 km of straight border between Khairpur and Sanghar
ACROSS_DEG = 182.4  # from Khairpur to Sanghar, roughly; the test measures what is left of it
SAME_DRAWS = 199


def held_by_geos(level, lon, lat):
    """Name the first unit that holds each place, by the exact predicate; -1 for none."""
    shapes = geosec.load_boundaries(level).geometry.to_numpy()
    there = np.flatnonzero(~np.isnan(lon))
    point, unit = shapely.STRtree(shapes).query(
        shapely.points(lon[there], lat[there]), predicate="intersects"
    )
    found = np.full(len(lon), len(shapes))
    np.minimum.at(found, there[point], unit)
    return np.where(found == len(shapes), -1, found)


def shares_by_draws(level, places):
    """Share of the draws of each row, shape (rows, units)."""
    held = held_by_geos(level, *places.reshape(-1, 2).T).reshape(places.shape[:2])
    count = len(geosec.load_boundaries(level))
    return np.array([np.bincount(row[row >= 0], minlength=count) for row in held]) / held.shape[1]


def told(table, level):
    unit = geosec.load_boundaries(level).index.get_indexer(table[f"{level}_code"])
    return unit, table[f"{level}_prob"].to_numpy()


@pytest.mark.parametrize("level", ["adm1", "adm2"])
def test_without_layer_accuracy_the_shares_are_those_of_the_draws(mixed, draws_of, level):
    unit, share = told(geosec.assign_boundaries(mixed, layer_accuracy=False), level)
    drawn = shares_by_draws(level, draws_of(mixed, SAME_DRAWS))
    there = np.flatnonzero(unit >= 0)
    assert share[there].tolist() == drawn[there, unit[there]].tolist()
    assert share[there].tolist() == drawn[there].max(axis=1).tolist()
    assert drawn[unit < 0].sum() == 0
    assert len(there) == len(mixed) - 1


@pytest.mark.parametrize("level", ["adm1", "adm2"])
def test_with_layer_accuracy_the_shares_are_those_of_moved_draws(mixed, level):
    unit, share = told(geosec.assign_boundaries(mixed, seed=1), level)
    places = geosec.sample(mixed, 1_999, seed=31)
    errors_m = Units.load(level).find_errors_m(mixed.geometry.x, mixed.geometry.y)
    step_m = np.random.default_rng(2).normal(
        0, np.nan_to_num(errors_m)[:, None, None], places.shape
    )
    step_m[mixed["footprint"].notna().to_numpy()] = 0  # of the layer, and off as much
    azimuth_deg = np.degrees(np.arctan2(step_m[..., 0], step_m[..., 1]))
    moved = geodesic_direct(places[..., 0], places[..., 1], azimuth_deg, np.hypot(*step_m.T).T)
    drawn = shares_by_draws(level, np.stack(moved, axis=-1))
    there = np.flatnonzero(unit >= 0)
    expected = drawn[there, unit[there]]
    noise = np.sqrt(expected * (1 - expected) * (1 / SAME_DRAWS + 1 / 1_999))
    assert (np.abs(share[there] - expected) <= 4 * noise + 1 / SAME_DRAWS).all()
    assert (drawn[there].max(axis=1) - expected <= 4 * noise + 1 / SAME_DRAWS).all()


@pytest.fixture(scope="module")
def exact(points_at):
    rng = np.random.default_rng(4)
    return points_at(rng.uniform(61, 77, 1_500), rng.uniform(24, 37, 1_500))


def test_exact_points_lie_in_their_unit_for_certain(exact):
    found = geosec.assign_boundaries(exact, layer_accuracy=False)
    lon, lat = exact.geometry.x.to_numpy(), exact.geometry.y.to_numpy()
    for level in ("adm1", "adm2"):
        unit, share = told(found, level)
        assert unit.tolist() == held_by_geos(level, lon, lat).tolist()
        assert np.unique(share[unit >= 0]).tolist() == [1.0]
        assert np.isnan(share[unit < 0]).all()


def test_the_province_of_an_exact_point_is_that_of_its_district(exact):
    found = geosec.assign_boundaries(exact, layer_accuracy=False).dropna(subset=["adm2_code"])
    parent = geosec.load_boundaries("adm2")["adm1_code"]
    assert found["adm1_code"].tolist() == parent[found["adm2_code"]].tolist()
    alone = geosec.assign_boundaries(exact, ["adm1"], layer_accuracy=False)
    assert alone.loc[found.index, "adm1_code"].equals(found["adm1_code"])


def test_a_point_on_a_straight_border_is_as_likely_on_either_side(points_at):
    row = geosec.assign_boundaries(points_at(*BORDER), draws=999).iloc[0]
    assert row["adm2_name"] in {"Khairpur", "Sanghar"}
    assert row["adm2_prob"] == pytest.approx(0.5, abs=0.02)
    assert row["adm1_prob"] == 1


@pytest.mark.parametrize("away_m", [500, 2_000, 5_000, 8_000, 9_000])
def test_a_point_beside_a_straight_border_is_beyond_it_as_the_error_says(points_at, away_m):
    table = points_at(*geodesic_direct(*BORDER, ACROSS_DEG + np.array([0, 180.0]), away_m))
    adm2 = Units.load("adm2")
    off_m = adm2.borders.border_m(table.geometry.x, table.geometry.y)
    found = geosec.assign_boundaries(table, draws=999)
    (error_m,) = set(adm2.find_errors_m(table.geometry.x, table.geometry.y).tolist())
    assert error_m < adm2.error_m
    expected = [NormalDist(0, error_m).cdf(off) for off in off_m]
    assert found["adm2_prob"].to_numpy() == pytest.approx(expected, abs=0.015)
    assert set(found["adm2_name"]) == {"Khairpur", "Sanghar"}


def test_other_rows_change_nothing(mixed):
    whole = geosec.assign_boundaries(mixed)
    parts = [geosec.assign_boundaries(mixed.iloc[rows]) for rows in ([0, 4], range(1, 4), [9])]
    for part in parts:
        pd.testing.assert_frame_equal(pd.DataFrame(part), pd.DataFrame(whole.loc[part.index]))


@pytest.mark.parametrize(("threads", "chunk"), [("2", 2_000_000), ("3", 500), ("1", 199)])
def test_threads_and_chunks_change_nothing(mixed, threads, chunk, monkeypatch):
    monkeypatch.setattr("geosec.geodesy.threads._LEAST_ROWS", 100)
    monkeypatch.setenv("GEOSEC_THREADS", "1")
    once = geosec.assign_boundaries(mixed)
    monkeypatch.setenv("GEOSEC_THREADS", threads)
    monkeypatch.setattr(open_rows, "_CHUNK_DRAWS", chunk)
    pd.testing.assert_frame_equal(pd.DataFrame(geosec.assign_boundaries(mixed)), pd.DataFrame(once))


def test_only_open_rows_are_drawn(points_at, footprints_of, monkeypatch):
    drawn = []

    def draw_places(footprints, uniform):
        drawn.extend(footprints.lon)
        return sampling.draw_places(footprints, uniform)

    monkeypatch.setattr(open_rows, "draw_places", draw_places)
    table = points_at([67.0, BORDER[0], 64.0], [30.18, BORDER[1], 29.3], 1_000)
    assign_units(footprints_of(table), [Units.load("adm2", exact=True)], 199, 0)
    assert drawn == [round(BORDER[0], 5)]


def test_a_table_of_no_rows_is_assigned(mixed):
    assert geosec.assign_boundaries(mixed.iloc[:0])["adm2_prob"].dtype == "float64"


@pytest.mark.parametrize("levels", [("adm1", "adm2"), ("adm2", "adm1"), ["adm2"], ["adm1"]])
def test_the_order_of_levels_changes_no_answer(mixed, levels):
    whole, some = geosec.assign_boundaries(mixed), geosec.assign_boundaries(mixed, levels)
    for level in levels:
        assert some[f"{level}_prob"].equals(whole[f"{level}_prob"])


def test_borders_are_exact_if_asked_to_be():
    assert Units.load("adm2", exact=True).error_m == 0.0
    assert Units.load("adm2", exact=True).find_errors_m(*np.array([BORDER]).T).tolist() == [0.0]


@pytest.mark.parametrize("level", ["adm1", "adm2"])
def test_a_place_has_the_error_of_the_border_nearest_to_it(level):
    units, borders = Units.load(level), geosec.load_borders(level)
    firsts = [shapely.get_parts(line)[0] for line in borders.geometry]
    middles = gpd.GeoSeries(shapely.line_interpolate_point(firsts, 0.5, normalized=True))
    expected = borders["positional_accuracy_m"].to_numpy() / 1.959964
    found = units.find_errors_m(middles.x.to_numpy(), middles.y.to_numpy())
    assert found == pytest.approx(expected)
    assert units.error_m == pytest.approx(expected.max())


def test_units_are_asked_for_what_holds_a_point():
    units = Units.load("adm1")
    assert units.layer.index[units.areas.find_holder([67.0], [30.2])].tolist() == ["PK-BA"]


def test_only_a_place_near_a_border_may_cross_it(points_at, footprints_of):
    table = points_at([67.0, BORDER[0]], [30.18, BORDER[1]], 1_000)
    exact, off = Units.load("adm2", exact=True), Units.load("adm2")
    assert may_cross_border(exact, footprints_of(table)).tolist() == [False, True]
    points = footprints_of(points_at([67.0, BORDER[0]], [30.18, BORDER[1]]))
    assert not may_cross_border(exact, points).any()
    assert may_cross_border(off, points).tolist()[1]


def test_exact_points_of_one_place_are_drawn_once(points_at, monkeypatch):
    drawn = []

    def draw_places(footprints, uniform):
        drawn.append(len(footprints))
        return sampling.draw_places(footprints, uniform)

    monkeypatch.setattr(open_rows, "draw_places", draw_places)
    found = geosec.assign_boundaries(points_at([BORDER[0]] * 50, [BORDER[1]] * 50))
    assert drawn == [1]
    assert len(set(found["adm2_prob"])) == 1


def test_layers_of_a_caller_are_indexed_once_and_only_a_few_are_kept(make_grid):
    own = [
        read_own_boundaries(make_grid(), None, ("adm2", "adm1"), (None, None), (False, None))[
            "adm2"
        ]
        for _ in range(6)
    ]
    first = Units.of_own("adm2", own[0]).coverage
    assert Units.of_own("adm2", own[0].copy()).coverage is first
    assert Units.of_own("adm2", own[0].assign(accuracy_m=9.0)).coverage is not first
    assert Units.of_own("adm2", own[0].iloc[::-1]).coverage is not first
    for layer in own[1:]:
        Units.of_own("adm2", layer)
    assert Units.of_own("adm2", own[0]).coverage is not first


def test_a_polygon_that_was_replaced_is_asked_anew(make_grid):
    units = make_grid()
    place = gpd.GeoDataFrame(geometry=gpd.points_from_xy([30.5], [48.5]), crs=4326)
    assert geosec.assign_boundaries(place, boundaries=units)["adm2_name"].item() == "A0"
    units.loc[0, "geometry"] = shapely.box(40, 48, 41, 49)
    units.loc[1, "geometry"] = shapely.box(30, 48, 31, 49)
    assert geosec.assign_boundaries(place, boundaries=units)["adm2_name"].item() == units["name"][1]
