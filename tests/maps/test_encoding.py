"""JSON that cannot leave its script element."""

from __future__ import annotations

import json
import re

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.maps.encoding import encode_json, encode_shape, encode_shapes

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(1)</script>\u2028`${alert(1)}`&"


@given(st.dictionaries(st.text(max_size=9), st.text(alphabet="<>&{}%#/!-scriptا\u2028'\"\\")))
@settings(deadline=None, max_examples=50)
def test_any_text_comes_back_and_none_can_close_a_script_or_open_a_template(data):
    written = encode_json(data)
    assert json.loads(written) == data
    assert written.isascii()
    assert not any(mark in written for mark in ("<", ">", "&", "{{", "{%", "{#"))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_json_is_not_written(number):
    with pytest.raises(ValueError, match="not JSON compliant"):
        encode_json({"radius": number})


@pytest.mark.parametrize(
    "text", [HOSTILE, "<!--", "]]>", "\u2029", "</SCRIPT >", "{{7*7}}", "{% raw %}", "{#", "{{{%"]
)
def test_no_text_can_leave_the_json(text):
    written = encode_json({"text": text})
    assert not set("<>&\u2028\u2029") & set(written)
    assert not re.search(r"\{[{%#]", written)
    assert json.loads(written) == {"text": text}


def test_markup_is_escaped_and_values_stay():
    assert encode_json({"a": "</script>"}) == r'{"a":"\u003c/script\u003e"}'
    assert encode_json({"n": [1, None, True]}) == '{"n":[1,null,true]}'


@pytest.mark.parametrize(
    ("wkt", "kind", "coordinates"),
    [
        ("POINT (67.123456 29.98768)", "Point", [67.1235, 29.9877]),
        ("LINESTRING (67 30, 68.00004 31)", "LineString", [[67, 30], [68, 31]]),
        (
            "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))",
            "MultiPolygon",
            [[[[0, 0], [1, 0], [1, 1], [0, 0]]]],
        ),
    ],
)
def test_a_shape_is_geojson_of_four_decimals(wkt, kind, coordinates):
    shape = shapely.from_wkt(wkt)
    assert encode_shape(shape) == {"type": kind, "coordinates": coordinates}
    assert encode_shapes([shape, shape]) == [encode_shape(shape)] * 2
