from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "phrase",
    [
        "the Kech-Quetta border",  # 600 km apart
        "between Sibi and Sibi",
        "between Zzyzx and Mach",
        "12 km south of Zzyzx",
        "km 9000 of ML-3",
        "km 268 near Kech",  # no railway there
        "Sibi",
    ],
)
def test_what_has_no_known_start_has_no_reading(read, phrase):
    assert read(phrase) == []


@pytest.mark.parametrize(
    ("phrase", "rule"),
    [
        ("12 km south of Sibi", "offset"),
        ("30 km from Kalat", "offset"),
        ("six kilometres from Bela towards Uthal", "offset"),
        ("to the west of Quetta", "offset"),
        ("km 268 of ML-3", "rail_km"),
        ("between Panir and Peshi stations", "rail_between"),
        ("near Panir and Peshi stations", "rail_between"),
        ("the Quetta-Sibi rail section", "rail_between"),
        ("the Quetta-Sibi road", "route"),
        ("road from Kalat to Khuzdar", "route"),
        ("the Kech-Panjgur border", "district"),
        ("border of Kohlu and Dera Bugti districts", "district"),
    ],
)
def test_every_kind_of_construction_is_placed_by_its_rule(read, phrase, rule):
    assert {placement.rule for placement in read(phrase)} == {rule}
