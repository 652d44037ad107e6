"""Identifiers that are numbers after the same letters."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geosec.maps.numbered import make_numbered_plane, number_texts
from tests.maps.test_payload import read_plane

DAYS = st.one_of(st.just(np.nan), st.floats(-800, 800).map(np.rint))


@given(
    st.text(max_size=4).filter(lambda text: not text[-1:].isdecimal()),
    st.sampled_from([0, 9]),
    st.lists(st.tuples(st.integers(0, 999_999_999), DAYS), min_size=1, max_size=30),
)
def test_numbers_are_written_back_as_they_were(prefix, digits, rows):
    texts = [f"{prefix}{number:0{digits}d}" for number, _ in rows]
    numbered = number_texts(pa.array(texts, pa.large_string()))
    assert numbered is not None
    days, order = np.array([day for _, day in rows]), np.arange(len(rows))[::-1]
    told, plane = make_numbered_plane(numbered, "incident_id", order, days[order])
    stored = read_plane(plane.told, plane.content).astype(int)
    back = np.empty_like(stored)
    back[order[np.argsort(days[order], kind="stable")]] = stored
    assert [f"{told['prefix']}{number:0{told['digits']}d}" for number in back] == texts


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["a1", None],
        ["a1", "b2"],
        ["a1", "a01"],
        ["a01", "a002"],
        ["a1", "a"],
        ["a1", "a2 "],
        ["a1", "a2\n"],
        ["a1", "a٢"],
        ["1", "-2"],
        ["1", "2.0"],
        ["a1", "a1234567890"],
        ["A1", "a2"],
    ],
)
def test_others_stay_texts(texts):
    assert number_texts(pa.array(texts, pa.large_string())) is None
