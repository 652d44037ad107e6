"""Make the pictures of maps in the docs, to be looked at.

``python -m tests.browser.make_pictures docs``
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

import geosec

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from browsers import find_browser
from map_tables import make_located

if TYPE_CHECKING:
    import geopandas as gpd

READY = "html[data-geosec=ready]"
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
WIDE, TELEPHONE = (1440, 900), (360, 720)
WAIT_MS = 1_200  # for the counts, the table and the address to settle


def read_example(name: str) -> gpd.GeoDataFrame:
    incidents, _ = geosec.read_incidents(geosec.example_path(name))
    return geosec.locate_on_rail(geosec.assign_boundaries(geosec.geocode(incidents)))


def save_maps(folder: Path) -> None:
    """Save the maps of which pictures are taken."""
    few, many = read_example("incidents_pakistan.csv"), make_located(100_000)
    events = read_example("ucdp_balochistan.csv")
    districts = events["adm2_code"].value_counts().rename("value").to_frame()
    districts.attrs["title"] = "Events by district"
    rates = geosec.corridor_rates(events, "ML-3")
    values = {"choropleth": districts, "corridor": rates}
    title = "Events of UCDP in Balochistan, by district and along the railway"
    maps = {
        "few": geosec.incident_map(few),
        "many": geosec.incident_map(many, title="100,000 synthetic incidents"),
        "values": geosec.incident_map(events, title=title, choropleth="adm2", corridor=rates),
    }
    for name, map_ in maps.items():
        geosec.save_map(map_, folder / f"{name}.html")
    geosec.static_map(few, folder / "static_map.png", dpi=110)
    path = folder / "static_map_values.png"
    geosec.static_map(events, path, title=title, footprints=False, dpi=110, **values)


#: Picture: the map, what follows its address, the size and the scheme of the screen.
PICTURES = {
    "map_demo": ("few", "", WIDE, "light"),
    "map_many": ("many", "", WIDE, "light"),
    "map_how_sure": ("few", "#at=8/29.6/67.6&draw=footprints&draw=sure", WIDE, "light"),
    "map_districts": ("values", "#at=6.5/29/64.5", WIDE, "light"),
    "map_dark": ("many", "#at=7/30.5/71.5", WIDE, "dark"),
    "map_telephone": ("few", "", TELEPHONE, "light"),
}


def main(target: str) -> None:
    """Write every picture to a folder."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as driver:
        folder = Path(name)
        save_maps(folder)
        for picture in ("static_map.png", "static_map_values.png"):
            (Path(target) / picture).write_bytes((folder / picture).read_bytes())
        browser = driver.chromium.launch(executable_path=find_browser("chromium"), args=SWITCHES)
        for picture, (map_, state, (width, height), scheme) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height}, color_scheme=scheme
            )
            page.goto((folder / f"{map_}.html").as_uri() + state)
            page.wait_for_selector(READY, state="attached")
            page.wait_for_timeout(WAIT_MS)
            page.screenshot(path=Path(target) / f"{picture}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
