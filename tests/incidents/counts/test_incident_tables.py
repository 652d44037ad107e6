"""Incidents are no counts: `read_counts` says who reads them."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec import SchemaError
from tests.incidents.exports.synthetic import make_acled, make_ucdp


@pytest.mark.parametrize(("make", "title"), [(make_acled, "an ACLED export"), (make_ucdp, "UCDP")])
def test_an_export_of_incidents_is_refused_with_who_reads_it(make, title):
    with pytest.raises(SchemaError, match=rf"{title}.*geosec.read_incidents"):
        geosec.read_counts(make(3))


def test_the_shipped_incidents_are_refused():
    with pytest.raises(SchemaError, match=r"a table of incidents: .*geosec.read_incidents"):
        geosec.read_counts(geosec.example_path())


def test_incidents_of_ones_own_are_refused_unless_it_is_said_that_they_are_counts():
    row = {"date": "2024-01-02", "district": "Kech", "location": "Turbat", "killed": 3}
    table = pd.DataFrame([row])
    with pytest.raises(SchemaError, match="a row is one incident"):
        geosec.read_counts(table)
    counts, _ = geosec.read_counts(table, kind="plain", every="month")
    assert counts["fatalities"].tolist() == [3]
