"""Units that a phrase says its place is in."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

ContainerKind = Literal["province", "district", "division", "country", "town abroad"]
ABROAD: Final = frozenset({"country", "town abroad"})
DISTRICTS: Final = frozenset({"district", "division"})


class Container(NamedTuple):
    """A unit that a phrase says its place is in."""

    kind: ContainerKind
    code: str
    province: str = ""  #: `adm1_code` of a district
    rivals: frozenset[str] = frozenset()  #: codes of units that hold other places of its name
