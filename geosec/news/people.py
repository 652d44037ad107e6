"""The groups of people that a text tells of: "two soldiers", "a bus driver", "passengers"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from geosec.news.head_counts import HeadCount, find_head_counts
from geosec.news.notation import WHOLE
from geosec.news.tolls import Count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.news.vocabulary import Pattern, ReportWords

_BEFORE = 24  # letters before a group in which "including" stands
_ADVERBIAL = re.compile(r"\b(?:in|at|of|for|on|by|(?<!up )to) $")
_WHOLE_OF = (
    re.compile(  # "a family of five", "spoke of six killed", and not "two of a party of nine"
        r"(?:(?<!of )(?<!from )\b(?:a|the|one)\s(?:family|group|party|total|team|gang|crew|couple)"
        r"|\b(?:spoke|speaks?|told|talked|heard)) of $"
    )
)
_OWNED = re.compile(r"^of (?:his|her|their|its|the) ")
_OF_THEM = re.compile(r" of (?:them|whom|these|those)\b")
_AGED = re.compile(r"(?: and [\w-]+)?(?:[,.);]|$)")
_JOINT = re.compile(
    r"(?: +(?!aged\b)[\w§'-]+){0,7}?(?P<comma> *,)?"
    r"(?P<and> +and(?: also)?| +as well as| +along with| +together with| +plus)?"
    r" +(?:(?:his|her|their|its) )?"
)
_BETWEEN = re.compile(r"(?: (?!and\b)[\w'-]+){0,4} ?")  # a number and its noun
_ALONE = "died|was|had|has|also|later|succumbed"  # behind "a third"
_OWNERS = "a|an|the|his|her|its|their|one"  # begin another group
_NAME = re.compile(r"\b[A-Z][a-z'’-]+(?: (?:[A-Z][a-z'’-]+|ul|ur|ud|bin))+")
_SOME = 2
_ARTICLES = frozenset({"a", "an"})
_KINDS = ("counted", "one", "named", "thing", "some")  # the surest first

Kind = Literal[
    "counted",  # by a number: "two soldiers"
    "one",  # told by what he is: "the driver"
    "thing",  # one of what may be a person or not: "a risaldar", "a gun battle"
    "named",  # by a name of two words: "Ali Khan"
    "some",  # by a plural alone: "passengers"
]


class Group(NamedTuple):
    """People that a text tells of together; the offsets are those of their number or noun."""

    start: int
    end: int
    people: Count
    kind: Kind


class _Joint(NamedTuple):
    """What joins two groups: a comma, an "and", or both."""

    comma: bool
    conjunction: bool


@dataclass(frozen=True, eq=False)
class _PeoplePatterns:
    """Patterns made of several lists of a language, compiled when they are first needed."""

    words: ReportWords

    @cached_property
    def one(self) -> Pattern:
        """Compile one person, by a title and a name or by what he is."""
        tolls, people, person = self.words.tolls, self.words.people, self._person
        return re.compile(
            rf"\b(?=\w)(?:(?:{people.titled.pattern}|{self.words.names.titles.pattern}) \w+"
            rf"|(?:{tolls.owners.pattern} (?:(?!(?:{_OWNERS})\b)[\w'-]+ ){{0,3}}?"
            rf"|(?<=\band )){person}"
            rf"|(?<=\band )(?:him|her)self\b"
            rf"|(?:^|(?<=\bdead )|(?<=\bkilled )|(?<=\bkilling )|(?<=\bassassinated )){person}(?= )"
            rf"|(?:a|the) (?:{'|'.join(self.words.ordinals)})(?= (?:{_ALONE})))|^\W+{person} "
        )

    @cached_property
    def some(self) -> Pattern:
        """Compile several people, by a plural."""
        return re.compile(rf"\b{self._some}")

    @cached_property
    def people(self) -> Pattern:
        """Compile a person within some words behind an article."""
        titled = self.words.people.titled.pattern
        return re.compile(rf"(?: [\w'-]+){{0,4}}? (?:{self._person}|{self._some}|{titled})")

    @cached_property
    def carried(self) -> Pattern:
        """Compile what counts things, and yet people: "truck drivers"."""
        thing = self.words.tolls.things.pattern
        return re.compile(rf"{thing} (?:[\w-]+ )?(?:{self._person}|{self._some})")

    @property
    def _person(self) -> str:
        return self.words.people.person.pattern

    @property
    def _some(self) -> str:
        plural = f"{self._person.removesuffix(WHOLE)}s{WHOLE}"
        return f"(?:{plural}|{self.words.people.persons.pattern})"


@cache
def _gather_patterns(words: ReportWords) -> _PeoplePatterns:
    """Gather what is made of several lists, once for a language."""
    return _PeoplePatterns(words)


def find_groups(low: str, words: ReportWords, text: str = "") -> list[Group]:
    """Find the groups of people of a text in lower case, in its order.

    A number that counts hours, kilometres or vehicles is none.
    """
    patterns = _gather_patterns(words.every)
    groups = [
        Group(each.start, each.end, each.people, _find_kind(low, each, patterns))
        for each in find_head_counts(low, words)
        if not (_is_thing(low, each.end, patterns) or _is_age(low, each.start, each.end))
    ]
    groups += [Group(*name.span(), Count(1, 1), "named") for name in _NAME.finditer(text)]
    groups += [
        Group(found.start(), found.end(), Count(1, 1), "one")
        for found in patterns.one.finditer(low)
    ]
    groups += [
        Group(found.start(), found.end(), Count(_SOME, guess=found.group()), "some")
        for found in patterns.some.finditer(low)
    ]
    return _leave_out_doubles(
        sorted(groups, key=lambda each: (each.start, _KINDS.index(each.kind))), low
    )


def _find_kind(low: str, told: HeadCount, patterns: _PeoplePatterns) -> Kind:
    """Tell people that are counted from one of what may be anything: "a gun battle"."""
    is_article = low[told.start : told.end] in _ARTICLES
    return "thing" if is_article and not patterns.people.match(low, told.end) else "counted"


def _is_thing(low: str, end: int, patterns: _PeoplePatterns) -> bool:
    """Whether a number counts hours, kilometres or vehicles, and no drivers of them."""
    behind = _OWNED.sub("", low[end : end + 40].lstrip(" -"))
    things = patterns.words.tolls.things
    return things.match(behind) is not None and patterns.carried.match(behind) is None


def _is_age(low: str, start: int, end: int) -> bool:
    """Whether a number is an age: "her two sons, seven and 11, and"."""
    return low.endswith(", ", 0, start) and _AGED.match(low, end) is not None


def _leave_out_doubles(groups: list[Group], low: str) -> list[Group]:
    """Leave out the noun of what is counted: "two [soldiers]", "a [police officer]"."""
    kept: list[Group] = []
    for group in groups:
        if kept and _is_same(kept[-1], group, low):
            continue
        kept.append(group)
    return kept


def _is_same(old: Group, new: Group, low: str) -> bool:
    """Whether a noun belongs to the number or the article before it."""
    if new.kind == "counted":
        return new.start < old.end
    return new.start < old.end or (
        old.kind != "some" and _BETWEEN.fullmatch(low, old.end, new.start) is not None
    )


def add_up_groups(groups: Sequence[Group], low: str) -> Count:
    """Add up groups that one list joins; "14 people, seven soldiers and seven guards" are 14."""
    first, *others = groups
    if not others:
        return first.people
    rest = sum_counts([each.people for each in others])
    total = first.people + rest
    told_again = first.people.low == rest.low and first.people.low > 1
    has_and = _read_joint(low, groups[-2], groups[-1])
    listed = has_and is not None and has_and.conjunction
    return first.people if told_again or not listed else total


def sum_counts(counts: Sequence[Count]) -> Count:
    """Add counts, of which there is one at least."""
    return sum(counts[1:], counts[0])


def are_joined(low: str, one: Group, two: Group) -> bool:
    """Whether one list joins two groups: "a trader, his driver", "two men and a boy"."""
    return _read_joint(low, one, two) is not None


def _read_joint(low: str, one: Group, two: Group) -> _Joint | None:
    found = _JOINT.fullmatch(low, one.end, two.start)
    if found is None or not (found["comma"] or found["and"]):
        return None
    return _Joint(found["comma"] is not None, found["and"] is not None)


def is_part(low: str, group: Group, words: ReportWords) -> bool:
    """Whether a group was counted among others before: "including two guards"."""
    return words.tolls.part.search(low, max(0, group.start - _BEFORE), group.start) is not None


def is_of_those(low: str, group: Group) -> bool:
    """Whether a group is a part of others by what stands behind it: "five of them guards"."""
    return _OF_THEM.match(low, group.end) is not None


def is_adverbial(low: str, group: Group) -> bool:
    """Whether a group stands behind "in", "by" or "of", and is not what a verb is told of."""
    if _ADVERBIAL.search(low, max(0, group.start - 9), group.start) is None:
        return False
    return _WHOLE_OF.search(low, max(0, group.start - 24), group.start) is None
