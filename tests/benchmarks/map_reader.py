"""What a reader does with the page of a map, and what it shows: by its look, not its code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from browsers import Page

_TEXT = "query => document.querySelector(query)?.textContent ?? ''"
_FACETS = """() => {
    const count = (choice) => +choice.querySelector('.gs-count').textContent.replace(/\\D/g, '');
    const read = (facet) => [...facet.querySelectorAll('.gs-choice')].map(
        (choice) => [choice.querySelector('bdi').textContent, count(choice)]);
    return Object.fromEntries([...document.querySelectorAll('.gs-facet')].map(
        (facet) => [facet.querySelector('legend').textContent, Object.fromEntries(read(facet))]));
}"""
_MORE = """() => {
    for (const each of document.querySelectorAll('.gs-facet > .gs-link:not(.gs-clear)'))
        if (!each.hidden && !each.dataset.opened) { each.dataset.opened = 1; each.click(); }
}"""
_CHOOSE = """([column, value]) => {
    const find = (all, query, text) => [...all].find(
        (each) => each.querySelector(query).textContent === text);
    const facet = find(document.querySelectorAll('.gs-facet'), 'legend', column);
    find(facet.querySelectorAll('.gs-choice'), 'bdi', value).querySelector('input').click();
}"""
_BOX = """query => { const box = document.querySelector(query)?.getBoundingClientRect();
    return box && [box.x, box.y, box.width, box.height]; }"""
_TOLD = """query => [...document.querySelectorAll(query)].every(each => each.textContent)"""
_CELLS = """query => [...document.querySelectorAll(query)].map(
    (row) => [...row.children].map((cell) => cell.textContent))"""
_FOCUS = "query => { document.querySelector(query).focus(); }"
#: Leaflet's map: folium gives it a name of its own
MAP = "window[Object.keys(window).find(name => /^map_\\w+$/.test(name) && window[name].getZoom)]"
GRID = "#gs-panel-placed .gs-grid"


def text(page: Page, query: str) -> str:
    """Give the text of an element."""
    return page.evaluate(_TEXT, query)


def box(page: Page, query: str) -> list[float] | None:
    """Give x, y, width and height of an element in pixels."""
    return page.evaluate(_BOX, query)


def focus(page: Page, query: str) -> None:
    """Put the focus of the keyboard on an element."""
    page.evaluate(_FOCUS, query)


def shown(page: Page) -> int:
    """Give how many incidents the panel says are shown."""
    return int(re.sub(r"\D", "", text(page, ".gs-shown").split(" of ")[0]))


def facets(page: Page) -> dict[str, dict[str, int]]:
    """Give the counts by value of each filter of the panel, all values listed."""
    page.evaluate(_MORE)
    return page.evaluate(_FACETS)


def choose(page: Page, column: str, value: str) -> None:
    """Tick or untick a value of a filter."""
    page.evaluate(_CHOOSE, [column, value])


def state(page: Page) -> dict[str, list[str]]:
    """Give what the link of the page says."""
    told = page.evaluate(
        "() => [...new URLSearchParams(location.hash.slice(1)).entries()].map(each => [...each])"
    )
    found: dict[str, list[str]] = {}
    for name, value in told:
        found.setdefault(name, []).append(value)
    return found


def settle(page: Page, seconds: float = 0.5) -> None:
    """Wait until the page has drawn, listed its table and written its link."""
    page.evaluate(
        "wait => new Promise(done => setTimeout(() => requestAnimationFrame(() => done(1)), wait))",
        1000 * seconds,
    )


def listed(page: Page) -> int:
    """Give how many incidents the table says are in view."""
    return int(re.sub(r"\D", "", text(page, "#gs-tab-placed")))


def cells(page: Page) -> list[list[str]]:
    """Give the cells of the rows of the table that are in sight."""
    page.wait(_TOLD, f"{GRID} .gs-cell-summary")
    return page.evaluate(_CELLS, f"{GRID} .gs-grid-rows [role=row]")


def bounds(page: Page) -> dict[str, float]:
    """Give the edges of the map in degrees."""
    names = ("west", "south", "east", "north")
    edges = page.evaluate(f"() => {MAP}.getBounds().toBBoxString()")
    return dict(zip(names, map(float, edges.split(",")), strict=True))


def show(page: Page, lat: float, lon: float, zoom: float) -> None:
    """Move the map."""
    move = f"at => {{ {MAP}.setView([at[0], at[1]], at[2], {{animate: false}}); }}"
    page.evaluate(move, [lat, lon, zoom])
    settle(page)


def written(page: Page) -> Any:
    """Press the button that writes a CSV, and give the text of the file."""
    return page.evaluate(
        """async () => {
            const make = URL.createObjectURL; let blob = null;
            URL.createObjectURL = given => { blob = given; return '#'; };
            document.querySelector('.gs-table .gs-button').click();
            while (!blob) await new Promise(done => setTimeout(done, 20));
            URL.createObjectURL = make;
            return await blob.text();
        }"""
    )
