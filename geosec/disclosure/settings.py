"""What a caller asks of a release, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypedDict

from geosec.arguments import describe_given, require_list, require_options, require_whole
from geosec.disclosure.keys import SecretKey, read_secret
from geosec.disclosure.levels import name_purpose, require_audience
from geosec.disclosure.masking import Donut
from geosec.errors import ParameterError
from geosec.reference.boundaries import read_day
from geosec.storage.provenance import tell_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geosec.disclosure.levels import Audience

DONUT_M = (2_000.0, 10_000.0)
_LEAST_K, _MOST = 2, 10**9
_FINEST = "adm2"


class ReleaseOptions(TypedDict, total=False):
    """What `release` is seldom given; its docstring explains each."""

    unit: str
    mask: Literal["unit", "donut"]
    donut_m: tuple[float, float]
    boundaries: Any
    keep: Iterable[str]
    on: str | date


@dataclass(frozen=True)
class Settings:
    """How a table is to be released to partners or to the public."""

    audience: Audience
    key: SecretKey
    k: int
    delay_days: int
    unit: str  #: the finest that is told
    donut: Donut | None  #: by which points are moved
    boundaries: Any
    keep: list[str]
    on: str

    @property
    def is_public(self) -> bool:
        """Whether anybody may have it."""
        return self.audience == "public"

    @property
    def purpose(self) -> str:
        """What identifiers are made for: those of one release do not lead to those of another."""
        return name_purpose(self.write_stamp())

    def write_stamp(self) -> dict[str, Any]:
        """Write for whom a table is, and how it was made; without the secret."""
        stamp: dict[str, Any] = {"audience": self.audience, "k": self.k}
        if self.is_public:
            stamp["unit"] = self.unit
        if self.donut is not None:
            stamp["donut_m"] = [self.donut.inner_m, self.donut.outer_m]
        if self.delay_days:
            stamp |= {"delay_days": self.delay_days, "on": self.on}
        return stamp


def read_settings(
    audience: Any, secret: Any, k: Any, delay_days: Any, options: Mapping[str, Any]
) -> Settings | None:
    """Check the arguments of a release; None for internal use, for which there are none."""
    audience = require_audience(audience)
    require_options(options, ReleaseOptions.__annotations__, "release")
    k = min(require_whole(k, "k", _LEAST_K), _MOST)
    delay_days = min(require_whole(delay_days, "delay_days", 0), _MOST)
    if audience == "internal":
        given = [*(["delay_days"] if delay_days else []), *options]
        _refuse(given, audience, "which gets the table as it is")
        return None
    if audience == "partner":
        given = [name for name in ("unit", "mask") if name in options]
        _refuse(given, audience, "which gets points that were moved")
    mask = options.get("mask", "donut" if audience == "partner" else "unit")
    unit = options.get("unit", _FINEST)
    _require_mask(mask, unit, options)
    on = options.get("on")
    return Settings(
        audience,
        read_secret(secret, audience),
        k,
        delay_days,
        unit,
        Donut.read(options.get("donut_m", DONUT_M)) if mask == "donut" else None,
        options.get("boundaries"),
        list(require_list(options.get("keep", ()), "keep")),
        tell_day() if on is None else read_day(on),
    )


def _refuse(given: list[str], audience: str, why: str) -> None:
    """Refuse arguments that an audience has no use for."""
    if given:
        msg = f"`{given[0]}` is not for the audience {audience!r}, {why}; leave it out."
        raise ParameterError(msg)


def _require_mask(mask: Any, unit: Any, options: Mapping[str, Any]) -> None:
    """Refuse what is no mask, or does not go with the other arguments."""
    if mask not in {"unit", "donut"}:
        msg = f"`mask` is 'unit' or 'donut', and was given {describe_given(mask)}."
        raise ParameterError(msg)
    if mask == "unit" and "donut_m" in options:
        msg = "`donut_m` says how far points are moved, and `mask` is 'unit'; leave one of them."
        raise ParameterError(msg)
    is_cell = isinstance(unit, str) and unit.startswith("h3")
    if is_cell and mask == "donut":
        msg = f"`unit` is {unit!r}, and points are moved within districts alone: mask='unit'."
        raise ParameterError(msg)
    if is_cell and options.get("boundaries") is not None:
        msg = f"`unit` is {unit!r}, and cells need no `boundaries`; leave one of them out."
        raise ParameterError(msg)
