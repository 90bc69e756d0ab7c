"""The header of a mail: cleaning what comes from a sheet, and folding what is not ASCII.

The standard library's folding (``EmailMessage`` with ``policy.SMTP``) loses and adds spaces in Vietnamese subjects, and
reads encoded words in a plain text that it is given, so that a cell could add a recipient. Here a text is cleaned
first, then written by RFC 2047 and RFC 5322 in one way alone.
"""

from __future__ import annotations

import re
import unicodedata
from binascii import b2a_base64
from collections.abc import Iterator
from datetime import datetime, timedelta

from sheetsync.errors import DeliveryRefused
from sheetsync.post import Mailbox, valid_address

LONGEST = 150
"""The most characters of a subject or name; what is longer ends with an ellipsis."""

LINE = 76
"""The longest line with an encoded word (RFC 2047, section 2)."""

WORD = 75
"""The longest encoded word."""

_HEAD, _TAIL = "=?utf-8?b?", "?="
_NO_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Controls, marks that turn the direction of text, invisible tags, halves of pairs, and private characters.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2061-\u206f\ufff9-\uffff"
    r"\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
_SIGNS_OF_ADDRESSES = re.compile(r'[",;:<>@()\[\]\\]')
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clean(text: str) -> str:
    """Give a text from a sheet as it may stand in a header: one line, nothing unseen, no encoded word, not too long."""
    plain = unicodedata.normalize("NFC", _UNSEEN.sub(" ", _NO_WIDTH.sub("", text)))
    return _capped(re.sub(" {2,}", " ", plain).strip(" ").replace("=?", "= ?"))


def clean_name(text: str) -> str:
    """Give the name of a person or firm as it may stand before an address.

    The signs that part addresses become spaces even where they could be quoted: some mail programs decode a name
    first and look for addresses afterwards.
    """
    return clean(_SIGNS_OF_ADDRESSES.sub(" ", text))


def _capped(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = LONGEST - 1
    while end > 1 and unicodedata.combining(text[end]):
        end -= 1
    return text[:end].rstrip() + "…"


def checked(mailbox: Mailbox) -> Mailbox:
    """Give a mailbox with a clean name; raises DeliveryRefused where its address is none."""
    if not valid_address(mailbox.address):
        raise DeliveryRefused("mail.address", address=clean(mailbox.address))
    return Mailbox(mailbox.address, clean_name(mailbox.name))


def subject_line(text: str) -> str:
    """Give the value of a Subject header, folded; what is ASCII stays readable."""
    wanted = clean(text)
    if wanted.isascii() and all(len(word) < WORD - len("Subject: ") for word in wanted.split(" ")):
        return _folded_words(wanted.split(" "), len("Subject: "))
    return "\r\n ".join(_encoded(wanted, len("Subject: ")))


def address_line(mailbox: Mailbox, header: str) -> str:
    """Give the value of a header (``To``) with one address, folded; raises DeliveryRefused where that is none."""
    known = checked(mailbox)
    if not known.name:
        return known.address
    used = len(header) + 2
    quoted = known.name.isascii() and used + len(known.name) + 2 <= LINE
    words = [f'"{known.name}"'] if quoted else [*_encoded(known.name, used)]
    first, last = "\r\n ".join(words), f"<{known.address}>"
    fits = len(words[-1]) + len(last) + 1 + (used if len(words) == 1 else 1) <= LINE
    return f"{first} {last}" if fits else f"{first}\r\n {last}"


def _folded_words(words: list[str], used: int) -> str:
    """Join ASCII words by spaces, beginning a new line where one would grow too long."""
    told, length = words[0], used + len(words[0])
    for word in words[1:]:
        breaks = length + 1 + len(word) > LINE
        told += f"\r\n {word}" if breaks else f" {word}"
        length = 1 + len(word) + (0 if breaks else length)
    return told


def _encoded(text: str, used: int) -> Iterator[str]:
    """Give encoded words (RFC 2047, base64 of UTF-8) that each hold whole characters, the first after ``used`` letters.

    What a reader sees between two of them is dropped, so that a space of the text stands inside a word.
    """
    held, room = b"", _room(LINE - used)
    for char in text:
        octets = char.encode("utf-8")
        if held and len(held) + len(octets) > room:
            yield _word(held)
            held, room = b"", _room(LINE - 1)
        held += octets
    yield _word(held)


def _room(columns: int) -> int:
    """Give how many octets an encoded word of so many columns can hold: four letters hold three octets."""
    return (min(columns, WORD) - len(_HEAD) - len(_TAIL)) // 4 * 3


def _word(octets: bytes) -> str:
    return f"{_HEAD}{b2a_base64(octets, newline=False).decode('ascii')}{_TAIL}"


def date_line(moment: datetime) -> str:
    """Give the value of a Date header; the moment knows its time zone (else ValueError), and keeps it."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a mail's date needs a time zone")
    minutes = offset // timedelta(minutes=1)
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
    day = f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment.year:04}"
    return f"{day} {moment:%H:%M:%S} {zone}"


def label(text: str) -> str:
    """Give a text as a label that may stand in an id or a file's name: lower-case letters a to z, digits, hyphens."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    kept = re.sub(r"[^a-z0-9]+", "-", "".join(char for char in bare if not unicodedata.combining(char)))
    return kept.strip("-")[:60].strip("-") or "x"
