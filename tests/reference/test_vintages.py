"""The districts of a day: which there were, that they are a coverage, and how they were made."""

from __future__ import annotations

from datetime import UTC, date, datetime

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import geosec
from boundaries.build.vintages import name_holders, tell_vintages
from geosec.errors import ParameterError

DAYS = {
    "2010-06-01": 138,
    "2012-01-01": 138 + 1 + 4,  # Torghar, and five for Karachi
    "2015-06-01": 143 + 4 + 1 + 3,  # Sujawal and three more, two Kohistans, Gilgit-Baltistan
    "2018-06-01": 151 + 3 + 1 - 1,  # Duki, Surab, Kolai-Palas, two Chitrals, Lehri no more
    "2022-10-01": 154 + 4 + 1,  # Darel and three more, Chaman
}


@pytest.mark.parametrize("day", DAYS)
def test_the_districts_of_a_day_are_a_coverage_of_the_country(day):
    layer = geosec.load_boundaries(on=day)
    assert layer.index.is_unique
    assert layer.is_valid.all()
    assert shapely.coverage_is_valid(layer.geometry.to_numpy())
    whole = shapely.coverage_union_all(layer.geometry.to_numpy())
    country = geosec.load_boundaries("adm0").geometry.item()
    assert shapely.symmetric_difference(whole, country).area == 0


@pytest.mark.parametrize("day", DAYS)
def test_there_are_as_many_as_there_were(day):
    assert len(geosec.load_boundaries(on=day)) == DAYS[day]


@pytest.mark.parametrize(
    ("code", "first", "then"),
    [
        ("PK-SD-sujawal", "2012-12-31", "2013-01-01"),
        ("PK-BA-surab", "2016-12-31", "2017-01-01"),
        ("PK-BA-chaman", "2020-12-31", "2021-01-01"),
        ("PK-KP-upper-chitral", "2017-12-31", "2018-01-01"),
        ("PK-SD-korangi", "2012-12-31", "2013-01-01"),
    ],
)
def test_a_new_district_is_there_from_its_year_on(code, first, then):
    assert code not in geosec.load_boundaries(on=first).index
    assert code in geosec.load_boundaries(on=then).index


def test_a_district_that_lost_ground_keeps_its_code():
    before, after = (geosec.load_boundaries(on=f"{year}-06-01") for year in (2012, 2014))
    lost = before.geometry["PK-SD-thatta"].difference(after.geometry["PK-SD-sujawal"])
    assert shapely.symmetric_difference(lost, after.geometry["PK-SD-thatta"]).area < 1e-9
    assert before.loc["PK-SD-thatta", "valid_to"] == after.loc["PK-SD-thatta", "valid_from"]
    assert after.loc["PK-SD-thatta", "adm2_pcode"] == "PK727"


@pytest.mark.parametrize(
    ("gone", "heirs"),
    [
        ("PK-KP-chitral", {"PK-KP-lower-chitral", "PK-KP-upper-chitral"}),
        ("PK-GB-hunza-nagar", {"PK-GB-hunza", "PK-GB-nagar"}),
    ],
)
def test_a_district_that_was_divided_whole_is_gone(gone, heirs):
    last = geosec.load_boundaries(on="2022-09-09")
    assert gone not in last.index
    assert heirs == set(last.index[last["parent_code"] == gone])


def test_lehri_was_a_district_for_five_years():
    held = [
        "PK-BA-lehri" in geosec.load_boundaries(on=f"{year}-01-01").index
        for year in (2012, 2013, 2017, 2018, 2022)
    ]
    assert held == [False, True, True, False, False]


def test_kolai_palas_was_lower_kohistans_before():
    layer = geosec.load_boundaries(on="2016-01-01")
    assert "PK517" in layer.loc["PK-KP-lower-kohistan", "adm2_pcode"].split(";")


def test_every_unit_says_which_district_of_2018_it_is_of():
    layer, now = geosec.load_boundaries(on="2022-01-01"), geosec.load_boundaries()
    assert set(layer["parent_code"]) == set(now.index)
    for code, parts in layer.groupby("parent_code"):
        whole = shapely.coverage_union_all(parts.geometry.to_numpy())
        assert shapely.symmetric_difference(whole, now.geometry[code]).area < 1e-9


def test_a_unit_has_its_names_province_and_accuracy():
    row = geosec.load_boundaries(on="2022-01-01").loc["PK-SD-karachi-east"]
    assert row["adm2_name"] == "Karachi East"
    assert (row["adm1_name"], row["adm1_pcode"]) == ("Sindh", "PK7")
    assert row["uncertainty_m"] > 0
    assert 1_000 < row["positional_accuracy_m"] < 4_500


@pytest.mark.parametrize(
    "on", [date(2014, 3, 2), datetime(2014, 3, 2, 12, tzinfo=UTC), "2014-03-02"]
)
def test_a_day_may_be_given_as_a_date(on):
    assert "PK-BA-sohbatpur" in geosec.load_boundaries(on=on).index


@pytest.mark.parametrize("on", ["2014", "03/02/2014", "", 2014, "2014-02-30"])
def test_what_is_no_day_is_refused(on):
    with pytest.raises(ParameterError, match='`on` must be a day as "2015-06-01"'):
        geosec.load_boundaries(on=on)


def test_a_day_before_what_is_known_is_refused():
    with pytest.raises(
        ParameterError, match=r"`on` is 2009-12-31, and .* known from 2010-01-01 on"
    ):
        geosec.load_boundaries(on="2009-12-31")


@pytest.mark.parametrize("level", ["adm0", "adm1"])
def test_only_districts_have_days(level):
    with pytest.raises(ParameterError, match=f"the level is '{level}'; leave it out"):
        geosec.load_boundaries(level, on="2015-06-01")


def test_without_a_day_the_layer_is_that_of_2018():
    assert len(geosec.load_boundaries()) == 138
    assert set(geosec.load_boundaries()["valid_on"]) == {"2018"}


UNITS = pd.DataFrame(
    [
        ("P1", "old", "", "", ""),
        ("P2", "new", "2010", "", "old"),
        ("P3", "newest", "2015", "", "new"),
        ("P4", "brief", "2012", "2014", "old"),
    ],
    columns=["adm2_pcode", "unit_code", "valid_from", "valid_to", "before_code"],
)


@pytest.mark.parametrize(
    ("year", "held"),
    [
        ("", {"old": ("P1", "P2", "P3", "P4")}),
        ("2010", {"old": ("P1", "P4"), "new": ("P2", "P3")}),
        ("2012", {"old": ("P1",), "new": ("P2", "P3"), "brief": ("P4",)}),
        ("2014", {"old": ("P1", "P4"), "new": ("P2", "P3")}),
        ("2015", {"old": ("P1", "P4"), "new": ("P2",), "newest": ("P3",)}),
    ],
)
def test_a_unit_belongs_to_what_was_there_in_the_year(year, held):
    assert name_holders(UNITS, year) == held


def test_an_extent_that_comes_back_is_a_row_of_its_own(tmp_path, monkeypatch):
    table = UNITS.assign(adm1_pcode="P", adm2_code="old", unit_name=UNITS["unit_code"].str.title())
    table.to_csv(tmp_path / "units.csv", index=False)
    monkeypatch.setattr("boundaries.build.vintages.UNITS", tmp_path / "units.csv")
    units = gpd.GeoSeries(
        [shapely.box(at, 0, at + 1, 1) for at in range(4)],
        index=["P1", "P2", "P3", "P4"],
        crs="EPSG:4326",
    )
    whole = gpd.GeoDataFrame({"adm2_name": ["Old"]}, index=["old"], geometry=[units.union_all()])
    told = tell_vintages(units, whole.set_crs("EPSG:4326"))
    old = told[told["adm2_code"] == "old"]
    spans = list(zip(old["valid_from"], old["valid_to"], strict=True))
    assert spans == [
        ("", "2010-01-01"),
        ("2010-01-01", "2012-01-01"),
        ("2012-01-01", "2014-01-01"),
        ("2014-01-01", ""),
    ]
    assert old["adm2_pcode"].tolist() == ["P1;P2;P3;P4", "P1;P4", "P1", "P1;P4"]
    assert (told["parent_code"] == "old").all()
