"""A reader of mail headers, written from RFC 5322 and RFC 2047; it knows nothing of the program or of ``email``.

It takes only what those two allow to be written today: CRLF, folding, atoms, quoted strings, encoded words, and lists
of mailboxes. Anything else is a ``ValueError``, which is what makes it a judge.
"""

from __future__ import annotations

import base64
import re

ATEXT = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]"
WORD = re.compile(r"=\?([A-Za-z0-9-]+)\?([bB])\?([A-Za-z0-9+/]+={0,2})\?=")
ADDRESS = re.compile(rf"<({ATEXT}+(?:\.{ATEXT}+)*@{ATEXT}+(?:\.{ATEXT}+)*)>")
TOKEN = re.compile(rf'"((?:[^"\\\r\n]|\\.)*)"|({ATEXT}+(?:\.{ATEXT}+)*)')


def fields(data: bytes) -> list[tuple[str, str]]:
    """Give the header fields of a message, unfolded; ValueError for lines that are no header (RFC 5322, 2.2)."""
    head, found, _ = data.partition(b"\r\n\r\n")
    if not found:
        raise ValueError("no end of the header")
    told: list[tuple[str, str]] = []
    for line in head.decode("ascii").split("\r\n"):
        if "\r" in line or "\n" in line or len(line) > 998:
            raise ValueError(f"no line of a mail: {line!r}")
        if line[:1] in " \t":
            name, value = told.pop()
            if not line.strip():
                raise ValueError("a line of spaces alone")
            told.append((name, value + line))
            continue
        name, colon, value = line.partition(":")
        if not colon or not re.fullmatch(r"[!-9;-~]+", name):
            raise ValueError(f"no header: {line!r}")
        told.append((name, value))
    return told


def decoded(value: str) -> str:
    """Give an unstructured value with its encoded words decoded; blanks between two of them are dropped."""
    parts = re.split(r"([ \t]+)", value.strip(" \t"))
    told, after_word = "", False
    for place in range(0, len(parts), 2):
        blank = parts[place - 1] if place else ""
        found = WORD.fullmatch(parts[place])
        if found is not None and len(parts[place]) > 75:
            raise ValueError(f"an encoded word of {len(parts[place])} letters")
        told += "" if found and after_word else blank
        told += base64.b64decode(found[3], validate=True).decode(found[1]) if found else parts[place]
        after_word = found is not None
    return told


def mailboxes(value: str) -> list[tuple[str, str]]:
    """Give the (name, address) pairs of a value with mailboxes (RFC 5322, 3.4)."""
    rest, found = value.strip(), []
    while rest:
        name, rest = _name(rest)
        address = ADDRESS.match(rest)
        if address is None:
            raise ValueError(f"no address in angles: {rest!r}")
        found.append((name, address[1]))
        rest = rest[address.end() :].lstrip()
        if rest and not rest.startswith(","):
            raise ValueError(f"something after an address: {rest!r}")
        rest = rest[1:].lstrip()
    return found


def _name(rest: str) -> tuple[str, str]:
    told, after_word = "", False
    while not rest.startswith("<"):
        token = TOKEN.match(rest)
        if token is None:
            raise ValueError(f"no name: {rest!r}")
        word = WORD.fullmatch(token[2] or "")
        plain = re.sub(r"\\(.)", r"\1", token[1]) if token[1] is not None else token[2]
        piece = base64.b64decode(word[3], validate=True).decode(word[1]) if word else plain
        told += piece if not told or (word and after_word) else f" {piece}"
        after_word = word is not None
        rest = rest[token.end() :].lstrip(" \t")
    return told, rest
