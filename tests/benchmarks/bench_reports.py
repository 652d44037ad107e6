"""Reports a second, how their time grows with the length of the text, and what memory they take.

Run it by hand: ``python tests/benchmarks/bench_reports.py``, with ``--commit REV`` for the geosec
of a commit and ``--vs REV`` for both in turns. Processor time of one process. What is imported
when a verb is first asked for is left out of the first report, and counted in the time of the
process up to its end. The articles are those of ``tests/data``; the long texts are made of a few
kinds of sentences about the same towns.
"""

from __future__ import annotations

import json
import random
import time
import tracemalloc
from statistics import median
from typing import TYPE_CHECKING, Any

from alone import cost_of, head, machine
from versus import HERE, command

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = HERE / "tests/data"
ROUNDS = 7
SIZES = (5_000, 10_000, 20_000, 40_000)  # characters
LONG_ROUNDS = 5
TOWNS = (
    "Sibi",
    "Mach",
    "Quetta",
    "Kalat",
    "Khuzdar",
    "Turbat",
    "Gwadar",
    "Mastung",
    "Zhob",
    "Dadu",
)
DAY = "2025-03-12"
SENTENCES = (
    "Gunmen killed {number} men near {one} on Tuesday.",
    "The wounded were taken to {two}, {number} km away.",
    "Police in {one} said no group had claimed the attack.",
    "A bomb went off on the road between {one} and {two}, and {number} guards were injured.",
    "Officials said that work on the canal would go on.",
)


def articles() -> list[dict[str, Any]]:
    """Read the invented reports of the tests."""
    files = sorted(DATA.glob("news_reports_*.jsonl"))
    return [json.loads(line) for each in files for line in each.read_text("utf-8").splitlines()]


def long_text(characters: int, seed: int) -> str:
    """Make a text of about so many characters."""
    chance = random.Random(seed)
    text = ""
    while len(text) < characters:
        one, two = chance.sample(TOWNS, 2)
        text += chance.choice(SENTENCES).format(one=one, two=two, number=chance.randint(2, 40))
        text += " "
    return text


def read(some: list[dict[str, Any]]) -> None:
    for each in some:
        geosec.parse_report(each["text"], published=each["published"])


def cpu_s(work: Callable[[], object]) -> float:
    """Time one run, seconds of processor time."""
    started = time.process_time()
    work()
    return time.process_time() - started


def ms_of_long_texts(characters: int) -> float:
    """Read long texts, each for the first time: median milliseconds per 1,000 characters."""
    texts = [long_text(characters, seed=characters + n) for n in range(LONG_ROUNDS)]
    return median(
        1e6 * cpu_s(lambda text=text: geosec.parse_report(text, published=DAY)) / len(text)
        for text in texts
    )


def figures() -> dict[str, float]:
    """Measure everything in this process, which has not read a report yet."""
    every = articles()
    first, *others = every
    parse = geosec.parse_report  # some commits import a verb only when it is asked for
    cold, _ = cost_of(lambda: parse(first["text"], published=first["published"]))
    whole_s = time.process_time()
    fresh, _ = cost_of(lambda: read(others))
    again_s = median(cpu_s(lambda: read(every)) for _ in range(ROUNDS))
    tracemalloc.start()
    read(every)
    traced_mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    ms_of_long_texts(SIZES[0])  # places and words of the sentences are known
    long_ms = {f"ms per 1,000 of {each:,} characters": ms_of_long_texts(each) for each in SIZES}
    first_ms, *_, last_ms = long_ms.values()
    growth = last_ms / first_ms  # 1 where time is linear
    return {
        "the first report, s": cold["cpu_s"],
        "the process up to its end, with all imports, s": whole_s,
        "reports a second, read for the first time": len(others) / fresh["cpu_s"],
        "reports a second, read again": len(every) / again_s,
        **long_ms,
        "time of a long text per character, by that of a short one": growth,
        "peak memory of the first report, MB": cold["peak_mb"],
        "peak memory of the others, MB": fresh["peak_mb"],
        "peak memory traced, read again, MB": traced_mb,
    }


def show() -> None:
    """Print what was read, and a table in Markdown."""
    print(machine())
    every = articles()
    length = sum(len(each["text"]) for each in every)
    print(f"{len(every)} articles, {length:,} characters")
    head("processor time", "figure")
    for name, value in figures().items():
        print(f"| {name} | {value:,.4g} |")


if __name__ == "__main__":
    command(__file__, figures, show)
