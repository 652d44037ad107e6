"""
In which districts were there most incidents for their size?
============================================================

A large district has more of everything. Divided by area, the order changes: here are events of UCDP GED in Balochistan, by district
and 1,000 km². The line of each district holds the number given that places are not known exactly: an event known to the
province alone may be in any district.
"""

# %%
# UCDP codes how precisely each place is known; `geocode` makes a radius or an area of it, and the counts follow.

import sys
from pathlib import Path

import matplotlib.pyplot as plt

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
events, rejected = geosec.read_incidents(geosec.example_path("ucdp_balochistan.csv"))
located = geosec.geocode(events)
units = geosec.find_hot_spots(located, "adm2", rate_by="area")

# %%
# The densest districts. The ends of a rate are those of its count in 95 % of the draws.

rate, low, high = (f"rate_per_1000km2{end}" for end in ("", "_low", "_high"))
table = units.set_index("unit_name").nlargest(15, rate)
shown = ["count", "area_km2", rate, low, high, "spot"]
print(table[shown].head(8).round(1).to_string(index_names=False))

# %%
# A dot and a line for each district, the densest first.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots(figsize=(8.4, 5))
axes.hlines(table.index, table[low], table[high], color="#9cc4de", linewidth=5)
axes.plot(table[rate], table.index, "o", markersize=6)
for name, row in table.iterrows():
    text = f"{row['count']:.0f} in {row['area_km2']:,.0f} km²"
    axes.annotate(
        text, (row[high], name), (8, 0), textcoords="offset points", va="center", fontsize=8
    )
axes.invert_yaxis()
axes.grid(axis="x")
axes.grid(visible=False, axis="y")
axes.set(xlim=(0, table[high].max() * 1.2), xlabel="events per 1,000 km², 1992 to 2021")
axes.set_title("Events per area: Quetta stands alone")
figure.supxlabel(located.attrs["source_credit"], x=0.01, ha="left")
figure.savefig(folder / "district_rates.png")

# %%
# Reading: Quetta has six times the density of the next, however events are placed. Below it intervals overlap, and the order is not
# to be read as a ranking. For rates per inhabitant `rate_by=` takes a column of populations.
