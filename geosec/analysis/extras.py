"""The packages of the extra `analysis`, imported by the analysis that needs them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from geosec.errors import ParameterError

if TYPE_CHECKING:
    from types import ModuleType


def import_extra(name: str, extra: str = "analysis") -> ModuleType:
    """Import a module of an extra; a `ParameterError` says how it is installed."""
    try:
        return import_module(name)
    except ImportError as error:
        package = name.partition(".")[0]
        msg = f"this needs {package} ({error}): `pip install geosec[{extra}]`."
        raise ParameterError(msg) from error
