"""Rows with coordinates and precision codes a second, with few distinct places among them.

Run it by hand: ``python tests/benchmarks/bench_coded.py``.
"""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

import geosec
from geosec.reference.codebooks import PRECISION_RULES

ROWS, DISTINCT = 1_000_000, 2_000


def table_of_coded_rows(rows: int, distinct: int) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    books = sorted(PRECISION_RULES)
    coded = [books[number] for number in rng.integers(0, len(books), distinct)]
    places = pd.DataFrame(
        {
            "location": "Quetta-Sibi road",
            "longitude": rng.uniform(66.0, 68.5, distinct).round(4),
            "latitude": rng.uniform(28.5, 31.0, distinct).round(4),
            "precision_scheme": [scheme for scheme, _ in coded],
            "precision_code": pd.array([code for _, code in coded], dtype="Int64"),
            "vicinity": pd.array(rng.integers(0, 2, distinct), dtype="Int64"),
        }
    )
    return places.iloc[rng.integers(0, distinct, rows)].reset_index(drop=True)


def main() -> None:
    geosec.geocode(["Sibi"])  # reads the reference layers
    table = table_of_coded_rows(ROWS, DISTINCT)
    start = time.perf_counter()
    located = geosec.geocode(table)
    seconds = time.perf_counter() - start
    print(f"{len(table):,} coded rows, {DISTINCT:,} distinct: {seconds:.1f} s")
    print(f"of them with a footprint that is no disc: {located['footprint'].notna().mean():.0%}")


if __name__ == "__main__":
    main()
