"""Which of the places of a text stand round one another: "Mach, Bolan district", "Kech's Tump"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geosec.news.mentions import Mention

_INSIDE = re.compile(r",?\s*(?:in\s+|of\s+)?(?:the\s+)?(?:\w+\s+)?")
_OWNS = re.compile(r"['’]s\s+(?:\w+\s+)?")


def link_mentions(text: str, mentions: list[Mention]) -> list[Mention]:
    """Say of each mention whether it owns the next, or lies in the next."""
    linked = [
        one._replace(owns_next=_owns(text, one, two), lies_in_next=_lies_in(text, one, two))
        for one, two in pairwise(mentions)
    ]
    return linked + mentions[-1:]


def _owns(text: str, one: Mention, two: Mention) -> bool:
    """Whether a place owns the one behind it, as in "North Waziristan's Shawal area"."""
    return _OWNS.fullmatch(text, one.end, two.start) is not None


def _lies_in(text: str, one: Mention, two: Mention) -> bool:
    """Whether the next mention is the district, province or country round this one."""
    if not two.wide or one.sentence != two.sentence:
        return False
    return _INSIDE.fullmatch(text[one.end : two.start].lower()) is not None
