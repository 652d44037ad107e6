"""How the bytes of a line are text, and which encoding fits where the one that was named fails."""

from __future__ import annotations

import codecs
import re

from geosec.errors import ParameterError

LONGEST_LINE = 1_000_000
_WIDE = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_NO_FILES = ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7")
_RUN = re.compile(rb"[\x80-\xff]{2,}")  # letters side by side beyond ASCII: another script
_WORD = re.compile(rb"[^\s,;\t|\"]*[\x80-\xff][^\s,;\t|\"]*")
_SHOWN = 30


def check_encoding(encoding: str) -> None:
    """Refuse what is no encoding of text with a `ParameterError`."""
    try:
        b" ".decode(encoding, "replace")
        is_known = codecs.lookup(encoding).name not in _NO_FILES
    except (LookupError, ValueError):
        is_known = False
    if not is_known:
        msg = f"`encoding` {encoding!r} is no encoding of text; name one such as 'utf-8', 'cp1252'."
        raise ParameterError(msg)


def find_wide(start: bytes, encoding: str) -> str:
    """Name the encoding of a text of two or four bytes a letter, empty where it is none.

    Its mark at the start says so, or else the name that was given.
    """
    for mark, wide in _WIDE.items():
        if start.startswith(mark):
            return wide
    named = encoding.casefold().replace("_", "-")
    return encoding if named.startswith(("utf-16", "utf-32")) else ""


def decode_line(content: bytes | None, encoding: str) -> tuple[str, str]:
    """Give the text of a line, and what is wrong with it; None is one that is too long."""
    if content is None:
        return "", f"the line is longer than {LONGEST_LINE:,} bytes"
    if b"\x00" in content:
        at = content.index(b"\x00") + 1
        return content.decode(encoding, "replace"), f"byte {at} of the line is NUL: no text"
    try:
        return content.decode(encoding), ""
    except UnicodeDecodeError as error:
        why = f"byte {error.start + 1} of the line is not {encoding}; {_advise(content)}"
        return content.decode(encoding, "replace"), why


def _advise(content: bytes) -> str:
    """Say which encoding fits a line, with a word of it read so."""
    remedy = "save the file as UTF-8, or name its encoding with `encoding=`"
    runs = sum(map(len, _RUN.findall(content)))
    is_script = 2 * runs > len(content) - len(content.translate(None, bytes(range(0x80, 0x100))))
    for encoding in ("utf-8", *(("cp1256", "cp1252") if is_script else ("cp1252", "cp1256"))):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        word = _WORD.findall(content)[0].decode(encoding)[:_SHOWN]
        return f"{encoding} fits, and reads {word!r}; {remedy}".replace(
            "`encoding=`", f"`encoding={encoding!r}`"
        )
    return remedy
