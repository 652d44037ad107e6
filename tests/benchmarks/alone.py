"""Work measured in a process of its own: seconds, processor time and the most memory it took."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_NAMED = ("geopandas", "numba", "numpy", "pandas", "pyproj", "shapely")


def memory_mb(field: str) -> float:
    """Read ``VmRSS``, resident memory now, or ``VmHWM``, the most it has been."""
    line = next(
        each for each in Path("/proc/self/status").read_text().splitlines() if field in each
    )
    return int(line.split()[1]) * 1024 / 1e6


def cost_of(work: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    """Do the work once: what it cost in this process, and what came of it."""
    Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew (man 5 proc)
    before_mb = memory_mb("VmRSS")
    started, started_cpu = time.perf_counter(), time.process_time()
    done = work()
    seconds, cpu_s = time.perf_counter() - started, time.process_time() - started_cpu
    peak_mb = memory_mb("VmHWM") - before_mb
    return {"seconds": seconds, "cpu_s": cpu_s, "peak_mb": max(peak_mb, 0.0)}, done


def alone(*words: object, **settings: str) -> dict[str, Any]:
    """Run Python in a new process, with settings of the environment, and read what it tells."""
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        check=True,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def tell(figures: dict[str, Any]) -> None:
    """Print figures for `alone` to read."""
    print(json.dumps(figures))


def head(*columns: str) -> None:
    """Print the head of a table in Markdown."""
    print(f"\n| {' | '.join(columns)} |")
    print("|---" + "|---:" * (len(columns) - 1) + "|")


def machine() -> str:
    """Describe what runs here, and how busy it is with other work."""
    cpu = next(
        each.partition(":")[2].strip()
        for each in Path("/proc/cpuinfo").read_text().splitlines()
        if each.startswith("model name")
    )
    memory_gb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    libraries = ", ".join(f"{each} {version(each)}" for each in _NAMED)
    return (
        f"{cpu}, {os.cpu_count()} cores, {memory_gb:.0f} GB; "
        f"load {os.getloadavg()[0]:.1f} before the run.\n"
        f"Python {platform.python_version()}, {libraries}."
    )
