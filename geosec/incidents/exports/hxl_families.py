"""Which columns a tag of HXL stands for: one, or several that divide one count by sex or age.

Attributes: *HXL hashtag dictionary*, hxlstandard.org/standard/dictionary.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geosec.errors import SchemaError

if TYPE_CHECKING:
    from collections.abc import Mapping

_SEXES = frozenset({"f", "m", "i"})
_AGES = frozenset({"infants", "children", "adolescents", "adults", "elderly"})
_AGE_SPAN = re.compile(r"age_?\d+(?:_\d+)?(?:_?plus)?")
_LANGUAGE = re.compile(r"(?:i_)?([a-z]{2})")
_COUNTED = "#affected"
_WHOLE = "total"


def choose_columns(wanted: str, tags: Mapping[str, str], ours: str = "") -> list[str]:
    """Choose the columns that a tag stands for: those with its attributes, and the fewest others.

    One is chosen where it stands for all the others, as a total does for its parts; several where
    they divide one count by sex or age. Raises a `SchemaError` where neither can be told: `ours` is
    the name that such a column is to be given.
    """
    found = _find_attributes(wanted, tags)
    if len(found) < 2:
        return list(found)
    first = min(found, key=lambda column: len(found[column]))
    others = [extra for column, extra in found.items() if column != first]
    if all(found[first] < extra for extra in others):
        return [first]
    if wanted.startswith(_COUNTED) and _divides(list(found.values())):
        return list(found)
    spoken = _choose_language(found)
    if spoken:
        return [spoken]
    both = ", ".join(f"{column!r} ({tags[column]})" for column in found)
    msg = (
        f"the tag {wanted} may mean several columns: {both}. Say which with "
        f'`columns={{"{first}": "{ours or "..."}"}}`.'
    )
    raise SchemaError(msg)


def _find_attributes(wanted: str, tags: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Find the columns with the tag and the attributes that are wanted, and their others."""
    head, *needed = wanted.split("+")
    cut = {column: tag.split("+") for column, tag in tags.items()}
    return {
        column: frozenset(others) - {*needed, _WHOLE}
        for column, (own, *others) in cut.items()
        if own == head and {*needed} <= {*others}
    }


def _divides(attributes: list[frozenset[str]]) -> bool:
    """Tell whether attributes divide one count: all by sex, all by age, or all by both."""
    shared = frozenset.intersection(*attributes)
    own = [each - shared for each in attributes]
    kinds = [sorted(map(_name_division, each)) for each in own]
    is_told = all(kind == kinds[0] and len({*kind}) == len(kind) for kind in kinds)
    return is_told and "" not in kinds[0] and kinds[0] != [] and len({*own}) == len(own)


def _name_division(attribute: str) -> str:
    if attribute in _SEXES:
        return "sex"
    if attribute in _AGES:
        return "age"
    return "years" if _AGE_SPAN.fullmatch(attribute) else ""


def _choose_language(found: Mapping[str, frozenset[str]]) -> str:
    """Choose of columns that say one thing in several languages, English first; empty if none."""
    shared = frozenset.intersection(*found.values())
    spoken: dict[str, str] = {}
    for column, attributes in found.items():
        own = sorted(attributes - shared)
        match = _LANGUAGE.fullmatch(own[0]) if len(own) == 1 else None
        if own and match is None:
            return ""
        spoken.setdefault(match[1] if match else "", column)
    same = len(spoken) == len(found)
    return spoken.get("en", next(iter(spoken.values()))) if same else ""
