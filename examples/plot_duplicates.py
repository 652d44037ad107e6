"""
Is what this article tells in the table already?
================================================

Two sources word one event in two ways, a few kilometres or a day apart. Each event of an article is compared with the 72 incidents:
distance against both footprints, days, tolls and words make a probability, with the reasons for and against it. Nothing is merged. The article is made
up; the picture has a bar for each of its events.
"""

# %%
# The events of the article are one table, the incidents are the other.

import sys
from pathlib import Path
from textwrap import shorten

import matplotlib.pyplot as plt
import numpy as np

import geosec

ARTICLE = """
QUETTA: Officials said on Wednesday that a bomb beside the track at Dera Murad Jamali was found and defused on Tuesday. On Monday
gunmen opened fire on the Jaffar Express in the hills of Kachhi district, near Mach. A policeman was shot dead in Turbat on
Monday evening. Three labourers were injured by a blast near Sibi on Saturday.
"""

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
located = geosec.geocode(incidents)
events = geosec.parse_report(ARTICLE, published="2025-11-26").events
pairs = geosec.find_duplicates(events, located, threshold=0.01)
shown = ["incident_id_a", "incident_id_b", "probability", "distance_m", "days_apart"]
print(pairs[shown].round(3).to_string(index=False))
print(*pairs["reasons"], sep="\n")

# %%
# The best partner of each event; none where no row is near it in space and time.

best = pairs.drop_duplicates("incident_id_a").set_index("incident_id_a")
told = events[["date", "location"]].join(best)
told["probability"] = told["probability"].fillna(0)

# %%
# A bar for each event, with its row in the table and why.

plt.style.use(Path(__file__).with_name("gallery.mplstyle"))
figure, axes = plt.subplots(figsize=(8.4, 3.4))
at = np.arange(len(told))
labels = told["date"].dt.day.astype(str) + " November: " + told["location"]
axes.barh(at, told["probability"], height=0.34)
axes.plot(told["probability"], at, "o", clip_on=False)
for y, event in zip(at, told.itertuples(), strict=True):
    is_known = event.probability > 0
    text = f"{event.incident_id_b}, {event.reasons}" if is_known else "no row fits: it is new"
    axes.text(0.01, y - 0.28, shorten(text, 92, placeholder=" …"), fontsize=8)
axes.set_yticks(at, labels)
axes.invert_yaxis()
axes.grid(axis="x")
axes.grid(visible=False, axis="y")
axes.set(
    xlim=(0, 1), ylim=(len(told) - 0.6, -0.6), xlabel="probability that the table has it already"
)
axes.set_title(
    f"{(told['probability'] >= 0.5).sum()} of {len(told)} events are in the table already"
)
figure.savefig(folder / "duplicates.png")

# %%
# Reading: two are known under an identifier, though the words differ; two are new. Whoever decides sees the reasons.
