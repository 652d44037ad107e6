"""Fixtures that several rooms share: the 72 reported incidents, read and located once."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest

import geosec


@pytest.fixture(scope="session")
def incidents() -> gpd.GeoDataFrame:
    return geosec.read_incidents(geosec.example_path())[0]


@pytest.fixture(scope="session")
def located(incidents) -> gpd.GeoDataFrame:
    table = geosec.assign_boundaries(geosec.geocode(incidents))
    return geosec.locate_on_rail(table)


@pytest.fixture
def disc_row():
    """Make a located table of one disc: disc_row(lon, lat, uncertainty_m)."""

    def make(lon: float, lat: float, uncertainty_m: float) -> gpd.GeoDataFrame:
        table = pd.DataFrame({"uncertainty_m": [uncertainty_m]}, index=["one"])
        table["footprint"] = gpd.GeoSeries([None], index=table.index, crs="EPSG:4326")
        points = gpd.points_from_xy([lon], [lat], crs="EPSG:4326")
        return gpd.GeoDataFrame(table, geometry=points).rename_axis("incident_id")

    return make
