"""
What if the country is not Pakistan?
====================================

Polygons of any country and a table of stations go into the verbs as they are. Here are the districts of Sri Lanka, four stations of
its Main Line and five reports that are made up, each with a radius that holds the place 19 times in 20.
"""

# %%
# The layers: polygons from a file, and a railway from names, km and points.

import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
districts = gpd.read_file(Path(__file__).parent / "data" / "districts_sri_lanka.geojson")
stations = pd.DataFrame(  # km from Colombo Fort, as Wikipedia lists them; places to 0.01 degree
    [
        ("Colombo Fort", 0.0, 79.85, 6.93),
        ("Peradeniya Junction", 115.34, 80.59, 7.26),
        ("Ella", 271.03, 81.05, 6.88),
        ("Badulla", 292.3, 81.06, 6.98),
    ],
    columns=["name", "km", "longitude", "latitude"],
).assign(line="Main Line")
network = geosec.RailNetwork.from_table(stations)

# %%
# Points with a radius, their districts, and their kilometre.

reports = pd.DataFrame(
    [
        ("A fallen tree on the line", 80.10, 7.05, 2_000),
        ("A landslide", 80.59, 7.20, 8_000),
        ("A train that did not arrive", 80.85, 7.05, 25_000),
        ("A blocked crossing", 81.06, 6.93, 1_000),
        ("A flood in the north", 80.40, 8.95, 30_000),
    ],
    columns=["report", "longitude", "latitude", "radius_m"],
)
points = gpd.points_from_xy(reports["longitude"], reports["latitude"], crs=4326)
places = gpd.GeoDataFrame(reports, geometry=points)
located = geosec.with_uncertainty(places, uncertainty_m="radius_m")
located = geosec.assign_boundaries(located, boundaries=districts)
located = geosec.locate_on_rail(located, network=network)
shown = ["report", "radius_m", "adm2_name", "adm2_prob", "rail_km_low", "rail_km_high", "rail_prob"]
print(located[shown].round(2).to_string(index=False))

# %%
# The same layers are the ground of the map.

geosec.static_map(
    located,
    folder / "own_layers.png",
    color_by="report",
    title="Five reports in Sri Lanka",
    subtitle="made-up reports, with the disc that holds each place 19 times in 20",
    ground={"boundaries": districts, "network": network, "credit": "Districts: Natural Earth"},
    size_in=(8.4, 6.6),
    dpi=110,
)

# %%
# Reading: with a radius of 1 km the district is sure, with 25 km it is a guess among several; the flood in the north is out of reach
# of the line, and has no kilometre.
