"""What callers give, checked at the doors of the verbs, in one wording.

A check says what came, what was expected and what to do. None of them is made for each phrase or
each row: a column is looked at as a whole.
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterable, Mapping
from numbers import Integral, Real
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

from geosec.errors import GeosecWarning, ParameterError, SchemaError, near_misses

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Labels = TypeVar("Labels", pd.Series, pd.Index)
    Table = TypeVar("Table", bound=pd.DataFrame)

_SURROGATE = re.compile("[\ud800-\udfff]")
_hold_half = re.compile("[\0\ud800-\udc7f\udd00-\udfff]").search  # \udc80 is a byte of a path
_REPLACEMENT = "\ufffd"
_SHOWN = 40  # letters of what was given that a message repeats
_SAID_BITS = 1_000  # of a whole number: Python writes none that is much longer
_MOST_BITS = 10_000
_BOOLS = (bool, np.bool_)
_NO_NUMBERS = (type(None), str, bytes, *_BOOLS)
_PLAIN = (str, bytes, bool, int, float)
_SIZED = (list, tuple, dict, set, pd.Series, pd.Index, np.ndarray)
UNWRITABLE = "half a character, which no text can hold, was read as \ufffd"


def describe_given(value: Any) -> str:
    """Say in a word or two what was given: 12, 'x', None, a list of 2, a DataFrame."""
    if value is None or isinstance(value, (*_PLAIN, Real)):
        if isinstance(value, int) and value.bit_length() > _SAID_BITS:
            return f"a number of {value.bit_length() // 3.3219:.0f} digits"
        said = repr(value.item() if isinstance(value, np.generic) else value)
        return said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    kind = f"a {type(value).__name__}"
    is_sized = isinstance(value, _SIZED) and getattr(value, "shape", None) != ()
    return f"{kind} of {len(value)}" if is_sized else kind


def name_row(index: pd.Index, row: int) -> str:
    """Name a row of a table by its identifier: 'PK-1', 7."""
    label = index[row]
    return repr(label.item() if isinstance(label, np.generic) else label)


def require_text(value: Any, name: str, what: str = "a text", remedy: str = "") -> str:
    """Refuse what is no text; half characters in one are replaced, as no file can hold them."""
    if isinstance(value, str):
        return replace_surrogates(value)
    msg = f"`{name}` takes {what}, and was given {describe_given(value)}{remedy}."
    raise ParameterError(msg)


def require_path(value: Any, name: str) -> str:
    """Refuse what is no path of a file."""
    if isinstance(value, PathLike | str) and _hold_half(str(value)) is None:
        return str(value)
    msg = f"`{name}` takes the path of a file, and was given {describe_given(value)}."
    raise ParameterError(msg)


def require_number(value: Any, name: str, unit: str = "") -> float:
    """Refuse what is no number of 0 or more; infinity is one."""
    if not _is_number(value, Real) or not value >= 0:
        many = f" {unit}" if unit else ""
        msg = f"`{name}` must be 0{many} or more, and is {describe_given(value)}."
        raise ParameterError(msg)
    return float(value)


def _is_number(value: Any, kind: type) -> bool:
    return isinstance(value, kind) and not isinstance(value, _BOOLS)


def require_whole(value: Any, name: str, least: int | None = 1) -> int:
    """Refuse what is no whole number, or less than the least."""
    whole = _is_number(value, Integral)
    if whole and (least is None or value >= least):
        return int(value)
    wanted = "" if least is None else f"{least} or more"
    wanted = wanted if whole else ", ".join(filter(None, ("a whole number", wanted)))
    msg = f"`{name}` must be {wanted}, and is {describe_given(value)}."
    raise ParameterError(msg)


def require_numbers(values: Any, name: str) -> NDArray[np.float64]:
    """Refuse what is neither a number nor a row of numbers; missing ones are NaN."""
    given = values.to_numpy() if isinstance(values, pd.Series | pd.Index) else values
    try:
        numbers = np.atleast_1d(np.asarray(given, dtype="float64"))
    except (TypeError, ValueError):
        numbers = None
    if numbers is None or numbers.ndim > 1 or isinstance(given, _NO_NUMBERS):
        msg = (
            f"`{name}` takes a number or a row of numbers, and was given {describe_given(values)}."
        )
        raise ParameterError(msg)
    return numbers


def read_numbers(values: pd.Series) -> pd.Series:
    """Read a column as numbers, float64; NaN for what is none, or too large to be one."""
    cells = values.map(_read_number) if values.dtype == "object" else values
    read = pd.to_numeric(cells, errors="coerce").to_numpy(na_value=np.nan)
    if np.iscomplexobj(read):
        read = np.full(len(values), np.nan)
    return pd.Series(read.astype("float64"), index=values.index, name=values.name)


def _read_number(value: Any) -> Any:
    """Read one value as a number; None for what is none. Texts are left to pandas."""
    if isinstance(value, str):
        return value
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def require_kind(value: Any, kind: type, name: str, remedy: str = "") -> None:
    """Refuse what is of another kind."""
    if not isinstance(value, kind):
        msg = f"`{name}` takes a {kind.__name__}, and was given {describe_given(value)}{remedy}."
        raise ParameterError(msg)


def require_list(value: Any, name: str) -> Iterable[Any]:
    """Refuse what is no list of things, such as a single text."""
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping):
        return value
    said = describe_given(value)
    msg = f"`{name}` takes a list, and was given {said}: [{said}]?"
    raise ParameterError(msg)


def require_flag(value: Any, name: str) -> bool:
    """Refuse what is neither True nor False."""
    if not isinstance(value, _BOOLS):
        msg = f"`{name}` is True or False, and was given {describe_given(value)}."
        raise ParameterError(msg)
    return bool(value)


def require_options(given: Iterable[str], known: Iterable[str], verb: str) -> None:
    """Refuse options that a verb does not have, as Python refuses those it sees in a signature."""
    for option in given:
        if option not in known:
            hint = near_misses(option, known)
            msg = f"{verb}() got an unexpected keyword argument {option!r}; {hint}"
            raise TypeError(msg)


def is_missing(value: Any) -> bool:
    """Whether a single value is missing: None, NaN, NaT or NA."""
    if value is None or value is pd.NA or value is pd.NaT:
        return True
    return isinstance(value, float) and math.isnan(value)


def replace_surrogates(text: str) -> str:
    """Put U+FFFD for each lone surrogate: half a character, which no file and no array can hold."""
    return text if text.isascii() else _SURROGATE.sub(_REPLACEMENT, text)


def find_surrogates(values: pd.Series | pd.Index) -> NDArray[np.intp]:
    """Find the positions of texts that hold a lone surrogate; only Python's own strings can."""
    if values.dtype != "object":
        return np.empty(0, dtype="intp")
    texts = [value if isinstance(value, str) else "" for value in values]
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return np.flatnonzero([_SURROGATE.search(text) is not None for text in texts])
    return np.empty(0, dtype="intp")


def clean_labels(values: Labels) -> Labels:
    """Replace the lone surrogates of a column or an index; one without any is given back."""
    if not find_surrogates(values).size:
        return values
    return values.map(lambda value: replace_surrogates(value) if isinstance(value, str) else value)


def clean_texts(table: Table) -> tuple[Table, list[str]]:
    """Replace the lone surrogates in a table's texts, names and index; say which columns had some.

    A table without any is given back. A number too long to be written is a `SchemaError`.
    """
    for name in table.columns[[dtype == "object" for dtype in table.dtypes]]:
        _refuse_long_numbers(table[name])
    names = [name for name in table.columns if find_surrogates(table[name]).size]
    told = [repr(replace_surrogates(str(name))) for name in names]
    if names:
        table = table.copy(deep=False)
        for name in names:  # a name may be a number
            table[name] = clean_labels(table[name])
    for axis, labels in (("index", table.index), ("columns", table.columns)):
        if find_surrogates(labels).size:
            table = table.set_axis(clean_labels(labels), axis=axis)
            told.append(f"the {axis}")
    return table, told


def _refuse_long_numbers(values: pd.Series) -> None:
    """Refuse numbers of thousands of digits, of which Python makes no text."""
    for row, value in enumerate(values):
        if isinstance(value, int) and value.bit_length() > _MOST_BITS:
            msg = (
                f"{values.name!r} holds {describe_given(value)} in row "
                f"{name_row(values.index, row)}, which no file can hold; give it as text."
            )
            raise SchemaError(msg)


def clean_telling(table: Table, levels: int) -> Table:
    """Replace half characters in a table, and warn so many levels up of where they stood."""
    table, told = clean_texts(table)
    if told:
        warnings.warn(f"in {', '.join(told)}, {UNWRITABLE}.", GeosecWarning, stacklevel=levels + 1)
    return table
