"""Labels of a report: the day or the place of what stands behind them.

"KECH: ...", "* Sat: ...", "Date: 8 March. Location: Tump.", a line that is only a day or a place,
and a note that dates all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from geosec.news.wrapping import list_blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geosec.news.mention import Mention
    from geosec.news.tellings import Telling
    from geosec.news.vocabulary import Pattern, ReportWords

LabelKind = Literal["day", "place", "other"]
LabelForm = Literal[
    "item",  # at the head of an item of a list, for that item
    "head",  # at the head of a paragraph, up to the next
    "dateline",  # at the head of the text: a label only where others follow
    "heading",  # a line of its own, up to the next
    "field",  # of a form, up to the next of its name
    "all",  # a note for the whole report
]

_ITEM = re.compile(r"\s*(?:[•●▪◦■►➤✓*+–—-]|\(?(?:\d{1,2}|[a-h])[.)])\s*")
_UNITS = "[Dd]istricts?|[Tt]ehsil|[Aa]gency|[Tt]own|[Cc]ity|[Aa]rea|[Dd]ivision|[Vv]alley"
_NAME = (
    rf"[A-Z][\w'’.]{{0,30}}(?:[ /,-]{{1,2}}(?:[A-Z][\w'’.]{{0,30}}|{_UNITS}|and|&)(?!\w)){{0,5}}"
)
_VALUE = r"(?P<value>[^\n;|]{1,150}?)(?=\s?[;|\n]|\.(?=\s|$)|$"
_NOTE_END = re.compile(r"[).;\n]")
_GROUPS: tuple[tuple[str, LabelKind], ...] = (
    ("day", "day"),
    ("on", "day"),
    ("place", "place"),
    ("by", "place"),
)
_UP_TO = {"heading": "heading"}  # a heading stands up to the next heading only
_SIGN = re.compile(r"(?::|[–—-])(?:\s|$)", re.MULTILINE)  # behind a label with text behind it
_LONGEST_HEAD = 400  # characters of a block in which that stands
_LONGEST_HEADING = 60  # characters
_TELLS = frozenset({"incident", "mishap"})


class Label(NamedTuple):
    """Words that are a day or a place for what stands behind them; offsets in the plain text."""

    kind: LabelKind
    form: LabelForm
    start: int
    end: int
    #: Where the paragraph it stands in ends.
    block_end: int
    #: Where the name of its field begins, and which it is.
    field_start: int = 0
    field: str = ""


class _Scope(NamedTuple):
    """A label, the part of the report it stands for, and which mention a place is."""

    since: int
    until: int
    label: Label
    place: int
    wide: bool


@cache
def _write_day(words: ReportWords) -> str:
    """Write the regular expression of a day on which a label dates what stands behind it."""
    dates = words.dates
    month = rf"(?:{'|'.join(f'{name[:3]}[a-z]*' for name in dates.months)})\.?"
    nth = r"\d{1,2}(?:st|nd|rd|th)?"
    written = rf"(?:{month} {nth}|{nth} {month})(?:,? \d{{4}})?"
    calendar = rf"(?:{written}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d\d-\d\d)"
    days = "|".join(f"{name[:3]}(?:{name[3:]}|s|r|rs|nes)?" for name in dates.weekdays)
    part = rf"(?: ?\(?(?:{'|'.join(dates.day_parts)})\)?)?"
    return rf"(?i:(?:(?:{days})\.?(?:,? {calendar})?|{calendar}){part})"


def _write_fields(words: ReportWords) -> str:
    """Write the regular expression of the names of fields."""
    layout = words.layout
    kinds = (layout.date_fields, layout.place_fields, layout.other_fields)
    return "|".join(each.pattern for each in kinds)


@cache
def _compile_beginning(words: ReportWords) -> Pattern:
    """Compile what a day begins with, which most names do not."""
    names = (name[:3] for name in (*words.dates.weekdays, *words.dates.months))
    return re.compile(rf"\d|{'|'.join(names)}")


@cache
def _compile_day(words: ReportWords) -> Pattern:
    return re.compile(rf"{_write_day(words)}\s?:?")


@cache
def _compile_field_line(words: ReportWords) -> Pattern:
    return re.compile(rf"(?:{_write_fields(words)})(?:\s?:.*)?")


@cache
def _compile_head(words: ReportWords) -> Pattern:
    day = _write_day(words)
    return re.compile(
        rf"(?:(?P<day>{day})(?:[, –—/-]{{1,3}}(?P<by>{_NAME}))?"
        rf"|(?P<place>{_NAME})(?:,? \(?(?P<on>{day})\)?)?)"
        r"\s?(?:(?P<colon>:)(?=\s|$)|(?P<dash>[–—-]{1,2})(?=\s)|$)"
    )


@cache
def _compile_field(words: ReportWords) -> Pattern:
    every = _write_fields(words)
    field = rf"(?:^|(?<=[.;:|,•*–-]\s))(?P<name>{every})\s?:\s*{_VALUE}|,?\s+(?:{every})\s?:)"
    return re.compile(field, re.IGNORECASE | re.MULTILINE)


def is_label(text: str, words: ReportWords) -> bool:
    """Whether words are a day and nothing else, or begin with the name of a field."""
    low = text.lower()
    if _compile_beginning(words).match(low) and _compile_day(words).fullmatch(text):
        return True
    return _compile_field_line(words).fullmatch(low) is not None


def find_labels(text: str, words: ReportWords, begin: int) -> tuple[Label, ...]:
    """Find what may be a label behind the headline, in order; of places the names alone tell."""
    labels: list[Label] = []
    for start, end in list_blocks(text, begin):
        if end - start <= _LONGEST_HEADING or _SIGN.search(text, start + 1, start + _LONGEST_HEAD):
            labels += _find_heads(text, (start, end), words)
    if _is_day_of_writing(text, labels):
        labels = [label for label in labels if label.form != "heading" or label.kind != "day"]
    if ":" in text:
        labels += _find_fields(text, words)
    note = words.layout.all_on.search(text.replace("İ", "I").lower())
    if note is not None:
        stop = _NOTE_END.search(text, note.end())
        end = stop.start() if stop else len(text)
        labels.append(Label("day", "all", note.end(), end, end))
    return tuple(sorted(labels, key=lambda label: label.start))


def _is_day_of_writing(text: str, labels: list[Label]) -> bool:
    """Whether the one day on a line of its own is when the report was written: over no list."""
    days = [label for label in labels if label.form == "heading" and label.kind == "day"]
    return len(days) == 1 and _ITEM.match(text, days[0].block_end) is None


def _find_heads(text: str, block: tuple[int, int], words: ReportWords) -> Iterator[Label]:
    """Find the labels at the head of a paragraph."""
    start, end = block
    item = _ITEM.match(text, start, end)
    found = _compile_head(words).match(text, item.end() if item else start, end)
    if found is None or is_label(found["place"] or "", words):
        return
    form = _tell_form(found, block, is_item=item is not None)
    for group, kind in _GROUPS if form is not None else ():
        if form is not None and found[group]:
            yield Label(kind, form, *found.span(group), end)


def _tell_form(found: re.Match[str], block: tuple[int, int], *, is_item: bool) -> LabelForm | None:
    """Tell the form of a label; None where a dash stands behind what is no label."""
    start, end = block
    if not (found["colon"] or found["dash"]) or found.end() >= end:
        return "heading" if end - start <= _LONGEST_HEADING else None
    if is_item:
        return "item"
    names = (found["place"] or "") + (found["by"] or "")
    return None if found["dash"] and names and not names.isupper() else "head"


def _find_fields(text: str, words: ReportWords) -> Iterator[Label]:
    """Find the fields of a form: "Date: 8 March. Location: Tump, Kech district."."""
    kinds: tuple[tuple[LabelKind, Pattern], ...] = (
        ("day", words.layout.date_fields),
        ("place", words.layout.place_fields),
    )
    for found in _compile_field(words).finditer(text):
        name = found["name"].lower()
        fit = (kind for kind, pattern in kinds if pattern.fullmatch(name))
        kind: LabelKind = next(fit, "other")
        yield Label(kind, "field", *found.span("value"), found.end(), found.start("name"), name)


def list_label_cuts(labels: Sequence[Label]) -> list[int]:
    """List where labels end a sentence, or fields begin one."""
    cuts: list[int] = []
    for label in labels:
        if label.form == "field":
            cuts.append(label.field_start)
        if label.kind != "other" and label.form != "all":
            cuts += (label.start, label.end)
    return cuts


def label_tellings(
    text: str, tellings: list[Telling], labels: Sequence[Label], mentions: Sequence[Mention]
) -> list[Telling]:
    """Give tellings the day and the place of the labels they stand under.

    What is told first under the label of a place happened there, if it names no place itself.
    """
    scopes = _list_scopes(text, labels, mentions)
    labelled: list[Telling] = []
    active: list[_Scope] = []
    fresh: set[Label] = set()
    for telling in tellings:
        while scopes and scopes[-1].since <= telling.start:
            active.append(scopes.pop())
            fresh.add(active[-1].label)
        active = [scope for scope in active if scope.until > telling.start]
        if _ITEM.match(telling.sentence):
            fresh |= {scope.label for scope in active if scope.label.form == "heading"}
        if active and (telling.kind in _TELLS or telling.toll.is_deadly):
            telling = _label_telling(text, telling, active, fresh)  # noqa: PLW2901
        labelled.append(telling)
    return labelled


def _label_telling(text: str, telling: Telling, active: list[_Scope], fresh: set[Label]) -> Telling:
    day, place = (_choose(active, kind) for kind in ("day", "place"))
    is_first = not fresh.isdisjoint(scope.label for scope in (day, place) if scope is not None)
    in_list = is_first and _ITEM.match(telling.sentence) is not None
    another = telling.another or in_list or (is_first and not telling.places)
    fresh.difference_update({scope.label for scope in active})
    if day is not None:
        start, end = day.label.start, day.label.end
        telling = telling._replace(labelled=(text[start:end], start))
    if place is not None and another and not telling.places:
        telling = telling._replace(places=(place.place,))
    return telling._replace(another=another)


def _choose(active: list[_Scope], kind: str) -> _Scope | None:
    """Choose the label nearest to what is told: of the shortest part, the finest place."""
    fit = [scope for scope in active if scope.label.kind == kind]
    return min(fit, key=lambda scope: (scope.wide, scope.until - scope.since), default=None)


def _list_scopes(text: str, labels: Sequence[Label], mentions: Sequence[Mention]) -> list[_Scope]:
    """List the labels with the parts that they stand for, the last first."""
    scopes: list[_Scope] = []
    following: dict[tuple[str, str], int] = {}
    for label, place in reversed(_list_known(labels, mentions)):
        key = (label.kind, label.field or _UP_TO.get(label.form, "head"))
        until = label.block_end if label.form == "item" else following.get(key, len(text))
        wide = mentions[place].wide if label.kind == "place" else False
        if label.form == "all":
            scopes.append(_Scope(0, len(text), label, place, wide))
            continue
        scopes.append(_Scope(label.end, until, label, place, wide))
        following[key] = following[label.kind, "head"] = label.field_start or label.start
    return sorted(scopes, key=lambda scope: scope.since, reverse=True)


def _list_known(labels: Sequence[Label], mentions: Sequence[Mention]) -> list[tuple[Label, int]]:
    """List the days, and the labels that are places with their mentions; a dateline not alone."""
    starts = [each.start for each in mentions]
    placed = [
        (label, 0 if label.kind == "day" else _find_place(label, starts, mentions))
        for label in labels
    ]
    known = [(label, place) for label, place in placed if place is not None]
    others = any(label.kind == "place" and label.form != "dateline" for label, _ in known)
    return [each for each in known if others or each[0].form != "dateline"]


def _find_place(label: Label, starts: list[int], mentions: Sequence[Mention]) -> int | None:
    """Find the mention that a label is, which holds half of its letters, or begins its field."""
    number = bisect_left(starts, label.start)
    if label.kind == "other" or number == len(starts) or starts[number] >= label.end:
        return None
    size = min(mentions[number].end, label.end) - starts[number]
    return number if label.form == "field" or 2 * size >= label.end - label.start else None
