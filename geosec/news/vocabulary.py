"""The words by which a report says what happened, when, to how many, and where.

Each class below is a section of a file in ``words``, each attribute a list there; what a list means
is said beside it. The patterns are over text in lower case.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from geosec.errors import SourceError, UnknownNameError, near_misses
from geosec.news.acled import EVENT_TYPES
from geosec.news.notation import read_entry, write_whole
from geosec.news.sections import Section
from geosec.shared import build_once, build_once_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geosec.news.notation import Entry

_FOLDER = "words"
_PATTERNS = ("names", "layout", "scenes", "types", "signs", "asides", "people", "tolls")
_SECTIONS = ("groups", *_PATTERNS, "quantities", "numbers", "ordinals", "dates")

COUNTING = (  # lists of [tolls] of which a part has one that counts anybody
    *("dead_before", "hurt_before", "dead_after", "hurt_after"),
    *("taken_before", "taken_after", "theirs", "risen", "nobody"),
)

Pattern = re.Pattern[str]

DATE_UNITS = ("day", "week", "fortnight", "month", "year")  # in which days ago are told


@dataclass(frozen=True, eq=False, init=False, repr=False)
class NameWords(Section):
    """What stands before a full stop or a name; the section ``[names]``."""

    abbreviations: Pattern
    rulers: Pattern
    titles: Pattern
    off_verbs: Pattern
    parts: Pattern
    rounds: Pattern


@dataclass(frozen=True, eq=False, init=False, repr=False)
class LayoutWords(Section):
    """What stands round the text of a report; the section ``[layout]``."""

    agencies: Pattern
    by: Pattern
    bylines: Pattern
    credits: Pattern
    date_fields: Pattern
    place_fields: Pattern
    other_fields: Pattern
    all_on: Pattern


@dataclass(frozen=True, eq=False, init=False, repr=False)
class SceneWords(Section):
    """What stands round the place where something happened; the section ``[scenes]``."""

    turns: Pattern
    here: Pattern
    attack_nouns: Pattern
    between: Pattern
    not_sites: Pattern
    away: Pattern
    stationed: Pattern
    people_of: Pattern
    people_do: Pattern
    speakers: Pattern
    saying: Pattern
    distance_away: Pattern
    there: Pattern


@dataclass(frozen=True, eq=False, init=False, repr=False)
class SignWords(Section):
    """What is said beside the types of events; the section ``[signs]``."""

    reference: Pattern
    goes_on: Pattern
    superseded: Pattern
    more_dead: Pattern
    follow: Pattern
    never: Pattern
    mishap: Pattern
    accident: Pattern
    befell: Pattern
    firefight: Pattern
    excess: Pattern
    disappeared: Pattern
    arson: Pattern
    statistic: Pattern
    unconfirmed: Pattern
    fewer: Pattern
    unreal: Pattern
    coming: Pattern
    background: Pattern
    several: Pattern
    another: Pattern
    again: Pattern
    slain: Pattern


@dataclass(frozen=True, eq=False, init=False, repr=False)
class AsideWords(Section):
    """What begins that which is no news; the section ``[asides]``."""

    denied: Pattern
    planned: Pattern
    remembered: Pattern
    spoken: Pattern
    supposed: Pattern


@dataclass(frozen=True, eq=False, init=False, repr=False)
class PeopleWords(Section):
    """Who attacked and who was hit; the section ``[people]``."""

    security: Pattern
    militants: Pattern
    titled: Pattern
    person: Pattern
    persons: Pattern
    agents: Pattern
    taken: Pattern
    militants_killed: Pattern
    police_named: Pattern


@dataclass(frozen=True, eq=False, init=False, repr=False)
class TollWords(Section):
    """What stands round a number of killed or hurt; the section ``[tolls]``."""

    dead_after: Pattern
    dead_before: Pattern
    hurt_after: Pattern
    hurt_before: Pattern
    taken_after: Pattern
    taken_before: Pattern
    theirs: Pattern
    nobody: Pattern
    risen: Pattern
    at_least: Pattern
    more_than: Pattern
    at_most: Pattern
    about: Pattern
    whole: Pattern
    owners: Pattern
    part: Pattern
    things: Pattern


@dataclass(frozen=True, eq=False)
class DateWords:
    """Words for days; the section ``[dates]``."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    today: tuple[str, ...]
    yesterday: tuple[str, ...]
    before_yesterday: tuple[str, ...]
    weekday_leads: tuple[str, ...]
    day_parts: tuple[str, ...]
    coming: tuple[str, ...]
    same_day: tuple[str, ...]
    day_before: tuple[str, ...]
    day_after: tuple[str, ...]
    after_day: tuple[str, ...]
    hurt_in: tuple[str, ...]
    last: tuple[str, ...]
    this: tuple[str, ...]
    ago: tuple[str, ...]
    in_month: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ReportWords:
    """What a language says in reports."""

    names: NameWords
    layout: LayoutWords
    scenes: SceneWords
    #: The regular expressions of each of ACLED's event types, in the order in which they decide,
    #: and those of their entries.
    type_lists: Mapping[str, str]
    type_entries: Mapping[str, Sequence[str]]
    signs: SignWords
    asides: AsideWords
    people: PeopleWords
    tolls: TollWords
    #: Words for numbers of people, as a lowest and a highest; None where it is open.
    quantities: Mapping[str, tuple[int, int | None]]
    #: What the words of a number are worth: ``hundred`` is 100.
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    dates: DateWords
    #: All the words, where these are those of a sentence: of what patterns are made once.
    every: ReportWords = field(init=False, repr=False)

    def __post_init__(self) -> None:
        vars(self)["every"] = self

    @build_once_each
    def types(self) -> Mapping[str, Pattern]:
        """A pattern for each event type, in the order in which they decide."""
        return {name: re.compile(written) for name, written in self.type_lists.items()}

    @build_once_each
    def spoken_on(self) -> Pattern:
        """A day on which somebody spoke: "officials said on Saturday"."""
        saying, days = self.scenes.saying.pattern, "|".join(self.dates.weekdays)
        return re.compile(rf"{saying}(?: \w+){{0,3}}? (?:late |early )?(?:on )?(?:{days})\b")

    @build_once_each
    def beginning_asides(self) -> tuple[Pattern, ...]:
        """What begins anything that is no news."""
        return tuple(getattr(self.asides, each.name) for each in fields(AsideWords))

    @build_once_each
    def counting(self) -> tuple[Pattern, ...]:
        """What a part has in it that counts anybody, or says that there is nobody."""
        return tuple(getattr(self.tolls, name) for name in COUNTING)

    @build_once_each
    def any_date(self) -> Pattern:
        """What every date has in it, one or the other: a sentence without any has none."""
        dates = self.dates
        near = (*dates.today, *dates.yesterday, *dates.before_yesterday)
        told = (*dates.same_day, *dates.day_before, *dates.day_after)
        short = (name[:3] for name in (*dates.weekdays, *dates.months))
        every = {*map(re.escape, (*near, *told)), *short, *DATE_UNITS}
        figures = r"\d{4}|\d[/.-]\d|\d(?:st|nd|rd|th)\b"  # of a year, a date, a day of a month
        return re.compile(rf"{figures}|\b(?:{'|'.join(sorted(every, key=len, reverse=True))})")

    @build_once_each
    def day_names(self) -> frozenset[str]:
        """Names of weekdays and months, which are no places."""
        return frozenset({*self.dates.weekdays, *self.dates.months})

    @build_once_each
    def days(self) -> Pattern:
        """Words that say a day: weekdays, dates, today, yesterday."""
        return re.compile(rf"\b(?:{'|'.join(self.day_entries)})(?!\w)")

    @build_once_each
    def day_entries(self) -> Sequence[str]:
        """The regular expressions of words that say a day, the longest first."""
        dates = self.dates
        months = "|".join(dates.months)
        calendar = (rf"(?:{months}) \d{{1,2}}", rf"\d{{1,2}} (?:{months})")
        near = (*dates.today, *dates.yesterday)
        told = (*dates.same_day, *dates.day_before, *dates.day_after)
        return sorted((*dates.weekdays, *near, *told, *calendar), key=len, reverse=True)


def load_report_words(code: str = "en") -> ReportWords:
    """Load the report words of a language by its ISO 639-1 code, once.

    It raises UnknownNameError if there is no file for the language, and SourceError if the file
    lacks a list or holds one that nothing reads.
    """
    return _load(code)


@build_once
def _load(code: str) -> ReportWords:
    return make_report_words(_read_file(code), code)


def list_entries(code: str = "en") -> Iterator[tuple[str, Entry]]:
    """List every entry of every list of a language that is no quantity and no day."""
    read = _read_file(code)
    for section in _PATTERNS:
        for name, entries in read[section].items():
            for raw in entries:
                yield f"{section}.{name}", read_entry(raw, read["groups"])


def _read_file(code: str) -> dict[str, Any]:
    folder = files("geosec.news") / _FOLDER
    known = sorted(each.name.removesuffix(".toml") for each in folder.iterdir())
    if code not in known:
        msg = f"there are no report words for the language {code!r}; {near_misses(code, known)}"
        raise UnknownNameError(msg)
    return tomllib.loads((folder / f"{code}.toml").read_text(encoding="utf-8"))


def make_report_words(read: Mapping[str, Any], code: str) -> ReportWords:
    """Compile the lists of a language that were read from its file."""
    where = f"report words for {code!r}"
    _check_names(read, _SECTIONS, where, "section")
    _check_names(read["types"], EVENT_TYPES, f"{where}, [types]", "list")

    def read_entries(section: str) -> dict[str, list[Entry]]:
        groups = read["groups"]
        lists = read[section].items()
        return {name: [read_entry(each, groups) for each in raw] for name, raw in lists}

    def read_section(section: str, kind: type[Any]) -> Any:
        _check_names(read[section], _list_fields(kind), f"{where}, [{section}]", "list")
        return kind(section, read_entries(section))

    _check_names(read["dates"], _list_fields(DateWords), f"{where}, [dates]", "list")
    types = read_entries("types")
    return ReportWords(
        names=read_section("names", NameWords),
        layout=read_section("layout", LayoutWords),
        scenes=read_section("scenes", SceneWords),
        type_lists={name: write_whole(entries) for name, entries in types.items()},
        type_entries={name: [each.regex for each in entries] for name, entries in types.items()},
        signs=read_section("signs", SignWords),
        asides=read_section("asides", AsideWords),
        people=read_section("people", PeopleWords),
        tolls=read_section("tolls", TollWords),
        quantities={word: _read_range(ends) for word, ends in read["quantities"].items()},
        numbers=dict(read["numbers"]),
        ordinals=dict(read["ordinals"]),
        dates=DateWords(**{name: tuple(words) for name, words in read["dates"].items()}),
    )


def _list_fields(kind: type[Any]) -> list[str]:
    return [each.name for each in fields(kind)]


def _check_names(found: Iterable[str], known: Iterable[str], where: str, what: str) -> None:
    """Refuse a file that lacks a list or holds one that nothing reads."""
    there, wanted = list(found), list(known)
    for name in wanted:
        if name not in there:
            msg = f"the {where}, lack the {what} {name!r}."
            raise SourceError(msg)
    for name in there:
        if name not in wanted:
            msg = f"the {where}, hold a {what} {name!r} that nothing reads; "
            raise SourceError(msg + near_misses(name, wanted))


def _read_range(ends: list[int]) -> tuple[int, int | None]:
    return ends[0], ends[1] if len(ends) > 1 else None
