"""Makes workbooks in the layouts that people really use, each with what a person would say that its columns are.

Everything is drawn from a seeded generator: words, order of columns, what stands above, between and below the rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from sheetsync.workbook import Area, CellValue, Workbook, Worksheet, column_letters
from tests.reading.understanding.wild_words import GOALS, HEADERS, MEASURES, PEOPLE, TEAMS, TITLES, UNITS

CORE = ("objective", "key_result", "kpi", "baseline", "target", "current", "unit", "weight", "owner", "team")
LANGUAGES = tuple(HEADERS)
Rows = list[list[CellValue]]


class Expected(NamedTuple):
    """What a person would say of one table: where its header stands, and the letters of its core columns."""

    sheet: str
    kind: str
    header_rows: tuple[int, ...]
    columns: Mapping[str, Sequence[str]]


class Case(NamedTuple):
    """A workbook with what is to be understood of it."""

    family: str
    workbook: Workbook
    tables: tuple[Expected, ...]


class Page:
    """A worksheet that is filled from top to bottom."""

    def __init__(self, random: Random, language: str) -> None:
        self.random, self.language = random, language
        self.rows: Rows = []
        self.merges: list[Area] = []
        self.left = random.choice([0, 0, 0, 1])

    def add(self, *values: CellValue) -> int:
        """Add a row and give its number."""
        self.rows.append([*[None] * self.left, *values])
        return len(self.rows)

    def blank(self) -> None:
        """Add an empty row; sometimes one of formatted but empty cells."""
        self.rows.append(self.random.choice([[], [None] * 30, [""] * 5]))

    def merge(self, row: int, first: int, last: int, down: int = 0) -> None:
        """Merge cells of a row from one column of the table to another, counted from 0, and ``down`` rows below."""
        self.merges.append(Area(row, self.left + first + 1, row + down, self.left + last + 1))

    def letters(self, place: int) -> str:
        """Give the letters of a column of the table, counted from 0."""
        return column_letters(self.left + place + 1)

    def sheet(self, name: str) -> Worksheet:
        """Give the worksheet."""
        return Worksheet(name, self.rows, merges=tuple(self.merges))


def word(random: Random, language: str, concept: str) -> str:
    """Give one of the headers that people write for a concept."""
    return random.choice(list(HEADERS[language][concept]))


def cell(random: Random, language: str, concept: str, row: int, count: int) -> CellValue:
    """Give what could stand in a column of a concept."""
    target = 10 * (row + 2)
    made: Mapping[str, Callable[[], CellValue]] = {
        "order": lambda: row + 1,
        "objective": lambda: GOALS[language][row % 3],
        "key_result": lambda: f"{MEASURES[language][row % 6]} {row}",
        "kpi": lambda: f"{MEASURES[language][row % 6]}",
        "baseline": lambda: target // 3,
        "target": lambda: _amount(random, target),
        "current": lambda: random.choice([target * 0.8, target // 2, None]),
        "unit": lambda: random.choice(UNITS.get(language, UNITS["en"])),
        "weight": lambda: round(1 / count, 4),
        "owner": lambda: random.choice(PEOPLE.get(language, PEOPLE["en"])),
        "team": lambda: random.choice(TEAMS.get(language, TEAMS["en"])),
        "due": lambda: date(2025, 10, 1) + timedelta(days=7 * row),
        "progress": lambda: random.choice([0.8, 0.5, 0.35]),
        "status": lambda: random.choice(["On track", "At risk", "Done"]),
        "frequency": lambda: random.choice(["Tháng", "Quý"] if language == "vi" else ["Monthly", "Quarterly"]),
        "score": lambda: random.choice([3, 4, 5]),
        "notes": lambda: random.choice([None, None, MEASURES[language][row % 6]]),
        "strange": lambda: random.choice(["A7", "B12", None]),
    }
    return made[concept]()


def _amount(random: Random, target: int) -> CellValue:
    """Give a target as people type it."""
    forms: list[CellValue] = [target, target, float(target), f">= {target}", f"{target}%"]
    return random.choice(forms)


def pick(random: Random, kind: str) -> list[str]:
    """Choose the concepts of a table in an order that a person would choose: titles first, the rest mixed."""
    titles = ["objective", "key_result"] if kind == "okr" else ["kpi"]
    amounts = ["target", "current"]
    others = [
        name
        for name in ("unit", "weight", "owner", "team", "due", "progress", "status", "score", "notes", "strange")
        if random.random() < 0.5
    ]
    if random.random() < 0.4:
        amounts.insert(0, "baseline")
    if kind == "kpi" and random.random() < 0.3:
        others.append("frequency")
    random.shuffle(others)
    place = random.randint(0, len(others))
    front = ["order"] if random.random() < 0.6 else []
    return [*front, *titles, *others[:place], *amounts, *others[place:]]


def words_for(random: Random, language: str, concepts: Sequence[str]) -> list[str]:
    """Choose headers so that a reader could tell them apart: no two alike."""
    while True:
        found = [word(random, language, concept) for concept in concepts]
        if len({text.casefold() for text in found}) == len(found):
            return found


def truth(page: Page, concepts: Sequence[str]) -> dict[str, list[str]]:
    """Give the letters of the core columns."""
    found: dict[str, list[str]] = {}
    for place, concept in enumerate(concepts):
        if concept in CORE:
            found.setdefault(concept, []).append(page.letters(place))
    return found


def above(page: Page) -> None:
    """Put a title, a letterhead, a person block or nothing above a table."""
    random, language = page.random, page.language
    titles = TITLES.get(language, TITLES["en"])
    form = random.choice(["nothing", "nothing", "title", "letterhead", "person"])
    if form == "nothing":
        return
    if form in ("letterhead", "person") and language == "vi":
        page.add("CÔNG TY CỔ PHẦN MINH LONG", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        page.add(None, None, None, "Độc lập - Tự do - Hạnh phúc")
        page.blank()
    row = page.add(random.choice(list(titles)))
    if random.random() < 0.5:
        page.merge(row, 0, 6)
    if form == "person":
        named = (
            ("Họ và tên:", "Nguyễn Văn An", "Bộ phận:", "Kinh doanh")
            if language == "vi"
            else ("Name:", "Alice Brown", "Department:", "Sales")
        )
        page.add(*named)
        page.add(
            *(
                ("Chức danh:", "Trưởng phòng", "Kỳ đánh giá:", "Quý 4/2025")
                if language == "vi"
                else ("Position:", "Manager", "Period:", "Q4 2025")
            )
        )
    if random.random() < 0.6:
        page.blank()


def below(page: Page, concepts: Sequence[str]) -> None:
    """Put totals, a legend, signatures or nothing below a table."""
    random, vi = page.random, page.language == "vi"
    if random.random() < 0.4:
        total: list[CellValue] = [None] * len(concepts)
        total[0] = "Tổng cộng" if vi else "Total"
        if "weight" in concepts:
            total[concepts.index("weight")] = 1
        page.add(*total)
    if random.random() < 0.3:
        page.blank()
        page.add("Xếp loại" if vi else "Legend")
        page.add("A", ">= 90%")
        page.add("B", "70 - 90%")
    if random.random() < 0.3:
        page.blank()
        page.add(None, "Người lập" if vi else "Prepared by", None, "Giám đốc" if vi else "Approved by")
        page.add(None, "(Ký, ghi rõ họ tên)" if vi else "(signature)")


def data(page: Page, concepts: Sequence[str], count: int) -> None:
    """Add rows of data."""
    for row in range(count):
        page.add(*(cell(page.random, page.language, concept, row, count) for concept in concepts))


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
    return _case("flat", page, Expected("Sheet1", kind, (row,), truth(page, concepts)))


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
    return _case("sections", page, Expected("Sheet1", "kpi", (row,), truth(page, concepts)))


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
    return _case("two rows", page, Expected("Sheet1", "kpi", (row, row + 1), truth(page, concepts)))


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
    return _case("objective rows", page, Expected("Sheet1", "okr", (row,), truth(page, concepts)))


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
    return _case(
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
    return _case("blocks", page, Expected("Sheet1", "kpi", (row, row + 1), columns))


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
    return _case("key result columns", page, Expected("Sheet1", "okr", (row,), columns))


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
    return _case("lines", page, Expected("Sheet1", "okr", (row,), truth(page, concepts)))


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
    return _case("beside", page, *tables)


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
    return _case("stacked", page, *found)


def _case(family: str, page: Page, *tables: Expected) -> Case:
    guide = Worksheet("Guide", [["How to fill in this workbook"], ["Write your goals in the other worksheet."]])
    sheets = (guide, page.sheet("Sheet1")) if page.random.random() < 0.3 else (page.sheet("Sheet1"),)
    return Case(f"{family} {page.language}", Workbook("wild.xlsx", "memory", sheets, "1"), tables)


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
}
