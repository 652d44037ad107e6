"""What a report is read against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geosec.geocoding.placing.readings import Answer
    from geosec.news.vocabulary import ReportWords


@dataclass(frozen=True)
class Setting:
    """What a report is read against; sites are in EPSG:4326."""

    #: What each mention of the report means.
    sites: Sequence[Answer]
    published: date
    words: ReportWords
    #: Number of the mention the report is dated from; what has no place else happened there.
    dated_from: int | None = None
    #: Offset at which the first sentence ends; only with that a report begins.
    lead_end: int = 0
