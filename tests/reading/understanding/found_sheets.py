# ruff: noqa: S311 - the cases are to be the same every time, and keep no secret
"""Reads the headers of tables that people published, and makes workbooks of them with cells of our own below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random

from sheetsync.workbook import Area, CellValue, Workbook, Worksheet, column_letters
from tests.reading.understanding.wild_page import CORE, Case, Expected, cell
from tests.reading.understanding.wild_words import MEASURES

FOLDER = Path(__file__).parent / "found"
_SECTIONS: Mapping[str, Sequence[str]] = {
    "vi": ["Tài chính", "Khách hàng", "Quy trình nội bộ"], "en": ["Financial", "Customer", "Internal process"],
    "zh": ["财务", "客户", "内部流程"], "pt": ["Financeira", "Clientes", "Processos"],
    "es": ["Financiera", "Clientes", "Procesos internos"], "fr": ["Finances", "Clients", "Processus internes"],
    "de": ["Finanzen", "Kunden", "Interne Prozesse"], "ru": ["Финансы", "Клиенты", "Процессы"],
    "tr": ["Finans", "Müşteri", "Süreçler"], "ja": ["財務", "顧客", "業務プロセス"],
    "ko": ["재무", "고객", "내부 프로세스"],
}  # fmt: skip
_STATUSES: Mapping[str, Sequence[str]] = {
    "vi": ["Đúng tiến độ", "Có rủi ro", "Đạt"], "en": ["On track", "At risk", "Met"],
    "zh": ["进行中", "已完成", "有风险"],
    "pt": ["No prazo", "Em risco", "Atingido"], "es": ["En curso", "En riesgo", "Cumplido"],
    "fr": ["En cours", "Atteint", "En retard"], "de": ["Im Plan", "Gefährdet", "Erreicht"],
    "ru": ["В работе", "Выполнено", "Под риском"], "tr": ["Devam ediyor", "Tamamlandı", "Riskli"],
    "ja": ["順調", "遅れ", "完了"], "ko": ["정상", "지연", "완료"],
}  # fmt: skip
_TEXT_AMOUNTS = ["≥ 95%", "< 2,5 s", "100%", "25+", ">= 4.5", "≤ 30", "3", "12%", "$10M", "> 80%", "0"]
_TEXT_LEVELS = ["40%", "12", "~15%", "—", "3.1", "N/A", "87%", "1,250", "0", "52%"]
_FREQUENCIES = {"vi": ["Tháng", "Quý"], "zh": ["月度", "季度"], "ru": ["Ежемесячно", "Ежеквартально"], "ja": ["月次"]}


def found(name: str) -> Iterator[Case]:
    """Make the workbooks of one of the files, such as ``tuning``."""
    text = "\n".join(
        line for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines() if line[:1] != "#" or "|" in line
    )
    for number, block in enumerate(part for part in text.split("\n\n") if part.strip()):
        yield _case(name, number, block.strip("\n").split("\n"))


def _case(name: str, number: int, lines: Sequence[str]) -> Case:
    language, form = lines[0].split()
    above: list[list[CellValue]] = [
        [part.strip() or None for part in line[1:].split("|")] for line in lines if line.startswith(">")
    ]
    heads = [[part.strip() for part in line.split("|")] for line in lines[1:] if line[0] not in ">="]
    roles = next(line for line in lines if line.startswith("=")).split()[1:]
    random = Random(f"{name} {number}")
    first = len(above) + 1
    rows = list(above)
    rows += [[None if part in "<^" else part for part in head] for head in heads]
    rows += _data(random, language, form, roles)
    header = tuple(range(first, first + len(heads)))
    columns: dict[str, list[str]] = {}
    for place, role in enumerate(roles, 1):
        if role in CORE:
            columns.setdefault(role, []).append(column_letters(place))
    unjudged = tuple(column_letters(place) for place, role in enumerate(roles, 1) if role.endswith("?"))
    sheet = Worksheet("Sheet1", rows, merges=tuple(_merges(heads, first)))
    kind = "okr" if {"objective", "key_result"} & columns.keys() else "kpi"
    expected = Expected("Sheet1", kind, header, columns, unjudged)
    label = f"found {language}"
    return Case(label, Workbook(f"{name} {number + 1}: {lines[len(above) + 1]}", "memory", (sheet,), "1"), (expected,))


def _merges(heads: Sequence[Sequence[str]], first: int) -> Iterator[Area]:
    """Give the merged cells that the marks < and ^ stand for."""
    for level, head in enumerate(heads):
        for place, part in enumerate(head):
            if part in ("<", "^"):
                continue
            right = place
            while right + 1 < len(head) and head[right + 1] == "<":
                right += 1
            down = level
            while down + 1 < len(heads) and heads[down + 1][place] == "^":
                down += 1
            if right > place or down > level:
                yield Area(first + level, place + 1, first + down, right + 1)


def _data(random: Random, language: str, form: str, roles: Sequence[str]) -> list[list[CellValue]]:
    count, once = random.randint(4, 7), random.random() < 0.4
    rows = []
    for row in range(count):
        values = [_cell(random, language, form, role, row, count) for role in roles]
        if once and row and "objective" in roles and "key_result" in roles:
            values[roles.index("objective")] = None
        rows.append(values)
    return rows


def _cell(random: Random, language: str, form: str, role: str, row: int, count: int) -> CellValue:
    role, texts = role.removesuffix("?") or "progress", form == "texts"
    if role in ("target", "baseline", "current") and texts:
        return random.choice(_TEXT_AMOUNTS if role == "target" else _TEXT_LEVELS)
    if role == "progress" and texts:
        return f"{random.randint(30, 120)}%"
    if role in _IN_TURN:
        return _IN_TURN[role][row % len(_IN_TURN[role])]
    if role in _DRAWN:
        return random.choice(_DRAWN[role])
    if role in _WORDS:
        return _WORDS[role](random, language, row)
    return cell(random, language, {"person": "owner"}.get(role, role), row, count)


_WORDS: Mapping[str, Callable[[Random, str, int], CellValue]] = {
    "section": lambda _, language, row: _SECTIONS[language][row // 2 % 3],
    "perspective": lambda _, language, row: _SECTIONS[language][row // 2 % 3],
    "status": lambda random, language, _: random.choice(_STATUSES[language]),
    "formula": lambda _, language, row: f"{MEASURES[language][row % 6]} / {MEASURES[language][row % 3]}",
    "metric": lambda _, language, row: MEASURES[language][(row + 2) % 6],
    "initiative": lambda _, language, row: MEASURES[language][(row + 3) % 6],
    "frequency": lambda random, language, _: random.choice(_FREQUENCIES.get(language, ["Monthly", "Quarterly"])),
}


_IN_TURN: Mapping[str, Sequence[CellValue]] = {
    "id": [f"KPI-{number:02}" for number in range(1, 9)],
    "start": [date(2025, 1, day) for day in range(6, 14)],
    "date": [date(2025, 5, day) for day in range(6, 14)],
    "month": [5],
    "year": [2025],
    "period": ["Q2 2025"],
    "confidence": [7, 5, 8, 3, 9],
}
_DRAWN: Mapping[str, Sequence[CellValue]] = {
    "text": ["A7", "B12", "Type 1", "X", None],
    "other": ["> 3", "< 60%", "10"],
    "number": [10, 120, 350, 40, 800],
    "variance": ["+5%", "-3%", "+12%"],
    "trend": ["↑", "↓", "→"],
    "grade": ["A", "B", "C"],
    "priority": ["P0", "P1"],
    "source": ["CRM", "ERP", "Google Analytics", "HRM"],
    "direction": ["↑", "↓"],
}
