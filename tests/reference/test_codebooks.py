"""Each rule against the words of its code book."""

from __future__ import annotations

import re

import pytest

from geosec.errors import ParameterError
from geosec.reference.codebooks import PRECISION_RULES, find_rule

# ACLED Codebook, acleddata.com, section "Spatial precision codes".
# UCDP GED Codebook 25.1, variable where_prec; of 5 the substance of section 5.4.2.
# GTD Codebook, III "Incident Location", Geocoding Specificity.
BOOKS = {
    ("acled", 1): "a particular town, and coordinates are available for that town",
    ("acled", 2): "If activity occurs near a town or a city, the same Geo-precision code 2",
    (
        "acled",
        3,
    ): "a larger region [...] a provincial capital [...] to represent the region",
    ("ucdp", 1): "exact location of the event known and coded",
    ("ucdp", 2): "event occurred within at maximum a ca. 25 km radius around a known point",
    ("ucdp", 3): "only the second order administrative division where an event happened is known",
    ("ucdp", 4): "only the first order administrative division",
    ("ucdp", 5): "a linear feature or fuzzy polygon",
    ("ucdp", 6): "only the country where the event took place in is known",
    ("ucdp", 7): "event in international waters or airspace",
    ("gtd", 1): "event occurred in city/village/town and lat/long is for that location",
    ("gtd", 2): "in city/village/town and no lat/long could be found, so coordinates are for "
    "centroid of smallest subnational administrative region identified",
    ("gtd", 3): "event did not occur in city/village/town, so coordinates are for centroid of "
    "smallest subnational administrative region identified",
    ("gtd", 4): "coordinates are for center of 1st order administrative region",
    ("gtd", 5): "so latitude and longitude are unknown",
}
SAYS = [  # the first that the words hold tells what the footprint must be
    (r"\bknown point|near a town", ("disc", 25_000)),
    (r"second order|smallest subnational", ("unit", "adm2")),
    (r"(first|1st) order|provincial", ("unit", "adm1")),
    (r"only the country", ("unit", "adm0")),
    (r"linear feature", ("line", None)),
    (r"unknown|international waters", ("nowhere", None)),
    (r"exact location", ("disc", 2_000)),
    (r"town", ("disc", 5_000)),
]


def test_every_rule_has_its_words():
    assert BOOKS.keys() == PRECISION_RULES.keys()


@pytest.mark.parametrize(("scheme", "code"), BOOKS)
def test_a_rule_is_what_its_book_says(scheme, code):
    rule, words = PRECISION_RULES[scheme, code], BOOKS[scheme, code]
    kind, extent = next(said for pattern, said in SAYS if re.search(pattern, words))
    assert rule.kind == kind
    assert extent in {None, rule.level, rule.full_radius_m}
    stated_km = re.search(r"(\d+) km", words)
    assert stated_km is None or float(stated_km[1]) * 1000 == rule.full_radius_m


@pytest.mark.parametrize(
    ("scheme", "code", "codes"),
    [("acled", 9, r"\[1, 2, 3\]"), ("gtd", 0, r"\[1, 2, 3, 4, 5\]"), ("osm", 1, "no codes here")],
)
def test_an_unknown_code_is_answered_with_those_of_its_book(scheme, code, codes):
    with pytest.raises(
        ParameterError, match=f"{scheme} has no precision code {code}; it has {codes}"
    ):
        find_rule(scheme, code)


def test_the_radius_of_a_known_point_is_the_book_s_own():
    assert find_rule("ucdp", 2).full_radius_m == 25_000.0


def test_a_disc_has_a_radius_and_a_unit_has_a_level():
    for rule in PRECISION_RULES.values():
        assert (rule.full_radius_m > 0) == (rule.kind in {"disc", "line"})
        assert rule.kind == "unit" or rule.level == "adm2"
        assert rule.vicinity_m == 0 or rule.kind == "disc"
