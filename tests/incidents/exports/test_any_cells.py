"""Whatever stands in its cells, an export is read row by row or refused with a reason."""

from __future__ import annotations

import warnings

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import geosec
from tests.incidents.exports.synthetic import make_acled, make_gtd, make_ucdp

ODD = (
    *("", " ", "0", "-9", "-99", "1", "2.5", "1e400", "nan", "None", "unknown", "2023-01-05"),
    *("0000-00-00", "05-13-2023", "31 February 2020", "99999999999999999999", "dozens", "#date"),
    *("POINT (0 0)", "\u0661\u0662", "\ud800", "x" * 300, None, 3, 2.5, True, float("inf")),
)
MAKERS = {"acled": make_acled, "ucdp": make_ucdp, "gtd": make_gtd}
EXPORTS = {kind: make(3) for kind, make in MAKERS.items()}


@pytest.mark.parametrize("kind", MAKERS)
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rows_in_are_rows_out_whatever_their_cells(kind, data):
    table = EXPORTS[kind].astype("object")
    names = data.draw(st.lists(st.sampled_from(list(table.columns)), min_size=1, max_size=8))
    for name in names:
        table[name] = pd.Series(
            [data.draw(st.sampled_from(ODD)) for _ in table.index], dtype=object
        )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", geosec.GeosecWarning)
        incidents, rejected = geosec.read_incidents(table, kind=kind)
        geosec.describe_columns(table)
    assert len(incidents) + len(rejected) in {len(table), len(table) - 1}  # a row may be a header
    assert (incidents["date_from"] <= incidents["date_to"]).all()
    assert rejected["reason"].str.len().gt(0).all()


@pytest.mark.parametrize("kind", MAKERS)
@given(data=st.data())
@settings(max_examples=40, deadline=None)
def test_a_part_of_the_columns_is_read_or_refused_by_name(kind, data):
    names = list(EXPORTS[kind].columns)
    kept = data.draw(st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=12))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", geosec.GeosecWarning)
        try:
            incidents, rejected = geosec.read_incidents(EXPORTS[kind][kept], kind=kind)
        except geosec.SchemaError as error:
            assert "incidents need a date" in str(error)  # noqa: PT017 - reading it is fine too
            return
    assert len(incidents) + len(rejected) == len(EXPORTS[kind])
