"""Which of the places of a text stand round one another: "Mach, Bolan district", "Kech's Tump"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geosec.news.mentions import Mention

_INSIDE = re.compile(r",?\s*(?:in\s+|of\s+)?(?:the\s+)?(?:\w+\s+)?")
_OWNS = re.compile(r"['’]s\s+(?:\w+\s+)?")


def find_last_part(text: str, mentions: Sequence[Mention], number: int) -> int:
    """Find the mention with which the phrase for a place ends: the district or province behind."""
    while number + 1 < len(mentions) and lies_in_next(text, mentions, number):
        number += 1
    return number


def owns_next(text: str, mentions: Sequence[Mention], number: int) -> bool:
    """Whether a place owns the one behind it, as in "North Waziristan's Shawal area"."""
    if number + 1 >= len(mentions):
        return False
    gap = text[mentions[number].end : mentions[number + 1].start]
    return _OWNS.fullmatch(gap) is not None


def lies_in_next(text: str, mentions: Sequence[Mention], number: int) -> bool:
    """Whether the next mention is the district, province or country round this one."""
    one, two = mentions[number : number + 2]
    if not two.wide or one.sentence != two.sentence:
        return False
    return _INSIDE.fullmatch(text[one.end : two.start].lower()) is not None
