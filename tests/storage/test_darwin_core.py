"""The terms of Darwin Core, and a circle that holds all of each place."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from pyproj import Geod

import geosec
from geosec import ParameterError, SchemaError
from geosec.storage.darwin_core import write_terms

GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def terms(mixed):
    return write_terms(mixed)


def test_a_row_has_the_terms_that_a_place_needs(located, tmp_path):
    path = geosec.write_table(located, tmp_path / "table.csv", profile="darwin-core")
    table = pd.read_csv(path)
    assert table["eventID"].tolist() == located.index.tolist()
    assert table["decimalLongitude"].to_numpy() == pytest.approx(
        located.geometry.x.to_numpy(), abs=1e-6, nan_ok=True
    )
    assert (table["geodeticDatum"].isna() == table["decimalLatitude"].isna()).all()
    assert table["eventDate"].iloc[0] == "2013-10-21"
    first = json.loads(table["dynamicProperties"].iloc[0])
    assert first["fatalities"] == located["fatalities"].iloc[0]
    assert geosec.describe_file(path)["rows"] == len(located)


def test_the_circle_is_whole_and_never_0(terms):
    metres = terms["coordinateUncertaintyInMeters"].dropna()
    assert (metres >= 1).all()
    assert metres.dtype == "Int64"


def test_the_circle_holds_all_of_a_footprint(mixed, terms):
    for row in np.flatnonzero(mixed["footprint"].notna()):
        point = mixed.geometry.iloc[row]
        lon, lat = shapely.get_coordinates(mixed["footprint"].iloc[row]).T
        far = GEOD.inv(np.full(len(lon), point.x), np.full(len(lon), point.y), lon, lat)[2].max()
        assert terms["coordinateUncertaintyInMeters"].iloc[row] >= far


def test_the_circle_holds_all_of_a_disc(mixed, terms):
    discs = (mixed["footprint"].isna() & mixed.geometry.notna()).to_numpy()
    wider = terms["coordinateUncertaintyInMeters"].to_numpy("float64")[discs]
    assert wider == pytest.approx(mixed["uncertainty_m"][discs] / 0.95**0.5, abs=1)


@pytest.mark.parametrize(
    ("precision", "written"),
    [
        ("day", "2025-03-01"),
        ("week", "2025-03-01/2025-03-07"),
        ("month", "2025-03"),
        ("year", "2025"),
        (None, "2025-03-01"),
    ],
)
def test_dates_are_no_more_precise_than_is_known(points_at, precision, written):
    table = points_at(67, 30).assign(date=pd.Timestamp("2025-03-01"), date_precision=precision)
    assert write_terms(table)["eventDate"].tolist() == [written]


def test_exact_points_have_no_circle_and_rows_without_a_place_no_datum(points_at):
    table = pd.concat([points_at(67, 30), points_at(67, 30).set_geometry([None], crs=4326)])
    terms = write_terms(table)
    assert terms["coordinateUncertaintyInMeters"].isna().all()
    assert terms["geodeticDatum"].isna().tolist() == [False, True]
    bare = write_terms(gpd.GeoDataFrame(geometry=gpd.points_from_xy([67], [30], crs=4326)))
    assert bare["decimalLatitude"].tolist() == [30]


def test_credit_and_terms_of_the_source_stand_in_every_row(points_at):
    table = points_at([67, 68], [30, 30])
    table.attrs = {"source_credit": "ACLED", "source_terms": "not to be passed on"}
    terms = write_terms(table)
    assert set(terms["bibliographicCitation"]) == {"ACLED"}
    assert set(terms["accessRights"]) == {"not to be passed on"}


def test_a_profile_that_is_none_or_for_other_files_is_told(located, tmp_path):
    with pytest.raises(SchemaError, match="the table has no points"):
        geosec.write_table(pd.DataFrame({"a": [1]}), tmp_path / "t.csv", profile="darwin-core")
    with pytest.raises(ParameterError, match="there is none such; did you mean 'darwin-core'"):
        geosec.write_table(located, tmp_path / "t.csv", profile="darwincore")
    for place in (tmp_path / "t.parquet", "postgresql://host/base/table"):
        with pytest.raises(ParameterError, match=r"'hxl' is for \.csv and \.xlsx"):
            geosec.write_table(located, place, profile="hxl")
