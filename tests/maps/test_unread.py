"""Tables that nobody has read are told on the map's way; those that were read are not."""

from __future__ import annotations

import warnings

import geopandas as gpd
import pytest
from shapely import Point

import geosec
from geosec.maps.unread import warn_of_unread

ACLED = ("event_id_cnty", "event_date", "event_type", "geo_precision", "notes")
UCDP = ("id", "date_start", "type_of_violence", "side_a", "side_b", "where_prec")


def points(*columns):
    cells = {name: ["1"] for name in columns}
    return gpd.GeoDataFrame(cells, geometry=[Point(67, 30)], crs=4326)


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        (ACLED, "an ACLED export as it is: its points are taken to be exact"),
        (UCDP, "a UCDP GED export as it is"),
        (("date", "Geo_Precision"), "'Geo_Precision', which looks like a code"),
        (("where_prec",), "'where_prec', which looks like a code"),
        (("event_date",), r"columns=\{'event_date': 'date'\}"),
        (("Event Type",), r"columns=\{'Event Type': 'event_type'\}"),
        (("killed", "deaths"), r"columns=\{'killed': 'fatalities'\}"),
        (("uncertainty_m", "notes"), r"columns=\{'notes': 'summary'\}"),
    ],
)
def test_what_nobody_has_read_is_told(columns, told):
    with pytest.warns(geosec.GeosecWarning, match=f"`incident_map` was given.*{told}"):
        warn_of_unread(points(*columns), "incident_map")


@pytest.mark.parametrize(
    ("columns", "asked"),
    [
        (("date", "event_type", "fatalities"), ()),
        (("date", "event_date", "summary", "notes"), ()),
        (("killed",), ("killed",)),
        (("date", "date_precision", *ACLED), ()),
        (("uncertainty_m", "geo_precision"), ()),
        (("severity", "province"), ()),
    ],
)
def test_what_is_drawn_or_was_read_is_not(columns, asked):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warn_of_unread(points(*columns), "incident_map", asked)


def test_each_map_tells_it():
    table = points("deaths").assign(deaths=1)
    for draw in (geosec.incident_map, geosec.static_map, geosec.thumbnail):
        with pytest.warns(geosec.GeosecWarning, match=f"`{draw.__name__}` was given"):
            draw(table)
    assert geosec.incident_map(table, size_by="deaths") is not None


@pytest.mark.filterwarnings("ignore:.*left out")
def test_each_map_tells_it_of_what_is_given_and_not_of_what_is_released():
    table = gpd.GeoDataFrame({"deaths": 1}, index=range(6), geometry=[Point(67.1, 29.9)] * 6)
    audience = {"audience": "public", "secret": "0123456789abcdef"}
    for draw in (geosec.incident_map, geosec.static_map):
        with pytest.warns(geosec.GeosecWarning, match=f"`{draw.__name__}` was given columns"):
            draw(table.set_crs(4326), **audience)


def test_an_export_of_another_country_is_read_anywhere():
    mali = points(*ACLED).set_geometry([Point(-4.2, 14.5)], crs=4326)
    for draw in (geosec.incident_map, geosec.static_map, geosec.thumbnail):
        with pytest.warns(geosec.GeosecWarning, match=r"\(table\)\[0\], anywhere=True"):
            draw(mali)
