"""Answers kept by their question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class Memo(dict[_Key, _Value], Generic[_Key, _Value]):
    """A dictionary that works out what it does not hold, and is emptied when it holds too much.

    Unlike `functools.lru_cache` it keeps no order of use, so that a hit touches one entry and
    nothing else: with tens of thousands of entries that is most of what a hit costs.
    """

    def __init__(self, answer: Callable[[_Key], _Value], most: int = 65_536) -> None:
        super().__init__()
        self._answer = answer
        self._most = most

    def __missing__(self, key: _Key) -> _Value:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._answer(key)
        return value
