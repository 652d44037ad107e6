"""Rows judged: which leave, and why."""

from __future__ import annotations

import pandas as pd
import pytest

import geosec


@pytest.mark.parametrize(
    ("identifiers", "twins"),
    [
        (["A1", "A2", "A10"], []),
        (["A1", "A2", "A2"], [2]),
        (["A2", "A1", "A2"], [2]),
        (["A1", "A10", "A10"], [2]),
        (["A10", "A1", "A1"], [2]),
    ],
)
def test_a_second_row_of_one_identifier_leaves_in_any_order(
    identifiers: list[str], twins: list[int]
) -> None:
    table = pd.DataFrame({"incident_id": identifiers, "date": "2025-03-11", "location": "Mach"})
    incidents, rejected = geosec.read_incidents(table)
    assert len(incidents) == len(identifiers) - len(twins)
    assert rejected["line"].tolist() == [twin + 1 for twin in twins]
