"""The exceptions geosec raises, and when.

Policy
------
* A row that cannot be placed is a *value*: it keeps its line in the table, with a status and a
  reason. It never raises and never stops the batch.
* A call that cannot be carried out raises one of the classes below. Each is also the builtin a
  caller would expect, so ``except ValueError`` works without importing anything from here.
* A message says what came, what was expected and what to do about it.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class GeosecError(Exception):
    """Base of every exception geosec raises on purpose."""


class CRSError(GeosecError, ValueError):
    """A layer is in no CRS, or in one that the operation cannot measure in."""


class SchemaError(GeosecError, ValueError):
    """A table lacks a column, or holds one with the wrong kind of values."""


class ParameterError(GeosecError, ValueError):
    """An argument is outside what the function can work with."""


class SourceError(GeosecError, ValueError):
    """A file is empty, is not what its name says, or cannot be decoded."""


class UnknownNameError(GeosecError, LookupError):
    """A layer, line, station or route of that name is not in the reference data."""


class GeosecWarning(UserWarning):
    """Something that was given could not be used, and the table says where."""


def near_misses(name: str, known: Iterable[str], *, limit: int = 3, list_all: bool = True) -> str:
    """Say which known names are like the one that was not found, as the end of a sentence.

    Where nothing is near, all names are listed if `list_all`, else it is empty; and it says so
    where there is none.
    """
    names = sorted(set(known))
    if not names:
        return "there is none."
    folded = {spelt.casefold(): spelt for spelt in names}
    close = [folded[hit] for hit in get_close_matches(name.casefold(), folded, n=limit)]
    if close:
        return f"did you mean {_quote_names(close, 'or')}?"
    if not list_all:
        return ""
    return f"known are {_quote_names(names, 'and')}."


def _quote_names(names: list[str], last: str) -> str:
    quoted = [repr(name) for name in names]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} {last} {quoted[-1]}"
