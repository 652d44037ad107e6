"""The options of the shell: groups of them, and what typer makes of a group."""

from __future__ import annotations

import inspect
from dataclasses import dataclass, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from collections.abc import Callable

_SHOWN_EXITS = "0 done; 1 nothing was read, or what was given cannot be used; 2 wrong usage."
KINDS = ("acled", "ucdp", "gtd", "hxl", "satp", "plain")
TARGETS = ("stations", "lines", "districts")
USUAL_TITLE = "Reported incidents"

IncidentFile = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="Table, spatial file or database.",
        show_default=False,
    ),
]
TextFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Text, or - for standard input.", show_default=False)
]
Title = Annotated[str, typer.Option(metavar="TEXT", help="Heading of the map.")]
GazetteerFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Places by name: a country of GeoNames (AF.zip), or a table.",
        show_default="Pakistan's",
    ),
]
TextEncoding = Annotated[str, typer.Option(metavar="NAME", help="Of text, such as cp1252.")]
TableOut = Annotated[
    str | None,
    typer.Option(
        metavar="FILE",
        help="File to write: .csv, .xlsx, .parquet, .geojson, .gpkg; or postgresql://...",
        show_default="printed",
    ),
]


class Command(TyperCommand):
    """A command that refuses two switches of which the later one would undo the other."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Read the words of a command line."""
        for option in self.params:
            both = {*option.opts, *option.secondary_opts}
            if option.secondary_opts and both <= {*args}:
                msg = f"{' and '.join(sorted(both))} say the contrary; give one"
                raise typer.BadParameter(msg, ctx)
        return super().parse_args(ctx, args)


def _complete_kind(incomplete: str) -> list[str]:
    return [name for name in KINDS if name.startswith(incomplete)]


def _complete_target(incomplete: str) -> list[str]:
    return [name for name in TARGETS if name.startswith(incomplete)]


def read_columns(words: list[str] | None) -> dict[str, str]:
    """Read ``theirs=date`` as a column of the file and what it is; the last ``=`` divides."""
    names: dict[str, str] = {}
    for word in words or ():
        theirs, divider, ours = word.rpartition("=")
        if not (divider and theirs and ours):
            msg = f"{word!r} is not THEIRS=OURS, such as Ort=location"
            raise typer.BadParameter(msg)
        if names.setdefault(theirs, ours) != ours:
            msg = f"the column {theirs!r} is said to be {names[theirs]!r} and {ours!r}"
            raise typer.BadParameter(msg)
    return names


def _check_columns(words: list[str] | None) -> list[str] | None:
    read_columns(words)
    return words


@dataclass(frozen=True)
class Opening:
    """How a file of incidents is opened, and what its columns are."""

    kind: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=f"Export that it is: {', '.join(KINDS)}.",
            autocompletion=_complete_kind,
            show_default="by its columns",
        ),
    ] = None
    columns: Annotated[
        list[str] | None,
        typer.Option(
            metavar="THEIRS=OURS",
            help="What a column of the file is, such as Ort=location; may be repeated.",
            callback=_check_columns,
            show_default="by its name",
        ),
    ] = None
    sql: Annotated[
        str | None,
        typer.Option(
            metavar="SELECT",
            help="What to ask a database, where FILE is postgresql://user@host/base.",
            show_default=False,
        ),
    ] = None
    sheet: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Sheet of a workbook or layer of a GeoPackage.",
            show_default="the only one",
        ),
    ] = None
    encoding: TextEncoding = "utf-8"


@dataclass(frozen=True)
class Reading(Opening):
    """How a file of incidents is read, as `read_incidents` takes it."""

    day_first: Annotated[
        bool | None,
        typer.Option(
            "--day-first/--month-first",
            help="03/04/2025 is 3 April, or 4 March.",
            show_default="such a date is rejected",
        ),
    ] = None
    rejected: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="File to write rejected rows to.", show_default="a few are printed"
        ),
    ] = None


@dataclass(frozen=True)
class Counting(Reading):
    """How a table of counts is read, as `read_counts` takes it."""

    kind: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Whose table it is: acled_hdx, acled_weekly, hapi, hxl, plain.",
            show_default="by its columns",
        ),
    ] = None
    level: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL", help="adm0, adm1 or adm2.", show_default="the finest there is"
        ),
    ] = None
    on: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Districts of a day, YYYY-MM-DD, or of each row's own: period.",
            show_default="those of 2018",
        ),
    ] = None
    every: Annotated[
        str | None,
        typer.Option(
            metavar="LENGTH",
            help="What a single date begins: day, week, month, quarter or year.",
            show_default="by the dates",
        ),
    ] = None
    until: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="Last day that the file covers.", show_default=False),
    ] = None


@dataclass(frozen=True)
class Ground:
    """Places, boundaries and railway of one's own, instead of Pakistan's."""

    on: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            help="Districts of a day, YYYY-MM-DD, or of each incident's own: incident.",
            show_default="those of 2018",
        ),
    ] = None
    anywhere: Annotated[
        bool,
        typer.Option(
            "--anywhere",
            help="Take coordinates wherever they are, not in the country of the places alone.",
        ),
    ] = False
    gazetteer: GazetteerFile = None
    boundaries: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Polygons of districts or other units: .geojson, .gpkg or .parquet.",
            show_default="Pakistan's",
        ),
    ] = None
    unit_name: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN", help="The column with their names.", show_default="by its spelling"
        ),
    ] = None
    unit_code: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN", help="The column with their codes.", show_default="by its spelling"
        ),
    ] = None
    stations: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Stations of a railway: name, line, km, longitude, latitude.",
            show_default="Pakistan's",
        ),
    ] = None
    lines: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Where its lines run, each named in a column line.",
            show_default="from station to station",
        ),
    ] = None


@dataclass(frozen=True)
class Measure:
    """What is measured to, and how many of them."""

    to: Annotated[
        str,
        typer.Option(
            metavar="LAYER",
            help=f"What to measure to: {', '.join(TARGETS)}.",
            autocompletion=_complete_target,
        ),
    ] = "stations"
    k: Annotated[int, typer.Option(metavar="N", help="How many for each incident.")] = 3


@dataclass(frozen=True)
class Hints:
    """What is known of where phrases are."""

    admin1: Annotated[
        str | None, typer.Option(metavar="NAME", help="Province they are in.", show_default=False)
    ] = None
    admin2: Annotated[
        str | None, typer.Option(metavar="NAME", help="District they are in.", show_default=False)
    ] = None
    admin3: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Tehsil or town they are in.", show_default=False),
    ] = None


@dataclass(frozen=True)
class Sampling:
    """How many draws each incident gets, and their seed."""

    draws: Annotated[
        int, typer.Option(metavar="N", help="Draws for each incident; 0: best points alone.")
    ] = 199
    seed: Annotated[int, typer.Option(metavar="N", help="Seed of the draws.")] = 0


def spread_groups(function: Callable[..., None]) -> Callable[..., None]:
    """Take the fields of the groups in a signature as options of their own; typer has no groups."""
    hints = get_type_hints(function, include_extras=True)
    groups: dict[str, Any] = {}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(function).parameters.items():
        hint = hints[name]
        if is_dataclass(hint):
            groups[name] = hint
            parameters += _list_fields(hint)
        else:
            kind = inspect.Parameter.KEYWORD_ONLY
            parameters.append(parameter.replace(annotation=hint, kind=kind))

    @wraps(function)
    def call(**options: Any) -> None:
        made = {}
        for name, group in groups.items():
            made[name] = group(**{each.name: options.pop(each.name) for each in fields(group)})
        function(**options, **made)

    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {each.name: each.annotation for each in parameters}
    return call


def _list_fields(group: Any) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            each.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=each.default,
            annotation=hints[each.name],
        )
        for each in fields(group)
    ]


def write_epilog(example: str) -> str:
    """Write what stands below the help of a command: an example, and how it ends."""
    return f"Example: {example}\n\nExit codes: {_SHOWN_EXITS}"
