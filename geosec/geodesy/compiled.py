"""The compiled loops, loaded when first needed, and run over parts of the rows in threads."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LEAST_ROWS = 20_000  # fewer are not worth a second thread


@cache
def loops(name: str) -> Any:
    """Load a module of compiled loops; the first call of each compiles it, or reads its cache.

    Parameters
    ----------
    name : str
        Room and module, such as ``"geodesy.loops.search"``. No unit or CRS is involved.

    Returns
    -------
    module

    Examples
    --------
    >>> loops("geodesy.loops.search").FAR_M
    500000.0
    """
    return import_module(f"geosec.{name}")


def threads() -> int:
    """Give how many threads loops may use: the processors this process may run on.

    Returns
    -------
    int
        ``GEOSEC_THREADS`` overrides it.

    Examples
    --------
    >>> threads() >= 1
    True
    """
    asked = os.environ.get("GEOSEC_THREADS", "")
    if asked.isdigit() and int(asked) > 0:
        return int(asked)
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(work: Callable[[Any], None], tasks: Iterable[Any]) -> None:
    """Do a piece of work for each task, in threads; what each does must not depend on the others.

    Parameters
    ----------
    work : callable
        Releases the interpreter's lock. No unit or CRS is involved.
    tasks : iterable
        Its arguments.

    Examples
    --------
    >>> done = []
    >>> each(done.append, [1, 2, 3])
    >>> sorted(done)
    [1, 2, 3]
    """
    count = threads()
    if count == 1:
        for task in tasks:
            work(task)
        return
    with ThreadPoolExecutor(count) as pool:
        for _ in pool.map(work, tasks):
            pass


def in_parts(work: Callable[[int, int], None], count: int, *, rows: int | None = None) -> None:
    """Do a piece of work on ranges of rows, or of groups of rows, in threads.

    Parameters
    ----------
    work : callable
        Takes the first and the one behind the last. No unit or CRS is involved.
    count : int
        How many there are.
    rows : int, optional
        How many rows the groups hold together; by default one each.

    Examples
    --------
    >>> done = []
    >>> in_parts(lambda first, last: done.append((first, last)), 10)
    >>> done
    [(0, 10)]
    """
    parts = 1 if (count if rows is None else rows) < _LEAST_ROWS else 4 * threads()
    edges = [count * part // parts for part in range(parts + 1)]
    if parts == 1:
        work(0, count)
    else:
        each(lambda part: work(*part), pairwise(edges))
