"""Whole exports in one line each: nothing of them is lost, and all of it is put to use."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

import geosec
from geosec.incidents.exports.terms import SOURCE_CREDIT, SOURCE_KIND, SOURCE_NOTICES
from tests.incidents.exports.synthetic import make_acled, make_gtd, make_ucdp

MAKERS = {"acled": make_acled, "ucdp": make_ucdp, "gtd": make_gtd}
CODES = {"acled": "geo_precision", "ucdp": "where_prec", "gtd": "specificity"}


@pytest.fixture(scope="module", params=MAKERS)
def export(request, tmp_path_factory):
    """Give the kind, the table that was written, and what is read of its file."""
    given = MAKERS[request.param]()
    path = tmp_path_factory.mktemp("exports") / f"{request.param}.csv"
    given.to_csv(path, index=False, encoding="utf-8-sig")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return request.param, given, *geosec.read_incidents(path)


def normalise(column):
    """Write numbers in one way, and what is missing as an empty text."""
    number = pd.to_numeric(column, errors="coerce")
    if number.notna().all():
        return number.astype("float64").tolist()
    return column.astype("object").where(column.notna(), "").astype("str").str.strip().tolist()


def test_every_cell_of_the_export_is_kept(export):
    kind, given, incidents, rejected = export
    assert (len(incidents), len(rejected)) == (2_000, 0)
    for name in given.columns:
        kept = f"gtd_{name}" if (kind, name) == ("gtd", "location") else name
        if name == "vicinity":  # -9 is not known
            assert normalise(incidents[name].fillna(-9)) == normalise(given[name])
        else:
            assert normalise(incidents[kept]) == normalise(given[name]), name


def test_ids_codes_and_kind_are_put_to_use(export):
    kind, given, incidents, _ = export
    assert incidents.index.tolist() == given.iloc[:, 0].tolist()
    assert incidents["precision_code"].tolist() == given[CODES[kind]].astype(int).tolist()
    assert set(incidents["precision_scheme"]) == {kind}
    assert incidents.attrs[SOURCE_KIND] == kind
    assert 'kind="plain"' in incidents.attrs[SOURCE_NOTICES][0]


def test_dates_lie_in_their_span(export):
    _, _, incidents, _ = export
    assert incidents["date"].notna().all()
    assert (incidents["date_from"] <= incidents["date_to"]).all()
    assert incidents["date"].between(incidents["date_from"], incidents["date_to"]).all()
    longest = (incidents["date_to"] - incidents["date_from"]).dt.days
    limits = incidents["date_precision"].map({"day": 0, "week": 7, "month": 31, "year": 366})
    assert (longest <= limits).all()


def test_one_line_locates_them_and_their_credit_travels(export, tmp_path):
    _, _, incidents, _ = export
    located = geosec.geocode(incidents)
    assert located["match_status"].isin(["matched", "ambiguous"]).mean() > 0.99
    coded = located[located["latitude"].notna() & located["precision_code"].eq(1)]
    assert (coded["match_rule"] == "coordinates").all()
    assert (coded.geometry.x - coded["longitude"]).abs().max() < 1e-9
    assert located.attrs[SOURCE_CREDIT]
    again, rejected = geosec.read_incidents(geosec.write_table(located, tmp_path / "own.parquet"))
    assert (len(again), len(rejected)) == (2_000, 0)
    assert again["date_to"].tolist() == incidents["date_to"].tolist()


def test_an_export_read_by_its_names_alone_says_what_is_not_used():
    table = make_acled(5).rename(columns={"event_date": "date"})
    with pytest.warns(geosec.GeosecWarning, match="'geo_precision' looks like a code.*acled"):
        incidents, _ = geosec.read_incidents(table, kind="plain")
    assert incidents.attrs == {SOURCE_KIND: "plain"}
    assert incidents.index[0] == "row-1"


def test_a_code_without_its_book_is_an_error_that_says_how_to_name_it():
    table = pd.DataFrame({"date": ["2025"], "location": ["Mach"], "precision_code": [2]})
    with pytest.raises(geosec.SchemaError, match='say kind="acled", "ucdp" or "gtd"'):
        geosec.read_incidents(table)
    incidents, _ = geosec.read_incidents(table, kind="ucdp")
    assert incidents[["precision_code", "precision_scheme"]].iloc[0].tolist() == [2, "ucdp"]


@pytest.mark.parametrize("name", ["own.csv", "own.gpkg", "own.geojson", "own.parquet"])
def test_what_was_written_still_says_whose_it_is(tmp_path, name):
    located = geosec.geocode(geosec.read_incidents(make_ucdp(20))[0])
    again, rejected = geosec.read_incidents(geosec.write_table(located, tmp_path / name))
    assert (len(again), len(rejected)) == (20, 0)
    assert again.attrs[SOURCE_KIND] == "ucdp"
    assert again.attrs[SOURCE_CREDIT] == located.attrs[SOURCE_CREDIT]
    assert SOURCE_NOTICES not in again.attrs
    assert again[["date_from", "date_to"]].equals(located[["date_from", "date_to"]])


def test_a_table_read_again_says_it_too():
    incidents, _ = geosec.read_incidents(make_gtd(5))
    assert geosec.read_incidents(incidents)[0].attrs[SOURCE_KIND] == "gtd"
    assert geosec.read_incidents(geosec.geocode(incidents))[0].attrs[SOURCE_KIND] == "gtd"


def test_identifiers_that_were_read_as_floats_are_kept_whole():
    table = make_ucdp(3).astype({"id": "float64"})
    incidents, _ = geosec.read_incidents(table)
    assert incidents["id"].tolist() == [400000, 400001, 400002]
    assert incidents.index.tolist() == ["400000", "400001", "400002"]


def test_a_row_with_a_code_and_no_code_book_is_rejected():
    table = pd.DataFrame(
        {
            "date": ["2025", "2025"],
            "location": ["Mach", "Sibi"],
            "precision_code": [2, 2],
            "precision_scheme": ["ucdp", None],
        }
    )
    incidents, rejected = geosec.read_incidents(table)
    assert incidents["location"].tolist() == ["Mach"]
    assert rejected["reason"].item() == (
        "precision_code 2 has no precision_scheme beside it, which is one of acled, gtd, ucdp"
    )
