"""
Which 50 km of the Jaffar Express's way had most incidents?
===========================================================

Incidents are counted in a corridor of 10 km on both sides of the track, by sections of 50 km from Quetta, per 100 km and year. The
picture has a step for each section; the line in it holds the rate 19 times in 20, by chance and by what is not known of the places.
"""

# %%
# The train is known by its name; the years are those in which incidents were looked for.

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
years = ("2013-01-01", "2025-12-31")
rates = geosec.corridor_rates(located, "Jaffar Express", by=50_000, period=years)

# %%
# The share of draws in which a section is the worst, given where incidents may have been, and with chance too.

rates["section"] = rates["station_from"] + " - " + rates["station_to"]
ends = ["rate_per_100km_year_low", "rate_per_100km_year_high"]
table = rates.nlargest(5, "rate_per_100km_year").set_index("section")
table = table[["count", "rate_per_100km_year", *ends, "worst_share", "worst_prob"]].round(2)
print(table.rename(columns=lambda name: name.replace("rate_per_100km_year", "rate")).to_string())

# %%
# From Quetta to Peshawar along the track. The vertical lines are the intervals.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
low, high = (rates[each] for each in ends)
start, end = rates["measure_from_km"], rates["measure_to_km"]
rate, middle = rates["rate_per_100km_year"], (start + end) / 2
figure, axes = plt.subplots()
worst = rates["worst_prob"] == rates["worst_prob"].max()
colours = np.where(worst, "#d55e00", "#0072b2")
axes.bar(start, rate, width=end - start, align="edge", color=colours, edgecolor="white")
axes.vlines(middle, low, high, color="#1f2430", linewidth=1)
shown = rates.index[::3]
axes.set_xticks(start[shown], rates["station_from"][shown], rotation=40, ha="right", fontsize=8)
axes.set(xlim=(0, end.max()), ylim=(0, None), ylabel="incidents per 100 km and year")
chance = rates["worst_prob"].max()
axes.set_title(f"{rates['section'][worst].item()}: the worst with probability {chance:.2f}")
figure.supxlabel(
    "Sections of 50 km, 10 km on both sides; 2013 to 2025. Lines: 95 % intervals.",
    x=0.01,
    ha="left",
)
figure.savefig(folder / "corridor.png")

# %%
# Reading: the section with most is the same in nine of ten draws of where the incidents may have been; that it is also the most
# dangerous is less sure, as its interval overlaps with others.
