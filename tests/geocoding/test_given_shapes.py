"""Rows whose source gives the shape of their place."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from shapely import LineString, Point, box

import geosec
from geosec import CRSError, SchemaError

LINE, SQUARE = LineString([(67, 29), (68, 29)]), box(66, 28, 67, 29)


def table(*shapes, **columns):
    plain = {"location": [None] * len(shapes), "footprint": list(shapes), **columns}
    return pd.DataFrame(plain)


def test_a_given_shape_is_the_footprint_with_or_without_coordinates():
    given = table(LINE, SQUARE, SQUARE.wkt, latitude=[29, None, 28], longitude=[67, None, 66])
    located = geosec.geocode(given)
    assert located["match_rule"].tolist() == ["coordinates"] * 3
    assert located.geometry.tolist() == [Point(67, 29), Point(66.5, 28.5), Point(66, 28)]
    assert [each.equals(LINE) for each in located["footprint"]] == [True, False, False]
    assert located["uncertainty_m"].between(60_000, 150_000).all()
    assert located["latitude"].isna().tolist() == [False, True, False]


def test_words_and_hints_that_contradict_a_shape_are_told_and_make_it_less_probable():
    given = table(LINE, LINE, LINE, admin1=[None, "Punjab", None])
    given["location"] = [None, None, "Lahore"]
    located = geosec.geocode(given)
    assert located["match_reason"].iloc[1].startswith("it lies 138 km from Punjab, which the row")
    assert "from Lahore, which is named; the shape that" in located["match_reason"].iloc[2]
    assert located["match_score"].rank().tolist() == [3.0, 1.5, 1.5]
    assert located["footprint"].notna().all()


def test_a_code_of_precision_says_less_than_a_shape():
    located = geosec.geocode(table(LINE, precision_code=[1], precision_scheme=["acled"]))
    assert located["match_reason"].item().endswith("its precision code not used")


def test_geocoding_again_keeps_given_shapes_and_no_other_footprint():
    given = table(LINE, None, latitude=[29, 29], longitude=[67.5, 67.5])
    coded = given.assign(precision_code=[None, 3], precision_scheme=[None, "acled"])
    located = geosec.geocode(coded)
    assert located["footprint"].notna().all()
    assert_geodataframe_equal(geosec.geocode(located), located)
    bare = located.drop(columns=["precision_code", "precision_scheme"])
    again = geosec.geocode(bare)
    assert again["footprint"].notna().tolist() == [True, False]


def test_shapes_of_another_crs_are_brought_to_degrees():
    given = table(LINE)
    given["footprint"] = gpd.GeoSeries([LINE], crs=4326).to_crs(32642)
    assert geosec.geocode(given)["footprint"].iloc[0].equals_exact(LINE, 1e-6)


@pytest.mark.parametrize(
    ("shape", "error", "told"),
    [
        ("no shape", SchemaError, "`footprint` holds polygons and lines"),
        (Point(67, 29), SchemaError, "`footprint` holds polygons and lines"),
        (box(3e5, 3e6, 4e5, 4e6), CRSError, "on no globe"),
    ],
)
def test_what_is_no_shape_on_the_globe_is_refused(shape, error, told):
    with pytest.raises(error, match=told):
        geosec.geocode(table(shape))


def test_a_given_radius_is_the_radius_and_stays_so_through_files(tmp_path):
    given = pd.DataFrame(
        {
            "date": "2025-03-11",
            "location": ["", "", "", "Mach station"],
            "latitude": [29.86, 29.86, 29.86, None],
            "longitude": [67.33, 67.33, 67.33, None],
            "uncertainty_m": [50, 0, None, 70],
        }
    )
    for source in (given, given.astype({"uncertainty_m": "str"}).replace("nan", "")):
        source.to_csv(tmp_path / "given.csv", index=False)
        incidents, _ = geosec.read_incidents(tmp_path / "given.csv")
        located = geosec.geocode(incidents)
        assert located["uncertainty_m"].tolist()[:3] == [50, 0, 4873]
        assert located["match_reason"].iloc[0] == "the radius that the source gives"
        assert located["match_reason"].iloc[3].endswith("no coordinates, and was not used")
        assert_geodataframe_equal(geosec.geocode(located).iloc[:3], located.iloc[:3])
        for name in ("located.csv", "located.parquet"):
            again, _ = geosec.read_incidents(geosec.write_table(located, tmp_path / name))
            assert geosec.geocode(again)["uncertainty_m"].tolist()[:3] == [50, 0, 4873]


def test_a_given_radius_comes_before_a_code_and_goes_abroad():
    kenya = {"latitude": [-1.29], "longitude": [36.82], "location": [""], "uncertainty_m": [30]}
    coded = pd.DataFrame({**kenya, "precision_code": [1], "precision_scheme": ["acled"]})
    located = geosec.geocode(coded, anywhere=True)
    assert located["uncertainty_m"].item() == 30
    assert "its precision code not used" in located["match_reason"].item()


@pytest.mark.parametrize("radius", [-5, float("inf"), "abc", [1]])
def test_a_radius_that_is_none_is_told_and_not_used(radius):
    given = pd.DataFrame({"latitude": [29.86], "longitude": [67.33], "location": [""]})
    located = geosec.geocode(given.assign(uncertainty_m=[radius]))
    assert located["uncertainty_m"].item() == 4873
    assert "uncertainty_m" in located["match_reason"].item()
