"""Phrases a second, against a search of the same names with rapidfuzz, in one run.

Run it by hand: ``python tests/benchmarks/bench_geocode.py``. One process, one core.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import versus  # noqa: F401 - comes before geosec
from rapidfuzz import fuzz, process

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable

FORMS = (
    *("{}", "{} town", "{} district", "near {}", "{}, Balochistan", "{}, Sindh", "{}, Punjab"),
    *("{} area", "{} railway station", "{}, Khyber Pakhtunkhwa"),
)
FIRST = "import geosec; geosec.geocode(['12 km south of Sibi'])"
PEER_PHRASES = 300


def names() -> list[str]:
    """Spellings of the places of Pakistan, the alternate ones too."""
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


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Print rates, and how many times as fast as the peer."""
    chance = random.Random(0)  # noqa: S311 - the same phrases every time
    known = names()
    first_s = seconds(lambda: subprocess.run([sys.executable, "-c", FIRST], check=True))
    print(f"a new process, import and first answer: {first_s:.2f} s")

    cold_s = seconds(lambda: geosec.geocode(known))
    print(f"{len(known):,} names, footprints made: {len(known) / cold_s:10,.0f} a second")
    upper = [each.upper() for each in known] + [each.lower() for each in known]
    warm_s = seconds(lambda: geosec.geocode(upper))
    print(f"{len(upper):,} names again, in other case:{len(upper) / warm_s:10,.0f} a second")

    phrases = phrases_of(known)
    chance.shuffle(phrases)
    rate = len(phrases) / seconds(lambda: geosec.geocode(phrases))
    print(f"{len(phrases):,} phrases of {len(FORMS)} forms: {rate:10,.0f} a second")
    upper = [each.upper() for each in phrases]
    rate = len(upper) / seconds(lambda: geosec.geocode(upper))
    print(f"{len(upper):,} phrases again, in upper case: {rate:10,.0f} a second")

    wrong = misspellings(known, chance)
    wrong_rate = len(wrong) / seconds(lambda: geosec.geocode(wrong))
    print(f"{len(wrong):,} misspelt names:         {wrong_rate:10,.0f} a second")

    asked = wrong[:PEER_PHRASES]
    peer_s = seconds(
        lambda: [process.extractOne(each, known, scorer=fuzz.WRatio) for each in asked]
    )
    print(f"rapidfuzz extractOne, WRatio:   {len(asked) / peer_s:10,.0f} a second")
    print(f"geosec is {wrong_rate * peer_s / len(asked):.0f} times as fast on misspelt names")

    many = [chance.choice(phrases[:10_000]) for _ in range(1_000_000)]
    print(f"1,000,000 rows of 10,000 phrases: {seconds(lambda: geosec.geocode(many)):.1f} s")


if __name__ == "__main__":
    main()
