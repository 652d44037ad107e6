"""What of a caller's polygons is read, mended and refused."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geosec.errors import GeosecWarning, SchemaError
from geosec.reference.own_boundaries import read_own_boundaries
from geosec.reference.unit_columns import write_labels

LEVELS = ("adm2", "adm1")


def read(layer, level="adm2", *, name=None, code=None):
    return read_own_boundaries(layer, None, LEVELS, (name, code), (False, None))[level]


def test_rings_that_cross_are_mended_and_told(make_grid):
    units = make_grid()
    units.loc[0, "geometry"] = shapely.Polygon([(30, 48), (31, 49), (31, 48), (30, 49)])
    with pytest.warns(GeosecWarning, match="cross or repeat themselves in row 0, and were mended"):
        own = read(units)
    assert own.geometry.is_valid.all()
    assert own.geometry.iloc[0].area == pytest.approx(0.5)


def test_rows_without_a_polygon_are_told_and_left_out(make_grid):
    units = make_grid()
    units.loc[[0, 3], "geometry"] = [None, shapely.Polygon()]
    with pytest.warns(GeosecWarning, match="2 of 9 rows have no polygon"):
        own = read(units)
    assert own["name"].tolist() == [
        name for at, name in enumerate(units["name"]) if at not in (0, 3)
    ]


def test_names_that_are_numbers_are_texts(make_grid):
    own = read(make_grid().assign(name=range(9), code=[1.0, *range(2, 10)]))
    assert own["name"].tolist() == list("012345678")
    assert own["code"].tolist() == list("123456789")
    labels = pd.Series([1.0, None, 2.5, " x ", "", "007"], dtype="object")
    assert write_labels(labels).fillna("-").tolist() == ["1.0", "-", "2.5", "x", "-", "007"]
    assert write_labels(pd.Series([101.0, None])).fillna("-").tolist() == ["101", "-"]


def test_names_that_units_share_without_a_code_are_told(make_grid):
    units = make_grid().assign(name=["San Juan"] * 2 + list("cdefghi"))
    with pytest.warns(GeosecWarning, match="have the same name \\('San Juan'\\)"):
        assert len(read(units)) == 9
    coded = read(units.assign(pcode=range(9)))
    assert coded["name"].tolist()[:2] == ["San Juan"] * 2


def test_a_missing_code_is_missing_and_a_code_of_two_names_is_refused(make_grid):
    own = read(make_grid().assign(code=["a", None, "", *"defghi"]))
    assert own["code"].isna().tolist() == [False, True, True] + [False] * 6
    with pytest.raises(SchemaError, match="have the code 'a': 'A0' and 'A1'; say with code="):
        read(make_grid().assign(code=["a", "a", *"cdefghi"]))


def test_a_row_with_neither_name_nor_code_is_refused(make_grid):
    units = make_grid().assign(name=[None, *"bcdefghi"])
    with pytest.raises(SchemaError, match="row 0 of `boundaries` has neither a name nor a code"):
        read(units)


@pytest.mark.parametrize("accuracy", [-1.0, "wide", float("inf")])
def test_an_accuracy_that_is_no_distance_is_refused(make_grid, accuracy):
    with pytest.raises(SchemaError, match="how far a border may be off, in metres, 0 or more"):
        read(make_grid().assign(positional_accuracy_m=[accuracy] * 9))


def test_columns_that_are_named_and_not_there_are_refused(make_grid):
    with pytest.raises(SchemaError, match="has no column 'nmae' for adm2; did you mean 'name'"):
        read(make_grid(), name="nmae")


def test_two_columns_of_one_name_are_refused(make_grid):
    units = make_grid(other=1)
    units.columns = ["name", "name", "geometry"]
    with pytest.raises(SchemaError, match="two columns 'name'"):
        read(gpd.GeoDataFrame(units, geometry="geometry", crs=4326))


def test_a_polygon_without_an_area_or_with_no_number_holds_nothing(make_grid):
    units = make_grid()
    units.loc[2, "geometry"] = shapely.Polygon([(30, 48), (31, 48), (30, 48)])
    with pytest.warns(GeosecWarning, match="1 of 9 rows have no polygon|in row 2"):
        assert len(read(units)) == 8
    with np.errstate(invalid="ignore"):
        units.loc[2, "geometry"] = shapely.Polygon([(30, 48), (31, np.nan), (31, 49)])
    with pytest.raises(SchemaError, match="a coordinate that is no number in row 2"):
        read(units)
