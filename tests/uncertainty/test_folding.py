"""Which rows of a table are one place."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geosec.uncertainty.folding import fold_table

BOX, LINE = shapely.box(66, 29, 67, 30), shapely.LineString([(66, 29), (67, 30)])
READING = (
    '[{"weight": 0.7, "longitude": 67, "latitude": 30, "uncertainty_m": 9, "footprint": null}]'
)
TWO, OTHER_TWO = READING, READING.replace("0.7", "0.6")


def test_rows_of_one_footprint_are_folded_into_one(footprints):
    table = footprints((67, 30, 5_000), (68, 30, 5_000), (67, 30, 5_000), (67, 30, 4_000))
    distinct, which = fold_table(table, exact_too=False)
    assert which.tolist() == [0, 1, 0, 2]
    assert distinct.lon[which].tolist() == table.lon.tolist()
    assert distinct.uncertainty_m[which].tolist() == table.uncertainty_m.tolist()


def test_copies_of_a_shape_are_one_place(footprints):
    copies = [shapely.from_wkb(shapely.to_wkb(BOX)) for _ in range(3)]
    distinct, which = fold_table(
        footprints(*((66.5, 29.5, 60_000, copy) for copy in copies)), exact_too=False
    )
    assert (len(distinct), which.tolist()) == (1, [0, 0, 0])


@pytest.mark.parametrize(
    "other",
    [
        (66.5, 29.5, 60_000, None),
        (66.5, 29.5, 60_000, LINE),
        (66.5, 29.5, 60_000, BOX, TWO),
        (66.5, 29.5, 59_999, BOX),
        (66.5, 29.6, 60_000, BOX),
        (66.4, 29.5, 60_000, BOX),
        (np.nan, np.nan, np.nan),
    ],
)
def test_what_differs_in_one_column_is_another_place(other, footprints):
    one = (66.5, 29.5, 60_000, BOX)
    _, which = fold_table(footprints(one, other, one, other), exact_too=False)
    assert which.tolist() == [0, 1, 0, 1]


def test_readings_are_told_apart_and_missing_values_are_alike(footprints):
    nowhere = (np.nan, np.nan, np.nan)
    mixed = (67, 30, 90_000, None, TWO), (67, 30, 90_000, None, OTHER_TWO)
    _, which = fold_table(footprints(nowhere, *mixed, nowhere, *mixed), exact_too=False)
    assert which.tolist() == [0, 1, 2, 0, 1, 2]


def test_rows_may_be_kept_apart_by_a_number(footprints):
    one = (67, 30, 5_000)
    _, which = fold_table(footprints(one, one, one), exact_too=False, apart=np.array([3, -1, 3]))
    assert which.tolist() == [0, 1, 0]


def test_exact_points_are_folded_only_if_asked_for(footprints):
    table = footprints((67, 30, 0), (67, 30, 0))
    distinct, which = fold_table(table, exact_too=False)
    assert distinct is table
    assert table.lon[which].tolist() == [67, 67]
    assert len(fold_table(table, exact_too=True)[0]) == 1


def test_a_table_of_no_rows_is_folded(footprints):
    distinct, which = fold_table(footprints(), exact_too=True)
    assert (len(distinct), len(which)) == (0, 0)
