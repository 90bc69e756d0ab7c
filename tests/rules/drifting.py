"""A worksheet that people work in night after night, with a real history that remembers it, for the rules of drift."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random

from sheetsync.history import History
from sheetsync.model import Cycle
from sheetsync.observing import observe, recognise
from sheetsync.profiles import load
from sheetsync.results import Finding
from sheetsync.rules import Facts, check
from sheetsync.scoring import profile_from, score
from sheetsync.snapshot import Run
from sheetsync.workbook import CellRef, CellValue, Workbook, Worksheet
from tests.reading.sheets import LEXICON

CYCLE = Cycle("Q4/2025", date(2025, 10, 1), date(2025, 12, 31))
HEADERS = {
    "id": "ID", "objective": "Objective", "key_result": "Key result", "owner": "Owner", "unit": "Unit",
    "weight": "Weight", "baseline": "Baseline", "target": "Target", "current": "Current", "due": "Due",
    "check_in_date": "Check-in", "notes": "Notes",
}  # fmt: skip
DRIFT = ("PR424", *(f"DR{number}" for number in range(514, 527)))
PROFILES = profile_from(load("default@1")), profile_from(load("vn-kpi@1"))
FIRST_ROW = 2


class Desk:
    """One worksheet of goals; ``blocks`` are the objectives, each with its key results, every row a dict by concept."""

    def __init__(self, blocks: int = 2, results: int = 3) -> None:
        """Make objectives O-1, O-2 with key results KR-11, KR-12, ..."""
        self.name, self.headers = "OKR", dict(HEADERS)
        self.blocks = [[self._objective(one), *(self.result(one, two) for two in range(1, results + 1))]
                       for one in range(1, blocks + 1)]  # fmt: skip

    def _objective(self, one: int) -> dict[str, CellValue]:
        return {"id": f"O-{one}", "objective": f"Win market number {one}", "owner": "Lan", "weight": one}

    def result(self, one: int, two: int) -> dict[str, CellValue]:
        """Make a key result; the current value of the third of each objective comes from a formula."""
        return {
            "id": f"KR-{one}{two}", "key_result": f"Shops of kind {two} in region {one}", "owner": "Minh",
            "unit": "shops", "weight": two, "baseline": 10 * two, "target": 10 * two + 50, "current": 10 * two + 5,
            "due": date(2025, 12, 31), "check_in_date": date(2025, 10, 1),
        }  # fmt: skip

    def rows(self) -> list[dict[str, CellValue]]:
        """Give all rows from the top."""
        return [row for block in self.blocks for row in block]

    def results(self) -> list[dict[str, CellValue]]:
        """Give the rows of key results."""
        return [row for row in self.rows() if "key_result" in row]

    def row(self, name: str) -> dict[str, CellValue]:
        """Give the row of an id."""
        return next(row for row in self.rows() if row.get("id") == name)

    def place(self, name: str, concept: str) -> CellRef:
        """Give the cell of a concept in the row of an id."""
        number = next(at for at, row in enumerate(self.rows(), FIRST_ROW) if row.get("id") == name)
        return CellRef(self.name, number, list(self.headers).index(concept) + 1)

    def header(self, concept: str) -> CellRef:
        """Give the header of a concept."""
        return CellRef(self.name, 1, list(self.headers).index(concept) + 1)

    def workbook(self) -> Workbook:
        """Give what a backend would read; a text that begins with = is a formula whose value was 15."""
        values = [[row.get(concept) for concept in self.headers] for row in self.rows()]
        formulas = {
            (at, column)
            for at, row in enumerate(values, FIRST_ROW)
            for column, value in enumerate(row, 1)
            if isinstance(value, str) and value.startswith("=")
        }
        shown = [[15 if isinstance(one, str) and one.startswith("=") else one for one in row] for row in values]
        sheet = Worksheet(self.name, [list(self.headers.values()), *shown], formulas=frozenset(formulas))
        return Workbook("okr", "memory", (sheet,), "1")


class Nights:
    """What a history remembers of a desk, one night after the other."""

    def __init__(self, history: History, desk: Desk) -> None:
        """Take an empty history."""
        self.history, self.desk = history, desk
        self._number: int | None = None

    def night(self, day: date, cycle: Cycle = CYCLE) -> list[Finding]:
        """Run over the desk as it is, and give what drifted."""
        return [finding for finding in self.all_of(day, cycle) if finding.code in DRIFT]

    def all_of(self, day: date, cycle: Cycle = CYCLE) -> tuple[Finding, ...]:
        """Run over the desk as it is, and give whatever was found."""
        from sheetsync.reading import read_goals

        book = self.desk.workbook()
        goals = read_goals(book, LEXICON, today=day, cycle=cycle)
        known = recognise(self.history.past(self._number, day), goals)
        card = score(goals, *PROFILES, day)
        past = known.past if known.past.nights else None
        found = check(Facts(goals, card, day, past=past, profile=PROFILES[0], workbook=book, reused=known.reused))
        snapshot = observe(book, goals, card, day, known)
        self._number = self.history.commit(Run("file:/okr.xlsx", "okr", day, workbook=self._number), snapshot).workbook
        return found

    def until(self, day: date, since: date = CYCLE.start, every: int = 3) -> None:
        """Let nights pass in which nothing happens, and nothing may be found."""
        while since < day:
            assert self.night(since) == []
            since += timedelta(days=every)


@contextmanager
def nights(folder: Path, desk: Desk | None = None) -> Iterator[Nights]:
    """Open a history of its own for a desk; all nights are one transaction, so that none waits for the disk."""
    with History.open(folder / "history.sqlite3") as history, history.together():
        yield Nights(history, desk or Desk())


def work(desk: Desk, random: Random, day: date) -> None:
    """Do one of the things that people do every day and that move no goal."""
    row = random.choice(desk.results())
    deed = random.choice((_report, _note, _sort, _insert_blank, _insert_goal, _rename_sheet, _respell, _reformat))
    deed(desk, row, random, day)


def _report(desk: Desk, row: dict[str, CellValue], random: Random, day: date) -> None:
    if not str(row["current"]).startswith("="):
        row["current"] = random.choice([random.randint(0, 90), f"{random.randint(1, 9)}.5", None])
    row["check_in_date"] = day


def _note(desk: Desk, row: dict[str, CellValue], random: Random, day: date) -> None:
    row["notes"] = f"Called on {day}: {random.randint(1, 99)}"


def _sort(desk: Desk, row: dict[str, CellValue], random: Random, day: date) -> None:
    for block in desk.blocks:
        block[1:] = random.sample(block[1:], len(block) - 1)
    random.shuffle(desk.blocks)


def _insert_blank(desk: Desk, row: dict[str, CellValue], random: Random, day: date) -> None:
    random.choice(desk.blocks).append({})


def _insert_goal(desk: Desk, row: dict[str, CellValue], random: Random, day: date) -> None:
    number = len(desk.results()) + 20
    new = {**desk.result(9, number), "target": 1000 + number, "check_in_date": day}
    random.choice(desk.blocks).append(new)


def _rename_sheet(desk: Desk, row: dict[str, CellValue], random: Random, day: date) -> None:
    desk.name = random.choice(("OKR", "OKR Q4", "Goals of the firm", "Mục tiêu"))


def _respell(desk: Desk, row: dict[str, CellValue], random: Random, day: date) -> None:
    row["key_result"] = f"  {str(row['key_result']).upper()} "
    row["owner"] = f"{str(row['owner']).lower()} "


def _reformat(desk: Desk, row: dict[str, CellValue], random: Random, day: date) -> None:
    if isinstance(row["target"], int):
        row["target"] = random.choice((float(row["target"]), f"{row['target']:,}.0"))
    row["due"] = random.choice((date(2025, 12, 31), "31/12/2025"))


class KpiDesk(Desk):
    """One worksheet of KPIs with a target and an actual for each month of the quarter; T10 is October."""

    def __init__(self, count: int = 3) -> None:
        """Make KPIs K-1, K-2, ..."""
        months = {f"{name} T{month}": f"{name} T{month}" for month in (10, 11, 12) for name in ("Target", "Actual")}
        self.name, self.headers = "KPI", {name: name for name in ("id", "KPI", "Owner", "Weight")} | months
        self.headers["id"] = "ID"
        targets = {"Target T10": 100, "Target T11": 110, "Target T12": 120}
        self.blocks = [
            [{"id": f"K-{one}", "KPI": f"Orders of kind {one}", "Owner": "Lan", "Weight": one, **targets}
             for one in range(1, count + 1)]
        ]  # fmt: skip
