"""Equal footprints are drawn once: figures depend on the place and the seed, on nothing else."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec.uncertainty.draws import make_uniforms
from geosec.uncertainty.open_rows import draw_open_rows, find_interval


def figures_of(table, seed=0, draws=99):
    """Every marginal figure of every row, on the index of the table."""
    districts = geosec.assign_boundaries(table, draws=draws, seed=seed)
    railway = geosec.locate_on_rail(table, draws=draws, seed=seed)
    near = geosec.within(table, geosec.load_rail_lines(), distance_m=10_000, draws=draws, seed=seed)
    nearest = geosec.nearest(table, geosec.load_rail_stations(), draws=draws, seed=seed)
    nearest = nearest[nearest["rank"] == 1].drop_duplicates("incident_id").set_index("incident_id")
    return pd.concat(
        [
            districts[["adm1_code", "adm1_prob", "adm2_code", "adm2_prob"]],
            railway[["rail_line", "rail_km", "rail_km_low", "rail_km_high", "rail_prob"]],
            near,
            nearest[["distance_low_m", "distance_high_m"]].reindex(table.index),
        ],
        axis=1,
    )


def assert_same(one, other, index=None):
    """Compare tables of figures to the last bit, under the index of the second."""
    one = pd.DataFrame(one if index is None else one.loc[index])
    other = pd.DataFrame(other).set_axis(one.index)
    pd.testing.assert_frame_equal(one, other, check_exact=True, check_names=False)


@pytest.fixture(scope="module")
def figures(mixed):
    return figures_of(mixed)


def test_rows_of_one_place_have_the_same_figures_whatever_they_are_called(mixed, figures):
    twice = pd.concat([mixed, mixed.set_axis([f"other {name}" for name in mixed.index])])
    copies = [
        None if shape is None else shapely.from_wkb(shapely.to_wkb(shape))
        for shape in twice.footprint
    ]
    twice["footprint"] = gpd.GeoSeries(copies, twice.index, 4326)
    found = figures_of(twice.rename_axis("incident_id"))
    assert_same(figures, found.iloc[: len(mixed)])
    assert_same(figures, found.iloc[len(mixed) :])
    is_open = figures["adm2_prob"].between(0.01, 0.99)
    assert is_open.sum() > 4  # figures that were drawn, not sure ones, are compared


def test_the_order_of_rows_and_the_other_rows_change_no_figure(mixed, figures):
    shuffled = mixed.iloc[np.random.default_rng(0).permutation(len(mixed))]
    assert_same(figures, figures_of(shuffled), shuffled.index)
    for part in (mixed.iloc[[4]], mixed.iloc[3:9], mixed.iloc[[11, 2]]):
        assert_same(figures, figures_of(part), part.index)


@pytest.mark.parametrize(("threads", "chunk"), [("1", 99), ("2", 500), ("3", 10_000_000)])
def test_chunks_and_threads_change_no_figure(mixed, figures, threads, chunk, monkeypatch):
    monkeypatch.setattr("geosec.geodesy.threads._LEAST_ROWS", 100)
    monkeypatch.setattr("geosec.uncertainty.open_rows._CHUNK_DRAWS", chunk)
    monkeypatch.setenv("GEOSEC_THREADS", threads)
    assert_same(figures, figures_of(mixed))


def test_another_seed_draws_anew(mixed, figures):
    other = figures_of(mixed, seed=1)
    drawn = figures["adm2_prob"].between(0.05, 0.95)
    assert (figures.loc[drawn, "adm2_prob"] != other.loc[drawn, "adm2_prob"]).mean() > 0.5
    assert figures["rail_km"].equals(other["rail_km"])
    assert (figures["adm2_prob"] - other["adm2_prob"]).abs().max() < 0.2


def test_where_a_shape_begins_changes_no_figure(mixed, figures):
    turned = mixed.copy()
    turned["footprint"] = gpd.GeoSeries(
        [turn(shape) for shape in mixed.footprint], mixed.index, 4326
    )
    found = figures_of(turned)
    drawn = ["adm1_prob", "adm2_prob", "rail_prob", "rail_km_low", "rail_km_high", "probability"]
    assert_same(figures[drawn], found[drawn])


def turn(shape):
    """The same shape, from another corner on and the other way round."""
    if shape is None or shape.geom_type != "Polygon":
        return shape if shape is None else shape.reverse()
    ring = shape.exterior.coords[:-1]
    return shapely.Polygon([*ring[3:], *ring[:3]][::-1], [hole.coords for hole in shape.interiors])


# --------------------------------------------------------------------------- round trips


def read_csv(path, like):
    """Read a located table from CSV by hand: text holds points, radii, shapes and readings."""
    told = pd.read_csv(path, index_col="incident_id", dtype={"match_candidates": "str"})
    table = like.copy()
    table["uncertainty_m"] = told["uncertainty_m"].to_numpy()
    table["match_candidates"] = pd.array(told["match_candidates"].tolist(), "str")
    for name in ("geometry", "footprint"):
        text = told[name].astype("object").where(told[name].notna(), None)
        table[name] = gpd.GeoSeries.from_wkt(text.to_numpy(), crs=4326, index=table.index)
    return table


@pytest.mark.parametrize("suffix", [".parquet", ".gpkg", ".geojson", ".csv"])
def test_a_table_read_back_from_a_file_has_the_same_figures(located, suffix, tmp_path):
    table = located[
        [name for name in located.columns if not name.startswith(("adm", "rail"))]
    ].copy()
    table["geometry"] = at_half_decimals(table.geometry)
    path = geosec.write_table(table, tmp_path / f"located{suffix}")
    again = read_csv(path, table) if suffix == ".csv" else geosec.read_incidents(path)[0]
    before, after = figures_of(table), figures_of(again)
    if suffix in {".parquet", ".gpkg"}:  # points and radii to the last bit
        assert_same(before, after)
        return
    drawn = ["adm1_code", "adm1_prob", "adm2_code", "adm2_prob", "rail_line", "target_id"]
    assert_same(before[drawn], after[drawn])
    for name in ("rail_prob", "probability", "probability_se"):
        assert after[name].to_numpy() == pytest.approx(before[name].to_numpy(), abs=1e-5)
    measured = ["rail_km", "rail_km_low", "rail_km_high"]  # the best point is a metre off
    difference_km = (after[measured] - before[measured]).abs()
    assert difference_km.max(axis=None) < 0.005


def at_half_decimals(points):
    """Move points to where libraries do not agree which way a fifth decimal is rounded."""
    lon, lat = (np.array([float(f"{at:.5f}5") for at in axis]) for axis in (points.x, points.y))
    return gpd.GeoSeries.from_xy(lon, lat, index=points.index, crs=4326)


# ------------------------------------------------------------------------------ the loop


def test_open_rows_are_drawn_in_chunks_and_no_others(mixed, footprints_of, draws_of, monkeypatch):
    monkeypatch.setattr("geosec.uncertainty.open_rows._CHUNK_DRAWS", 60)
    is_open = np.arange(len(mixed)) % 3 == 0
    chunks = list(draw_open_rows(footprints_of(mixed), is_open, 20, 7))
    assert [len(chunk.rows) for chunk in chunks] == [3, 3]
    rows = np.concatenate([chunk.rows for chunk in chunks])
    assert sorted(rows) == np.flatnonzero(is_open).tolist()
    drawn = np.concatenate([chunk.places for chunk in chunks])
    assert drawn.tobytes() == draws_of(mixed, 20, 7)[rows].tobytes()


def test_rows_of_one_shape_come_side_by_side(footprints):
    box, line = shapely.box(66, 29, 67, 30), shapely.LineString([(66, 29), (67, 30)])
    rows = [(66 + number / 10, 29.5, 9, (box, None, line)[number % 3]) for number in range(9)]
    [chunk] = draw_open_rows(footprints(*rows), np.ones(9, dtype="bool"), 5, 0)
    assert chunk.rows.tolist() == [1, 4, 7, 0, 3, 6, 2, 5, 8]
    assert len({places.tobytes() for places in chunk.places[3:]}) == 2  # one for each shape


def test_rows_with_several_answers_come_in_smaller_chunks(mixed, footprints_of, monkeypatch):
    monkeypatch.setattr("geosec.uncertainty.open_rows._CHUNK_DRAWS", 60)
    every = np.ones(4, dtype="bool")
    footprints = footprints_of(mixed.iloc[:4])
    sizes = [len(chunk.rows) for chunk in draw_open_rows(footprints, every, 10, 0, answers=3)]
    assert sizes == [2, 2]
    assert [len(one.rows) for one in draw_open_rows(footprints, every, 1_000, 0)] == [1] * 4


def test_nothing_open_draws_nothing(mixed, footprints_of):
    assert list(draw_open_rows(footprints_of(mixed), np.zeros(len(mixed), bool), 9, 0)) == []


@pytest.mark.parametrize("draws", [1, 2, 7, 199])
def test_intervals_are_those_of_numpy(draws):
    values = np.random.default_rng(draws).normal(0, 1e5, (400, draws))
    low, high = find_interval(values)
    expected = np.quantile(values, [0.025, 0.975], axis=1)
    assert (low.tolist(), high.tolist()) == (expected[0].tolist(), expected[1].tolist())


@pytest.mark.filterwarnings("ignore:All-NaN")
def test_intervals_leave_out_what_is_missing():
    random = np.random.default_rng(1)
    values = np.where(random.random((300, 99)) < random.random((300, 1)), np.nan, 1.0)
    values *= random.normal(0, 50, values.shape)
    values[5] = np.nan
    low, high = find_interval(values)
    expected = np.nanquantile(values, [0.025, 0.975], axis=1)
    assert low == pytest.approx(expected[0], nan_ok=True, rel=1e-15)
    assert high == pytest.approx(expected[1], nan_ok=True, rel=1e-15)
    assert np.isnan([low[5], high[5]]).all()


def test_draws_of_a_place_are_even(footprints_of, points_at):
    [chunk] = draw_open_rows(footprints_of(points_at(67.0, 30.0, 9_000)), np.ones(1, bool), 999, 0)
    assert chunk.texts == ["67.00000 30.00000 9000 m"]
    uniform = make_uniforms(chunk.texts, 999, seed=0)
    assert chunk.places.shape == (1, 999, 2)
    assert uniform.mean(axis=(0, 1)) == pytest.approx([0.5] * 3, abs=0.01)
