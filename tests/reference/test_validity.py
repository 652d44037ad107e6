"""First days and first days no more are read as days, years or texts, and refused by row."""

from __future__ import annotations

import pandas as pd
import pytest

from geosec.errors import SchemaError
from geosec.reference.validity import find_day, find_standing, list_days, read_validity


def test_days_come_as_years_days_and_texts():
    table = pd.DataFrame(
        {
            "valid_from": ["2001", "2015-06-01", None],
            "validTo": pd.to_datetime([None, None, "2010"]),
        }
    )
    validity = read_validity(table)
    assert list_days(validity)[1:] == ["2001-01-01", "2010-01-01", "2015-06-01"]
    assert find_standing(validity, "2005-01-01").tolist() == [True, False, True]
    assert find_standing(validity, None).tolist() == [True, True, False]
    assert find_day(list_days(validity), "2012-02-03") == "2010-01-01"


def test_a_table_without_such_columns_says_nothing():
    assert read_validity(pd.DataFrame({"from": [1]})) is None


def test_numbers_with_gaps_are_years():
    validity = read_validity(pd.DataFrame({"valid_from": [2001.0, None]}))
    assert validity["valid_from"].tolist() == ["2001-01-01", "0001-01-01"]


def test_what_is_no_day_is_refused_with_its_row():
    with pytest.raises(SchemaError, match="'valid_to' of `boundaries` holds 'soon' in row 1"):
        read_validity(pd.DataFrame({"valid_to": ["2010-01-01", "soon"]}))
    with pytest.raises(SchemaError, match=r"row 0 .* stands from 2010-01-01 to 2001-01-01"):
        read_validity(pd.DataFrame({"valid_from": [2010], "valid_to": [2001]}))
