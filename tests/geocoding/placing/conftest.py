"""What the tests of constructions read and measure with."""

from __future__ import annotations

import pytest

from geosec.geocoding.placing.clauses import ClausePlacer
from geosec.geocoding.placing.scope import Scope

BALOCHISTAN = Scope(frozenset({"PK-BA"}))


@pytest.fixture(scope="session")
def read(ground, matcher, phrase_of):
    """Place the construction of a phrase: read("12 km south of Sibi") gives its placements."""
    placer = ClausePlacer(ground, matcher)
    return lambda text, scope=BALOCHISTAN: placer.place(phrase_of(text), scope)


@pytest.fixture(scope="session")
def town(ground):
    """Give the town of a name."""

    def named(name):
        places = ground.list_places(ground.names.find(name).places)
        return next(place for place in places if place.feature_class == "town")

    return named
