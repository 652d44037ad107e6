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
        return self.words[name].format(**slots)

    def say_many(self, name: str, count: float, /, **slots: Any) -> str:
        """Say a sentence of so many, which has a wording of its own for one."""
        one = f"{name}_one"
        chosen = one if count == 1 and one in self.words else name
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
        first, last = self.measure(low), self.measure(high)
        return first if first == last else self.say("span", low=first, high=last)

    def between(self, number: float, low: float, high: float) -> str:
        """Say a number and its interval, as 13 (11 to 15)."""
        said, span = self.measure(number), self.span(low, high)
        return said if said == span else self.say("number_span", number=said, span=span)

    def distance(self, metres: float) -> str:
        """Say a distance: 640 m, 1.2 km, 24 km."""
        if is_missing(metres):
            return self.words["unknown"]
        if metres == 0:
            return self.words["exact"]
        if metres < 995:
            digits = 2 - len(str(int(max(metres, 1))))
            return self.say("metres", number=f"{round(metres, min(digits, 0)):,.0f}")
        return self.say("kilometres", number=self.measure(metres / 1000))

    def share(self, part: float) -> str:
        """Say a share of the whole in per cent; what is nearly all or nothing is not rounded."""
        if is_missing(part):
            return self.words["unknown"]
        if _SURE < part < 1:
            return self.say("share_more", number="99")
        if 0 < part < _HARDLY:
            return self.say("share_less", number="1")
        return self.say("share", number=f"{100 * part:.0f}")

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


def clean_cell(value: Any, most: int = _MOST_LETTERS) -> str:
    """Give a value of a table as one line of text without letters that direct or control."""
    if is_missing(value):
        return ""
    line = " ".join(replace_surrogates(str(value)).split())
    kept = "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")
    return kept if len(kept) <= most else kept[: most - 1].rstrip() + _CUT


def round_up(number: float) -> float:
    """Round up to a number of one figure, for the end of an axis: 1, 2, 5, 10."""
    if number <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(number))
    return next(step * size for step in (1, 2, 5, 10) if step * size >= number)
