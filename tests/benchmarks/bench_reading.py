"""What reading and writing incidents cost beside pandas, on one file and in one run.

Run it by hand: ``python tests/benchmarks/bench_reading.py [ROWS]``. Each figure is the least
processor time of three, of all threads; memory is the most of a process that does nothing else.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from alone import alone, cost_of, head, machine, memory_mb, tell

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 1_000_000
ROUNDS = 3
TOWNS = ("Sibi", "Mach", "Quetta", "Kalat", "Khuzdar", "Turbat", "Gwadar", "Hub")
MOST_READ, MOST_WRITTEN = 4.0, 1.3  # times pandas
MOST_MB = 2_000


def write_incidents(path: Path, rows: int, *, quoted: bool = False, bad: float = 0.0) -> None:
    """Write a plain table of incidents; of `bad` rows, the day is none."""
    rng = np.random.default_rng(15)
    days = (np.datetime64("2000-01-01") + rng.integers(0, 9_000, rows)).astype("str")
    days[rng.random(rows) < bad] = "2025-02-30"
    lon, lat = rng.uniform(61, 77, rows), rng.uniform(24, 37, rows)
    mark = '"' if quoted else ""
    note = f"{mark}Armed men fired at a post{', it is said,' if quoted else ''} near"
    with path.open("w", encoding="utf-8") as file:
        file.write("incident_id,date,location,admin1,event_type,actor,fatalities,injuries,")
        file.write("summary,latitude,longitude,source_url\n")
        file.writelines(
            f"PAK{at},{days[at]},{at % 37} km south of {TOWNS[at % 8]},Balochistan,Battles,"
            f"Group {at % 50},{at % 13 if at % 3 else ''},{at % 7},{note} {TOWNS[at % 8]}{mark},"
            f"{lat[at]:.4f},{lon[at]:.4f},https://example.org/{at}\n"
            for at in range(rows)
        )


def least(work: Callable[[], object]) -> float:
    """Measure the least processor time of a few rounds, in seconds."""
    spent = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def print_row(what: str, rows: int, ours: float, theirs: float) -> float:
    """Print a line of the table, and give the ratio."""
    print(f"| {what} | {ours / rows * 1e6:.2f} | {theirs / rows * 1e6:.2f} | {ours / theirs:.2f} |")
    return ours / theirs


def measure_reading(folder: Path, rows: int) -> float:
    """Measure reading, and give the ratio of plain rows."""
    path = folder / "plain.csv"
    write_incidents(path, rows)
    ours = least(lambda: geosec.read_incidents(path))
    ratio = print_row("plain CSV, `read_csv`", rows, ours, least(lambda: pd.read_csv(path)))
    texts = least(lambda: pd.read_csv(path, dtype="str"))
    print_row("the same, `read_csv` of texts", rows, ours, texts)
    for what, options in (("quoted CSV", {"quoted": True}), ("1 % bad rows", {"bad": 0.01})):
        write_incidents(path, rows, **options)
        ours = least(lambda: geosec.read_incidents(path))
        print_row(f"{what}, `read_csv`", rows, ours, least(lambda: pd.read_csv(path)))
    book = folder / "plain.xlsx"
    write_incidents(path, rows // 50)
    pd.read_csv(path).to_excel(book, index=False)
    ours = least(lambda: geosec.read_incidents(book))
    print_row("XLSX, `read_excel`", rows // 50, ours, least(lambda: pd.read_excel(book)))
    return ratio


def measure_writing(folder: Path, rows: int) -> float:
    """Measure writing incidents, and give the ratio."""
    path, out = folder / "plain.csv", folder / "out.csv"
    write_incidents(path, rows)
    incidents, _ = geosec.read_incidents(path)
    ours = least(lambda: geosec.write_table(incidents, out))
    return print_row("written, `to_csv`", rows, ours, least(lambda: incidents.to_csv(out)))


def tell_memory(rows: int) -> None:
    """Tell how much memory a process takes that reads."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plain.csv"
        write_incidents(path, rows)
        cost, _ = cost_of(lambda: geosec.read_incidents(path))
    tell({**cost, "most_mb": memory_mb("VmHWM")})


def main() -> int:
    """Print the table, and say whether plain rows cost no more than they may."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    if "memory" in sys.argv:
        tell_memory(rows)
        return 0
    print(machine())
    head("", "geosec, us a row", "pandas, us a row", "ratio")
    with tempfile.TemporaryDirectory() as folder:
        read, written = (each(Path(folder), rows) for each in (measure_reading, measure_writing))
    most_mb = alone(__file__, rows, "memory")["most_mb"]
    print(f"\n{rows:,} plain rows are read in {most_mb:,.0f} MB, at most {MOST_MB:,}.")
    return int(read > MOST_READ or written > MOST_WRITTEN or most_mb > MOST_MB)


if __name__ == "__main__":
    sys.exit(main())
