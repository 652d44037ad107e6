"""A payload for the tests of the page, with its rows as plain values: JSON on standard output."""

from __future__ import annotations

import base64
import json
import sys
import zlib

import geopandas as gpd
import numpy as np
import pandas as pd

from geosec.maps.incident_columns import find_days, pack_incidents, round_to_radii
from tests.maps.test_payload import read_plane


def make_table(count: int = 3_000) -> gpd.GeoDataFrame:
    """Make rows with gaps, odd texts and dates of every precision."""
    chance = np.random.default_rng(0)
    kinds = np.array(["Battles", "Riots", "Protests", None], dtype="object")
    notes = np.array(
        ["quiet", "</script>", "{{ 1 }}", "two\nlines", "کوئٹہ", "", None], dtype="object"
    )
    dates = pd.Series(
        pd.Timestamp("2010-01-01") + pd.to_timedelta(chance.integers(0, 900, count), "D")
    )
    table = pd.DataFrame(
        {
            "date": dates.where(chance.random(count) < 0.9),
            "date_precision": chance.choice(["day", "week", "month", "year"], count),
            "event_type": kinds[chance.integers(0, 4, count)],
            "actor": np.array(["A", "B", "C"])[chance.integers(0, 3, count)],
            "fatalities": np.where(
                chance.random(count) < 0.2, np.nan, chance.integers(0, 400, count)
            ),
            "summary": notes[chance.integers(0, 7, count)],
            "uncertainty_m": chance.choice([0.0, 2_500.0, 40_000.0], count),
            "footprint": None,
        },
        index=pd.Index([f"i{number}" for number in range(count)], name="incident_id"),
    )
    lon, lat = chance.uniform(61, 77, count), chance.uniform(24, 37, count)
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs=4326)


def main() -> None:
    """Write the payload and its rows, in the order of the payload."""
    table = make_table()
    first, last = find_days(table)
    radius_m = table["uncertainty_m"].to_numpy()
    rows = pd.DataFrame(table.drop(columns=["geometry", "footprint", "date"]))
    rows = rows.assign(
        lon=round_to_radii(table.geometry.x.to_numpy(), radius_m), day=first, last=last
    )
    payload = pack_incidents(table.assign(at=np.arange(len(table))), ["at"])
    order = read_number(payload, "at")
    rows = rows.reset_index()
    plain = rows.iloc[order].astype("object").where(rows.iloc[order].notna(), None)
    json.dump({**payload._asdict(), "rows": plain.to_dict("records")}, sys.stdout)


def read_number(payload, name: str) -> np.ndarray:
    """Read a plane of numbers of the rows as the page does."""
    content, start = zlib.decompress(base64.b64decode(payload.numbers), -15), 0
    for told in payload.head["planes"]:
        end = start + told["bytes"] * told["count"]
        if told["name"] == name:
            return read_plane(told, content[start:end]).astype(np.int64)
        start = end
    raise KeyError(name)


if __name__ == "__main__":
    main()
