"""What a reader learns of one incident, and of all in view, by mouse, by keyboard and as a file."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geosec
from geosec.maps.incident_columns import find_days

pytestmark = pytest.mark.browser

READY = "html[data-geosec=ready]"
GRID = "#gs-panel-placed [role=grid]"
CARD = ".gs-card"
#: Keep the page's app where a test finds it.
KEEP_APP = """
    const assign = Object.assign;
    Object.assign = (target, ...parts) => {
        if (target === window && parts[0]?.geosec) {
            const { open } = parts[0].geosec;
            parts[0] = { geosec: { open: async (map) => (window.kept = await open(map)) } };
        }
        return assign(target, ...parts);
    };
"""
ROWS = """() => [...document.querySelectorAll('#gs-panel-placed .gs-grid-rows [role=row]')].map(
    (row) => [+row.ariaRowIndex - 2, ...[...row.children].map((cell) => cell.textContent)])"""
COVERED = """() => {
    const card = document.querySelector('.gs-card'), box = card.getBoundingClientRect(), over = [];
    for (let x = box.left + 4; x < box.right; x += 12)
        for (let y = box.top + 8; y < box.bottom - 4; y += 12) {
            const found = document.elementFromPoint(x, y);
            if (found && !card.contains(found)) over.push(found.className);
        }
    return over;
}"""


@pytest.fixture
def open_page(watched, tmp_path):
    """Open the map of a table: open_page(located, width, height)."""

    def show(located, width=1400, height=900):
        path = geosec.save_map(geosec.incident_map(located), tmp_path / "map.html")
        watched.add_init_script(KEEP_APP)
        watched.set_viewport_size({"width": width, "height": height})
        watched.goto(path.as_uri())
        watched.wait_for_selector(READY)
        watched.wait_for_selector(f"{GRID} .gs-grid-rows [role=row]", state="attached")
        return watched

    return show


def make_points(lon, lat, **columns) -> gpd.GeoDataFrame:
    table = pd.DataFrame(columns, index=[f"i{number}" for number in range(len(lon))])
    return gpd.GeoDataFrame(table, geometry=gpd.points_from_xy(lon, lat), crs=4326).rename_axis(
        "incident_id"
    )


def read_table(page) -> pd.DataFrame:
    """Read all rows of the table, page by page."""
    page.focus(GRID)
    page.keyboard.press("Home")
    count = int(page.get_attribute(GRID, "aria-rowcount")) - 1
    found: dict[int, list[str]] = {}
    for _ in range(count):
        page.wait_for_timeout(150)
        found |= {int(at): cells for at, *cells in page.evaluate(ROWS)}
        if len(found) == count:
            break
        page.keyboard.press("PageDown")
    names = page.locator(f"{GRID} [role=columnheader] button span:first-child").all_inner_texts()
    return pd.DataFrame([found[at] for at in range(count)], columns=names)


def list_days(table) -> pd.DatetimeIndex:
    """List the first day on which each incident may have been, the latest first."""
    return pd.DatetimeIndex(pd.to_datetime(find_days(table)[0], unit="D").sort_values()[::-1])


def test_the_table_has_the_rows_of_the_frame_in_any_order(open_page, located):
    page = open_page(located)
    placed = located[located.geometry.notna()]
    told = read_table(page)["Date"].str.replace("Sept", "Sep")
    exact = placed[placed["date_precision"] == "day"]["date"].sort_values(ascending=False)
    assert list(pd.to_datetime(told[told.str.match(r"\d+ \w+ \d+$")], format="%d %b %Y")) == list(
        exact
    )
    coarse = placed[placed["date_precision"] == "month"]["date"].dt.strftime("%b %Y")
    assert set(told[~told.str.match(r"\d")]) == set(coarse)
    page.get_by_role("button", name="Killed").click()
    page.wait_for_timeout(300)
    known = placed["fatalities"].astype("float64").sort_values(ascending=False)
    assert list(pd.to_numeric(read_table(page)["Killed"]).dropna()) == list(known.dropna())
    assert page.get_attribute(f"{GRID} .gs-cell-fatalities", "aria-sort") == "descending"
    page.get_by_role("button", name="Summary").click()
    page.wait_for_timeout(500)
    told = list(read_table(page)["Summary"])
    assert told == sorted(placed["summary"].dropna().str.replace(r"\s+", " ", regex=True))
    assert page.complaints == []


def test_the_keyboard_alone_opens_and_closes_an_incident(open_page, located):
    page = open_page(located)
    placed = located[located.geometry.notna()].sort_values("date", ascending=False)
    page.keyboard.press("Tab")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the link to the table
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.getAttribute('role')") == "grid":
            break
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(CARD)
    row = placed.iloc[1]
    assert row["match_name"] in page.inner_text(f"{CARD} h2")
    assert page.evaluate(
        "() => document.querySelector('.gs-card').contains(document.activeElement)"
    )
    assert page.locator(f"{GRID} [aria-selected=true]").get_attribute("aria-rowindex") == "3"
    page.keyboard.press("Escape")
    assert not page.is_visible(CARD)
    assert page.evaluate("() => document.activeElement.getAttribute('role')") == "grid"
    assert page.locator(f"{GRID} [aria-selected=true]").count() == 0


def test_enter_on_the_map_opens_what_is_in_its_middle(open_page):
    page = open_page(make_points([67.0], [30.0], event_type=["Riots"], match_name=["Mach"]))
    page.evaluate("() => kept.map.setView([30, 67], 9, { animate: false })")
    page.wait_for_timeout(200)
    page.focus(".leaflet-container")
    page.keyboard.press("Enter")
    assert "Mach" in page.inner_text(f"{CARD} h2")
    page.keyboard.press("Escape")
    assert page.evaluate("() => document.activeElement.classList.contains('leaflet-container')")


def test_the_incidents_of_one_place_are_turned_over(open_page):
    dates = pd.to_datetime(["2024-01-05", "2024-03-05", None, "2024-02-05"])
    radii = [100.0, 5_000.0, 100.0, 100.0]
    page = open_page(make_points([67.0] * 4, [30.0] * 4, date=dates, uncertainty_m=radii))
    page.locator(f"{GRID} .gs-grid-rows [role=row]").nth(0).click()
    page.wait_for_selector(CARD)
    seen = []
    for _ in range(4):
        seen.append((page.inner_text(".gs-card-place"), page.inner_text(f"{CARD} h2")))
        page.get_by_role("button", name="Next").click(force=True)  # at the end it does nothing
        page.wait_for_timeout(100)
    assert [place for place, _ in seen] == [f"{number} of 4 here" for number in (1, 2, 3, 4)]
    ends = ["5 March 2024", "5 February 2024", "5 January 2024", "date not reported"]
    assert all(heading.endswith(end) for (_, heading), end in zip(seen, ends, strict=True))
    assert page.inner_text(".gs-card-place") == "4 of 4 here"
    assert page.get_by_role("button", name="Next").get_attribute("aria-disabled") == "true"


ODD_LINKS = {
    "https://www.dawn.com@evil.example/": ("evil.example", "begins with a user name"),
    "https://www.dаwn.com/": ("www.xn--dwn-6cd.com", "letters that look like others"),
    "http://3232235777:8080/": ("192.168.1.1:8080", "A number instead of a name"),
    "https://bücher.example/": ("xn--bcher-kva.example", "bücher.example"),
}


def test_the_host_of_a_source_is_the_one_gone_to(open_page):
    links = [*ODD_LINKS, "javascript:window.hacked=1"]
    names = [f"n{number}" for number in range(5)]
    table = make_points(np.arange(60.0, 65), [30.0] * 5, source_url=links, match_name=names)
    page = open_page(table)
    for name, (host, note) in zip(names, ODD_LINKS.values(), strict=False):
        page.locator(f"{GRID} [role=row]", has_text=name).click()
        page.wait_for_selector(CARD)
        page.wait_for_function(
            "name => document.querySelector('.gs-card h2').textContent.startsWith(name)", arg=name
        )
        anchor = page.locator(f"{CARD} a")
        assert anchor.inner_text() == host
        assert anchor.get_attribute("rel") == "noopener noreferrer"
        assert note in page.inner_text(CARD)
    page.locator(f"{GRID} [role=row]", has_text="n4").click()
    page.wait_for_timeout(200)
    assert "no web address, and not a link: javascript:window.hacked=1" in page.inner_text(CARD)
    assert page.locator(f"{CARD} a").count() == 0


@pytest.mark.parametrize("size", [(360, 740), (760, 600), (1400, 900)])
def test_nothing_lies_over_the_card(open_page, located, artefacts, size):
    page = open_page(located, *size)
    page.evaluate("() => kept.select(20)")
    page.wait_for_selector(CARD)
    page.wait_for_timeout(600)
    page.locator(CARD).scroll_into_view_if_needed()
    page.screenshot(path=artefacts / f"card-{size[0]}.png")
    assert page.evaluate(COVERED) == []


def test_the_file_of_what_is_shown_is_the_frame(open_page, located, tmp_path):
    page = open_page(located)
    with page.expect_download() as caught:
        page.get_by_role("button", name="CSV").click()
    path = tmp_path / "shown.csv"
    caught.value.save_as(path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    told = pd.read_csv(path, encoding="utf-8-sig").set_index("incident_id")
    placed = located[located.geometry.notna()]
    assert list(pd.to_datetime(told["date"])) == list(list_days(placed))
    known = placed.loc[told.index]
    for name in ("event_type", "summary", "source_url", "location", "match_name", "adm2_name"):
        assert list(told[name].fillna("")) == list(known[name].astype("object").fillna(""))
    assert list(told["fatalities"].dropna()) == list(known["fatalities"].dropna())
    assert np.allclose(told["latitude"], known.geometry.y, atol=0.5)


def test_no_cell_of_the_file_is_a_formula(open_page, tmp_path):
    page = open_page(make_points([67.0, -8.0], [30.0, 53.0], summary=["=1+1", '@"x",\r\ny']))
    with page.expect_download() as caught:
        page.get_by_role("button", name="CSV").click()
    path = tmp_path / "shown.csv"
    caught.value.save_as(path)
    told = pd.read_csv(path, encoding="utf-8-sig").set_index("incident_id")
    assert dict(told["summary"]) == {"i0": "'=1+1", "i1": '\'@"x",\ny'}
    assert sorted(told["longitude"]) == [-8, 67]  # a number is none


def test_what_has_no_place_has_a_tab_with_reasons(open_page):
    phrases = ["near Mach", "somewhere", "=x", "<b>y</b>"]
    page = open_page(geosec.geocode(phrases, admin1="Balochistan"))
    tab = page.get_by_role("tab", name="Without a place (3)")
    page.get_by_role("tab", name="In view (1)").focus()
    page.keyboard.press("ArrowRight")
    assert tab.get_attribute("aria-selected") == "true"
    page.wait_for_selector("#gs-panel-unplaced .gs-grid-rows [role=row]")
    told = page.locator("#gs-panel-unplaced .gs-grid-rows [role=row]").all_inner_texts()
    assert len(told) == 3
    assert all(any(phrase in text for text in told) for phrase in phrases[1:])


def test_the_rows_in_view_follow_the_map_and_are_announced(open_page):
    chance = np.random.default_rng(0)
    lon, lat = chance.uniform(61, 77, 2_000), chance.uniform(24, 37, 2_000)
    page = open_page(make_points(lon, lat))
    page.wait_for_timeout(400)
    page.focus(".leaflet-container")
    page.keyboard.press("+")
    page.wait_for_timeout(800)
    west, south, east, north = page.evaluate(
        "() => { const box = kept.map.getBounds();"
        " return [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()]; }"
    )
    known = ((lon > west) & (lon < east) & (lat > south) & (lat < north)).sum()
    assert 0 < known < 2_000
    assert page.get_attribute(GRID, "aria-rowcount") == str(known + 1)
    assert page.locator(".gs-page > [role=status]").inner_text() == f"{known:,} incidents in view"


def test_a_table_taller_than_an_element_reaches_every_row(open_page):
    count = 250_000
    dates = pd.Timestamp("2010-01-01") + pd.to_timedelta(np.arange(count) % 5_000, "D")
    page = open_page(make_points(np.linspace(61, 77, count), [30.0] * count, date=dates))
    page.focus(GRID)
    page.keyboard.press("End")
    assert page.evaluate(ROWS)[-1][0] == count - 1
    page.keyboard.press("ArrowUp")
    active = page.get_attribute(GRID, "aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-rowindex") == str(count)
    page.keyboard.press("Home")
    assert page.evaluate(ROWS)[0][0] == 0
    page.locator(GRID).evaluate("grid => { grid.scrollTop = grid.scrollHeight / 2; }")
    page.wait_for_timeout(100)
    middle = page.evaluate(ROWS)[0]
    assert abs(middle[0] - count / 2) < 50
    page.mouse.move(700, 800)
    page.mouse.wheel(0, 90)
    page.wait_for_timeout(200)
    assert page.evaluate(ROWS)[0][0] == middle[0] + 3
