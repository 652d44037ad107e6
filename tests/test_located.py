"""The door of located tables: plain points, own radii, other CRS, and what is refused."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import MultiPoint, Point, box

import geosec
from geosec.errors import CRSError, GeosecError, GeosecWarning, ParameterError, SchemaError
from geosec.located import (
    fill_located,
    read_radii_m,
    require_coordinates,
    require_located,
    with_uncertainty,
)

QUETTA, MACH = Point(67.0, 30.18), Point(67.33, 29.86)


def points(*shapes, index=None, crs="EPSG:4326", **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), index=index, crs=crs)


@pytest.fixture
def mach():
    return geosec.geocode(["Mach town", "Kech district", "Jaffar Express"], admin1="Balochistan")


@pytest.mark.parametrize("footprint_crs", [4326, 32642, 3857])
def test_a_located_table_is_brought_to_storage_with_both_its_geometries(mach, footprint_crs):
    elsewhere = mach.to_crs(32642)
    elsewhere["footprint"] = elsewhere["footprint"].to_crs(footprint_crs)
    moved = require_located(elsewhere, "nearest")
    for column in ("geometry", "footprint"):
        assert moved[column].crs == "EPSG:4326"
        assert moved[column].isna().equals(mach[column].isna())
        assert moved[column].dropna().geom_equals_exact(mach[column].dropna(), 1e-6).all()
    assert elsewhere.crs == "EPSG:32642"


@pytest.mark.parametrize("column", ["geometry", "footprint"])
def test_a_located_table_must_say_where_its_coordinates_are_from(mach, column):
    mach[column] = mach[column].set_crs(None, allow_override=True)
    if column == "geometry":
        mach = mach.set_crs(None, allow_override=True)
    with pytest.raises(CRSError, match=r"`located.* has no CRS"):
        require_located(mach, "nearest")


def test_metres_that_say_they_are_degrees_are_refused(mach):
    wrong = mach.to_crs(32642).set_crs(4326, allow_override=True)
    with pytest.raises(CRSError, match=r"`located` has longitude 338719 .*no globe"):
        require_located(wrong, "nearest")


def test_a_located_table_holds_points(mach):
    districts = mach.set_geometry(mach["footprint"].rename("geometry"))
    with pytest.raises(SchemaError, match="`located` must hold points, and row '1' is a Polygon"):
        require_located(districts, "nearest")
    plain = pd.DataFrame(mach).astype({"geometry": "object"})
    with pytest.raises(SchemaError, match="must hold points as a GeoSeries, and holds a Series"):
        require_located(plain, "nearest")


@pytest.mark.parametrize("crs", [4326, 32642])
def test_a_located_table_comes_with_the_degrees_of_its_points(mach, crs):
    located, lon, lat = require_coordinates(mach.to_crs(crs), "nearest")
    assert lon == pytest.approx(mach.geometry.x.to_numpy(), abs=1e-6, nan_ok=True)
    assert lat == pytest.approx(mach.geometry.y.to_numpy(), abs=1e-6, nan_ok=True)
    assert np.isnan(lon).tolist() == [False, False, True]
    assert located.columns.tolist() == mach.columns.tolist()
    assert located["footprint"].crs == located.crs == "EPSG:4326"


def test_plain_points_go_in_and_get_no_columns():
    plain = points(QUETTA, MACH, index=[7, 3], v=[1, 2])
    located, lon, lat = require_coordinates(plain, "nearest")
    assert located.columns.tolist() == ["v", "geometry"]
    assert located.index.tolist() == [7, 3]
    assert np.column_stack([lon, lat]).tolist() == [[67.0, 30.18], [67.33, 29.86]]
    assert read_radii_m(located, ~np.isnan(lon)).tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    "nowhere", [None, Point(), Point(np.nan, np.nan), Point(67, np.nan), Point(np.nan, 30)]
)
def test_what_is_no_point_is_missing(nowhere):
    located, lon, lat = require_coordinates(points(QUETTA, nowhere), "nearest")
    assert np.isnan([lon[1], lat[1]]).all()
    assert read_radii_m(located, ~np.isnan(lon)).tolist()[0] == 0.0
    filled = fill_located(points(QUETTA, nowhere), "incident_map")
    assert filled["match_status"].tolist() == ["matched", "unmatched"]
    assert filled.geometry.isna().tolist() == [False, True]


@pytest.mark.parametrize("name", ["geom", "the_geom", "SHAPE", "where it was"])
def test_points_may_have_any_name(name):
    plain = points(QUETTA, MACH).rename_geometry(name)
    located, lon, _ = require_coordinates(plain, "nearest")
    assert located.active_geometry_name == name
    assert lon.tolist() == [67.0, 67.33]
    assert fill_located(plain, "incident_map").geometry.tolist() == [QUETTA, MACH]
    assert plain.active_geometry_name == name


def test_the_active_geometry_counts_and_others_stay():
    plain = points(QUETTA, MACH, other=gpd.GeoSeries([MACH, MACH], crs=4326).to_crs(3857))
    plain["area"] = gpd.GeoSeries([box(67, 30, 68, 31)] * 2, crs=4326)
    plain = plain.rename_geometry("at").rename(columns={"area": "geometry"})
    located, lon, _ = require_coordinates(plain, "nearest")
    assert lon.tolist() == [67.0, 67.33]
    assert located["other"].crs == "EPSG:3857"
    assert located["geometry"].geom_type.tolist() == ["Polygon", "Polygon"]


def test_a_multipoint_of_one_point_is_that_point():
    multi = points(MultiPoint([QUETTA]), MACH, MultiPoint(), None, index=[4, 3, 2, 1])
    before = multi.copy(deep=True)
    located, lon, _ = require_coordinates(multi, "nearest")
    assert located.geometry.tolist()[:2] == [QUETTA, MACH]
    assert np.isnan(lon).tolist() == [False, False, True, True]
    assert geosec.assign_boundaries(multi.to_crs(3857)).loc[4, "adm2_name"] == "Quetta"
    pd.testing.assert_frame_equal(multi, before)


def test_a_multipoint_of_several_is_no_point():
    with pytest.raises(SchemaError, match="must hold points, and row 7 is a MultiPoint"):
        require_located(points(QUETTA, MultiPoint([QUETTA, MACH]), index=[3, 7]), "nearest")


def test_footprints_that_are_active_are_no_points(mach):
    assert require_located(mach.set_geometry("footprint"), "nearest").geometry.name == "geometry"


def test_numbers_without_a_geometry_are_told_how_points_are_made():
    with pytest.raises(SchemaError, match=r"'geometry', which .*lacks .*points_from_xy\(longitude"):
        geosec.nearest(pd.DataFrame({"x": [67.0]}), geosec.load_rail_stations())
    bare = points(QUETTA).drop(columns="geometry")
    with pytest.raises(GeosecError, match="points_from_xy"):
        geosec.assign_boundaries(bare)


@pytest.mark.parametrize("kept", [["location", "geometry"], None])
def test_phrases_that_nobody_has_read_are_no_points(incidents, kept):
    with pytest.raises(SchemaError, match=r"'uncertainty_m', .*Run `geosec\.geocode` on it first"):
        require_located(incidents if kept is None else incidents[kept], "nearest")


def test_a_column_called_location_is_no_phrase_where_there_are_points():
    plain = points(QUETTA, None, location=["camp", "well"])
    assert require_located(plain, "nearest")["location"].tolist() == ["camp", "well"]
    assert len(require_located(plain.iloc[:0], "nearest")) == 0


def test_codes_of_precision_are_not_taken_for_exact_points(incidents):
    coded = incidents.set_geometry([QUETTA] * len(incidents)).set_crs(4326)
    with pytest.raises(SchemaError, match=r"Run `geosec\.geocode`"):
        geosec.assign_boundaries(coded)
    told = with_uncertainty(coded, 2_000)
    assert (told["uncertainty_m"] == 2_000).all()


def test_a_geocoded_table_that_lost_its_radii_is_told(mach):
    with pytest.warns(GeosecWarning, match="no column `uncertainty_m` any more") as told:
        geosec.assign_boundaries(mach.drop(columns="uncertainty_m"))
    assert told[0].filename == __file__


@pytest.mark.parametrize("radius", [np.nan, -1.0, np.inf, "far", None])
def test_a_radius_that_is_none_is_told_with_its_row(radius):
    plain = points(QUETTA, MACH, index=["a", "b"], uncertainty_m=pd.Series([5, radius]).to_numpy())
    with pytest.raises(SchemaError, match=r"95 % radius of a place in metres.*in row 'b'"):
        require_located(plain, "nearest")


@pytest.mark.parametrize("dtype", ["Float64", "float64", "object"])
def test_a_map_draws_places_whose_radius_is_not_known(dtype):
    plain = points(QUETTA, MACH, uncertainty_m=pd.Series([5, None]).astype(dtype))
    filled = fill_located(plain, "incident_map", unknown_radii=True)
    assert filled["uncertainty_m"].isna().tolist() == [False, True]
    for wrong in (-1.0, np.inf, "far"):
        plain["uncertainty_m"] = [wrong, None]
        with pytest.raises(SchemaError, match=r"95 % radius of a place in metres.*in row 0"):
            fill_located(plain, "incident_map", unknown_radii=True)


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "int32", "str", "object"])
def test_radii_may_be_numbers_of_any_kind(dtype):
    plain = points(QUETTA, MACH, uncertainty_m=pd.Series([5, 70]).astype(dtype))
    located, lon, _ = require_coordinates(plain, "nearest")
    assert read_radii_m(located, ~np.isnan(lon)).tolist() == [5.0, 70.0]


def test_what_is_assumed_is_filled_in_where_it_is_missing(mach):
    filled = fill_located(points(QUETTA, None), "incident_map")
    assert filled["uncertainty_m"].tolist()[0] == 0.0
    assert filled["footprint"].isna().all()
    again = fill_located(mach, "incident_map")
    assert again["match_status"].tolist() == mach["match_status"].tolist()
    assert again["uncertainty_m"].equals(mach["uncertainty_m"])


FIXES = points(QUETTA, MACH, index=[7, 3], gps_m=[10, 20])


@pytest.mark.parametrize(
    ("given", "radii"),
    [
        (50, [50.0, 50.0]),
        (0, [0.0, 0.0]),
        (np.float32(2.5), [2.5, 2.5]),
        ("gps_m", [10.0, 20.0]),
        ([1, 2], [1.0, 2.0]),
        (np.array([1, 2]), [1.0, 2.0]),
        (pd.Series([1, 2], index=[7, 3]), [1.0, 2.0]),
        (pd.Series([2, 1], index=[3, 7]), [1.0, 2.0]),
    ],
)
def test_radii_are_a_number_a_column_or_a_series(given, radii):
    told = with_uncertainty(FIXES, uncertainty_m=given)
    assert told["uncertainty_m"].tolist() == radii
    assert told.index.tolist() == [7, 3]
    assert "uncertainty_m" not in FIXES
    assert told["gps_m"].tolist() == [10, 20]


@pytest.mark.parametrize(
    ("given", "error", "told"),
    [
        ("gps", SchemaError, r"none called 'gps'; did you mean 'gps_m'"),
        ([1, 2, 3], SchemaError, "3 numbers for 2 points"),
        ([1], SchemaError, "1 numbers for 2 points"),
        (pd.Series([1, 2]), SchemaError, "another index than the points"),
        (pd.Series([1, 2], index=[7, 7]), SchemaError, "another index than the points"),
        (-5, SchemaError, "0 or more, and is -5.0 in row 7"),
        (np.nan, SchemaError, "is nan in row 7"),
        (None, ParameterError, "takes a number or a row of numbers"),
        (True, ParameterError, "takes a number or a row of numbers"),
        ([[1, 2]], ParameterError, "takes a number or a row of numbers"),
    ],
)
def test_radii_that_are_none_are_refused(given, error, told):
    with pytest.raises(error, match=told):
        with_uncertainty(FIXES, uncertainty_m=given)


@pytest.mark.parametrize("column", ["footprint", "match_candidates"])
def test_a_radius_is_not_given_beside_a_footprint(column):
    mixed = geosec.geocode(["Kech district", "Turbat and Panjgur"])
    mixed = mixed[mixed[column].notna()]
    assert len(mixed)
    with pytest.raises(SchemaError, match=f"has `{column}`, which says already where"):
        with_uncertainty(mixed, 50)
    assert (with_uncertainty(mixed.drop(columns=column), 50)["uncertainty_m"] == 50).all()


def test_a_series_of_points_becomes_a_table():
    told = with_uncertainty(gpd.GeoSeries([QUETTA, MACH], crs=4326).to_crs(32642), 50)
    assert told.crs == "EPSG:4326"
    assert told.geometry.x.round(6).tolist() == [67.0, 67.33]


@pytest.mark.parametrize("thing", [None, "Quetta", [QUETTA], pd.DataFrame({"a": [1]})])
def test_what_holds_no_points_has_no_radius(thing):
    with pytest.raises(GeosecError):
        with_uncertainty(thing, 50)


def test_a_row_without_a_point_needs_no_radius():
    told = with_uncertainty(points(QUETTA, None), [50, np.nan])
    assert told["uncertainty_m"].isna().tolist() == [False, True]


def test_a_radius_given_anew_replaces_the_one_before():
    once = with_uncertainty(FIXES, 50)
    assert with_uncertainty(once, 70)["uncertainty_m"].tolist() == [70.0, 70.0]
    assert once["uncertainty_m"].tolist() == [50.0, 50.0]


def test_a_known_radius_is_as_good_as_that_of_a_phrase():
    near = with_uncertainty(points(MACH), 9_000)
    stations = geosec.load_rail_stations()
    row = geosec.nearest(near, stations).iloc[0]
    assert row["distance_low_m"] <= row["distance_m"] < row["distance_high_m"]
    exact = geosec.nearest(points(MACH), stations).iloc[0]
    assert exact["distance_high_m"] - exact["distance_low_m"] < 2_000


@pytest.mark.parametrize("as_given", [gpd.GeoSeries, pd.Series, lambda each, **_: each.to_wkt()])
def test_footprints_in_metres_are_refused_as_points_are(as_given):
    wide = gpd.GeoSeries([None, box(3e5, 3e6, 4e5, 4e6)], crs=4326)
    options = {"crs": 4326} if as_given is gpd.GeoSeries else {}
    given = points(QUETTA, MACH, uncertainty_m=[5_000.0] * 2)
    given["footprint"] = as_given(wide, **options)
    for verb in (geosec.assign_boundaries, geosec.incident_map):
        with pytest.raises(CRSError, match="on no globe"):
            verb(given)
