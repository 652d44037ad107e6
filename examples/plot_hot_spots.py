"""
Where do incidents crowd more than chance would have it?
========================================================

Every district is tested together with its neighbours (Gi*), in each of 199 draws of where the incidents may have been. The map
shows the expected counts, the outline those districts that stay significant with false discoveries at 5 %.
"""

# %%
# Counts, significance, and in what share of the draws it holds.

import sys
from pathlib import Path

import matplotlib.pyplot as plt

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
spots = geosec.find_hot_spots(located)
shown = ["unit_name", "count", "count_low", "count_high", "q_value", "spot", "significant_share"]
print(spots.nsmallest(8, "q_value")[shown].round(2).to_string(index=False))

# %%
# The districts round the hot ones. Names stand on those that are significant.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
hot = spots[spots["q_value"] <= 0.05]
figure, axes = plt.subplots(figsize=(8.4, 5.2))
looks = {"cmap": "Blues", "vmin": 0, "edgecolor": "#d7d9de", "linewidth": 0.6}
bar = {"label": "expected incidents", "shrink": 0.6}
spots.plot("count", ax=axes, legend=True, legend_kwds=bar, **looks)
geosec.load_boundaries("adm1").boundary.plot(ax=axes, color="#8b8470", linewidth=0.8)
hot.boundary.plot(ax=axes, color="#d55e00", linewidth=2)
for name, place in zip(hot["unit_name"], hot.representative_point(), strict=True):
    halo = {"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.8}
    axes.text(place.x, place.y, name, ha="center", va="center", fontsize=8, bbox=halo)
west, south, east, north = hot.total_bounds
axes.set(xlim=(west - 2, east + 2.5), ylim=(south - 0.7, north + 0.7))
axes.set_axis_off()
axes.set_title(f"{len(hot)} districts are hot spots, outlined")
credit = "72 reported incidents. Districts: OCHA COD-AB, CC BY 3.0 IGO. Reports, not risk."
figure.supxlabel(credit, x=0.01, ha="left")
figure.savefig(folder / "hot_spots.png")

# %%
# Reading: the districts between Quetta and Sibi, along one railway. `significant_share` tells how the answer hangs on places that
# are not known exactly.
