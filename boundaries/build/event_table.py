"""Read the tables of named places off UCDP GED: ``python -m boundaries.build.event_table GED.csv``.

Three tables are written, which the gazetteer is built from: the places that events are coded at,
with how many events each has and how else reports spell it (``event_places``); places that reports
name beside them (``event_names``); and events that can be shown to be coded wrongly, with why
(``event_miscoded``).
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from rapidfuzz.distance import Levenshtein

from boundaries.build.place_events import split_kind
from boundaries.build.place_miscoded import find_miscoded
from boundaries.build.places import HERE, LAYERS, districts, table, write
from geosec.reference.toponyms import normalise, skeleton
from geosec.reference.transliteration import consonant_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PRECISE = ("1", "2")  # at the place; within 25 km of it
KEY = ["where_coordinates", "adm_1", "adm_2"]
POINT = ["latitude", "longitude"]
_LEAST_LETTERS = {0: 6, 1: 7, 2: 9}  # of names with so many spaces: shorter ones are also words
APART_DEG = 0.25  # degrees of latitude, 28 km
_TWIN_EDITS = 0.3  # share of its letters by which a spelling may differ
_CUTS = re.compile(
    r"[,;:/()\[\].\"]| - |\b(?:near|in|of|and|between|at|the|on|from|to|by|off|outside|close|around"
    r"|along|inside|into|with|for|as|a|an|is|was|or|also|reported|called|located|about|some|where"
    r"|towards?|neighbou?ring|adjoining|adjacent|under|across|over|upper|lower)\b",
    re.IGNORECASE,
)
KINDS = {
    "village": "village",
    "villages": "village",
    "town": "village",
    "area": "area",
    "areas": "area",
    "region": "area",
    "locality": "area",
    "localities": "area",
    "sector": "area",
    "valley": "valley",
}
# Words by which a chunk is no name of a village or area.
_NO_NAME = frozenset((HERE / "plain_words.txt").read_text(encoding="utf-8").split())


def read_events(path: Path) -> pd.DataFrame:
    """Read the events whose place is known within 25 km.

    Parameters
    ----------
    path : pathlib.Path
        CSV of UCDP GED; ``latitude`` and ``longitude`` in degrees, EPSG:4326.

    Returns
    -------
    pandas.DataFrame
        Every cell is text.
    """
    events = pd.read_csv(path, dtype=str, keep_default_na=False)
    return events[events["where_prec"].isin(PRECISE)].reset_index(drop=True)


def list_known() -> pd.DataFrame:
    """List the towns and stations that the gazetteer has from other sources.

    Returns
    -------
    pandas.DataFrame
        Rows of ``places.csv`` with a point.
    """
    places = table("places", LAYERS)
    own = places["place_id"].str.match("gn:|station:") & places["latitude"].ne("")
    return places[own]


def make_tables(events: pd.DataFrame, wrong: pd.Series) -> dict[str, pd.DataFrame]:
    """Make the three tables.

    Parameters
    ----------
    events : pandas.DataFrame
        From `read_events`.
    wrong : pandas.Series
        Why an event is coded wrongly, empty for the others.

    Returns
    -------
    dict of str to pandas.DataFrame
        By the name of the table.
    """
    dropped = table("event_drops").set_index(["where_coordinates", "adm_2"]).index
    by_hand = events.set_index(["where_coordinates", "adm_2"]).index.isin(dropped)
    right = events[wrong.eq("") & ~by_hand]
    known = _list_names(right)
    told = pd.DataFrame(list(_list_told(right, known)), columns=["id", "name", "kind", "twin"])
    told = told.merge(right, on="id")
    places = _count_places(right)
    twins = told[told["twin"].astype("bool")].groupby(KEY)["name"].agg(_join_spellings)
    places = places.join(twins.rename("alt_names"), on=KEY).fillna({"alt_names": ""})
    return {
        "event_places": places.sort_values([*KEY[1:], KEY[0]]),
        "event_names": _gather_names(told[~told["twin"].astype("bool")], places),
        "event_miscoded": _count_places(events[wrong.ne("")].assign(reason=wrong), "reason"),
    }


def _count_places(events: pd.DataFrame, *more: str) -> pd.DataFrame:
    """Give each place the point that most of its events have, and how many events it has."""
    counts = events.groupby([*KEY, *POINT, *more], sort=True)["id"].agg(["first", "size"])
    counts = counts.reset_index().sort_values("size", ascending=False, kind="stable")
    sums = counts.groupby(KEY)["size"].transform("sum")
    counts = counts.assign(events=sums) if not more else counts.assign(events=counts["size"])
    if not more:
        counts = counts.drop_duplicates(KEY)
    columns = ["event_id", *KEY, *POINT, "events", *more]
    return counts.rename(columns={"first": "event_id"})[columns].sort_values(KEY)


def list_chunks(text: str) -> Iterator[tuple[str, str]]:
    """List what may be names of places in a description, each with its kind.

    Parameters
    ----------
    text : str
        Words of a report.

    Yields
    ------
    tuple of (str, str)
        The name and ``village``, ``area`` or ``valley``.

    Examples
    --------
    >>> list(list_chunks("Nezapir sector near the town of Rawalakot"))
    [('Nezapir', 'area'), ('Rawalakot', 'village')]
    """
    for chunk in _CUTS.split(text):
        words = chunk.split()
        kind = "village"
        while words and words[-1].lower() in KINDS:
            kind = KINDS[words.pop().lower()]
        name = " ".join(words).strip("' -")
        capital = all(word[0].isupper() for word in words)
        named = capital and name.replace(" ", "").isalpha() and not name.isupper()
        if named and words and _NO_NAME.isdisjoint(word.lower() for word in words):
            yield name, kind


def _list_told(events: pd.DataFrame, known: frozenset[str]) -> Iterator[tuple[str, str, str, bool]]:
    """List the names told before each coded place, and whether they are spellings of it.

    What stands behind a known name is what lies round the place, and not in it.
    """
    columns = ("id", "where_coordinates", "where_description")
    for own, label, words in zip(*(events[each] for each in columns), strict=True):
        coded, _ = split_kind(label)
        for name, kind in list_chunks(words):
            twin = is_twin(name, coded)
            same = normalise(name) == normalise(coded)
            if same or (skeleton(name) in known and skeleton(name) != skeleton(coded)):
                break
            if twin or len(name) >= _LEAST_LETTERS.get(name.count(" "), len(words)):
                yield own, name, kind, twin
            if twin:
                break


def is_twin(name: str, coded: str) -> bool:
    """Whether one name is another spelling of the other.

    Parameters
    ----------
    name, coded : str
        The two.

    Returns
    -------
    bool

    Examples
    --------
    >>> is_twin("Pewchar", "Peuchar"), is_twin("Wana", "Wacha"), is_twin("Edik", "Idak")
    (True, False, True)
    """
    one, two = skeleton(name), skeleton(coded)
    frames = consonant_frame(normalise(name)), consonant_frame(normalise(coded))
    if frames[0] == frames[1] and len(frames[0]) > 1:
        return True
    edits = Levenshtein.distance(one, two)
    return one[:1] == two[:1] and edits <= _TWIN_EDITS * min(len(one), len(two))


def _join_spellings(names: Iterable[str]) -> str:
    kept: dict[str, str] = {}
    for name in sorted(set(names)):
        kept.setdefault(normalise(name), name)
    return ";".join(kept.values())


def _list_names(events: pd.DataFrame) -> frozenset[str]:
    """List how all names sound that an event is coded at or that another source has."""
    known = {skeleton(split_kind(label)[0]) for label in events["where_coordinates"]}
    places = pd.concat([table("places", LAYERS), table("places_neighbours", LAYERS)])
    others = places.loc[~places["place_id"].str.match("ev:|told:"), "name"]
    return frozenset(known | set(map(skeleton, others)))  # other spellings may be of these events


def _gather_names(told: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Gather the names told beside coded places, each once for a district.

    Left out are other spellings of a place that is coded in the same district, and names told at
    places more than 25 km apart.
    """
    coded: dict[tuple[str, str], list[str]] = {}
    for label, *district in places[KEY].itertuples(index=False, name=None):
        coded.setdefault(tuple(district), []).append(split_kind(label)[0])
    rows: list[dict[str, Any]] = []
    for (_, *district), part in told.assign(sound=told["name"].map(skeleton)).groupby(
        ["sound", *KEY[1:]]
    ):
        best = part.sort_values(["where_prec", "id"]).iloc[0]
        points = part[POINT].astype(float)
        twins = any(is_twin(best["name"], each) for each in coded.get(tuple(district), ()))
        if twins or (points.max() - points.min()).max() > APART_DEG:
            continue
        at = ";".join(sorted({split_kind(label)[0] for label in part["where_coordinates"]}))
        row = best[["id", "name", "kind", *KEY[1:], *POINT, "where_prec"]].to_dict()
        rows.append(row | {"told_at": at, "events": part["id"].nunique()})
    columns = ["id", "name", "kind", "told_at", *KEY[1:], *POINT, "where_prec", "events"]
    gathered = pd.DataFrame(rows, columns=columns).rename(columns={"id": "event_id"})
    return gathered.sort_values([*KEY[1:], "name"])


def main() -> None:
    """Write the three tables."""
    events = read_events(Path(sys.argv[1]))
    wrong = find_miscoded(events, districts(), list_known())
    for name, made in make_tables(events, wrong).items():
        write(made, HERE / f"{name}.csv")


if __name__ == "__main__":
    main()
