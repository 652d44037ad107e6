"""Polygons that a caller brings are asked as those that ship are."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec import CRSError, GeosecWarning, ParameterError, SchemaError

PARENTS = ["South"] * 3 + ["Middle"] * 3 + ["North"] * 3


def told(table, level="adm2"):
    return table[f"{level}_name"].fillna("").tolist()


def joined(points, layer, column="name"):
    found = gpd.sjoin(points, layer[[column, "geometry"]], how="left")[column]
    return found.fillna("").tolist()


@pytest.mark.parametrize("options", [{}, {"draws": 0}, {"layer_accuracy": False}])
def test_five_hundred_points_have_the_units_of_a_spatial_join(make_grid, scatter_abroad, options):
    points, units = scatter_abroad(), make_grid()
    found = geosec.assign_boundaries(points, boundaries=units, **options)
    assert told(found) == joined(points, units)
    pd.testing.assert_index_equal(found.index, points.index, exact=True)
    back = points.drop(columns="geometry").join(found[["adm2_name"]])
    assert len(back) == back["number"].nunique() == 500
    assert found[["adm1_name", "adm1_code", "adm1_prob"]].isna().all(axis=None)
    assert not set(told(found)) & set(geosec.load_boundaries("adm2")["adm2_name"])


def test_sure_places_have_a_probability_of_one_and_discs_on_a_border_less(make_grid, disc_row):
    units = make_grid()
    sure = geosec.assign_boundaries(disc_row(30.5, 48.5, 5_000), boundaries=units)
    assert (told(sure), sure["adm2_prob"].item()) == (["A0"], 1.0)
    shared = geosec.assign_boundaries(disc_row(31.0, 48.5, 5_000), boundaries=units)
    assert shared["adm2_prob"].item() == pytest.approx(0.5, abs=0.1)


def test_a_layer_that_tells_two_levels_gives_both(make_grid, scatter_abroad):
    points = scatter_abroad()
    units = make_grid(ADM1_EN=PARENTS, ADM1_PCODE=[f"X{name[0]}" for name in PARENTS])
    found = geosec.assign_boundaries(points, boundaries=units)
    assert told(found) == joined(points, units)
    assert told(found, "adm1") == joined(points, units, "ADM1_EN")
    assert set(found["adm1_code"].dropna()) == {"XS", "XM", "XN"}
    assert (found["adm1_prob"].dropna() == 1).all()


def test_a_layer_for_each_level(make_grid, scatter_abroad):
    points, districts = scatter_abroad(), make_grid()
    regions = districts.assign(name=PARENTS).dissolve("name")  # named by its index
    found = geosec.assign_boundaries(points, boundaries={"adm1": regions, "adm2": districts})
    assert told(found) == joined(points, districts)
    assert told(found, "adm1") == joined(points, regions.reset_index())
    alone = geosec.assign_boundaries(points, ["adm1"], boundaries={"adm1": regions})
    assert told(alone, "adm1") == told(found, "adm1")
    assert alone["adm2_name"].isna().all()


def test_the_probability_of_a_region_is_that_of_its_districts(make_grid, disc_row):
    units = make_grid(adm1_name=PARENTS)
    row = geosec.assign_boundaries(disc_row(31.0, 48.5, 5_000), boundaries=units).iloc[0]
    assert row["adm2_prob"] < 0.6
    assert (row["adm1_name"], row["adm1_prob"]) == ("South", 1.0)


def test_columns_are_named_where_their_spelling_does_not_tell(make_grid, scatter_abroad):
    units = make_grid(raion=[f"r{at}" for at in range(9)], kod=range(9), oblast=PARENTS)
    units = units.drop(columns="name")
    points = scatter_abroad()
    with pytest.raises(
        SchemaError, match="has 'raion', 'kod', 'oblast'; say which it is with name"
    ):
        geosec.assign_boundaries(points, boundaries=units)
    found = geosec.assign_boundaries(points, boundaries=units, name="raion", code="kod")
    assert told(found) == joined(points, units, "raion")
    assert set(found["adm2_code"].dropna()) == set("012345678")
    names = {"adm1": "oblast", "adm2": "raion"}
    both = geosec.assign_boundaries(points, boundaries=units, name=names)
    assert told(both, "adm1") == joined(points, units, "oblast")


def test_a_stated_accuracy_of_borders_enters_the_probability(make_grid):
    near = gpd.GeoDataFrame(geometry=gpd.points_from_xy([30.99], [48.5]), crs=4326)
    sharp, blurred = make_grid(), make_grid(positional_accuracy_m=[3_000.0] + [0.0] * 8)
    assert geosec.assign_boundaries(near, boundaries=sharp)["adm2_prob"].item() == 1
    found = geosec.assign_boundaries(near, boundaries=blurred)
    assert told(found) == ["A0"]
    assert 0.5 < found["adm2_prob"].item() < 0.8
    exact = geosec.assign_boundaries(near, boundaries=blurred, layer_accuracy=False)
    assert exact["adm2_prob"].item() == 1
    far = gpd.GeoDataFrame(geometry=gpd.points_from_xy([32.99], [50.5]), crs=4326)
    assert geosec.assign_boundaries(far, boundaries=blurred)["adm2_prob"].item() == 1


def test_layers_in_another_crs_with_heights_holes_and_islands(make_grid, scatter_abroad):
    units, points = make_grid(), scatter_abroad()
    shapes = units.geometry.to_numpy().copy()
    hole = shapely.box(30.3, 48.3, 30.7, 48.7)
    shapes[0] = shapely.force_3d(shapes[0].difference(hole), 120.0)
    shapes[1] = shapely.MultiPolygon([shapes[1], shapely.box(33.2, 48.2, 33.4, 48.4)])
    units = units.set_geometry(gpd.GeoSeries(shapes, crs=4326))
    expected = joined(points, units)
    assert told(geosec.assign_boundaries(points, boundaries=units)) == expected
    moved = geosec.assign_boundaries(points, boundaries=units.to_crs(32636))
    assert np.mean(np.array(told(moved)) == np.array(expected)) > 0.99


def test_a_geoseries_is_named_by_its_index(make_grid, scatter_abroad):
    units, points = make_grid(), scatter_abroad()
    series = units.set_index("name").geometry
    assert told(geosec.assign_boundaries(points, boundaries=series)) == joined(points, units)
    with pytest.raises(SchemaError, match="a GeoSeries without names"):
        geosec.assign_boundaries(points, boundaries=units.geometry)


def test_of_units_that_overlap_the_first_is_taken_and_said(make_grid, scatter_abroad):
    units, points = make_grid(), scatter_abroad()
    units.loc[9] = ["over", shapely.box(30.5, 48.5, 31.5, 49.5)]
    units = gpd.GeoDataFrame(units, crs=4326)
    twice = gpd.sjoin(points, units).index.duplicated().sum()
    with pytest.warns(GeosecWarning, match=f"{twice} places lie in two units .* as in 'over'"):
        found = geosec.assign_boundaries(points, boundaries=units)
    assert told(found) == joined(points, make_grid())


def test_rows_of_one_code_are_one_unit(make_grid, disc_row):
    units = make_grid(code=["a"] * 2 + list("cdefghi")).assign(name=["A"] * 2 + list("CDEFGHI"))
    found = geosec.assign_boundaries(disc_row(31.0, 48.5, 5_000), boundaries=units)
    assert (told(found), found["adm2_prob"].item()) == (["A"], 1.0)


def test_a_table_of_another_place_than_its_boundaries_is_told(make_grid):
    located = geosec.geocode(["Quetta"])
    with pytest.warns(GeosecWarning, match="1 lie in none of the units of `boundaries`"):
        found = geosec.assign_boundaries(located, boundaries=make_grid())
    assert found[["adm1_name", "adm2_name", "adm2_prob"]].isna().all(axis=None)


def test_units_that_began_and_ended_are_those_of_the_days(make_grid):
    old = make_grid(code=list("abcdefghi"), valid_from=2000, valid_to=[2015] + [None] * 8)
    parts = [shapely.box(30, 48, 30.5, 49), shapely.box(30.5, 48, 31, 49)]
    columns = {"name": ["A0 west", "A0 east"], "code": ["aw", "ae"], "valid_from": 2015}
    new = gpd.GeoDataFrame(columns, geometry=parts, crs=4326)
    units = pd.concat([old, new], ignore_index=True)
    days = ["2010-05-01", "2020-05-01", "2014-12-30", None]
    points = gpd.points_from_xy([30.2] * 4, [48.5] * 4)
    table = gpd.GeoDataFrame({"date": pd.to_datetime(days)}, geometry=points, crs=4326)
    table["date_precision"] = ["day", "day", "week", None]
    found = geosec.assign_boundaries(table, boundaries=units, on="incident")
    assert told(found) == ["A0", "A0 west", "A0 west", "A0 west"]
    assert found["adm2_prob"].tolist() == [1, 1, pytest.approx(5 / 7), 1]
    vintages = ["2000-01-01", "2015-01-01", "2000-01-01/2015-01-01", "2015-01-01"]
    assert found["adm2_vintage"].tolist() == vintages
    assert set(told(geosec.assign_boundaries(table, boundaries=units))) == {"A0 west"}
    then = geosec.assign_boundaries(table, boundaries=units, on="2003-01-01")
    assert set(told(then)) == {"A0"}
    with pytest.raises(ParameterError, match="the first unit of `boundaries` began on 2000-01-01"):
        geosec.assign_boundaries(table, boundaries=units, on="1999-01-01")
    with pytest.raises(ParameterError, match="`boundaries` has no columns `valid_from`"):
        geosec.assign_boundaries(table, boundaries=make_grid(), on="2003-01-01")


@pytest.mark.parametrize("as_what", [lambda units: {"adm2": units}, lambda units: units])
def test_polygons_given_as_levels_are_refused_with_what_to_do(make_grid, scatter_abroad, as_what):
    with pytest.raises(ParameterError, match=r"go in by name: assign_boundaries\(located, bound"):
        geosec.assign_boundaries(scatter_abroad(9), as_what(make_grid()))


def test_what_is_asked_and_not_there_is_refused(make_grid, scatter_abroad):
    points, units = scatter_abroad(9), make_grid()
    with pytest.raises(ParameterError, match="has a layer 'adm3'"):
        geosec.assign_boundaries(points, boundaries={"adm3": units})
    with pytest.raises(ParameterError, match="needs 'adm1', and holds 'adm2'"):
        geosec.assign_boundaries(points, ["adm1"], boundaries={"adm2": units})
    with pytest.raises(ParameterError, match="nothing in its columns tells"):
        geosec.assign_boundaries(points, ["adm1", "adm2"], boundaries=units)
    with pytest.raises(ParameterError, match="`name` names a column of `boundaries`, and none"):
        geosec.assign_boundaries(points, name="name")
    with pytest.raises(TypeError, match="unexpected keyword argument 'nmae'; did you mean 'name'"):
        geosec.assign_boundaries(points, boundaries=units, nmae="name")


@pytest.mark.parametrize(
    ("layer", "error", "message"),
    [
        ("gadm.gpkg", SchemaError, "`boundaries` takes a GeoDataFrame or a GeoSeries"),
        (pd.DataFrame({"name": ["a"]}), SchemaError, "`boundaries` takes a GeoDataFrame"),
        (gpd.GeoSeries([shapely.box(0, 0, 1, 1)], index=["a"]), CRSError, "has no CRS"),
        (gpd.GeoSeries([shapely.Point(1, 1)], ["a"], 4326), SchemaError, "row 'a' is a Point"),
        (gpd.GeoSeries([None], ["a"], 4326), SchemaError, "polygons, and there are none"),
        (gpd.GeoSeries([shapely.box(5e5, 0, 6e5, 1)], ["a"], 4326), CRSError, "on no globe"),
    ],
)
def test_what_is_no_layer_of_polygons_is_refused(scatter_abroad, layer, error, message):
    with pytest.raises(error, match=message):
        geosec.assign_boundaries(scatter_abroad(5), boundaries=layer)
