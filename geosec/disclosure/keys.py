"""The caller's secret, and what is made of it: identifiers and streams of numbers.

HMAC with SHA-256 (Krawczyk, Bellare and Canetti 1997, RFC 2104), its key made of the secret by
scrypt (Percival and Josefsson 2016, RFC 7914): who has not the secret can neither make these nor,
however few identifiers there may be, try which of them gives a hash; and to try secrets costs time.
The secret is in no table, file, message or log.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from geosec.errors import ParameterError

_LEAST_LENGTH, _LEAST_DISTINCT = 16, 6
_SALT, _COST = b"geosec release", 2**14
_SHOWN = 16  # hexadecimal digits of an identifier: 64 bits
_WORD = 8  # bytes of a number


class SecretKey:
    """What is made of a secret; it is never shown."""

    __slots__ = ("_key",)

    def __init__(self, secret: bytes) -> None:
        self._key = hashlib.scrypt(secret, salt=_SALT, n=_COST, r=8, p=1, dklen=32)

    def __repr__(self) -> str:
        return "SecretKey(...)"

    def __reduce__(self) -> str:
        msg = "a secret is not to be written."
        raise TypeError(msg)

    def hash_text(self, purpose: str, text: str) -> bytes:
        """Hash a text for one purpose; those of another purpose say nothing of it."""
        told = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, told, "sha256")

    def make_numbers(self, purpose: str, texts: list[str], count: int) -> np.ndarray[Any, Any]:
        """Make numbers between 0 and 1 for each text: (texts, count)."""
        streams = (
            hashlib.shake_256(self.hash_text(purpose, text)).digest(_WORD * count) for text in texts
        )
        words = np.frombuffer(b"".join(streams), dtype=">u8").astype("float64")
        return (words / 2.0**64).reshape(len(texts), count)

    def hash_labels(self, index: pd.Index, purpose: str) -> pd.Index:
        """Hash the identifiers of rows; those that repeat are counted first."""
        seen: Counter[str] = Counter()
        hashes = []
        for label in map(str, index):
            told = f"{label}\0{seen[label]}" if seen[label] else label
            seen[label] += 1
            hashes.append(f"r-{self.hash_text(purpose, told).hex()[:_SHOWN]}")
        return pd.Index(hashes, dtype="str", name="incident_id")


def read_secret(secret: Any, audience: str) -> SecretKey:
    """Read the secret of a caller; no message says what it is."""
    if secret is None:
        msg = (
            f"the audience {audience!r} needs a `secret` that nobody else knows, the same for each "
            "release of these incidents. Make one with `secrets.token_hex(32)`, and keep it apart "
            "from the data."
        )
        raise ParameterError(msg)
    if not isinstance(secret, str | bytes):
        msg = f"`secret` takes a text or bytes, and was given a {type(secret).__name__}."
        raise ParameterError(msg)
    told = secret.encode("utf-8", "surrogatepass") if isinstance(secret, str) else secret
    if len(told) < _LEAST_LENGTH or len(set(told)) < _LEAST_DISTINCT:
        msg = (
            f"`secret` must have {_LEAST_LENGTH} characters or more, {_LEAST_DISTINCT} of them "
            "different, or it could be guessed; make one with `secrets.token_hex(32)`."
        )
        raise ParameterError(msg)
    return SecretKey(told)
