"""Texts on a sheet fit their lines and are nothing but texts."""

from __future__ import annotations

import pytest

from geosec.maps.paper.sheet import (
    choose_families,
    clean_text,
    measure_text,
    set_apart,
    wrap_text,
)


def test_lines_are_no_wider_than_asked_and_what_is_too_long_is_cut():
    text = clean_text("Attacks on the railway between Sibi and Quetta " * 9 + "w" * 400)
    lines = wrap_text(text, 200, 11)
    assert all(measure_text(line, 11) <= 201 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    cut = wrap_text(text, 200, 11, most=2)
    assert len(cut) == 2
    assert cut[1].endswith("…")
    assert measure_text(cut[1], 11) <= 201


def test_letters_that_direct_or_control_are_left_out():
    assert clean_text("a\u202eb\x07\n c\u200f") == "ab c"
    assert set_apart("کوئٹہ") == "\u2068کوئٹہ\u2069"
    assert set_apart("Quetta") == "Quetta"


@pytest.mark.filterwarnings("ignore:no font at hand")
def test_a_text_is_drawn_in_a_font_that_has_its_letters():
    assert choose_families("Quetta – é") == ["DejaVu Sans"]
    assert choose_families("کوئٹہ میں دھماکہ ہے")[-1] == "DejaVu Sans"


def test_letters_that_no_font_has_are_told():
    with pytest.warns(UserWarning, match="no font at hand has the letters"):
        choose_families("\U000e1234 of a plane without letters")
