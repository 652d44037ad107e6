"""How loops are compiled, and where they are kept from one process to the next.

numba keeps a loop by the text of its own file. It does not see when a loop that this one calls, or
a constant that it uses, changes in another file; and two processes that compile the same loop for
different types may write over each other. Here a loop is kept by the text of all files that it
builds on, each compiled form in a file of its own.
"""

from __future__ import annotations

import hashlib
import pickle
import re
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast
from uuid import uuid4

import numba
from numba.core import caching, serialize

if TYPE_CHECKING:
    from collections.abc import Callable

    _Loop = TypeVar("_Loop", bound=Callable[..., Any])

_NUMBA_CACHE: Any = caching.FunctionCache
_dump: Any = serialize.dumps
_IMPORTED = re.compile(rb"^from ([\w.]+) import ", re.MULTILINE)
_DIGEST = 32  # bytes before the content of a file, by which a broken one is known


def compile_loop(function: _Loop) -> _Loop:
    """Compile a function when it is first called; it may run beside other threads.

    The compiled form is kept in ``NUMBA_CACHE_DIR``, else beside the file, else in the user's
    own cache; where none of them can be written to, each process compiles for itself.
    """
    loop: Any = numba.njit(nogil=True)(function)
    with suppress(RuntimeError, OSError):  # no place to keep it, or no text to know it by
        loop._cache = _LoopCache(function)  # noqa: SLF001 - as `cache=True` does
    return cast("_Loop", loop)


class _LoopCache:
    """A cache of numba with files of ours, which does without them where they fail."""

    def __init__(self, function: _Loop) -> None:
        self._numba: Any = _NUMBA_CACHE(function)
        name = f"{function.__module__}.{function.__qualname__}.{sys.implementation.cache_tag}"
        files = _LoopFiles(Path(self.cache_path), name, hash_sources(function.__module__))
        self._numba._cache_file = files  # noqa: SLF001 - instead of an index and numbered files

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep a compiled form; a full disk, or a folder that is gone, is no reason to fail."""
        with suppress(OSError):
            self._numba.save_overload(sig, data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._numba, name)


class _LoopFiles:
    """The compiled forms of one loop, one file for each signature and kind of processor."""

    def __init__(self, folder: Path, name: str, stamp: str) -> None:
        self._folder = folder
        self._name = name
        self._stamp = stamp

    def load(self, key: Any) -> Any:
        """Read a compiled form; None where there is none, or no whole one."""
        try:
            content = self._name_file(key).read_bytes()
        except OSError:
            return None
        digest, form = content[:_DIGEST], content[_DIGEST:]
        if hashlib.sha256(form).digest() != digest:
            return None
        return pickle.loads(form)  # noqa: S301 - as numba does with its own files there

    def save(self, key: Any, data: Any) -> None:
        """Write a compiled form, whole or not at all, and take away those of other sources."""
        form = _dump(data)
        path = self._name_file(key)
        aside = path.with_name(f"{path.name}.{uuid4().hex}")
        try:
            aside.write_bytes(hashlib.sha256(form).digest() + form)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
        for other in self._list_files():
            if not other.name.startswith(f"{self._name}-{self._stamp}-"):
                other.unlink(missing_ok=True)

    def flush(self) -> None:
        """Take away all compiled forms."""
        for path in self._list_files():
            path.unlink(missing_ok=True)

    def _list_files(self) -> list[Path]:
        return list(self._folder.glob(f"{self._name}-*.loop"))

    def _name_file(self, key: Any) -> Path:
        kind = hashlib.sha256(repr(key).encode()).hexdigest()[:16]
        return self._folder / f"{self._name}-{self._stamp}-{kind}.loop"


def hash_sources(module: str) -> str:
    """Hash the text of a module and of all of its package that it imports from, and of numba.

    Raises an `OSError` where a text cannot be read, as where only compiled files are installed.
    """
    package = module.partition(".")[0].encode()
    texts: dict[str, bytes] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in texts:
            texts[name] = Path(str(sys.modules[name].__file__)).read_bytes()
            found = (match[1] for match in _IMPORTED.finditer(texts[name]))
            waiting += [each.decode() for each in found if each.partition(b".")[0] == package]
    told = hashlib.sha256(numba.__version__.encode())
    for name in sorted(texts):
        told.update(hashlib.sha256(texts[name]).digest())
    return told.hexdigest()[:16]
