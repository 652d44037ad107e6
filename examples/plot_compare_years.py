"""
Where did it get worse, and where is that no more than chance?
==============================================================

Two spans of years are compared district by district: the ratio of rates, with an interval that holds chance and what is not known of
the places. The picture has the districts with four events or more, on a scale on which twice and half are equally far from 1.
"""

# %%
# One table given twice, with two periods of three years.

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
events, rejected = geosec.read_incidents(geosec.example_path("ucdp_balochistan.csv"))
located = geosec.geocode(events)
periods = ("2016-01-01", "2018-12-31"), ("2019-01-01", "2021-12-31")
change = geosec.compare_rates(located, located, "adm2", periods=periods)
ratio = ["ratio_b_to_a", "ratio_b_to_a_low", "ratio_b_to_a_high"]
change = change[change["count_a"] + change["count_b"] >= 4].set_index("unit_name")
table = (
    change[["count_a", "count_b", *ratio, "p_value", "q_value"]]
    .sort_values("ratio_b_to_a")
    .iloc[::-1]
)
table.columns = [name.replace("ratio_b_to_a", "ratio") for name in table]
print(table.round(2).to_string(index_names=False))

# %%
# A dot and a line for each district; orange where it changed, with false discoveries at 5 %.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots(figsize=(8.4, 4.6))
least, most = 1 / 20, 50
colour = np.where(table["q_value"] <= 0.05, "#d55e00", "#0072b2")
ends = table[["ratio_low", "ratio_high"]].clip(least, most)
axes.hlines(
    table.index, ends["ratio_low"], ends["ratio_high"], color=colour, alpha=0.4, linewidth=4
)
axes.scatter(table["ratio"].clip(least, most), table.index, color=colour, zorder=3)
axes.axvline(1, color="#59606e", linewidth=1)
axes.set(xscale="log", xlim=(least, most), xlabel="events of 2019 to 2021 for each of 2016 to 2018")
axes.set_xticks([0.1, 0.25, 0.5, 1, 2, 4, 10, 25], ["1/10", "1/4", "1/2", 1, 2, 4, 10, 25])
axes.minorticks_off()
axes.invert_yaxis()
axes.grid(axis="x")
axes.grid(visible=False, axis="y")
axes.set_title("Kech rose, Quetta fell; elsewhere it may be chance")
figure.supxlabel(located.attrs["source_credit"], x=0.01, ha="left")
figure.savefig(folder / "compare_years.png")

# %%
# Reading: in Kech it became seventeen times as much, in Quetta a third. Where the line crosses 1, the change may be chance; a ratio
# without a line would have told a story of each district.
