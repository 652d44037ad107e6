"""The phrases whose truth is known, scored once."""

from __future__ import annotations

from pathlib import Path

import pytest

from geosec.evaluation.phrases import read_gold_phrases, score_phrases, summarise_phrases

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def scored():
    return score_phrases(read_gold_phrases(DATA / "gold_places_dev.csv"))


@pytest.fixture(scope="session")
def more():
    """Phrases by other hands."""
    return score_phrases(read_gold_phrases(DATA / "gold_places_more.csv"))


@pytest.fixture(scope="session")
def summary(scored):
    return summarise_phrases(scored)
