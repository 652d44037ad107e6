"""Tables of the analyses on a map: which of their columns is drawn, and what is told with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

#: What is drawn of a table without ``value``: the first that it has.
_MEASURES = (
    *(r"z", r"ratio_b_to_a", r"rate_per_million_[a-z]+_km", r"rate_per_100km_year"),
    *(r"rate_per_1000km2", r"rate_per_100000", r"density_per_km", r"hot_periods", r"count"),
)
_LABELS = ("spot", "pattern", "reason")


class Drawn(NamedTuple):
    """A table with the columns of a map, and what its ``value`` is called."""

    table: pd.DataFrame
    title: str


def draw_analysis(table: pd.DataFrame, words: Mapping[str, str]) -> Drawn | None:
    """Give a table of an analysis the columns ``value``, ``low`` and so on; None where it is none.

    Values of few incidents are marked by ``count``, which is of no use to a count itself, nor to z,
    which stands on the neighbours too.
    """
    names = {name for name in table.columns if isinstance(name, str)}
    measure = _find_measure(names)
    if measure is None:
        return None
    columns = {"value": measure, "low": f"{measure}_low", "high": f"{measure}_high"}
    found = {name: table[column] for name, column in columns.items() if column in names}
    found |= _label_units(table, names, words)
    if {"count_a", "count_b"} <= names:
        found["count"] = table["count_a"] + table["count_b"]
    elif measure in {"count", "z"}:
        table = table.drop(columns="count", errors="ignore")
    return Drawn(table.assign(**found), words.get(f"measure_{measure}", measure.replace("_", " ")))


def _find_measure(names: set[str]) -> str | None:
    found = (name for each in _MEASURES for name in sorted(names) if re.fullmatch(each, name))
    return next(found, None)


def _label_units(
    table: pd.DataFrame, names: set[str], words: Mapping[str, str]
) -> dict[str, pd.Series]:
    """Tell what an analysis calls each unit, or why it has no value."""
    label = next((table[name] for name in _LABELS if name in names), None)
    if label is None:
        return {}
    if {"ratio_b_to_a", "count_b"} <= names:
        only_b = np.isinf(table["ratio_b_to_a"]) & (table["count_b"] > 0)
        counts = table["count_b"].map("{:.3g}".format)
        told = counts.map(lambda count: words["measure_only_b"].format(count=count))
        label = label.astype("object").mask(only_b, told)
    return {"label": label}
