"""The compiled loops, loaded when they are first needed."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import Any


@cache
def load_loops(name: str) -> Any:
    """Load a module of loops by room and name, such as ``"geodesy.loops.search"``.

    numba compiles each loop when it is first called, or reads it from its cache, so that
    ``import geosec`` waits for neither.
    """
    return import_module(f"geosec.{name}")
