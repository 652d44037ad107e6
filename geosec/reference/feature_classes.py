"""The feature classes of the gazetteer: what a place is, and what follows from that.

`FEATURE_CLASSES` is the one table, and the sets below it, by which rules speak of several classes
at once, are made of it. A gazetteer of somebody's own may hold other classes: they are sites of no
particular kind, `OTHER_CLASS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from geosec.match_rules import MatchRule

ClassName = Literal[
    "town",
    "village",
    "neighbourhood",
    "area",
    "union_council",
    "tehsil",
    "district",
    "division",
    "province",
    "country",
    "rail_station",
    "rail_line",
    "road",
    "airport",
    "port",
    "hospital",
    "religious_site",
    "military_site",
    "industrial_site",
    "market",
    "street",
    "landmark",
    "pass",
    "tunnel",
    "bridge",
    "dam",
    "canal",
    "border_crossing",
    "demonym",
    "other",
]
Kind = Literal["settlement", "part", "unit", "way", "in_town", "crossing", "site", "people"]


@dataclass(frozen=True)
class FeatureClass:
    """One class of place.

    Attributes
    ----------
    name : str
        As in the column ``feature_class`` of a gazetteer.
    kind : str
        ``settlement``; ``part`` of a district or town; administrative ``unit`` that is an area;
        ``way`` that runs through districts; thing that is only found ``in_town``; ``crossing`` of
        a ridge, river or border; any other ``site``; ``people`` that a place is named for.
    wording : str
        What a reason calls it.
    rule : str
        The match rule that such a place gives.
    prior : float
        How probable it is that a bare name means a place of the class, relative to a town of 2,000.
    extent_m : float
        Radius in metres of a place of the class whose own extent is not known.
    undrawn_m : float
        Radius in metres round the point of a unit whose area is not known: of a disc of the usual
        area of such units (5,000, 100,000 and 800,000 km2), twice over, for they are no discs;
        0 where no disc stands for it.
    rank : int
        From the finest to the widest: of one place under two classes the finer is kept.
    """

    name: ClassName
    kind: Kind
    wording: str
    rule: MatchRule = "landmark"
    prior: float = 1.0
    extent_m: float = 1_000.0
    undrawn_m: float = 0.0
    rank: int = 0


_CLASSES: Final = (
    FeatureClass("town", "settlement", "a town", "town", extent_m=2_000.0, rank=1),
    FeatureClass("village", "settlement", "a village", "town", 0.5, 1_500.0, rank=2),
    FeatureClass("neighbourhood", "part", "a neighbourhood", extent_m=1_500.0),
    FeatureClass("area", "part", "an area", prior=0.5, extent_m=1_500.0, rank=3),
    FeatureClass("union_council", "part", "a union council", "town", 0.3, 5_000.0, rank=4),
    FeatureClass("tehsil", "part", "a tehsil", "tehsil", 0.5, 20_000.0, rank=5),
    FeatureClass("district", "unit", "a district", "district", 5.0, undrawn_m=80_000.0, rank=6),
    FeatureClass("division", "unit", "a division", "district", 0.5, rank=7),
    FeatureClass("province", "unit", "a province", "province", 50.0, undrawn_m=350_000.0, rank=8),
    FeatureClass("country", "unit", "a country", "province", 50.0, undrawn_m=1_000_000.0, rank=9),
    FeatureClass("rail_station", "site", "a railway station", "rail_station", 0.3, rank=4),
    FeatureClass("rail_line", "way", "a railway line", "route"),
    FeatureClass("road", "way", "a road", "route"),
    FeatureClass("airport", "site", "an airport", "facility", extent_m=3_000.0),
    FeatureClass("port", "site", "a port", "facility"),
    FeatureClass("hospital", "in_town", "a hospital", "facility"),
    FeatureClass("religious_site", "in_town", "a religious site", "facility"),
    FeatureClass("military_site", "in_town", "a military site", "facility"),
    FeatureClass("industrial_site", "site", "an industrial site", "facility"),
    FeatureClass("market", "in_town", "a market", "facility"),
    FeatureClass("street", "in_town", "a street", "facility"),
    FeatureClass("landmark", "in_town", "a landmark"),
    FeatureClass("pass", "crossing", "a pass"),
    FeatureClass("tunnel", "crossing", "a tunnel"),
    FeatureClass("bridge", "crossing", "a bridge", "facility"),
    FeatureClass("dam", "crossing", "a dam", "facility"),
    FeatureClass("canal", "site", "a canal"),
    FeatureClass("border_crossing", "crossing", "a border crossing"),
    FeatureClass("demonym", "people", "a people"),
)
OTHER_CLASS: Final = FeatureClass("other", "site", "a place")
FEATURE_CLASSES: Final[dict[str, FeatureClass]] = {each.name: each for each in _CLASSES}


def _list_kind(kind: Kind) -> frozenset[str]:
    return frozenset(each.name for each in _CLASSES if each.kind == kind)


UNITS: Final = _list_kind("unit")
"""Areas with a border: districts, divisions, provinces, countries."""
WIDE_UNITS: Final = frozenset({"province", "country"})
"""Units so wide that what is only named after one is not placed by it."""
SETTLEMENTS: Final = _list_kind("settlement")
"""Towns and villages."""
SETTLED: Final = SETTLEMENTS | {"tehsil", "district", "province"}
"""What may be round a thing that bears another place's name."""
SURE_NAMES: Final = (SETTLED - {"village"}) | {"division"}
"""What lends weight to a short name that may also be a word."""
SMALL_PLACES: Final = _list_kind("part") | {"village"}
"""What is small beside a town, and may be named after one."""
WAYS: Final = _list_kind("way")
"""Roads and railway lines, which are in every district they run through."""
IN_TOWN: Final = _list_kind("in_town")
"""Things that are only found in towns."""
CROSSINGS: Final = _list_kind("crossing")
"""Passes, tunnels, bridges, dams and border crossings, which are places by themselves."""
NO_SITES: Final = UNITS | WAYS | {"tehsil", "rail_station"}
"""What "Mach hospital" does not mean by Mach."""
TOWN_SIZED: Final = SETTLEMENTS | {"tehsil"}
"""What "near" reaches farther from than from a station or a site."""
