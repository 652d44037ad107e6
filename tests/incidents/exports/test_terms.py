"""Credit and terms stand under keys of their own, and only where they are known."""

from __future__ import annotations

import pytest

from geosec.incidents.exports.recognition import KINDS
from geosec.incidents.exports.terms import (
    SOURCE_CREDIT,
    SOURCE_TERMS,
    UNKNOWN,
    list_credits,
)


@pytest.mark.parametrize(
    ("kind", "word"), [("acled", "ACLED"), ("ucdp", "CC BY"), ("gtd", "START")]
)
def test_a_source_that_is_known_is_credited_and_its_terms_have_an_address(kind, word):
    attrs = KINDS[kind].terms.list_attrs()
    assert word in attrs[SOURCE_CREDIT]
    assert "https://" in attrs[SOURCE_TERMS]
    assert list_credits(attrs) == [attrs[SOURCE_CREDIT], attrs[SOURCE_TERMS]]


def test_nothing_is_claimed_of_a_source_that_is_not_known():
    assert UNKNOWN.list_attrs() == {}
    assert list_credits({SOURCE_CREDIT: None, "other": "x"}) == []
