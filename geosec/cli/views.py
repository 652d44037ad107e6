"""`geosec columns`, `nearest`, `map` and `data list`: what a file and the ground hold."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from geosec.analysis.proximity import nearest
from geosec.cli.grounds import (
    assign_ground,
    has_own_layers,
    load_network,
    load_targets,
    locate_incidents,
    reaches_home,
    read_named_units,
)
from geosec.cli.options import Sampling, read_columns
from geosec.cli.outputs import check_file, check_table, refuse_source
from geosec.cli.printing.page import Listing, say, show
from geosec.cli.printing.terminal import escape_line, format_figure
from geosec.cli.reading import end_if_nothing, read_file, tell_notices
from geosec.cli.wording import name_options
from geosec.data.catalogue import list_layers
from geosec.errors import ParameterError
from geosec.exports import write_table
from geosec.incidents.exports.descriptions import describe_columns
from geosec.maps.figures import PICTURES, load_matplotlib, static_map
from geosec.maps.webmap import incident_map, save_map
from geosec.schema import INDEX

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from geosec.cli.map_options import Drawing
    from geosec.cli.options import Ground, Measure, Opening, Reading
    from geosec.railway.network import RailNetwork

_PAGES = (".html", ".htm")


def measure_nearest(
    source: str,
    measure: Measure,
    sampling: Sampling,
    *,
    reading: Reading,
    ground: Ground,
    out: str | None,
) -> None:
    """Print or write the nearest targets of each incident of a file."""
    check_table(out, source)
    targets = load_targets(measure.to, ground)
    incidents, _ = read_file(source, reading)
    draws, seed = sampling.draws, sampling.seed
    table = nearest(
        locate_incidents(incidents, ground), targets, k=measure.k, draws=draws, seed=seed
    )
    if out is None:
        show([_list_nearest(table)])
    else:
        say(f"written to {write_table(table, out)}")
    end_if_nothing(incidents, source)


def _list_nearest(table: pd.DataFrame) -> Listing:
    """List targets, distances in metres and directions in degrees from north."""
    rows = []
    for row in table.itertuples():
        low, high = (format_figure(m, ".0f") for m in (row.distance_low_m, row.distance_high_m))
        rows.append(
            [
                escape_line(getattr(row, INDEX)),
                str(row.rank),
                escape_line(row.target_id),
                escape_line(row.target_name),
                f"{row.distance_m:.0f}",
                "-" if "-" in {low, high} else f"{low}-{high}",
                format_figure(row.azimuth_deg, ".0f"),
            ]
        )
    names = ("incident", ">rank", "target", "name", ">m", ">95 % interval", ">azimuth")
    return Listing(names, rows)


def draw_map(source: str, reading: Reading, drawing: Drawing, *, ground: Ground, out: Path) -> None:
    """Draw the incidents of a file on a map and write it."""
    check_file(out, "a map", (*_PAGES, *PICTURES))
    refuse_source(source, out)
    is_picture = out.suffix.casefold() in PICTURES
    if is_picture and drawing.online:
        msg = f"{out} is a picture, which needs no network: leave out `online`, or name an .html."
        raise ParameterError(msg)
    if is_picture and drawing.filters:
        msg = f"{out} is a picture, which nobody can filter: leave out --filter, or name an .html."
        raise ParameterError(msg)
    if is_picture:
        load_matplotlib()
    incidents, _ = read_file(source, reading)
    network = load_network(ground)
    located = assign_ground(locate_incidents(incidents, ground), ground, network, Sampling())
    told = {**asdict(drawing), "ground": collect_layers(ground, network, drawing)}
    filters, online = told.pop("filters"), told.pop("online")
    if is_picture:
        static_map(located, out, **told)
    else:
        save_map(incident_map(located, **told, filters=filters), out, offline=not online)
    say(f"written to {out}")
    end_if_nothing(incidents, source)


def collect_layers(ground: Ground, network: RailNetwork, drawing: Drawing) -> dict[str, Any] | None:
    """Collect the layers given to lie under a map that needs them; None: those that ship."""
    if not has_own_layers(ground):
        return None
    is_home = reaches_home(ground)
    if is_home and drawing.choropleth is None:
        return None
    layers: dict[str, Any] = {}
    if ground.boundaries is not None:
        units = read_named_units(ground.boundaries, ground.unit_name)
        layers["boundaries"] = {drawing.choropleth or "adm2": units}
    if ground.stations is not None or is_home:
        layers["network"] = network
    return layers


def list_columns(source: str, opening: Opening) -> None:
    """Print what each column of a file is taken for, with the first values."""
    table = describe_columns(
        source,
        columns=read_columns(opening.columns),
        kind=opening.kind,
        encoding=opening.encoding,
        sheet=opening.sheet,
        sql=opening.sql,
    )
    tell_notices(table)
    options = {each.name for each in fields(opening)}
    rows = [
        [
            *(escape_line(row.column), escape_line(row.taken_for) or "-"),
            *(name_options(escape_line(row.why), options), escape_line(row.values)),
        ]
        for row in table.itertuples()
    ]
    show([Listing(("column", "taken for", "why", "values"), rows)])


def list_data() -> None:
    """Print the reference layers."""
    rows = []
    for name, row in list_layers().iterrows():
        radius = format_figure(row["positional_accuracy_m"], ",.0f")
        rows.append(
            [
                *(str(name), row["title"], str(row["vintage"]), radius),
                *(row["licence"], f"{row['bytes']:,}"),
            ]
        )
    names = ("layer", "title", "vintage", ">radius m", "licence", ">bytes")
    show([Listing(names, rows)])
