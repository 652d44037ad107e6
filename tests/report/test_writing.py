"""A report as a file: what stands in it, the same each time, and what is refused."""

from __future__ import annotations

import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import geosec
from geosec import GeosecWarning, ParameterError, SchemaError, SourceError, UnknownNameError
from geosec.report.outline import WRITERS

ALWAYS = ["left_out", "methods", "provenance"]
SECRET = "a secret of the tests, 2026"  # noqa: S105 - of the tests
HOSTILE = "</section><script>window.hit=1</script><img src=x onerror=hit()>&\"'{{7*7}}\u202e"


def write(table, tmp_path, **options):
    path = tmp_path / "report.html"
    assert geosec.write_report(table, path, **options) == path
    return path.read_text("utf-8")


def points(n=3, **columns):
    at = gpd.points_from_xy(np.linspace(67, 68, n), np.full(n, 30.0), crs=4326)
    return gpd.GeoDataFrame(columns, geometry=at, index=range(n))


def test_the_page_holds_the_question_and_every_section_in_order(page):
    sections = [each["id"] for each in page.find("section")]
    assert sections == ["question", *WRITERS, *ALWAYS]
    assert "72 incidents" in page.text
    assert "Is the line safe?" in page.text
    assert "72 incidents, October 2013 to November 2025" in page.text
    assert page.unclosed == page.open == []


def test_each_link_leads_to_a_heading_of_the_page(page):
    ids = {attributes.get("id") for _, attributes in page.elements}
    links = [each["href"] for each in page.find("a")]
    assert links
    assert {link.removeprefix("#") for link in links} <= ids


def test_no_name_of_an_element_stands_twice(page):
    ids = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(ids) == len(set(ids))


def test_a_figure_says_what_it_shows_in_words(page):
    drawn = page.find("svg")
    ids = {attributes.get("id") for _, attributes in page.elements}
    assert drawn
    for each in drawn:
        assert each["role"] == "img"
        assert set(each["aria-labelledby"].split()) <= ids
    assert all(each["alt"] for each in page.find("img"))


def test_a_report_is_small(page):
    assert len(page.html.encode()) < 2_500_000


@pytest.mark.parametrize("sections", [[], ["precision", "summary"]])
def test_sections_are_chosen_and_keep_their_order(located, tmp_path, sections, read_page):
    page = read_page(write(located, tmp_path, sections=sections))
    chosen = [name for name in WRITERS if name in sections]
    assert [each["id"] for each in page.find("section")] == ["question", *chosen, *ALWAYS]


def test_the_same_table_gives_the_same_bytes(located, tmp_path):
    sections = [name for name in WRITERS if name != "map"]
    first = write(located, tmp_path, sections=sections)
    assert write(located.copy(), tmp_path, sections=sections) == first


def test_a_table_of_phrases_is_carried_the_whole_way(tmp_path, read_page):
    table, rejected = geosec.read_incidents(
        pd.DataFrame({"date": ["2025-03-11", "x"], "location": ["near Mach", "Sibi"]})
    )
    page = read_page(write(table, tmp_path, rejected=rejected, sections=["map"]))
    assert "1 of 1 incident has a place" in page.text
    assert "1 row of the file could not be read" in page.text
    assert "x" in page.text


def test_the_table_that_is_given_stays_as_it_is(tmp_path):
    table = points(name=["a", "b", "c"])
    before = table.copy()
    write(table, tmp_path, sections=["summary", "precision"])
    pd.testing.assert_frame_equal(table, before)


def test_hostile_texts_are_texts(tmp_path, read_page):
    table = points(
        2,
        location=HOSTILE,
        event_type=HOSTILE,
        actor=HOSTILE,
        match_name=HOSTILE,
        match_status="matched",
    ).assign(uncertainty_m=5_000.0, date=pd.to_datetime(["2024-01-01", "2024-01-02"]))
    table.attrs["source_credit"] = HOSTILE
    html = write(table, tmp_path, question=HOSTILE, title=HOSTILE)
    page = read_page(html)
    assert page.find("script") == []
    assert not [each for _, each in page.elements if "onerror" in each]
    assert "<script>window.hit=1</script>" in page.text
    assert "{{7*7}}" in page.text
    assert "\u202e" not in html
    assert page.unclosed == []


def test_unplaced_and_undated_rows_are_told_with_their_reasons(tmp_path, read_page):
    located = geosec.geocode(["near Mach", "Xanadu"])
    page = read_page(write(located, tmp_path))
    assert "1 incident has no place." in page.text
    assert "Xanadu" in page.text
    assert "2 incidents have no date" in page.text


@pytest.mark.parametrize(
    "table",
    [
        points(0),
        points(1),
        points(3).to_crs(32642),
        points(3, date=pd.to_datetime([None, None, None])),
        points(3).set_index(pd.Index(["twice", "twice", "once"])),
        gpd.GeoDataFrame(geometry=gpd.points_from_xy([20.0], [50.0], crs=4326)),
        gpd.GeoDataFrame(geometry=gpd.GeoSeries([None, None], crs=4326)),
    ],
    ids=["empty", "one", "metres", "undated", "twice", "abroad", "unplaced"],
)
@pytest.mark.filterwarnings("ignore:of 1 places, 1 lie")
def test_odd_tables_are_reported_too(table, tmp_path, read_page):
    page = read_page(write(table, tmp_path, draws=19))
    assert [each["id"] for each in page.find("section")] == ["question", *WRITERS, *ALWAYS]
    assert page.unclosed == []


def test_no_warning_is_needed_where_nothing_is_wrong(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write(geosec.geocode(["near Mach"]), tmp_path, sections=["map"])


@pytest.mark.parametrize(
    ("options", "error", "match"),
    [
        ({"sections": ["mapp"]}, UnknownNameError, r"no section 'mapp'; did you mean 'map'\?"),
        ({"sections": "map"}, ParameterError, r"`sections` takes a list, and was given 'map'"),
        ({"sections": [3]}, ParameterError, "`sections` takes names, and was given 3"),
        ({"language": "xx"}, ParameterError, "there is no `language` 'xx'"),
        ({"title": 3}, ParameterError, "`title` takes a text"),
        ({"question": ["why"]}, ParameterError, "`question` takes a text"),
        ({"paper": "A3"}, ParameterError, "`paper` is 'A4' or 'letter', and was given 'A3'"),
        ({"draws": -1}, ParameterError, "`draws` must be 0 or more"),
        ({"seed": "x"}, ParameterError, "`seed` must be a whole number"),
    ],
)
def test_what_cannot_be_used_is_refused(options, error, match, tmp_path):
    with pytest.raises(error, match=match):
        geosec.write_report(points(), tmp_path / "report.html", **options)
    assert not list(tmp_path.iterdir())


def test_a_file_of_another_kind_is_refused(tmp_path):
    with pytest.raises(SourceError, match=r"a report is written as \.html or \.pdf"):
        geosec.write_report(points(), tmp_path / "report.docx")
    with pytest.raises(SchemaError, match="`write_report` takes a table"):
        geosec.write_report([1, 2], tmp_path / "report.html")


def test_a_report_for_the_public_tells_nothing_that_was_withheld(located, tmp_path, read_page):
    rejected = pd.DataFrame({"line": [2], "reason": ["no date"], "raw": ["a secret place"]})
    options = {"audience": "public", "secret": SECRET, "draws": 19}
    page = read_page(write(located, tmp_path, rejected=rejected, **options))
    assert "For the public" in page.text
    assert "Released to the public: places by district" in page.text
    assert "1 row of the file could not be read" in page.text
    assert "no date" not in page.text
    with warnings.catch_warnings(action="ignore", category=GeosecWarning):
        told = geosec.release(located, "public", secret=SECRET)
    page = read_page(write(told, tmp_path, rejected=rejected, sections=["summary"], draws=0))
    assert "For the public" in page.text
    assert "no date" not in page.text
    withheld = [*located["location"].str.strip(), *located["summary"], *located["source_url"]]
    held = [
        text for text in withheld if isinstance(text, str) and len(text) > 20 and text in page.html
    ]
    assert held == []


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_a_released_table_is_told_by_the_units_it_has(located, tmp_path, read_page, audience):
    with warnings.catch_warnings(action="ignore", category=GeosecWarning):
        told = geosec.release(located, audience, secret=SECRET)
    page = read_page(write(told, tmp_path, audience=audience, sections=["precision"], draws=19))
    assert "% sure" not in page.text
    assert ("Balochistan" if audience == "public" else "Kachhi") in page.text


@pytest.mark.filterwarnings("ignore:of 90 places, 90 lie outside Pakistan")
def test_a_report_for_others_is_released_by_ones_own_boundaries(make_grid, tmp_path, read_page):
    at = np.random.default_rng(0).uniform((30, 48), (33, 51), (90, 2)).T
    table = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*at, crs=4326))
    own = {"boundaries": make_grid(), "audience": "public", "secret": SECRET}
    page = read_page(write(table, tmp_path, sections=["summary"], draws=0, **own))
    assert "90 incidents" in page.text


def test_a_table_is_released_only_with_a_secret(located, tmp_path):
    with pytest.raises(ParameterError, match="secret"):
        write(located, tmp_path, audience="public")
    with pytest.raises(ParameterError, match="no audience 'press'"):
        write(located, tmp_path, audience="press")


def test_urdu_runs_from_the_right_and_keeps_latin_names_apart(located, tmp_path, read_page):
    page = read_page(write(located, tmp_path, language="ur", sections=["summary", "precision"]))
    assert page.find("html")[0] == {"lang": "ur", "dir": "rtl"}
    assert "\u2068Gwadar\u2069" in page.text
    assert all(each["direction"] == "ltr" for each in page.find("svg"))


def test_a_report_of_a_thousand_incidents_can_be_sent(located, tmp_path):
    many = pd.concat([located] * 14, ignore_index=True).head(1_000)
    html = write(many, tmp_path, sections=["summary", "map", "precision"], draws=19)
    assert len(html.encode()) < 5_000_000
