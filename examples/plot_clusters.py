"""
Which clusters are real, and which are points of a gazetteer?
=============================================================

Events that are known to a district alone all lie on its middle, and make a fine cluster. Draw places anew and it is gone. The
picture has the clusters of best points, by how much of each is there again in 199 draws.
"""

# %%
# Eight events or more within 5 km of each other; Hennig's rule of thumb trusts a stability of 0.75 and more.

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
events, rejected = geosec.read_incidents(geosec.example_path("ucdp_balochistan.csv"))
located = geosec.geocode(events)
members, clusters = geosec.find_clusters(located, distance_m=5_000, min_incidents=8)

# %%
# A cluster is called by the place that most of its events name, and its radius is the median of theirs.

own = located.join(members)
own = own[own["cluster_id"].notna()].groupby("cluster_id")
clusters = clusters.set_index("cluster_id")
clusters["place"] = own["location"].agg(lambda names: names.mode()[0])
clusters["radius_km"] = (own["uncertainty_m"].median() / 1000).round(1)
shown = ["place", "incidents", "radius_km", "stability", "dissolved_share"]
print(clusters[shown].round(2).to_string(index_names=False))

# %%
# Blue: what stands.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots(figsize=(8.4, 5))
stands = clusters["stability"] >= 0.75
labels = clusters["place"] + " (" + clusters["incidents"].astype(str) + ")"
at = np.arange(len(clusters))
axes.barh(at, clusters["stability"], color=np.where(stands, "#0072b2", "#9cc4de"), height=0.7)
axes.plot(clusters["stability"], at, "o", color="#1f2430", markersize=3, clip_on=False)
axes.axvline(0.75, color="#d55e00", linewidth=1)
axes.set_yticks(at, labels, fontsize=8)
axes.invert_yaxis()
axes.grid(axis="x")
axes.grid(visible=False, axis="y")
axes.set(
    xlim=(0, 1), xlabel="stability: the share of a cluster that is there when places are drawn anew"
)
axes.set_title(f"{stands.sum()} of {len(clusters)} clusters of points can be trusted")
figure.supxlabel(located.attrs["source_credit"], x=0.01, ha="left")
figure.savefig(folder / "clusters.png")

# %%
# Reading: Quetta is a cluster of events; many of the others are districts and towns to which events were coded. An incident clusters
# where people live: a cluster is no sign of a raised rate.
