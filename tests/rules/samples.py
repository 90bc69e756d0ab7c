"""Good and bad OKRs of many kinds of firms, as people would type them, read from plain text into workbooks.

``good/LANGUAGE.txt``: a line ``# firm``, then for each objective a line ``C title`` (company, T team, I individual;
``s`` after it strategic, ``t`` tactical), and below it its key results as ``- title | unit | baseline | target |
current | metric``. ``bad/LANGUAGE.txt``: one OKR a line, after the code of the rule that must report it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.model import Cycle, Goals
from sheetsync.profiles import load as load_profile
from sheetsync.reading import read_goals
from sheetsync.rules import Facts
from sheetsync.scoring import profile_from, score
from sheetsync.workbook import CellValue, Workbook, Worksheet
from tests.rules.facts import WORDS

TODAY = date(2026, 2, 20)
CHECKED = date(2026, 2, 16)
CYCLE = Cycle("Q1/2026", date(2026, 1, 1), date(2026, 3, 31))
FOLDER = Path(__file__).parent
LEXICON = Lexicon(load("vi"), load("en"))
CONCEPTS = (
    "id", "level", "horizon", "aligned_to", "objective", "key_result", "owner", "unit", "baseline", "target",
    "current", "metric", "check_in_date", "notes",
)  # fmt: skip
LEVELS = {"C": "company", "T": "team", "I": "individual"}
HORIZONS = {"s": "strategic", "t": "tactical"}
PEOPLE = ("Lan", "Minh", "Hoa", "Dũng", "Mai")

Row = dict[str, CellValue]


class Bad(NamedTuple):
    """One bad OKR: the code of the rule that must report it, and its rows."""

    code: str
    told: str
    rows: tuple[Row, ...]


def firms(language: str) -> dict[str, list[Row]]:
    """Give the rows of every firm with good OKRs."""
    found: dict[str, list[Row]] = {}
    rows: list[Row] = []
    company = ""
    for number, line in enumerate((FOLDER / "good" / f"{language}.txt").read_text(encoding="utf-8").splitlines()):
        if line.startswith("# "):
            rows = found[line[2:]] = []
            company = ""
        elif line.startswith("- "):
            rows.append(_key_result(f"KR-{number}", line[2:], rows[-1]["owner"]))
        else:
            rows.append(_objective(f"O-{number}", line, company, PEOPLE[len(rows) % len(PEOPLE)], language))
            company = company or f"O-{number}"
    return found


def _objective(key: str, line: str, company: str, owner: str, language: str) -> Row:
    kind, _, title = line.partition(" ")
    values = load(language)["values"]
    horizon = HORIZONS.get(kind[1:])
    return {
        "id": key,
        "level": _word(values["level"][LEVELS[kind[0]]]),
        "horizon": _word(values["horizon"][horizon]) if horizon else None,
        "aligned_to": company if company and kind[0] != "C" else None,
        "objective": title,
        "owner": owner,
    }


def _word(words: str | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _key_result(key: str, line: str, owner: CellValue) -> Row:
    names = ("key_result", "unit", "baseline", "target", "current", "metric", "notes")
    values = [_typed(part.strip()) for part in line.split("|")]
    return {"id": key, **dict(zip(names, values, strict=False)), "owner": owner, "check_in_date": CHECKED}


def _typed(text: str) -> CellValue:
    """Give a plain whole number as a number, as a sheet holds it; all else as it was typed."""
    return (int(text) if text.isascii() and text.isdigit() else text) or (0 if text == "0" else None)


def bad(language: str) -> Iterator[Bad]:
    """Give the bad OKRs; each has a second key result with nothing wrong in it."""
    sound = {"vi": "Đơn lặp lại mỗi tháng | đơn | 40 | 70 | 56", "en": "Repeat orders a month | orders | 40 | 70 | 56"}
    for line in (FOLDER / "bad" / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, title, rest = (part.strip() for part in line.split("|", 2))
        first: Row = {"id": "O-1", "objective": title, "owner": "Lan"}
        yield Bad(code, line, (first, _key_result("KR-1", rest, "Lan"), _key_result("KR-2", sound[language], "Lan")))


def sample_facts(rows: list[Row] | tuple[Row, ...], language: str) -> Facts:
    """Read and score rows as a workbook of a language."""
    headers = load(language)["headers"]["okr"]
    top = tuple(_word(headers[concept]) for concept in CONCEPTS)
    cells = tuple(tuple(row.get(concept) for concept in CONCEPTS) for row in rows)
    book = Workbook("sample", "sample.xlsx", (Worksheet("OKR", (top, *cells)),), "1")
    goals: Goals = read_goals(book, LEXICON, today=TODAY, cycle=CYCLE)
    profile, kpi_profile = profile_from(load_profile("default@1")), profile_from(load_profile("vn-kpi@1"))
    return Facts(goals, score(goals, profile, kpi_profile, TODAY), TODAY, profile=profile, words=WORDS)
