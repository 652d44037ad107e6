"""What several tests of the geocoder read with: the ground of Pakistan and its grammar."""

from __future__ import annotations

import pytest

from geosec.geocoding.geocoder import load_interpreter
from geosec.geocoding.grammar.parsing import parse_phrase
from geosec.geocoding.placing.heads import HeadFinder
from geosec.geocoding.placing.matcher import Matcher


@pytest.fixture(scope="session")
def ground():
    return load_interpreter(None).ground


@pytest.fixture(scope="session")
def language():
    return load_interpreter(None).language


@pytest.fixture(scope="session")
def matcher(ground, language):
    return Matcher(ground, language.wants)


@pytest.fixture(scope="session")
def finder(ground, matcher):
    return HeadFinder(ground, matcher)


@pytest.fixture(scope="session")
def phrase_of(ground, language):
    """Parse a phrase: phrase_of("near Mach").items."""
    return lambda text: parse_phrase(text, ground.names, language)
