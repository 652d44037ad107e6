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
    #: How many towns of 2,000 a coded event at a place counts for: reports that name Thall mean the
    #: town where 13 events were, and not the larger one of its name where none was.
    mention_weight: float = 2.0
    counted_events: float = 3.0  #: events at one place of a name that say which is meant
    near_station_m: float = 5_000.0  #: what "near" a station or facility adds
    area_m: float = 4_000.0  #: what "area of" a town adds
    #: How far from a town something may be that is told with it and is not known itself: about nine
    #: of ten coded villages and areas lie within it, and facilities within the other.
    unknown_beside_m: float = 40_000.0
    unknown_in_town_m: float = 20_000.0
    #: How far from the known place of a list, "Khar, Tangi and Loi Mamund areas", it may have been.
    listed_m: float = 25_000.0
    distance_share: float = 0.3  #: how far a reported distance may be off, as a share of it
    #: What a reported distance is off in any case. Of 190 coded places that reports tell by it,
    #: half lie more than 8 km from where the words lead, however near that is; three of four lie
    #: within the radii that twice as much makes.
    distance_error_m: float = 16_000.0
    compass_8_deg: float = 22.5  #: half the sector that "north-east" stands for
    compass_16_deg: float = 11.25  #: half the sector that "north-north-east" stands for
    corridor_share: float = 0.1  #: how far a road may leave the geodesic, as a share of its length
    road_m: float = 10_000.0  #: how far a highway may leave the geodesics between its towns
    stated_m: float = 15_000.0  #: how far from a stated district a place of it may stand
    bring_up_m: float = 15_000.0  #: how far from a place the railway named with it may be
    #: A misspelt name is read as another where that is at least so probable; beside a name that
    #: is known, and then stands for it, `guess_beside`. The odds are multiplied where the place
    #: lies in the province that is said, or in the very district.
    guess_share: float = 0.2
    guess_beside: float = 0.5
    guess_in_province: float = 1.5
    guess_in_district: float = 6.5
    guess_town: float = 3.2  #: a misspelt name is rather a town's than a village's
    guess_most: float = 0.84  #: no guess is more probable than that
    #: That of a tehsil is surer, for all of them are listed, and it is wide.
    guess_tehsil: float = 4.0
    guess_tehsil_most: float = 0.95
    #: How far from a province a stretch of its railway may be drawn: lines are chords between
    #: stations, 95 % of them within 6.4 km, and borders are off by some km too.
    rail_border_m: float = 8_000.0
    border_m: float = 3_000.0  #: how far beyond a border written coordinates still count as inside
    #: How far coordinates may lie from what the words beside them mean, beyond the radii of both.
    agreed_m: float = 25_000.0
    #: What is left of the score of coordinates that lie farther: one of the two is wrong.
    apart_share: float = 0.6
    #: What is left of the score of a distance that leads over a border, or out of what is stated.
    across_share: float = 0.5
    #: What is left of the score of the town a report is dated from, where it names no place.
    dateline_share: float = 0.6
    sure_score: float = 0.7  #: words that are less sure contradict no coordinates
    beside_m: float = 75_000.0  #: how far from a town a place named with it may be
    abroad_share: float = 0.5  #: a phrase is outside where places abroad are that probable together
    word_letters: int = 4  #: a name that short is also a word, where no town or district bears it
    report_m: float = 100_000.0  #: that far from the rest of its report a place is half as probable
    least_weight: float = 0.05  #: readings less probable than that are dropped
    clear_weight: float = 0.7  #: a reading at least that probable is a match, else it is ambiguous
    least_score: float = 0.5  #: an answer that is rather wrong than right is no match


PARAMETERS = Parameters()
