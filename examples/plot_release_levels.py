"""
What may be published, and to whom?
===================================

Whoever works with a table sees where each incident was. A partner gets points that were moved, the public gets districts that hold five or more.
The picture has the same 72 incidents three times, with what each reader is told of where they were.
"""

# %%
# The secret makes each release the same, and nobody can undo it without; make yours with `secrets.token_hex(32)` and keep it.

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
key = "for the gallery alone: 6b1f0c9a2e"
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
audiences = ["internal", "partner", "public"]
tables = {name: geosec.release(located, name, secret=key) for name in audiences}

# %%
# What each release hides, and what it costs.

measures = ["displacement_median_m", "k_achieved", "linked_place_share", "district_change_share"]
audit = pd.DataFrame(
    {
        name: geosec.audit_release(located, table, secret=key)["value"]
        for name, table in tables.items()
    }
)
print(audit.loc[measures].round(2).to_string(index_names=False))

# %%
# One map for each audience: what is told of where an incident was, each area once, with the incidents at its point.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, panels = plt.subplots(1, 3, figsize=(8.4, 3.3))
land = geosec.load_boundaries("adm1").to_crs(32642)
for axes, (name, table) in zip(panels, tables.items(), strict=True):
    land.plot(ax=axes, color="#faf9f6", edgecolor="#b9b2a2", linewidth=0.6)
    places = table[table.geometry.notna()].to_crs(32642)
    told = places.buffer(places["uncertainty_m"])
    if "footprint" in places:
        told = places["footprint"].to_crs(32642).fillna(told)
    told = told.drop_duplicates()
    told.plot(ax=axes, color="#0072b2", alpha=0.07)
    told.boundary.plot(ax=axes, color="#0072b2", alpha=0.4, linewidth=0.6)
    counts = places.groupby(places.geometry.to_wkb()).size()
    points = places.drop_duplicates("geometry")
    size = counts[points.geometry.to_wkb()].to_numpy() * 7
    points.plot(ax=axes, color="#d55e00", markersize=size, linewidth=0)
    axes.set(xlim=(-450_000, 1_100_000), ylim=(2_700_000, 3_950_000))
    axes.set_axis_off()
    axes.set_title(f"{name}: {len(points)} places")
caption = "Dots: incidents by their number; blue: where they may have been, as told. Provinces: OCHA COD-AB, CC BY 3.0 IGO"
figure.supxlabel(caption, x=0.01, ha="left")
figure.savefig(folder / "release_levels.png")

# %%
# Reading: the public sees a handful of units and no town; a partner sees where, by 2 to 10 km off, and half of the moved points still have
# the right place nearest to them. The audit is for who releases.
