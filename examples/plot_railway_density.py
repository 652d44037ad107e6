"""
Along which kilometres of a line do incidents pile up?
======================================================

Incidents are spread along the track by a kernel that loses nothing at junctions, in each of 199 draws of where they may have been. The
picture has the density along the line from Rohri by Quetta to Chaman, with the band that holds it 19 times in 20.
"""

# %%
# A kernel of 10 km, no finer than the places are known. Each lixel is a piece of track of 1 km.

import sys
from pathlib import Path

import matplotlib.pyplot as plt

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
density = geosec.estimate_network_density(located, bandwidth_m=10_000)
worst = density.sort_values("density_per_km", ascending=False).drop_duplicates("station_from")
ends = ["density_per_km", "density_per_km_low", "density_per_km_high"]
shown = ["rail_line", "km_from", "station_from", "station_to", *ends, "top_share"]
print(worst[shown].head(6).round(2).to_string(index=False))

# %%
# The lixels of ML-3 one after the other. Where posts contradict the track they have no km, and the line is open.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
line = density[density["rail_line"] == "ML-3"]
km = (line["km_from"] + line["km_to"]) / 2
figure, axes = plt.subplots()
low, high = line["density_per_km_low"], line["density_per_km_high"]
axes.fill_between(km, low, high, color="#9cc4de", linewidth=0, label="95 % of the draws")
axes.plot(km, line["density_per_km"], label="expected")
names = ["Jacobabad Junction", "Sibi Junction", "Mach", "Quetta", "Chaman"]
posts = geosec.load_rail_network().posts
posts = posts[(posts["line_id"] == "ML-3") & posts["name"].isin(names)].drop_duplicates("name")
axes.set_xticks(posts["km"], posts["name"] + "\nkm " + posts["km"].round().astype(int).astype(str))
axes.set(xlim=(0, posts["km"].max() + 5), ylim=(0, None), ylabel="incidents per km")
axes.set_title("Density along ML-3, Rohri to Chaman")
axes.legend(loc="upper left")
figure.supxlabel(
    "Railway: © OpenStreetMap contributors, ODbL. Reports, not risk.", x=0.01, ha="left"
)
figure.savefig(folder / "railway_density.png")

# %%
# Reading: the peaks are at Mach and at Quetta. The band tells what is not known of the places, not what chance might have done; for the
# rate of a section with both see `plot_corridor.py`.
