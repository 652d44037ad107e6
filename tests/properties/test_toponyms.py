from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from geosec.reference.toponyms import normalise, skeleton

WILD = st.text(max_size=40)


@given(WILD)
@settings(deadline=None)
def test_normalising_twice_is_normalising_once(name):
    assert normalise(normalise(name)) == normalise(name)


@given(WILD)
@settings(deadline=None)
def test_outer_space_and_case_never_count(name):
    assert normalise(f" \t{name} ") == normalise(name)
    assert skeleton(normalise(name)) == skeleton(name)
