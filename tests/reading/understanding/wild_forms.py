"""Makes workbooks in the rarer forms: turned, target over actual, outlines, weeks, a worksheet for each member.

As in ``wild``, everything is drawn from a seeded generator.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from random import Random

from sheetsync.workbook import CellValue, Workbook, column_letters
from tests.reading.understanding.wild_page import (
    Case,
    Expected,
    Page,
    above,
    below,
    case,
    cell,
    data,
    pick,
    truth,
    word,
    words_for,
)  # fmt: skip
from tests.reading.understanding.wild_words import GOALS, HEADERS, MEASURES, PEOPLE

_WEEKS = {
    "vi": "Tuần", "en": "Week", "zh": "第{}周", "pt": "Semana", "es": "Semana", "fr": "Semaine", "de": "KW",
    "ru": "Неделя", "tr": "Hafta", "ja": "第{}週", "ko": "{}주차",
}  # fmt: skip
_MONTH = {
    "vi": "Tháng", "en": "Month", "zh": "月份", "pt": "Mês", "es": "Mes", "fr": "Mois", "de": "Monat", "ru": "Месяц",
    "tr": "Ay", "ja": "月", "ko": "월",
}  # fmt: skip
_NUMBERED = {"vi": "Tháng {}", "zh": "{}月", "ja": "{}月", "ko": "{}월"}
_BOTH = {
    "vi": ["Mục tiêu/Kết quả then chốt", "Mục tiêu và kết quả then chốt"],
    "en": ["Objectives & Key Results", "OKR"],
    "zh": ["目标与关键结果"], "pt": ["Objetivos e resultados-chave"], "es": ["Objetivos y resultados clave"],
    "fr": ["Objectifs et résultats clés"], "de": ["Ziele und Schlüsselergebnisse"],
    "ru": ["Цели и ключевые результаты"],
    "tr": ["Hedefler ve Anahtar Sonuçlar"], "ja": ["OKR"], "ko": ["OKR"],
}  # fmt: skip


def transposed(random: Random, language: str) -> Case:
    """Make a goal in each column, with the headers down the side."""
    page = Page(random, language)
    page.left = 0
    concepts = ["objective", "key_result", *random.sample(["owner", "team", "unit", "weight"], 2), "target", "current"]
    if random.random() < 0.5:
        page.add(random.choice(["OKR 2025", "OKRs Q3"]))
        page.blank()
    first, count = len(page.rows) + 1, random.randint(2, 4)
    for concept, name in zip(concepts, words_for(random, language, concepts), strict=True):
        page.add(name, *(cell(random, language, concept, goal, count) or 1 for goal in range(count)))
    rows = {concept: [column_letters(first + place)] for place, concept in enumerate(concepts)}
    return case("transposed", page, Expected("Sheet1", "okr", (first,), rows))


def period_rows(random: Random, language: str) -> Case:
    """Make a row for each month, week or quarter, and a column for each KPI."""
    page = Page(random, language)
    page.add(random.choice(["KPI 2025", "KPI"]))
    row = page.add(_MONTH[language], *(MEASURES[language][place] for place in range(random.randint(2, 4))))
    style = random.choice(["word", "date", "slash"])
    for month in range(1, random.randint(5, 12)):
        page.add(
            _month(language, style, month),
            *(random.randint(1, 90) for _ in range(len(page.rows[row - 1]) - page.left - 1)),
        )
    return case("period rows", page, Expected("Sheet1", "kpi", (row,), {}))


def _month(language: str, style: str, month: int) -> CellValue:
    """Write a month as people do: by its word, as a true date, or as digits."""
    if style == "date":
        return date(2025, month, 1)
    return _NUMBERED.get(language, "{:02}/2025").format(month) if style == "word" else f"{month:02}/2025"


def target_rows(random: Random, language: str) -> Case:
    """Make a target row over an actual row for each KPI, with months as columns."""
    page = Page(random, language)
    above(page)
    front = ["kpi", "unit"]
    names = words_for(random, language, front)
    kind = {"vi": "Loại", "en": "Type"}.get(language, "")
    months: Sequence[CellValue] = random.choice(
        [[date(2025, month, 1) for month in range(1, 7)], [f"{month}/2025" for month in range(1, 7)]]
    )
    row = page.add(*names, kind or None, *months)
    aim, done = word(random, language, "target"), word(random, language, "current")
    for number in range(random.randint(3, 5)):
        title, unit = cell(random, language, "kpi", number, 5), cell(random, language, "unit", number, 5)
        page.add(title, unit, aim, *(10 + month for month in range(6)))
        page.add(None, None, done, *(9 + month for month in range(6)))
    columns = {**truth(page, front), "current": [page.letters(3 + month) for month in range(6)]}
    return case("target rows", page, Expected("Sheet1", "kpi", (row,), columns))


def outline(random: Random, language: str) -> Case:
    """Make objectives and key results in one column, told apart by 1 and 1.1."""
    page = Page(random, language)
    above(page)
    rest = ["owner", "target", "current"]
    number = word(random, language, "order")
    row = page.add(number, random.choice(_BOTH[language]), *words_for(random, language, rest))
    comma = random.random() < 0.3
    for goal in range(3):
        page.add(str(goal + 1), GOALS[language][goal])
        for part in range(random.randint(2, 3)):
            told = f"{goal + 1}{',' if comma else '.'}{part + 1}"
            page.add(told, MEASURES[language][(goal + part) % 6], *(cell(random, language, c, part, 3) for c in rest))
    columns = {concept: [page.letters(2 + place)] for place, concept in enumerate(rest)}
    both = {"objective": [page.letters(1)], "key_result": [page.letters(1)]}
    return case("outline", page, Expected("Sheet1", "okr", (row,), {**both, **columns}))


def weeks(random: Random, language: str) -> Case:
    """Make key results with a column for the check-in of each week."""
    page = Page(random, language)
    above(page)
    front = ["objective", "key_result", "target"]
    names = words_for(random, language, front)
    named, count = _WEEKS[language], random.randint(4, 8)
    heads = [named.format(n) if "{}" in named else f"{named} {n}" for n in range(1, count + 1)]
    if random.random() < 0.3:
        letter = random.choice("WS")
        heads = [f"{letter}{n}" for n in range(1, count + 1)]
    row = page.add(*names, *heads)
    for number in range(random.randint(3, 6)):
        told = [cell(random, language, concept, number, 5) for concept in front]
        page.add(*told, *(number + week if week < 3 else None for week in range(count)))
    columns = {**truth(page, front), "current": [page.letters(3 + week) for week in range(count)]}
    return case("weeks", page, Expected("Sheet1", "okr", (row,), columns))


def members(random: Random, language: str) -> Case:
    """Make a worksheet of the same form for each person."""
    concepts = [name for name in pick(random, "kpi") if name != "strange"]
    names = words_for(random, language, concepts)
    sheets, expected = [], []
    for person in list(PEOPLE.get(language, PEOPLE["en"]))[:3]:
        page = Page(random, language)
        page.left = 0
        page.add({"vi": "Họ và tên:"}.get(language, "Name:"), person)
        page.blank()
        row = page.add(*names)
        data(page, concepts, random.randint(3, 6))
        below(page, concepts)
        sheets.append(page.sheet(person))
        expected.append(Expected(person, "kpi", (row,), truth(page, concepts)))
    return Case(f"members {language}", Workbook("wild.xlsx", "memory", tuple(sheets), "1"), tuple(expected))


def totals(random: Random, language: str) -> Case:
    """Make totals above the rows, inside and below them."""
    page = Page(random, language)
    concepts = ["order", "kpi", "unit", "weight", "target", "current"]
    above(page)
    row = page.add(*words_for(random, language, concepts))
    total = {"vi": "Tổng cộng", "en": "Total", "zh": "合计", "ru": "Итого", "de": "Summe"}.get(language, "Total")
    where = random.choice(["above", "inside", "below"])
    if where == "above":
        page.add(None, total, None, 1, None, None)
    for _ in range(2):
        data(page, concepts, random.randint(2, 4))
        if where == "inside":
            page.add(None, total, None, 0.5, None, None)
    if where == "below":
        page.add(None, total, None, 1, None, None)
    return case("totals", page, Expected("Sheet1", "kpi", (row,), truth(page, concepts)))


def dressed(random: Random, language: str) -> Case:
    """Make headers as people decorate them: in two languages, quoted, in lines, in spaced letters, without accents."""
    page = Page(random, language)
    concepts = [name for name in pick(random, random.choice(["okr", "kpi"])) if name != "strange"]
    above(page)
    names = words_for(random, language, concepts)
    row = page.add(*(_dress(random, language, concept, name) for concept, name in zip(concepts, names, strict=True)))
    data(page, concepts, random.randint(3, 8))
    kind = "okr" if "objective" in concepts else "kpi"
    return case("dressed", page, Expected("Sheet1", kind, (row,), truth(page, concepts)))


def _dress(random: Random, language: str, concept: str, name: str) -> str:
    """Write a header in one of the ways of people who decorate."""
    other = HEADERS["en" if language != "en" else "vi"][concept]
    forms: Sequence[Callable[[], str]] = [
        lambda: f"{name} / {random.choice(list(other))}",
        lambda: f"{name}\n({random.choice(list(other))})",
        lambda: f'"{name}"',
        lambda: f"  {name} :",
        lambda: f"{name} (*)",
        lambda: name.upper(),
        lambda: name.replace(" ", "\n", 1),
        lambda: _bare(name),
        lambda: " ".join(name.upper()) if name.isalpha() and len(name) > 3 else name,
    ]
    return random.choice(forms)()


def _bare(name: str) -> str:
    """Take the accents off Latin letters."""
    parted = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    latin = name[0] < "\u0370"
    return "".join(sign for sign in parted if not unicodedata.combining(sign)) if latin else name


FORM_FAMILIES: Mapping[str, Callable[[Random, str], Case]] = {
    "transposed": transposed,
    "period rows": period_rows,
    "target rows": target_rows,
    "outline": outline,
    "weeks": weeks,
    "members": members,
    "totals": totals,
    "dressed": dressed,
}
