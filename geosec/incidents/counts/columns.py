"""Which column of a table of counts means what, and whose table it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from geosec.arguments import require_text
from geosec.errors import ParameterError, SchemaError, near_misses
from geosec.incidents.cells import Rejected, read_count
from geosec.incidents.columns import fold_name
from geosec.incidents.exports.hxl import read_tags
from geosec.incidents.exports.terms import ACLED_TERMS, UNKNOWN, Terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet


class CountsKind(NamedTuple):
    """A publisher's table of counts: how it is recognised, and what its publisher asks."""

    name: str  #: what `kind=` calls it
    title: str  #: how it is called in a sentence
    known_by: tuple[str, ...] = ()  #: folded names of columns; all of one line tell it
    terms: Terms = UNKNOWN

    def is_known_by(self, names: AbstractSet[str]) -> bool:
        """Tell whether columns of these names, folded, make a table of this kind."""
        return any(names >= {*line.split()} for line in self.known_by)


ACLED_WEEKLY = CountsKind(  # acleddata.com, "How to use ACLED's aggregated data"
    "acled_weekly",
    "ACLED's weekly counts by province",
    ("week country admin1 event_type sub_event_type events",),
    ACLED_TERMS,
)
ACLED_HDX = CountsKind(  # the sheets of data.humdata.org/organization/acled
    "acled_hdx",
    "ACLED's monthly counts on HDX",
    ("country month year events admin2_pcode", "country month year events iso3"),
    ACLED_TERMS,
)
HAPI = CountsKind(  # github.com/OCHA-DAP/hdx-scraper-acled, its columns and tags of 2025
    "hapi",
    "conflict events of HDX HAPI",
    (
        "location_code admin2_code event_type events reference_period_start",
        "country_iso3 admin_2_pcode event_type events start_date",
    ),
    ACLED_TERMS,
)
HXL = CountsKind("hxl", "a table of counts with HXL tags")
PLAIN = CountsKind("plain", "a table of counts")
KINDS = {kind.name: kind for kind in (ACLED_WEEKLY, ACLED_HDX, HAPI, HXL, PLAIN)}

#: What a column can mean, and the usual names of it, folded.
ROLES: dict[str, tuple[str, ...]] = {
    "country": ("country", "country_name", "adm0_name", "admin0", "admin0_name", "adm0_en"),
    "country_code": ("iso3", "location_code", "country_iso3", "country_code", "iso", "adm0_code"),
    "admin1": (
        *("admin1", "admin1_name", "adm1_name", "adm1_en", "admin_1", "admin_1_name", "adm_1"),
        *("province", "governorate", "oblast"),
    ),
    "admin1_code": (
        *("admin1_pcode", "admin_1_pcode", "adm1_pcode", "admin1_code", "adm1_code"),
        "province_code",
    ),
    "admin2": (
        *("admin2", "admin2_name", "adm2_name", "adm2_en", "admin_2", "admin_2_name", "adm_2"),
        *("district", "district_name", "raion"),
    ),
    "admin2_code": (
        *("admin2_pcode", "admin_2_pcode", "adm2_pcode", "admin2_code", "adm2_code"),
        *("district_code", "pcode", "p_code"),
    ),
    "provider_admin1": ("provider_admin1_name",),
    "provider_admin2": ("provider_admin2_name",),
    "unit": ("unit", "unit_name"),
    "unit_code": ("unit_code",),
    "level": ("admin_level", "adm_level", "unit_level"),
    "start": (
        *("period_start", "reference_period_start", "start_date", "date_start", "date_from"),
        "start",
    ),
    "end": ("period_end", "reference_period_end", "end_date", "date_end", "date_to", "end"),
    "week": ("week", "week_start", "week_starting", "week_beginning", "iso_week", "week_number"),
    "week_end": ("week_end", "week_ending"),
    "month": (
        "month",
        "month_name",
        "month_start",
        "month_starting",
        "monthstarting",
        "month_year",
    ),
    "quarter": ("quarter",),
    "year": ("year",),
    "period": ("period",),
    "date": ("date", "event_date", "day"),
    "event_type": ("event_type", "type", "type_of_violence", "category"),
    "breakdown": (
        *("sub_event_type", "disorder_type", "actor", "actor1", "actor2", "group", "side_a"),
        *("side_b", "dyad_name", "target", "weapon", "sex", "age", "civilian_targeting"),
    ),
    "events": (
        *("events", "event_count", "events_count", "number_of_events", "no_of_events"),
        *("num_events", "n_events", "total_events", "incidents", "incident_count"),
        *("number_of_incidents", "no_of_incidents", "incidents_count", "total_incidents"),
        *("count", "counts", "attacks", "number_of_attacks"),
    ),
    "fatalities": (
        *("fatalities", "deaths", "killed", "fatality_count", "total_fatalities", "best"),
        *("best_fatality_estimate", "bd_best"),  # of UCDP's sets by actor and by conflict
    ),
    "injuries": ("injuries", "injured", "wounded"),
}
MEASURES = ("events", "fatalities", "injuries")
PERIODS = ("month", "start", "week", "week_end", "quarter", "year", "period", "date")
UNITS = ("admin2", "admin2_code", "admin1", "admin1_code", "unit", "unit_code")
PLACES = (*UNITS, "country", "country_code")
_MANY = ("breakdown",)  # what several columns may mean at once
_ALIASES = {name: role for role, names in ROLES.items() for name in (role, *names)}
_OF_ONE_PLACE = frozenset({"location", "latitude", "lat", "place", "location_name", "event_id"})
_OF_ONE_EVENT = ("#geo", "#loc", "#event+id", "#event+code", "#description")
_LONG_PERIODS = ("week", "week_end", "month", "quarter", "period")  # that no incident has
_NEEDED = {"unit": PLACES, "period": PERIODS, "count": MEASURES}
_OWN = {"unit_code", "unit_rule", "unit_reason", "period_start"}  # what read_counts adds
_LEAST_WIDE = 3  # columns that are periods: the table is wide
_A_PERIOD = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s_-]*(?:\d{2,4})?"
    r"|\d{4}(?:[-_/ ]?[qmw]?\d{1,2})?",
    re.IGNORECASE,
)

#: HXL's tags by what they must bear, the first that fits; attributes stand in any order.
_TAGS: tuple[tuple[str, str], ...] = (
    ("#adm+level", "level"),
    ("#adm1+name+provider", "provider_admin1"),
    ("#adm2+name+provider", "provider_admin2"),
    ("#adm1+code", "admin1_code"),
    ("#adm2+code", "admin2_code"),
    ("#adm1", "admin1"),
    ("#adm2", "admin2"),
    ("#country+code", "country_code"),
    ("#country", "country"),
    ("#date+start", "start"),
    ("#date+end", "end"),
    ("#date+week", "week"),
    ("#date+month", "month"),
    ("#date+year", "year"),
    ("#period+start", "start"),
    ("#period+end", "end"),
    ("#period", "period"),
    ("#date", "date"),
    ("#event+type", "event_type"),
    ("#event+num", "events"),
    ("#indicator+event+num", "events"),
    ("#affected+killed", "fatalities"),
    ("#fatality+num", "fatalities"),
    ("#affected+injured", "injuries"),
)


class CountsRecognition(NamedTuple):
    """What a table was recognised as."""

    kind: CountsKind | None  #: None where it is no table of counts
    tags: Mapping[str, str]  #: HXL tags by column, if the table has a row of them
    heads: int = 0  #: how many of the first rows are headers too


def recognise_counts(
    columns: Sequence[str], first_rows: Iterable[Mapping[str, Any]] = (), kind: str | None = None
) -> CountsRecognition:
    """Tell whether a table holds counts, and whose, from its columns and its first rows.

    `kind` overrides what the columns tell. Raises a `ParameterError` if there is no such kind.
    """
    row = next(iter(first_rows), None)
    tags = read_tags(columns, row)
    heads = 1 if tags else 0
    tags = tags or read_tags(columns, dict(zip(columns, columns, strict=True)))
    if kind is not None:
        if require_text(kind, "kind", "the name of a kind of table") not in KINDS:
            msg = f"there is no kind {kind!r} of tables of counts; {near_misses(kind, KINDS)}"
            raise ParameterError(msg)
        return CountsRecognition(KINDS[kind], tags, heads)
    return CountsRecognition(_recognise(columns, tags, None if heads else row), tags, heads)


def _recognise(
    columns: Sequence[str], tags: Mapping[str, str], row: Mapping[str, Any] | None
) -> CountsKind | None:
    names = {fold_name(name) for name in columns}
    known = _find_publisher(names)
    if known is not None or names & _OF_ONE_PLACE or _has_tag(tags, _OF_ONE_EVENT):
        return known
    roles = {_read_role(tags.get(name, "")) or _read_role(name): name for name in columns}
    is_counted = "events" in roles and _is_count(row, roles["events"])
    needed = (PERIODS, PLACES) if is_counted else (_list_long(tags), UNITS, MEASURES)
    plain = HXL if tags else PLAIN
    return plain if all(map(roles.keys().__and__, map(set, needed))) else None


def _find_publisher(names: AbstractSet[str]) -> CountsKind | None:
    return next((kind for kind in KINDS.values() if kind.is_known_by(names)), None)


def _has_tag(tags: Mapping[str, str], beginnings: tuple[str, ...]) -> bool:
    return any(tag.startswith(beginnings) for tag in tags.values())


def _list_long(tags: Mapping[str, str]) -> set[str]:
    """List the periods that no incident has; under tags, each, where no event has a type."""
    return {*(PERIODS if tags and not _has_tag(tags, ("#event",)) else _LONG_PERIODS)}


def _is_count(row: Mapping[str, Any] | None, column: str) -> bool:
    """Tell whether a cell may be a count: a column called "incidents" may hold what happened."""
    if row is None:
        return True
    try:
        read_count(column, row.get(column))
    except Rejected:
        return str(row.get(column))[:1] in "-0123456789"
    return True


def refuse_counts(
    columns: Sequence[str], first_rows: Iterable[Mapping[str, Any]] = (), *, is_named: bool = False
) -> None:
    """Refuse a table of counts where incidents are read, with the verb that reads it.

    A plain one goes through where the caller has named its columns.
    """
    kind = recognise_counts(columns, first_rows).kind
    if kind is not None and not (is_named and kind is PLAIN):
        msg = (
            f"the table is {kind.title}: a row is how many events there were in a unit and a "
            "period, and no incident. Read it with `geosec.read_counts`."
        )
        raise SchemaError(msg)


def match_count_columns(
    found: Sequence[str], given: Mapping[str, str], tags: Mapping[str, str]
) -> dict[str, str]:
    """Say what the columns of a table of counts mean, by column: `given` first, then HXL's `tags`.

    Raises a `ParameterError` where `given` names a column that is not there, or a role that is
    none, and a `SchemaError` where two columns mean one, or something that is needed is missing.
    """
    _check_given(found, given)
    if {*found} >= _OWN:
        msg = (
            "the table was read by `geosec.read_counts` before; use it as it stands "
            '(`pandas.read_csv(…, parse_dates=["period_start", "period_end"])`), or drop the '
            "columns that it added to read it again."
        )
        raise SchemaError(msg)
    roles = name_roles(found, given, tags)
    _refuse_double(roles)
    _require_roles(roles, found)
    return roles


def name_roles(
    found: Sequence[str], given: Mapping[str, str], tags: Mapping[str, str]
) -> dict[str, str]:
    """Name what each column means that means something: `given` first, then HXL's `tags`."""
    roles = {}
    for name in found:
        role = given.get(name) or _read_role(tags.get(name, "")) or _read_role(name)
        taken = name not in given and role not in _MANY and role in given.values()
        if role and not taken:
            roles[name] = role
    return roles


def _check_given(found: Sequence[str], given: Mapping[str, str]) -> None:
    for name, role in given.items():
        require_text(name, "columns", "names of columns")
        require_text(role, "columns", "what a column means")
        if name not in found:
            msg = f"`columns` names {name!r}, which is not there; {near_misses(name, found)}"
            raise ParameterError(msg)
        if role not in ROLES:
            msg = f"`columns` says that {name!r} is {role!r}; {near_misses(role, ROLES)}"
            raise ParameterError(msg)


def _read_role(name: str) -> str:
    """Read what a column means by its name or tag; empty where it is no usual one."""
    if not name.startswith("#"):
        return _ALIASES.get(fold_name(re.sub(r"[-.]+", "_", name)), "")
    tag, *attributes = re.sub(r"\s+", "", name).casefold().split("+")
    for pattern, role in _TAGS:
        wanted, *needed = pattern.split("+")
        if tag == wanted and set(needed) <= set(attributes):
            return role
    return ""


def _refuse_double(roles: Mapping[str, str]) -> None:
    reached = [role for role in roles.values() if role not in _MANY]
    twice = next((role for role in reached if reached.count(role) > 1), None)
    if twice is not None:
        both = " and ".join(repr(name) for name, role in roles.items() if role == twice)
        msg = (
            f'the columns {both} both mean {twice!r}; say which with `columns={{"…": "{twice}"}}`.'
        )
        raise SchemaError(msg)


def _require_roles(roles: Mapping[str, str], found: Sequence[str]) -> None:
    """Refuse a table without a unit, a period or a count, and one whose periods are columns."""
    reached = set(roles.values())
    missing = [what for what, fitting in _NEEDED.items() if not reached & {*fitting}]
    if not missing:
        return
    wide = [name for name in found if _A_PERIOD.fullmatch(name.strip())]
    if len(wide) >= _LEAST_WIDE:
        msg = (
            f"the periods of this table are columns ({wide[0]!r} to {wide[-1]!r}), and a row is to "
            'hold one of them: `table.melt(id_vars=[…], var_name="period", value_name="events")`.'
        )
        raise SchemaError(msg)
    first = missing[0]
    msg = (
        f"a table of counts needs a unit, a period and a count, and this one lacks a "
        f"{' and a '.join(missing)}. It has the columns {', '.join(found) or 'none'}. Name yours "
        f'with `columns={{"yours": "{_NEEDED[first][0]}"}}`; a {first} is one of '
        f"{', '.join(_NEEDED[first])}."
    )
    raise SchemaError(msg)
