"""The district of each incident among those of its days.

A row's days lie between two changes, nearly always: then the districts of one vintage are asked.
Where they do not, as in a week across New Year, each vintage is asked with the same draws, and the
probability of a district is the mean of its shares, weighed by the days that each vintage stood.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from geosec.assignment.units import (
    assign_units,
    choose_most_probable,
    count_draws,
    favour_best,
    take_counts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from geosec.assignment.days import Mixture, RowVintages
    from geosec.assignment.sources import Lineage, Source
    from geosec.assignment.units import Found, Units
    from geosec.reference.boundaries import Level
    from geosec.uncertainty.table_footprints import TableFootprints


class LevelFound(NamedTuple):
    """What was found of one level."""

    level: Level
    names: pd.Series
    codes: pd.Index | pd.Series
    unit: NDArray[np.int64]  #: the position of each footprint's unit among them, -1 for none
    share: NDArray[np.float64]  #: its probability


def assign_levels(
    footprints: TableFootprints,
    source: Source,
    vintages: RowVintages | None,
    draws: int,
    seed: int,
) -> list[LevelFound]:
    """Name the most probable unit of each footprint, for each level by itself, the finest first.

    `vintages` of the footprints say whose districts of the source's lineage.
    """
    told = [(units.level, units.names, units.codes) for units in source.units]
    lineage = source.lineage
    if vintages is None or lineage is None:
        found = assign_units(footprints, source.units, draws, seed)
    else:
        found = _assign_vintages(footprints, vintages, lineage, source.units, draws, seed)
        told.insert(0, (lineage.level, lineage.names, lineage.codes))
    return [LevelFound(*labels, *unit) for labels, unit in zip(told, found, strict=True)]


def _assign_vintages(
    footprints: TableFootprints,
    vintages: RowVintages,
    lineage: Lineage,
    others: Sequence[Units],
    draws: int,
    seed: int,
) -> list[Found]:
    """Name the district of each footprint among those of its vintages, and the unit of the others.

    Positions of districts are of the names of the lineage.
    """
    days = {day for mixture in vintages.mixtures for day, _ in mixture}
    layers = {day: lineage.load(day) for day in sorted(days)}
    labels = lineage.names.index
    count = len(footprints)
    found = [(np.full(count, -1), np.zeros(count)) for _ in ("adm2", *others)]
    for number, mixture in enumerate(vintages.mixtures):
        rows = np.flatnonzero(vintages.which == number)
        part = footprints.take(rows)
        if len(mixture) == 1:
            units = layers[mixture[0][0]]
            district, *told = assign_units(part, [units, *others], draws, seed)
            position = labels.get_indexer(units.layer.index)
            district = np.where(district[0] < 0, -1, position[district[0]]), district[1]
        else:
            district = _weigh_by_days(part, mixture, layers, labels, draws, seed)
            told = assign_units(part, others, draws, seed)
        for (unit, share), own in zip(found, (district, *told), strict=True):
            unit[rows], share[rows] = own
    return found


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
