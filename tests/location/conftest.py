"""Located tables of several kinds: phrases of every sort of footprint, and points."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pytest

import geosec

PHRASES = [
    "Kech district",
    "between Panir and Peshi stations",
    "Mach and Kolpur",
    "12 km south of Sibi",
    "Quetta",
    "Jaffar Express",
    "Sibi district",
    "between Sultankot and Abad stations",
    "Sultankot railway station",
    "Gwadar",
    "Balochistan",
    "near Dera Murad Jamali",
    "Hub",
    "Rojhan",
    "40 km north of Quetta",
    "Turbat and Panjgur",
    "Karachi",
    "Kech district",
]


@pytest.fixture(scope="session")
def mixed() -> gpd.GeoDataFrame:
    """Discs, districts, lines, several readings, and a row without a place."""
    return geosec.geocode(PHRASES)


@pytest.fixture(scope="session")
def points_at():
    """Make a located table of points or discs: points_at(lon, lat, uncertainty_m)."""

    def make(lon, lat, uncertainty_m=0.0) -> gpd.GeoDataFrame:
        index = [f"at {number}" for number in range(np.size(lon))]
        points = gpd.GeoSeries.from_xy(np.ravel(lon), np.ravel(lat), index=index, crs=4326)
        table = gpd.GeoDataFrame(
            {"uncertainty_m": [float(uncertainty_m)] * len(index)}, index, geometry=points
        )
        table["footprint"] = gpd.GeoSeries([None] * len(index), index, "EPSG:4326")
        return table.rename_axis("incident_id")

    return make
