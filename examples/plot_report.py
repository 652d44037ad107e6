"""
What would you hand to somebody who has ten minutes?
====================================================

`write_report` tells the whole story of a table on one page: the question, answers in short, the map, figures and tables with their
uncertainty, how all of it was worked out, and what was left out and why. It is one HTML file that needs no network.
"""

# %%
# Placed, assigned and analysed in one call; `.pdf` instead of `.html` prints it by Chromium.

import re
import sys
from pathlib import Path

import geosec

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery")
folder.mkdir(parents=True, exist_ok=True)
incidents, rejected = geosec.read_incidents(geosec.example_path())
path = geosec.write_report(
    incidents,
    folder / "report.html",
    question="Where along the railway of Balochistan were trains attacked?",
    rejected=rejected,
)

# %%
# Its parts, as its headings name them.

page = path.read_text("utf-8")
print(f"{path.name}: {len(page.encode()) / 1e6:.1f} MB, {page.count('<svg')} figures")
for heading in re.findall(r"<h2[^>]*>(.*?)</h2>", page, flags=re.DOTALL):
    print("-", re.sub("<[^>]+>", "", heading).strip())

# %%
# Reading: open the file. Whoever doubts a figure finds the method, the settings, the sources and their hashes at the end of the same
# page.
