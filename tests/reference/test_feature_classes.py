from __future__ import annotations

from typing import get_args

import pytest

import geosec
from geosec.match_rules import MATCH_RULES
from geosec.reference import feature_classes
from geosec.reference.feature_classes import (
    FEATURE_CLASSES,
    IN_TOWN,
    OTHER_CLASS,
    SETTLED,
    SETTLEMENTS,
    UNITS,
    WAYS,
    ClassName,
    FeatureClass,
    Kind,
)


def test_the_table_holds_every_class_once_and_other_is_what_is_in_none():
    assert [*FEATURE_CLASSES, "other"] == list(get_args(ClassName))
    assert {each.kind for each in FEATURE_CLASSES.values()} == set(get_args(Kind))


def test_every_class_of_the_shipped_gazetteer_is_in_the_table():
    assert set(geosec.load_gazetteer().places["feature_class"]) <= set(FEATURE_CLASSES)


@pytest.mark.parametrize("row", FEATURE_CLASSES.values(), ids=lambda row: row.name)
def test_a_row_is_complete_and_its_numbers_can_be(row):
    assert row.rule in MATCH_RULES
    assert row.wording.split(" ")[0] == ("an" if row.wording.split(" ")[1][0] in "aeio" else "a")
    assert row.prior > 0
    assert 1_000 <= row.extent_m <= 20_000
    assert row.undrawn_m == 0 or row.kind == "unit"


def test_a_class_of_somebodys_own_is_a_site_of_no_kind():
    assert FeatureClass("other", "site", "a place") == OTHER_CLASS
    assert OTHER_CLASS.rule == "landmark"
    assert "volcano" not in FEATURE_CLASSES


SETS = {name: each for name, each in vars(feature_classes).items() if isinstance(each, frozenset)}


@pytest.mark.parametrize("name", SETS)
def test_a_set_holds_only_classes_of_the_table(name):
    assert SETS[name]
    assert SETS[name] <= set(FEATURE_CLASSES)


def test_the_sets_are_what_their_names_say():
    assert set(UNITS) == {"district", "division", "province", "country"}
    assert set(SETTLEMENTS) == {"town", "village"}
    assert set(WAYS) == {"road", "rail_line"}
    assert set(SETTLED) == {"town", "village", "tehsil", "district", "province"}
    assert "hospital" in IN_TOWN
    assert "town" not in IN_TOWN


def test_ranks_go_from_the_finest_to_the_widest():
    order = ("hospital", "town", "village", "tehsil", "district", "division", "province", "country")
    ranks = [FEATURE_CLASSES[name].rank for name in order]
    assert ranks == sorted(ranks)
    assert FEATURE_CLASSES["district"].rank < FEATURE_CLASSES["division"].rank


@pytest.mark.parametrize(
    ("feature_class", "rule"),
    [
        ("town", "town"),
        ("village", "town"),
        ("rail_station", "rail_station"),
        ("division", "district"),
        ("country", "province"),
        ("road", "route"),
        ("rail_line", "route"),
        ("airport", "facility"),
        ("pass", "landmark"),
        ("something new", "landmark"),
    ],
)
def test_a_feature_class_has_a_rule_and_the_rule_has_a_score(feature_class, rule):
    assert FEATURE_CLASSES.get(feature_class, OTHER_CLASS).rule == rule
    assert 0 < MATCH_RULES[rule].score < 1
