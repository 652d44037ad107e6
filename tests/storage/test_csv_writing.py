"""CSV on the way out: what the user brought stays, whatever column it stands in."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geosec.storage.csv_writing import write_csv


@pytest.fixture
def written(tmp_path):
    def write(values, dtype=None, name="given"):
        write_csv(pd.DataFrame({name: pd.Series(values, dtype=dtype)}), tmp_path / "t.csv")
        return (tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()[1:]

    return write


def test_days_are_days(written):
    assert written(pd.to_datetime(["2025-03-11", None, "0001-01-01"])) == [
        *("2025-03-11", '""', "0001-01-01")
    ]


def test_one_time_in_a_column_keeps_the_times_of_all(written):
    times = pd.to_datetime(["2025-03-11 12:30:00.25", "2025-03-12"], format="ISO8601")
    assert written(times) == ["2025-03-11T12:30:00.250000", "2025-03-12T00:00:00"]


def test_times_keep_their_zone(written):
    assert written(pd.to_datetime(["2025-03-11 12:30+05:00"])) == ["2025-03-11T12:30:00+05:00"]


def test_nanoseconds_stay(written):
    assert written(pd.to_datetime([1], unit="ns")) == ["1970-01-01T00:00:00.000000001"]


@given(st.lists(st.floats(allow_nan=False), min_size=1))
def test_numbers_of_others_come_back_to_the_last_digit(tmp_path_factory, numbers):
    path = tmp_path_factory.getbasetemp() / "numbers.csv"
    write_csv(pd.DataFrame({"dose_m": numbers}), path)
    assert [float(line) for line in path.read_text().splitlines()[1:]] == numbers


@pytest.mark.parametrize("name", ["rail_km", "adm2_prob", "uncertainty_m", "match_score"])
def test_what_is_worked_out_is_rounded(written, name):
    (told,) = written([1234.56789012345], name=name)
    assert told == {"rail_km": "1234.57", "adm2_prob": "1234.568", "uncertainty_m": "1235"}.get(
        name, "1234.56789"
    )


def test_texts_that_would_run_are_marked_wherever_they_stand(written):
    texts = ["plain", "=1+1", "a\r\nb", None, "\uff1d1", "-", "é", "مچھ", "12"]
    for dtype in ("str", "object"):
        assert written(texts, dtype)[:2] == ["plain", "'=1+1"]
    assert written(["x", "\uff1d1", "-5"], "str") == ["x", "'\uff1d1", "-5"]
    assert written(["-3.5", "-1e9", "-5+cmd|x"], "str") == ["-3.5", "-1e9", "'-5+cmd|x"]
