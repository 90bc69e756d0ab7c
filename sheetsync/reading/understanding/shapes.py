"""What the cells below a header look like: numbers, percentages, dates, names, units, ids, long texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.vocabulary import Vocabulary
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

_NUMBER = re.compile(
    r"[<>≥≤=~≈±+\-−–]{0,2}\s*(?:từ|tu|from|min|max|tối thiểu|tối đa|at least|at most)?\s*[$€£¥₫]?\s*\d[\d.,\s]*"
    r"\s*(?:%|[^\W\d]{1,12}\.?(?:\s[^\W\d]{1,10})?)?\s*(?:=<|[<>≥≤=])?(?:\s*(?:-|–|→|->|đến|to|lên)\s*[<>≥≤=+\-−]{0,2}\d[\d.,]*\s*\S{0,8})?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"[<>≥≤=+\-−\s]*(?:\d[\d.,]*\s*%|%\s*\d[\d.,]*)")
_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}.*|\d{1,2}[ -][^\W\d]{3,9}[ -,]+\d{2,4}|[^\W\d]{3,9} \d{1,2},? \d{4}|\d{1,2}/\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日")
_ID = re.compile(r"[^\W\d_]{0,5}[ .\-_]?\d{1,4}(?:[.\-_,][^\W_]{0,3}\d{0,3}){0,4}\.?|[^\W\d_]{1,5}[.\-_][^\W_]{1,6}(?:[.\-_]\d{1,4})*|[ivxIVX]{1,4}\.?|[A-Z]\.?")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PLACEHOLDER = re.compile(r"\$\{.*\}|\{\{.*\}\}|<[^<>]+>|#N/A|#REF!|#DIV/0!|#VALUE!|N/?A|[-–—.…_]+", re.IGNORECASE)
_SIGNS_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\uac00-\ud7a3]{2,4}|[\u4e00-\u9fff]{1,4}[ 　][\u3040-\u30ff\u4e00-\u9fff]{1,4}")
_WORDY = 3
_SERIALS = (32874, 73415)  # 1990 to 2100 as day numbers of a spreadsheet


class Shape(NamedTuple):
    """Shares, 0 to 1, of the filled cells of a column; ``count`` is how many there are. Lengths are in characters."""

    count: int = 0
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
    texts = [" ".join(value.split()) for value in kept if isinstance(value, str)]
    numbers = [float(value) for value in kept if isinstance(value, int | float) and not isinstance(value, bool)]
    dates = sum(1 for value in kept if isinstance(value, date | datetime))
    dated = sum(1 for text in texts if _DATE.fullmatch(text))
    numeric = [text for text in texts if _numeric(text)]
    serials = sum(1 for number in numbers if _SERIALS[0] <= number <= _SERIALS[1] and number == int(number))
    if numbers and serials == len(numbers) and len(set(numbers)) > 1 and max(numbers) - min(numbers) < 1500:
        dated += serials
    plains = [plain(text) for text in texts]
    parsed = numbers or [number for text in numeric if (number := _leading(text)) is not None]
    return Shape(
        count=len(kept),
        rows=len(values),
        number=len(numbers) / len(kept),
        numeric_text=len(numeric) / len(kept),
        percent=(percents + sum(1 for text in texts if _PERCENT.fullmatch(text))) / len(kept),
        date=(dates + dated) / len(kept),
        text=len(texts) / len(kept),
        **_words(texts, plains, len(kept), vocabulary),
        lines=sum(1 for value in kept if isinstance(value, str) and value.strip().count("\n") >= 1) / len(kept),
        formula=formulas / len(kept),
        distinct=len(set(map(str, kept))) / len(kept),
        length=sum(len(str(value)) for value in kept) / len(kept),
        words=sum(len(words.split()) for words in plains) / len(plains) if plains else 0.0,
        low=min(parsed, default=0.0),
        high=max(parsed, default=0.0),
        total=sum(parsed),
        rising=_rises(numbers or parsed),
    )


def _words(texts: Sequence[str], plains: Sequence[str], count: int, vocabulary: Vocabulary) -> dict[str, float]:
    units, statuses, teams = vocabulary.units, vocabulary.statuses, vocabulary.teams
    # Accents were lost in plain(), which the word lists share; signs such as % stay.
    told = {
        "unit": sum(1 for text, words in zip(texts, plains, strict=True) if _is_unit(text, words, units)),
        "status": sum(1 for words in plains if words in statuses),
        "team": sum(1 for words in plains if _is_team(words, teams)),
        "name": sum(1 for text in texts if _is_name(text)),
        "code": sum(1 for text in texts if _ID.fullmatch(text)),
        "mail": sum(1 for text in texts if _MAIL.fullmatch(text)),
        "frequency": sum(1 for words in plains if words in vocabulary.frequencies),
        "period": sum(1 for text in texts if vocabulary.periods.whole(text) is not None),
    }
    return {name: number / count for name, number in told.items()}


def _is_unit(text: str, words: str, units: frozenset[str]) -> bool:
    if len(text) > 24 or any(sign.isdigit() for sign in text):
        return False
    if words in units or text.casefold() in units or text in ("%", "$", "€", "₫", "#", "¥", "£"):
        return True
    parts = re.split(r"[/\s]+", text.casefold().strip("()[] "))
    return len(parts) <= 3 and bool(parts) and parts[0] != "" and all(plain(part) in units or part in units for part in parts)


def _is_team(words: str, teams: frozenset[str]) -> bool:
    tokens = words.split()
    if not tokens or len(tokens) > 6:
        return False
    return words in teams or tokens[0] in teams or tokens[-1] in teams or " ".join(tokens[:2]) in teams


def _is_name(text: str) -> bool:
    if len(text) > 60:
        return False
    parts = [part.strip() for part in re.split(r"[,;/&+]| và | and ", text) if part.strip()]
    return bool(parts) and all(_is_capitalised(part) or _SIGNS_NAME.fullmatch(part) for part in parts)


def _is_capitalised(text: str) -> bool:
    """Say whether a text is two to five words that begin with a capital and are written in letters."""
    words = text.replace("-", " ").replace("'", "").replace("’", "").split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() and word.rstrip(".").isalpha() for word in words)


def _numeric(text: str) -> bool:
    return len(text) <= 40 and any(map(str.isdigit, text)) and _NUMBER.fullmatch(text) is not None


def _placeholder(text: str) -> bool:
    return len(text) <= 60 and _PLACEHOLDER.fullmatch(text.strip()) is not None


def _leading(text: str) -> float | None:
    match = re.search(r"\d+(?:[.,]\d{1,2}(?!\d))?", text)
    return float(match[0].replace(",", ".")) if match else None


def _rises(numbers: Sequence[float]) -> bool:
    """Say whether numbers count rows: whole, and mostly each one more than the last."""
    if len(numbers) < 2 or any(number != int(number) for number in numbers):
        return False
    steps = sum(1 for before, after in zip(numbers, numbers[1:], strict=False) if after - before == 1 or after == 1)
    return steps >= 0.8 * (len(numbers) - 1)


def is_wordy(shape: Shape) -> bool:
    """Say whether a column holds names of things, in several words."""
    return shape.plain_text >= 0.5 and (shape.words >= _WORDY or shape.length >= 12)
