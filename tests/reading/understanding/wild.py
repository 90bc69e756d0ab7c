"""Makes workbooks in the layouts that people really use, each with what a person would say that its columns are.

Everything is drawn from a seeded generator: words, order of columns, what stands above, between and below the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from sheetsync.workbook import CellValue
from tests.reading.understanding.wild_forms import FORM_FAMILIES
from tests.reading.understanding.wild_formulas import FORMULA_FAMILIES
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
    words_for,
)
from tests.reading.understanding.wild_words import GOALS, HEADERS, MEASURES, TITLES


def flat(random: Random, language: str) -> Case:
    """Make one row for each key result or KPI."""
    page, kind = Page(random, language), random.choice(["okr", "kpi"])
    concepts = pick(random, kind)
    above(page)
    row = page.add(*words_for(random, language, concepts))
    if random.random() < 0.25:
        page.add(*(f"({place + 1})" for place in range(len(concepts))))
    data(page, concepts, random.randint(3, 9))
    below(page, concepts)
    return case("flat", page, Expected("Sheet1", kind, (row,), truth(page, concepts)))


def sections(random: Random, language: str) -> Case:
    """Make KPIs in sections with a title row each."""
    page = Page(random, language)
    concepts = pick(random, "kpi")
    if concepts[0] != "order":
        concepts.insert(0, "order")
    above(page)
    row = page.add(*words_for(random, language, concepts))
    for letter in "AB":
        page.add(letter, GOALS[language][0] if letter == "A" else GOALS[language][1])
        data(page, concepts, random.randint(2, 4))
    below(page, concepts)
    return case("sections", page, Expected("Sheet1", "kpi", (row,), truth(page, concepts)))


def two_rows(random: Random, language: str) -> Case:
    """Make a header of two rows: a group over some of its columns, the others merged downwards."""
    page = Page(random, language)
    grouped = ["unit", "baseline", "target"] if random.random() < 0.5 else ["target", "current"]
    front = ["order", "kpi", "weight"]
    rear = [name for name in ("current", "progress", "owner", "notes") if name not in grouped]
    concepts = [*front, *grouped, *rear]
    names = words_for(random, language, concepts)
    above(page)
    group = {"vi": "Chỉ số đo lường", "en": "Measurement"}.get(language, "2025")
    upper = [name if concept not in grouped else None for concept, name in zip(concepts, names, strict=True)]
    upper[len(front)] = group
    row = page.add(*upper)
    page.add(*(name if concept in grouped else None for concept, name in zip(concepts, names, strict=True)))
    if random.random() < 0.8:
        page.merge(row, len(front), len(front) + len(grouped) - 1)
        for place, concept in enumerate(concepts):
            if concept not in grouped:
                page.merge(row, place, place, down=1)
    if random.random() < 0.4:
        page.add(*(place + 1 for place in range(len(concepts))))
    data(page, concepts, random.randint(3, 8))
    below(page, concepts)
    return case("two rows", page, Expected("Sheet1", "kpi", (row, row + 1), truth(page, concepts)))


def objective_rows(random: Random, language: str) -> Case:
    """Make a row for the objective, its key results beneath; or the objective in a merged cell beside them."""
    page = Page(random, language)
    concepts = pick(random, "okr")
    above(page)
    row = page.add(*words_for(random, language, concepts))
    place, merged = concepts.index("objective"), random.random() < 0.5
    for goal in range(3):
        count = random.randint(2, 4)
        if not merged:
            page.add(*(GOALS[language][goal] if concept == "objective" else None for concept in concepts))
        first = len(page.rows) + 1
        for number in range(count):
            title = GOALS[language][goal] if merged and number == 0 else None
            page.add(
                *(
                    title if concept == "objective" else cell(random, language, concept, number, count)
                    for concept in concepts
                )
            )
        if merged:
            page.merge(first, place, place, down=count - 1)
    below(page, concepts)
    return case("objective rows", page, Expected("Sheet1", "okr", (row,), truth(page, concepts)))


def months(random: Random, language: str) -> Case:
    """Make a column for each month, as words or as true dates."""
    page = Page(random, language)
    front = ["kpi", *random.sample(["unit", "owner", "weight", "team"], 2), "target"]
    count = random.choice([6, 12])
    styles: list[Callable[[int], CellValue]] = [lambda m: date(2025, m, 1)]
    styles += (
        [lambda m: f"T{m}", lambda m: f"Tháng {m}"] if language == "vi" else [lambda m: date(2025, m, 1).strftime("%b")]
    )
    style = random.choice(styles)
    above(page)
    names = words_for(random, language, front)
    row = page.add(*names, *(style(month) for month in range(1, count + 1)))
    for number in range(random.randint(3, 6)):
        page.add(
            *(cell(random, language, concept, number, 5) for concept in front),
            *(number * 3 + month for month in range(count)),
        )
    return case(
        "months",
        page,
        Expected(
            "Sheet1",
            "kpi",
            (row,),
            {**truth(page, front), "current": [page.letters(len(front) + m) for m in range(count)]},
        ),
    )


def blocks(random: Random, language: str) -> Case:
    """Make quarters as merged groups, each with target and actual."""
    page = Page(random, language)
    front = ["kpi", "unit", "weight"]
    above(page)
    names = words_for(random, language, front)
    aim, done = (
        ("Kế hoạch", "Thực hiện")
        if language == "vi"
        else (HEADERS[language]["target"][0], HEADERS[language]["current"][0])
    )
    count = 4
    upper: list[CellValue] = [*names]
    for quarter in range(1, count + 1):
        upper += [f"Quý {quarter}" if language == "vi" else f"Q{quarter} 2025", None]
    row = page.add(*upper)
    page.add(*[None] * len(front), *([aim, done] * count))
    for place in range(len(front)):
        page.merge(row, place, place, down=1)
    for quarter in range(count):
        page.merge(row, len(front) + 2 * quarter, len(front) + 2 * quarter + 1)
    for number in range(4):
        page.add(
            *(cell(random, language, concept, number, 4) for concept in front),
            *[(number + 1) * 10, (number + 1) * 8] * count,
        )
    columns = {
        **truth(page, front),
        "target": [page.letters(len(front) + 2 * quarter) for quarter in range(count)],
        "current": [page.letters(len(front) + 2 * quarter + 1) for quarter in range(count)],
    }
    return case("blocks", page, Expected("Sheet1", "kpi", (row, row + 1), columns))


def key_result_columns(random: Random, language: str) -> Case:
    """Make objective and owner, then a column for each of three key results."""
    page = Page(random, language)
    above(page)
    names = words_for(random, language, ["objective", "owner", "due"])
    row = page.add(
        names[0],
        *(f"KR{number}" if random.random() < 0.5 else f"Key Result {number}" for number in (1, 2, 3)),
        names[1],
        names[2],
    )
    for number in range(4):
        told = [f"{MEASURES[language][(number + extra) % 6]} {extra}" for extra in range(3)]
        page.add(
            GOALS[language][number % 3],
            *told,
            cell(random, language, "owner", number, 4),
            cell(random, language, "due", number, 4),
        )
    columns = {
        "objective": [page.letters(0)],
        "key_result": [page.letters(place) for place in (1, 2, 3)],
        "owner": [page.letters(4)],
    }
    return case("key result columns", page, Expected("Sheet1", "okr", (row,), columns))


def lines(random: Random, language: str) -> Case:
    """Make several key results as lines of one cell."""
    page = Page(random, language)
    concepts = ["objective", "key_result", "owner", "team"]
    above(page)
    row = page.add(*words_for(random, language, concepts))
    for number in range(4):
        told = "\n".join(f"{part + 1}. {MEASURES[language][(number + part) % 6]}" for part in range(3))
        page.add(
            *(told if concept == "key_result" else cell(random, language, concept, number, 4) for concept in concepts)
        )
    return case("lines", page, Expected("Sheet1", "okr", (row,), truth(page, concepts)))


def beside(random: Random, language: str) -> Case:
    """Make two tables side by side with an empty column between."""
    page = Page(random, language)
    concepts = ["kpi", "unit", "target", "current"]
    above(page)
    names = words_for(random, language, concepts)
    row = page.add(*names, None, *names)
    for number in range(5):
        told = [cell(random, language, concept, number, 5) for concept in concepts]
        page.add(*told, None, *told)
    second = {concept: [page.letters(5 + place)] for place, concept in enumerate(concepts)}
    tables = (Expected("Sheet1", "kpi", (row,), truth(page, concepts)), Expected("Sheet1", "kpi", (row,), second))
    return case("beside", page, *tables)


def stacked(random: Random, language: str) -> Case:
    """Make two tables one below the other, each with its title."""
    page = Page(random, language)
    found = []
    for _ in range(2):
        concepts = pick(random, "kpi")
        page.add(random.choice(list(TITLES.get(language, TITLES["en"]))))
        row = page.add(*words_for(random, language, concepts))
        data(page, concepts, 4)
        page.blank()
        page.blank()
        found.append(Expected("Sheet1", "kpi", (row,), truth(page, concepts)))
    return case("stacked", page, *found)


FAMILIES: Mapping[str, Callable[[Random, str], Case]] = {
    "flat": flat,
    "sections": sections,
    "two rows": two_rows,
    "objective rows": objective_rows,
    "months": months,
    "blocks": blocks,
    "key result columns": key_result_columns,
    "lines": lines,
    "beside": beside,
    "stacked": stacked,
    **FORM_FAMILIES,
    **FORMULA_FAMILIES,
}
