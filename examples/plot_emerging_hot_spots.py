"""
Which hot spots are new, and which last?
========================================

Every district is tested with its neighbours and with the year before, in every year and every draw. What its years make up has a
name: new, consecutive, sporadic, persistent, historical. The picture is a calendar of the districts that have one.
"""

# %%
# Full years alone are tested: `since` and `until` say when incidents would have been recorded.

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
years = {"since": "2014-01-01", "until": "2025-12-31"}
spots = geosec.classify_emerging_hot_spots(located, "adm2", "year", **years)
named = spots[spots["pattern"] != "no pattern"].sort_values("count", ascending=False)
shown = ["unit_name", "count", "pattern", "pattern_share", "hot_periods"]
print(named[shown].round(2).to_string(index=False))

# %%
# The counts of the same districts, year by year.

counts, _, _ = geosec.count_trends(located, "adm2", "year", **years)
table = counts.pivot_table(index="unit_id", columns="period_start", values="count").loc[named.index]

# %%
# A row for each district, a square for each year: the larger, the more incidents.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots(figsize=(8.4, 4.4))
column, row = np.meshgrid(table.columns.year, np.arange(len(table)))
axes.scatter(column, row, s=table.to_numpy() * 55, marker="s", alpha=0.9)
labels = named["unit_name"] + ": " + named["pattern"].str.removesuffix(" hot spot")
axes.set_yticks(np.arange(len(table)), labels)
axes.invert_yaxis()
axes.set(xticks=table.columns.year, xlim=(2013.4, 2025.6))
axes.set_title("Hot spots of the last two years, and those that are new")
caption = "Area of a square: expected incidents of the year. A district is hot together with its neighbours."
figure.supxlabel(caption, x=0.01, ha="left")
figure.savefig(folder / "emerging_hot_spots.png")

# %%
# Reading: the belt between Quetta and Sibi was hot two years running and never before; Nushki, Khuzdar and their neighbours joined
# in the last year.
