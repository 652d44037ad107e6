"""The keyboard alone reaches and does everything, and axe-core finds no barrier."""

from __future__ import annotations

import map_reader as reader
import pytest

import geosec

pytestmark = pytest.mark.browser

TABBABLE = """() => [
    ...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]'),
].filter((each) => each.tabIndex >= 0 && !each.disabled
    && each.checkVisibility({visibilityProperty: true})
).map((each, number) => {
    each.dataset.reach = number;
    return each.outerHTML.slice(0, 100);
})"""
FOCUSED = """() => {
    const each = document.activeElement;
    if (!each || each === document.body) return null;
    const style = getComputedStyle(each), box = each.getBoundingClientRect();
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return {
        number: +(each.dataset.reach ?? -1), told: each.outerHTML.slice(0, 120),
        seen: outlined || style.boxShadow !== 'none',
        inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""
AXE = """async () => {
    const {violations} = await axe.run(document, {resultTypes: ['violations']});
    return violations.filter((each) => ['serious', 'critical'].includes(each.impact)).map(
        (each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html).join(' | ')}`);
}"""


@pytest.fixture(scope="module")
def page_file(located, tmp_path_factory):
    table = located.copy()
    table.loc[table.index[:4], "geometry"] = None
    table.loc[table.index[:4], "match_reason"] = "no place of this name is known"
    path = tmp_path_factory.mktemp("map") / "map.html"
    return geosec.save_map(geosec.incident_map(table), path)


def walk(page) -> tuple[list[str], list[dict]]:
    """Press Tab from the first element to the last; give all that can be reached, and what was."""
    known = page.evaluate(TABBABLE)
    found = []
    for _ in range(len(known) + 5):
        page.press("Tab")
        told = page.evaluate(FOCUSED)
        if told is None or (found and told["number"] == found[0]["number"]):
            break
        found.append(told)
    return known, found


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)])
def test_tab_reaches_everything_in_order_and_shows_where_it_is(page, page_file, width, height):
    page.resize(width, height)
    page.open(page_file)
    reader.settle(page)
    known, found = walk(page)
    reached = [each["number"] for each in found]
    assert [known[number] for number in range(len(known)) if number not in reached] == []
    assert [each["told"] for each in found if not each["seen"]] == []
    assert [each["told"] for each in found if not each["inside"]] == []


def test_an_incident_is_selected_through_the_table_and_left_again(page, page_file):
    page.open(page_file)
    reader.settle(page)
    reader.focus(page, reader.GRID)
    page.press("ArrowDown")
    name = reader.cells(page)[1][2]
    page.press("Enter")
    reader.settle(page)
    assert name in reader.text(page, ".gs-card h2")
    assert page.evaluate(
        "() => document.querySelector('.gs-card').contains(document.activeElement)"
    )
    assert "incident" in reader.state(page)
    page.press("Escape")
    reader.settle(page)
    assert page.evaluate(
        "grid => document.activeElement === document.querySelector(grid)", reader.GRID
    )
    assert "incident" not in reader.state(page)


def test_the_map_moves_zooms_and_opens_by_keys(page, page_file):
    page.open(page_file)
    reader.settle(page)
    reader.show(page, 29.87, 67.25, 9)
    reader.focus(page, ".leaflet-container")
    before = reader.bounds(page)
    page.press("ArrowLeft")
    reader.settle(page, 1)
    assert reader.bounds(page)["west"] < before["west"]
    page.press("+")
    reader.settle(page, 1)
    after = reader.bounds(page)
    assert after["east"] - after["west"] < before["east"] - before["west"]


def test_the_days_the_step_and_the_values_are_chosen_by_keys(page, page_file):
    page.open(page_file)
    reader.settle(page)
    reader.focus(page, ".gs-handle + .gs-handle")
    last = int(page.evaluate("() => document.activeElement.getAttribute('aria-valuenow')"))
    page.press("ArrowLeft")
    now = page.evaluate("() => document.activeElement.getAttribute('aria-valuenow')")
    assert int(now) == last - 1
    before = reader.shown(page)
    reader.focus(page, ".gs-facet input[type=checkbox]")
    page.press(" ")
    assert 0 < reader.shown(page) < before
    assert page.evaluate("() => document.activeElement.checked")  # drawn anew, and the focus stays
    page.press(" ")
    assert reader.shown(page) == before


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)])
def test_axe_finds_no_barrier(page, page_file, located, axe, width, height):
    page.resize(width, height)
    page.open(page_file)
    reader.settle(page)
    page.evaluate(f"() => {{ {axe}\n; return 1; }}")
    found = {"at first": page.evaluate(AXE)}
    reader.focus(page, reader.GRID) if width > 1000 else None
    page.evaluate("() => document.getElementById('gs-tab-unplaced').click()")
    reader.settle(page)
    found["without a place"] = page.evaluate(AXE)
    page.open(page_file, f"#incident={located.index[20]}&draw=footprints")
    reader.settle(page)
    page.evaluate(f"() => {{ {axe}\n; return 1; }}")
    found["with a card"] = page.evaluate(AXE)
    assert {when: told for when, told in found.items() if told} == {}
