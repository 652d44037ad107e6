"""Measure the geocoder on names it was not given: UCDP's names, half by half.

Run from the root of the repository:

    python tests/benchmarks/measure_names.py GED.csv
    python tests/benchmarks/measure_names.py GED.csv --misses misses.csv --diagram out.svg

UCDP names a place (``where_coordinates``), tells how its source named it (``where_description``),
and gives its point. Its names also feed the gazetteer; so they are hashed into two halves, and each
half is asked of a gazetteer from which all that comes of the events of that half is taken. Four
questions: both phrases, with ``adm_1`` as ``admin1`` and without.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import versus  # noqa: F401  # puts the current folder first on the path

from boundaries.build.place_events import split_kind
from boundaries.build.place_miscoded import find_miscoded
from boundaries.build.place_told import TOLD_AT
from boundaries.build.places import districts, table
from geosec.evaluation.promises import score_promises, summarise_promises
from geosec.evaluation.reliability_diagram import draw_reliability_diagram
from geosec.reference.feature_classes import UNITS
from geosec.reference.gazetteer import Gazetteer, load_gazetteer
from geosec.reference.toponyms import skeleton

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTIONS = {
    "name": ("where_coordinates", False),
    "name, admin1": ("where_coordinates", True),
    "words": ("where_description", False),
    "words, admin1": ("where_description", True),
}
PRECISE = ("1", "2")
POINT = ["latitude", "longitude", "positional_accuracy_m"]
_LENT = re.compile(r"; point: UCDP GED event [^;]*")
_BORROWED = re.compile(r"point of the (?:village|area|pass|dam|bridge|military site) ([^;]+)")


def find_half(name: str) -> int:
    """Put a name into one of two halves: all spellings that sound the same into the same one."""
    return hashlib.sha256(skeleton(name).encode()).digest()[0] % 2


def read_coded(path: Path) -> pd.DataFrame:
    """Read UCDP GED: events placed within 25 km or better, with their name, its kind and half."""
    told = pd.read_csv(path, dtype="str", keep_default_na=False)
    told = told[told["where_prec"].isin(PRECISE)].reset_index(drop=True)
    cut = [split_kind(label) for label in told["where_coordinates"]]
    told["name"] = [name for name, _ in cut]
    told["kind"] = [label.split()[-1].lower() for label in told["where_coordinates"]]
    told["half"] = told["name"].map(find_half)
    told["miscoded"] = find_miscoded(told, districts(), list_known()).ne("")
    return told.astype({"latitude": "float64", "longitude": "float64"})


def list_known() -> pd.DataFrame:
    """List the towns and stations that the gazetteer has from others than coded events."""
    places = load_gazetteer().places
    own = places.index.str.startswith(("gn:", "station:")) & places["country_code"].eq("PK")
    return places[own & places["latitude"].notna()]


def list_questions(coded: pd.DataFrame) -> pd.DataFrame:
    """List each distinct phrase once, with the point most often coded for it."""
    parts = []
    for question, (column, with_admin1) in QUESTIONS.items():
        asked = coded.rename(columns={column: "location"})
        asked = asked[asked["location"].str.strip().ne("")]
        where = ["location", "adm_1", "adm_2"]
        points = asked.groupby([*where, "latitude", "longitude"], sort=False).size()
        best = points.reset_index(name="events").sort_values("events", kind="stable")
        best = best.drop_duplicates(where, keep="last")[[*where, "latitude", "longitude"]]
        keys = [*where, "latitude", "longitude"]
        kept = asked.merge(best, on=keys).drop_duplicates(where)
        keep = [*keys, "name", "kind", "half", "miscoded", "id"]
        kept = kept[keep].assign(question=question)
        parts.append(kept.assign(admin1=kept["adm_1"] if with_admin1 else ""))
    return pd.concat(parts, ignore_index=True)


def leave_out(gazetteer: Gazetteer, half: int) -> Gazetteer:
    """Take from a gazetteer all that it has of the events whose names are in a half.

    That is: their places, points lent or borrowed from them, how their reports spell others, the
    places that their reports tell of, and how many they are.
    """
    places = gazetteer.places
    hidden = places["name"].map(find_half).eq(half)
    from_events = hidden & places["source"].str.startswith("UCDP GED")
    told_at = places["note"].where(places["note"].str.startswith(TOLD_AT), "")
    told = told_at.str.removeprefix(TOLD_AT).str.split(", ")
    from_events &= told_at.eq("") & ~places["feature_class"].isin(UNITS)
    from_events |= told.map(lambda names: any(find_half(each) == half for each in names if each))
    lent = hidden & places["source"].str.contains(_LENT)
    borrowed = places["note"].str.extract(_BORROWED, expand=False)
    gone = set(places.loc[from_events, "name"])
    left = places[~from_events].copy()
    pointless = (lent | borrowed.isin(gone)).reindex(left.index)
    left.loc[pointless, POINT] = np.nan
    left.loc[pointless, "note"] = ""
    if "mentions" in left.columns:
        left.loc[hidden.reindex(left.index), "mentions"] = np.nan
    spelt = _list_spellings(half)
    left["alt_names"] = [
        ";".join(each for each in others.split(";") if each not in spelt.get(skeleton(name), ()))
        for name, others in zip(left["name"], left["alt_names"], strict=True)
    ]
    return Gazetteer(left, gazetteer.home)


def _list_spellings(half: int) -> dict[str, set[str]]:
    """List how reports of the events of a half spell the places, by the sound of their names."""
    events = table("event_places")
    spelt: dict[str, set[str]] = {}
    for label, others in zip(events["where_coordinates"], events["alt_names"], strict=True):
        name, _ = split_kind(label)
        if find_half(name) == half:
            spelt.setdefault(skeleton(name), set()).update(others.split(";"))
    return spelt


def answer_halves(questions: pd.DataFrame) -> pd.DataFrame:
    """Answer each half with the gazetteer that has the other."""
    whole = load_gazetteer()
    halves = [
        score_promises(part, gazetteer=leave_out(whole, int(half)))
        for half, part in questions.groupby("half")
    ]
    scored = pd.DataFrame(pd.concat(halves))
    scored["why"] = name_classes(scored)
    return scored.sort_index()


def name_classes(scored: pd.DataFrame) -> pd.Series:
    """Say of what class each answer is a miss, if it is one."""
    reason = scored["match_reason"].astype("object").fillna("")
    found = scored["match_name"].astype("object").fillna("")
    pairs = [(skeleton(a), skeleton(b)) for a, b in zip(scored["name"], found, strict=True)]
    classes = {
        "coded wrongly": scored["miscoded"],
        "not matched": ~scored["matched"],
        "fuzzy": reason.str.contains("spelt otherwise"),
        "fallback": reason.str.contains("placed in|placed at|its district is used"),
        "namesake": [own == other for own, other in pairs],
        "part of a name": [bool(other) and (other in own or own in other) for own, other in pairs],
    }
    first = np.select(list(classes.values()), list(classes), default="")
    other = "another " + scored["match_rule"].astype("object").fillna("")
    return pd.Series(first, index=scored.index).where(first != "", other)


# ------------------------------------------------------------------------- printing

FORMATS: dict[str, Callable[[float], str]] = {
    "phrases": "{:.0f}".format,
    "sure_wrong": "{:.0f}".format,
    "radius_km": "{:.1f}".format,
}


def print_table(title: str, groups: dict[str, pd.DataFrame]) -> None:
    """Print a line for each group."""
    sums = pd.DataFrame({str(key): summarise_promises(part) for key, part in groups.items()}).T
    text = sums.to_string(formatters={k: FORMATS.get(k, "{:.3f}".format) for k in sums.columns})
    print(f"\n{title}\n{text}")


def split_by(scored: pd.DataFrame, column: str, least: int = 30) -> dict[str, pd.DataFrame]:
    """Split by a column, the most frequent first, without what is rare."""
    order = scored[column].value_counts()
    return {str(key): scored[scored[column] == key] for key in order[order >= least].index}


def print_reliability(scored: pd.DataFrame) -> None:
    """Print what each tenth of the score promises and keeps."""
    placed = scored[scored["matched"]]
    tenth = np.minimum((placed["match_score"] * 10).astype(int), 9)
    kept = placed.groupby(tenth).agg(
        phrases=("right", "size"), told=("match_score", "mean"), kept=("right", "mean")
    )
    kept["off"] = kept["kept"] - kept["told"]
    print("\nby tenth of the score\n" + kept.round(3).to_string())


def print_misses(scored: pd.DataFrame, most: int = 6) -> None:
    """Print how the wrong answers came about, and the farthest and surest of each class."""
    wrong = scored[scored["matched"] & ~scored["right"]]
    print("\nwrong by class (all, sure and far)")
    for why, part in split_by(wrong, "why", 1).items():
        print(f"  {why}: {len(part)}, {int(part['sure_wrong'].sum())}")
        worst = part.sort_values("match_score", ascending=False).drop_duplicates("location")
        for row in worst.head(most).itertuples():
            print(
                f"      {row.location!r} [{row.admin1}; {row.adm_2}] -> {row.match_name} "
                f"({row.match_id}) {row.match_score:.2f}, {row.error_m / 1000:.0f} km off"
            )


def print_all(scored: pd.DataFrame) -> None:
    """Print every table; the rows coded wrongly only in the first."""
    fair = scored[~scored["miscoded"]]
    print_table("all, and without what is coded wrongly", {"all": scored, "fair": fair})
    print_table("by question", split_by(fair, "question"))
    print_table("by kind of place", split_by(fair, "kind"))
    print_table("by rule", split_by(fair[fair["matched"]], "match_rule"))
    print_table("by province", split_by(fair, "adm_1"))
    print_reliability(fair)
    print("\nnot matched\n" + fair.loc[~fair["matched"], "match_status"].value_counts().to_string())
    print_misses(scored)


def write_misses(scored: pd.DataFrame, path: Path) -> None:
    """Write the wrong answers, and what was not matched."""
    wrong = scored[~scored["matched"] | ~scored["right"]]
    columns = ["question", "location", "admin1", "adm_2", "why", "match_status", "match_rule"]
    columns += ["match_name", "match_id", "match_score", "uncertainty_m", "error_m", "sure_wrong"]
    columns += ["match_reason", "latitude", "longitude", "name"]
    wrong.sort_values(["sure_wrong", "why"], ascending=False)[columns].to_csv(path, index=False)


def main() -> int:
    """Measure, print, and write what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("ged", type=Path, help="CSV of UCDP GED")
    parser.add_argument("--misses", type=Path, help="CSV to write the wrong answers to")
    parser.add_argument("--scored", type=Path, help="pickle of all answers, for fitting")
    parser.add_argument("--diagram", type=Path, help="SVG of the reliability")
    asked = parser.parse_args()
    questions = list_questions(read_coded(asked.ged))
    scored = answer_halves(questions)
    truth = questions[["latitude", "longitude"]].add_prefix("coded_")
    scored = scored.join(truth)
    print_all(scored)
    if asked.misses:
        write_misses(scored.rename(columns=lambda name: name.removeprefix("coded_")), asked.misses)
    if asked.scored:
        scored.to_pickle(asked.scored)
    if asked.diagram:
        fair = scored[~scored["miscoded"]].assign(placed=scored["matched"], has_truth=True)
        asked.diagram.write_text(draw_reliability_diagram(fair), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
