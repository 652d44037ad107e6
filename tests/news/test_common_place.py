"""Whether two mentions are the same place."""

from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.news.common_place import find_common_place, find_near_place, is_within

NAMES = ["Turbat", "Turbat town", "Kech district", "Balochistan", "Sibi", "1 km south of Sibi"]
NAMES += ["Mach", "Zzyzx"]
TURBAT, TOWN, KECH, PROVINCE, SIBI, NEAR_SIBI, MACH, NOWHERE = range(len(NAMES))


@pytest.fixture(scope="module")
def sites():
    reader = load_interpreter(None)
    return [reader.answer(name, is_place=True) for name in NAMES]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (TURBAT, TOWN, TURBAT),
        (TOWN, TURBAT, TOWN),
        (TURBAT, KECH, TURBAT),
        (KECH, TURBAT, TURBAT),
        (KECH, PROVINCE, KECH),
        (PROVINCE, TURBAT, TURBAT),
        (SIBI, NEAR_SIBI, NEAR_SIBI),  # told by its way from Sibi, which says more
        (NEAR_SIBI, SIBI, NEAR_SIBI),
        (SIBI, MACH, None),
        (SIBI, KECH, None),
        (SIBI, TURBAT, None),
        (SIBI, NOWHERE, None),
        (NOWHERE, NOWHERE, None),
        (SIBI, None, None),
        (None, None, None),
    ],
)
def test_the_finer_of_two_that_may_be_the_same_is_taken(sites, old, new, expected):
    assert find_common_place(old, new, sites) == expected


@pytest.mark.parametrize(
    ("fine", "coarse", "expected"),
    [
        (TURBAT, KECH, True),
        (TURBAT, PROVINCE, True),
        (KECH, PROVINCE, True),
        (KECH, TURBAT, False),
        (SIBI, KECH, False),
        (NEAR_SIBI, SIBI, False),  # a town is no area
        (KECH, KECH, False),
        (NOWHERE, KECH, False),
        (None, KECH, False),
        (TURBAT, None, False),
    ],
)
def test_a_place_is_within_a_district_or_province_alone(sites, fine, coarse, expected):
    assert is_within(fine, coarse, sites) is expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (SIBI, NEAR_SIBI, NEAR_SIBI),
        (SIBI, MACH, None),  # 70 km
        (TURBAT, KECH, TURBAT),
        (TURBAT, TOWN, TOWN),
        (SIBI, TURBAT, None),
        (SIBI, NOWHERE, None),
        (None, SIBI, None),
    ],
)
def test_a_place_is_near_another_or_not(sites, old, new, expected):
    assert find_near_place(old, new, sites) == expected
