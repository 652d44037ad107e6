"""Which changes of districts are near enough to a place to change its answer.

Most changes are far from most places: where none is near, the answer of one vintage is that of the
next, and the place is asked and drawn once for both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.assignment.days import RowVintages

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geosec.assignment.sources import Lineage
    from geosec.uncertainty.table_footprints import TableFootprints

_FARTHEST = 8.6  # standard errors that no draw of an error exceeds: the logarithm of 2**-53
_ROUNDED_M = 2.0  # that a place moves at most when it is written as text


def fold_vintages(
    footprints: TableFootprints,
    which: NDArray[np.intp] | slice,
    vintages: RowVintages | None,
    lineage: Lineage | None,
) -> tuple[TableFootprints, RowVintages | None, NDArray[np.intp] | slice]:
    """Join the rows of one place between whose vintages nothing changed near it.

    `which` is the footprint of each row, `vintages` are those of the rows among the units of
    `lineage`. Gives the footprints to be asked, with the vintages of each, and
    which of them each row has.
    """
    if vintages is None or lineage is None:
        return footprints, None, which
    if len(vintages.mixtures) == 1:
        return (
            footprints,
            RowVintages(vintages.mixtures, np.zeros(len(footprints), dtype="int64")),
            which,
        )
    known = lineage.days
    place = np.arange(len(footprints))[which]
    low, high = (
        np.array([known.index(mixture[end][0]) for mixture in vintages.mixtures])[vintages.which]
        for end in (0, -1)
    )
    last = _find_last_changes(footprints, lineage)
    own = np.where(last[place, high] > low, len(known) + vintages.which, last[place, low])
    mixtures = [*(((vintage, 1),) for vintage in known), *vintages.mixtures]
    asked, row = np.unique(place * len(mixtures) + own, return_inverse=True)
    place, number = np.divmod(asked, len(mixtures))
    there, which_there = np.unique(number, return_inverse=True)
    local = RowVintages([mixtures[each] for each in there.tolist()], which_there)
    return footprints.take(place), local, row


def _find_last_changes(footprints: TableFootprints, lineage: Lineage) -> NDArray[np.int64]:
    """Find the last vintage, up to each, that changed anything near each footprint, (n, vintages).

    Near is what a draw may reach, moved by the error of a border. The first vintage changed all.
    """
    error_m = max(lineage.load(day).error_m for day in lineage.days)
    reach_m = footprints.reach_m + _FARTHEST * error_m + _ROUNDED_M
    most_m = float(np.nanmax(reach_m, initial=0.0))
    lon, lat = footprints.lon, footprints.lat
    last = np.zeros((len(footprints), len(lineage.days)), dtype="int64")
    for number, vintage in enumerate(lineage.days[1:], start=1):
        areas, borders = lineage.index_changed(vintage)
        is_near = (borders.border_m(lon, lat, most_m) <= reach_m) | (
            areas.find_holder(lon, lat) >= 0
        )
        last[:, number] = np.where(is_near, number, last[:, number - 1])
    return last
