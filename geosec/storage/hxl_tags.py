"""Tags of the Humanitarian Exchange Language: a row under the names says what each column holds.

Tags: *HXL hashtag dictionary*, release 1.1 (hxlstandard.org/standard/1-1final/dictionary). What the
source told of the province is ``+reported``; the one found stands without it.
"""

from __future__ import annotations

import csv
import io
import shutil
from typing import TYPE_CHECKING

import geopandas as gpd
import pandas as pd

from geosec.crs import to_storage
from geosec.schema import INDEX, name_points
from geosec.storage.spreadsheets import flatten_geometries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

TAGS = {
    INDEX: "#event+id",
    "date": "#date+occurred",
    "date_from": "#date+start",
    "date_to": "#date+end",
    "location": "#loc+name",
    "admin1": "#adm1+name+reported",
    "admin2": "#adm2+name+reported",
    "admin3": "#adm3+name+reported",
    "event_type": "#event+type",
    "actor": "#group+name+first",
    "target": "#group+name+second",
    "fatalities": "#affected+killed",
    "injuries": "#affected+injured",
    "summary": "#description",
    "source_url": "#meta+source+url",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "match_name": "#loc+name+matched",
    "match_id": "#loc+code",
    "uncertainty_m": "#geo+radius+m",
    "adm1_name": "#adm1+name",
    "adm1_code": "#adm1+code",
    "adm2_name": "#adm2+name",
    "adm2_code": "#adm2+code",
}


def fill_coordinates(table: pd.DataFrame) -> pd.DataFrame:
    """Write the best points into latitude and longitude, where a row has a point."""
    name = name_points(table)
    if not isinstance(table, gpd.GeoDataFrame) or name not in table.columns:
        return table
    points = to_storage(gpd.GeoSeries(table[name]), "geometry")
    there = points.notna() & (points.geom_type == "Point") & ~points.is_empty
    columns = {
        axis: values.where(there, table[axis] if axis in table.columns else None)
        for axis, values in (("latitude", points.y), ("longitude", points.x))
    }
    return table.assign(**columns)


def insert_tags(path: Path) -> None:
    """Insert the row of tags under the names of a CSV."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        tags = io.StringIO()
        csv.writer(tags, lineterminator="\n").writerow(_list_tags(next(reader)))
        file.seek(0)
        with path.with_suffix(".tagged").open("w", encoding="utf-8", newline="") as tagged:
            tagged.writelines(file.readline() for _ in range(reader.line_num))
            tagged.write(tags.getvalue())
            shutil.copyfileobj(file, tagged)
    path.with_suffix(".tagged").replace(path)


def prepend_tags(table: pd.DataFrame) -> pd.DataFrame:
    """Give a table a first row of tags, for a workbook, whose cells are each of their own kind."""
    plain = flatten_geometries(table).astype("object")
    tags = pd.DataFrame([_list_tags(map(str, plain.columns))], columns=plain.columns, dtype="O")
    tagged = pd.concat([tags, plain], ignore_index=True)
    tagged.attrs = table.attrs
    return tagged


def _list_tags(names: Iterable[str]) -> list[str]:
    return [TAGS.get(name, "") for name in names]
