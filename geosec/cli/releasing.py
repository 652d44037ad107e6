"""`geosec release`: what an audience may have of a file of incidents."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from geosec.cli.grounds import locate_incidents, read_units
from geosec.cli.outputs import check_table
from geosec.cli.printing.page import say
from geosec.cli.reading import end_if_nothing, read_file
from geosec.disclosure.levels import describe_release, require_audience
from geosec.disclosure.treatment import release
from geosec.errors import ParameterError, SourceError
from geosec.exports import write_table

if TYPE_CHECKING:
    from pathlib import Path

    from geosec.cli.options import Ground, Reading
    from geosec.cli.release_options import Releasing

_SECRET = "GEOSEC_SECRET"  # noqa: S105 - the name of a variable, not a secret


def release_file(
    source: str,
    audience: str,
    releasing: Releasing,
    out: str,
    *,
    reading: Reading,
    ground: Ground,
) -> None:
    """Release the incidents of a file and write them."""
    check_table(out, source)
    whom = require_audience(audience)
    secret = None if whom == "internal" else read_secret_file(releasing.secret_file)
    incidents, _ = read_file(source, reading)
    located = locate_incidents(incidents, ground)
    options: dict[str, Any] = {}
    if releasing.unit is not None:
        options["unit"] = releasing.unit
    if releasing.keep:
        options["keep"] = releasing.keep
    if ground.boundaries is not None:
        options["boundaries"] = read_units(ground.boundaries)
    released = release(
        located,
        whom,
        secret=secret,
        delay_days=releasing.delay_days,
        k=releasing.k,
        **options,
    )
    say(f"{describe_release(released.attrs)}.")
    say(f"{len(released):,} incidents written to {write_table(released, out)}")
    end_if_nothing(incidents, source)


def read_secret_file(path: Path | None) -> str | None:
    """Read the secret from a file, or from the environment; never from the words of a command."""
    if path is None:
        return os.environ.get(_SECRET, "").strip() or _refuse_none()
    try:
        return path.read_text(encoding="utf-8-sig").strip()
    except OSError as error:
        msg = f"--secret-file {path} cannot be read: {error.strerror}."
    except UnicodeDecodeError:
        msg = f"--secret-file {path} is no text in UTF-8; write the secret into it as text."
    raise SourceError(msg) from None


def _refuse_none() -> str:
    msg = (
        "a release to partners or to the public needs a secret: name a file that holds it with "
        f"--secret-file, or set {_SECRET}. `python -c 'import secrets; "
        "print(secrets.token_hex(32))'` makes one."
    )
    raise ParameterError(msg)
