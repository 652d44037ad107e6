"""The words by which a report says what happened, when, to how many, and where."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geosec.errors import UnknownNameError, near_misses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FOLDER = "words"
_TRIGGERS = (
    *("follow", "never", "mishap", "accident", "background", "statistic", "summary", "another"),
    *(
        "reference",
        "superseded",
        "more",
        "unconfirmed",
        "slain",
        "firefight",
        "excess",
        "disappeared",
        "arson",
    ),
)
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True)
class ReportWords:
    """What a language says in reports, as patterns over lower-case text.

    Attributes
    ----------
    text, roles, people, casualties : mapping of str to pattern
        One pattern for each list of the language file.
    parts : pattern
        Where a sentence turns to something else.
    away : pattern
        What stands before a place that something moves to or from, or belongs to.
    distance_away : pattern
        What stands behind a place that is told of by its distance only.
    types : mapping of str to pattern
        ACLED event types and the words for each, in the order in which they decide.
    triggers : mapping of str to pattern
        What is said beside the types: ``follow``, ``never``, ``accident`` and so on.
    quantities : mapping of str to tuple of (int, int or None)
        Words for numbers of people, as a lowest and a highest; None where it is open.
    dates : mapping of str to tuple of str
        Words for days.

    Examples
    --------
    >>> load_report_words("en").quantities["several"]
    (3, 9)
    """

    text: Mapping[str, re.Pattern[str]]
    parts: re.Pattern[str]
    roles: Mapping[str, re.Pattern[str]]
    away: re.Pattern[str]
    distance_away: re.Pattern[str]
    types: Mapping[str, re.Pattern[str]]
    triggers: Mapping[str, re.Pattern[str]]
    people: Mapping[str, re.Pattern[str]]
    casualties: Mapping[str, re.Pattern[str]]
    quantities: Mapping[str, tuple[int, int | None]]
    dates: Mapping[str, tuple[str, ...]]

    @cached_property
    def spoken_on(self) -> re.Pattern[str]:
        """A day on which somebody spoke: "officials said on Saturday"."""
        saying, days = self.roles["saying"].pattern, "|".join(self.dates["weekdays"])
        return re.compile(rf"{saying}(?: \w+){{0,3}}? (?:late |early )?(?:on )?(?:{days})\b")

    @cached_property
    def days(self) -> re.Pattern[str]:
        """Words that say a day: weekdays, dates, today, yesterday."""
        names = ("weekdays", "today", "yesterday", "same_day", "day_before", "day_after")
        months = "|".join(self.dates["months"])
        calendar = (rf"(?:{months}) \d{{1,2}}", rf"\d{{1,2}} (?:{months})")
        return _any_of((*(entry for name in names for entry in self.dates[name]), *calendar))


def load_report_words(code: str = "en") -> ReportWords:
    """Load the report words of a language.

    Parameters
    ----------
    code : str, default "en"
        ISO 639-1 code of a language file. No unit or CRS is involved.

    Returns
    -------
    ReportWords

    Raises
    ------
    UnknownNameError
        If there is no file for the language.

    Examples
    --------
    >>> bool(load_report_words("en").types["Riots"].search("an angry mob"))
    True
    """
    return _loaded(code)


@cache
def _loaded(code: str) -> ReportWords:
    folder = files("geosec.news") / _FOLDER
    known = sorted(each.name.removesuffix(".toml") for each in folder.iterdir())
    if code not in known:
        msg = f"there are no report words for the language {code!r}; {near_misses(code, known)}"
        raise UnknownNameError(msg)
    read = tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))
    roles = dict(read["roles"])
    away = _any_of(roles.pop("away"))
    triggers = dict(read["triggers"])
    others = {kind: _any_of(triggers.pop(kind)) for kind in _TRIGGERS}
    casualties = read["casualties"]
    verbs = casualties["dead_before"] + casualties["hurt_before"]
    return ReportWords(
        text=_patterns(read["text"]),
        parts=re.compile(read["parts"]["pattern"]),
        roles=_patterns(roles),
        away=away,
        distance_away=re.compile(read["distance_away"]["pattern"]),
        types=_patterns(triggers),
        triggers=others,
        people=_patterns(read["people"]),
        casualties=_patterns({**casualties, "verbs": verbs}),
        quantities={word: _range(ends) for word, ends in read["quantities"].items()},
        dates={name: tuple(entries) for name, entries in read["dates"].items()},
    )


def _patterns(lists: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {name: _any_of(entries) for name, entries in lists.items()}


def _any_of(entries: Iterable[str]) -> re.Pattern[str]:
    """Join entries, longest first, as whole words; a final star stands for any ending."""
    parts = sorted(entries, key=len, reverse=True)
    starred = (f"{part[:-1]}\\w*" if re.fullmatch(r"[\w -]+\*", part) else part for part in parts)
    return re.compile(rf"\b(?:{'|'.join(starred)})(?!\w)") if parts else _NEVER


def _range(ends: list[Any]) -> tuple[int, int | None]:
    return ends[0], ends[1] if len(ends) > 1 else None
