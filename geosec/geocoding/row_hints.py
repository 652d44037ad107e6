"""The hints of a table: what each row gives beside its phrase, each distinct one once."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from geosec.arguments import clean_labels
from geosec.errors import GeosecWarning
from geosec.geocoding.placing.hints import Hints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from geosec.geocoding.placing.interpreter import Interpreter

_SHOWN = 5  # unknown values that a warning repeats


class RowHints(NamedTuple):
    """The distinct hints of a table, and which of them each row has."""

    distinct: list[Hints]
    which: NDArray[np.int64]


def read_row_hints(table: pd.DataFrame, usual: Mapping[str, str | None]) -> RowHints:
    """Read the hints off the columns of a table; `usual` stand where a row gives none."""
    which = np.zeros(len(table), dtype="int64")
    distinct: list[tuple[str, ...]] = [()]
    for name in Hints._fields:
        if name not in table.columns:
            distinct = [(*each, usual.get(name) or "") for each in distinct]
            continue
        given = table[name].astype("object") if table[name].dtype != "str" else table[name]
        filled = clean_labels(given.fillna(usual.get(name) or ""))
        codes, values = pd.factorize(filled.astype("str"))
        pairs, which = np.unique(which * max(len(values), 1) + codes, return_inverse=True)
        halves = [divmod(pair, len(values)) for pair in pairs.tolist()]
        distinct = [(*distinct[before], values[value]) for before, value in halves]
    return RowHints([Hints(*each) for each in distinct], which)


def warn_of_unknown(hints: RowHints, interpreter: Interpreter) -> None:
    """Say once how many rows give a province, a district or a tehsil that cannot be used."""
    rows = np.bincount(hints.which, minlength=len(hints.distinct))
    found: dict[str, dict[str, int]] = {}
    for each, count in zip(hints.distinct, rows.tolist(), strict=True):
        why = interpreter.explain_unknown(each) if count and any(each) else {}
        for name, reason in why.items():
            values = found.setdefault(name, {})
            told = "" if reason == "not known" else f", {reason}"
            value = f"{getattr(each, name)!r}{told}"
            values[value] = values.get(value, 0) + count
    if found:
        told = "; ".join(_tell(name, found[name]) for name in sorted(found))
        msg = (
            f"of {len(hints.which):,} rows, some give what is not known, or not there, and was not "
            f"used: {told}"
        )
        warnings.warn(f"{msg}.", GeosecWarning, stacklevel=3)


def _tell(name: str, values: dict[str, int]) -> str:
    often = sorted(values, key=lambda value: -values[value])
    shown = ", ".join(f"{value} ({values[value]:,})" for value in often[:_SHOWN])
    more = f" and {len(often) - _SHOWN:,} more" if len(often) > _SHOWN else ""
    return f"`{name}` of {sum(values.values()):,}, {shown}{more}"
