"""What the made workbooks are put together from: words, cells, what stands above and below a table.

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
    unjudged: tuple[str, ...] = ()
    """Columns of which a careful reader cannot say what they are."""


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
        "target": lambda: amount(random, target),
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


def amount(random: Random, target: int) -> CellValue:
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


def case(family: str, page: Page, *tables: Expected) -> Case:
    """Close a page into a workbook, now and then with a guide before it."""
    guide = Worksheet("Guide", [["How to fill in this workbook"], ["Write your goals in the other worksheet."]])
    sheets = (guide, page.sheet("Sheet1")) if page.random.random() < 0.3 else (page.sheet("Sheet1"),)
    return Case(f"{family} {page.language}", Workbook("wild.xlsx", "memory", sheets, "1"), tables)
