"""Columns that look like a code of spatial precision, and are of use only with its code book."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

from geosec.errors import GeosecWarning, SchemaError
from geosec.incidents.columns import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LOOKS_LIKE = re.compile(
    r"(geo|where|loc|location|spatial|place|coordinate|coord)s?_?prec(is|ision)?(_?code)?"
    r"|precision|prec|specificity|geocoding_?specificity"
)
_WHOSE = {"where_prec": "ucdp", "specificity": "gtd"}


def check_precision(columns: Sequence[str], taken: Iterable[str]) -> None:
    """Warn of a precision code that is not used, and refuse one whose code book is not named.

    `taken` are the columns of ours that the table has. Raises a `SchemaError`.
    """
    taken = set(taken)
    if "precision_code" in taken:
        if "precision_scheme" not in taken:
            msg = (
                "the table has a `precision_code`, and does not say whose code it is: say "
                'kind="acled", "ucdp" or "gtd", or add a column `precision_scheme` that does.'
            )
            raise SchemaError(msg)
        return
    for name in columns:
        if looks_like_code(name):
            kind = _WHOSE.get(fold_name(name), "acled")
            msg = (
                f"the column {name!r} looks like a code of spatial precision, and is not used: say "
                f'kind="{kind}" if it is of that code book (acled, ucdp and gtd are known), or '
                f'columns={{"{name}": "precision_code"}} beside a column `precision_scheme`.'
            )
            warnings.warn(msg, GeosecWarning, stacklevel=4)


def looks_like_code(name: str) -> bool:
    """Tell whether a column is called as codes of spatial precision are."""
    return _LOOKS_LIKE.fullmatch(fold_name(name)) is not None
