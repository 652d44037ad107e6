"""
Which station was nearest to each incident, and how far?
========================================================

The nearest thing to a point is one thing at one distance. The nearest thing to "near Mach" is probably one of two, at a distance
with two ends. The picture has the distance to the nearest station for the two dozen incidents that are nearest to one: the dot is the best point,
the line holds the true distance 19 times in 20.
"""

# %%
# The nearest two stations of every incident; any table of points, lines or polygons takes their place: schools, clinics, your sites.

import sys
from pathlib import Path
from textwrap import shorten

import matplotlib.pyplot as plt

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
near = geosec.nearest(located, geosec.load_rail_stations(), k=2)
first, second = (near[near["rank"] == rank].set_index("incident_id") for rank in (1, 2))

# %%
# Where the interval of the second station begins before that of the first ends, which one was nearest is open.

ends = ["distance_m", "distance_low_m", "distance_high_m"]
table = (first[ends] / 1000).round(1).set_axis(["km", "low", "high"], axis="columns")
table.insert(0, "station", first["target_name"])
table["or"] = second["target_name"].where(second["distance_low_m"] < first["distance_high_m"], "")
table = table.sort_values("high").head(24)
print(table.head(10).to_string(index_names=False))
is_open = first["distance_high_m"] > second["distance_low_m"]
print(f"of {is_open.sum()} of {len(first)} incidents the second station may be the nearer one")

# %%
# A dot for the best point, a line for the interval, the phrase beside them.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots(figsize=(8.4, 6.2))
names = located.loc[table.index, "location"].map(lambda text: shorten(text, 44, placeholder=" …"))
names += " → " + table["station"]
axes.hlines(names.index, table["low"], table["high"], color="#9cc4de", linewidth=3)
axes.plot(table["km"], names.index, "o", markersize=5, clip_on=False)
axes.set_yticks(names.index, names, fontsize=8)
axes.invert_yaxis()
axes.grid(axis="x")
axes.grid(visible=False, axis="y")
axes.set(xlim=(0, None), xlabel="km to the nearest station, with what holds it 19 times in 20")
axes.set_title("How far the nearest station was")
figure.savefig(folder / "nearest_infrastructure.png")

# %%
# Reading: for a named station the distance is known to a few kilometres; for a phrase about a district two stations compete, and the
# table says which.
