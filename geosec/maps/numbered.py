"""Identifiers that are numbers after the same letters, which take less room as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geosec.maps.payload import Plane, make_plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MOST_DIGITS = 9
_DIGITS = "0123456789"


class Numbered(NamedTuple):
    """What ``PAK0001``, ``PAK0002`` have in common, and the number of each."""

    prefix: str
    digits: int  #: to which a number is filled up with zeros; 0 where none is
    numbers: NDArray[np.int64]


def number_texts(texts: pa.Array) -> Numbered | None:
    """Read texts as letters that all share and a number; None where they cannot be written back."""
    if len(texts) == 0 or texts.null_count:
        return None
    prefix = texts[0].as_py().rstrip(_DIGITS)
    tails = pc.utf8_slice_codeunits(texts, len(prefix))
    fits = pc.and_(
        pc.starts_with(texts, prefix),
        pc.match_substring_regex(tails, f"^[0-9]{{1,{_MOST_DIGITS}}}\\z"),
    )
    if not pc.all(fits).as_py():
        return None
    lengths = pc.utf8_length(tails).to_numpy()
    numbers = pc.cast(tails, pa.int64()).to_numpy()
    if (lengths == lengths[0]).all():
        return Numbered(prefix, int(lengths[0]), numbers)
    plain = np.searchsorted(10 ** np.arange(1, _MOST_DIGITS), numbers, side="right") + 1
    return Numbered(prefix, 0, numbers) if (lengths == plain).all() else None


def make_numbered_plane(
    numbered: Numbered, name: str, order: NDArray[np.int64], days: NDArray[np.float64]
) -> tuple[dict[str, Any], Plane]:
    """Write identifiers as a plane, by the first days of their rows, as tables often number them.

    `order` is that of the rows, `days` stand in it; those without one come last.
    """
    plane = make_plane(name, numbered.numbers[order][np.argsort(days, kind="stable")], delta=True)
    return {**plane.told, "prefix": numbered.prefix, "digits": numbered.digits}, plane
