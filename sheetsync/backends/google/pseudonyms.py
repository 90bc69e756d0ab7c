"""Pseudonyms for what stands in somebody's spreadsheet: of the same length and kind, and told by nothing of it.

The same text gets the same pseudonym throughout one recording, so that keys still match; a secret that is never stored
makes another recording of it look different, and keeps anybody from trying words until one fits. Letters become
consonants, so that no pseudonym reads like a word; digits become other digits; everything else stays.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import count, pairwise
from secrets import token_bytes
from string import ascii_letters

PLAIN = "bcdfghjklmnpqrstvwxz"
TWO_BYTES = "čďğķľňřşťž"
THREE_BYTES = "ḃḋḟḣḱḷṁṅṗṙṡṫṽẇẋ"
OTHER = "".join(map(chr, range(0x3400, 0x3480)))
ASTRAL = "".join(map(chr, range(0x20000, 0x20080)))
"""What letters become: ASCII, other letters by the bytes they take in UTF-8, signs of words, and beyond 16 bits."""

GRAM = 4
"""Letters in a row that a reader may recognise; no pseudonym holds so many of any original."""

ID_LETTERS = "BCDFGHJKLMNPQRSTVWXZbcdfghjklmnpqrstvwxz0123456789"
_EMAIL = re.compile(r"[^\s@<>,;:\"'()]+@[^\s@<>,;:\"'()]+\.[^\s@<>,;:\"'().]+")
_URL = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://([^\s\"'<>/?#]*)([^\s\"'<>]*)")
_RUN = re.compile(r"[^\W\d_]{4,}")
SCHEMES = ("http", "https", "ftp", "mailto")


def grams(text: str) -> Iterator[str]:
    """Give every four letters in a row of a text, without regard to case."""
    for run in _RUN.findall(text.casefold()):
        for start in range(len(run) - GRAM + 1):
            gram = run[start : start + GRAM]
            if gram.isalpha():  # the pattern also takes numbers such as ½
                yield gram


class Pseudonyms:
    """Gives pseudonyms that hold no four letters in a row of any of ``originals``, which are all texts to replace.

    ``dates`` are the numbers that stand for days or moments somewhere; these are shifted together.
    """

    def __init__(self, originals: Iterable[str] = (), secret: bytes | None = None, dates: Iterable[float] = ()) -> None:
        """Take all texts and dates beforehand; ``secret`` is drawn anew unless a test hands one in."""
        self._dates = frozenset(dates)
        self._secret = secret or token_bytes(32)
        self._taken = {gram for text in originals for gram in grams(text)}
        self._known: dict[tuple[str, str], str] = {}

    def text(self, original: str) -> str:
        """Give the pseudonym of a text; e-mail addresses and links in it stay such; blanks around it stay."""
        inner = original.strip()
        if not inner:
            return original
        left = original[: original.index(inner[0])]
        return left + self._once("text", inner, self._text) + original[len(left) + len(inner) :]

    def identifier(self, original: str) -> str:
        """Give the pseudonym of an ID that Google made: as long, of letters, digits, ``-`` and ``_``."""
        return self._once("id", original, self._identifier)

    def number(self, value: float) -> float:
        """Give another number with the same sign, as many digits, and the same trailing zeros; 0 stays 0.

        A whole number stays whole; no digit that counts keeps its place. A date stays a date, as far from the others.
        """
        if value in self._dates:
            return value + self.days()
        shown = repr(abs(value))
        mantissa, mark, exponent = shown.partition("e")
        if not mantissa.strip("0.") or not mantissa[0].isdigit():
            return value  # zero, or no number at all
        digits = self._digits(mantissa) + mark + exponent
        new = float(digits) if isinstance(value, float) else int(digits)
        return -new if value < 0 else new

    def days(self) -> int:
        """Give the number of days, 400 to 4400, by which this recording shifts every date."""
        first, second = self._bytes("days", "", 0)[:2]
        return 400 + (first * 256 + second) % 4001

    def _once(self, kind: str, original: str, make: Callable[[str], str]) -> str:
        known = self._known.get((kind, original))
        if known is None:
            known = self._known[kind, original] = make(original)
        return known

    def _text(self, original: str) -> str:
        parts = []
        at = 0
        for start, stop, made in self._special(original):
            parts += [self._letters(original[at:start]), made]
            at = stop
        parts.append(self._letters(original[at:]))
        return "".join(parts)

    def _special(self, original: str) -> Iterator[tuple[int, int, str]]:
        """Give the links and addresses of a text, with what becomes of them."""
        at = 0
        while True:
            link, mail = _URL.search(original, at), _EMAIL.search(original, at)
            first = min((found for found in (link, mail) if found), key=lambda found: found.start(), default=None)
            if first is None:
                return
            yield first.start(), first.end(), self._link(first) if first is link else self._email(first.group())
            at = first.end()

    def _link(self, found: re.Match[str]) -> str:
        scheme = found[1].lower() if found[1].lower() in SCHEMES else "x"
        return f"{scheme}://{self._letters(found[2].rpartition('.')[0] or found[2])}.example{self._letters(found[3])}"

    def _email(self, address: str) -> str:
        name, _, host = address.rpartition("@")
        return f"{self._letters(name)}@{self._letters(host.rpartition('.')[0])}.example"

    def _letters(self, original: str) -> str:
        """Replace letters and digits one by one; draw again while a stretch of any original appears."""
        return self._apart(original.casefold(), lambda stream: _replaced(original, stream))

    def _identifier(self, original: str) -> str:
        return self._apart(f"id/{original}", lambda stream: "".join(_of_id(sign, stream) for sign in original))

    def _apart(self, seed: str, make: Callable[[Iterator[int]], str]) -> str:
        """Make a pseudonym until it shares no stretch with an original, or break its stretches up."""
        made = ""
        for draw in range(DRAWS):
            made = make(self._stream(seed, draw))
            if self._taken.isdisjoint(grams(made)):
                return made
        return _RUN.sub(lambda run: _broken(run.group()), made)

    def _digits(self, mantissa: str) -> str:
        """Change every digit from the first to the last that counts."""
        significant = mantissa.rstrip("0.") if "." not in mantissa or mantissa.endswith(".0") else mantissa
        first = next(place for place, sign in enumerate(significant) if sign not in "0.")
        last = len(significant) - 1
        stream = self._stream(mantissa, 0)
        made: list[str] = [
            sign if sign == "." or place < first else _other_digit(sign, stream, nonzero=place in (first, last))
            for place, sign in enumerate(significant)
        ]
        return "".join(made) + mantissa[len(significant) :]

    def _stream(self, original: str, draw: int) -> Iterator[int]:
        for block in count():
            yield from self._bytes("stream", original, draw, block)

    def _bytes(self, kind: str, original: str, draw: int, block: int = 0) -> bytes:
        said = f"{kind}/{draw}/{block}/{original}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._secret, said, sha256)


DRAWS = 200
"""After so many draws a long run of letters is broken up instead; only texts of random letters come so far."""


def _broken(run: str) -> str:
    return "-".join(run[start : start + GRAM - 1] for start in range(0, len(run), GRAM - 1))


def _replaced(original: str, stream: Iterator[int]) -> str:
    return "".join([_character(sign, before, stream) for before, sign in pairwise(f" {original}")])


def _of_id(sign: str, stream: Iterator[int]) -> str:
    return ID_LETTERS[next(stream) % len(ID_LETTERS)] if sign.isalnum() else sign


def _character(sign: str, before: str, stream: Iterator[int]) -> str:
    """Replace one sign by one of its kind; ``before`` is the sign at its left."""
    if sign in ascii_letters:
        made = PLAIN[next(stream) % len(PLAIN)]
        return made.upper() if sign.isupper() else made
    if sign.isascii() and not sign.isdecimal():
        return sign
    if sign.isdecimal():
        return _digit(sign, before, stream)
    if not _is_letter(sign):
        return sign
    letters = _alphabet(sign)
    made = letters[next(stream) % len(letters)]
    return made.upper() if sign.isupper() else made


def _digit(sign: str, before: str, stream: Iterator[int]) -> str:
    """Give another digit of the same script; a zero that begins a number, such as a telephone number, stays."""
    if sign == "0" and not before.isdecimal():
        return sign
    value = unicodedata.decimal(sign)
    return chr(ord(sign) - value + int(_other_digit(str(value), stream, nonzero=not before.isdecimal())))


def _is_letter(sign: str) -> bool:
    """Say whether a sign is a letter, or is read as one (as ⓐ and 🅰 are)."""
    return sign.isalpha() or (
        not sign.isascii() and any(part.isalpha() for part in unicodedata.normalize("NFKC", sign))
    )


def _alphabet(sign: str) -> str:
    if ord(sign) > 0xFFFF:
        return ASTRAL
    if not (sign.islower() or sign.isupper()):
        return OTHER
    return TWO_BYTES if ord(sign) < 0x800 else THREE_BYTES


def _other_digit(sign: str, stream: Iterator[int], *, nonzero: bool) -> str:
    choices = [digit for digit in "0123456789" if digit != sign and not (nonzero and digit == "0")]
    return choices[next(stream) % len(choices)]
