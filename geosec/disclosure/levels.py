"""The audiences of a release, what each is given, and the stamp that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from geosec.arguments import describe_given, require_text
from geosec.errors import ParameterError, near_misses
from geosec.schema import COLUMNS, name_points
from geosec.storage.provenance import RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

Audience = Literal["public", "partner", "internal"]
AUDIENCES: tuple[Audience, ...] = get_args(Audience)  #: who is given least comes first

WHOLE = ("event_type", "fatalities", "injuries")  #: columns that are given as they are
DAYS = ("date", "date_precision", "date_from", "date_to")
ON_REQUEST = ("actor", "target")  #: of the contract, and given only where `keep` names them
_GIVEN_PARTNERS = ("actor",)
#: Columns of the contract that say, or help to find, where an incident was or who told of it.
TELLING = frozenset(column.name for column in COLUMNS) - {*WHOLE, *DAYS, *ON_REQUEST}
RELEASED = "release_columns"  #: in `attrs`, which columns a released table has
_NOTED = ("data_generalizations", "information_withheld", "place_level", "h3_cell")
_SAID = {
    "public": "Released to the public",
    "partner": "Released to partners, not to be passed on",
    "internal": "Internal, not to be passed on",
}
_UNITS = {"adm2": "district", "adm1": "province"}


def require_audience(audience: Any) -> Audience:
    """Refuse what is no audience."""
    name = require_text(audience, "audience", f"one of {', '.join(AUDIENCES)}")
    if name not in AUDIENCES:
        msg = f"there is no audience {describe_given(name)}; {near_misses(name, AUDIENCES)}"
        raise ParameterError(msg)
    return AUDIENCES[AUDIENCES.index(name)]


def list_given(audience: Audience) -> tuple[str, ...]:
    """List the columns of the contract that an audience is given untouched."""
    return (*WHOLE, *_GIVEN_PARTNERS) if audience == "partner" else WHOLE


def read_stamp(table: pd.DataFrame) -> dict[str, Any] | None:
    """Read for whom a table was released; None where it was not."""
    stamp = table.attrs.get(RELEASE)
    known = isinstance(stamp, dict) and stamp.get("audience") in AUDIENCES
    return stamp if known else None


def name_purpose(stamp: Mapping[str, Any]) -> str:
    """Name what the identifiers of a release are made for, by its stamp.

    Those of another audience, or of other units, cannot be joined with them: who did could cut the
    units of both, and be left with fewer than k incidents.
    """
    return f"{stamp['audience']} {stamp.get('unit', '')} {stamp.get('donut_m', '')}"


def may_pass(table: pd.DataFrame, audience: Audience) -> bool:
    """Whether a table was released for this audience, or for one that is given less.

    Columns that were put into it since are refused with a `ParameterError`.
    """
    stamp = read_stamp(table)
    if stamp is None or AUDIENCES.index(stamp["audience"]) > AUDIENCES.index(audience):
        return False
    listed = table.attrs.get(RELEASED)
    added = [] if listed is None else [str(name) for name in table if name not in set(listed)]
    if added:
        msg = (
            f"the table was released for the audience {stamp['audience']!r}, and has got the "
            f"columns {', '.join(map(repr, added))} since; take them out, or release the table "
            "they came from with `keep=`."
        )
        raise ParameterError(msg)
    return True


def describe_release(attrs: Mapping[Any, Any]) -> str:
    """Say in a line, from the `attrs` of a table, for whom and how it was released; empty if not.

    >>> describe_release({"release": {"audience": "public", "unit": "adm2", "k": 5}})
    'Released to the public: places by district, 5 incidents or more in each; dates by month'
    """
    stamp = attrs.get(RELEASE)
    if not isinstance(stamp, dict) or stamp.get("audience") not in AUDIENCES:
        return ""
    said, told = _SAID[stamp["audience"]], []
    unit, donut = stamp.get("unit"), stamp.get("donut_m")
    if unit:
        name = _UNITS.get(unit, f"cell ({unit})")
        told.append(f"places by {name}, {stamp.get('k')} incidents or more in each")
    if donut:
        told.append(f"points moved by {donut[0] / 1000:g} to {donut[1] / 1000:g} km")
    if stamp["audience"] == "public":
        told.append("dates by month")
    return f"{said}: {'; '.join(told)}" if told else said


def find_strange(table: pd.DataFrame) -> list[Any]:
    """Find the columns of a table that are not of the contract."""
    known = {*WHOLE, *DAYS, *ON_REQUEST, *TELLING, *_NOTED, name_points(table)}
    return [name for name in table.columns if name not in known]


def list_columns_kept(keep: Iterable[Any], table: pd.DataFrame) -> list[Any]:
    """Check the columns that a caller wants kept beside those an audience is given."""
    there, kept = list(table.columns), [*keep]
    for name in kept:
        if name in TELLING or name in _NOTED or name == name_points(table):
            msg = (
                f"`keep` names {describe_given(name)}, which says where an incident was, or who "
                "told of it, and is never given; take it out of `keep`."
            )
            raise ParameterError(msg)
        if name not in there:
            hint = near_misses(str(name), [each for each in there if isinstance(each, str)])
            msg = f"`keep` names {describe_given(name)}, and the table has no such column; {hint}"
            raise ParameterError(msg)
    return kept
