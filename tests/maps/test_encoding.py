"""JSON that cannot leave its script element."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.maps.encoding import encode_json

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
