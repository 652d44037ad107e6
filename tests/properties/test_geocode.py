"""What no phrase, however odd, may do to the geocoder."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import geosec

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


@given(st.sampled_from(["near Mach", "12 km south of Sibi", "Kalat town", "between Sibi and Mach"]))
@settings(deadline=None, max_examples=10)
def test_case_and_outer_space_change_nothing(phrase):
    told = geosec.geocode([phrase, f"  {phrase.upper()} ", phrase.lower()], admin1="Balochistan")
    assert told["match_id"].nunique() == 1
    assert told.geometry.nunique() == 1
