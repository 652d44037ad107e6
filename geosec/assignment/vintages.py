"""The district of each incident among those of its days.

A row's days lie between two changes, nearly always: then the districts of one vintage are asked.
Where they do not, as in a week across New Year, each vintage is asked with the same draws, and the
probability of a district is the mean of its shares, weighed by the days that each vintage stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geosec.assignment.units import (
    Units,
    assign_units,
    choose_most_probable,
    count_draws,
    favour_best,
    take_counts,
)
from geosec.reference.boundaries import name_districts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geosec.assignment.days import Mixture, RowVintages
    from geosec.assignment.units import Found
    from geosec.reference.boundaries import Level
    from geosec.uncertainty.table_footprints import TableFootprints


def assign_levels(
    footprints: TableFootprints,
    levels: Sequence[Level],
    vintages: RowVintages | None,
    draws: int,
    seed: int,
    *,
    exact: bool,
) -> list[tuple[Level, pd.Series, Found]]:
    """Name the most probable unit of each footprint, for each level by itself, the finest first.

    Gives the names of the units by code, and the positions among them, as `assign_units` does.
    `vintages` of the footprints say whose districts; without them it is those that ship.
    """
    layers = [
        Units.load(level, exact=exact) for level in levels if not (vintages and level == "adm2")
    ]
    names = [units.layer[f"{units.level}_name"] for units in layers]
    if vintages is None:
        found = assign_units(footprints, layers, draws, seed)
    else:
        own, found = _assign_vintages(footprints, vintages, layers, draws, seed, exact=exact)
        names.insert(0, own)
    return list(zip(levels, names, found, strict=True))


def _assign_vintages(
    footprints: TableFootprints,
    vintages: RowVintages,
    others: Sequence[Units],
    draws: int,
    seed: int,
    *,
    exact: bool,
) -> tuple[pd.Series, list[Found]]:
    """Name the district of each footprint among those of its vintages, and the unit of the others.

    Positions of districts are of the names that come out, by code.
    """
    days = {day for mixture in vintages.mixtures for day, _ in mixture}
    layers = {day: Units.load("adm2", exact=exact, vintage=day) for day in sorted(days)}
    names = name_districts()
    count = len(footprints)
    found = [(np.full(count, -1), np.zeros(count)) for _ in ("adm2", *others)]
    for number, mixture in enumerate(vintages.mixtures):
        rows = np.flatnonzero(vintages.which == number)
        part = footprints.take(rows)
        if len(mixture) == 1:
            units = layers[mixture[0][0]]
            district, *told = assign_units(part, [units, *others], draws, seed)
            position = names.index.get_indexer(units.layer.index)
            district = np.where(district[0] < 0, -1, position[district[0]]), district[1]
        else:
            district = _weigh_by_days(part, mixture, layers, names.index, draws, seed)
            told = assign_units(part, others, draws, seed)
        for (unit, share), own in zip(found, (district, *told), strict=True):
            unit[rows], share[rows] = own
    return names, found


def _weigh_by_days(
    footprints: TableFootprints,
    mixture: Mixture,
    layers: Mapping[str, Units],
    codes: pd.Index,
    draws: int,
    seed: int,
) -> Found:
    """Name the most probable district where each vintage counts by its days."""
    counts = np.zeros((len(footprints), len(codes)), dtype="int64")
    favour: NDArray[np.float64] = np.zeros(counts.shape)
    for vintage, days in mixture:
        units = layers[vintage]
        best, own = count_draws(units, footprints, draws, seed)
        position = codes.get_indexer(units.layer.index)
        counts[:, position] += days * own
        favour[:, position] += days * favour_best(own, best)
    unit = choose_most_probable(counts, favour)
    return unit, take_counts(counts, unit) / (draws * sum(days for _, days in mixture))
