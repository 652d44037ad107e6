"""Elements of the user's own: their texts run neither in Python nor in the page."""

from __future__ import annotations

import json
import re
import warnings

import folium
import pytest
from folium.plugins import MarkerCluster, Search

import geosec
from geosec import GeosecWarning
from geosec.maps.foreign import tell_handlers
from geosec.maps.rendering import render_page

RUNS = "{{ 7 * 191 }} {# gone #}"


def render(map_):
    return "".join(render_page(map_))


def make_map(*elements):
    map_ = folium.Map(location=(30, 67), tiles=None)
    for element in elements:
        element.add_to(map_)
    return map_


@pytest.mark.parametrize(
    "element",
    [
        folium.Marker([30, 67], popup=RUNS),
        folium.Marker([30, 67], tooltip=RUNS),
        folium.Marker([30, 67], popup=folium.Popup(RUNS, lazy=True)),
        folium.Marker([30, 67], icon=folium.DivIcon(html=RUNS)),
    ],
)
def test_braces_in_a_text_stand_as_they_are(element):
    page = render(make_map(element))
    assert "{{ 7 * 191 }}" in page
    assert "{# gone #}" in page
    assert "1337" not in page.split("<body>")[1]


def test_a_text_of_an_element_is_no_template_and_that_is_told():
    map_ = make_map()
    map_.get_root().html.add_child(folium.Element(f"<p>{RUNS}</p>"))
    with pytest.warns(GeosecWarning, match="braces after '<p>': it is written as it stands"):
        page = render(map_)
    assert f"<p>{RUNS}</p>" in page


def test_a_template_of_ones_own_still_runs():
    class Own(folium.MacroElement):
        _template = folium.template.Template(
            "{% macro script(this, kwargs) %}var own = {{ 7 * 191 }};{% endmacro %}"
        )

    assert "var own = 1337;" in render(make_map(Own()))


@pytest.mark.parametrize("wrap", ["popup", "tooltip"])
def test_a_text_cannot_leave_the_literal_it_stands_in(wrap):
    text = "`;a=1;` ${b=2} \\u{zz} </script><script>c=3</script>"
    page = render(make_map(folium.Marker([30, 67], **{wrap: text})))
    literal = "\\`;a=1;\\` \\${b=2} \\\\u{zz} <\\/script><script>c=3<\\/script>"
    assert literal in page


def test_rendering_leaves_the_elements_as_they_were():
    marker = folium.Marker([30, 67], popup="`a`", tooltip="${b}")
    map_ = make_map(marker)
    before = {name: len(getattr(map_.get_root(), name)._children) for name in ("html", "script")}
    assert render(map_) == render(map_)
    assert before == {
        name: len(getattr(map_.get_root(), name)._children) for name in ("html", "script")
    }
    assert next(each for each in marker._children.values() if hasattr(each, "text")).text == "${b}"


def test_a_map_shown_by_folium_before_can_be_saved_after():
    cluster = MarkerCluster()
    folium.CircleMarker([30, 67], popup="x").add_to(cluster)
    map_ = make_map(cluster)
    map_._repr_html_()
    page = render(map_)
    assert page.count("L.map(") == page.count("= L.markerClusterGroup(") == 1
    folium.Marker([31, 67]).add_to(map_)
    again = render(map_)
    assert again.count("L.map(") == again.count("= L.markerClusterGroup(") == 1


def test_equal_maps_with_layers_of_ones_own_give_the_same_bytes():
    pages = [
        render(make_map(folium.Marker([30, 67], popup="x", icon=folium.Icon()))) for _ in range(2)
    ]
    assert pages[0] == pages[1]


def test_a_script_that_the_user_linked_stays_beside_foreign_layers(tmp_path):
    map_ = geosec.incident_map(geosec.geocode(["Sibi"]))
    folium.Marker([30, 67]).add_to(map_)
    map_.add_js_link("mine", "https://example.org/mine.js")
    with pytest.raises(geosec.SourceError, match=r"example\.org/mine\.js"):
        geosec.save_map(map_, tmp_path / "map.html")


def test_handlers_are_told_and_other_html_is_not():
    with pytest.warns(GeosecWarning, match="have onclick, onerror in their HTML"):
        tell_handlers('<b onclick="x()">y</b><img src=x onError = y>')
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tell_handlers('<b class="on">one = 1; a < b; only = 2</b>')


def make_points(name):
    point = {"type": "Point", "coordinates": [67, 30]}
    told = [{"type": "Feature", "properties": {name: text}, "geometry": point} for text in "ab"]
    return {"type": "FeatureCollection", "features": told}


def colour(_):
    return {"color": "#123456"}


@pytest.mark.parametrize("name", ["x){}}a=1;switch(0", "a.b", "two words", "\u2028", "q\"'`${b}"])
def test_a_name_of_a_property_is_no_code(name):
    page = render(make_map(folium.GeoJson(make_points(name), style_function=colour)))
    assert f"switch(feature.properties[{json.dumps(name)}])" in page


def test_a_plain_name_of_a_property_stays_as_folium_writes_it():
    page = render(make_map(folium.GeoJson(make_points("name"), style_function=colour)))
    assert "switch(feature.properties.name)" in page


def test_texts_of_a_search_stay_between_their_apostrophes():
    text = "'});a=1;//\\\n"
    layer = folium.GeoJson(make_points(text))
    search = Search(layer, search_label=text, placeholder=text)
    page = render(make_map(layer, search))
    written = r"'\'});a=1;//\\\n'"
    assert f"propertyName: {written}" in page
    assert f"textPlaceholder: {written}" in page
    assert search.placeholder == text


@pytest.mark.parametrize("text", ["${a=1}", "`+(a=1)+`", "\\`${a=1}"])
@pytest.mark.parametrize(
    "make",
    [
        folium.ClickForMarker,
        lambda text: folium.Marker([30, 67], popup=folium.Popup(folium.Element(text))),
        lambda text: folium.Marker([30, 67], popup=folium.Popup(folium.IFrame("x", width=text))),
        lambda text: folium.Marker([30, 67], tooltip=folium.Tooltip("x", style=text)),
    ],
)
def test_whatever_stands_in_a_literal_stays_in_it(make, text):
    page = render(make_map(make(text)))
    assert re.search(r"(?<!\\)\$\{a=1|(?<!\\)`\+\(a", page) is None


@pytest.mark.parametrize(
    "text",
    [
        '<meta http-equiv=refresh content="0;url=https://a.example">',
        "<LINK rel=dns-prefetch href=//a.example>",
    ],
)
def test_what_would_take_a_reader_elsewhere_is_written_as_text(text):
    layers = [folium.Marker([30, 67], popup=text, tooltip=text), folium.GeoJson(make_points(text))]
    layers.append(folium.Marker([30, 67], icon=folium.DivIcon(html=text)))
    with pytest.warns(GeosecWarning, match=r"have <(meta|link)>: they are written as texts"):
        page = render(make_map(*layers))
    tail = page.rpartition("<script>")[2]
    assert re.search(r"(<|u003c)(meta|link)", tail, re.IGNORECASE) is None
    assert tail.count(f"&lt;{text[1:5]}") >= 4


def test_what_only_reads_like_an_escape_stays_as_it_is():
    assert r"\\u003cmeta" in render(make_map(folium.Marker([30, 67], tooltip=r"\u003cmeta")))


def test_page_without_such_texts_is_not_told_of():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        render(make_map(folium.Marker([30, 67], tooltip="<b>metadata</b> <metadata> &lt;meta&gt;")))
