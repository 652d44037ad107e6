"""
Which rows of a database lie near the railway?
==============================================

Rows come out of PostGIS with a question in SQL, get a place, a district and a kilometre, and go back in one transaction, each
geometry with a spatial index. The map has what came back, and was within 10 km of a line with a probability of a half or more.

It needs `pip install geosec[postgis]` and a database with `CREATE EXTENSION postgis`, named in `GEOSEC_GALLERY_POSTGIS`, such as
`postgresql://me@localhost/gallery`; passwords stand in `~/.pgpass`. It writes two tables whose names begin with `gallery_`.
"""

# %%
# Put the reports of the example into the database, as they came.

import os
import sys
from pathlib import Path

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
base = os.environ.get("GEOSEC_GALLERY_POSTGIS", "postgresql://localhost/gallery")
incidents, rejected = geosec.read_incidents(geosec.example_path())
geosec.write_table(incidents, f"{base}/gallery_reports")

# %%
# Ask for those of 2025. A statement is run in a transaction that cannot write.

question = "SELECT * FROM gallery_reports WHERE date >= '2025-01-01'"
reports, rejected = geosec.read_incidents(base, sql=question)
located = geosec.locate_on_rail(geosec.assign_boundaries(geosec.geocode(reports)))
hit = geosec.within(located, geosec.load_rail_network().standing().lines, distance_m=10_000)
located["near_rail_prob"] = hit["probability"]
told = geosec.write_table(located, f"{base}/gallery_located")
print(len(located), "rows of 2025 are in", told.rpartition("/")[2])

# %%
# The database answers now what it could not before.

question = "SELECT * FROM gallery_located WHERE near_rail_prob >= 0.5 ORDER BY near_rail_prob DESC"
near, _ = geosec.read_incidents(base, sql=question)
shown = ["adm2_name", "rail_line", "rail_km_low", "rail_km_high", "near_rail_prob"]
print(near[shown].head(8).round(2).to_string(index_names=False))
geosec.static_map(
    near,
    folder / "postgis.png",
    color_by="event_type",
    title=f"{len(near)} of {len(located)} rows of 2025 lie near the railway",
    subtitle="within 10 km with a probability of 0.5 or more",
    size_in=(8.4, 5.4),
    dpi=110,
)

# %%
# Reading: run it again and nothing is doubled: rows of the same identifier are brought up to date, and columns that others added
# stay.
