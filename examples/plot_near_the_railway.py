"""
How many of the reported incidents lay within 10 km of a railway?
=================================================================

A point on a map answers yes or no. The reports do not: "Kech district" may be anywhere in a district, "near Mach" is within a dozen
kilometres of a town. So each incident has a probability, and what can be counted is an expectation with its spread. The picture has
a bar for each incident, from those that surely were near to those that surely were not.
"""

# %%
# Read the incidents, place them, and ask for the probability of being within 10 km of a line.

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
lines = geosec.load_rail_network().standing().lines
hit = geosec.within(located, lines, distance_m=10_000)

# %%
# The sum of probabilities is the expected number; incidents are taken as independent of each other.

p = hit["probability"].to_numpy()
spread = np.sqrt(np.sum(p * (1 - p)))
by_point = int((hit["distance_m"] <= 10_000).sum())
print(f"{p.sum():.1f} of {len(p)} expected within 10 km, give or take {spread:.1f}")
print(f"{by_point} if every best point is taken for the place")

# %%
# Where the answer is open: a probability that is neither near 0 nor near 1.

is_open = hit["probability"].between(0.1, 0.9)
table = located.loc[is_open, ["location"]].join(hit["probability"].round(2))
print(table.sort_values("probability").to_string(index=False, max_colwidth=60))

# %%
# One bar for each incident, the open ones in orange.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
order = np.argsort(-p, kind="stable")
figure, axes = plt.subplots()
colours = np.where(is_open.to_numpy()[order], "#d55e00", "#0072b2")
axes.bar(np.arange(len(p)), p[order], width=0.8, color=colours)
axes.set(xlim=(-1, len(p)), ylim=(0, 1.02), xticks=[])
axes.set_title(f"{p.sum():.0f} of {len(p)} incidents within 10 km of a railway, ± {spread:.0f}")
axes.set_ylabel("probability")
axes.set_xlabel("incidents, the surest first; orange: open, between 0.1 and 0.9")
figure.savefig(folder / "near_the_railway.png")

# %%
# Reading: most incidents are clearly on one side; the open ones are districts and "near" phrases, and a single point would have
# decided each of them by chance.
