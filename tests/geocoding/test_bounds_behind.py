"""A bound behind a length is what it is before it, in English and Urdu."""

from __future__ import annotations

import pytest

import geosec


def name_of(phrase):
    return geosec.geocode([phrase])["match_name"].item()


@pytest.mark.parametrize(
    "bound", ["سے زیادہ", "سے زائد", "سے بھی زیادہ", "سے اوپر", "یا اس سے زیادہ"]
)
@pytest.mark.parametrize(
    "order",
    [
        "سبی سے 12 کلومیٹر {} جنوب میں",
        "سبی کے جنوب میں 12 کلومیٹر {} فاصلے پر",
        "12 کلومیٹر {} سبی کے جنوب میں",
        "سبی سے جنوب میں بارہ کلومیٹر {}",
    ],
)
def test_more_than_in_urdu(order, bound):
    assert name_of(order.format(bound)) == name_of("more than 12 km south of Sibi")


@pytest.mark.parametrize("bound", ["سے کم", "سے بھی کم", "سے کچھ کم", "یا اس سے کم", "تک"])
def test_less_than_in_urdu(bound):
    assert name_of(f"مچھ سے 20 کلومیٹر {bound} مشرق میں") == name_of("less than 20 km east of Mach")


@pytest.mark.parametrize(
    ("urdu", "english"),
    [
        ("سبی سے کم از کم 12 کلومیٹر جنوب میں", "at least 12 km south of Sibi"),
        ("سبی سے کم سے کم 12 کلومیٹر جنوب میں", "at least 12 km south of Sibi"),
        ("سبی سے زیادہ سے زیادہ 12 کلومیٹر جنوب میں", "at most 12 km south of Sibi"),
        ("سبی سے تقریباً 12 کلومیٹر جنوب میں", "about 12 km south of Sibi"),
        ("سبی سے 12 کلومیٹر تقریباً جنوب میں", "about 12 km south of Sibi"),
        ("سبی سے 12 کلومیٹر کے لگ بھگ جنوب میں", "about 12 km south of Sibi"),
        ("سبی سے 12 کلومیٹر کے قریب جنوب میں", "about 12 km south of Sibi"),
        ("سبی سے 12 کلومیٹر سے زیادہ دور", "more than 12 km from Sibi"),
        ("سبی سے 12 کلومیٹر کے اندر", "less than 12 km from Sibi"),
        ("سبی سے 10 سے 15 کلومیٹر جنوب میں", "10 to 15 km south of Sibi"),
        ("سبی کے قریب", "near Sibi"),
    ],
)
def test_urdu_is_as_english(urdu, english):
    one, two = geosec.geocode([urdu, english]).itertuples()
    assert one.match_name == two.match_name
    assert one.geometry.equals(two.geometry)
    assert one.uncertainty_m == two.uncertainty_m


@pytest.mark.parametrize(
    ("behind", "before"),
    [
        ("12 km or more south of Sibi", "more than 12 km south of Sibi"),
        ("12 km and above from Sibi", "more than 12 km from Sibi"),
        ("5 km or less from Sibi", "less than 5 km from Sibi"),
        ("12 km max from Sibi", "at most 12 km from Sibi"),
        ("12 km or so south of Sibi", "about 12 km south of Sibi"),
        ("12 km approx south of Sibi", "about 12 km south of Sibi"),
    ],
)
def test_english_behind_is_as_before(behind, before):
    assert name_of(behind) == name_of(before)


@pytest.mark.parametrize("phrase", ["12 km more south of Sibi", "12 کلومیٹر زیادہ سبی کے جنوب میں"])
def test_other_words_behind_a_length_are_no_bound(phrase):
    assert geosec.geocode([phrase])["match_status"].item() != "matched"
