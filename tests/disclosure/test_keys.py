from __future__ import annotations

import hashlib
import hmac
import pickle

import pandas as pd
import pytest

from geosec import ParameterError
from geosec.disclosure.keys import read_secret

SECRET = "a secret of the tests, 2026"  # noqa: S105 - of the tests


def test_identifiers_are_hmacs_of_sha_256():
    """RFC 2104 and RFC 7914, with Python's own implementation written out."""
    key = read_secret(SECRET, "public")
    hashed = key.hash_labels(pd.Index(["PK-1"]), "public adm2")[0]
    own = hashlib.scrypt(SECRET.encode(), salt=b"geosec release", n=2**14, r=8, p=1, dklen=32)
    told = hmac.new(own, b"public adm2\0PK-1", hashlib.sha256).hexdigest()
    assert hashed == f"r-{told[:16]}"


def test_identifiers_that_repeat_are_told_apart_and_others_stay():
    key = read_secret(SECRET, "public")
    alone = key.hash_labels(pd.Index(["a", "b"]), "x")
    twice = key.hash_labels(pd.Index(["a", "a", "b"]), "x")
    assert twice.is_unique
    assert [twice[0], twice[2]] == alone.tolist()


def test_hashes_for_two_purposes_cannot_be_joined():
    key = read_secret(SECRET, "public")
    index = pd.Index([1, 2, 3])
    assert not set(key.hash_labels(index, "public")) & set(key.hash_labels(index, "partner"))


def test_numbers_are_even_and_each_texts_own():
    key = read_secret(SECRET, "public")
    numbers = key.make_numbers("donut", [str(each) for each in range(500)], 40)
    assert numbers.shape == (500, 40)
    assert abs(numbers.mean() - 0.5) < 0.01
    assert (key.make_numbers("donut", ["7"], 40) == numbers[7]).all()


def test_a_secret_is_never_shown():
    key = read_secret(SECRET, "public")
    assert repr(key) == "SecretKey(...)"
    with pytest.raises(TypeError, match="not to be written"):
        pickle.dumps(key)


@pytest.mark.parametrize("secret", ["hunter2", "a" * 40, b"short", "abcabcabcabcabcabc"])
def test_a_secret_that_can_be_guessed_is_refused_without_being_shown(secret):
    with pytest.raises(ParameterError, match="16 characters or more") as error:
        read_secret(secret, "public")
    assert str(secret) not in str(error.value)
    assert "hunter2" not in str(error.value)


def test_no_secret_and_what_is_none_are_refused():
    with pytest.raises(ParameterError, match=r"'partner' needs a `secret`.*token_hex"):
        read_secret(None, "partner")
    with pytest.raises(ParameterError, match="text or bytes, and was given a int") as error:
        read_secret(1234567890123456, "public")
    assert "1234567890123456" not in str(error.value)
