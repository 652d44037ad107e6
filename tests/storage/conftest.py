"""Tables that files must hold whole."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point


@pytest.fixture(scope="module")
def places():
    """Two rows, one without a place, with a second geometry, Urdu and text to be run."""
    table = gpd.GeoDataFrame(
        {
            "summary": ["=HYPERLINK()", None],
            "location": ["کوئٹہ", "چمن, Chaman"],
            "fatalities": pd.array([3, None], dtype="Int64"),
            "date": pd.to_datetime(["2025-03-11", None]),
            "uncertainty_m": [3_871.26, None],
        },
        geometry=[Point(67.001234567, 30.184), None],
        crs=4326,
        index=pd.Index(["@a", "ب"], name="incident_id"),
    )
    table["footprint"] = gpd.GeoSeries(
        [LineString([(67, 30), (68, 31)]), None], index=table.index, crs=4326
    )
    return table
