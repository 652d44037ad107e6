"""What threads share: tables that are built once, and objects that take one thread at a time.

A table that is built when it is first asked for may be asked for by several threads at that
moment. One of them builds it, the others wait and get the same object. There is a lock for each
table, not one for all, so that a build may start threads and ask for other tables.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from functools import cache, update_wrapper, wraps
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, TypeVar, cast, overload

import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from shapely.geometry.base import BaseGeometry

_Given = ParamSpec("_Given")
_Table = TypeVar("_Table")
_Own = TypeVar("_Own")


class OneAtATime:
    """An object that lets one thread at a time into its methods that `take_turns`."""

    def __init__(self) -> None:
        self.turn = RLock()


_Turned = TypeVar("_Turned", bound=OneAtATime)


class _Builds:
    """The builds under way, each with its lock, and the lock of prepared shapes."""

    def __init__(self) -> None:
        self._locks: dict[Hashable, Any] = {}
        self.forget()

    @contextmanager
    def wait_for(self, table: Hashable) -> Iterator[None]:
        """Let one thread at a time build a table."""
        with self._door:
            lock = self._locks.setdefault(table, RLock())
        try:
            with lock:
                yield
        finally:
            with self._door:
                self._locks.pop(table, None)

    def forget(self) -> None:
        """Forget the builds of other threads: a process that was forked off has none of them."""
        self._door = Lock()
        self.shapes = RLock()  #: held by who asks a prepared shape
        self._locks.clear()


BUILDS = _Builds()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=BUILDS.forget)


def build_once(build: Callable[_Given, _Table]) -> Callable[_Given, _Table]:
    """Keep what a function builds for its arguments, as `functools.cache` does, and build it once.

    Of threads that ask at the same moment one builds, and all get the same object.
    """
    built: dict[Hashable, _Table] = {}

    def build_in_turn(*args: _Given.args, **named: _Given.kwargs) -> _Table:
        asked = (args, tuple(sorted(named.items())))
        with BUILDS.wait_for((build, asked)):
            if asked not in built:
                built[asked] = build(*args, **named)
            return built[asked]

    kept: Any = cache(build_in_turn)
    update_wrapper(kept, build)
    return cast("Callable[_Given, _Table]", kept)


class _TableOfEach(Generic[_Own, _Table]):
    """A property that each object builds once, and then keeps in its own dictionary."""

    def __init__(self, build: Callable[[_Own], _Table]) -> None:
        self._build = build
        self.__doc__ = build.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, own: None, owner: type | None = None) -> _TableOfEach[_Own, _Table]: ...

    @overload
    def __get__(self, own: _Own, owner: type | None = None) -> _Table: ...

    def __get__(
        self, own: _Own | None, owner: type | None = None
    ) -> _Table | _TableOfEach[_Own, _Table]:
        if own is None:
            return self
        kept: dict[str, _Table] = vars(own)
        with BUILDS.wait_for((id(own), self._name)):
            if self._name not in kept:
                kept[self._name] = self._build(own)
            return kept[self._name]


def build_once_each(build: Callable[[_Own], _Table]) -> _TableOfEach[_Own, _Table]:
    """Make a method a property that each object builds once, whichever threads ask for it.

    It is `functools.cached_property` under a lock of that object alone: Python's own has none
    since 3.12, and before one for all objects of the class.
    """
    return _TableOfEach(build)


def take_turns(
    method: Callable[Concatenate[_Turned, _Given], _Table],
) -> Callable[Concatenate[_Turned, _Given], _Table]:
    """Let one thread at a time into those methods of an object that take turns."""

    @wraps(method)
    def wait(own: _Turned, /, *args: _Given.args, **named: _Given.kwargs) -> _Table:
        with own.turn:
            return method(own, *args, **named)

    return wait


class _Holds:
    """How many threads hold the garbage collector back, and whether it ran before them."""

    def __init__(self) -> None:
        self._door = Lock()
        self._count, self._ran_before = 0, False

    def forget(self) -> None:
        """Forget the holds of other threads: a process that was forked off has none of them."""
        self._door = Lock()
        if self._count and self._ran_before:
            gc.enable()
        self._count = 0

    def take(self) -> None:
        """Hold it back, if no other thread does."""
        with self._door:
            if not self._count:
                self._ran_before = gc.isenabled()
                gc.disable()
            self._count += 1

    def give_back(self) -> None:
        """Let it go, if no other thread holds it."""
        with self._door:
            self._count -= 1
            if not self._count and self._ran_before:
                gc.enable()


_HOLDS = _Holds()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_HOLDS.forget)


@contextmanager
def hold_collector() -> Iterator[None]:
    """Hold the garbage collector back while many objects are made, all of which are kept.

    It would look through them again and again: of a million points that takes four fifths of the
    time, of a table of 16,000 columns half of it. The last of several threads lets it go.
    """
    _HOLDS.take()
    try:
        yield
    finally:
        _HOLDS.give_back()


def prepare_copy(shape: BaseGeometry) -> BaseGeometry:
    """Copy a shape and prepare the copy, so that no other holder of the shape has a prepared one.

    Who asks it holds `BUILDS.shapes`: some questions make it build its tables, which two threads at
    that moment tear.
    """
    copied = shapely.force_2d(shape)
    shapely.prepare(copied)
    return copied
