"""
What does an export of ACLED become?
====================================

ACLED codes how precisely it knows the place and the day, and writes numbers for vague words. The export is recognised by its columns, and
the codes become radii, spans of days and ranges. The map shows what the codes hide: one point may be a town, a part of a district or
a province. The rows are made up: ACLED's own may not be passed on.
"""

# %%
# Columns as ACLED names them. Your file goes in by its path: `geosec.read_incidents("acled.csv")`.

import sys
from pathlib import Path

import pandas as pd

import geosec

ROWS = """event_id_cnty event_date time_precision location latitude longitude geo_precision fatalities notes
PAK9001|2023-01-05|1|Mach|29.8642|67.3300|1|2|Two guards were killed.
PAK9002|2023-02-16|2|Turbat|26.0012|63.0485|2|12|Dozens were killed, said the army.
PAK9003|2023-03-01|3|Dera Bugti|29.0361|69.1585|1|0|Shots were fired at a pipeline.
PAK9004|2023-04-20|1|Quetta|30.1841|67.0014|3|1|A man was shot dead somewhere in the province.
PAK9005|2023-05-02|1|Sibi|29.5430|67.8773|2|3|Three were killed on a road near the town."""

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
head, *rows = ROWS.splitlines()
export = pd.DataFrame([row.split("|") for row in rows], columns=head.split())
incidents, rejected = geosec.read_incidents(export)
located = geosec.assign_boundaries(geosec.geocode(incidents))
print("read as", incidents.attrs["source_kind"])

# %%
# The codes, and what became of them.

located["days"] = (located["date_to"] - located["date_from"]).dt.days + 1
located["km"] = (located["uncertainty_m"] / 1000).round(1)
shown = ["location", "geo_precision", "km", "adm2_name", "adm2_prob"]
print(located[shown].round(2).to_string(index_names=False))
shown = ["event_date", "time_precision", "date_from", "date_to", "fatalities", "fatalities_text"]
print(located[shown].to_string(index_names=False))

# %%
# The map bears ACLED's credit, as its terms ask.

geosec.static_map(
    located,
    folder / "acled_export.png",
    color_by="geo_precision",
    title="Five rows, three codes of precision",
    subtitle="made-up rows in the columns of ACLED",
    size_in=(8.4, 5.4),
    dpi=110,
)

# %%
# Reading: the row coded to Quetta is anywhere in the province, and the most probable district, Chagai, is no more than the largest one; "dozens" is not twelve.
