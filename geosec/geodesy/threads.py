"""Work on many rows, shared out to threads."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LEAST_ROWS = 20_000  # fewer are not worth a second thread


def count_threads() -> int:
    """Count the threads that loops may use: ``GEOSEC_THREADS``, or the processors we may run on."""
    asked = os.environ.get("GEOSEC_THREADS", "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def run_in_threads(work: Callable[[Any], None], tasks: Iterable[Any]) -> None:
    """Call `work` with each task, in threads; no task may depend on what another one does.

    Threads gain only where `work` releases the interpreter's lock, as compiled loops do. An
    error of one task is raised.
    """
    count = count_threads()
    if count == 1:
        for task in tasks:
            work(task)
        return
    with ThreadPoolExecutor(count) as pool:
        for _ in pool.map(work, tasks):
            pass


def run_in_parts(work: Callable[[int, int], None], count: int, *, rows: int | None = None) -> None:
    """Call `work` with the first and the end of each part of a range, in threads.

    The range is `count` rows, or `count` groups that hold `rows` rows together. Few rows are one
    part.
    """
    parts = 1 if (count if rows is None else rows) < _LEAST_ROWS else 4 * count_threads()
    edges = [count * part // parts for part in range(parts + 1)]
    if parts == 1:
        work(0, count)
    else:
        run_in_threads(lambda part: work(*part), pairwise(edges))
