"""What no phrase, however odd, may do to the geocoder."""

from __future__ import annotations

import re
import time
import unicodedata
from functools import cache
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec
from geosec.evaluation.phrases import read_gold_phrases, score_phrases

DATA = Path(__file__).parents[1] / "data" / "gold_places_dev.csv"


def read_report(text):
    return geosec.parse_report(text, published="2025-03-12")


def timed(verb, text):
    started = time.perf_counter()
    verb(text)
    return time.perf_counter() - started


WORDS = [
    "Quetta",
    "Mach",
    "near",
    "between",
    "and",
    "12",
    "km",
    "south",
    "of",
    "district",
    "(",
    "'s",
]
WORDS += [
    "railway track",
    ",",
    "-",
    "Kalat",
    "سبی",
    "Balochistan",
    "the",
    "Jaffar Express",
    "`",
    "\u202e",
]
PHRASES = st.one_of(
    st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
)


@given(st.lists(PHRASES, min_size=1, max_size=8))
@settings(deadline=None, max_examples=60)
def test_any_text_gets_one_row_with_a_place_or_a_reason(phrases):
    located = geosec.geocode(phrases)
    placed = located.geometry.notna()
    assert len(located) == len(phrases)
    assert (located["match_status"].isin(["matched", "ambiguous"]) == placed).all()
    assert (located.loc[placed, "uncertainty_m"] > 0).all()
    assert located.loc[~placed, "match_reason"].str.len().gt(0).all()
    weights = geosec.candidates(located).groupby("incident_id")["weight"].sum()
    assert weights.to_numpy() == pytest.approx(1)


@cache
def gold():
    table = read_gold_phrases(DATA)
    return table.assign(context_admin1=table["context_admin1"].fillna(""))


def marked(phrase, draw):
    """Write a phrase in another case, decomposed, with marks on it and space round it."""
    case = draw(st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
    form = draw(st.sampled_from(["NFC", "NFD", "NFKC"]))
    plain = unicodedata.normalize(form, case(phrase))
    at = draw(st.integers(0, len(plain)))
    letter = at and plain[at - 1].isalpha() and plain[at - 1].isascii()
    mark = draw(st.sampled_from(["\u0301", "\u0308", "\u0304"])) if letter else ""
    space = draw(st.sampled_from(["", " ", "\t", "\n  "]))
    return f"{space}{plain[:at]}{mark}{plain[at:]}{space}"


@pytest.mark.parametrize(
    "phrase",
    [
        "Afghanistan\u0301's Kandahar city",
        "Quetta\u0304's bypass",
        "Quetta's\u0301 bypass",
        "'S\u0301wabi' city",
    ],
)
def test_a_mark_beside_an_apostrophe_changes_nothing(phrase):
    bare = "".join(each for each in phrase if not unicodedata.combining(each))
    told = geosec.geocode([phrase, bare])
    assert told["match_status"].nunique() == 1
    assert told["match_id"].nunique(dropna=False) == 1


@given(st.data())
@settings(deadline=None, max_examples=80)
def test_case_diacritics_and_outer_space_change_nothing(data):
    row = gold().iloc[data.draw(st.integers(0, len(gold()) - 1))]
    changed = marked(row["phrase"], data.draw)
    told = geosec.geocode([row["phrase"], changed], admin1=row["context_admin1"])
    assert told["match_status"].nunique() == 1
    assert told["match_id"].nunique(dropna=False) == 1
    assert told["uncertainty_m"].nunique(dropna=False) == 1


def placed_in_a_district():
    """Phrases that are right, and the district that their truth lies in."""
    scored = score_phrases(gold())
    bare = scored["match_rule"].isin(["town", "rail_station", "facility"]) & scored["right"]
    points = gpd.GeoDataFrame(
        gold(), geometry=gpd.points_from_xy(gold()["lon"], gold()["lat"]), crs=4326
    )[bare.to_numpy()]
    units = geosec.load_boundaries("adm2")[["adm2_name", "geometry"]]
    return points.sjoin(units, predicate="within")


def test_adding_the_right_district_never_makes_an_answer_worse():
    plain = placed_in_a_district()
    ascii_only = plain["phrase"].map(str.isascii) & ~plain["phrase"].str.contains("district")
    plain = plain[ascii_only]
    longer = plain.assign(phrase=plain["phrase"] + ", " + plain["adm2_name"] + " district")
    before, after = score_phrases(plain), score_phrases(longer)
    assert len(plain) > 40
    worse = ~after["right"] | (after["match_score"] < before["match_score"] - 1e-9)
    assert not worse.any(), longer.loc[worse.to_numpy(), "phrase"].tolist()


HOSTILE = [
    "\u202e\u200fسبی\u202c",
    "🚂" * 40,
    "Quetta\x00Sibi\x00",
    "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    "(" * 500,
    "-" * 500,
    "a'" * 300,
    "12 km " * 200,
    "between Sibi and " * 100,
    "near Mach, " * 100,
    "٣" * 300,
    "°'\"N" * 100,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_gets_a_row_and_a_report(text):
    row = geosec.geocode([text]).iloc[0]
    assert row["match_status"] in {"matched", "ambiguous", "unmatched", "outside"}
    geosec.parse_report(text, published="2025-03-12")
    assert geosec.explain(text)


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=60)
def test_any_text_is_a_report(text):
    report = geosec.parse_report(text, published="2025-03-12")
    for row in report.places.itertuples():
        assert re.sub(r"\W", "", text[row.start : row.end]) == re.sub(r"\W", "", row.location)


UNITS = ["near Mach, ", "zq xv ", "Sibi-", "12 ", "(a) ", "🚂", "سبی ", "A bomb hit Sibi. ", "x"]
UNITS += ["A" + " " * 40, "\u202e", "12 people were killed in Mach on Tuesday. "]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "verb", [lambda text: geosec.geocode([text]), read_report], ids=["geocode", "parse"]
)
def test_time_grows_no_faster_than_the_text(unit, verb):
    short, long = unit * (5_000 // len(unit)), unit * (40_000 // len(unit))
    verb(unit)
    times = [min(timed(verb, text) for _ in range(2)) for text in (short, long)]
    assert times[1] < 30 * times[0] + 0.5  # eight times the text; quadratic would be 64 times


def test_a_text_of_a_megabyte_is_answered():
    text = "x y " * 250_000
    assert geosec.geocode([text])["match_status"].item() == "unmatched"
