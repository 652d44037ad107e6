"""Exports are known by their columns, in the vintages and cuts that people have of them."""

from __future__ import annotations

import pytest

from geosec.errors import ParameterError
from geosec.incidents.exports.recognition import KINDS, recognise_export
from tests.incidents.exports.headers import ACLED, ACLED_BEFORE_2023, GTD, UCDP

CUT_UCDP = ["id", "date_start", "date_prec", "where_prec", "where_coordinates", "latitude"]
SATP = ["Date", "Place", "Civilians", "Security Forces", "Terrorists", "Total"]


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        (ACLED, "acled"),
        ([name.upper() for name in ACLED_BEFORE_2023], "acled"),
        (["event_date", "latitude", "longitude", "geo_precision"], "acled"),
        (UCDP, "ucdp"),
        (CUT_UCDP, "ucdp"),
        (GTD, "gtd"),
        (["eventid", "iyear", "imonth", "iday", "city"], "gtd"),
        (SATP, "satp"),
        (["#date+occurred", "#loc+name", "#affected+killed"], "hxl"),
    ],
    ids=str,
)
def test_an_export_is_known_by_its_columns(columns, kind):
    assert recognise_export(columns).kind is KINDS[kind]


@pytest.mark.parametrize(
    "columns",
    [
        ["date", "location", "fatalities"],
        ["event_date", "event_type", "location", "notes"],
        ["id", "date", "latitude", "longitude", "precision_code", "precision_scheme"],
        ["incident_id", "date", "date_precision", *ACLED],
        ["date", "district", "killed", "civilians"],
        [],
    ],
    ids=str,
)
def test_plain_tables_and_those_geosec_wrote_are_no_export(columns):
    assert recognise_export(columns).kind is None


def test_a_row_of_tags_is_found_in_each_kind_and_is_no_incident():
    row = {"event_date": "#date + Occurred", "latitude": "#geo+lat", "longitude": None}
    found = recognise_export(list(row), [row])
    assert (found.kind, found.heads) == (KINDS["hxl"], 1)
    assert found.tags == {"event_date": "#date+occurred", "latitude": "#geo+lat"}
    both = recognise_export(["geo_precision", *row], [row])
    assert (both.kind, both.heads) == (KINDS["acled"], 1)


@pytest.mark.parametrize(
    ("latitude", "heads"),
    [("decimal degrees", 1), ("29.5", 0), ("unknown", 0), ("", 0), (29.5, 0), (None, 0)],
)
def test_a_row_that_describes_the_columns_is_no_incident(latitude, heads):
    row = {**dict.fromkeys(UCDP, "text"), "latitude": latitude, "longitude": latitude}
    assert recognise_export(UCDP, [row]).heads == heads


def test_kind_overrides_what_the_columns_tell():
    assert recognise_export(ACLED, kind="plain").kind is None
    assert recognise_export(["a"], kind="gtd").kind is KINDS["gtd"]
    with pytest.raises(ParameterError, match="no kind 'acle' of table; did you mean 'acled'"):
        recognise_export(ACLED, kind="acle")
