from __future__ import annotations

import pandas as pd
import pytest

import geosec
from geosec.geocoding.grammar.explaining import write_phrase
from geosec.geocoding.grammar.phrases import Clause, Item, Phrase
from geosec.language.tags import DISTRICT, FACILITY, IN, RAILWAY, STATION
from geosec.numerals.numbers import Amount
from geosec.reference.names import Name

SIBI = Item("Sibi", Name(("gn:1164896",), 1.0))


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Sibi", "place('Sibi')"),
        ("Sibi, Balochistan", "place('Sibi') in place('Balochistan')"),
        ("near Sibi", "near place('Sibi')"),
        ("Sibi station", "station('Sibi')"),
        ("a mosque in Sibi", "facility(mosque) in place('Sibi')"),
        ("Zzyzx", "place('Zzyzx'?)"),
        ("Peshawar Zalmi", "place('Peshawar Zalmi'?)"),
        ("Mach and Kolpur", "place('Mach') and place('Kolpur')"),
        ("12 km from Sibi", "within(12 km, place('Sibi'))"),
        ("1,500 m north of Sibi", "offset(1.5 km, 0°, place('Sibi'))"),
        ("to the south-west of Sibi", "side(225°, place('Sibi'))"),
        ("km 268 of ML-3", "km_post(268) of place('ML-3')"),
        ("between Mach and Kolpur stations", "between(place('Mach'), station('Kolpur'))"),
        ("the Bolan Mail", "aboard train('Bolan Mail')"),
        ("سبی سے 12 کلومیٹر جنوب میں", "offset(12 km, 180°, place('سبی'))"),
        ("", "nothing"),
        ("?!", "nothing"),
        ("Sibi " * 200, "nothing"),  # too long for a location phrase, and not read
    ],
)
def test_a_phrase_is_printed_back(phrase, expected):
    assert geosec.explain(phrase) == expected


def test_a_gazetteer_of_ones_own_knows_other_names():
    row = {"place_id": "my:1", "name": "Zzyzx", "feature_class": "town"}
    gazetteer = geosec.Gazetteer.from_table(pd.DataFrame([row]))
    assert geosec.explain("Zzyzx", gazetteer=gazetteer) == "place('Zzyzx')"
    assert geosec.explain("Sibi", gazetteer=gazetteer) == "place('Sibi'?)"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (Item("Sibi"), "place('Sibi'?)"),
        (SIBI, "place('Sibi')"),
        (SIBI._replace(compound=True), "place('Sibi'?)"),
        (SIBI._replace(nouns=DISTRICT, relation=IN), "in district('Sibi')"),
        (
            SIBI._replace(nouns=RAILWAY + STATION),
            "station('Sibi')",
        ),  # the last noun is the thing itself
        (Item("mosque", nouns=FACILITY, generic=True), "facility(mosque)"),
        (Item("it's"), 'place("it\'s"?)'),
    ],
)
def test_an_item_is_its_kind_and_its_name(item, expected):
    assert write_phrase(Phrase("", (item,), position=1)) == expected


def test_the_clause_stands_where_it_stood():
    clause = Clause("offset", (SIBI,), length_m=Amount(12_000, 12_000), azimuth_deg=180)
    before, behind = Item("Zzyzx"), Item("Kech", SIBI.name, relation=IN)
    phrase = Phrase("", (before, behind), clause, position=1)
    assert (
        write_phrase(phrase)
        == "place('Zzyzx'?) offset(12 km, 180°, place('Sibi')) in place('Kech')"
    )


def test_explaining_does_not_look_for_the_place():
    assert geosec.explain("Kandahar") == "place('Kandahar')"  # which geocode would call outside
