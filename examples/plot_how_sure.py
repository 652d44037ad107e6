"""
How sure are the places?
========================

A dot says a metre; the reports do not. The map draws where each of the incidents on the Bolan railway may have been: a disc, a
district, a stretch of line, darker where they lie on each other. The table says how many are known how well.
"""

# %%
# Every place has a radius that holds it 19 times in 20, and a footprint where it is no disc.

import sys
from pathlib import Path

import pandas as pd

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
steps = [0, 2_000, 5_000, 10_000, 25_000, 100_000, 1e7]
names = ["to 2 km", "to 5 km", "to 10 km", "to 25 km", "to 100 km", "more"]
located["known"] = pd.cut(located["uncertainty_m"], steps, labels=names)
shape = located["footprint"].map(lambda each: each.geom_type if each else "disc")
print(pd.crosstab(located["known"], shape).to_string())

# %%
# Six of them, from the finest to the vaguest.

order = located["uncertainty_m"].sort_values(kind="stable").index
some = located.loc[order[:: len(order) // 6], ["location", "match_rule", "uncertainty_m"]]
print(some.to_string(index=False, max_colwidth=52))

# %%
# Those round the Bolan pass, coloured by how well their place is known.

near = located.cx[66.6:68.2, 29.2:30.5]
geosec.static_map(
    near[near["uncertainty_m"] < 100_000],
    folder / "how_sure.png",
    color_by="known",
    footprints=True,
    title="How sure the places are",
    subtitle="incidents round the Bolan pass, each with where it may have been",
    size_in=(8.4, 6.6),
    dpi=110,
)

# %%
# Reading: half of the incidents are known to 12 km. Whatever is counted nearer than that is counted with its probability, or not at
# all.
