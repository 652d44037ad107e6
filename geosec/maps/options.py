"""What a page is told beside its incidents: headings, colours, filters, words, who is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geosec.maps.incident_data import (
    _CREDIT,
    COLOURS,
    _explain_absence,
    _tell_credit,
    _write_subtitle,
)
from geosec.maps.words import load_words

if TYPE_CHECKING:
    import geopandas as gpd

_FILTERS = ("event_type", "actor", "adm2_name")


def collect_options(
    located: gpd.GeoDataFrame,
    ground: dict[str, Any],
    *,
    title: str,
    language: str = "en",
    is_home: bool = True,
) -> dict[str, Any]:
    """Collect what the page is told of a located table, and the ground it is drawn on.

    Where the table is not of the country whose ground ships, that ground is not credited.
    """
    has_place = located.geometry.notna()
    unplaced = located[~has_place]
    bounds = None
    if has_place.any():
        west, south, east, north = (float(degrees) for degrees in located.total_bounds)
        bounds = [[south, west], [north, east]]
    return {
        "title": title,
        "subtitle": _write_subtitle(located, int(has_place.sum())),
        "credit": " · ".join(
            filter(None, (_tell_credit(located), _CREDIT if is_home else "geosec"))
        ),
        "language": language,
        "words": load_words(language),
        "colour": "event_type",
        "colours": {name: colour for name, colour in COLOURS.items() if name},
        "size": "fatalities",
        "filters": [name for name in _FILTERS if name in located.columns],
        "missing": [_explain_absence(str(key), row) for key, row in unplaced.iterrows()],
        "bounds": bounds,
        "ground": ground,
    }
