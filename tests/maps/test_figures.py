"""A static map is whole, the same each time, and says what it does not draw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Patch
from shapely import box

import geosec
from geosec.errors import ParameterError, SourceError
from geosec.maps.paper.sheet import MapFigure
from geosec.maps.paper.valued import RAMPS, UNKNOWN
from geosec.maps.words import load_words
from geosec.match_rules import MATCH_RULES

HOSTILE = ("$x^2$ \\frac{1}{0}", "<script>alert(1)</script>", "{{ 7*7 }}", "a\x00b\u202ec", "]]>")


@pytest.fixture(scope="module")
def located():
    phrases = ["near Mach", "Kech district", "between Sibi and Mach", "xyzzy", "near Mach"]
    table = geosec.geocode(phrases, admin1="Balochistan")
    kinds = ["Battles", "Riots", "Battles", "Protests", "Riots"]
    return table.assign(event_type=kinds, fatalities=[1, 0, 12, 3, 2])


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_a_map_needs_no_title(located, tmp_path, ending):
    path = tmp_path / f"map.{ending}"
    geosec.static_map(located, path, title="", subtitle="")
    assert path.stat().st_size > 10_000


def list_texts(figure):
    return [text.get_text() for axes in figure.axes for text in axes.texts]


def test_what_is_drawn_is_explained_and_what_is_not_is_told(located):
    texts = list_texts(geosec.static_map(located, title="Four places", credit="Our desk"))
    for words in ("Four places", "4 of 5 incidents placed", "Battles", "Riots", "Killed"):
        assert words in texts
    assert "Protests" not in texts
    said = " ".join(texts)
    assert "Without a place, and not drawn: 1." in said
    assert "Equal-area projection round" in said
    assert "Our desk" in said
    assert "Natural Earth" in said
    for key in ("within this disc", "somewhere in this area", "somewhere on this stretch"):
        assert key in said


def test_each_reading_of_a_phrase_and_an_unknown_radius_are_drawn(located):
    names = ("weight", "longitude", "latitude", "uncertainty_m", "footprint")
    readings = [
        (0.6, 67.0, 30.0, 30_000.0, ""),
        (0.4, 66.0, 29.0, 900.0, "LINESTRING (66 29, 66.5 28)"),
    ]
    told = json.dumps([dict(zip(names, each, strict=True)) for each in readings])
    two = located.iloc[:2].assign(
        footprint=None, match_candidates=[told, None], uncertainty_m=[30_000.0, None]
    )
    said = " ".join(list_texts(geosec.static_map(two, footprints=True)))
    for key in ("in one of these places", "somewhere on this stretch", "how near is not known"):
        assert key in said


def test_values_of_districts_and_of_the_railway_are_drawn_and_explained(located):
    codes = ["PK-BA-kachhi", "PK-BA-sibi", "PK-BA-kech"]
    districts = pd.DataFrame({"value": [7, 3, None]}, index=codes)
    districts.attrs["title"] = "Attacks, 2024"
    sections = {"rail_line": "ML-3", "km_from": [268, 283], "km_to": [283, 318], "count": [9, 2]}
    sections = pd.DataFrame({**sections, "value": [1.4, 5.2]})
    figure = geosec.static_map(located, choropleth=districts, corridor=sections)
    said = list_texts(figure)
    for words in ("Attacks, 2024", "7", "no value", "5.2", "fewer than 5 incidents"):
        assert words in said
    assert "What was reported, not the risk." in " ".join(said)
    patches = [each for axes in figure.axes for each in axes.get_children()]
    patches = [each for each in patches if isinstance(each, Patch)]
    filled = {to_hex(each.get_facecolor()) for each in patches}
    assert {RAMPS["choropleth"][0], RAMPS["choropleth"][4], UNKNOWN} <= filled
    drawn = {to_hex(each.get_edgecolor()) for each in patches}
    assert {RAMPS["corridor"][0], RAMPS["corridor"][4]} <= drawn


def test_footprints_stand_out_of_coloured_districts(located):
    cased = []
    for level in (None, "adm2"):
        figure = geosec.static_map(located, choropleth=level)
        drawn = [each for axes in figure.axes for each in axes.get_children()]
        patches = [each for each in drawn if isinstance(each, Patch)]
        cased.append(sum(bool(each.get_path_effects()) for each in patches))
    assert cased[0] == 0
    assert cased[1] >= 3  # a disc, a district, a stretch of line


def test_a_legend_without_room_is_told(located):
    codes = pd.Index(geosec.load_boundaries("adm2").index[:20])
    table = pd.DataFrame({"value": range(20), "count": range(20)}, index=codes)
    sections = {"rail_line": "ML-3", "km_from": range(250, 350, 5), "km_to": range(255, 355, 5)}
    sections = pd.DataFrame({**sections, "value": range(20), "count": range(20)})
    for size in ((5, 5), (6, 5), (8, 6)):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            figure = geosec.static_map(located, choropleth=table, corridor=sections, size_in=size)
        assert [str(each.message) for each in told] == [
            "the legend leaves the map little room: take a larger `size_in`."
        ] * (size[0] < 8)
        texts = [text for axes in figure.axes for text in axes.texts]
        renderer = figure.canvas.get_renderer()
        boxes = {text.get_text(): text.get_window_extent(renderer) for text in texts}
        foot = next(box for text, box in boxes.items() if text.startswith("What was reported"))
        lowest = min(box.y0 for text, box in boxes.items() if text.startswith("somewhere"))
        assert lowest >= foot.y1


def test_a_legend_that_has_no_room_at_all_is_told(located):
    kinds = pd.concat([located[:2]] * 20, ignore_index=True).set_crs(4326, allow_override=True)
    kinds["event_type"] = [f"kind {at}" for at in range(40)]
    table = pd.DataFrame({"value": range(8)}, index=geosec.load_boundaries("adm2").index[:8])
    rail = pd.DataFrame({"rail_line": "ML-3", "km_from": range(9), "km_to": range(1, 10)})
    rail = rail.assign(value=range(9), low=0, high=range(9), count=range(9))
    with pytest.warns(geosec.GeosecWarning, match="runs over the foot: .* larger `size_in`"):
        geosec.static_map(kinds, choropleth=table, corridor=rail, size_in=(5, 5), title="w " * 200)


@pytest.mark.parametrize("size_in", [(5, 6), (7, 6), (9.5, 7.5), (8.27, 11.69), (5, 9), (12, 5)])
@pytest.mark.parametrize("layers", [1, 2])
def test_a_legend_stays_on_its_sheet_and_off_the_sources(located, size_in, layers):
    given = dict(list(make_values().items())[:layers])
    figure = geosec.static_map(located, size_in=size_in, **given)
    page, frame = figure.axes[0], figure.axes[1].get_window_extent()
    figure.canvas.draw()
    texts = [each.get_window_extent() for each in page.texts]
    for number, one in enumerate(texts):
        assert one.y0 >= 0
        assert one.y1 <= figure.bbox.y1
        assert not frame.overlaps(one)
        assert not any(shrink(one).overlaps(shrink(other)) for other in texts[number + 1 :])


def make_values():
    codes, counts = geosec.load_boundaries("adm2").index[:60], range(60)
    districts = pd.DataFrame({"value": counts, "low": counts, "high": 90, "count": 3}, index=codes)
    posts = np.arange(268, 320, 5)
    sections = pd.DataFrame({"rail_line": "ML-3", "km_from": posts[:-1], "km_to": posts[1:]})
    return {"choropleth": districts, "corridor": sections.assign(value=range(10), count=2)}


def shrink(box):
    return box.expanded(0.96, 0.7)


def test_values_frame_a_map_on_which_nothing_has_a_place(located):
    area = gpd.GeoDataFrame({"value": [1]}, geometry=[box(80, 6, 81, 7)], crs=4326)
    figure = geosec.static_map(located.head(0), choropleth=area, ground={})
    assert "80° E" in list_texts(figure)


def test_an_audience_sees_what_it_may():
    many = geosec.geocode(["near Mach"] * 6, admin1="Balochistan")
    table = pd.DataFrame({"value": [7]}, index=["PK-BA-sibi"])
    audience = {"audience": "public", "secret": "0123456789abcdef"}
    with pytest.warns(geosec.GeosecWarning, match="`choropleth`: shown to the audience 'public'"):
        figure = geosec.static_map(many, choropleth=table, **audience)
    assert "public" in " ".join(list_texts(figure))


@pytest.mark.filterwarnings("ignore:no font at hand")
def test_codes_of_ours_are_told_in_the_words_of_the_sheet(located):
    figure = geosec.static_map(located, color_by="match_status", language="ur", ground={})
    assert not {"matched", "ambiguous"} & set(list_texts(figure))
    assert load_words("ur")["value_match_status_matched"] in list_texts(figure)
    texts = list_texts(geosec.static_map(located, color_by="match_rule", ground={}))
    assert {"How the words were read", MATCH_RULES["district"].wording} <= set(texts)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_the_same_table_gives_the_same_bytes_in_another_process(tmp_path, kind):
    code = (
        "import sys, geosec\n"
        "located = geosec.geocode(['near Mach', 'Kech district'], admin1='Balochistan')\n"
        "geosec.static_map(located, sys.argv[1], title='Sibi', dpi=60)"
    )
    files = [tmp_path / f"{number}.{kind}" for number in (1, 2)]
    for number, file in enumerate(files):
        run = [sys.executable, "-c", code, str(file)]
        subprocess.run(run, check=True, env={**os.environ, "PYTHONHASHSEED": str(number)})
    content = files[0].read_bytes()
    assert content == files[1].read_bytes()
    assert content.startswith({"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[kind])
    assert b"CreationDate" not in content
    assert b"dc:date" not in content


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_a_text(located, tmp_path, text):
    file = tmp_path / "map.svg"
    table = located.assign(event_type=text, **{text: 1.0})
    geosec.static_map(table, file, title=text, subtitle=text, credit=text, size_by=text)
    assert "<script" not in file.read_text("utf-8")


def test_a_map_abroad_has_its_own_ground_or_none(located):
    chance = np.random.default_rng(0)
    points = gpd.points_from_xy(chance.normal(179.9, 1, 30), chance.normal(-17, 1, 30))
    fiji = gpd.GeoDataFrame(geometry=points, crs=4326)
    texts = list_texts(geosec.static_map(fiji))
    assert "180° W" in texts
    assert not [text for text in texts if "Natural Earth" in text]
    town = gpd.GeoDataFrame(
        {"name": ["Suva"], "population": [9e4]},
        geometry=gpd.points_from_xy([178.4], [-18.1]),
        crs=4326,
    )
    own = {"places": town, "credit": "Fiji's own"}
    said = list_texts(geosec.static_map(fiji, ground=own))
    assert "Suva" in said
    assert [text for text in said if "Fiji's own" in text]
    assert geosec.static_map(located.iloc[3:4]).axes  # nothing has a place


def test_many_incidents_are_density_and_clusters():
    chance = np.random.default_rng(0)
    points = gpd.points_from_xy(chance.uniform(66, 72, 9_000), chance.uniform(26, 33, 9_000))
    texts = list_texts(geosec.static_map(gpd.GeoDataFrame(geometry=points, crs=4326)))
    assert [text for text in texts if text.startswith("Density of reports")]


@pytest.mark.filterwarnings("ignore:no font at hand")
def test_urdu_begins_at_the_right(located):
    figure = geosec.static_map(located, title="ریلوے", language="ur")
    title = next(text for text in figure.axes[0].texts if text.get_text() == "ریلوے")
    assert title.get_ha() == "right"
    assert figure.axes[1].get_position().x0 > 0.2  # the legend is at the left


def test_a_notebook_shows_a_figure_and_a_report_a_thumbnail(located):
    figure = geosec.static_map(located, size_in=(5, 5))
    assert isinstance(figure, MapFigure)
    assert figure._repr_png_().startswith(b"\x89PNG")
    picture = geosec.thumbnail(located, size_px=(200, 100))
    assert picture.startswith(b"\x89PNG")
    assert picture[16:24] == (200).to_bytes(4) + (100).to_bytes(4)
    assert picture == geosec.thumbnail(located, size_px=(200, 100))


@pytest.mark.parametrize(
    ("error", "words", "given"),
    [
        (SourceError, "written as .png, .svg, .pdf", {"path": "map.html"}),
        (SourceError, "no folder", {"path": "nowhere/map.png"}),
        (ParameterError, "5 to 60 inches", {"size_in": (1, 5)}),
        (ParameterError, "size_in", {"size_in": "A4"}),
        (ParameterError, "dpi", {"dpi": 5}),
        (ParameterError, "too large", {"size_in": (50, 50), "dpi": 1_200}),
        (ParameterError, "footprints", {"footprints": "yes"}),
        (ParameterError, "language", {"language": "xx"}),
    ],
)
def test_what_cannot_be_is_refused(located, error, words, given):
    with pytest.raises(error, match=words):
        geosec.static_map(located, **given)


def test_without_matplotlib_the_error_says_how_to_install_it(located, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(SourceError, match=r"pip install geosec\[report\]"):
        geosec.static_map(located)
