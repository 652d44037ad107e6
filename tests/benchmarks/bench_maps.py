"""Maps of 10,000, 100,000 and a million incidents, beside those of folium and swiftmap.

Run it by hand: ``python tests/benchmarks/bench_maps.py [rows ...]``. Each file is built in a
process of its own: processor seconds, for the machine may be busy. Then it is opened from disk in
chromium and in firefox (see `browsers`), several times; figures are medians. ``swiftmap`` is
measured where it is installed.

- *open*: from the navigation to the first frame in which the map can be used.
- *pan*, *zoom*: 95 % of the frames took less, from the call to the end of the frame.
- *filter*, *brush*: work of the page until all counts, charts and the map are drawn again.
- *search*: the first of a word in all texts, and another one after it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import browsers
import folium
import map_reader as reader
import pandas as pd
from alone import alone, cost_of, machine, tell
from folium.plugins import FastMarkerCluster
from map_tables import make_located

import geosec

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

ROUNDS = 3
SIZES = (10_000, 100_000, 1_000_000)
#: What is built of how many rows at the most: a million circles are beyond folium.
MAKERS = {"geosec": 1_000_000, "geosec without notes": 1_000_000}
MAKERS |= {"CircleMarker": 10_000, "FastMarkerCluster": 100_000}
MAKERS |= {"swiftmap": 1_000_000}
FIELDS = (
    "MB",
    "cpu s",
    "s",
    "peak MB",
    "open",
    "pan",
    "zoom",
    "filter",
    "brush",
    "search",
    "again",
)
_POPUP = """(row) => L.circleMarker([row[0], row[1]], {radius: 5}).bindPopup(
    () => Object.assign(document.createElement('div'), {textContent: row[2]}))"""
_FRAME = "await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));"
_PAN = f"""async () => {{
    const map = {reader.MAP}, took = [];
    for (let step = 0; step < 60; step++) {{
        const from = performance.now();
        map.panBy(step % 20 < 10 ? [17, 9] : [-17, -9], {{animate: false}});
        {_FRAME}
        took.push(performance.now() - from);
    }}
    return took;
}}"""
_ZOOM = f"""async () => {{
    const map = {reader.MAP}, took = [];
    for (const zoom of [7, 8, 9, 10, 11, 12, 10, 9, 8, 7, 6, 5, 6]) {{
        const from = performance.now();
        map.setZoom(zoom, {{animate: false}});
        {_FRAME}
        took.push(performance.now() - from);
    }}
    return took;
}}"""
_WORK = """async (act) => {
    const took = [];
    for (let round = 0; round < 12; round++) {
        let begun = 0, drawn = 0;
        requestAnimationFrame(() => { begun = performance.now(); });
        const from = performance.now();
        act(round);
        const done = performance.now() - from;
        await new Promise((next) => requestAnimationFrame(() => {
            drawn = performance.now();
            setTimeout(next, 0);
        }));
        took.push(done + drawn - begun);
        await new Promise((next) => setTimeout(next, 20));
    }
    return took;
}"""
_FILTER = f"""() => ({_WORK})(
    () => document.querySelector('.gs-facet input[type=checkbox]').click())"""
_BRUSH = f"""() => ({_WORK})((round) => document.querySelectorAll('.gs-handle')[1].dispatchEvent(
    new KeyboardEvent('keydown', {{key: 'PageDown', bubbles: true, cancelable: true}})))"""
_SEARCH = """async (words) => {
    const box = document.querySelector('.gs-search'), told = document.querySelector('.gs-found');
    told.textContent = '';
    box.value = words;
    const from = performance.now();
    box.dispatchEvent(new Event('input', {bubbles: true}));
    while (!/have/.test(told.textContent)) await new Promise((next) => setTimeout(next, 5));
    return performance.now() - from - 250; // it waits so long for the next letter
}"""
_DRAWN = "() => performance.getEntriesByName('geosec drawn')[0]?.startTime ?? 0"
_OPENED = f"async () => {{ {_FRAME} return performance.now(); }}"


def make_geosec(table: gpd.GeoDataFrame, path: Path) -> None:
    geosec.save_map(geosec.incident_map(table), path)


def make_bare(table: gpd.GeoDataFrame, path: Path) -> None:
    make_geosec(table.drop(columns=["summary", "source_url"]), path)


def make_circles(table: gpd.GeoDataFrame, path: Path) -> folium.Map:
    map_ = folium.Map([30, 69], zoom_start=6, tiles=None, prefer_canvas=True)
    for lat, lon, note in zip(table.geometry.y, table.geometry.x, table["summary"], strict=True):
        folium.CircleMarker([lat, lon], radius=5, popup=note).add_to(map_)
    map_.save(path)
    return map_


def make_cluster(table: gpd.GeoDataFrame, path: Path) -> folium.Map:
    map_ = folium.Map([30, 69], zoom_start=6, tiles=None, prefer_canvas=True)
    rows = zip(table.geometry.y, table.geometry.x, table["summary"], strict=True)
    FastMarkerCluster([list(row) for row in rows], callback=_POPUP).add_to(map_)
    map_.save(path)
    return map_


def make_swiftmap(table: gpd.GeoDataFrame, path: Path) -> None:
    import swiftmap  # noqa: PLC0415 - only where it is installed

    rows = {"lat": table.geometry.y, "lon": table.geometry.x, "note": table["summary"]}
    map_ = swiftmap.Map(center=[30, 69], zoom=6)
    map_.add_circle_markers(pd.DataFrame(rows), lat_col="lat", lon_col="lon", radius=5)
    map_.save(path)


MAKE: dict[str, Callable[[gpd.GeoDataFrame, Path], Any]] = {
    "geosec": make_geosec,
    "geosec without notes": make_bare,
    "CircleMarker": make_circles,
    "FastMarkerCluster": make_cluster,
    "swiftmap": make_swiftmap,
}


def build(maker: str, source: Path, path: Path) -> None:
    """Build a map in this process, and tell what it cost."""
    table = pd.read_pickle(source)  # noqa: S301 - written a moment ago
    MAKE[maker](table.iloc[:50], path)  # layers are read, code is loaded
    cost, made = cost_of(lambda: MAKE[maker](table, path))
    told = {"MB": path.stat().st_size / 1e6, "cpu s": cost["cpu_s"]}
    if made is not None:
        geosec.save_map(made, path)  # with its libraries in it, to be opened without a network
    tell(told | {"s": cost["seconds"], "peak MB": cost["peak_mb"]})


def high(took: list[float]) -> float:
    return sorted(took)[int(0.95 * len(took))]


def use(browser: browsers.Browser, path: Path, *, ours: bool) -> dict[str, float]:
    """Open a map and use it."""
    page = browser.open_page()
    page.load(path.as_uri())
    if not ours:
        told = {"open": page.evaluate(_OPENED)}
        if not page.evaluate(f"() => Boolean({reader.MAP})"):
            return told  # not a map of Leaflet
        return told | {"pan": high(page.evaluate(_PAN)), "zoom": high(page.evaluate(_ZOOM))}
    page.wait(_DRAWN)
    told = {"open": page.evaluate(_DRAWN)}
    reader.settle(page, 1)
    told |= {"pan": high(page.evaluate(_PAN)), "zoom": high(page.evaluate(_ZOOM))}
    told |= {"filter": median(page.evaluate(_FILTER)), "brush": median(page.evaluate(_BRUSH))}
    first, again = (page.evaluate(_SEARCH, words) for words in ("mosque bridge", "patrol"))
    assert page.complaints == []
    return told | {"search": first, "again": again}


def measure(maker: str, rows: int, source: Path, folder: Path) -> None:
    path = folder / f"{maker}-{rows}.html"
    rounds = ROUNDS if rows < 500_000 else 1
    built = [alone(__file__, "--build", maker, source, path) for _ in range(rounds)]
    cost = {name: median(each[name] for each in built) for name in built[0]}
    for name in browsers.NAMES:
        if missing := browsers.why_not(name):
            print(missing)
            continue
        with browsers.Browser(name) as browser:
            used = [use(browser, path, ours=maker.startswith("geosec")) for _ in range(ROUNDS)]
        told = cost | {field: median(each[field] for each in used) for field in used[0]}
        figures = (
            f"{told[field]:,.{2 if field in {'s', 'cpu s'} else 0}f}" if field in told else ""
            for field in FIELDS
        )
        load = os.getloadavg()[0]
        print(f"| {rows:,} | {maker} | {name} | {' | '.join(figures)} | {load:.1f} |", flush=True)


def main(*sizes: int) -> None:
    """Print a table in Markdown; times in the page are milliseconds."""
    print(machine())
    columns = ("rows", "map", "browser", *FIELDS, "load")
    print(f"\n| {' | '.join(columns)} |\n{'|---' * 3}{'|---:' * (len(FIELDS) + 1)}|", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in sizes or SIZES:
            source = folder / f"{rows}.pickle"
            make_located(rows).to_pickle(source)
            for maker, most in MAKERS.items():
                there = maker != "swiftmap" or importlib.util.find_spec("swiftmap")
                if rows <= most and there:
                    measure(maker, rows, source, folder)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    else:
        main(*map(int, sys.argv[1:]))
