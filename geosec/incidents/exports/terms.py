"""Who is credited for the rows of an export, and on what terms they may be passed on.

What is told of a source stands in the `attrs` of the table that `geosec.read_incidents` gives,
under the keys of this page, and travels with it through every verb: ``source_kind`` (``"acled"``
and so on, ``"plain"`` where no export is recognised), ``source_credit`` and ``source_terms`` (a
sentence each, left out where they are not known), and ``source_notices`` (a list of sentences: what
was recognised, and what of it is to be known).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE_KIND = "source_kind"
SOURCE_CREDIT = "source_credit"
SOURCE_TERMS = "source_terms"
SOURCE_NOTICES = "source_notices"


@dataclass(frozen=True)
class Terms:
    """What a source asks of who passes its rows on; empty where it is not known whose they are."""

    credit: str = ""  #: the line to show beside every figure and file
    terms: str = ""  #: what is allowed, in a sentence
    address: str = ""  #: where the source says so
    forbids_rows: bool = False  #: whether its rows are not to be passed on

    def list_attrs(self) -> dict[str, str]:
        """List credit and terms under their keys; none where they are not known."""
        terms = f"{self.terms} See {self.address}" if self.address else self.terms
        told = {SOURCE_CREDIT: self.credit, SOURCE_TERMS: terms}
        return {key: text for key, text in told.items() if text}


def list_credits(attrs: Mapping[Any, Any]) -> list[str]:
    """List credit and terms that travel with a table, the credit first."""
    told = (attrs.get(key) for key in (SOURCE_CREDIT, SOURCE_TERMS))
    return [text for text in told if isinstance(text, str) and text]


def forbids_rows(attrs: Mapping[Any, Any]) -> bool:
    """Whether the source of a table, as its `attrs` tell it, does not let its rows be passed on."""
    told = attrs.get(SOURCE_TERMS)
    is_theirs = any(isinstance(told, str) and told.startswith(each.terms) for each in _FORBIDDING)
    return is_theirs or attrs.get(SOURCE_KIND) in _FORBIDDING_KINDS


UNKNOWN = Terms()
# https://epo.acleddata.com/terms-of-use-and-attribution-policy
ACLED_TERMS = Terms(
    "Incidents: ACLED (Armed Conflict Location & Event Data), acleddata.com",
    "ACLED asks for credit with a link on every figure and file, and does not allow its rows to be "
    "passed on, or used commercially without its agreement.",
    "https://acleddata.com/terms-of-use-and-attribution-policy",
    forbids_rows=True,
)
# Sundberg and Melander 2013, Journal of Peace Research 50(4); for Candidate events Hegre et al.
# 2020, doi 10.1177/2053168020935257
UCDP_TERMS = Terms(
    "Incidents: UCDP Georeferenced Event Dataset, Uppsala University (Sundberg and Melander 2013), "
    "CC BY 4.0",
    "UCDP's rows may be passed on under CC BY 4.0, with credit and a word on what was changed.",
    "https://ucdp.uu.se/downloads/",
)
# The End User Agreement of the Global Terrorism Database, as its page sums it up
GTD_TERMS = Terms(
    "Incidents: Global Terrorism Database, START, University of Maryland, start.umd.edu/gtd",
    "START does not allow rows of the GTD to be shown in public, passed on, or used commercially "
    "without a licence; what is published from them cites it, and says what was changed.",
    "https://www.start.umd.edu/gtd/end-user-agreement/",
    forbids_rows=True,
)
_FORBIDDING = [each for each in (ACLED_TERMS, UCDP_TERMS, GTD_TERMS) if each.forbids_rows]
_FORBIDDING_KINDS = ("acled", "gtd")
