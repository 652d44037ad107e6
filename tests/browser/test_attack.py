"""What a text or a link may break, beyond what it may run: the page still opens."""

from __future__ import annotations

import csv
import html
import io
import re
import warnings
from urllib.parse import quote

import folium
import geopandas as gpd
import map_reader as reader
import numpy as np
import pandas as pd
import pytest
from folium import plugins

import geosec

pytestmark = pytest.mark.browser

SWALLOWS = "<!--<script>"


def feature(text):
    point = {"type": "Point", "coordinates": [66, 28]}
    told = {"name": text, "popup": text, "times": ["2024-01-01"]}
    return {"type": "Feature", "properties": told, "geometry": point}


def test_no_text_of_a_layer_swallows_the_rest_of_the_page(page, located, tmp_path):
    map_ = geosec.incident_map(located.iloc[:3])
    marker = folium.Marker([28, 66], popup=SWALLOWS, tooltip=SWALLOWS).add_to(map_)
    plugins.MarkerCluster([[28, 66]], popups=[SWALLOWS], name=SWALLOWS).add_to(map_)
    folium.GeoJson(feature(SWALLOWS), name=SWALLOWS).add_to(map_)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", geosec.GeosecWarning)
        path = geosec.save_map(map_, tmp_path / "swallowed.html")
    page.open(path)
    tooltip = f"{marker.get_name()}.getTooltip().getContent()"
    assert SWALLOWS in page.evaluate(f"() => {tooltip}.outerHTML ?? {tooltip}")
    reader.settle(page)
    assert page.complaints == []


DO = "window.__ran=1"
EVIL = "https://evil.example"
QUOTES = [
    "'",
    '"',
    "`",
    "\\'",
    '\\"',
    "\\`",
    "\\\\'",
    "&#39;",
    "&quot;",
    "&apos;",
    "\u2019",
    "\uff07",
]
SCHEMES = ["javascript", "data", "vbscript", "blob", "filesystem", "view-source", "file", "intent"]
CLOBBERS = "<img name=createElement><img name=getElementById><form name=body>"
HOSTILE = [
    *(f"{quote});{DO}//" for quote in QUOTES),
    *(f"{quote}}}]}});{DO};({{a:[{{b:{quote}" for quote in QUOTES),
    *(f"{scheme}://x/%0a{DO}" for scheme in SCHEMES),
    *(f"{scheme}&colon;{DO}" for scheme in SCHEMES),
    *(f"<{tag} src={EVIL} href={EVIL} onload={DO}>" for tag in ("embed", "audio", "image", "use")),
    *(f"<{tag} onbegin={DO} onend={DO}>" for tag in ("animate", "set", "marquee", "video",
    "keygen")),
    f"<link rel=stylesheet href={EVIL}/x.css>",
    '<link rel="dns-prefetch preconnect" href="//evil.example">',
    f"<link rel=prefetch href={EVIL}><link rel=manifest href={EVIL}><link rel=icon href={EVIL}>",
    f"<script src={EVIL}/x.js></script>",
    f"<script type=module>import '{EVIL}/x.js'</script>",
    "<script type=importmap>{}</script><script type=speculationrules>{}</script>",
    f'<iframe src="data:text/html,<script>top.{DO}</script>">',
    f"<iframe srcdoc='&lt;meta http-equiv=refresh content=0;url={EVIL}&gt;'></iframe>",
    f"<style>@import '{EVIL}/x.css';*{{background:url({EVIL})}}</style>",
    f'<p style="background:url({EVIL});behavior:url(x)">',
    f"<svg><style>*{{fill:url({EVIL}#x)}}</style><script href={EVIL}/x.js /></svg>",
    f"<svg><a xlink:href=javascript:{DO}><text>x</text></a><foreignObject><img src={EVIL}>",
    f"<math><maction actiontype=statusline xlink:href=javascript:{DO}>x</maction></math>",
    f"<noscript><p title='</noscript><img src=x onerror={DO}>'>",
    f"<select><template><img src=x onerror={DO}></template></select>",
    f"<table><td background={EVIL}><table></table><img src=x onerror={DO}>",
    f"<form id=gs-head><input name=textContent value={DO}></form>",
    CLOBBERS,
    "<div id=gs-options>{}</div><div id=gs-numbers></div><div id=gs-rest-0></div>",
    "<div id=gs-layers>[]</div><div id=geosec></div><a id=L></a><a id=L name=Control></a>",
    f"<button formaction=javascript:{DO}>x</button><isindex action=javascript:{DO}>",
    f"<a href={EVIL} ping={EVIL} target=_top download>x</a>",
    f"<plaintext>{DO}", f"<xmp><script>{DO}", f"<![CDATA[<script>{DO}]]>",
    f"<?xml-stylesheet href={EVIL}?>",
    f"<!DOCTYPE x [<!ENTITY y SYSTEM '{EVIL}'>]>&y;", "<!-- -->", "--!>", "<!-->", "<!--<script>",
    "{", "{{", "}}", "{%", "%}", "{#", "#}", "{{'a'.__class__.__mro__}}",
    "{% include '/etc/passwd' %}",
    "{{''|attr('x')}}", "${7*7}#{7*7}*{7*7}@(7*7)", "<%= 7*7 %><?php echo 7*7 ?>",
    "__defineGetter__", "__lookupSetter__", "isPrototypeOf", "__proto__.polluted", "then", "length",
    "toJSON", "Symbol.iterator", "nodeType", "-0", "1e308", "-Infinity", "0x10", "1_000",
    "https://d\u0430wn.com/news", "https://xn--dwn-5cd.com", "https://dawn.com@evil.example/",
    "https://dawn.com\u2024evil.example/", "https://dawn.com\uff0fx", "https://evil\u3002example/",
    "https://0x7f.1/", "https://2130706433/", "https://\u202emoc.nwad/", "https://da\u200bwn.com/",
    "\u202e\u2066\u2067\u2068evil\u202d", "\u200f\u061c\u200e",
    "\u2069\u202c" * 9 + "out of the isolate",
    "a\u200b\u200c\u200d\u2060\ufeffb", "a\u00adb", "\u3164\uffa0\u115f", "\ufff9a\ufffab\ufffb",
    "a\u2028b\u2029c\u0085d", "\x01\x02\x07\x08\x1b[31m\x7f", "\x0b\x0c", "\udc00\ud800",
    "\U000e0041\U0010ffff",
    "\t=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\uff1d1+1", "\r=1", "\n=1", '"=1',
    "=1;=2\t=3,=4",
    "%00%3Cscript%3E", "\\u003cscript\\u003e", "\\74script\\76", "&lt;img src=x onerror=1&gt;",
    "&amp;lt;b&amp;gt;",
    "\ufe0f\u20e3" * 300, "\u0301" * 500, "\ufdfd" * 200, "W" * 3_000, "a " * 2_000,
]  # fmt: skip
RAN = """() => [window.__ran ?? null, ({}).polluted ?? null, window.name,
    document.querySelectorAll('meta[http-equiv=refresh i], iframe, base, object, embed').length]"""
CARDS = """async count => {
    const pause = wait => new Promise(done => setTimeout(done, wait)), told = [];
    const grid = document.querySelector('#gs-panel-placed .gs-grid');
    const press = key => grid.dispatchEvent(
        new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    press('Home');
    for (let row = 0; row < count; row++) {
        const before = document.querySelector('.gs-card').textContent;
        press(' ');
        for (let wait = 0; wait < 60; wait++) {
            await pause(5);
            if (document.querySelector('.gs-card').textContent !== before) break;
        }
        told.push(document.querySelector('.gs-card').textContent);
        press('ArrowDown');
    }
    return told;
}"""
OPEN_LAYERS = f"""async () => {{
    {reader.MAP}.eachLayer(each => {{ each.openPopup?.(); each.openTooltip?.(); }});
    await new Promise(done => setTimeout(done, 1500));
    return document.title;
}}"""


def make_table(texts, names=()):
    """Put each text into each field of some row, and once into all of one."""
    index = pd.Index([f"{number} {text}" for number, text in enumerate(texts)], dtype="object")
    turned = {
        name: np.roll(np.array(texts, dtype=object), at)
        for at, name in enumerate(["summary", *FIELDS, *names])
    }
    table = pd.DataFrame(turned, index=index.rename("incident_id"), dtype="object")
    at = np.arange(len(texts))
    points = gpd.points_from_xy(61 + at * 0.05, 27 + at * 0.02)
    return gpd.GeoDataFrame(table, geometry=points, crs=4326)


FIELDS = ["actor", "target", "location", "match_name", "match_rule", "match_reason", "adm1_name"]
FIELDS += ["adm2_name", "rail_line", "source_url", "fatalities_text", "event_type"]


def keep(text):
    """Give what a page shows of a text: no blanks round it, nor half characters."""
    return text.encode("utf-8", "replace").decode().replace("?", "").replace("\ufffd", "")


@pytest.mark.parametrize("part", range(2))
def test_nothing_runs_and_all_is_shown_as_it_is(page, tmp_path, part):
    texts = HOSTILE[part::2]
    names = [each for each in texts if "\ud800" not in each and each.strip() == each][5:19]
    table = make_table(texts, names)
    heading = "".join(texts)
    palette = dict.fromkeys([each for each in texts if "\ud800" not in each], "#d55e00")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", geosec.GeosecWarning)
        map_ = geosec.incident_map(
            table, color_by=names[0], filters=names[1:], palette=palette, title=heading,
            subtitle=heading[::-1], credit=heading,
        )  # fmt: skip
        path = geosec.save_map(map_, tmp_path / f"{part}\u202e'{{{{7*7}}}}<b>.html")
    page.open(path)
    reader.show(page, 28, 64, 3)
    cards = page.evaluate(CARDS, len(texts))
    assert len(cards) == len(texts)
    shown = " ".join(map(keep, cards))
    assert [each for each in texts if keep(each).strip() not in shown] == []
    assert not any("[native code]" in each for each in cards)
    written = list(csv.reader(io.StringIO(reader.written(page).removeprefix("\ufeff"))))
    assert len(written) == len(texts) + 1
    cells = [cell for row in written for cell in row]
    runs = [each for each in cells if each[:1] in set("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")]
    assert [each for each in runs if not re.fullmatch(r"-?\d+(\.\d+)?", each)] == []
    assert page.evaluate(RAN) == [None, None, "", 0]
    assert page.complaints == []
    assert [each for each in page.asked if not each.startswith(("file:", "data:"))] == []


def add_layers(map_, text, name):
    """Put a text wherever folium takes one from a report."""
    group = folium.FeatureGroup(name=text).add_to(map_)
    at = [28, 66]
    icons = [folium.DivIcon(html=text), folium.Icon(icon=text), None]
    for icon in icons:
        folium.Marker(at, popup=text, tooltip=text, icon=icon, title=text, alt=text).add_to(group)
    for held in (folium.Html(text, script=True), folium.Html(text)):
        folium.Circle(at, 100, popup=folium.Popup(held)).add_to(group)
    folium.Circle(at, 9, popup=folium.Popup(text, lazy=True, parse_html=True)).add_to(group)
    points = {"type": "FeatureCollection", "features": [feature(text), feature(f"{text}2")]}
    for each in points["features"]:
        each["properties"] = {name: each["properties"]["name"], **each["properties"]}
    layer = folium.GeoJson(
        points, name=text, style_function=lambda _: {"color": "#123456"},
        tooltip=folium.GeoJsonTooltip([name], aliases=[text]),
        popup=folium.GeoJsonPopup([name], aliases=[text]),
    ).add_to(map_)  # fmt: skip
    plugins.Search(layer, search_label=name, placeholder=text).add_to(map_)
    plugins.TimestampedGeoJson(points).add_to(map_)
    plugins.MarkerCluster([at], popups=[text], name=text).add_to(map_)
    plugins.HeatMap([[28, 66, 1]], name=text).add_to(map_)
    plugins.Draw(export=True, filename=text).add_to(map_)
    folium.ClickForMarker(text).add_to(map_)
    folium.LayerControl(collapsed=False).add_to(map_)


BREAKS = [each for each in HOSTILE if "\ud800" not in each and len(each) < 300]
CODE = "x){default:}};window['__ran']=1;function y(){switch(0"


@pytest.mark.parametrize("raw", [False, True])
def test_no_text_in_a_layer_runs_or_asks(page, located, tmp_path, raw):
    refresh = [f'<meta http-equiv="refresh" content="0;url={EVIL}">', f"<base href={EVIL}>"]
    told = [each for each in BREAKS if not raw or each != CLOBBERS]  # as HTML it stops any page
    texts = ["plain", *("".join(told[at::8]) for at in range(8)), *refresh]
    known: set[str] = set()  # what scripts of plugins write to the console, whatever the text is
    for number, text in enumerate(texts):
        map_ = geosec.incident_map(located.iloc[:3])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", geosec.GeosecWarning)
            add_layers(map_, text if raw else html.escape(text), f"{CODE} {number}")
            path = geosec.save_map(map_, tmp_path / f"{number}.html")
        page.open(path)
        assert page.evaluate(OPEN_LAYERS)
        assert page.evaluate(RAN)[:3] == [None, None, ""]
        assert page.evaluate("() => location.protocol") == "file:"
        sent = [each for each in page.asked if not each.startswith(("file:", "data:"))]
        assert raw or sent == []  # raw, browsers list those that the policy stopped
        known = known or {*page.complaints}
        assert raw or {*page.complaints} <= known


def test_a_link_puts_no_words_into_the_page(page, located, tmp_path):
    path = geosec.save_map(geosec.incident_map(located), tmp_path / "map.html")
    actor = located["event_type"].dropna().iloc[0]
    told = "&".join(f"is.event_type={quote(text)}" for text in ("Withdrawn: call 0900", actor))
    page.load(f"{path.as_uri()}#{told}")
    reader.settle(page)
    assert "0900" not in page.evaluate("() => document.body.innerText")
    assert reader.shown(page) == (located["event_type"] == actor).sum()
    page = page.open(path, "#is.event_type=Withdrawn")
    assert page.complaints == []


FRAMED = """<!DOCTYPE html><title>other</title><iframe name="<img src=x onerror=alert(1)>"
 src="map.html#is.__proto__=1&text=%3Cb%3E" width=900 height=600></iframe><script>
 const frame = document.querySelector("iframe");
 frame.onload = () => { for (const told of [{type: "geosec", code: "alert(1)"}, "<b>", null,
   {source: "react-devtools"}]) frame.contentWindow.postMessage(told, "*");
   setTimeout(() => { document.title = "told"; }, 800); };
</script>"""


def test_a_page_round_ours_makes_it_do_nothing(page, located, tmp_path):
    geosec.save_map(geosec.incident_map(located), tmp_path / "map.html")
    (tmp_path / "other.html").write_text(FRAMED, encoding="utf-8")
    page.load((tmp_path / "other.html").as_uri())
    page.wait("() => document.title === 'told'")
    assert [each for each in page.asked if not each.startswith(("file:", "data:"))] == []
    assert page.complaints == []


LINKS = [
    *("at=5/1e308/1e308", "at=1e308/-1e308/0", "at=-9/91/1e9", "days=-1e308/1e308", "days=1/0"),
    *("is.__proto__=x&in.constructor=1/2&incident=__proto__", "is.event_type=__proto__"),
    *("text=%00%ED%A0%80(((", "in.fatalities=1e308/-1e308"),
]


@pytest.mark.parametrize("link", LINKS)
def test_no_link_breaks_the_page(page, located, tmp_path, link):
    path = geosec.save_map(geosec.incident_map(located), tmp_path / "map.html")
    page.load(f"{path.as_uri()}#{link}")
    reader.settle(page)
    assert page.evaluate("() => document.documentElement.dataset.geosec") == "ready"
    assert page.complaints == []
