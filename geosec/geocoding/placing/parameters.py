"""The few numbers the geocoder rests on, each named, in one place.

Radii are full radii: a place is taken to lie within them for certain, spread evenly, so that the
95 % radius is ``sqrt(0.95)`` of each.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameters:
    """Extents, vaguenesses and priors.

    Attributes
    ----------
    town_density_per_km2 : float
        People per km2 of built-up area, by which a population becomes an extent. Large cities
        of Pakistan hold 6,000 to 20,000 (Demographia World Urban Areas 2023); the reports of a
        town reach beyond its built-up area.
    town_least_m, village_m, station_m, airport_m, facility_m : float
        Extents in metres of a small town, a village or quarter, a station and its yard, an
        airport, and any other facility.
    tehsil_m : float
        Extent of a tehsil or an area of which only the main town's point is known, metres.
    district_m, province_m, country_m : float
        Extents of units of which only a point is known, metres: the radius of a disc of their
        usual area (5,000, 100,000 and 800,000 km2), twice over, for they are no discs.
    near_m : float
        What "near" a town adds, metres; ACLED's precision 2, "near a town", is the same order.
    near_station_m : float
        What "near" a station or facility adds, metres.
    area_m : float
        What "area of" a town adds, metres.
    coordinates_m : float
        Extent given to coordinates that come without a precision code, metres.
    distance_share : float
        How far a reported distance may be off, as a share of it.
    compass_8_deg, compass_16_deg : float
        Half the sector a compass word stands for, degrees.
    corridor_share : float
        How far a road may leave the geodesic between two places, as a share of its length.
    road_m : float
        How far a highway may leave the geodesics between the towns it joins, metres.
    bring_up_m : float
        How far from a place the railway that is named with it may be, metres.
    farthest_m : float
        A distance from a place beyond which nobody gives it, metres.
    border_m : float
        How far beyond a border written coordinates still count as inside, metres.
    stand_in_share : float
        What is left of a score where a district stands for a place in it whose own point is not
        known: the point is then right only by chance.
    leftover_share : float
        What is left of a score where part of the phrase was not understood.
    abroad_share : float
        A phrase is called outside where places abroad are that probable together.
    word_letters : int
        A name of so many letters or fewer is also a word, where no town or district bears it.
    phrase_letters : int
        A text of more characters is no location phrase.
    report_m : float
        How far from the other places of its report a place is half as probable, metres.
    least_weight : float
        Readings less probable than that are dropped.
    clear_weight : float
        A reading at least that probable is a match; below, the row is ambiguous.

    Examples
    --------
    >>> Parameters().near_m
    10000.0
    """

    town_density_per_km2: float = 5_000.0
    town_least_m: float = 2_000.0
    village_m: float = 1_500.0
    station_m: float = 1_000.0
    airport_m: float = 3_000.0
    facility_m: float = 1_000.0
    tehsil_m: float = 20_000.0
    district_m: float = 80_000.0
    province_m: float = 350_000.0
    country_m: float = 1_000_000.0
    near_m: float = 10_000.0
    near_station_m: float = 5_000.0
    area_m: float = 4_000.0
    coordinates_m: float = 5_000.0
    distance_share: float = 0.15
    compass_8_deg: float = 22.5
    compass_16_deg: float = 11.25
    corridor_share: float = 0.1
    road_m: float = 10_000.0
    bring_up_m: float = 15_000.0
    farthest_m: float = 1_500_000.0
    border_m: float = 3_000.0
    stand_in_share: float = 0.35
    leftover_share: float = 0.85
    abroad_share: float = 0.5
    word_letters: int = 4
    phrase_letters: int = 500
    report_m: float = 100_000.0
    least_weight: float = 0.05
    clear_weight: float = 0.7


PARAMETERS = Parameters()

# How probable it is that a bare name means a place of this class, relative to a town of 2,000.
CLASS_PRIORS = {
    "town": 1.0,
    "province": 50.0,
    "country": 50.0,
    "district": 5.0,
    "division": 0.5,
    "tehsil": 0.5,
    "village": 0.5,
    "area": 0.5,
    "rail_station": 0.3,
    "rail_line": 1.0,
    "road": 1.0,
}
OTHER_PRIOR = 1.0

# Probability that a reading of each kind is the place meant, for a name spelt as in the gazetteer:
# fitted by `geosec evaluate --fit` to the phrases in tests/data, and rounded; landmarks and tehsils
# are set lower, by what phrases of unseen reports kept, for many of them stand at a borrowed point.
RULE_SCORES = {
    "coordinates": 0.99,
    "rail_km": 0.97,
    "rail_between": 0.98,
    "rail_station": 0.98,
    "town": 0.98,
    "district": 0.98,
    "province": 0.98,
    "offset": 0.98,
    "tehsil": 0.85,
    "landmark": 0.92,
    "facility": 0.96,
    "route": 0.9,
}
