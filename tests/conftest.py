"""Fixtures that several rooms share: the 72 reported incidents, and other located tables."""

from __future__ import annotations

import socket
import threading

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import geosec
from geosec.uncertainty.draws import make_uniforms
from geosec.uncertainty.sampling import draw_places
from geosec.uncertainty.table_footprints import TableFootprints


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


@pytest.fixture
def make_grid():
    """Make a grid of squares far from Pakistan: make_grid(side, **columns); names are A0 to Zn."""

    def make(side: int = 3, **columns) -> gpd.GeoDataFrame:
        at = [(column, row) for row in range(side) for column in range(side)]
        squares = [shapely.box(30 + x, 48 + y, 31 + x, 49 + y) for x, y in at]
        names = [f"{chr(65 + y)}{x}" for x, y in at]
        return gpd.GeoDataFrame({"name": names, **columns}, geometry=squares, crs=4326)

    return make


@pytest.fixture
def scatter_abroad():
    """Scatter exact points over and round such a grid, under an integer index."""

    def make(count: int = 500, seed: int = 0, side: int = 3) -> gpd.GeoDataFrame:
        numbers = np.random.default_rng(seed)
        lon, lat = (
            numbers.uniform(29.5, 30.5 + side, count),
            numbers.uniform(47.5, 48.5 + side, count),
        )
        points = gpd.points_from_xy(lon, lat)
        index = pd.Index(numbers.permutation(count) + 1_001, name="fix")
        return gpd.GeoDataFrame({"number": range(count)}, geometry=points, crs=4326, index=index)

    return make


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


@pytest.fixture(scope="session")
def footprints_of():
    """Take the footprints out of a located table: footprints_of(table)."""

    def take(table) -> TableFootprints:
        points = table.geometry
        return TableFootprints.of(table, points.x.to_numpy(), points.y.to_numpy())

    return take


@pytest.fixture(scope="session")
def draws_of(footprints_of):
    """Draw each row as its figures are drawn, row by row: draws_of(table, draws, seed)."""

    def draw(table, draws=199, seed=0) -> np.ndarray:
        written = footprints_of(table).round_as_written()
        return draw_places(written, make_uniforms(written.write_texts(), draws, seed=seed))

    return draw


@pytest.fixture
def listener():
    """A server on loopback: its address, and the requests that came."""
    requests = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            while True:
                try:
                    peer, _ = server.accept()
                except OSError:
                    return
                requests.append(peer.recv(200))
                peer.close()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", requests
        server.shutdown(socket.SHUT_RDWR)
