"""What the cells below a header look like: numbers, percentages, dates, names, units, ids, long texts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from sheetsync.adding import added
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.vocabulary import Vocabulary
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

_NUMBER = re.compile(
    r"(?!\d{1,2}[.)]\s+[^\W\d]{3})"  # 1. Grow revenue: counts the goals
    r"[<>≥≤=~≈±+\-−–]{0,2}\s*(?:từ|tu|from|min|max|tối thiểu|tối đa|at least|at most)?\s*[$€£¥₫]?\s*\d[\d.,\s]*"
    r"\s*(?:%|[^\W\d]{1,12}\.?(?:\s[^\W\d]{1,10})?)?\s*(?:=<|[<>≥≤=])?(?:\s*(?:-|–|→|->|đến|to|lên)\s*[<>≥≤=+\-−]{0,2}\d[\d.,]*\s*\S{0,8})?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"[<>≥≤=+\-−\s]*(?:\d[\d.,]*\s*%|%\s*\d[\d.,]*)")
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ T].*)?|\d{1,2}/\d{1,2}"
    r"|\d{4}年\d{1,2}月\d{1,2}日"
    r"|\d{1,2}[ -][^\W\d]{3,9}[ -,]+\d{2,4}|[^\W\d]{3,9} \d{1,2},? \d{4}"
)
_ID = re.compile(
    r"[^\W\d_]{0,5}[ .\-_]?\d{1,4}(?:[.\-_,][^\W_]{0,3}\d{0,3}){0,4}\.?"
    r"|[^\W\d_]{1,5}[.\-_][^\W_]{1,6}(?:[.\-_]\d{1,4})*|[ivxIVX]{1,4}\.?|[A-Z]\.?"
)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PLACEHOLDER = re.compile(r"\$\{.*\}|\{\{.*\}\}|<[^<>]+>|#N/A|#REF!|#DIV/0!|#VALUE!|N/?A|[-–—.…_]+", re.IGNORECASE)
_SIGNS_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\uac00-\ud7a3]{2,4}|[\u4e00-\u9fff]{1,4}[ 　][\u3040-\u30ff\u4e00-\u9fff]{1,4}"
)
_WITH_DIGITS = (("numeric", _NUMBER), ("percent", _PERCENT), ("date", _DATE), ("code", _ID))
_LONGEST_WORDS = 40
_FIRST_SIGN = "\u2e80"
_SERIALS_APART = 1500
_WORDY = 3
_GIVEN_NAME = (2, 10)
"""Letters of one word that may be the name by which colleagues call somebody."""
_SERIALS = (32874, 73415)  # 1990 to 2100 as day numbers of a spreadsheet


class Shape(NamedTuple):
    """Shares, 0 to 1, of the filled cells of a column; ``size`` is how many there are. Lengths are in characters."""

    size: int = 0
    rows: int = 0
    number: float = 0.0
    numeric_text: float = 0.0
    percent: float = 0.0
    date: float = 0.0
    text: float = 0.0
    unit: float = 0.0
    status: float = 0.0
    team: float = 0.0
    name: float = 0.0
    given: float = 0.0
    code: float = 0.0
    mail: float = 0.0
    frequency: float = 0.0
    period: float = 0.0
    lines: float = 0.0
    formula: float = 0.0
    distinct: float = 0.0
    length: float = 0.0
    words: float = 0.0
    low: float = 0.0
    high: float = 0.0
    total: float = 0.0
    rising: bool = False
    answer: float = 0.0

    @property
    def numeric(self) -> float:
        """The share of numbers, as numbers or as texts."""
        return self.number + self.numeric_text

    @property
    def plain_text(self) -> float:
        """The share of texts that are neither numbers nor dates."""
        return max(0.0, self.text - self.numeric_text)


def shape_of(values: Sequence[CellValue], percents: int, formulas: int, vocabulary: Vocabulary) -> Shape:
    """Measure the cells of a column; ``percents`` and ``formulas`` say how many of them are shown or made so."""
    kept = [value for value in values if value is not None and not (isinstance(value, str) and _placeholder(value))]
    if not kept:
        return Shape(rows=len(values))
    size = len(kept)
    texts = Counter(_on_one_line(value) for value in kept if isinstance(value, str))
    numbers = [float(value) for value in kept if isinstance(value, int | float) and not isinstance(value, bool)]
    told = {name: count / size for name, count in _kinds(texts, vocabulary).items()}
    days = _serials(numbers) + sum(1 for value in kept if isinstance(value, date | datetime))
    parsed = numbers or [number for text in texts.elements() if (number := _leading(text)) is not None]
    return Shape(
        size=size,
        rows=len(values),
        number=len(numbers) / size,
        numeric_text=told["numeric"],
        percent=told["percent"] + percents / size,
        date=told["date"] + days / size,
        text=texts.total() / size,
        unit=told["unit"],
        status=told["status"],
        team=told["team"],
        name=told["name"],
        given=told["given"],
        code=told["code"],
        mail=told["mail"],
        frequency=told["frequency"],
        period=told["period"],
        lines=sum(1 for value in kept if isinstance(value, str) and "\n" in value.strip()) / size,
        formula=formulas / size,
        distinct=len(set(map(str, kept))) / size,
        length=sum(map(_length, kept)) / size,
        words=sum(count * len(plain(text).split()) for text, count in texts.items()) / max(texts.total(), 1),
        low=min(parsed, default=0.0),
        high=max(parsed, default=0.0),
        total=added(parsed),
        rising=_rises(parsed),
        answer=told["answer"],
    )


def _on_one_line(value: str) -> str:
    """Give a text on one line; of several amounts below each other the first one stands for all."""
    lines = value.split("\n") if "\n" in value else []
    if len(lines) > 1 and all(_NUMBER.fullmatch(line.strip()) or not line.strip() for line in lines):
        return next((line.strip() for line in lines if line.strip()), "")
    return " ".join(value.split())


def _kinds(texts: Counter[str], vocabulary: Vocabulary) -> dict[str, int]:
    """Count the texts of each kind; a text that comes again is looked at once."""
    found = dict.fromkeys(
        (
            "numeric",
            "percent",
            "date",
            "unit",
            "status",
            "answer",
            "team",
            "name",
            "given",
            "code",
            "mail",
            "frequency",
            "period",
        ),
        0,
    )
    for text, count in texts.items():
        for kind in _kinds_of(text, vocabulary):
            found[kind] += count
    return found


def _kinds_of(text: str, vocabulary: Vocabulary) -> Iterator[str]:
    words = plain(text)
    if len(text) <= _LONGEST_WORDS:
        if any(map(str.isdigit, text)):
            yield from (kind for kind, pattern in _WITH_DIGITS if pattern.fullmatch(text))
        elif _ID.fullmatch(text):
            yield "code"
        if vocabulary.periods.whole(text) is not None:
            yield "period"
        if _is_unit(text, words, vocabulary.units):
            yield "unit"
        known = (
            ("status", vocabulary.statuses), ("answer", vocabulary.answers), ("frequency", vocabulary.frequencies)
        )  # fmt: skip
        yield from (kind for kind, told in known if words in told)
        if is_team(words, vocabulary.teams):
            yield "team"
    if "@" in text and _MAIL.fullmatch(text):
        yield "mail"
    elif is_name(text):
        yield "name"
    elif _GIVEN_NAME[0] <= len(text) <= _GIVEN_NAME[1] and text.istitle() and text.isalpha():
        yield "given"


def _serials(numbers: Sequence[float]) -> int:
    """Give how many numbers are days without a date format: all of them whole and near each other, or none."""
    alike = all(_SERIALS[0] <= number <= _SERIALS[1] and number == int(number) for number in numbers)
    apart = max(numbers, default=0.0) - min(numbers, default=0.0)
    return len(numbers) if alike and 0 < apart < _SERIALS_APART else 0


def _is_unit(text: str, words: str, units: frozenset[str]) -> bool:
    if len(text) > 24 or any(sign.isdigit() for sign in text):
        return False
    if words in units or text.casefold() in units or text in ("%", "$", "€", "₫", "#", "¥", "£"):
        return True
    parts = re.split(r"[/\s]+", text.casefold().strip("()[] "))
    return (
        len(parts) <= 3
        and bool(parts)
        and parts[0] != ""
        and all(plain(part) in units or part in units for part in parts)
    )


def is_team(words: str, teams: frozenset[str]) -> bool:
    """Say whether a plain text is the name of a department."""
    tokens = words.split()
    if not tokens or len(tokens) > 6:
        return False
    return words in teams or tokens[0] in teams or tokens[-1] in teams or " ".join(tokens[:2]) in teams


def is_name(text: str) -> bool:
    """Say whether a text is the name of a person, or of several."""
    if len(text) > 60:
        return False
    parts = [part.strip() for part in re.split(r"[,;/&+]| và | and ", text) if part.strip()]
    return bool(parts) and all(_is_capitalised(part) or _SIGNS_NAME.fullmatch(part) for part in parts)


def _is_capitalised(text: str) -> bool:
    """Say whether a text is two to five words that begin with a capital and are written in letters."""
    words = text.replace("-", " ").replace("'", "").replace("’", "").split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() and word.rstrip(".").isalpha() for word in words)


def _placeholder(text: str) -> bool:
    return len(text) <= 60 and _PLACEHOLDER.fullmatch(text.strip()) is not None


def _length(value: CellValue) -> int:
    """Give the length of a value in letters; a sign of Chinese, Japanese or Korean says as much as three."""
    text = str(value)
    return len(text) if text.isascii() else len(text) + 2 * sum(1 for sign in text if sign >= _FIRST_SIGN)


def _leading(text: str) -> float | None:
    if len(text) > _LONGEST_WORDS or _NUMBER.fullmatch(text) is None:
        return None
    match = re.search(r"\d+(?:[.,]\d{1,2}(?!\d))?", text)
    return float(match[0].replace(",", ".")) if match else None


def _rises(numbers: Sequence[float]) -> bool:
    """Say whether numbers count rows: whole, and mostly each one more than the last."""
    if len(numbers) < 2 or any(number != int(number) for number in numbers):
        return False
    steps = sum(1 for before, after in pairwise(numbers) if after - before == 1 or after == 1)
    return steps >= 0.8 * (len(numbers) - 1)


def is_wordy(shape: Shape) -> bool:
    """Say whether a column holds names of things, in several words."""
    return shape.plain_text >= 0.5 and (shape.words >= _WORDY or shape.length >= 12)
