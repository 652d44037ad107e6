"""What the words of two rows have in common: types, actors, places, what happened.

Words are compared as sets (RapidFuzz's token set ratio), so that order and what only one of the two
says does not count against them. Each comparison is made once for equal texts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Rows = NDArray[np.intp]
    Comparison = Callable[[Rows, Rows], Floats]

_WORD = re.compile(r"[^\W_]+")
_EMPTY_WORDS = frozenset(
    _WORD.findall(
        "a about after against an and area areas as at been by city close district for from had has"
        " in into is it its local locality near of on or out outside over people province region"
        " some tehsil that the their they this to town under up village was were when where which"
        " while who with"
    )
)
_NOBODY = frozenset(["unidentified", "unknown", "unspecified", "unnamed", "undetermined"])
_SMALL_WORDS = frozenset(["al", "and", "e", "el", "i", "of", "the", "ul"])
_KINDS = {
    "fight": r"battle|clash|fight|armed|assault|ambush|raid|encounter|firing|shoot|gun|state.based"
    r"|non.state",
    "blast": r"explo|blast|bomb|\bied\b|remote|suicide|\bmine|landmine|grenade|rocket|missile|drone"
    r"|shell|artillery|air.?strike|state.based|non.state|one.sided",
    "attack on people": r"civilian|one.sided|assassin|kidnap|abduct|hostage|target(?:ed)? kill",
    "unrest": r"riot|protest|demonstration|\bmob\b|unrest",
    "accident": r"accident|derail|collision|crash",
    "other": r"strategic|arrest|looting|agreement|facility|infrastructure",
}
_KIND_PATTERNS = [re.compile(pattern) for pattern in _KINDS.values()]


_CONCEPTS = {  # what newsrooms call by many names; a word stands for the first that it fits
    "bomb": r"bomb\w*|ieds?|improvised|devices?|explo\w+|blasts?|detonat\w+|mines?|landmines?"
    r"|grenades?|planted|roadside|remote",
    "suicide": r"suicide|vest|jacket|himself|herself",
    "gun": r"gun\w*|shot|shoot\w*|fir(?:ed?|ing)|armed|opened|assailants?|motorcycl\w*|drive",
    "clash": r"clash\w*|exchange|encounter\w*|fought|fight\w*|skirmish\w*|battles?",
    "raid": r"raid\w*|search|operations?|storm\w*|hideouts?|compounds?",
    "air": r"air\w*|drones?|jets?|helicopters?|gunships?|missiles?|aerial|unmanned",
    "rocket": r"rockets?|mortars?|shell\w*|artillery",
    "abduct": r"abduct\w*|kidnap\w*|hostages?",
    "police": r"police\w*|constables?|cops?|sho",
    "soldier": r"army|soldiers?|troops?|military|paramilit\w+|frontier|corps|fc|rangers?|convoy",
    "militant": r"militants?|taliban|insurgents?|terrorists?|rebels?|extremists?|commanders?",
    "tribal": r"trib\w+|elders?|maliks?|lashkars?|peace|jirga",
    "school": r"schools?|teachers?|schoolteachers?|students?|colleges?|universit\w+",
    "shia": r"shi\w*|imambargahs?|hazaras?|muharram|ashura|pilgrims?",
    "worship": r"mosques?|shrines?|worship\w*|church\w*|clerics?|imams?",
    "politics": r"politic\w+|part(?:y|ies)|leaders?|activists?|candidates?|election|anp|mqm|ppp",
    "market": r"markets?|bazaars?|shop\w*|traders?|merchants?",
    "worker": r"workers?|labou?r\w*|miners?|settlers?|engineers?|employees",
    "health": r"polio|vaccinat\w+|hospitals?|doctors?",
    "rail": r"trains?|rail\w*|tracks?|express|coach\w*|derail\w*|locomotive",
    "vehicle": r"vehicles?|vans?|bus(?:es)?|cars?|trucks?|tankers?",
}
_CONCEPT_PATTERNS = {name: re.compile(pattern) for name, pattern in _CONCEPTS.items()}


def compare_words(table_a: pd.DataFrame, table_b: pd.DataFrame, name: str) -> Comparison:
    """Prepare to compare a column of words: pairs of rows in, likeness 0 to 1 out, NaN for none."""
    return _prepare(_take_texts(table_a, name), _take_texts(table_b, name), _write_words)


def compare_stories(table_a: pd.DataFrame, table_b: pd.DataFrame) -> Comparison:
    """Prepare to compare what happened to whom; "IED" and "roadside bomb" are one word."""
    stories = []
    for table in (table_a, table_b):
        summary, target = _take_texts(table, "summary"), _take_texts(table, "target")
        both = summary.fillna("") + " " + target.fillna("")
        stories.append(both.where(summary.notna() | target.notna(), None))
    return _prepare(stories[0], stories[1], _write_story)


def compare_actors(table_a: pd.DataFrame, table_b: pd.DataFrame) -> Comparison:
    """Prepare to compare who acted; "TTP" is like "Tehrik-i-Taliban Pakistan", unknown is none."""
    return _prepare(_take_texts(table_a, "actor"), _take_texts(table_b, "actor"), _write_actor)


def compare_types(table_a: pd.DataFrame, table_b: pd.DataFrame) -> Comparison:
    """Prepare to compare types: 1 where two can be of one event, 0 where not, NaN where unknown."""
    kinds_a, kinds_b = (_read_kinds(_take_texts(each, "event_type")) for each in (table_a, table_b))

    def compare(a: Rows, b: Rows) -> Floats:
        ours, theirs = kinds_a[a], kinds_b[b]
        shared = (ours & theirs) > 0
        return np.where((ours > 0) & (theirs > 0), shared.astype("float64"), np.nan)

    return compare


def _prepare(ours: pd.Series, theirs: pd.Series, write: Callable[[str], str]) -> Comparison:
    codes, distinct = pd.factorize(pd.concat([ours, theirs], ignore_index=True))
    written = np.array([*(write(text) for text in distinct), ""], dtype="object")
    codes = np.where(codes < 0, len(distinct), codes)  # the last stands for none
    in_a, in_b = codes[: len(ours)], codes[len(ours) :]

    def compare(a: Rows, b: Rows) -> Floats:
        return _compare_texts(written, in_a[a], in_b[b])

    return compare


def _compare_texts(texts: NDArray[np.object_], ours: Rows, theirs: Rows) -> Floats:
    """Compare each distinct pair of texts once."""
    pair, which = np.unique(ours * len(texts) + theirs, return_inverse=True)
    first, second = texts[pair // len(texts)], texts[pair % len(texts)]
    known = np.array(
        [bool(one and other) for one, other in zip(first, second, strict=True)], "bool"
    )
    like = np.full(len(pair), np.nan)
    if known.any():
        scored = process.cpdist(first[known], second[known], scorer=fuzz.token_set_ratio)
        like[known] = scored / 100.0
    return like[which]


def _take_texts(table: pd.DataFrame, name: str) -> pd.Series:
    if name not in table.columns:
        return pd.Series([None] * len(table), dtype="str")
    column = table[name].reset_index(drop=True)
    return column.astype("object").map(lambda cell: cell if isinstance(cell, str) else None)


def _write_words(text: str) -> str:
    words = _WORD.findall(text.casefold())
    return " ".join(dict.fromkeys(word for word in words if word not in _EMPTY_WORDS))


def _write_story(text: str) -> str:
    return " ".join(dict.fromkeys(_find_concept(word) for word in _write_words(text).split()))


@lru_cache(maxsize=50_000)
def _find_concept(word: str) -> str:
    return next((name for name, each in _CONCEPT_PATTERNS.items() if each.fullmatch(word)), word)


def _write_actor(text: str) -> str:
    """Write an actor with its initials behind; empty where it is said that nobody knows."""
    words = _WORD.findall(text.casefold())
    if not words or _NOBODY.intersection(words):
        return ""
    names = [word for word in words if word not in _SMALL_WORDS and not word.isdigit()]
    initials = "".join(word[0] for word in names) if len(names) > 1 else ""
    return " ".join(dict.fromkeys([*names, initials])).strip()


def _read_kinds(types: pd.Series) -> NDArray[np.int64]:
    """Read which kinds of event a type may be, a bit for each; 0 where its words are not known."""
    codes, distinct = pd.factorize(types)
    bits = [
        sum(1 << place for place, each in enumerate(_KIND_PATTERNS) if each.search(text.casefold()))
        for text in distinct
    ]
    return np.asarray(np.array([*bits, 0], dtype="int64")[codes])
