"""Figures as people say them: rounded, with their unit and how sure they are."""

from __future__ import annotations

import math
import unicodedata
from typing import TYPE_CHECKING, Any

import pandas as pd

from geosec.arguments import is_missing, replace_surrogates
from geosec.report.words import load_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_LETTERS = 240  # of a text of a report in a cell
_CUT = "…"
_FROM_RIGHT = "\u200f"  # begins a line that runs from the right, whatever its first word is
_LEFT, _APART, _END = "\u2066", "\u2068", "\u2069"  # a text within another keeps its direction
_SURE, _HARDLY = 0.995, 0.005


class Teller:
    """Says figures and sentences in a language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = load_words(language)

    @property
    def is_mirrored(self) -> bool:
        """Whether lines run from the right."""
        return self.words["direction"] == "rtl"

    def say(self, name: str, /, **slots: Any) -> str:
        """Say a sentence of the catalogue; what is put into it is never read as a template."""
        if not self.is_mirrored:
            return self.words[name].format(**slots)
        apart = {key: _set_apart(value) for key, value in slots.items()}
        return f"{_FROM_RIGHT}{self.words[name].format(**apart)}"

    def say_many(self, name: str, count: float, /, **slots: Any) -> str:
        """Say a sentence of so many, which may have wordings of its own for one and none."""
        own = f"{name}_none" if count == 0 else f"{name}_one" if count == 1 else name
        chosen = own if own in self.words else name
        return self.say(chosen, count=self.count(count), **slots)

    def count(self, number: float) -> str:
        """Say a number of things: whole, or rounded to what counts of it."""
        if is_missing(number):
            return self.words["unknown"]
        return f"{round(number):,}" if number == round(number) else self.measure(number)

    def measure(self, number: float) -> str:
        """Say a number to two figures, whole ones from ten on."""
        if is_missing(number):
            return self.words["unknown"]
        size = abs(number)
        if size >= 1_000:
            return f"{round(number, -2):,.0f}"
        if size >= 10 or size == 0:
            return f"{number:,.0f}"
        return f"{number:.1f}".removesuffix(".0") if size >= 0.1 else f"{number:.1g}"

    def span(self, low: float, high: float) -> str:
        """Say an interval, as 11 to 15; one number where both ends are said alike."""
        first, last = _round_alike(low, high)
        return first if first == last else self.say("span", low=first, high=last)

    def between(self, number: float, low: float, high: float) -> str:
        """Say a number and its interval to as many figures, as 1.1 (0.4 to 2.4)."""
        if is_missing(low) or is_missing(high):
            return self.measure(number)
        first, said, last = _round_alike(low, number, high)
        span = self.say("span", low=first, high=last)
        return said if first == last else self.say("number_span", number=said, span=span)

    def expect(self, number: float, low: float, high: float) -> str:
        """Say an expected number of incidents, whole, as 7 (6 to 8)."""
        if is_missing(low) or is_missing(high):
            return self.measure(number)
        said = self.words["under_one"] if 0 < number < 0.5 else f"{number:,.0f}"
        first, last = f"{low:,.0f}", f"{high:,.0f}"
        if first == last:
            return said
        span = self.say("span", low=first, high=last)
        return self.say("number_span", number=said, span=span)

    def signed(self, number: float, low: float, high: float) -> str:
        """Say a change and its interval with their signs."""
        sizes = _round_alike(*map(abs, (number, low, high)))
        told = []
        for each, size in zip((number, low, high), sizes, strict=True):
            sign = "−" if each < 0 else "+"
            said = size if size == "0" else f"{sign}{size}"
            told.append(f"{_LEFT}{said}{_END}" if self.is_mirrored else said)
        span = self.say("span", low=told[1], high=told[2])
        return self.say("number_span", number=told[0], span=span)

    def distance(self, metres: float) -> str:
        """Say a distance: 640 m, 1.2 km, 24 km."""
        if is_missing(metres):
            return self.words["unknown"]
        if metres < 995:
            digits = 2 - len(str(int(max(metres, 1))))
            return self.say("metres", number=f"{round(metres, min(digits, 0)):,.0f}")
        return self.say("kilometres", number=self.measure(metres / 1000))

    def radius(self, metres: float) -> str:
        """Say how closely a place is known: exact, 640 m, 24 km."""
        return self.words["exact"] if metres == 0 else self.distance(metres)

    def share(self, part: float) -> str:
        """Say a share of the whole in per cent; what is nearly all or nothing is not rounded."""
        if is_missing(part):
            return self.words["unknown"]
        if _SURE < part < 1:
            return self.say("share_more", number="99")
        if 0 < part < _HARDLY:
            return self.say("share_less", number="1")
        return self.say("share", number=f"{100 * part:.0f}")

    def part(self, part: float) -> str:
        """Say a share of things that are counted, in a sentence: all, 75 %."""
        return self.words["all_of"] if part == 1 else self.share(part)

    def chance(self, probability: float) -> str:
        """Say how often chance alone does as much: 1 in 20."""
        if is_missing(probability):
            return self.words["unknown"]
        if probability < 0.001:
            return self.say("chance_less", number="1,000")
        times = 1 / probability
        if times < 1.5:
            return self.words["chance_always"]
        return self.say("chance", number=f"{float(f'{times:.1g}'):,.0f}")

    def day(self, day: Any) -> str:
        """Say a day: 11 March 2025."""
        at = pd.Timestamp(day)
        if pd.isna(at):
            return self.words["no_date"]
        return self.say("day", day=at.day, month=self.words[f"month_{at.month}"], year=at.year)

    def when(self, row: pd.Series) -> str:
        """Say when an incident was, as closely as is known: a day, a week, a month or a year."""
        day = row.get("date")
        if is_missing(day):
            return self.words["no_date"]
        precision = row.get("date_precision")
        if precision == "month":
            return self.month(day)
        if precision == "year":
            return str(pd.Timestamp(day).year)
        return self.say("week_of", day=self.day(day)) if precision == "week" else self.day(day)

    def month(self, day: Any) -> str:
        """Say a month: March 2025."""
        at = pd.Timestamp(day)
        return self.say("month", month=self.words[f"month_{at.month}"], year=at.year)

    def days(self, first: Any, last: Any) -> str:
        """Say from which month to which, or the one."""
        start, end = self.month(first), self.month(last)
        return start if start == end else self.say("from_to", first=start, last=end)

    def join(self, parts: Sequence[str]) -> str:
        """Say a list: a, b and c."""
        if len(parts) < 2:
            return "".join(parts)
        *first, last = parts
        return self.say("and", first=self.words["comma"].join(first), last=last)


def _set_apart(value: Any) -> Any:
    """Keep the direction of Latin words from the line, running from the right, that they are in."""
    has_latin = isinstance(value, str) and any("A" <= each <= "z" for each in value)
    return f"{_APART}{value}{_END}" if has_latin else value


def clean_cell(value: Any, most: int = _MOST_LETTERS) -> str:
    """Give a value of a table as one line of text without letters that direct or control."""
    if is_missing(value):
        return ""
    line = " ".join(replace_surrogates(str(value)).split())
    kept = "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")
    return kept if len(kept) <= most else kept[: most - 1].rstrip() + _CUT


def _round_alike(*numbers: float) -> list[str]:
    """Write numbers to as many decimals as the largest of them deserves."""
    size = max((abs(each) for each in numbers if not math.isnan(each)), default=0.0)
    decimals = 0 if size >= 10 else 1 if size >= 0.5 else 2 if size >= 0.05 else 3
    return [_drop_zeros(f"{each:,.{decimals}f}") for each in numbers]


def _drop_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def round_up(number: float) -> float:
    """Round up to a number of one figure, for the end of an axis: 1, 2, 5, 10."""
    if number <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(number))
    return next(step * size for step in (1, 2, 5, 10) if step * size >= number)
