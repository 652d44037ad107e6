"""Phrases a second, against a search of the same names with rapidfuzz, in one run.

Run it by hand: ``python tests/benchmarks/bench_geocode.py``, with ``--commit REV`` for the geosec
of a commit and ``--vs REV`` for both in turns. Processor time of one process.
"""

from __future__ import annotations

import gc
import os
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from alone import machine
from rapidfuzz import fuzz, process
from versus import PEER, command

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS = (
    *("{}", "{} town", "{} district", "near {}", "{}, Balochistan", "{}, Sindh", "{}, Punjab"),
    *("{} area", "{} railway station", "{}, Khyber Pakhtunkhwa"),
)
FIRST = "12 km south of Sibi"
PEER_PHRASES = 300
MANY, OF = 1_000_000, 10_000


def names() -> list[str]:
    """Spellings of the places of Pakistan, the alternate ones too.

    Where commits are compared, both are asked the same: the places of the other commit.
    """
    if peer := os.environ.get(PEER):
        places = pd.read_csv(Path(peer) / "boundaries" / "places.csv", keep_default_na=False)
    else:
        gazetteer = geosec.load_gazetteer()
        places = gazetteer.places[gazetteer.places["country_code"].isin(gazetteer.home)]
    spelt = places["name"].tolist() + ";".join(places["alt_names"]).split(";")
    return list(dict.fromkeys(each for each in spelt if each.strip()))


def phrases_of(known: list[str]) -> list[str]:
    """Write each name in every form."""
    return [form.format(name) for name in known for form in FORMS]


def misspelt(name: str, chance: random.Random) -> str:
    """Change one letter after the first."""
    at = chance.randrange(1, len(name))
    return name[:at] + chance.choice("abdeiklmnorstu") + name[at + 1 :]


def misspellings(known: list[str], chance: random.Random) -> list[str]:
    """Misspell each name that is long enough, in the same order every time."""
    spelt = (misspelt(each, chance) for each in known if len(each) > 5 and each.isascii())
    return list(dict.fromkeys(spelt))


def cpu_s(work: Callable[[], object]) -> float:
    """Time one run, seconds of processor time.

    Garbage is collected before and not while it runs, as `timeit` does: when a full collection
    falls due hangs on all that was made before, and it may take a tenth of a run.
    """
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        work()
        return time.process_time() - started
    finally:
        gc.enable()


def a_second(phrases: list[str]) -> float:
    """Geocode phrases: how many a second."""
    return len(phrases) / cpu_s(lambda: geosec.geocode(phrases))


def figures() -> dict[str, float]:
    """Measure everything in this process, which has not answered a phrase yet."""
    geosec.geocode([FIRST])
    first_s = time.process_time()
    chance = random.Random(0)
    known = names()
    phrases = phrases_of(known)
    chance.shuffle(phrases)
    wrong = misspellings(known, chance)
    many = chance.choices(phrases[:OF], k=MANY)
    cased = [each.upper() for each in known] + [each.lower() for each in known]
    return {
        "import and first answer, s": first_s,
        "names, footprints made, a second": a_second(known),
        "names again, in other case, a second": a_second(cased),
        "exact phrases, a second": a_second(phrases),
        "exact phrases again, in upper case, a second": a_second(
            [each.upper() for each in phrases]
        ),
        "misspelt names, a second": a_second(wrong),
        f"{MANY:,} rows of {OF:,} phrases, s": cpu_s(lambda: geosec.geocode(many)),
    }


def show() -> None:
    """Print what was measured, and how many times as fast as the peer misspelt names are."""
    print(machine())
    found, known = figures(), names()
    count = len(known)
    print(f"{count:,} names, {count * len(FORMS):,} phrases of {len(FORMS)} forms")
    for name, value in found.items():
        print(f"{name}: {value:,.4g}" if value < 1_000 else f"{name}: {value:,.0f}")
    wrong = misspellings(known, random.Random(0))[:PEER_PHRASES]
    peer_s = cpu_s(lambda: [process.extractOne(each, known, scorer=fuzz.WRatio) for each in wrong])
    print(f"rapidfuzz extractOne, WRatio, a second: {len(wrong) / peer_s:,.0f}")
    ours = found["misspelt names, a second"] * peer_s / len(wrong)
    print(f"geosec is {ours:.0f} times as fast on misspelt names")


if __name__ == "__main__":
    command(__file__, figures, show)
