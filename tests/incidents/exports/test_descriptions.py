"""What each column is taken for is told before a row is read, and agrees with what is read."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest

import geosec
from geosec.incidents.exports.terms import SOURCE_KIND, SOURCE_NOTICES
from geosec.schema import INDEX
from tests.incidents.exports.synthetic import make_acled, make_gtd, make_ucdp


def tell(table, **options):
    """Give what each column is taken for, and why."""
    described = geosec.describe_columns(table, **options).set_index("column")
    return described["taken_for"].fillna("").to_dict(), described["why"].to_dict()


@pytest.mark.parametrize("make", [make_acled, make_ucdp, make_gtd])
def test_it_agrees_with_what_is_read(make):
    table = make(50)
    told, _ = tell(table)
    incidents, _ = geosec.read_incidents(table)
    reached = {ours for each in told.values() for ours in each.split(", ") if ours}
    made = {name for name in incidents.columns if incidents[name].notna().any()}
    allowed = {INDEX, "date_from", "date_to", "date_precision", "fatalities_text", "injuries_text"}
    assert made - set(table.columns) - reached <= {
        *allowed, "geometry", "precision_scheme", "gtd_location",
    }  # fmt: skip
    assert reached - made <= allowed


def test_each_reason_is_told():
    columns = ["Datum", "lat", "lon", "summary", "where_prec", "x"]
    table = pd.DataFrame([["2025", 29.9, 67.3, "s", 2, "y"]], columns=columns)
    told, why = tell(table, columns={"Datum": "date"})
    assert told == {
        "Datum": "date",
        "lat": "latitude",
        "lon": "longitude",
        "summary": "summary",
        "where_prec": "",
        "x": "",
    }
    assert [why[name] for name in columns[:4]] == [
        *("you named it", "a usual name", "a usual name", "our own name"),
    ]
    assert "looks like a code" in why["where_prec"]
    assert why["x"] == "kept as it is"


def test_three_distinct_values_are_shown_and_long_ones_cut():
    cells = ["", "a", "a", None, "b", "x" * 90, "c"]
    shown = geosec.describe_columns(pd.DataFrame({"date": cells}))["values"].item().split(" | ")
    assert shown[:2] == ["a", "b"]
    assert (len(shown), len(shown[2])) == (3, 40)


def test_what_a_table_lacks_is_told_and_not_raised():
    described = geosec.describe_columns(pd.DataFrame({"Ort": ["Mach"]}))
    assert described.attrs[SOURCE_KIND] == "plain"
    assert [notice.split("`")[1] for notice in described.attrs[SOURCE_NOTICES]] == [
        *("date", "location"),
    ]
    assert geosec.describe_columns(pd.DataFrame()).empty


def test_tags_and_a_kind_that_is_said_are_used():
    table = pd.DataFrame({"Ort": ["#loc+name", "Mach"], "Tag": ["#date", "2025"]})
    assert tell(table)[0] == {"Ort": "location", "Tag": "date"}
    assert geosec.describe_columns(table)["values"].tolist() == ["Mach", "2025"]
    with pytest.raises(geosec.ParameterError, match="names 'Art', which is not there"):
        tell(table, columns={"Art": "location"})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert tell(make_acled(2), kind="plain")[0]["event_date"] == "date"
