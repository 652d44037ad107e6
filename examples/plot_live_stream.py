"""
Is this attack near one of the last two weeks?
==============================================

Incidents come one after the other, and each is asked on arrival: was there another within 20 km in the last 14 days? `LiveIndex`
answers while points come and go. The picture has a mark for each event of 2011 to 2013, as far up as the nearest of the
two weeks before.
"""

# %%
# Events of UCDP as if they came in today: the older ones are taken out, the new one is asked and put in.

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
events, rejected = geosec.read_incidents(geosec.example_path("ucdp_balochistan.csv"))
located = geosec.geocode(events)
stream = located[located["uncertainty_m"] <= 25_000].sort_values("date", kind="stable")
stream = stream[stream["date"].between("2011-01-01", "2013-12-31")]
live, held, answers = geosec.LiveIndex(), [], []
for name, event in stream.iterrows():
    while held and (event["date"] - held[0][1]).days > 14:
        live.delete(held.pop(0)[0])
    found = live.nearest(event.geometry.x, event.geometry.y, k=1)
    near, distance_m = (found[0].id, found[0].distance_m) if found else ("", float("nan"))
    answers.append((name, event["date"], event["location"], len(live), near, distance_m))
    live.insert(name, event.geometry.x, event.geometry.y)
    held.append((name, event["date"]))

# %%
# The alerts, and how often there was one.

columns = ["id", "date", "location", "in_index", "nearest", "distance_m"]
table = pd.DataFrame(answers, columns=columns).set_index("id")
alerts = table[table["distance_m"] <= 20_000]
print(alerts.tail(8).to_string(max_colwidth=36, float_format="%.0f", index_names=False))
print(f"{len(alerts)} of {len(table)} events were within 20 km of one of the 14 days before")

# %%
# Each event at its day. Above the line, nothing was near; events at one town lie at 0.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots()
other = table.drop(index=alerts.index)
axes.plot(
    alerts["date"], alerts["distance_m"] / 1000, "o", color="#d55e00", markersize=5, clip_on=False
)
axes.plot(other["date"], other["distance_m"] / 1000, "o", markersize=4)
axes.axhline(20, color="#59606e", linewidth=1)
axes.set(ylim=(0, None), ylabel="km to the nearest of 14 days")
axes.set_title(f"{len(alerts)} of {len(table)} events followed another within 20 km")
figure.supxlabel("Best points. " + located.attrs["source_credit"], x=0.01, ha="left")
figure.savefig(folder / "live_stream.png")

# %%
# Reading: an alert is made of best points, at once. Whether there are more of them than chance would give is asked of the whole table
# (`find_near_repeats`), and how near they may truly have been of `geosec.nearest`.
