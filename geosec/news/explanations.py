"""A report printed with what was understood of it, so that each figure can be checked."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.news.left_out import explain_context, list_left_out
from geosec.news.marked_text import Bracket, Underline, mark_text
from geosec.news.plain_text import PlainText
from geosec.news.reports import make_report, read_report
from geosec.news.type_words import list_type_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from geosec.news.happenings import Happening
    from geosec.news.left_out import LeftOut
    from geosec.news.marked_text import MarkedText
    from geosec.news.reports import Reading, Report
    from geosec.news.tolls import Count
    from geosec.reference.gazetteer import Gazetteer

_DEAD, _DAY = "^", "~"
_LEGEND = f"[place]number   {_DAY * 3} day   {_DEAD * 3} dead"
_SHOWN = 90  # letters of words that are quoted
_SIGN_SHOWN = 36  # letters of those that say why something is left out
_KEPT = "\n\u200c\u200d"  # not printable, and yet part of a text
_FORMS = {"month": "%B %Y", "year": "%Y", "week": "the week of %Y-%m-%d"}


def explain_report(text: str, *, published: str | date, gazetteer: Gazetteer | None = None) -> str:
    """Print a news report with its mentions, its events and the words that each rests on.

    Parameters
    ----------
    text : str
        The article, as `geosec.parse_report` takes it.
    published : str or datetime.date
        The day it was published, ``YYYY-MM-DD``.
    gazetteer : Gazetteer, optional
        Places to match; those of Pakistan that ship with geosec by default.

    Returns
    -------
    str
        The article in numbered lines, without tags and other marks of its wrapping, its places in
        brackets with their numbers, words for days and for the dead underlined; then each event
        with where, when, what, how many, and the words and lines that say so; then what was left
        out, and why; then the places where nothing is told to have happened. Radii in kilometres.
        What is told is what `geosec.parse_report` gives.

    Raises
    ------
    ParameterError
        If the text is no text, or the day of publication no day.

    Examples
    --------
    >>> import geosec
    >>> print(geosec.explain_report("A blast in Mach killed two.", published="2025-03-12"))
    [place]number   ~~~ day   ^^^ dead
    <BLANKLINE>
    1  A blast in [Mach]1 killed two.
                          ^^^^^^^^^^
    ...
    """
    reading = _show_plainly(read_report(text, published, gazetteer))
    report = make_report(reading)
    marked = _mark(reading, report)
    left_out = list_left_out(reading)
    lines = [_LEGEND, "", *marked.write()]
    knows = (reading, report, marked)
    for number, type_words in enumerate(list_type_words(reading)):
        lines += ["", *_write_event(number, type_words, knows)]
    if not reading.happenings:
        lines += ["", "No event"]
    lines += _write_left_out(left_out, reading, marked)
    lines += _write_context(left_out, reading, report)
    return "".join(
        letter if letter.isprintable() or letter in _KEPT else "?" for letter in "\n".join(lines)
    )


def _show_plainly(reading: Reading) -> Reading:
    """Let offsets count in the plain text, which is what is printed."""
    plain = PlainText(reading.layout.text)
    return reading._replace(layout=replace(reading.layout, plain=plain))


def _mark(reading: Reading, report: Report) -> MarkedText:
    """Mark the places, and the words for the days and the dead of what happened."""
    spans = zip(report.places["start"], report.places["end"], strict=True)
    brackets = [Bracket(*span, str(number)) for number, span in enumerate(spans, start=1)]
    underlines = []
    for each in reading.happenings:
        underlines += [Underline(*each.day_told, _DAY)] if each.day_told is not None else []
        dead = each.toll.dead
        underlines += [Underline(*span, _DEAD) for span in (dead.told if dead else ())]
    return mark_text(reading.layout.text, brackets, underlines)


def _write_event(
    number: int, type_words: list[tuple[int, int]], knows: tuple[Reading, Report, MarkedText]
) -> list[str]:
    reading, report, marked = knows
    happening = reading.happenings[number]
    row = report.events.iloc[number]
    dead, hurt = happening.toll.dead, happening.toll.hurt
    day = () if happening.day_told is None else (happening.day_told,)
    what = _quote(type_words, reading, marked) or ", as what was told before or beside it"
    return [
        f"Event {number + 1}: {happening.event_type}",
        f"  where  {_write_place(row, happening, knows)}",
        *_write_reason(row["match_reason"]),
        f"  when   {_write_day(row)}{_quote(day, reading, marked)}",
        *_write_reason(row["date_reason"]),
        f"  what   {happening.event_type}{what}",
        f"  dead   {_write_count(dead)}{_quote(dead.told if dead else (), reading, marked)}",
        *_write_reason(row["fatalities_reason"]),
        f"  hurt   {_write_count(hurt)}{_quote(hurt.told if hurt else (), reading, marked)}",
    ]


def _write_place(
    row: pd.Series, happening: Happening, knows: tuple[Reading, Report, MarkedText]
) -> str:
    reading, report, marked = knows
    if happening.place is None:
        return "not said"
    mention = reading.mentions[happening.place]
    number = int((report.places["start"] <= mention.start).sum())
    line = marked.find_line(mention.start)
    return f'"{_shorten(row["location"])}" [{number}], line {line}: {_write_match(row)}'


def _write_match(row: pd.Series) -> str:
    """Say which place it is and how sure that is, or what hinders."""
    if pd.isna(row["match_name"]):
        return str(row["match_status"])
    radius = f"95 % within {row['uncertainty_m'] / 1000:.1f} km"
    return f"{row['match_name']}; {row['match_status']}, score {row['match_score']:.2f}, {radius}"


def _write_reason(reason: Any) -> list[str]:
    return [] if pd.isna(reason) else [f"         {reason}"]


def _write_day(row: pd.Series) -> str:
    if pd.isna(row["date"]):
        return "no day"
    return str(row["date"].strftime(_FORMS.get(row["date_precision"], "%Y-%m-%d")))


def _write_count(count: Count | None) -> str:
    """Write how many; where none is told of, the table has 0, open above, or nothing."""
    if count is None:
        return "none is told of"
    if count.high is None:
        return f"{count.low} or more" if count.low else "none or more"
    return str(count.low) if count.low == count.high else f"{count.low} to {count.high}"


def _quote(spans: Iterable[tuple[int, int]], reading: Reading, marked: MarkedText) -> str:
    """Quote words of the report, each with its line."""
    quoted = [
        f'line {marked.find_line(start)}: "{_shorten(reading.layout.text[start:end])}"'
        for start, end in spans
    ]
    return "".join(f", {each}" for each in quoted)


def _shorten(words: str, most: int = _SHOWN) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _write_left_out(left_out: list[LeftOut], reading: Reading, marked: MarkedText) -> list[str]:
    lines = ["", "Left out"] if left_out else []
    for each in left_out:
        sign = f' ("{_shorten(each.sign, _SIGN_SHOWN)}")' if each.sign else ""
        words = _shorten(reading.layout.text[each.start : each.end])
        lines.append(f'  line {marked.find_line(each.start)}  {each.why}{sign}: "{words}"')
    return lines


def _write_context(left_out: list[LeftOut], reading: Reading, report: Report) -> list[str]:
    starts = [each.start for each in reading.mentions]
    lines = []
    for number, (_, row) in enumerate(report.places.iterrows(), start=1):
        if row["role"] == "context":
            at = bisect_right(starts, row["start"]) - 1
            where = f"{_shorten(row['location'])} ({_write_match(row)})"
            lines.append(f"  [{number}] {where}: {explain_context(reading, at, left_out)}")
    return ["", "Places of no event", *lines] if lines else []
