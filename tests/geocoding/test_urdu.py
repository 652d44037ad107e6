"""Urdu: names, and the words that stand behind them."""

from __future__ import annotations

import pytest

import geosec
from geosec.language.languages import load_language, load_languages
from geosec.reference.transliteration import consonant_frame


@pytest.mark.parametrize(
    ("urdu", "english"),
    [
        ("ضلع مستونگ", "Mastung district"),
        ("سبی سے 12 کلومیٹر جنوب میں", "12 km south of Sibi"),
        ("سبی کے جنوب میں ۱۲ کلومیٹر", "12 km south of Sibi"),
        ("لورالائی سے بیس کلومیٹر دور", "20 km from Loralai"),
        ("12 کلومیٹر سبی کے جنوب میں", "12 km south of Sibi"),
        ("12 کلومیٹر سبی سے جنوب میں", "12 km south of Sibi"),
        ("12 کلومیٹر جنوب میں سبی سے", "12 km south of Sibi"),
        ("جنوب میں سبی سے 12 کلومیٹر دور", "12 km south of Sibi"),
        ("سبی سے جنوب میں 12 کلومیٹر", "12 km south of Sibi"),
        ("سبی سے جنوب کی جانب 12 کلومیٹر دور", "12 km south of Sibi"),
        ("سبی سے 12 کلومیٹر جنوب کی جانب", "12 km south of Sibi"),
        ("سبی سے 12 کلومیٹر دور جنوب میں", "12 km south of Sibi"),
        ("سبی کے 12 کلومیٹر جنوب میں", "12 km south of Sibi"),
        ("سبی کے جنوب میں 12 کلومیٹر کے فاصلے پر", "12 km south of Sibi"),
        ("سبی سے ساڑھے بارہ کلومیٹر جنوب میں", "12.5 km south of Sibi"),
        ("سبی سے دس سے پندرہ کلومیٹر جنوب میں", "10 to 15 km south of Sibi"),
        ("سبی کے جنوب میں", "south of Sibi"),
        ("مچھ کے قریب", "near Mach"),
        ("ضلع کچھی میں مچھ کے قریب", "near Mach, Kachhi district"),
        ("سبی ریلوے اسٹیشن", "Sibi railway station"),
        ("میانوالی شہر", "Mianwali city"),
        ("گوادر بندرگاہ", "Gwadar port"),
        ("چاغی", "Chagai"),
    ],
)
def test_both_languages_give_the_same_place(urdu, english):
    rows = geosec.geocode([urdu, english])
    one, two = rows.iloc[0], rows.iloc[1]
    assert one["match_status"] == two["match_status"] == "matched"
    assert one["match_id"] == two["match_id"]
    assert one["uncertainty_m"] == two["uncertainty_m"]


def test_between_two_stations_on_the_track():
    row = geosec.geocode(["مچھ اور کولپور کے درمیان ریلوے ٹریک پر"]).iloc[0]
    assert row["match_rule"] == "rail_between"
    assert row["match_id"].startswith("rail:ML-3")


@pytest.mark.parametrize("text", ["جعفر ایکسپریس", "اکبر بگٹی", "بلوچستان لبریشن آرمی", "قندھار"])
def test_trains_persons_groups_and_places_abroad_are_not_placed(text):
    assert geosec.geocode([text]).geometry.isna().all()


@pytest.mark.parametrize("pair", [("حافظ آباد", "Hafizabad"), ("بورے والا", "Burewala")])
def test_consonants_are_the_same_in_both_scripts(pair):
    assert len({consonant_frame(name) for name in pair}) == 1


def test_a_name_known_in_latin_script_only_is_found_and_scored_lower():
    found, known = geosec.geocode(["بورے والا", "Burewala"])["match_score"]
    assert found < known


def test_a_word_of_two_languages_is_the_first_ones():
    both = load_languages("en", "ur")
    assert both.tags.items() >= load_language("en").tags.items()
    assert both.reorder == load_language("ur").reorder
