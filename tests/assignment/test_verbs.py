from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

import geosec
from geosec import CRSError, ParameterError, SchemaError


def test_a_district_is_itself_for_certain():
    located = geosec.assign_boundaries(geosec.geocode(["Kech district"], admin1="Balochistan"))
    assert located["adm2_name"].item() == "Kech"
    assert located["adm2_prob"].item() == pytest.approx(1, abs=0.005)


def test_a_disc_on_a_border_is_shared(disc_row):
    units = geosec.load_boundaries("adm1").geometry
    middle = units["PK-BA"].intersection(units["PK-SD"]).interpolate(0.5, normalized=True)
    located = geosec.assign_boundaries(disc_row(middle.x, middle.y, 5_000), draws=999)
    assert located["adm1_name"].item() in {"Balochistan", "Sindh"}
    assert located["adm1_prob"].item() == pytest.approx(0.5, abs=0.15)


def test_draws_at_sea_count_against_a_district(disc_row):
    located = geosec.assign_boundaries(disc_row(62.33, 25.15, 20_000))
    assert located["adm2_name"].item() == "Gwadar"
    assert 0.2 < located["adm2_prob"].item() < 0.9


def test_a_place_in_no_unit_has_no_name_and_no_probability(disc_row):
    with pytest.warns(geosec.GeosecWarning, match="of 1 places, 1 lie in no unit of Pakistan"):
        located = geosec.assign_boundaries(disc_row(60.0, 10.0, 1_000))
    assert located[["adm1_name", "adm1_prob", "adm2_name", "adm2_prob"]].isna().all(axis=None)


def test_one_level_may_be_asked_alone():
    located = geosec.assign_boundaries(geosec.geocode(["Quetta"]), levels=("adm1",))
    assert located["adm1_name"].item() == "Balochistan"
    assert located["adm2_name"].isna().all()


def test_an_unknown_level_is_refused():
    with pytest.raises(ParameterError, match="'adm3' is none; did you mean"):
        geosec.assign_boundaries(geosec.geocode(["Quetta"]), levels=("adm3",))


@pytest.mark.parametrize("verb", [geosec.assign_boundaries, geosec.locate_on_rail])
def test_verbs_keep_the_index_and_change_no_input(verb, incidents):
    table = geosec.geocode(incidents)
    before = table.copy()
    done = verb(table, draws=9)
    pd.testing.assert_frame_equal(pd.DataFrame(table), pd.DataFrame(before))
    assert done.index.equals(table.index)
    assert isinstance(done, gpd.GeoDataFrame)


@pytest.mark.parametrize("verb", [geosec.assign_boundaries, geosec.locate_on_rail])
def test_a_table_that_is_not_geocoded_is_refused(verb, incidents):
    with pytest.raises(SchemaError, match=r"Run `geosec\.geocode` on it first"):
        verb(incidents)


def test_a_town_on_the_line_has_a_kilometre_and_an_interval():
    row = geosec.locate_on_rail(geosec.geocode(["Mach"], admin1="Balochistan")).iloc[0]
    assert row["rail_line"] == "ML-3"
    assert row["rail_km_low"] < row["rail_km"] < row["rail_km_high"]
    assert row["rail_prob"] == 1
    assert row["rail_offset_m"] < 1_000


def test_a_place_far_from_any_line_has_no_kilometre():
    row = geosec.locate_on_rail(geosec.geocode(["Gwadar"], admin1="Balochistan")).iloc[0]
    assert pd.isna(row["rail_km"])
    assert pd.isna(row["rail_prev_station"])
    assert row["rail_prob"] == 0
    assert row["rail_offset_m"] > 200_000


def test_a_row_without_a_place_has_nothing_of_the_railway():
    located = geosec.locate_on_rail(geosec.geocode(["Jaffar Express"]))
    assert located[["rail_line", "rail_km", "rail_prob"]].isna().all(axis=None)


def test_where_lines_share_a_track_the_phrase_decides_or_else_published_posts():
    phrases = ["between Sultankot and Abad stations", "Sultankot railway station"]
    located = geosec.locate_on_rail(geosec.geocode(phrases, admin1="Sindh"))
    assert located["rail_line"].tolist() == ["ML-3", "ML-3"]


def test_dismantled_track_has_no_kilometres():
    row = geosec.locate_on_rail(geosec.geocode(["Zhob"], admin1="Balochistan")).iloc[0]
    assert row["rail_line"] != "BOSTAN-ZHOB"


def test_a_negative_offset_is_refused():
    with pytest.raises(ParameterError, match="`max_offset_m` must be 0 m or more, and is -1"):
        geosec.locate_on_rail(geosec.geocode(["Mach"]), max_offset_m=-1)


@pytest.mark.parametrize("verb", [geosec.assign_boundaries, geosec.locate_on_rail])
def test_a_table_in_another_crs_comes_back_as_the_same_table_in_degrees(verb):
    located = geosec.geocode(["Mach town", "Kech district"], admin1="Balochistan")
    plain, projected = verb(located), verb(located.to_crs(32642))
    assert projected.crs == "EPSG:4326"
    geometries = ["geometry", "footprint"]
    pd.testing.assert_frame_equal(
        *(pd.DataFrame(each.drop(columns=geometries)) for each in (plain, projected)), atol=1e-5
    )
    assert projected.geometry.geom_equals_exact(plain.geometry, 1e-6).all()


@pytest.mark.parametrize("verb", [geosec.assign_boundaries, geosec.locate_on_rail])
@pytest.mark.parametrize("phrase", ["Mach town", "Gwadar", "Jaffar Express"])
def test_fewer_draws_than_none_are_refused(verb, phrase):
    with pytest.raises(ParameterError, match="`draws` must be 0 or more, and is -1"):
        verb(geosec.geocode([phrase]), draws=-1)


@pytest.mark.parametrize("verb", [geosec.assign_boundaries, geosec.locate_on_rail])
def test_a_table_without_a_crs_is_refused(verb):
    with pytest.raises(CRSError, match="`located` has no CRS"):
        verb(geosec.geocode(["Mach town"]).set_crs(None, allow_override=True))
