"""Which column of a table of counts means what, and whose table it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geosec.errors import ParameterError, SchemaError, near_misses
from geosec.incidents.columns import fold_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class CountsKind(NamedTuple):
    """A publisher's table of counts: how it is recognised, and what its publisher asks."""

    name: str  #: what `kind=` calls it
    title: str  #: how it is called in a sentence
    marks: frozenset[str]  #: columns, folded, that together are found in no other
    credit: str = ""  #: what is to be named beside figures made of it
    terms: str = ""  #: who may publish its rows


_ACLED = "Armed Conflict Location & Event Data Project (ACLED), acleddata.com"
_ACLED_TERMS = (
    "ACLED's terms of use: credit is to be given, and its rows may not be passed on as they are; "
    "https://acleddata.com/terms-of-use/"
)
#: Looked at in this order; the columns are those that the files of 2016 to 2025 bear.
KINDS = (
    CountsKind(
        "acled_weekly",
        "ACLED's weekly counts by province",
        frozenset({"week", "admin1", "event_type", "sub_event_type", "events", "fatalities"}),
        _ACLED,
        _ACLED_TERMS,
    ),
    CountsKind(
        "hapi",
        "conflict events of HDX HAPI",
        frozenset({"location_code", "admin2_code", "event_type", "events", "fatalities"}),
        f"{_ACLED}, by HDX HAPI",
        _ACLED_TERMS,
    ),
    CountsKind(
        "hapi",
        "conflict events of HDX HAPI",
        frozenset({"country_iso3", "admin_2_pcode", "event_type", "events", "start_date"}),
        f"{_ACLED}, by HDX HAPI",
        _ACLED_TERMS,
    ),
    CountsKind(
        "acled_hdx",
        "ACLED's monthly counts on HDX",
        frozenset({"country", "month", "year", "events", "admin2_pcode", "admin1_pcode"}),
        f"{_ACLED}, by HDX",
        _ACLED_TERMS,
    ),
    CountsKind(
        "acled_hdx",
        "ACLED's monthly counts by country on HDX",
        frozenset({"country", "month", "year", "events", "iso3"}),
        f"{_ACLED}, by HDX",
        _ACLED_TERMS,
    ),
)
HXL = CountsKind("hxl", "a table of counts with HXL tags", frozenset())
PLAIN = CountsKind("plain", "a table of counts", frozenset())
KIND_NAMES = (*dict.fromkeys(kind.name for kind in KINDS), HXL.name, PLAIN.name)

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
    "month": ("month", "month_name", "month_start", "month_starting", "monthstarting", "month_year"),
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
    "fatalities": ("fatalities", "deaths", "killed", "fatality_count", "total_fatalities", "best"),
    "injuries": ("injuries", "injured", "wounded"),
}
MEASURES = ("events", "fatalities", "injuries")
PERIODS = ("start", "week", "week_end", "month", "quarter", "year", "period", "date")
UNITS = ("admin2", "admin2_code", "admin1", "admin1_code", "unit", "unit_code")
PLACES = ("country", "country_code", *UNITS)
_MANY = ("breakdown",)  # what several columns may mean at once
_ALIASES = {name: role for role, names in ROLES.items() for name in (role, *names)}
_OF_ONE_PLACE = frozenset({"location", "latitude", "lat", "place", "location_name", "event_id"})
_LEAST_WIDE = 3  # columns that are periods: the table is wide

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


class CountColumns(NamedTuple):
    """Whose table of counts it is, and the column that has each role."""

    kind: CountsKind
    roles: dict[str, str]  #: the role of each column of the source that has one

    def find(self, role: str) -> str | None:
        """Find the column that has a role, None where there is none."""
        return next((name for name, own in self.roles.items() if own == role), None)

    def list_of(self, roles: Iterable[str]) -> list[str]:
        """List the columns that have one of some roles, in their order."""
        wanted = set(roles)
        return [name for name, own in self.roles.items() if own in wanted]


def recognise_counts(columns: Sequence[str]) -> CountsKind | None:
    """Recognise a table of counts by its columns; None where it is none, or of incidents."""
    folded = {fold_name(name) for name in columns}
    if folded & _OF_ONE_PLACE:
        return None
    for kind in KINDS:
        if kind.marks <= folded:
            return kind
    roles = {_read_role(name) for name in columns}
    whole = "events" in roles and bool(roles & set(PERIODS)) and bool(roles & set(PLACES))
    if not whole:
        return None
    return HXL if any(name.startswith("#") for name in columns) else PLAIN


def refuse_counts(columns: Sequence[str]) -> None:
    """Refuse a table of counts where incidents are read, with the verb that reads it."""
    kind = recognise_counts(columns)
    if kind is not None:
        msg = (
            f"this is {kind.title}: a row is a number of events in a unit and a period, and no "
            "incident. Read it with `geosec.read_counts`."
        )
        raise SchemaError(msg)


def match_count_columns(
    found: Sequence[str],
    given: Mapping[str, str],
    kind: str | None = None,
    tags: Mapping[str, str] | None = None,
) -> CountColumns:
    """Say what the columns of a table of counts mean: `given` ones first, then HXL's `tags`.

    Raises a `ParameterError` where `given` names a column that is not there, or a role that is
    none, and a `SchemaError` where two columns mean one, or something that is needed is missing.
    """
    _check_given(found, given)
    recognised = _take_kind(found, kind, tags)
    roles = dict(given)
    for name in found:
        role = _read_role((tags or {}).get(name, "")) or _read_role(name)
        if role and name not in roles and (role in _MANY or role not in given.values()):
            roles[name] = role
    roles = _order_roles(roles, found)
    _refuse_double(roles)
    _require_roles(roles, found)
    return CountColumns(recognised, roles)


def _take_kind(
    found: Sequence[str], kind: str | None, tags: Mapping[str, str] | None
) -> CountsKind:
    if kind is None:
        recognised = recognise_counts(found) or PLAIN
        return HXL if tags and recognised is PLAIN else recognised
    if kind not in KIND_NAMES:
        msg = f"there is no kind {kind!r} of tables of counts; {near_misses(kind, KIND_NAMES)}"
        raise ParameterError(msg)
    own = [each for each in (*KINDS, HXL, PLAIN) if each.name == kind]
    folded = {fold_name(name) for name in found}
    return max(own, key=lambda each: len(each.marks & folded))


def _check_given(found: Sequence[str], given: Mapping[str, str]) -> None:
    for name, role in given.items():
        if name not in found:
            msg = f"`columns` names {name!r}, which is not there; {near_misses(name, found)}"
            raise ParameterError(msg)
        if role not in ROLES:
            msg = f"`columns` says that {name!r} is {role!r}; {near_misses(str(role), ROLES)}"
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


def _order_roles(roles: Mapping[str, str], found: Sequence[str]) -> dict[str, str]:
    return {name: roles[name] for name in found if name in roles}


def _refuse_double(roles: Mapping[str, str]) -> None:
    reached = [role for role in roles.values() if role not in _MANY]
    twice = next((role for role in reached if reached.count(role) > 1), None)
    if twice is not None:
        both = " and ".join(repr(name) for name, role in roles.items() if role == twice)
        msg = f'the columns {both} both mean {twice!r}; say which with `columns={{"…": "{twice}"}}`.'
        raise SchemaError(msg)


def _require_roles(roles: Mapping[str, str], found: Sequence[str]) -> None:
    """Refuse a table without a unit, a period or a count, and one whose periods are columns."""
    reached = set(roles.values())
    needs = (("admin2", PLACES, "unit"), ("month", PERIODS, "period"), ("events", MEASURES, "count"))
    missing = [(role, what) for role, fitting, what in needs if not reached & set(fitting)]
    if not missing:
        return
    wide = [name for name in found if _is_period(name)]
    if len(wide) >= _LEAST_WIDE:
        msg = (
            f"the periods of this table are columns ({wide[0]!r} to {wide[-1]!r}), and a row is to "
            f'hold one of them: `table.melt(id_vars=[…], var_name="period", value_name="events")`.'
        )
        raise SchemaError(msg)
    role, what = missing[0]
    lacking = ", a ".join(what for _, what in missing)
    msg = (
        f"a table of counts needs a unit, a period and a count, and this one lacks a {lacking}. It "
        f"has the columns {', '.join(found) or 'none'}. Name yours with "
        f'`columns={{"yours": "{role}"}}`; a {what} may be '
        f"{', '.join(dict(zip(('unit', 'period', 'count'), (UNITS, PERIODS, MEASURES), strict=True))[what])}."
    )
    raise SchemaError(msg)


def _is_period(name: str) -> bool:
    months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
    return re.fullmatch(rf"(?:{months})[a-z]*[\s_-]*(?:\d{{2,4}})?|\d{{4}}(?:[-_/]\w+)?", name.strip().casefold()) is not None
