"""
Is it getting worse, and since when?
====================================

Events are counted by month, tested for a trend in a way that keeps its level where one month resembles the next, and cut where
their level changed. The picture has the counts, and the levels between two changes.
"""

# %%
# Nothing is counted before 2004: UCDP has six events of the years before.

import sys
from itertools import pairwise
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
events, rejected = geosec.read_incidents(geosec.example_path("ucdp_balochistan.csv"))
located = geosec.geocode(events)
counts, trends, changes = geosec.count_trends(
    located, None, "month", since="2004-01-01", until="2021-12-31"
)
slope = ["slope_per_year", "slope_per_year_low", "slope_per_year_high"]
print(trends[["count", *slope, "p_value", "trend"]].round(2).to_string(index=False))
shown = ["period_start", "count_before", "count_after", "change_share"]
print(changes[shown].to_string(index=False, float_format="%.2f"))

# %%
# A bar for each month, with a tick where the days of events are not known; levels in orange.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots()
start, wide = counts["period_start"], counts["period_end"] - counts["period_start"]
axes.bar(start, counts["count"], width=wide * 0.8, align="edge")
axes.vlines(start + wide * 0.4, counts["count_low"], counts["count_high"], color="#1f2430", lw=1)
ends = [start.iloc[0], *changes["period_start"], counts["period_end"].iloc[-1] + pd.Timedelta("1D")]
for begin, end in pairwise(ends):
    level = counts.loc[(start >= begin) & (start < end), "count"].mean()
    axes.hlines(level, begin, end, color="#d55e00", linewidth=2)
axes.set(xlim=(ends[0], ends[-1]), ylabel="events per month")
axes.yaxis.get_major_locator().set_params(integer=True)
axes.set_title("No trend over the years, but changes of level")
caption = "Orange: mean between two changes. " + located.attrs["source_credit"]
figure.supxlabel(caption, x=0.01, ha="left")
figure.savefig(folder / "trend.png")

# %%
# Reading: what rose and fell and rose again has no trend, and its slope may be up or down. The changes say when it was worse: in 2007
# and 2008, in 2012, and again since the middle of 2020.
