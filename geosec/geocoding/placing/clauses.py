"""The constructions of a phrase handed to those who place them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geosec.geocoding.placing.corridors import CorridorPlacer
from geosec.geocoding.placing.offsets import OffsetPlacer
from geosec.geocoding.placing.stretches import StretchPlacer
from geosec.language import tags

if TYPE_CHECKING:
    from geosec.geocoding.grammar.phrases import Clause, Phrase
    from geosec.geocoding.placing.ground import Ground
    from geosec.geocoding.placing.matcher import Matcher
    from geosec.geocoding.placing.readings import Placement
    from geosec.geocoding.placing.scope import Scope


class ClausePlacer:
    """Place what a construction speaks of."""

    def __init__(self, ground: Ground, matcher: Matcher) -> None:
        self.stretches = StretchPlacer(ground, matcher)
        self._corridors = CorridorPlacer(ground, matcher)
        offsets = self._from_places = OffsetPlacer(ground, matcher)
        self._offsets = {
            "offset": offsets.place_offset,
            "distance": offsets.place_distance,
            "toward": self._place_toward,
            "side": offsets.place_side,
        }

    def place(self, phrase: Phrase, scope: Scope) -> list[Placement]:
        """Place the construction of a phrase; nothing if the places it starts from are unknown."""
        clause = phrase.clause
        if clause is None:
            return []
        if clause.kind != "km_post" and clause.post_km is not None:
            return self._place_from_post(clause, phrase, scope)
        if clause.kind in self._offsets:
            return self._offsets[clause.kind](clause, scope)
        if clause.kind == "km_post":
            return self.stretches.place_km_post(clause, phrase.items, scope)
        if clause.kind == "pair" and tags.BORDER in clause.nouns:
            return self._corridors.place_border(clause.items, scope)
        return self._place_between(clause, phrase, scope)

    def _place_toward(self, clause: Clause, scope: Scope) -> list[Placement]:
        """Go towards a place: along the railway if it is named and leads there, else straight."""
        by_rail = tags.RAILWAY in clause.nouns
        along = self.stretches.place_far_along(clause, scope) if by_rail else []
        return along or self._from_places.place_toward(clause, scope)

    def _place_from_post(self, clause: Clause, phrase: Phrase, scope: Scope) -> list[Placement]:
        """Go so far from a kilometre post, in a direction if one is given."""
        offsets = self._from_places
        draw = offsets.place_from if clause.kind == "offset" else offsets.place_round
        posts = self.stretches.find_posts(clause, phrase.items, scope)
        return [draw(post, clause) for post in posts]

    def _place_between(self, clause: Clause, phrase: Phrase, scope: Scope) -> list[Placement]:
        """Place what is between two places: on their border, on the railway, or by the road."""
        one, two = clause.items
        nouns = clause.nouns + "".join(item.nouns for item in (one, two, *phrase.items))
        if tags.BORDER in nouns:
            shared = self._corridors.place_border(clause.items, scope)
            if shared:
                return shared
        by_rail = phrase.rail or (
            tags.ROAD not in nouns and all(map(self.stretches.name_stations, (one, two)))
        )
        on_line = self.stretches.place_stretch(one, two, scope) if by_rail else []
        return on_line or self._corridors.place_corridor(clause.items, scope)
