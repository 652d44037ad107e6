from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

from geosec.arguments import (
    clean_labels,
    clean_telling,
    clean_texts,
    describe_given,
    find_surrogates,
    is_missing,
    replace_surrogates,
    require_flag,
    require_kind,
    require_number,
    require_numbers,
    require_path,
    require_text,
    require_whole,
)
from geosec.errors import GeosecWarning, ParameterError

HALF = "\ud800"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "None"),
        (12, "12"),
        (np.float64(1.5), "1.5"),
        (True, "True"),
        (b"Sibi", "b'Sibi'"),
        ("Sibi", "'Sibi'"),
        ("a" * 99, "'" + "a" * 39 + "…"),
        (["a", "b"], "a list of 2"),
        ({}, "a dict of 0"),
        (pd.Series(["a"]), "a Series of 1"),
        (np.arange(3), "a ndarray of 3"),
        (object(), "a object"),
    ],
)
def test_what_was_given_is_said_in_a_word_or_two(value, said):
    assert describe_given(value) == said


@pytest.mark.parametrize("value", [None, 12, b"Sibi", ["Sibi"], float("nan"), pd.NA, ()])
def test_a_text_is_one(value):
    with pytest.raises(ParameterError, match="`phrase` takes a text, and was given"):
        require_text(value, "phrase")
    assert require_text("Sibi", "phrase") == "Sibi"


@pytest.mark.parametrize("value", [None, 12, "a\0b", "\ud800.csv", b"a.csv", []])
def test_a_path_is_one(value):
    with pytest.raises(ParameterError, match="`path` takes the path of a file, and was given"):
        require_path(value, "path")
    assert require_path(Path("a.csv"), "path") == "a.csv"
    assert require_path("\udcff.csv", "path") == "\udcff.csv"  # a byte that is no UTF-8


@pytest.mark.parametrize("value", [None, "10", -1, float("nan"), True, [1], 1j, pd.NA, np.array(1)])
def test_a_number_is_one_of_0_or_more(value):
    with pytest.raises(ParameterError, match="`distance_m` must be 0 m or more, and is"):
        require_number(value, "distance_m", "m")


@pytest.mark.parametrize("value", [0, 2.5, np.int64(3), np.float32(1), float("inf")])
def test_numbers_of_every_make_are_numbers(value):
    assert require_number(value, "distance_m") == float(value)


@pytest.mark.parametrize(
    ("value", "least", "told"),
    [
        ("3", 1, "`k` must be a whole number, 1 or more, and is '3'"),
        (2.5, 1, "`k` must be a whole number, 1 or more, and is 2.5"),
        (None, 1, "`k` must be a whole number, 1 or more, and is None"),
        (True, 1, "`k` must be a whole number, 1 or more, and is True"),
        (0, 1, "`k` must be 1 or more, and is 0"),
        ("a", None, "`k` must be a whole number, and is 'a'"),
    ],
)
def test_a_whole_number_is_one(value, least, told):
    with pytest.raises(ParameterError, match=told):
        require_whole(value, "k", least)
    assert require_whole(np.int64(3), "k", least) == 3


@pytest.mark.parametrize("value", [None, "x", b"1", True, ["a"], [[1, 2]], {"a": 1}, object()])
def test_a_row_of_numbers_is_one(value):
    with pytest.raises(ParameterError, match="`km` takes a number or a row of numbers"):
        require_numbers(value, "km")


@pytest.mark.parametrize("value", [1, [1], (1,), np.array(1), pd.Series([1]), pd.Index([1])])
def test_one_number_is_a_row_of_one(value):
    assert require_numbers(value, "km").tolist() == [1.0]


def test_a_kind_and_a_flag_are_asked_for():
    with pytest.raises(ParameterError, match="`table` takes a DataFrame, and was given 12, sorry"):
        require_kind(12, pd.DataFrame, "table", ", sorry")
    with pytest.raises(ParameterError, match="`offline` is True or False, and was given 1"):
        require_flag(1, "offline")
    require_kind(gpd.GeoDataFrame(), pd.DataFrame, "table")
    assert require_flag(np.bool_(True), "offline") is True


def test_missing_values_are_missing_and_lists_are_not():
    assert all(map(is_missing, (None, float("nan"), np.float64("nan"), pd.NA, pd.NaT)))
    assert not any(map(is_missing, ("", 0, [], pd.Series([None]), "nan")))


def test_half_characters_become_u_fffd_one_for_one():
    assert replace_surrogates(f"{HALF}Mach \udcff") == "\ufffdMach \ufffd"
    assert replace_surrogates("مچھ") == "مچھ"


def test_texts_with_half_characters_are_found_and_replaced():
    texts = pd.Series(["Sibi", f"{HALF}Mach", None, 12], dtype="object")
    assert find_surrogates(texts).tolist() == [1]
    assert clean_labels(texts).tolist() == ["Sibi", "\ufffdMach", None, 12]
    whole = pd.Series(["Sibi"], dtype="object")
    assert clean_labels(whole) is whole
    assert find_surrogates(pd.Series(["Sibi"])).size == 0


def test_clean_texts_names_where_they_stood():
    table = pd.DataFrame({"a": pd.Series([f"x{HALF}", 1], dtype="object"), "b": [1, 2]})
    table.columns = pd.Index(["a", f"b{HALF}"], dtype="object")
    cleaned, told = clean_texts(table)
    assert told == ["'a'", "the columns"]
    assert cleaned["a"].tolist() == ["x\ufffd", 1]
    assert cleaned.columns.tolist() == ["a", "b\ufffd"]
    assert table["a"].tolist() == [f"x{HALF}", 1]


def test_clean_texts_gives_back_a_table_without_any():
    table = pd.DataFrame({"a": ["x"]})
    cleaned, told = clean_texts(table)
    assert cleaned is table
    assert told == []
    assert clean_telling(table, 1) is table


def test_clean_telling_warns_at_the_caller():
    table = pd.DataFrame({"a": pd.Series([HALF], dtype="object")})
    with pytest.warns(GeosecWarning, match="in 'a', half a character") as told:
        clean_telling(table, 1)
    assert told[0].filename == __file__
