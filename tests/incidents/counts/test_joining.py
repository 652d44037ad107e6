"""Rows of counts joined to their units, each distinct one once."""

from __future__ import annotations

import pandas as pd
import pytest

from geosec.errors import ParameterError
from geosec.incidents.counts.cells import Faults
from geosec.incidents.counts.joining import UnitChoice, join_units


def join(columns, starts="2024-01-01", level=None, on=None):
    texts = pd.DataFrame(columns, dtype="object")
    faults = Faults(texts)
    choice = UnitChoice.make(level, None, on, texts)
    days = pd.Series(pd.to_datetime([starts] * len(texts)), index=texts.index)
    return join_units(texts, days, choice, faults), faults


def test_units_come_with_the_province_they_are_in():
    units, faults = join({"admin2": ["Kech", "Kech", "Zzyzx"], "admin1": "Balochistan"})
    assert faults.list_rows() == []
    assert units["unit_code"].fillna("").tolist() == ["PK-BA-kech", "PK-BA-kech", ""]
    assert units["adm1_name"].tolist() == ["Balochistan"] * 3
    assert units["adm2_pcode"].iloc[0] == "PK211"
    assert units.dtypes.astype("str").unique().tolist() == ["str"]


def test_provinces_and_countries_are_units_too():
    units, _ = join({"admin1": ["Sindh"], "country": ["Pakistan"]})
    assert units[["unit_level", "unit_code"]].iloc[0].tolist() == ["adm1", "PK-SD"]
    assert units["adm2_code"].isna().all()
    units, _ = join({"country": ["Pakistan", "Chad"]})
    assert units["unit_code"].fillna("").tolist() == ["PK", ""]


def test_rows_without_any_unit_are_rejected():
    _, faults = join({"admin2": ["", "Kech"], "admin1": ["", "Balochistan"]})
    assert faults.list_rows() == [(0, "no unit")]
    units, faults = join({"admin2": [""], "admin1": ["Balochistan"]})
    assert faults.list_rows() == []
    assert units["unit_reason"].item() == "no district is given"
    assert units["adm1_code"].item() == "PK-BA"


@pytest.mark.parametrize(
    ("on", "start", "code"),
    [
        (None, "2014-01-01", "PK-BA-loralai"),
        ("period", "2014-01-01", "PK-BA-loralai"),
        ("period", "2021-01-01", "PK-BA-duki"),
        ("period", "1999-01-01", "PK-BA-loralai"),
        ("2021-01-01", "2014-01-01", "PK-BA-duki"),
    ],
)
def test_districts_are_those_of_the_day_that_is_asked_for(on, start, code):
    units, _ = join({"admin2": ["Duki"]}, start, on=on)
    assert units["adm2_code"].item() == code


def test_what_was_asked_for_is_checked():
    texts = pd.DataFrame({"admin2": ["Kech"]})
    with pytest.raises(ParameterError, match=r"no level 'adm3'; did you mean 'adm"):
        UnitChoice.make("adm3", None, None, texts)
    with pytest.raises(ParameterError, match="leave it out"):
        UnitChoice.make("adm1", None, "2015-01-01", texts)
    with pytest.raises(ParameterError, match='or "period" for the first day of each row'):
        UnitChoice.make(None, None, "incident", texts)
