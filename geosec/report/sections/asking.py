"""How a section asks an analysis: what it warns of is noted, and why there is no answer is told."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, NamedTuple

from geosec.errors import GeosecWarning, ParameterError, SchemaError
from geosec.report.content import Paragraph, Section
from geosec.report.saying import clean_cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from geosec.report.saying import Teller

_LONGEST = 600  # letters of a reason


class Answer(NamedTuple):
    """What an analysis found, or why it found nothing, and what it warned of."""

    found: Any
    reason: str
    notices: list[str]


def ask(analysis: Callable[[], Any]) -> Answer:
    """Ask an analysis; what it refuses becomes the reason why there is no answer."""
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            found, reason = analysis(), ""
        except (ParameterError, SchemaError) as error:
            found, reason = None, clean_cell(error, _LONGEST)
    told = [str(each.message) for each in warned if issubclass(each.category, GeosecWarning)]
    return Answer(found, reason, list(dict.fromkeys(told)))


def write_value(value: Any) -> str:
    """Write a setting as a caller gave it: 10000, adm2, 1, 7, 14."""
    if isinstance(value, list | tuple):
        return ", ".join(map(write_value, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def write_unmade(tell: Teller, name: str, reason: str) -> Section:
    """Write a section that only says why there is no answer."""
    text = tell.say("unmade", reason=reason)
    return Section(name, tell.words[name], [Paragraph(text)], is_made=False)
