"""
How many incidents were there near each station?
================================================

Every station, school or clinic is a target; an incident near it counts with its probability. The picture has the stations with most
within 10 km: the expected number, and the line that holds the number in 95 % of the draws.
"""

# %%
# Any targets: points, lines or polygons. They keep their index.

import sys
from pathlib import Path

import matplotlib.pyplot as plt

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
near = geosec.count_near(located, geosec.load_rail_stations(), distance_m=10_000)
table = near.nlargest(15, "count").set_index("target_name")
shown = ["count", "count_low", "count_high", "any_prob"]
print(table[shown].head(10).round(2).to_string(index_names=False))

# %%
# A dot for the expected number, a line for its ends.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots(figsize=(8.4, 4.8))
axes.hlines(table.index, table["count_low"], table["count_high"], color="#9cc4de", linewidth=5)
axes.plot(table["count"], table.index, "o")
axes.invert_yaxis()
axes.grid(axis="x")
axes.grid(visible=False, axis="y")
axes.set(xlim=(0, None), xlabel="incidents within 10 km")
axes.set_title("Stations with most incidents near")
figure.supxlabel(
    "72 reported incidents. Stations: © OpenStreetMap contributors, ODbL", x=0.01, ha="left"
)
figure.savefig(folder / "near_stations.png")

# %%
# Reading: the ranks of the first stations are not settled, as their intervals lie on each other; that each of the first eight had at least one is sure.
