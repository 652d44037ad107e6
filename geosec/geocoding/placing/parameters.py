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
    near_m : float
        What "near" a town adds, metres; ACLED's precision 2, "near a town", is the same order.
    near_station_m : float
        What "near" a station or facility adds, metres.
    area_m : float
        What "area of" a town adds, metres.
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
    near_m: float = 10_000.0
    near_station_m: float = 5_000.0
    area_m: float = 4_000.0
    distance_share: float = 0.15
    compass_8_deg: float = 22.5
    compass_16_deg: float = 11.25
    corridor_share: float = 0.1
    road_m: float = 10_000.0
    bring_up_m: float = 15_000.0
    border_m: float = 3_000.0
    stand_in_share: float = 0.35
    leftover_share: float = 0.85
    abroad_share: float = 0.5
    word_letters: int = 4
    report_m: float = 100_000.0
    least_weight: float = 0.05
    clear_weight: float = 0.7


PARAMETERS = Parameters()
