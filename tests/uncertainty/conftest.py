"""Footprints of rows that a test writes down."""

from __future__ import annotations

import numpy as np
import pytest

from geosec.uncertainty.table_footprints import TableFootprints


@pytest.fixture(scope="session")
def footprints():
    """Make footprints of rows (lon, lat, uncertainty_m, shape, readings), the last two if any."""

    def make(*rows) -> TableFootprints:
        filled = [(*row, None, None)[:5] for row in rows]
        numbers = np.array([row[:3] for row in filled], dtype="float64").reshape(-1, 3)
        shapes, readings = (np.full(len(rows), None, dtype="object") for _ in range(2))
        for number, row in enumerate(filled):
            shapes[number], readings[number] = row[3:]
        is_mixed = np.array([text is not None for text in readings], dtype="bool")
        return TableFootprints(*numbers.T, shapes, is_mixed, readings)

    return make
