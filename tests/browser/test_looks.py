"""What the page looks like: narrow and wide, dark, on paper, as a picture, in company."""

from __future__ import annotations

import folium
import geopandas as gpd
import map_reader as reader
import pandas as pd
import pytest

import geosec
from geosec.match_rules import MATCH_RULES

pytestmark = pytest.mark.browser

READY = "html[data-geosec=ready]"
CODES = ["PK-BA-kachhi", "PK-BA-sibi", "PK-BA-quetta", "PK-BA-kech"]
HOSTILE = "<img src=x onerror=window.hacked=1>{{7*7}}\u202e"
SIZES = """() => Object.fromEntries(['frame', 'legend', 'heading', 'panel', 'sources'].map(name => {
    const box = document.querySelector('.gs-' + name).getBoundingClientRect();
    return [name, [box.left, box.top, box.width, box.height]];
}))"""
#: Points of our parts at which an element of ours would not be the one that is hit.
COVERED = """() => [...document.querySelectorAll('.gs-frame button, .gs-legend summary')]
    .filter(each => each.offsetParent).filter(each => {
        const box = each.getBoundingClientRect();
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return !each.contains(hit);
    }).map(each => each.outerHTML)"""


def save(table, folder, name="map.html", **options):
    return geosec.save_map(geosec.incident_map(table, **options), folder / name)


def show(page, path, width=1400, height=900):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(path.as_uri())
    page.wait_for_selector(READY, state="attached")
    page.wait_for_timeout(200)
    return page.evaluate(SIZES)


@pytest.fixture(scope="module")
def plain(located, tmp_path_factory):
    return save(located, tmp_path_factory.mktemp("looks"))


@pytest.fixture(scope="module")
def districts(located, tmp_path_factory):
    table = pd.DataFrame({"value": [9, 2, 30, None], "population": [1e5] * 4}, index=CODES)
    table["label"] = HOSTILE
    table.attrs["title"] = HOSTILE
    rail = pd.DataFrame({"rail_line": "ML-3", "km_from": [268, 283], "km_to": [283, 318.1]})
    rail = rail.assign(value=[1.5, 4.0], low=[1.0, 2.0], high=[2.0, 9.0])
    folder = tmp_path_factory.mktemp("looks")
    return save(located, folder, choropleth=table, corridor=rail, title=HOSTILE)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (760, 600), (820, 500), (1440, 900)])
def test_the_map_has_most_of_the_page_and_nothing_lies_on_it(watched, plain, width, height):
    sizes = show(watched, plain, width, height)
    assert sizes["frame"][3] >= 0.55 * height
    assert watched.evaluate("document.documentElement.scrollWidth") <= width
    assert watched.evaluate(COVERED) == []
    legend = sizes["legend"]
    assert legend[2] * legend[3] < 0.3 * sizes["frame"][2] * sizes["frame"][3]


def test_a_long_title_and_forty_types_scroll(watched, located, tmp_path):
    many = located.copy()
    many["event_type"] = [f"Type {row % 40} with a name that is long" for row in range(len(many))]
    path = save(many, tmp_path, title="word " * 400)
    for width in (360, 1400):
        sizes = show(watched, path, width, 740)
        assert sizes["heading"][3] < 300
        assert sizes["legend"][3] < sizes["frame"][3]
        assert sizes["frame"][3] >= 400


def test_a_table_without_dates_leaves_no_strip(watched, tmp_path):
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([66.0, 67.2], [29, 30]), crs=4326)
    show(watched, save(points, tmp_path), 360, 720)
    assert watched.locator(".gs-time").bounding_box()["height"] < 40
    named = gpd.GeoDataFrame(points.assign(event_type=["Riots", "Battles"], summary=None))
    show(watched, save(named, tmp_path), 1400, 900)
    assert watched.locator(".gs-grid-head").first.inner_text().split("\n") == ["Event type"]


#: Incidents that a button or the folded legend lies on.
UNDER = f"""() => {{
    const map = {reader.MAP}, frame = map.getContainer().getBoundingClientRect();
    return POINTS.filter(([lon, lat]) => {{
        const {{x, y}} = map.latLngToContainerPoint([lat, lon]);
        const hit = document.elementFromPoint(frame.x + x, frame.y + y);
        return hit.closest('.leaflet-control, .gs-legend');
    }});
}}"""


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("size", [(360, 720), (760, 600), (1440, 900)])
def test_nothing_lies_on_an_incident_at_first(watched, tmp_path, language, size):
    across = [(60.5 + step, 25.0 + share) for step in range(13) for share in (0, 4, 9)]
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*zip(*across, strict=True)), crs=4326)
    show(watched, save(points, tmp_path, language=language), *size)
    assert watched.evaluate(UNDER.replace("POINTS", str([list(each) for each in across]))) == []


BOXES = """() => [...document.querySelectorAll('.gs-frame, .gs-chart, .gs-play > *')].map(each => {
    const box = each.getBoundingClientRect();
    return [box.x, box.y, box.width, box.height];
})"""


@pytest.mark.parametrize("size", [(360, 720), (760, 720), (1440, 900)])
def test_nothing_moves_while_the_days_play(watched, plain, size):
    show(watched, plain, *size)
    before = watched.evaluate(BOXES)
    watched.get_by_role("button", name="play").click()
    watched.get_by_role("button", name="all dates").wait_for()
    assert watched.evaluate(BOXES) == before


def test_filters_of_a_narrow_page_are_a_drawer(watched, plain):
    show(watched, plain, 360, 740)
    watched.get_by_role("button", name="Filters", exact=True).click()
    watched.get_by_label("Battles").check()
    watched.keyboard.press("Escape")
    assert watched.evaluate("document.activeElement.textContent") == "Filters"
    assert "shown" not in watched.evaluate("document.querySelector('.gs-page').className")
    watched.locator(".gs-panel").wait_for(state="hidden")


def test_dark_pages_have_their_own_colours(watched, plain):
    paper = "getComputedStyle(document.querySelector('.gs-page')).backgroundColor"
    for scheme, colour in (("dark", "rgb(23, 26, 32)"), ("light", "rgb(255, 255, 255)")):
        watched.emulate_media(color_scheme=scheme)
        show(watched, plain)
        assert watched.evaluate(paper) == colour


@pytest.mark.parametrize("size", [(360, 740), (1440, 900)])
def test_paper_has_heading_map_legend_and_sources_on_one_sheet(watched, districts, size):
    show(watched, districts, *size)
    pages = watched.pdf(print_background=True, prefer_css_page_size=True)
    assert pages.count(b"/Type /Page\n") == 1
    watched.emulate_media(media="print")
    watched.wait_for_timeout(200)
    assert not watched.locator(".gs-panel").is_visible()
    assert not watched.locator(".leaflet-control-zoom").is_visible()
    assert watched.locator(".gs-sources dl").is_visible()
    watched.emulate_media(media="screen")
    watched.wait_for_timeout(300)  # for the page to be told
    assert watched.evaluate(SIZES)["frame"][2] == (360 if size[0] == 360 else 1440 - 280)


@pytest.mark.parametrize("title", ["Short", "word " * 400])
def test_what_is_long_is_smaller_on_paper_and_the_sheet_is_full(watched, located, tmp_path, title):
    show(watched, save(located, tmp_path, title=title))
    watched.evaluate("dispatchEvent(new Event('beforeprint'))")
    width, height = watched.evaluate("""() => {
        const page = document.querySelector('.gs-page'), scale = getComputedStyle(page).zoom;
        const read = name => parseFloat(getComputedStyle(page)[name]) * scale;
        return [read('width'), read('height')];
    }""")
    assert width == pytest.approx(980, abs=2)
    assert height == pytest.approx(690, abs=2)


CLEARED = """() => {
    const clear = CanvasRenderingContext2D.prototype.clearRect;
    let cleared = 0;
    CanvasRenderingContext2D.prototype.clearRect = function (...given) {
        if (this.canvas.matches('.leaflet-pane canvas')) cleared++;
        return clear.apply(this, given);
    };
    dispatchEvent(new Event('beforeprint'));
    dispatchEvent(new Event('afterprint'));
    return cleared;
}"""


def test_no_canvas_of_the_map_hides_those_below_it_on_paper(watched, districts):
    show(watched, districts)
    assert watched.evaluate(CLEARED) == 0  # a PDF has white where one was cleared


def test_days_are_written_in_one_way(watched, plain):
    show(watched, plain)
    told = watched.locator(".gs-span").inner_text()
    assert told == "1 Oct 2013 \N{EN DASH} 30 Nov 2025"


def test_lighter_bars_are_explained_where_days_are_spread(watched, plain, tmp_path):
    show(watched, plain)
    assert watched.get_by_text("lighter: date not exact").is_visible()
    watched.get_by_role("slider", name="first day").press("PageUp")
    assert watched.get_by_role("button", name="all dates").is_visible()
    assert not watched.get_by_text("lighter").is_visible()
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy([66.0], [29.0]), crs=4326)
    show(watched, save(points.assign(date=pd.Timestamp("2024-05-01")), tmp_path))
    assert watched.get_by_text("lighter").count() == 0


def test_a_link_followed_in_an_open_page_is_a_view_too(watched, plain):
    show(watched, plain)
    watched.evaluate("location.hash = '#is.event_type=Battles'")
    watched.wait_for_function(
        "() => /^22 of 72/.test(document.querySelector('.gs-shown')?.innerText)"
    )
    watched.wait_for_selector(READY, state="attached")
    watched.evaluate("window.same = 1; location.hash = '#chapter-2'")  # of the reader's own layers
    watched.wait_for_timeout(300)
    assert watched.evaluate("window.same") == 1


def test_a_map_for_less_motion_jumps(watched, plain):
    moved = f"""async () => {{
        const map = {reader.MAP}, before = map.getCenter().lng;
        map.panBy([200, 0]);
        const after = map.getCenter().lng;
        await new Promise(done => setTimeout(done, 600));
        return [after - before, map.getCenter().lng - before];
    }}"""
    watched.emulate_media(reduced_motion="reduce")
    show(watched, plain)
    at_once, at_last = watched.evaluate(moved)
    assert at_once == at_last > 0


def test_a_picture_is_saved_with_legend_and_heading(watched, districts):
    sizes = show(watched, districts)
    with watched.expect_download() as saved:
        watched.get_by_role("button", name="Save as a picture (PNG)").click()
    data = saved.value.path().read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") > 2 * sizes["frame"][2]
    assert saved.value.suggested_filename == "img-src-x-onerror-window-hacked-1-7-7.png"
    assert watched.complaints == []


def test_a_legend_longer_than_the_map_stands_below_it_in_a_picture(watched, districts):
    sizes = show(watched, districts, 1400, 640)
    with watched.expect_download() as saved:
        watched.get_by_role("button", name="Save as a picture (PNG)").click()
    data = saved.value.path().read_bytes()
    assert int.from_bytes(data[16:20], "big") == pytest.approx(2 * (sizes["frame"][2] + 40), abs=1)


def test_values_of_districts_are_told_and_divided(watched, districts):
    show(watched, districts)
    legend = watched.locator(".gs-legend")
    assert "2 \N{EN DASH}" not in legend.inner_text()  # three values: each is a class
    legend.get_by_label("divided by").select_option("rate_population")
    assert "per 100,000 people" in legend.inner_text()
    assert "fewer than 5 incidents" in legend.inner_text()
    watched.locator(".gs-legend details summary").first.click()
    assert "Quetta\t30" in legend.inner_text()
    assert watched.evaluate("window.hacked") is None
    assert HOSTILE in watched.locator(".gs-legend h2").first.text_content()


def test_layers_are_switched_also_those_of_others(watched, located, tmp_path):
    page = geosec.incident_map(located)
    group = folium.FeatureGroup("Mine <b>").add_to(page)
    folium.Marker([30, 67], popup="mine").add_to(group)
    show(watched, geosec.save_map(page, tmp_path / "map.html"))
    watched.locator(".leaflet-control-layers").hover()
    watched.get_by_label("Mine <b>").uncheck()
    assert watched.locator(".leaflet-marker-icon").count() == 0
    watched.get_by_role("checkbox", name="Incidents", exact=True).uncheck()
    watched.wait_for_timeout(100)
    assert not watched.locator(".gs-incidents").is_visible()
    assert "Battles" not in watched.locator(".gs-legend").inner_text()


def test_a_control_of_the_callers_takes_our_layers_too(watched, located, tmp_path):
    page = geosec.incident_map(located)
    folium.FeatureGroup("Mine").add_to(page)
    folium.LayerControl(collapsed=False).add_to(page)
    show(watched, geosec.save_map(page, tmp_path / "map.html"))
    assert watched.locator(".leaflet-control-layers").count() == 1
    told = watched.locator(".leaflet-control-layers").inner_text()
    assert {"Mine", "Railway", "Towns"} <= set(told.split())
    assert told.split().count("Mine") == 1


def test_styles_of_others_do_not_change_the_page(watched, located, plain, tmp_path):
    alone = show(watched, plain)
    page = geosec.incident_map(located)
    folium.Marker([30, 67], popup="mine").add_to(page)  # brings Bootstrap
    beside = show(watched, geosec.save_map(page, tmp_path / "map.html"))
    for name, sizes in alone.items():
        assert beside[name] == pytest.approx(sizes, abs=4), name


def test_a_page_from_right_to_left_has_its_parts_on_the_other_side(watched, located, tmp_path):
    sizes = show(watched, save(located, tmp_path, language="ur"))
    assert sizes["panel"][0] > sizes["frame"][0]
    assert sizes["legend"][0] > sizes["frame"][2] / 2
    assert watched.evaluate(COVERED) == []


def test_a_page_in_urdu_tells_how_places_were_found_in_urdu(watched, tmp_path):
    located = geosec.geocode(["near Mach", "Mach and Kolpur"], admin1="Balochistan")
    assert set(located["match_status"]) == {"matched", "ambiguous"}
    show(watched, save(located, tmp_path, language="ur", color_by="match_status"))
    said = watched.locator("body").inner_text()
    assert "ambiguous" not in said
    assert "کئی جگہیں ممکن" in watched.locator(".gs-panel").inner_text()
    assert "کئی جگہیں ممکن" in watched.locator(".gs-legend").inner_text()


def test_rules_are_told_in_words(watched, tmp_path):
    located = geosec.geocode(["near Mach", "Kech district"], admin1="Balochistan")
    show(watched, save(located, tmp_path, color_by="match_rule", filters=["match_rule"]))
    for part in (".gs-panel", ".gs-legend", ".gs-table"):
        said = watched.locator(part).inner_text()
        assert "How the words were read" in said
        assert MATCH_RULES["district"].wording in said


def test_places_across_the_antimeridian_are_side_by_side(watched, tmp_path):
    lon, lat = [178.4, 179.9, -179.9, -178.2], [-18.1, -16.5, -16.8, -18.0]
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    show(watched, save(points, tmp_path))
    found = watched.evaluate("document.querySelector('.gs-table').innerText")
    assert "(4)" in found  # all four are in view
    scale = watched.locator(".leaflet-control-scale-line").inner_text()
    assert int(scale.split()[0]) <= 100
