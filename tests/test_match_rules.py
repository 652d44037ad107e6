from __future__ import annotations

from typing import get_args

import pytest

import geosec
from geosec.maps.incident_columns import pack_incidents
from geosec.match_rules import MATCH_RULES, MatchRule


def test_the_table_holds_every_rule_once_in_order():
    assert tuple(MATCH_RULES) == get_args(MatchRule)
    assert all(name == rule.name for name, rule in MATCH_RULES.items())


@pytest.mark.parametrize("rule", MATCH_RULES.values(), ids=lambda rule: rule.name)
def test_a_rule_has_a_probability_and_says_what_it_is(rule):
    assert 0.5 < rule.score < 1
    assert rule.wording
    assert rule.radius


def test_a_rule_is_worded_alike_on_a_map():
    told = pack_incidents(geosec.geocode(["Sibi"])).head["rules"]
    assert told == {name: rule.wording for name, rule in MATCH_RULES.items()}


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        ("Sibi", "town"),
        ("a hospital in Kalat", "facility"),
        ("Panir railway station", "rail_station"),
        ("between Panir and Peshi stations", "rail_between"),
        ("km 268 of ML-3", "rail_km"),
        ("12 km south of Sibi", "offset"),
        ("Kech district", "district"),
        ("Sindh province", "province"),
        ("Gishkore tehsil", "tehsil"),
        ("Bolan Pass", "landmark"),
        ("the N-25 highway", "route"),
        ("29.5430N, 67.8773E", "coordinates"),
    ],
)
def test_a_plain_phrase_of_every_rule_is_promised_its_score(phrase, rule):
    row = geosec.geocode([phrase]).iloc[0]
    assert row["match_rule"] == rule
    assert 0.5 * MATCH_RULES[rule].score < row["match_score"] < 1
