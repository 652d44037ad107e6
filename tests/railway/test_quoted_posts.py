"""What a post may mean that somebody quoted."""

from __future__ import annotations

import numpy as np
import pytest

from geosec import (
    ParameterError,
    UnknownNameError,
    interpolate,
    km_interval,
    load_rail_network,
)
from geosec.railway.quoted_posts import require_on_line


def interval(line_id, km):
    return km_interval(line_id, km)[["rail_km_low", "rail_km_high"]].iloc[0].tolist()


@pytest.mark.parametrize(
    ("line_id", "km", "expected"),
    [
        ("ML-3", 84, [84, 84]),  # Jacobabad: no doubt
        ("ML-3", 231, [231, 231]),  # Perak, on which all counts agree
        ("ML-3", 266, [266, 269]),  # the older diagram's Pehro Kunri, ours 268
        ("ML-3", 381, [381, 384]),  # the older diagram's Quetta
        ("ML-3", 525, [525, 525]),  # beyond the end by the older count
        ("ML-3", 101, [100, 110]),  # the post published for Mangoli
        ("ML-3", 300, [299, 303]),  # an estimated stretch in the other count
        ("ML-3", 232, [231, 231 + 12 / 9.4]),  # not below Perak
        ("ML-1", 1521, [1522 - 7 / 5.7, 1522]),  # not beyond Madina-Tul-Hijjaj
        ("ML-1", 1513.5, [1512 + 1.5 * 3 / 4.3, 1515 - 1.5 * 3 / 4.3]),  # posts of a jump
        ("ML-4", 10, [35, 35]),  # from Spezand alone
        ("ML-4", 318, [317, 343]),  # Dalbandin, counted from Spezand
        ("SHORKOT-LALAMUSA", 325, [315, 315]),  # the post published for Lala Musa
    ],
)
def test_a_quoted_post_may_mean(line_id, km, expected):
    assert interval(line_id, km) == pytest.approx(expected)


def test_between_perak_and_sibi_a_post_is_counted_from_both_ends():
    low, high = interval("ML-3", 235)
    assert low == pytest.approx(243 - (243 - 235) * 12 / 9.4)
    assert high == pytest.approx(231 + (235 - 231) * 12 / 9.4)


@pytest.mark.parametrize("km", [232.5, 240, 243, 268, 290, 384])
def test_the_interval_holds_the_post_itself(km):
    low, high = interval("ML-3", km)
    assert low <= km <= high


@pytest.mark.parametrize("km", [0, 500, 1256])
def test_where_nobody_knows_how_good_posts_are_the_interval_is_missing_and_the_note_is_not(km):
    row = km_interval("ML-2", km).iloc[0]
    assert np.isnan(row["rail_km_low"])
    assert np.isnan(row["rail_km_high"])
    assert "no published posts" in row["note"]


def test_missing_in_missing_out():
    table = km_interval("ML-3", [np.nan, 84])
    assert table["rail_km_low"].isna().tolist() == [True, False]
    assert table["note"].isna().all()
    assert km_interval("ML-3", []).empty


def test_interpolate_tells_a_post_of_another_count():
    with pytest.raises(ParameterError, match=r"km 10 is not on ML-4.*another count it is km 35"):
        interpolate("ML-4", 10)


@pytest.mark.parametrize("km", [-1, 527, np.inf])
def test_a_post_on_the_line_by_no_count_is_refused(km):
    with pytest.raises(ParameterError, match=r"is not on ML-3, whose posts run .*\(Chaman\)\.$"):
        km_interval("ML-3", [268, km])


def test_an_unknown_line_is_answered_with_a_near_one():
    with pytest.raises(UnknownNameError, match="no railway line 'ML-33'; did you mean 'ML-3'"):
        km_interval("ML-33", 1)


@pytest.mark.parametrize(("line_id", "km"), [("ML-3", 0.0), ("ML-3", 526.0), ("ML-4", 300.0)])
def test_a_post_on_the_line_passes(line_id, km):
    require_on_line(line_id, np.array([km, np.nan]), network=load_rail_network())


@pytest.mark.parametrize(
    ("km", "told"),
    [
        (
            10.0,
            r"km 10 is not on ML-4, .* By another count it is km 35; `geosec.km_interval` tells",
        ),
        (900.0, r"km 900 is not on ML-4, whose posts run from km 25 \(Spezand Junction\)"),
    ],
)
def test_a_post_beyond_the_line_is_refused_with_what_another_count_makes_of_it(km, told):
    with pytest.raises(ParameterError, match=told):
        require_on_line("ML-4", np.array([km]), network=load_rail_network())
