"""What a page is told beside its incidents: headings, colours, filters, words, credit, ground."""

from __future__ import annotations

from datetime import MAXYEAR
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pandas as pd
import shapely

from geosec.arguments import require_text
from geosec.disclosure.levels import describe_release
from geosec.errors import SchemaError
from geosec.incidents.exports.terms import list_credits
from geosec.maps.extent import find_extent
from geosec.maps.words import load_words
from geosec.storage.provenance import describe_origin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import geopandas as gpd

    from geosec.maps.choices import Choices


class Headings:
    """The texts of a page that a caller may give; those that are missing are written."""

    def __init__(
        self,
        located: gpd.GeoDataFrame,
        language: str,
        *,
        title: str | None,
        subtitle: str | None,
        credit: str | None,
    ) -> None:
        given = {"title": title, "subtitle": subtitle, "credit": credit}
        told = {name: require_text(text, name) for name, text in given.items() if text is not None}
        self.language = require_text(language, "language")
        self.words = load_words(self.language)
        self.title = told.get("title", self.words["title"])
        self.subtitle = (
            told["subtitle"] if "subtitle" in told else _write_subtitle(located, self.words)
        )
        credits_ = [told["credit"]] if "credit" in told else list_credits(located.attrs)
        self.credits = [each for each in (describe_release(located.attrs), *credits_) if each]

    def write_credit(self, ground: str, hosts: Sequence[str]) -> str:
        """Write whose the incidents and the ground are, and who is asked for pictures."""
        asked = ", ".join(urlsplit(host).netloc for host in hosts)
        pictures = self.words["pictures_from"].format(hosts=asked) if hosts else ""
        return " · ".join(filter(None, [*self.credits, ground, pictures, "geosec"]))


def require_calendar(located: gpd.GeoDataFrame) -> None:
    """Refuse days before the year 1 and after 9999, which browsers and files write otherwise."""
    for name in [each for each in ("date", "date_from", "date_to") if each in located.columns]:
        years = pd.to_datetime(located[name]).dt.year
        wrong = years.notna() & ~years.between(1, MAXYEAR)
        if wrong.any():
            at = int(wrong.to_numpy().argmax())
            msg = (
                f"`{name}` is in the year {int(years.iloc[at])} in row {located.index[at]!r}, and "
                f"a map tells of the years 1 to {MAXYEAR}; mend the cell or leave it empty."
            )
            raise SchemaError(msg)


def collect_options(
    located: gpd.GeoDataFrame,
    headings: Headings,
    choices: Choices,
    *,
    ground: Mapping[str, Any],
    credit: str,
) -> dict[str, Any]:
    """Collect what the page is told of a located table, and the ground it is drawn on."""
    title = headings.words.get(f"column_{choices.source}", choices.source)
    points = located.geometry[located.geometry.notna()].to_numpy()
    extent = find_extent(shapely.get_x(points), shapely.get_y(points))
    return {
        "title": headings.title,
        "subtitle": headings.subtitle,
        "credit": credit,
        "language": headings.language,
        "words": {**headings.words, f"column_{choices.colour}": title},
        "colour": choices.colour,
        "colours": choices.colours,
        "size": choices.size,
        "filters": choices.filters,
        "bounds": extent.bounds,
        "cut": extent.cut,
        "until": _tell_last_day(located),
        "steps": _list_steps(located),
        "ground": ground,
    }


def _tell_last_day(located: gpd.GeoDataFrame) -> str:
    """Tell the day of the last incident, as 2025-11-30; empty where none has a date."""
    if "date" not in located.columns or not located["date"].notna().any():
        return ""
    return str(pd.to_datetime(located["date"]).max().date())


def _list_steps(located: gpd.GeoDataFrame) -> list[str]:
    """List the verbs that made a table, with the layers they used, of when, and their settings."""
    origin = describe_origin(located)
    layers = origin.get("layers", {})
    told = []
    for verb, step in origin.get("steps", {}).items():
        if not isinstance(step, dict):  # as a file may tell
            continue
        named = step.get("layers")
        used = [
            f"{name} {layers.get(name, {}).get('vintage', '')}"
            for name in (named if isinstance(named, list) else [])
            if isinstance(name, str)
        ]
        settings = [f"{name} = {value}" for name, value in step.items() if name != "layers"]
        told.append(f"{verb}: {', '.join(each.strip() for each in [*used, *settings])}")
    return told


def _write_subtitle(located: gpd.GeoDataFrame, words: Mapping[str, str]) -> str:
    """Say how many incidents have a place, and from when to when they were."""
    placed = int(located.geometry.notna().sum())
    counted = words["placed"].format(placed=f"{placed:,}", all=f"{len(located):,}")
    dates = (
        pd.to_datetime(located["date"]) if "date" in located.columns else pd.Series(dtype="M8[ns]")
    )
    if not dates.notna().any():
        return counted
    first, last = (
        f"{words[f'month_{day.month}']} {day.year}" for day in (dates.min(), dates.max())
    )
    told = first if first == last else words["from_to"].format(first=first, last=last)
    return f"{counted} · {told}"
