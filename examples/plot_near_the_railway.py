"""
How many of the reported incidents lay within 10 km of a railway?
=================================================================

A point on a map answers yes or no. The reports do not: "Kech district" may be anywhere in a district, "near Mach" is within a dozen
kilometres of a town. So each incident has a probability, and what can be counted is an expectation with its spread.
"""

# %%
# Read the incidents, place them, and ask for the probability of being within 10 km of a line.

import numpy as np

import geosec

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
print(table.to_string(max_colwidth=60))

# %%
# The same on a map that opens without a network.

geosec.save_map(
    geosec.incident_map(located, title="Incidents near the railway"), "near_the_railway.html"
)

# %%
# Reading: most incidents are clearly on one side; the open ones are districts and "near" phrases, and a single point would have
# decided each of them by chance.
