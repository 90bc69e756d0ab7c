"""From the bytes of a text file to its text, and whether its encoding had to be guessed."""

from __future__ import annotations

import codecs
import re
import unicodedata

from sheetsync.errors import ReadRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_LONE_TONE = re.compile(f"[^{_VOWELS}{_VOWELS.upper()}][{_TONES}]|^[{_TONES}]")
_MOSTLY = 4
"""Letters beyond ASCII for each broken one from which on a text counts as damaged UTF-8, not as another encoding."""


def decoded_text(data: bytes, path: str) -> tuple[str, str]:
    """Give the text of a file, and the name of its encoding where that was guessed (else an empty text).

    UTF-8 with or without a mark and UTF-16 with one are certain. Anything else is an old encoding of Windows, of which
    1258 is Vietnamese and 1252 that of western Europe. Raises ReadRefused where UTF-16 breaks off.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name, path), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError:
        return _guessed(data)


def _marked(data: bytes, name: str, path: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise ReadRefused("file.broken_text", path=path, encoding=name.upper()) from error


def _guessed(data: bytes) -> tuple[str, str]:
    rescued = data.decode("utf-8", "replace")
    broken = rescued.count("\ufffd")
    if sum(1 for letter in rescued if letter > "\x7f") - broken > _MOSTLY * broken:
        return rescued, "UTF-8"
    vietnamese = data.decode("cp1258", "replace")
    if _is_vietnamese(vietnamese):
        return unicodedata.normalize("NFC", vietnamese), "Windows-1258"
    return data.decode("cp1252", "replace"), "Windows-1252"


def _is_vietnamese(text: str) -> bool:
    """Say whether a text read as Windows-1258 makes sense: đ stands in it, or tones, and these only on vowels."""
    if any(tone in text for tone in _TONES):
        return _LONE_TONE.search(text) is None
    return "đ" in text or "Đ" in text
