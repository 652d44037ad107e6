"""A hundred hostile texts in fields, column names, headings, layers, file names: none runs."""

from __future__ import annotations

import html
import warnings

import folium
import geopandas as gpd
import map_reader as reader
import numpy as np
import pandas as pd
import pytest
from shapely import box

import geosec

pytestmark = pytest.mark.browser

DO = "window.__ran=1"
PLAIN = [
    f"<img class=evil src=x onerror={DO}>",
    f"<svg class=evil onload={DO}></svg>",
    f"<script class=evil>{DO}</script>",
    f"</script><script class=evil>{DO}</script>",
    f"</ScRiPt ><script class=evil>{DO}</script>",
    f"</style><script class=evil>{DO}</script>",
    f"</title><script class=evil>{DO}</script>",
    f"</textarea><evil class=evil onclick={DO}>",
    f"<!--<script class=evil>{DO}",
    f"--><script class=evil>{DO}</script>",
    "<iframe class=evil srcdoc='<script>parent.__ran=1</script>'></iframe>",
    f"<iframe class=evil src=javascript:parent.{DO}></iframe>",
    f"<a class=evil href=javascript:{DO}>x</a>",
    f"<body class=evil onload={DO}>",
    f"<details class=evil open ontoggle={DO}>",
    f"<input class=evil autofocus onfocus={DO}>",
    f"<object class=evil data='data:text/html,<script>{DO}</script>'>",
    f"<math class=evil><mtext><style><img src=x onerror={DO}>",
    "<base class=evil href=//evil.example/>",
    f"<meta class=evil http-equiv=refresh content='0;url=javascript:{DO}'>",
    "<link class=evil rel=stylesheet href=//evil.example/x.css>",
    f"<form class=evil action=javascript:{DO}><button>x</button></form>",
    f"<template class=evil><script>{DO}</script></template>",
    f"<x-evil class=evil style='x:expression({DO})'>",
    "<p class=evil id=gs-head>{}</p>",
    f"javascript:{DO}",
    f"JaVaScRiPt:{DO}",
    f"java\tscript:{DO}",
    f" javascript:{DO}//http://x",
    f"data:text/html,<script>{DO}</script>",
    f"vbscript:{DO}",
    f'https://dawn.com/"onmouseover="{DO}',
    f"https://dawn.com/'><script class=evil>{DO}</script>",
    f"http://[::1]/{DO}",
    f"`${{{DO}}}`",
    f"${{{DO}}}",
    f"'-{DO}-'",
    f'"-{DO}-"',
    f"\\'-{DO}//",
    f'\\"-{DO}//',
    f"\\u0022-{DO}//",
    f"');{DO};//",
    f'"}});{DO};//',
    f"]]>{DO}",
    f"*/{DO}/*",
    f"//\u2028{DO}",
    f"//\u2029{DO}",
    f"\n{DO}\n",
    f"\r{DO}\r\n",
    f"\0{DO}\0",
    f"{{{{{DO}}}}}",
    "{{ 7*7 }}{% raw %}",
    "{% for each in ().__class__.__base__.__subclasses__() %}{{ each }}{% endfor %}",
    "{{ this._parent.__init__.__globals__ }}",
    "{# a comment #}",
    "{count} {shown} {all} {name} {title}",
    "%s %(name)s %d {0} {}",
    "__proto__",
    "constructor",
    "prototype",
    "hasOwnProperty",
    "toString",
    "valueOf",
    "__ran",
    "window",
    "undefined",
    "null",
    "NaN",
    "true",
    "[object Object]",
    "first",
    "rest",
    "unplaced",
    "numbers",
    "head",
    "options",
    "day",
    "text",
    "number",
    "place_lon",
    "is.event_type",
    '=HYPERLINK("http://evil.example")',
    "@SUM(1)",
    "\u202egnp.exe\u202c right to left",
    "\u2066isolate \u2067nested",
    "آرمی <b class=evil>\u200f",
    "\ud800 alone",
    "\ufeffmark",
    "\ufffe\uffff",
    "👩‍👩‍👧‍👦" * 40,
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢" * 8,
    "a" * 5_000,
    "&lt;script class=evil&gt;",
    f"&#60;img class=evil src=x onerror={DO}&#62;",
    f"%3Cscript%3E{DO}%3C/script%3E",
    f"\\x3cscript\\x3e{DO}\\x3c/script\\x3e",
    f"+ADw-script+AD4-{DO}+ADw-/script+AD4-",
    f"</bdi></div></main><img class=evil src=x onerror={DO}>",
    "<script type=application/json id=gs-options class=evil>{}</script>",
    f'" style="position:fixed;inset:0" class="evil" onclick="{DO}',
]
RAN = """() => [window.__ran ?? null, ({}).__ran ?? null, document.querySelectorAll(
    '.evil, evil, x-evil, [onerror], [onload], [onclick], [onfocus], [ontoggle], '
    + 'a[href^="javascript" i], base, iframe, object').length]"""
TEXTS = ["actor", "target", "summary", "location", "match_name", "match_reason", "adm1_name"]
TEXTS += ["adm2_name", "rail_line", "rail_prev_station", "source_url", "fatalities_text"]
TEXTS += ["event_type"]
OPEN_ALL = """async () => {
    const pause = (wait) => new Promise((done) => setTimeout(done, wait)), told = [];
    for (const each of document.querySelectorAll('details')) each.open = true;
    const more = document.querySelectorAll('.gs-facet > .gs-link:not(.gs-clear)');
    for (const each of more) if (!each.hidden) each.click();
    const grid = document.querySelector('#gs-panel-placed .gs-grid');
    const press = (key) => grid.dispatchEvent(
        new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    press('Home');
    const rows = +grid.getAttribute('aria-rowcount') - 1;
    for (let row = 0; row < rows; row++) {
        press(' ');
        await pause(row % 10 ? 8 : 60);
        told.push(document.querySelector('.gs-card').textContent);
        press('ArrowDown');
    }
    await pause(200);
    return told;
}"""
SWITCH_ALL = """async () => {
    for (const box of [...document.querySelectorAll('input[type=checkbox]')].slice(0, 60)) {
        if (box.isConnected) { box.click(); box.click(); }
    }
    const tab = document.querySelector('#gs-tab-unplaced');
    if (!tab.hidden) tab.click();
    await new Promise((done) => setTimeout(done, 300));
    return document.querySelector('#gs-panel-unplaced').textContent;
}"""


def make_table(names: list[str]) -> gpd.GeoDataFrame:
    """Put each text into each field of some row; the last rows have no place."""
    rows = len(PLAIN)
    assert rows == 100
    named = [f"{number} {text}" for number, text in enumerate(PLAIN)]
    index = pd.Index(np.array(named, dtype=object), name="incident_id", dtype="object")
    told = enumerate([*TEXTS, *names])
    turned = {name: np.roll(np.array(PLAIN, dtype=object), at) for at, name in told}
    table = pd.DataFrame(turned, index=index, dtype="object")
    table["match_status"] = "matched"
    table["date"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(rows), "D")
    points = gpd.points_from_xy(61 + np.arange(rows) * 0.1, 27 + np.arange(rows) * 0.05)
    located = gpd.GeoDataFrame(table, geometry=points, crs=4326)
    located.loc[located.index[-12:], "geometry"] = None
    return located


def add_layers(map_: folium.Map, texts: list[str]) -> None:
    """Add layers of a reader's own, their texts escaped as the docs ask."""
    for number, text in enumerate(texts):
        told = html.escape(text.encode("utf-8", "replace").decode())
        group = folium.FeatureGroup(name=told).add_to(map_)
        folium.Marker([25 + number / 10, 66], popup=told, tooltip=told).add_to(group)
    folium.LayerControl(collapsed=False).add_to(map_)


@pytest.mark.parametrize("part", range(4))
def test_nothing_runs(page, tmp_path, browser, artefacts, part):
    mine = PLAIN[part::4]
    own = {"day", "text", "place_lon"}  # refused by the map, as lone surrogates by pandas
    names = [each for each in mine if "\ud800" not in each and each not in own]
    table = make_table(names)
    heading = "".join(mine)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", geosec.GeosecWarning)
        map_ = geosec.incident_map(
            table,
            color_by=names[14],
            filters=names[8:22],
            title=heading,
            subtitle=heading[::-1] if part % 2 else heading,
            credit=heading,
        )
        folium_takes = [each for each in mine if each != "__proto__"]  # a name that no object has
        add_layers(map_, folium_takes)
        file = mine[0].replace("/", "\u2215").replace("\0", "")[:60] + ".html"
        path = geosec.save_map(map_, tmp_path / file)
    page.open(path)
    reader.show(page, 28.5, 65.5, 2)  # all are in view
    told = page.evaluate(OPEN_ALL)
    assert len(told) == len(table) - 12
    for text in ("onerror", "__proto__", "{{", "${"):
        assert any(text in each for each in told)  # they are there, as texts
    assert "95 " in page.evaluate(SWITCH_ALL)  # the last ones have no place
    page.screenshot(artefacts / f"hostile-{browser.name}-{part}.png")
    assert page.evaluate(RAN) == [None, None, 0]
    assert page.complaints == []
    assert [each for each in page.asked if not each.startswith(("file:", "data:"))] == []


def test_not_even_what_a_layer_takes_as_html_runs(page, located, tmp_path):
    map_ = geosec.incident_map(located.iloc[:3])
    open_all = "each => { each.openPopup?.(); each.openTooltip?.(); }"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", geosec.GeosecWarning)
        for number, text in enumerate(each for each in PLAIN if "<meta" not in each):
            told = text.encode("utf-8", "replace").decode()
            folium.Marker([25 + number / 10, 66], popup=told, tooltip=told).add_to(map_)
        path = geosec.save_map(map_, tmp_path / "raw.html")
    page.load(path.as_uri())
    reader.settle(page, 1)
    page.evaluate(f"() => {reader.MAP}.eachLayer({open_all})")
    reader.settle(page)
    assert page.evaluate(RAN)[:2] == [None, None]


HOVER_ALL = """async () => {
    const told = [], box = document.querySelector('.leaflet-container').getBoundingClientRect();
    for (const each of document.querySelectorAll('details')) each.open = true;
    for (let x = 30; x < box.width - 30; x += 24) for (let y = 30; y < box.height - 30; y += 24) {
        const at = {clientX: box.x + x, clientY: box.y + y, bubbles: true};
        document.querySelector('.leaflet-container').dispatchEvent(new MouseEvent('mousemove', at));
        told.push(document.querySelector('.gs-tip:not([hidden])')?.textContent ?? '');
    }
    await new Promise((done) => setTimeout(done, 300));
    return told.filter(Boolean);
}"""


def test_nothing_runs_in_values_and_numbered_identifiers(page, tmp_path):
    texts = [each for each in PLAIN if "\ud800" not in each]
    squares = [
        box(61 + at % 10, 24 + at // 10, 61.9 + at % 10, 24.9 + at // 10) for at in range(99)
    ]
    areas = gpd.GeoDataFrame(
        {"name": texts, "label": texts[::-1], "value": np.arange(99.0)}, geometry=squares, crs=4326
    )
    lines = {"rail_line": texts, "km_from": 0, "km_to": 1, "label": texts, "z": np.arange(99.0)}
    rings = [square.centroid.buffer(0.3).boundary for square in squares]
    corridor = gpd.GeoDataFrame(lines, geometry=rings, crs=4326)
    areas.attrs["title"], corridor.attrs["title"] = "".join(texts[:50]), "".join(texts[50:])
    index = pd.Index([f"{''.join(texts)}x{number}" for number in range(9)], name="incident_id")
    points = gpd.points_from_xy(np.arange(9) + 61.0, [34.5] * 9)
    located = gpd.GeoDataFrame({"uncertainty_m": 9.0}, index=index, geometry=points, crs=4326)
    map_ = geosec.incident_map(located, choropleth=areas, corridor=corridor)
    page.open(geosec.save_map(map_, tmp_path / "map.html"))
    reader.show(page, 29, 66, 5)
    told = page.evaluate(HOVER_ALL)
    assert len(told) > 100
    assert any("onerror" in each for each in told)
    assert all("onerror" in each for each in page.evaluate(OPEN_ALL))
    assert page.evaluate(RAN) == [None, None, 0]
    assert page.complaints == []
