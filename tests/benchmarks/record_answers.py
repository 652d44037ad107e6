"""What geosec answers, written down, so that two commits are compared row by row.

Run it by hand::

    python tests/benchmarks/record_answers.py record now.jsonl.gz --ucdp GED.csv
    python tests/benchmarks/record_answers.py record before.jsonl.gz --commit main
    python tests/benchmarks/record_answers.py compare before.jsonl.gz now.jsonl.gz

A line of a record is a row of an answer: ``section``, ``key`` and ``columns``. The same geosec
gives the same bytes. Kilometres are kept to 3 decimals, metres to 1, degrees to 6 and
probabilities to 4; a shape that is no point is kept as its kind and a hash of its WKT to 5.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely
from bench_geocode import misspellings, names, phrases_of
from versus import HERE, run_at

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

DATA = HERE / "tests/data"
INCIDENTS = HERE / "examples/data/incidents_pakistan.csv"
UCDP = HERE.parent / "shared/data/ucdp_ged_pakistan.csv"
POINT, SHAPE = 6, 5  # decimals of a degree
CODES = {"acled": 3, "ucdp": 7, "gtd": 5}  # precision codes of each code book, from 1
GED = {
    "id": "incident_id",
    "date_start": "date",
    "where_description": "location",
    "adm_1": "admin1",
    "latitude": "latitude",
    "longitude": "longitude",
    "where_prec": "precision_code",
    "best": "fatalities",
}
TYPES = "(types)"  # key of the line that tells the types of a section's columns
ABSENT = "(absent)"
WIDTH = 160

Row = tuple[str, Any, dict[str, Any]]  # section, key, columns
Record = dict[str, dict[str, dict[str, Any]]]


# -------------------------------------------------------------------------- values


def rounded(name: str, value: float) -> float | None:
    """Keep as many decimals as the unit in the name of a column is worth."""
    if pd.isna(value):
        return None
    decimals = 4
    if name.endswith("_m"):
        decimals = 1
    elif name.endswith("_km") or name.startswith(("rail_km", "km_")):
        decimals = 3
    elif name in {"longitude", "latitude"}:
        decimals = POINT
    return round(float(value), decimals) + 0.0  # no negative zero


def shape_of(shape: shapely.Geometry | None) -> str | None:
    """Write a point as it is, and any other shape as its kind and a short hash."""
    if shape is None:
        return None
    if shape.geom_type == "Point":
        return shapely.to_wkt(shape, rounding_precision=POINT)
    wkt = shapely.to_wkt(shape, rounding_precision=SHAPE)
    return f"{shape.geom_type} {hashlib.sha256(wkt.encode()).hexdigest()[:12]}"


def readings_of(stored: str) -> list[dict[str, Any]]:
    """Open the readings of an ambiguous phrase."""
    readings = json.loads(stored)
    for each in readings:
        each["footprint"] = shape_of(each["footprint"] and shapely.from_wkt(each["footprint"]))
    return readings


def values_of(column: pd.Series) -> list[Any]:
    """Write a column as JSON holds it."""
    name, kind = str(column.name), str(column.dtype)
    if kind == "geometry":
        shapes = column.to_numpy()
        written = {id(each): each for each in shapes}  # many rows share one shape
        texts = {each: shape_of(shape) for each, shape in written.items()}
        return [texts[id(each)] for each in shapes]
    if kind.startswith("float"):
        return [rounded(name, each) for each in column]
    if name == "match_candidates":
        return [None if pd.isna(each) else readings_of(each) for each in column]
    if kind.startswith("datetime"):
        return [None if pd.isna(each) else each.isoformat() for each in column]
    if kind == "object":
        return [each if isinstance(each, list) else str(each) for each in column]
    plain = column.astype("object")
    return plain.where(column.notna(), None).tolist()


def rows(section: str, table: pd.DataFrame, keys: Iterable[Any] | None = None) -> Iterator[Row]:
    """Write a table down."""
    columns = [values_of(table[name]) for name in table.columns]
    labels = list(map(str, table.columns))
    for key, *row in zip(table.index if keys is None else keys, *columns, strict=True):
        yield section, key, dict(zip(labels, row, strict=True))


def typed(section: str, table: pd.DataFrame, keys: Iterable[Any] | None = None) -> Iterator[Row]:
    """Write a table down, and before it the place and the type of each column."""
    kinds = {
        str(name): f"{at} {kind}"
        for at, (name, kind) in enumerate(zip(table.columns, table.dtypes, strict=True))
    }
    yield section, TYPES, {"(table)": f"{type(table).__name__} by {table.index.name}"} | kinds
    yield from rows(section, table, keys)


def ranked(table: pd.DataFrame) -> list[str]:
    """Name the rows of a table that has several for each incident."""
    return [f"{one} {rank}" for one, rank in zip(table["incident_id"], table["rank"], strict=True)]


# ------------------------------------------------------------------------ sections


def geocoded(section: str, phrases: list[str], admin1: list[str] | None = None) -> Iterator[Row]:
    """Geocode phrases, each in a province if provinces are given."""
    asked = pd.DataFrame({"location": pd.Series(phrases, dtype="str")})
    keys = phrases
    if admin1 is not None:
        asked["admin1"] = pd.Series(admin1, dtype="str")
        keys = [f"{phrase} | {place}" for phrase, place in zip(phrases, admin1, strict=True)]
    return typed(section, geosec.geocode(asked).drop(columns=asked.columns), keys)


def explained(section: str, phrases: Iterable[str]) -> Iterator[Row]:
    """Explain phrases."""
    for phrase in phrases:
        yield section, phrase, {"explained": geosec.explain(phrase)}


def names_and_phrases() -> Iterator[Row]:
    """Ask for every name in every form, and for every name with one letter wrong."""
    known = names()
    yield from geocoded("phrases", phrases_of(known))
    wrong = misspellings(known, random.Random(0))
    yield from geocoded("misspelt", wrong)


def gold_phrases() -> Iterator[Row]:
    """Ask for the phrases whose truth is known."""
    gold = pd.concat(
        [pd.read_csv(each, dtype="str") for each in sorted(DATA.glob("gold_places_*.csv"))]
    )
    phrases = list(dict.fromkeys(gold["phrase"]))
    yield from geocoded("gold", phrases)
    hinted = gold.dropna(subset="context_admin1").drop_duplicates(["phrase", "context_admin1"])
    yield from geocoded(
        "gold in a province", hinted["phrase"].tolist(), hinted["context_admin1"].tolist()
    )
    yield from explained("gold explained", phrases)


def ucdp(path: Path) -> Iterator[Row]:
    """Ask for the places of an export of UCDP GED: by their words, and by its coordinates."""
    told = pd.read_csv(path, dtype="str")[list(GED)].assign(precision_scheme="ucdp")
    words = told["where_description"].dropna().unique().tolist()
    yield from geocoded("ucdp words", words)
    yield from explained("ucdp words explained", words)
    incidents, rejected = geosec.read_incidents(told, columns=GED)
    yield from typed("ucdp read", incidents)
    yield from typed("ucdp rejected", rejected)
    located = geosec.geocode(incidents)
    added = [name for name in located if name == "geometry" or name not in incidents]
    yield from typed("ucdp coded", located[added])


def reports() -> Iterator[Row]:
    """Read every article."""
    lines = [
        line
        for each in sorted(DATA.glob("news_reports_*.jsonl"))
        for line in each.read_text(encoding="utf-8").splitlines()
    ]
    for number, line in enumerate(lines):
        article = json.loads(line)
        report = geosec.parse_report(article["text"], published=article["published"])
        for section, table in (("places", report.places), ("events", report.events)):
            write = rows if number else typed
            keys = [f"{article['id']} {at}" for at in range(len(table))]
            yield from write(f"report {section}", table, keys)


def incidents() -> Iterator[Row]:
    """Take the example through every verb."""
    read, rejected = geosec.read_incidents(INCIDENTS)
    yield from typed("read_incidents", read)
    yield from typed("rejected", rejected)
    located = geosec.geocode(read)
    yield from typed("geocode", located)
    readings = geosec.candidates(located)
    yield from typed("candidates", readings, ranked(readings))
    bounded = geosec.assign_boundaries(located)
    yield from typed("assign_boundaries", bounded)
    yield from typed("locate_on_rail", geosec.locate_on_rail(bounded))
    near = geosec.nearest(located, geosec.load_rail_stations(), k=3)
    yield from typed("nearest", near, ranked(near))
    hit = geosec.within(located, geosec.load_rail_lines(), distance_m=10_000)
    yield from typed("within", hit)
    for incident, draws in zip(located.index, geosec.sample(located, draws=19), strict=True):
        drawn = [[rounded("longitude", each) for each in draw] for draw in draws]
        yield "sample", incident, {"draws": drawn}
    yield from explained("explain", read["location"].unique())


def coded() -> Iterator[Row]:
    """Give the places of the example every precision code there is."""
    located = geosec.geocode(geosec.read_incidents(INCIDENTS)[0])
    located = located[located.geometry.notna()].head(12)
    places = pd.DataFrame(
        {
            "location": located["location"],
            "longitude": located.geometry.x,
            "latitude": located.geometry.y,
        }
    )
    books = pd.DataFrame(
        [(book, code + 1) for book, most in CODES.items() for code in range(most)],
        columns=["precision_scheme", "precision_code"],
    )
    table = places.merge(books, how="cross")
    keys = [
        f"{each.precision_scheme} {each.precision_code} {each.location}"
        for each in table.itertuples()
    ]
    yield from typed("coded", geosec.geocode(table), keys)


def railway() -> Iterator[Row]:
    """Ask the railway: posts to points, points to posts, and ways along the track."""
    lines, stations = geosec.load_rail_lines(), geosec.load_rail_stations()
    for line, km_from, km_to in zip(lines.index, lines["km_from"], lines["km_to"], strict=True):
        low, high = sorted((km_from, km_to))
        km = [low + (high - low) * step / 20 for step in range(21)]
        keys = [f"{line} {each:.3f}" for each in km]
        points = geosec.interpolate(line, km).to_frame("geometry")
        yield from rows("interpolate", points, keys)
        yield from rows("km_interval", geosec.km_interval(line, km), keys)
        yield from rows("locate", geosec.locate(points["geometry"]), keys)
        cut = geosec.stretch(line, km[5], km[15])
        yield "stretch", line, {"geometry": shape_of(cut)}
    every = geosec.locate_all(stations.geometry, max_offset_m=5_000)
    yield from typed("locate_all", every, [f"{key} {n}" for key, n in every["rank"].items()])
    far = geosec.rail_distance(stations.geometry, stations.geometry.loc[["quetta"]])
    yield from typed("rail_distance", far)
    way = geosec.stretch_between("Mach", "Nari")
    yield "stretch_between", "Mach to Nari", {"geometry": shape_of(way)}
    yield from typed("load_route", geosec.load_route("Jaffar Express"))


def layers() -> Iterator[Row]:
    """Load what ships with geosec."""
    for level in ("adm0", "adm1", "adm2"):
        yield from typed(f"load_boundaries {level}", geosec.load_boundaries(level))
    yield from typed("load_district_lineage", geosec.load_district_lineage())
    yield from typed("load_gazetteer", geosec.load_gazetteer().places)
    yield from typed("load_rail_lines", geosec.load_rail_lines())
    yield from typed("load_rail_stations", geosec.load_rail_stations())
    yield from typed("load_chainage_breaks", geosec.load_chainage_breaks())
    yield from typed("list_layers", geosec.list_layers())


# ----------------------------------------------------------------- record, compare


def record(out: Path, ucdp_file: Path) -> None:
    """Write a record of the geosec that is imported here."""
    print(f"geosec is {Path(geosec.__file__).parent}")
    parts: list[Callable[[], Iterator[Row]]] = [
        *(layers, incidents, coded, railway, reports, gold_phrases, names_and_phrases),
        lambda: ucdp(ucdp_file),
    ]
    if not ucdp_file.exists():
        print(f"skipped: the sections of UCDP, as there is no {ucdp_file} (--ucdp FILE)")
        del parts[-1]
    seen: Counter[tuple[str, str]] = Counter()
    with out.open("wb") as raw, gzip.GzipFile("", "wb", fileobj=raw, mtime=0) as file:
        for section, label, columns in (row for part in parts for row in part()):
            key = str(label)
            seen[section, key] += 1
            if seen[section, key] > 1:
                key = f"{key} #{seen[section, key]}"
            line = {"section": section, "key": key, "columns": columns}
            file.write(json.dumps(line, ensure_ascii=False, allow_nan=False).encode() + b"\n")
    minutes = time.process_time() / 60
    print(f"{seen.total():,} rows, {minutes:.1f} minutes of processor time: {out}")


def read_record(path: Path) -> Record:
    """Read a record: by section, by key."""
    sections: Record = defaultdict(dict)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            sections[row["section"]][row["key"]] = row["columns"]
    return sections


def differences(
    before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, str, Any, Any]]:
    """List what differs in a section: key, column, before, after."""
    for key in dict.fromkeys([*before, *after]):
        if key not in before or key not in after:
            yield key, "(row)", before.get(key, ABSENT), after.get(key, ABSENT)
            continue
        one, two = before[key], after[key]
        for column in dict.fromkeys([*one, *two]):
            if one.get(column, ABSENT) != two.get(column, ABSENT):
                yield key, column, one.get(column, ABSENT), two.get(column, ABSENT)


def compare(before: Path, after: Path, most: int) -> bool:
    """Print what differs between two records; say whether anything does."""
    one, two = read_record(before), read_record(after)
    total = 0
    for section in dict.fromkeys([*one, *two]):
        found = list(differences(one[section], two[section]))
        keys = {key for key, *_ in found}
        total += len(keys)
        count = len((one[section] | two[section]).keys() - {TYPES})
        by_column = Counter(column for _, column, *_ in found)
        which = ", ".join(f"{column} {count:,}" for column, count in by_column.most_common())
        print(f"{section}: {count:,} rows, {len(keys):,} differ{which and f': {which}'}")
        for key, column, was, now in found[:most]:
            print(
                f"    {key}: {column}\n        before {_short(was)}\n        after  {_short(now)}"
            )
    print(f"{total:,} rows differ.")
    return total > 0


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"


def main() -> int:
    """Record or compare; 1 if records differ."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    writes = verbs.add_parser("record", help="write down what geosec answers")
    writes.add_argument("out", type=Path)
    writes.add_argument("--ucdp", type=Path, default=UCDP, help="CSV of UCDP GED, if there is one")
    writes.add_argument("--commit", help="of another commit, not of the current folder")
    reads = verbs.add_parser("compare", help="compare two records")
    reads.add_argument("before", type=Path)
    reads.add_argument("after", type=Path)
    reads.add_argument("--most", type=int, default=20, help="differences shown of each section")
    asked = parser.parse_args()
    if asked.verb == "compare":
        return int(compare(asked.before, asked.after, asked.most))
    if asked.commit:
        run_at(asked.commit, __file__, "record", asked.out, "--ucdp", asked.ucdp)
    else:
        record(asked.out, asked.ucdp)
    return 0


if __name__ == "__main__":
    sys.exit(main())
