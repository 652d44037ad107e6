"""Cells as files and people bring them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from geosec.incidents.cells import Rejected, read_identifier, read_latitude
from geosec.incidents.clean import clean_row

GOOD = {"date": "2025-03-11", "location": "Mach"}


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("fatalities", "1,200", 1200),
        ("fatalities", "3.0", 3),
        ("injuries", "n/a", None),
        ("latitude", None, None),
        ("precision_scheme", "UCDP", "ucdp"),
        ("vicinity", "1.0", 1),
        ("vicinity", True, 1),
        ("vicinity", 0, 0),
        ("vicinity", "-9", None),
        ("vicinity", None, None),
        ("summary", "  text ", "text"),
        ("location", "Na", "Na"),
    ],
)
def test_cells_get_their_type(name, written, read):
    assert clean_row({**GOOD, name: written})[name] == read


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("fatalities", 3, 3),
        ("fatalities", 3.0, 3),
        ("fatalities", np.int64(3), 3),
        ("fatalities", " 0 ", 0),
        ("fatalities", "1,234,567", 1_234_567),
        ("fatalities", "10000000000", 10**10),
        ("fatalities", 1000.0, 1000),
        ("fatalities", "0003", 3),
        ("injuries", "unknown", None),
        ("injuries", "--", None),
        ("injuries", float("nan"), None),
        ("injuries", pd.NA, None),
        ("actor", "Unknown", "Unknown"),  # a word may be a name; only numbers know no words
        ("precision_scheme", None, None),
        ("precision_scheme", " GTD ", "gtd"),
        ("note", "\u202eevil", "\u202eevil"),
        ("note", 7, "7"),
    ],
)
def test_cells_as_files_bring_them(name, written, read):
    assert clean_row({**GOOD, name: written})[name] == read


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("fatalities", "1,20"),
        ("fatalities", "12,0000"),
        ("fatalities", "1e3"),
        ("fatalities", "+3"),
        ("fatalities", "5 to 3"),
        ("fatalities", "3-3"),
        ("fatalities", "up to 5"),
        ("fatalities", "several"),
        ("fatalities", "1.000"),
        ("fatalities", "12.000"),
        ("fatalities", str(2**63 - 1)),
        ("fatalities", "10,000,000,001"),
        ("fatalities", "³"),
        ("fatalities", "=1+2"),
        ("fatalities", True),
        ("injuries", "at least three"),
        ("injuries", "2_9.5"),
        ("injuries", "2_9"),
        ("injuries", "2.50"),
        ("injuries", str(2**63)),
        ("fatalities", "9" * 400),
        ("fatalities", "9" * 5_000 + ".0"),
        ("precision_code", "one"),
    ],
)
def test_what_is_no_count_rejects_the_row_and_is_quoted(name, written):
    with pytest.raises(Rejected, match=f"{name} '"):
        clean_row({**GOOD, name: written})


@pytest.mark.parametrize(("latitude", "longitude"), [(90, 180), (-90, -180), ("-0.5", "0")])
def test_the_ends_of_the_globe_are_on_it(latitude, longitude):
    row = clean_row({**GOOD, "latitude": latitude, "longitude": longitude})
    assert (row["latitude"], row["longitude"]) == (float(latitude), float(longitude))


@pytest.mark.parametrize(
    ("latitude", "longitude", "told"),
    [
        ("90.0001", "67", "latitude 90.0001 is not between -90 and 90 degrees"),
        ("30", "-180.5", "longitude -180.5 is not between -180 and 180"),
        ("30°12'N", "67", "is no number"),
        ("2_9.5", "67", "latitude '2_9.5' is no number"),
        ("0x1", "67", "is no number"),
        ("30,2,1", "67", "is no number"),
        ("nan", "67", "longitude is given and latitude is not"),
        ("-inf", "67", "is no number"),
        (0.0, -0.0, "stands for a missing place"),
    ],
)
def test_coordinates_that_are_on_no_globe(latitude, longitude, told):
    with pytest.raises(Rejected, match=told):
        clean_row({**GOOD, "latitude": latitude, "longitude": longitude})


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("29,5", 29.5),
        ("-0,25", -0.25),
        ("29.5", 29.5),
        (" 29 ", 29.0),
        ("2.95e1", 29.5),
        (".5", 0.5),
    ],
)
def test_degrees_may_have_a_decimal_comma(written, read):
    assert read_latitude("latitude", written) == read


@pytest.mark.parametrize(
    ("given", "read"),
    [
        (1001.0, "1001"),
        ("1001.0", "1001.0"),
        (2**53 + 1, "9007199254740993"),
        (np.int64(7), "7"),
        (1003.5, "1003.5"),
        (" 007 ", "007"),
        ("NA", ""),
        ("-", ""),
        (None, ""),
        (float("nan"), ""),
        (pd.NA, ""),
    ],
)
def test_an_identifier_is_its_text(given, read):
    assert read_identifier("incident_id", given) == read


def test_an_identifier_that_a_float_cannot_hold_is_refused():
    with pytest.raises(Rejected, match="incident_id 9007199254740992 may have lost digits"):
        read_identifier("incident_id", 2.0**53)
