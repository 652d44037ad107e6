"""The options of `geosec release`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

SecretFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="A text of 16 characters or more that nobody else knows, always the same.",
        show_default="GEOSEC_SECRET",
    ),
]


@dataclass(frozen=True)
class Releasing:
    """How incidents are released."""

    secret_file: SecretFile = None
    delay_days: Annotated[
        int, typer.Option(metavar="N", help="Leave out incidents newer than so many days.")
    ] = 0
    k: Annotated[int, typer.Option(metavar="N", help="Fewest incidents of a unit told.")] = 5
    unit: Annotated[
        str | None,
        typer.Option(
            metavar="UNIT",
            help="What the public is told: adm2, adm1, or cells as h3:5.",
            show_default="adm2",
        ),
    ] = None
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN",
            help="A column to give as it is; may be repeated.",
            show_default="none of your own",
        ),
    ] = None
