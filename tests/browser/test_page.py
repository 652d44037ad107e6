"""The map as a reader meets it: a file opened in a browser that has no network."""

from __future__ import annotations

import folium
import geopandas as gpd
import map_reader as reader
import pytest

import geosec

pytestmark = pytest.mark.browser

MACH = "PK-20251124-01"
RUN = """() => {
    const made = document.createElement('script');
    made.textContent = 'window.__ran = 1';
    document.body.append(made);
    document.body.setAttribute('onclick', 'window.__ran = 1');
    document.body.click();
    return window.__ran ?? null;
}"""
NAMES = """() => [...document.querySelectorAll('.gs-card dd bdi')].filter(
    (each) => /بلوچستان|جعفر/.test(each.textContent)).map((each) => ({
        text: each.textContent,
        boxes: [...each.getClientRects()].map((box) => [box.top, box.left]),
    }))"""


@pytest.fixture(scope="module")
def page_file(located, tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.html"
    return geosec.save_map(geosec.incident_map(located), path)


def test_it_opens_without_a_request_or_a_complaint(page, page_file, browser, artefacts):
    page.open(page_file)
    reader.settle(page)
    page.screenshot(artefacts / f"map-{browser.name}.png")
    assert {each.split(":")[0] for each in page.asked} <= {"file", "data"}
    assert {each for each in page.asked if each.startswith("file:")} <= {page_file.as_uri()}
    assert page.complaints == []


def test_all_is_shown_also_when_the_page_gets_its_room_later(page, page_file):
    page.resize(120, 90)  # as in a notebook that has not laid out its cells
    page.open(page_file)
    reader.settle(page)
    page.resize(1280, 900)
    reader.settle(page)
    assert reader.listed(page) == reader.shown(page)


def test_a_page_that_asks_or_complains_would_be_noticed(page, tmp_path):
    path = tmp_path / "asks.html"
    path.write_text("<img src='http://example.org/x.png'><script>console.log('told')</script>")
    page.load(path.as_uri())
    reader.settle(page)
    assert page.asked[-1].endswith("://example.org/x.png")  # Firefox makes it https
    assert "told" in page.complaints


def test_no_script_runs_that_the_file_does_not_name(page, page_file):
    page.open(page_file)
    policy = page.evaluate("() => document.querySelector('meta[http-equiv]').content")
    scripts = next(each for each in policy.split("; ") if each.startswith("script-src"))
    assert "default-src 'none'" in policy
    assert "'sha256-" in scripts
    assert "unsafe" not in scripts
    assert page.evaluate(RUN) is None


def test_it_shows_as_many_incidents_as_the_table_places(page, page_file, located):
    page.open(page_file)
    reader.settle(page)
    placed = int(located.geometry.notna().sum())
    assert reader.shown(page) == reader.listed(page) == placed


def test_a_card_tells_source_date_and_how_sure(page, page_file, browser, artefacts):
    page.open(page_file, f"#incident={MACH}")
    reader.settle(page)
    page.screenshot(artefacts / f"card-{browser.name}.png")
    told = reader.text(page, ".gs-card")
    for words in ("24 November 2025", "Mach", "km 306", "95 %", "www.dawn.com"):
        assert words in told.replace("\u00a0", " ").replace("\u202f", " ")
    link = page.evaluate(
        "() => { const a = document.querySelector('.gs-card a'); return [a.rel, a.href]; }"
    )
    assert link[0] == "noopener noreferrer"
    assert link[1].startswith("https://www.dawn.com/")


def test_a_link_is_a_view(page, page_file, located, browser):
    page.open(page_file)
    reader.choose(page, "Event type", "Battles")
    page.evaluate("() => document.getElementById('gs-footprints').click()")
    reader.focus(page, ".gs-handle")
    page.press("PageUp")
    reader.show(page, 29.5, 67.25, 7.5)
    reader.focus(page, reader.GRID)
    page.press("Enter")
    reader.settle(page)
    link = page.evaluate("() => location.hash")
    left = reader.state(page) | {"shown": reader.shown(page)}
    left |= {"listed": reader.listed(page), "card": reader.text(page, ".gs-card")}
    assert 0 < left["listed"] < left["shown"] < len(located)

    page = browser.open_page()
    page.open(page_file, link)
    reader.settle(page)
    found = reader.state(page) | {"shown": reader.shown(page)}
    found |= {"listed": reader.listed(page), "card": reader.text(page, ".gs-card")}
    stood, stands = (list(map(float, each.pop("at")[0].split("/"))) for each in (left, found))
    assert stands == pytest.approx(stood, abs=0.005)  # a pixel
    assert found == left
    assert page.evaluate("() => document.getElementById('gs-footprints').checked")


@pytest.mark.parametrize("width", [360, 760, 1440, 3840])
def test_nothing_is_wider_than_the_window(page, page_file, browser, artefacts, width):
    page.resize(width, 800)
    page.open(page_file)
    reader.settle(page)
    page.screenshot(artefacts / f"map-{browser.name}-{width}.png")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert reader.box(page, ".leaflet-container")[2] >= 200


def test_layers_of_the_reader_are_there(page, located, tmp_path):
    map_ = geosec.incident_map(located)
    group = folium.FeatureGroup(name="Bases").add_to(map_)
    folium.Marker([30.2, 67.0], popup="A base", tooltip="base").add_to(group)
    folium.LayerControl().add_to(map_)
    page.open(geosec.save_map(map_, tmp_path / "layers.html"))
    reader.settle(page)
    assert page.evaluate("() => document.querySelectorAll('.leaflet-marker-icon').length") == 1
    assert "Bases" in reader.text(page, ".leaflet-control-layers")
    assert page.complaints == []


def test_a_table_abroad_opens_without_the_ground_of_pakistan(page, tmp_path):
    points = gpd.points_from_xy([30.5, 36.2, 24.0], [50.4, 50.0, 49.8])
    abroad = gpd.GeoDataFrame(geometry=points, crs=4326)
    path = geosec.save_map(geosec.incident_map(abroad), tmp_path / "abroad.html")
    page.open(path)
    reader.settle(page)
    assert page.complaints == []
    assert reader.shown(page) == reader.listed(page) == 3
    assert "railway" not in reader.text(page, "body .gs-page").lower()


def test_urdu_names_stand_in_their_order(page, located, tmp_path, browser, artefacts):
    table = located.loc[[MACH]].assign(
        actor="بلوچستان لبریشن آرمی (BLA)", target="جعفر ایکسپریس 12"
    )
    page.open(
        geosec.save_map(geosec.incident_map(table), tmp_path / "urdu.html"), f"#incident={MACH}"
    )
    reader.settle(page)
    page.screenshot(artefacts / f"urdu-{browser.name}.png")
    actor, target = page.evaluate(NAMES)
    assert "BLA" in actor["text"]
    assert "12" in target["text"]
    assert actor["boxes"][0] < target["boxes"][0]  # the page is read from the left
