"""The few numbers that placing rests on, each named, in one place.

Radii are full radii: a place is taken to lie within them for certain, spread evenly, so that the
95 % radius is ``sqrt(0.95)`` of each. The extents of places stand in the table of feature classes,
the scores of rules in that of match rules.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameters:
    """Extents, vaguenesses and shares."""

    #: People per km2 of built-up area, by which a population becomes an extent. Large cities of
    #: Pakistan hold 6,000 to 20,000 (Demographia World Urban Areas 2023); the reports of a town
    #: reach beyond its built-up area.
    town_density_per_km2: float = 5_000.0
    #: What "near" a town adds; ACLED's precision 2, "near a town", is the same order.
    near_m: float = 10_000.0
    near_station_m: float = 5_000.0  #: what "near" a station or facility adds
    area_m: float = 4_000.0  #: what "area of" a town adds
    distance_share: float = 0.15  #: how far a reported distance may be off, as a share of it
    compass_8_deg: float = 22.5  #: half the sector that "north-east" stands for
    compass_16_deg: float = 11.25  #: half the sector that "north-north-east" stands for
    corridor_share: float = 0.1  #: how far a road may leave the geodesic, as a share of its length
    road_m: float = 10_000.0  #: how far a highway may leave the geodesics between its towns
    bring_up_m: float = 15_000.0  #: how far from a place the railway named with it may be
    #: A misspelt name is read as another where that is at least so probable; beside a name that
    #: is known, and then stands for it, `guess_beside`. The odds are multiplied where the place
    #: lies in the province that is said, or in the very district.
    guess_share: float = 0.2
    guess_beside: float = 0.5
    guess_in_province: float = 1.5
    guess_in_district: float = 6.5
    guess_most: float = 0.93  #: no guess is more probable than that
    border_m: float = 3_000.0  #: how far beyond a border written coordinates still count as inside
    #: What is left of a score where a district stands for a place in it whose own point is not
    #: known: the point is then right only by chance.
    stand_in_share: float = 0.35
    #: What is left of a score where a bare "Faisalabad Road" is placed at the town it leads to.
    road_share: float = 0.7
    leftover_share: float = 0.85  #: what is left of a score where words were not understood
    abroad_share: float = 0.5  #: a phrase is outside where places abroad are that probable together
    word_letters: int = 4  #: a name that short is also a word, where no town or district bears it
    report_m: float = 100_000.0  #: that far from the rest of its report a place is half as probable
    least_weight: float = 0.05  #: readings less probable than that are dropped
    clear_weight: float = 0.7  #: a reading at least that probable is a match, else it is ambiguous


PARAMETERS = Parameters()
