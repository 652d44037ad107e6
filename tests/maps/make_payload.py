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
from geosec.maps.payload import BLOCK_ROWS


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
    payload = pack_incidents(table)
    order = [table.index.get_loc(each) for each in read_identifiers(payload)]
    assert sorted(order) == list(range(len(rows)))
    plain = rows.iloc[order].astype("object").where(rows.iloc[order].notna(), None)
    json.dump({**payload._asdict(), "rows": plain.to_dict("records")}, sys.stdout)


def read_identifiers(payload) -> list[str]:
    """Read the identifiers of the rows as the page does."""
    names = payload.head["groups"]["rest"]
    column, found = names.index("incident_id"), []
    for number, block in enumerate(text for group, _, text in payload.text if group == "rest"):
        content = zlib.decompress(base64.b64decode(block), -15)
        rows = min(BLOCK_ROWS, payload.head["rows"] - number * BLOCK_ROWS)
        planes = np.frombuffer(content, np.uint8, 4 * rows * len(names)).reshape(-1, 4, rows)
        lengths = sum(planes[:, byte].astype(np.int64) << 8 * byte for byte in range(4))
        at = 4 * rows * len(names) + lengths[:column].sum()
        for length in lengths[column]:
            found.append(content[at : at + length].decode())
            at += length
    return found


if __name__ == "__main__":
    main()
