from __future__ import annotations

from dataclasses import FrozenInstanceError, fields

import pytest

from geosec.geocoding.placing.parameters import PARAMETERS, Parameters


@pytest.mark.parametrize("name", [each.name for each in fields(Parameters) if "_m" in each.name])
def test_lengths_are_those_of_a_country_and_not_of_a_planet(name):
    assert 0 < getattr(PARAMETERS, name) <= 100_000


@pytest.mark.parametrize(
    "name",
    [
        each.name
        for each in fields(Parameters)
        if each.name.endswith(("share", "_weight")) and each.name != "mention_weight"
    ],
)
def test_shares_lie_between_none_and_all(name):
    assert 0 < getattr(PARAMETERS, name) < 1


def test_an_event_counts_for_some_towns_of_the_smallest_size():
    assert 1 < PARAMETERS.mention_weight < 20


def test_what_is_not_known_may_be_farther_off_than_what_is_near():
    assert PARAMETERS.unknown_beside_m > PARAMETERS.unknown_in_town_m > PARAMETERS.near_m


def test_a_finer_compass_word_stands_for_half_the_sector():
    assert PARAMETERS.compass_16_deg * 2 == PARAMETERS.compass_8_deg == 360 / 16


def test_what_may_be_a_match_is_more_than_what_is_dropped():
    assert PARAMETERS.least_weight < 1 - PARAMETERS.clear_weight < PARAMETERS.clear_weight


def test_near_a_town_is_farther_than_near_a_station_or_in_its_quarter():
    assert PARAMETERS.near_m > PARAMETERS.near_station_m > PARAMETERS.area_m


def test_parameters_cannot_be_set():
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'near_m'"):
        PARAMETERS.near_m = 1.0
