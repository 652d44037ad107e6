"""Whatever table is given to a verb, it answers or says why not, with an error of geosec's own."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import GeometryCollection, LineString, Point, Polygon

import geosec

INCIDENTS = geosec.read_incidents(geosec.example_path())[0].head(4)
LOCATED = geosec.locate_on_rail(
    geosec.assign_boundaries(geosec.geocode(INCIDENTS.drop(columns=["latitude", "longitude"])))
)
POINTS = gpd.GeoDataFrame(
    {"name": ["a", "b", "c"]}, geometry=gpd.points_from_xy([67, 67.3, 68], [30, 29.8, 27]), crs=4326
)


def release(table, folder, audience, **options):
    """Release a table, audit it and write it."""
    secret = "a secret of the tests, 2026"  # noqa: S105 - of the tests
    released = geosec.release(table, audience, secret=secret, k=2, **options)
    geosec.audit_release(table, released, secret=secret)
    geosec.write_table(released, folder / "released.csv")


def with_cells(name, *values):
    """Put values into the first rows of a column, as Python's own."""

    def change(table):
        old = table[name] if name in table else pd.Series([None] * len(table), table.index)
        cells = [*values, *old.astype("object").iloc[len(values) :]][: len(table)]
        return table.assign(**{name: pd.Series(cells, index=table.index, dtype="object")})

    return change


def with_shapes(*shapes):
    def change(table):
        kept = [*shapes, *table.geometry.iloc[len(shapes) :]][: len(table)]
        return table.set_geometry(gpd.GeoSeries(kept, table.index, crs=4326))

    return change


def without_geometry(table):
    return pd.DataFrame(table.drop(columns=table.active_geometry_name))


def as_types(kind):
    """Give each column but shapes the type that it has in other programs."""

    def change(table):
        plain = pd.DataFrame(table.drop(columns=["geometry", "footprint"], errors="ignore"))
        shapes = {name: table[name] for name in ("geometry", "footprint") if name in table}
        typed = (
            plain.convert_dtypes(dtype_backend=kind)
            if kind in {"numpy_nullable", "pyarrow"}
            else plain.astype(kind)
        )
        return gpd.GeoDataFrame(typed.assign(**shapes), geometry="geometry", crs=table.crs)

    return change


HUGE = 10**5_000
KINDS = {
    "empty": lambda table: table.iloc[:0],
    "no columns": lambda table: table.loc[:, ["geometry"]],
    "no column at all": lambda table: pd.DataFrame(index=table.index),
    "no geometry": without_geometry,
    "no active geometry": lambda table: gpd.GeoDataFrame(
        without_geometry(table).assign(shape=table.geometry)
    ),
    "geometry of text": lambda table: without_geometry(table).assign(
        geometry=table.geometry.to_wkt()
    ),
    "no CRS": lambda table: table.set_crs(None, allow_override=True),
    "a local CRS": lambda table: table.set_crs(
        'LOCAL_CS["site",UNIT["metre",1]]', allow_override=True
    ),
    "metres": lambda table: table.to_crs(32642),
    "metres called degrees": lambda table: table.to_crs(32642).set_crs(4326, allow_override=True),
    "rows in layers": lambda table: table.set_axis(
        pd.MultiIndex.from_product([["a"], range(len(table))]), axis=0
    ),
    "columns in layers": lambda table: table.set_axis(
        pd.MultiIndex.from_product([["a"], table.columns]), axis=1
    ),
    "numbered columns": lambda table: table.rename(
        columns={name: at for at, name in enumerate(table.columns) if name != "geometry"}
    ),
    "a numbered column": lambda table: table.assign(x=1).rename(columns={"x": 7}),
    "columns of dates": lambda table: table.assign(x=1).rename(columns={"x": pd.Timestamp(0)}),
    "a column called None": lambda table: table.assign(x=1).rename(columns={"x": None}),
    "a column twice": lambda table: pd.concat([table, table.iloc[:, [0]]], axis=1),
    "rows twice": lambda table: table.iloc[[0, 0, *range(len(table))]],
    "rows without a name": lambda table: table.set_axis([None] * len(table), axis=0),
    "rows of lists": lambda table: table.set_axis(
        pd.Index([(1, [2])] * len(table), tupleize_cols=False), axis=0
    ),
    "rows of dates": lambda table: table.set_axis(pd.date_range("2025", periods=len(table))),
    "rows of kinds": lambda table: table.set_axis(["a", 1, None, 2.5][: len(table)], axis=0),
    "rows by groups": lambda table: table.set_axis(
        pd.CategoricalIndex(["a", "b", "a", "c"][: len(table)]), axis=0
    ),
    "nullable": as_types("numpy_nullable"),
    "of Arrow": as_types("pyarrow"),
    "of text": as_types("str"),
    "of categories": as_types("category"),
    "of objects": as_types("object"),
    "of bytes": with_cells("location", b"Mach", b"\xff"),
    "not points": with_shapes(LineString([(67, 30), (68, 30)]), Polygon([(0, 0), (1, 0), (1, 1)])),
    "mixed shapes": with_shapes(Point(67, 30), LineString([(67, 30), (68, 30)]), None),
    "a collection": with_shapes(GeometryCollection([Point(67, 30)])),
    "nothing but nothing": with_shapes(None, None, None, None),
    "empty points": with_shapes(Point(), None, Point()),
    "NaN": with_shapes(Point(np.nan, 30), Point(67, np.nan)),
    "infinite": with_shapes(Point(np.inf, 30), Point(67, -np.inf)),
    "off the globe": with_shapes(Point(900, 30)),
    "heights": with_shapes(Point(67, 30, 5), Point(67, 30, np.nan)),
    "no radius": lambda table: table.drop(columns="uncertainty_m", errors="ignore"),
    "no shapes": lambda table: table.drop(columns="footprint", errors="ignore"),
    "index named as a column": lambda table: table.rename_axis(table.columns[0]),
    "index named by a number": lambda table: table.rename_axis(7),
    "attrs": lambda table: _with_attrs(table, {"a": object(), 7: [np.nan]}),
}
CELLS = {
    "date": ["yesterday", ["2025"], 7, np.inf, pd.Timestamp("2025", tz="Asia/Karachi"), HUGE],
    "location": [
        *(["Mach"], {"a": 1}, 7, 2.5, True, b"Mach", object(), pd.NaT, "\ud800", "x" * 70_000),
    ],
    "admin1": [["Sindh"], 7, object(), "\0"],
    "uncertainty_m": ["far", [5], -1, np.inf, HUGE, "1e999", True, 1j, None],
    "footprint": ["POLYGON((", [1], 7, Point(67, 30), b"\x01", {"a": 1}, "SRID=0;POINT(1 1)"],
    "match_candidates": ["[", "{}", "[7]", [7], {"a": 1}, '[{"lon": "x"}]', '[{"lon": NaN}]'],
    "match_status": ["sure", 7, ["matched"], None],
    "match_score": ["high", 7, [1], np.inf],
    "match_name": [7, ["Mach"], {"a": 1}],
    "fatalities": ["many", [3], -1, np.inf, HUGE, 2.5, True],
    "adm2_prob": ["sure", [1], 7, np.nan, np.inf],
    "adm2_name": [7, ["Kech"], {"a": {1: 2}}],
    "rail_km": ["far", [1], np.inf, HUGE],
    "rail_line": [7, ["ML-3"]],
    "event_type": [7, ["Battles"], object()],
    "summary": [7, [["a"]], {"a": {1}}, object(), "\0\1", pd.Timedelta(1), 1j, HUGE, np.ones(2)],
    "precision_code": ["far", [1], 99, np.inf],
    "positional_accuracy_m": ["far", [5], -1, np.inf, HUGE, 1j],
    "name": [7, ["a"], None],
    "source_url": [7, ["javascript:x"], object()],
}  # fmt: skip
KINDS |= {
    f"{name} {number}": with_cells(name, value)
    for name, values in CELLS.items()
    for number, value in enumerate(values)
}


def _with_attrs(table, attrs):
    table = table.copy()
    table.attrs = attrs
    return table


def write(ending):
    return lambda table, folder: geosec.write_table(table, folder / f"table.{ending}")


def take_points(table):
    """Take what a user takes for the points: the geometry, where there is one."""
    named = getattr(table, "active_geometry_name", None) in table.columns
    return table.geometry if named else table.get("geometry")


OF_LOCATED = {
    "geocode": lambda table, _: geosec.geocode(table),
    "assign_boundaries": lambda table, _: geosec.assign_boundaries(table, draws=9),
    "locate_on_rail": lambda table, _: geosec.locate_on_rail(table, draws=9),
    "nearest": lambda table, _: geosec.nearest(table, POINTS, draws=9),
    "within": lambda table, _: geosec.within(table, POINTS, distance_m=9_000, draws=9),
    "sample": lambda table, _: geosec.sample(table, draws=9),
    "release": lambda table, folder: release(table, folder, "public"),
    "release to partners": lambda table, folder: release(table, folder, "partner"),
    "candidates": lambda table, _: geosec.candidates(table),
    "with_uncertainty": lambda table, _: geosec.with_uncertainty(table, 50),
    "incident_map": lambda table, folder: geosec.save_map(
        geosec.incident_map(table), folder / "map.html"
    ),
    "metric_crs": lambda table, _: geosec.metric_crs(table),
    "read_incidents": lambda table, _: geosec.read_incidents(table),
    **{
        f"write {ending}": write(ending) for ending in ("csv", "xlsx", "parquet", "geojson", "gpkg")
    },
}
OF_POINTS = {
    "nearest": lambda table, _: geosec.nearest(LOCATED, table, draws=9),
    "within": lambda table, _: geosec.within(LOCATED, table, distance_m=9_000, draws=9),
    "locate": lambda table, _: geosec.locate(take_points(table)),
    "locate_all": lambda table, _: geosec.locate_all(take_points(table), max_offset_m=900),
    "rail_distance": lambda table, _: geosec.rail_distance(*[take_points(table)] * 2),
    "LiveIndex": lambda table, _: geosec.LiveIndex.from_points(take_points(table)),
    "from_table": lambda table, _: geosec.Gazetteer.from_table(table, home="PK"),
    "assign_boundaries": lambda table, _: geosec.assign_boundaries(LOCATED, boundaries=table),
    "release": lambda table, folder: release(LOCATED, folder, "public", boundaries=table),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.filterwarnings("ignore::geosec.GeosecWarning")
def test_a_table_is_answered_or_refused_by_geosec(kind, tmp_path):
    for tables, verbs in ((LOCATED, OF_LOCATED), (POINTS, OF_POINTS), (POINTS, OF_LOCATED)):
        try:
            table = KINDS[kind](tables)
        except KeyError:
            continue
        for ask in verbs.values():
            try:
                ask(table, tmp_path)
            except geosec.GeosecError as error:
                assert str(error)  # noqa: PT017 - that it may pass as well is the point


@pytest.mark.filterwarnings("ignore:The 'future.infer_string' option is deprecated")
def test_texts_are_the_same_where_pandas_infers_none():
    with pd.option_context("future.infer_string", False):
        table = geosec.assign_boundaries(geosec.geocode(["near Mach", "Mirpur"]), draws=9)
    assert table["match_candidates"].isna().all()  # and no "None"
    assert table["adm2_name"].iloc[0] == "Kachhi"
