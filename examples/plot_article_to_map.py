"""
What does a news article say happened, and where?
=================================================

An article names many places: where it happened, where somebody spoke, where the wounded were taken. `parse_report` tells them
apart, and gives each event its place, day and toll with the words behind them. The map has the events, each with where it may have
been. The article is made up.
"""

# %%
# An article in, two tables out: the events, and every place named. No model and no network: the same every time.

import sys
from pathlib import Path

import geosec

ARTICLE = """
QUETTA: A passenger train was hit by a roadside bomb between Dera Allahyar and Dera Murad Jamali on Tuesday, railway officials
said. Two coaches left the track; five passengers were injured and moved to Sibi. Separately, gunmen killed two Levies men at a
check post in Dhadar on Monday night. In Kachhi district three labourers were shot dead on Sunday at a camp 14 km south of Mach.
A spokesman in Islamabad condemned the attacks.
"""

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
report = geosec.parse_report(ARTICLE, published="2024-05-15")
events = geosec.locate_on_rail(geosec.assign_boundaries(report.events))
shown = ["date", "location", "adm2_name", "adm2_prob", "rail_line", "fatalities", "injuries"]
print(events[shown].to_string(index=False, float_format="%.2f"))

# %%
# The words that an event rests on, and the places that are none.

for event in events.itertuples():
    words = event.date_text, event.fatalities_text
    print(f"{event.event_type}:", "; ".join(repr(each) for each in words if isinstance(each, str)))
named = report.places[report.places["role"] == "context"]
print("named, but not where it happened:", ", ".join(named["location"]))

# %%
# A map on paper: the disc, the district or the stretch of line in which each event was.

geosec.static_map(
    events,
    folder / "article_to_map.png",
    color_by="event_type",
    title="Three events of one article",
    subtitle="with where each may have been",
    size_in=(8.4, 5.4),
    dpi=110,
)

# %%
# Reading: four of the places are where the report was filed, where somebody was taken or spoke, or larger than the event: they are none. The train was hit on a
# stretch of line, not at a point.
