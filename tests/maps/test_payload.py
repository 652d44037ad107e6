"""What is packed for the page is unpacked as it was."""

from __future__ import annotations

import base64
import zlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.maps.payload import (
    BLOCK_ROWS,
    encode_texts,
    make_plane,
    pack,
    to_texts,
    write_numbers,
    write_texts,
)

WHOLE = st.one_of(st.none(), st.integers(-(2**33), 2**33))
NUMBERS = st.one_of(WHOLE, st.floats(allow_nan=False, allow_infinity=False, width=64))


def read_plane(told, content):
    """Read a plane as `web/src/payload.js` does."""
    size, count = told["bytes"], told["count"]
    planes = np.frombuffer(content, np.uint8).reshape(size, count).T
    if size == 8:
        return np.ascontiguousarray(planes).view("<f8").ravel()
    whole = np.ascontiguousarray(planes).view(f"<u{size}").ravel().astype(np.int64)
    if told["delta"]:
        whole = np.cumsum(np.where(whole % 2, -(whole + 1) // 2, whole // 2))
    numbers = (whole - told["gaps"] + told["offset"]) * told["scale"]
    return np.where(told["gaps"] & (whole == 0), np.nan, numbers)


def read_block(block, columns, rows):
    content = zlib.decompress(base64.b64decode(block), -15)
    at, found = 4 * columns * rows, []
    for column in range(columns):
        lengths = np.frombuffer(content[4 * column * rows : 4 * (column + 1) * rows], np.uint8)
        for length in np.ascontiguousarray(lengths.reshape(4, rows).T).view("<u4").ravel():
            found.append(content[at : at + length].decode())
            at += length
    assert at == len(content)
    return [found[column * rows : (column + 1) * rows] for column in range(columns)]


@settings(deadline=None)
@given(st.lists(NUMBERS, max_size=40), st.booleans())
def test_numbers_come_back_as_they_were(numbers, delta):
    values = np.array([np.nan if each is None else each for each in numbers], dtype=float)
    plane = make_plane("n", values, delta=delta)
    np.testing.assert_array_equal(read_plane(*plane), values)


@settings(deadline=None)
@given(st.lists(st.floats(-180, 180), min_size=1, max_size=40), st.booleans())
def test_numbers_with_a_scale_are_rounded_to_it(numbers, delta):
    plane = make_plane("n", numbers, scale=1e-5, delta=delta)
    assert plane.told["bytes"] <= 4
    np.testing.assert_allclose(read_plane(*plane), numbers, atol=0.51e-5)


@pytest.mark.parametrize(("numbers", "size"), [([0, 255], 1), ([0, 256], 2), ([-1, 65535], 4)])
def test_integers_are_as_small_as_they_can_be(numbers, size):
    assert make_plane("n", numbers).told["bytes"] == size


TEXTS = st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]), max_size=12))


@settings(deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=30))
def test_texts_come_back_whatever_stands_in_them(rows):
    columns = [to_texts(pd.Series(each, dtype="object")) for each in zip(*rows, strict=True)]
    (block,) = encode_texts(columns)
    told = [[text or "" for text in column] for column in zip(*rows, strict=True)]
    assert read_block(block, 2, len(rows)) == told


@pytest.mark.parametrize("dtype", ["str", "object", "string", "category"])
def test_a_column_is_texts_whatever_it_is_kept_as(dtype):
    column = pd.Series(["a", None, "ب"], dtype=dtype)
    assert to_texts(column).to_pylist() == ["a", None, "ب"]


def test_cells_that_are_no_texts_are_written():
    column = pd.Series([1, "a", None, 2.5], dtype="object")
    assert to_texts(column).to_pylist() == ["1", "a", None, "2.5"]
    assert (
        to_texts(pd.Series(pd.to_datetime(["2024-01-02"]))).to_pylist()[0].startswith("2024-01-02")
    )


def test_long_columns_are_cut_into_blocks():
    rows = BLOCK_ROWS + 5
    blocks = list(encode_texts([to_texts(pd.Series([f"ق {at}" for at in range(rows)]))]))
    assert len(blocks) == 2
    assert read_block(blocks[1], 1, 5) == [[f"ق {BLOCK_ROWS + at}" for at in range(5)]]


def test_rows_without_a_place_have_blocks_of_their_own():
    texts = {
        "incident_id": pa.array(["a"], pa.large_string()),
        "match_reason": pa.array(["no place"], pa.large_string()),
    }
    payload = pack([], {}, {"rows": 0}, texts)
    assert payload.head["unplaced"] == {"rows": 1, "columns": ["incident_id", "match_reason"]}
    group, number, block = payload.text[0]
    assert (group, number) == ("unplaced", 0)
    assert read_block(block, 2, 1) == [["a"], ["no place"]]
    assert 'id="gs-unplaced-0"' in next(write_texts(payload))


def test_numbers_are_written_in_elements_that_run_nothing():
    payload = pack([make_plane("n", [1])], {}, {"rows": 1, "rules": {"x": "</script>{{"}})
    written = "".join(write_numbers(payload))
    assert written.count("<script type=") == written.count("</script>") == 2
    assert "{{" not in written
