"""The patterns of Esri's Emerging Hot Spot Analysis, by their published definitions."""

from __future__ import annotations

import numpy as np
import pytest

from geosec.analysis.emerging_patterns import KINDS, PATTERNS, is_nearly_always, name_patterns

STEPS = {"+": 1, "-": -1, ".": 0}


def read(text: str) -> np.ndarray:
    return np.array([STEPS[step] for step in text], dtype="int8")


def name(text: str, trend: int = 0) -> str:
    return PATTERNS[name_patterns(read(text), np.array(trend, dtype="int8"))]


@pytest.mark.parametrize(
    ("steps", "trend", "kind"),
    [
        (".........+", 0, "new"),
        (".......+++", 1, "consecutive"),
        (".+++++++++", 1, "intensifying"),
        ("+++++.++++", 0, "persistent"),
        ("++++++++++", -1, "diminishing"),
        ("+++++++++.", 0, "historical"),
        ("+++++++++.", 1, "historical"),
        ("---------+", 0, "oscillating"),
        ("..+..+...+", 0, "sporadic"),
        ("...+....++", 0, "sporadic"),
        ("-........+", 0, "oscillating"),
        ("-.....++++", 0, "oscillating"),
        ("-+++++++++", 0, "persistent"),
    ],
)
def test_each_kind_is_named_hot_and_mirrored_cold(steps, trend, kind):
    assert name(steps, trend) == f"{kind} hot spot"
    mirrored = steps.translate(str.maketrans("+-", "-+"))
    assert name(mirrored, -trend) == f"{kind} cold spot"


@pytest.mark.parametrize("steps", ["..........", ".++++.....", "++++++++..", ".-.+......"])
def test_what_is_not_hot_in_the_end_and_was_not_nearly_always_has_no_pattern(steps):
    assert name(steps) == "no pattern"


def test_patterns_of_many_series_are_those_of_each():
    rng = np.random.default_rng(0)
    sides = rng.choice([-1, 0, 1], (500, 12), p=[0.1, 0.2, 0.7]).astype("int8")
    trends = rng.choice([-1, 0, 1], 500).astype("int8")
    together = name_patterns(sides, trends)
    assert together.tolist() == [
        int(name_patterns(*each)) for each in zip(sides, trends, strict=True)
    ]
    assert len(set(together.tolist())) > len(KINDS)
    decided = is_nearly_always(sides)
    assert (name_patterns(sides, 0 * trends) == together)[~decided].all()
