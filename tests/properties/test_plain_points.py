"""A GeoDataFrame of points goes into every verb as it is, and its rows come back as they were."""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import LineString, Point

import geosec
from geosec.errors import GeosecError, SchemaError
from geosec.report.tables import count_placements
from geosec.storage.provenance import STEPS

COUNT = 500
VERBS = {
    "assign_boundaries": geosec.assign_boundaries,
    "locate_on_rail": geosec.locate_on_rail,
    "within": lambda table: geosec.within(table, list_stations(), distance_m=20_000),
}
INDEXES = {
    "count": pd.RangeIndex(COUNT),
    "range": pd.RangeIndex(10, 10 + 3 * COUNT, 3, name="row"),
    "integers": pd.Index(np.random.default_rng(1).permutation(COUNT) + 1001),
    "small integers": pd.Index(np.arange(COUNT), dtype="int16", name="fix"),
    "texts": pd.Index([f"PK-{number:04}" for number in range(COUNT)], name="event_id_cnty"),
    "objects": pd.Index([1, "a", 2.5, None] * (COUNT // 4), dtype="object"),
    "days": pd.date_range("2024-01-01", periods=COUNT, freq="D", name="day"),
    "times": pd.date_range("2024-01-01", periods=COUNT, freq="h", tz="Asia/Karachi"),
    "numbers": pd.Index(np.arange(COUNT) / 2),
    "2^53 and beyond": pd.Index(2**53 + np.arange(COUNT)),
    "twice the same": pd.Index([7, 7] * (COUNT // 2)),
}


@cache
def list_stations():
    """Targets of the verbs."""
    return geosec.load_rail_stations()


@cache
def scatter():
    """Points over Pakistan and beyond its borders."""
    numbers = np.random.default_rng(0)
    lon, lat = numbers.uniform(60.5, 77.5, COUNT), numbers.uniform(23.5, 37.2, COUNT)
    return gpd.GeoDataFrame({"fix": range(COUNT)}, geometry=gpd.points_from_xy(lon, lat), crs=4326)


@pytest.fixture
def fixes():
    return scatter().copy()


@pytest.mark.parametrize("level", ["adm1", "adm2"])
@pytest.mark.parametrize("options", [{}, {"draws": 0}, {"layer_accuracy": False}])
def test_districts_of_exact_points_are_those_of_a_spatial_join(fixes, level, options):
    fixes.index = INDEXES["integers"]
    units = geosec.load_boundaries(level)[["geometry"]].rename_axis("code").reset_index()
    joined = gpd.sjoin(fixes, units, how="left")["code"]
    found = geosec.assign_boundaries(fixes, **options)
    assert 100 < joined.isna().sum() < 450
    pd.testing.assert_series_equal(
        found[f"{level}_code"], joined, check_names=False, check_dtype=False
    )


@pytest.mark.parametrize("draws", [0, 199])
def test_points_a_metre_from_a_border_are_on_their_side(draws):
    units = geosec.load_boundaries("adm2")
    borders = geosec.load_borders("adm2").geometry.to_numpy()
    inner = gpd.GeoSeries(shapely.line_interpolate_point(borders, 0.5, normalized=True), crs=4326)
    shifts = [inner.translate(1e-5 * dx, 1e-5 * dy) for dx, dy in ((1, 0), (-1, 0), (0, 1))]
    near = gpd.GeoDataFrame(geometry=pd.concat(shifts, ignore_index=True), crs=4326)
    codes = units[["geometry"]].rename_axis("code").reset_index()
    joined = gpd.sjoin(near, codes, how="left")["code"]
    assert joined.index.is_unique
    found = geosec.assign_boundaries(near, draws=draws)
    assert (found["adm2_code"].fillna("") == joined.fillna("")).all()
    if draws:
        assert found["adm2_prob"].between(0.2, 0.8).mean() > 0.9


@pytest.mark.parametrize("name", INDEXES)
@pytest.mark.parametrize("verb", VERBS)
def test_rows_come_back_under_their_own_labels(fixes, verb, name):
    fixes.index = INDEXES[name]
    found = VERBS[verb](fixes)
    pd.testing.assert_index_equal(found.index, fixes.index, exact=True)


@pytest.mark.parametrize("name", sorted(INDEXES.keys() - {"twice the same", "objects"}))
def test_what_comes_back_joins_with_what_went_in(fixes, name):
    fixes.index = INDEXES[name]
    plain = fixes.drop(columns="geometry")
    joined = plain.join(geosec.locate_on_rail(fixes)[["rail_offset_m"]])
    assert joined["rail_offset_m"].notna().sum() == COUNT
    near = geosec.nearest(fixes, list_stations())
    merged = plain.merge(near, left_index=True, right_on="incident_id")
    assert len(merged) >= COUNT
    assert set(merged["fix"]) == set(range(COUNT))


@pytest.mark.parametrize("verb", [*VERBS.values(), geosec.sample, geosec.incident_map])
def test_an_index_of_several_levels_is_refused(fixes, verb):
    fixes.index = pd.MultiIndex.from_product([range(COUNT // 5), range(5)])
    with pytest.raises(SchemaError, match="index has 2 levels"):
        verb(fixes)


def test_names_of_several_levels_are_refused(fixes):
    fixes.columns = pd.MultiIndex.from_tuples([("a", "fix"), ("a", "geometry")])
    with pytest.raises(GeosecError):
        geosec.assign_boundaries(fixes)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("crs", [32642, 3857, 4326])
def test_points_in_any_crs_under_any_name_have_the_same_answers(fixes, verb, crs):
    other = fixes.to_crs(crs).rename_geometry("the_geom")
    before = other.copy(deep=True)
    found, plain = VERBS[verb](other), VERBS[verb](fixes)
    drop = {"columns": ["the_geom", "geometry"], "errors": "ignore"}
    pd.testing.assert_frame_equal(
        pd.DataFrame(found).drop(**drop), pd.DataFrame(plain).drop(**drop), atol=1e-3
    )
    pd.testing.assert_frame_equal(other, before)
    assert other.crs == before.crs
    if verb != "within":
        assert found.active_geometry_name == "the_geom"
        assert found.crs == "EPSG:4326"
        assert "geometry" not in found


@pytest.mark.parametrize("verb", VERBS)
def test_empty_and_missing_points_stay_missing(verb):
    few = gpd.GeoDataFrame(geometry=[Point(67, 30.2), None, Point()], crs=4326, index=[3, 1, 2])
    found = VERBS[verb](few)
    added = [name for name in found.columns if name != "geometry"]
    assert found.loc[[1, 2], added].isna().all(axis=None)
    assert found.loc[3, added].notna().any()
    assert len(VERBS[verb](few.iloc[:0])) == 0
    assert np.isnan(geosec.sample(few, 3)[1:]).all()


def test_what_is_assumed_of_points_is_not_written_into_them(fixes):
    found = geosec.locate_on_rail(geosec.assign_boundaries(fixes))
    assert not {"uncertainty_m", "footprint", "match_status"} & set(found.columns)
    assert found["fix"].tolist() == list(range(COUNT))
    exact = geosec.with_uncertainty(fixes, 0)
    again = geosec.locate_on_rail(geosec.assign_boundaries(exact))
    pd.testing.assert_frame_equal(
        pd.DataFrame(again.drop(columns=["geometry", "uncertainty_m"])),
        pd.DataFrame(found.drop(columns="geometry")),
    )


def test_exact_points_are_drawn_where_they_are(fixes):
    drawn = geosec.sample(fixes, 5)
    assert drawn[:, :, 0] == pytest.approx(np.repeat(fixes.geometry.x.to_numpy()[:, None], 5, 1))


def own_notes(table):
    """List the notes that a user put on a table, without what verbs note of themselves."""
    return {name: note for name, note in table.attrs.items() if name != STEPS}


@pytest.mark.parametrize("verb", VERBS)
def test_notes_on_the_table_stay(fixes, verb):
    fixes.attrs = {"source": "a survey", "terms": ["credit"]}
    found = VERBS[verb](fixes)
    assert own_notes(found) == {"source": "a survey", "terms": ["credit"]}
    found.attrs["terms"].append("mine")
    assert fixes.attrs["terms"] == ["credit"]


def test_notes_stay_also_through_phrases_and_long_tables():
    phrases = pd.DataFrame({"location": ["Mach", "Sibi"]})
    phrases.attrs["source"] = "a survey"
    located = geosec.geocode(phrases)
    assert own_notes(located) == {"source": "a survey"}
    assert own_notes(geosec.nearest(located, list_stations())) == {"source": "a survey"}
    assert own_notes(geosec.with_uncertainty(located, 50)) == {"source": "a survey"}


DRAWN = ("adm1_prob", "adm2_prob", "rail_prob", "rail_km_low", "rail_km_high")
LOOKED_UP = ("adm1_code", "adm2_code", "rail_line", "rail_km", "rail_offset_m")


@pytest.mark.parametrize(
    "phrase", ["Mach town", "Kech district", "ML-3, km 268", "Mach and Kolpur"]
)
def test_without_draws_nothing_is_said_of_probability(phrase):
    located = geosec.geocode([phrase], admin1="Balochistan")
    found = geosec.locate_on_rail(geosec.assign_boundaries(located, draws=0), draws=0)
    point = geosec.locate_on_rail(geosec.assign_boundaries(located[["geometry"]]))
    assert found[list(DRAWN)].isna().all(axis=None)
    assert found["adm2_code"].equals(point["adm2_code"])
    assert found["rail_offset_m"].notna().all()
    near = geosec.nearest(located, list_stations(), draws=0).iloc[0]
    assert np.isnan([near["distance_low_m"], near["distance_high_m"]]).all()
    assert near["distance_m"] >= 0
    hit = geosec.within(located, list_stations(), distance_m=500_000, draws=0).iloc[0]
    assert np.isnan([hit["probability"], hit["probability_se"]]).all()
    assert hit["distance_m"] == near["distance_m"]


def test_without_draws_districts_of_a_day_are_looked_up_too(located):
    found = geosec.assign_boundaries(located, on="incident", draws=0)
    assert found["adm2_prob"].isna().all()
    assert found["adm2_code"].notna().sum() >= located["adm2_code"].notna().sum() - 3


def test_a_map_of_best_points_alone_says_a_kilometre():
    located = geosec.locate_on_rail(geosec.geocode(["Mach town"], admin1="Balochistan"), draws=0)
    head = geosec.incident_map(located).payload.head
    lines = next(column["values"] for column in head["columns"] if column["name"] == "rail_line")
    assert lines == ["ML-3"]
    planes = {plane["name"]: plane for plane in head["planes"]}
    assert planes["rail_km"]["count"] == 1
    assert not planes["rail_km"].get("gaps")
    assert "rail_km_low" not in planes  # the page tells the kilometre alone


def test_an_own_table_is_drawn_counted_and_written(fixes, tmp_path):
    fixes.index = INDEXES["integers"]
    page = geosec.incident_map(fixes).get_root().render()
    assert f"{COUNT} of {COUNT} incidents placed" in page
    assert "At this point, which is given as exact." in page
    counts = count_placements(geosec.assign_boundaries(fixes))
    assert counts["matched"].sum() == counts["incidents"].sum() == COUNT
    for ending in ("csv", "xlsx", "gpkg", "geojson", "parquet"):
        path = geosec.write_table(fixes, tmp_path / f"fixes.{ending}")
        back = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": gpd.read_parquet}.get(
            ending, gpd.read_file
        )(path)
        ids = back.index if ending == "parquet" else back["incident_id"]
        assert ids.tolist() == fixes.index.tolist()
        assert back["fix"].tolist() == list(range(COUNT))


def test_two_rows_of_one_identifier_are_both_on_the_map():
    twins = gpd.GeoDataFrame(geometry=[Point(67, 30), None], crs=4326, index=["a", "a"])
    page = geosec.incident_map(twins).get_root().render()
    assert "1 of 2 incidents placed" in page


@pytest.mark.parametrize("crs", [4326, 32642])
def test_series_of_shapes_are_targets(fixes, crs):
    layer = list_stations().geometry.to_crs(crs)
    table = list_stations()[["geometry"]]
    few = fixes.iloc[:20]
    pd.testing.assert_frame_equal(
        geosec.nearest(few, layer, k=2), geosec.nearest(few, table, k=2), atol=1e-3
    )
    pd.testing.assert_frame_equal(
        geosec.within(few, layer, distance_m=9_000),
        geosec.within(few, table, distance_m=9_000),
        atol=1e-3,
    )
    assert "target_name" not in geosec.nearest(few, layer)


def test_targets_keep_the_type_of_their_identifiers(fixes):
    layer = gpd.GeoSeries(
        [LineString([(66, 29), (68, 31)]), Point(70, 30)], index=[11, 12], crs=4326
    )
    found = geosec.nearest(fixes.iloc[:5], layer)
    assert found["target_id"].dtype == "int64"
    assert set(found["target_id"]) <= {11, 12}


def test_large_identifiers_of_targets_stay_themselves_beside_a_gap():
    layer = gpd.GeoSeries([Point(70, 30)], index=[2**53 + 1], crs=4326)
    rows = gpd.GeoDataFrame(geometry=[Point(67, 30), None], crs=4326)
    found = geosec.within(rows, layer, distance_m=1)["target_id"]
    assert found.iloc[0] == 2**53 + 1
    assert found.isna().tolist() == [False, True]
    assert geosec.within(rows.iloc[:1], layer, distance_m=1)["target_id"].dtype == "int64"


LATER = ("adm1_name", "adm2_prob", "rail_line", "rail_km")


def test_geocoding_again_drops_what_was_said_of_the_places_before():
    once = geosec.geocode(pd.DataFrame({"location": ["Mach", "Sibi"], "note": ["a", "b"]}))
    full = geosec.locate_on_rail(geosec.assign_boundaries(once, on="2015-06-01"))
    assert set(LATER) | {"adm2_vintage"} <= set(full.columns)
    again = geosec.geocode(full.assign(location=["Gwadar", "Turbat"]))
    assert not {*LATER, "adm2_vintage"} & set(again.columns)
    assert again["note"].tolist() == ["a", "b"]
    assert again.index.equals(once.index)
    assert set(LATER) <= set(full.columns)


def test_a_table_that_was_never_geocoded_keeps_columns_of_those_names():
    given = pd.DataFrame({"location": ["Mach"], "adm1_name": ["as the source says"]}, index=[7])
    found = geosec.geocode(given)
    assert found["adm1_name"].tolist() == ["as the source says"]
    assert found.index.tolist() == [7]
