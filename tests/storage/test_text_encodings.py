"""Lines in the encodings of other programs, and the one that fits named."""

from __future__ import annotations

import re

import pytest

from geosec import ParameterError
from geosec.storage.text_encodings import check_encoding, decode_line, find_wide


@pytest.mark.parametrize(
    ("text", "written", "named"),
    [
        ("2025,Café,x", "cp1252", "cp1252 fits, and reads 'Café'.*`encoding='cp1252'`"),
        ("2025,São Tomé", "cp1252", "cp1252 fits, and reads 'São'"),
        ("2025,کوئٹہ", "cp1256", "cp1256 fits, and reads 'کوئٹہ'.*`encoding='cp1256'`"),
        ("2025,السلام عليكم", "cp1256", "cp1256 fits"),
    ],
)
def test_the_encoding_that_fits_is_named(text, written, named):
    _, problem = decode_line(text.encode(written), "utf-8")
    assert problem.startswith("byte ")
    assert re.search(named, problem)


def test_utf_8_is_named_where_it_fits():
    _, problem = decode_line("2025,Kandahār".encode(), "ascii")
    assert "is not ascii; utf-8 fits, and reads 'Kandahār'" in problem


@pytest.mark.parametrize(
    ("start", "encoding", "wide"),
    [
        (b"\xff\xfed\x00", "utf-8", "utf-16"),
        (b"\xfe\xff\x00d", "cp1252", "utf-16"),
        (b"\xff\xfe\x00\x00", "utf-8", "utf-32"),
        (b"d\x00a\x00", "UTF_16_LE", "UTF_16_LE"),
        (b"date", "utf-8", ""),
        (b"\xef\xbb\xbfd", "utf-8", ""),
    ],
)
def test_a_wide_text_is_known_by_its_mark_or_its_name(start, encoding, wide):
    assert find_wide(start, encoding) == wide


@pytest.mark.parametrize(
    "encoding", ["klingon", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "UTF7"]
)
def test_what_is_no_encoding_of_files_is_refused(encoding):
    with pytest.raises(ParameterError, match=f"`encoding` '{encoding}' is no encoding of text"):
        check_encoding(encoding)
