"""Hold the shipped districts against a reference layer and against coded places.

``python tests/benchmarks/measure_districts.py --reference COD_AB.parquet --ucdp ged_pakistan.csv``.
The reference is OCHA's COD-AB of Pakistan, valid on 2022-09-09, whose districts are joined to those
they belonged to in 2018. Borders are compared by pair: the border between two districts here with
that between the same two there, at every kilometre of the reference's, once at all of them and once
only where no control point is within a kilometre. Coded places are counted in three ways: all of
them; with a place that was coded before its district was cut out of the one told in the right one
by either; and of these without the ones that other events or the census contradict.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd

import geosec
from boundaries.build.borders import OUTSIDE
from boundaries.build.control import TABLE
from boundaries.build.measure import measure_borders
from boundaries.build.place_contradicted import find_contradicted
from boundaries.build.place_miscoded import CUT_OUT, CUT_OUT_DAY
from boundaries.build.reference import join_units, read_reference
from geosec.reference.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACE = ["latitude", "longitude", "adm_2"]
_BY_DAY = "with the districts of the day"


def locate_control_points() -> gpd.GeoSeries | None:
    """Read where the control points lie, if there are any."""
    if not TABLE.is_file():
        return None
    table = pd.read_csv(TABLE)
    return gpd.GeoSeries.from_xy(table["longitude"], table["latitude"], crs="EPSG:4326")


def read_places(path: Path, codes: dict[str, str]) -> pd.DataFrame:
    """Read coded places of precision 1 and 2, each point in each district once.

    Those coded into a former Frontier Region count for the district that it joined.
    """
    events = pd.read_csv(path)
    events = events[events["where_prec"].isin([1, 2])].dropna(subset=["adm_2"])
    events = events.assign(told=[codes.get(_bare(name)) for name in events["adm_2"]])
    events = events.dropna(subset=["told"])
    events["contradicted"] = find_contradicted(events, list_tehsils())
    last = events.groupby(_PLACE)["date_end"].transform("max")
    events["part"] = events["told"].map(CUT_OUT).where(last < CUT_OUT_DAY)
    return events.drop_duplicates(_PLACE).copy()


def list_tehsils() -> pd.DataFrame:
    """List the tehsils of the census that have a point."""
    places = load_gazetteer().places
    return places[places.index.str.startswith("tehsil:") & places["latitude"].notna()]


def name_codes() -> dict[str, str]:
    """Name every district's code by its names, old and new."""
    names = geosec.load_boundaries("adm2").reset_index().rename(columns={"adm2_name": "name"})
    lineage = geosec.load_district_lineage().rename(columns={"parent_code": "adm2_code"})
    codes: dict[str, str] = {}
    for row in pd.concat([names, lineage]).itertuples():
        for name in [row.name, *str(row.alt_names or "").split(";")]:
            codes.setdefault(_bare(name), row.adm2_code)
    return codes


def _bare(name: str) -> str:
    """Strip a district's name of its kind: "FR Tank - Jandola", "Jafarabad Distrcit"."""
    name = re.sub(r"\b(distri?c?i?t|agency)\b", "", name.casefold().split(" - ")[0])
    return re.sub(r"[^a-z]", "", name)


def assign_places(places: pd.DataFrame) -> pd.DataFrame:
    """Give the district of each place by its coordinates, with the probability told."""
    located = geosec.geocode(places[["latitude", "longitude"]].assign(location=""))
    found = geosec.assign_boundaries(located)
    code = found["adm2_code"].to_numpy()
    right = code == places["told"].to_numpy()
    told = found["adm2_prob"].fillna(0.0).to_numpy(dtype="float64")
    by_day = right | (code == places["part"].to_numpy())
    return places.assign(code=code, right=right, by_day=by_day, probability=told)


def print_borders(table: pd.DataFrame, what: str, worst: int = 12) -> None:
    """Print the two quantiles, the share of kilometres whose pair does not meet, the worst."""
    away_m = table["away_m"].to_numpy()
    median, most = np.quantile(away_m, [0.5, 0.95], method="higher")
    lost = np.isinf(away_m).mean()
    print(
        f"borders {what}: {len(table):,} km, median {median / 1000:.2f} km, "
        f"95 % {most / 1000:.2f} km, {lost:.2%} of a pair that does not meet"
    )
    pairs = table.groupby(["one", "other"])["away_m"].quantile(0.95, "higher").nlargest(worst)
    for (one, other), away in pairs.items():
        print(f"    {one} - {other}: {away / 1000:.1f} km (95 %)")


def print_places(found: pd.DataFrame, what: str, right_by: str = "right") -> None:
    """Print how many are right, what was told, and Brier's score."""
    right, told = found[right_by].to_numpy(), found["probability"].to_numpy()
    print(
        f"places {what}: {len(found):,}, right district {right.mean():.1%}, "
        f"told {told.mean():.3f}, Brier {((told - right) ** 2).mean():.4f}"
    )


def print_contradicted(found: pd.DataFrame) -> None:
    """Print how many places are left out, why, and how many of them were right."""
    left_out = found[found["contradicted"].ne("")]
    print(f"left out: {len(left_out)}, of which right {left_out['by_day'].sum()}")
    for reason, part in left_out.groupby("contradicted"):
        names = ", ".join(f"{row.where_coordinates} ({row.adm_2})" for row in part.itertuples())
        print(f"    {reason}: {names}")


def print_missed(found: pd.DataFrame) -> None:
    """Print which district was told and which was named instead, where more than one is."""
    names = geosec.load_boundaries("adm2")["adm2_name"]
    missed = found[~found["by_day"]]
    pairs = missed.groupby([missed["told"].map(names), missed["code"].map(names)]).size()
    for (told, named), count in pairs[pairs > 1].sort_values(ascending=False).items():
        print(f"    coded {told}, named {named}: {count}")


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reference", type=Path, help="COD-AB districts, parquet or any layer")
    parser.add_argument("--ucdp", type=Path, help="UCDP GED with adm_2 and where_prec, CSV")
    args = parser.parse_args(argv)
    if args.reference:
        ours = geosec.load_boundaries("adm2").geometry
        table = measure_borders(
            ours, join_units(read_reference(args.reference)), locate_control_points()
        )
        table = table[table["one"] != OUTSIDE]
        print_borders(table, "in all")
        print_borders(table[table["between"]], "between control points", worst=0)
    if args.ucdp:
        found = assign_places(read_places(args.ucdp, name_codes()))
        print_places(found, "in all")
        print_places(found[~found["adm_2"].str.startswith("FR")], "without Frontier Regions")
        print_places(found, _BY_DAY, "by_day")
        fair = found[found["contradicted"].eq("")]
        print_places(fair, f"{_BY_DAY}, without contradicted ones", "by_day")
        print_contradicted(found)
        print_missed(fair)


if __name__ == "__main__":
    main()
