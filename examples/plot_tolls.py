"""
How many were killed each year, at least and at most?
=====================================================

Sources disagree on tolls, and a sum of best figures hides it. `summarise` adds up the low ends and the high ends too, and says
who, what, where and when in sentences. The picture has the killed of each year, with the line from every toll at its lowest to every toll at its
highest.
"""

# %%
# Events of UCDP, which codes a best, a low and a high figure for each.

import sys
from pathlib import Path

import matplotlib.pyplot as plt

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
events, rejected = geosec.read_incidents(geosec.example_path("ucdp_balochistan.csv"))
located = geosec.geocode(events)
years = geosec.summarise(located[located["date"] >= "2003-01-01"], by="year")
print(geosec.summarise(located))
shown = ["incidents", "fatalities", "fatalities_low", "fatalities_high", "uncertainty_median_m"]
print(years[shown].tail(8).round(0).to_string())

# %%
# A dot for the best figures, a line for the ends.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots()
low, high = (years[f"fatalities_{end}"].astype(float) for end in ("low", "high"))
at = years.index.astype(int)
axes.vlines(at, low, high, color="#9cc4de", linewidth=6)
axes.plot(at, years["fatalities"], "o")
axes.set(ylim=(0, None), ylabel="killed")
axes.xaxis.get_major_locator().set_params(integer=True)
axes.set_title("Killed in events of UCDP in Balochistan, by year")
figure.supxlabel(located.attrs["source_credit"], x=0.01, ha="left")
figure.savefig(folder / "tolls.png")

# %%
# Reading: sources agree in most years; in 2007 and 2012 the highest sum is two to four times the lowest, and no trend should rest on
# the dots alone. The line holds what is reported; it says nothing of what nobody reported.
