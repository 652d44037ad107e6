"""Shapes of a caller's: areas, or lines, out of collections; what is none is refused or told."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from shapely import GeometryCollection, LineString, Point, Polygon, box

import geosec
from geosec.errors import GeosecWarning, ParameterError
from geosec.maps.drawn_shapes import open_collections, read_shapes, take_parts

AREA, LINE = box(67, 29, 68, 30), LineString([(67, 29), (68, 30)])
BEAK = Polygon([(67, 29), (68, 29), (68, 30), (69, 31), (68, 30), (67, 30)])
NESTED = GeometryCollection([AREA, GeometryCollection([LINE, box(70, 29, 71, 30)])])


def make_layer(*shapes):
    section = {"value": 1, "rail_line": "ML-3", "km_from": 268, "km_to": 283}
    return gpd.GeoDataFrame([section] * len(shapes), geometry=list(shapes), crs=4326)


def make_values(*shapes):
    layer = make_layer(*shapes)
    return layer.assign(value=range(len(layer)), name=[f"unit {at}" for at in range(len(layer))])


@pytest.mark.parametrize(
    ("name", "shape", "said"),
    [
        ("choropleth", Point(67, 29), "takes areas, .* row 1 is a Point"),
        ("choropleth", LINE, "takes areas, .* row 1 is a LineString"),
        ("corridor", AREA, "takes lines, .* row 1 is a Polygon"),
    ],
)
def test_other_shapes_are_refused_by_the_page_and_on_paper(name, shape, said):
    layer = make_layer(AREA if name == "choropleth" else LINE, shape)
    located = geosec.geocode(["near Mach"])
    for draw in (geosec.incident_map, geosec.static_map):
        with pytest.raises(ParameterError, match=said):
            draw(located, **{name: layer})


@pytest.mark.parametrize("nothing", [None, Polygon()])
def test_a_row_without_a_shape_is_told_and_stays(nothing):
    with pytest.warns(GeosecWarning, match="no shape in 1 of its 2 rows, .* row 1"):
        shapes = read_shapes(make_layer(AREA, nothing), "choropleth", 2)
    assert shapely.is_empty(shapes).tolist() == [False, True]


def test_parts_are_taken_out_of_collections():
    assert shapely.area(take_parts(shapely.make_valid([BEAK, NESTED]), 2)).tolist() == [1, 2]
    assert shapely.length(take_parts(shapely.make_valid([NESTED]), 1)).tolist() == [LINE.length]
    assert len(open_collections([NESTED, AREA])) == 4


@pytest.mark.parametrize("shape", [BEAK, GeometryCollection([AREA]), NESTED])
def test_areas_that_fall_into_collections_are_drawn(shape):
    located = geosec.geocode(["near Mach"])
    ground = {"boundaries": make_values(take_parts(shapely.make_valid([shape]), 2)[0])}
    for draw in (geosec.incident_map, geosec.static_map):
        assert draw(located, choropleth=make_values(shape, AREA), ground=ground)
        if shape is not NESTED:
            assert draw(located, ground={"boundaries": make_values(shape)})


def test_lines_in_collections_of_the_ground_with_areas_are_refused():
    located = geosec.geocode(["near Mach"])
    with pytest.raises(
        ParameterError, match=r"`ground\['boundaries'\]` takes areas, and 1 of its 3"
    ):
        geosec.incident_map(located, ground={"boundaries": make_values(NESTED)})


def test_km_of_ones_own_sections_are_numbers():
    located = geosec.geocode(["near Mach"])
    with pytest.raises(ParameterError, match="'km_from' of numbers, and in it 'a'"):
        geosec.incident_map(located, corridor=make_layer(LINE).assign(km_from="a"))
