"""Tables as they leave: written to a file or a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from geosec.disclosure.treatment import prepare_for
from geosec.storage.writing import write_file

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from geosec.disclosure.levels import Audience


@overload
def write_table(
    table: pd.DataFrame,
    path: Path,
    *,
    profile: str | None = None,
    audience: Audience | None = None,
    secret: str | bytes | None = None,
) -> Path: ...
@overload
def write_table(
    table: pd.DataFrame,
    path: str,
    *,
    profile: str | None = None,
    audience: Audience | None = None,
    secret: str | bytes | None = None,
) -> Path | str: ...
def write_table(
    table: pd.DataFrame,
    path: str | Path,
    *,
    profile: str | None = None,
    audience: Audience | None = None,
    secret: str | bytes | None = None,
) -> Path | str:
    """Write a table to a file, in the format its ending names, or to a database.

    Parameters
    ----------
    table : pandas.DataFrame
        Incidents, or any table geosec gives. Geometries are in EPSG:4326.
    path : path, or address of a table in a database
        ``.parquet`` (GeoParquet; all geometry columns stay), ``.gpkg`` and ``.geojson``
        (``geometry`` stays, a second geometry becomes text in WKT), ``.csv`` and ``.xlsx`` (all
        geometries become WKT). Degrees in text have five decimals, about 1 m.
        ``"postgresql://user@host/base/table"`` or ``.../schema.table`` (PostGIS; needs
        ``geosec[postgis]``): all geometry columns stay, with SRID 4326.
    profile : {"darwin-core", "hxl"}, optional
        Whose names a ``.csv`` or ``.xlsx`` speaks. ``"hxl"``: a row of tags stands under the names,
        and latitude and longitude (degrees) are those of the best point. ``"darwin-core"``: the
        columns are its terms, ``coordinateUncertaintyInMeters`` the radius in metres that holds all
        of a disc or footprint, empty where it is not known or 0.
    audience : {"public", "partner", "internal"}, optional
        Who is to have it: incidents that `geosec.release` has not made ready for them are released
        with its usual settings, and the file says for whom it is. Without it the table is written
        as it is.
    secret : str or bytes, optional
        What `geosec.release` needs for partners and the public.

    Returns
    -------
    pathlib.Path or str
        The file written. It is written beside its place and then moved there, so that a run that
        is stopped leaves the old file or none. Of a database, the address without user and
        password; it is written in one transaction.

    Raises
    ------
    SourceError
        If the ending is unknown or the folder is not there; or the database cannot be used.
    SchemaError
        If two columns have one name, or the format cannot hold a column; in a database, if two
        rows have one identifier, or one of its own rules is broken.
    ParameterError
        If it is no table, the path no path, or the profile none or not for such a file; or the
        table cannot be released to the audience.

    Notes
    -----
    A spreadsheet takes a text that begins with ``=``, ``+``, ``-`` or ``@``, also in their full
    width, for a formula. Such
    text gets a leading apostrophe in ``.csv`` and ``.xlsx`` (OWASP, *CSV Injection*), and its line
    ends become LF, as a bare CR would begin a row. In ``.xlsx``, control characters become U+FFFD
    and times with a zone text in ISO 8601. The other formats keep all of it as it is, but for half
    a character (a lone surrogate), which no file can hold: it becomes U+FFFD everywhere.

    How the table came about is written with it, and `geosec.describe_file` tells it: version and
    day, the verbs with their draws, seeds and layers, credit and terms of the source. Beside a
    ``.csv``, which has no room for it, lies ``NAME.csv-metadata.json`` (W3C, *CSV on the Web*),
    with the meaning of the columns.

    A table in a database is made where there is none: its key is the index, and each geometry has
    an index. In one that is there, rows of the same identifier are brought up to date, new ones
    are added and others stay, as do columns of others; where places are new, what later verbs said
    of the old ones is emptied. Rows that are only counted (a bare index 0, 1, 2...) have no
    identifiers: they replace rows that were written so, and are refused elsewhere. NUL in a text
    becomes U+FFFD, with a warning. How the table came about stands in the comment on it.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_table(pd.DataFrame({"summary": ["=1+1"]}), Path(folder) / "table.csv")
    ...     print(path.read_text())
    summary
    '=1+1
    """
    return write_file(prepare_for(audience, table, secret=secret), path, profile)
