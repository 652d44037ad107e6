"""What a new process waits for: the import, and the first call of the compiled loops.

Run it by hand: ``python tests/benchmarks/bench_cold.py``. Imports are medians of seven processes,
geosec and GeoPandas in turns; first calls of three.
"""

from __future__ import annotations

import sys
import tempfile
from statistics import median
from typing import TYPE_CHECKING

from alone import alone, machine

if TYPE_CHECKING:
    from collections.abc import Iterable

IMPORTS, CALLS = 7, 3

IMPORT = """
import json, sys, time
started = time.perf_counter()
import {module}
took_s = time.perf_counter() - started
print(json.dumps({{"seconds": took_s, "numba": "numba" in sys.modules}}))
"""
CALL = f"""
import sys
sys.path.insert(0, {sys.path[0]!r})
import json
from alone import cost_of, memory_mb
from peers import geosec, load_layers, make_incidents
layers, incidents = load_layers(), make_incidents(10_000)
first, _ = cost_of(lambda: geosec(incidents, layers))
again, _ = cost_of(lambda: geosec(incidents, layers))
print(json.dumps({{"first": first["seconds"], "again": again["seconds"], "mb": first["peak_mb"]}}))
"""


def seconds(of: Iterable[dict[str, float]], figure: str = "seconds") -> float:
    return median(each[figure] for each in of)


def main() -> None:
    """Print seconds."""
    print(machine())
    for module in ("geosec", "geopandas"):
        alone("-c", IMPORT.format(module=module))  # bytecode is written, files are in memory
    turns = [
        [alone("-c", IMPORT.format(module=module)) for module in ("geosec", "geopandas")]
        for _ in range(IMPORTS)
    ]
    ours, theirs = zip(*turns, strict=True)
    print(
        f"import geosec: {seconds(ours):.2f} s, import geopandas: {seconds(theirs):.2f} s, ", end=""
    )
    print(f"{median(one['seconds'] / two['seconds'] for one, two in turns):.2f} times as long")
    print(f"numba is imported with geosec: {any(each['numba'] for each in ours)}")

    fresh, cached = [], []
    for _ in range(CALLS):
        with tempfile.TemporaryDirectory() as folder:
            fresh.append(alone("-c", CALL, NUMBA_CACHE_DIR=folder))
            cached.append(alone("-c", CALL, NUMBA_CACHE_DIR=folder))
    print("10,000 incidents, districts and railway")
    print(f"first call ever, everything is compiled: {seconds(fresh, 'first'):.2f} s")
    print(f"first call of a new process, from numba's cache: {seconds(cached, 'first'):.2f} s")
    print(f"second call: {seconds(cached, 'again'):.3f} s")
    print(f"the first call takes {seconds(cached, 'mb'):.0f} MB, with numba")


if __name__ == "__main__":
    main()
