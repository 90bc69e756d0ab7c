"""Makes the workbooks of the benchmarks: OKR sheets of any length, as a firm keeps them in Excel.

``python bench/workbooks.py FILE --rows 20000`` makes one. Each has a Settings sheet (company, cycle Q4/2026, language)
and an OKR sheet of 15 columns: texts, numbers, dates, and a formula of the user's own with its cached value. One row
in five is an objective, the others are its key results. The eight computed columns stand at the right with header,
style and mark, still empty, so that whoever syncs the workbook only sets cells. ``--goals`` makes a sheet of which only
that many rows are goals; between them stands a journal (owner, team, date and note, no goal).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

TODAY = date(2026, 11, 21)
START, DUE = date(2026, 10, 1), date(2026, 12, 31)
HEADER_ROW = 4
KEY_RESULTS_EACH = 4

HEADERS = {
    "ID": 12,
    "Objective": 36,
    "Key result": 44,
    "Owner": 18,
    "Team": 14,
    "Metric": 12,
    "Unit": 10,
    "Baseline": 12,
    "Target": 12,
    "Current": 12,
    "Start": 11,
    "Due": 11,
    "Check-in": 11,
    "Notes": 30,
    "Gap": 12,
}
COMPUTED = {
    "progress": ("Progress", "0%"),
    "expected": ("Expected", "0%"),
    "score": ("Score", "0.00"),
    "status": ("Status", "General"),
    "change": ("Change", "0%"),
    "forecast": ("Forecast", "0%"),
    "why": ("Why", "General"),
    "synced": ("Synced", "dd/mm/yyyy"),
}
PLACES = {header: place for place, header in enumerate((*HEADERS, *(name for name, _ in COMPUTED.values())))}

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ")
GIVEN = ("An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Khánh", "Linh", "Minh", "Ngọc", "Phúc", "Quỳnh", "Sơn", "Trang")
TEAMS = ("Sales", "Marketing", "Production", "Quality", "Logistics", "Finance", "People", "Product")
AIMS = ("Win the south", "Ship without complaints", "Be the best place to work", "Grow online", "Waste nothing")
# What is measured: text, metric, unit, and from where to where it runs.
MEASURES = (
    ("Monthly revenue from shops", "increase", "million ₫", (900, 1400)),
    ("Orders delivered on time", "increase", "%", (82, 96)),
    ("Complaints per 10,000 packs", "decrease", "cases", (38, 15)),
    ("New shops on contract", "increase", "shops", (0, 120)),
    ("Days from order to delivery", "decrease", "days", (6, 3)),
    ("Repeat buyers online", "increase", "people", (2100, 3500)),
)
NOTES = ("Waiting for the contract", "Ahead of plan since the fair", "New price list from November", "Two shops closed")


def goal_rows(count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Give the rows of objectives and their key results, ``count`` in all, as header -> value."""
    chance = random.Random(seed)  # noqa: S311 - sample data
    for number in range(count):
        objective, place = divmod(number, KEY_RESULTS_EACH + 1)
        if place == 0:
            owner, team = _person(chance), TEAMS[objective % len(TEAMS)]
            yield {
                "ID": f"O-{objective + 1}",
                "Objective": f"{AIMS[objective % len(AIMS)]} ({team}, {objective + 1})",
                "Owner": owner,
                "Team": team,
                "Start": START,
                "Due": DUE,
            }
        else:
            yield _key_result(chance, number, f"KR-{objective + 1}.{place}", team)


def _key_result(chance: random.Random, number: int, key: str, team: str) -> dict[str, Any]:
    text, metric, unit, (low, high) = MEASURES[number % len(MEASURES)]
    baseline = round(low * chance.uniform(0.9, 1.1), 1)
    target = round(high * chance.uniform(1.0, 1.2), 1)
    row = {
        "ID": key,
        "Key result": f"{text}, {team} area {number}",
        "Owner": _person(chance),
        "Team": team,
        "Metric": metric,
        "Unit": unit,
        "Baseline": baseline,
        "Target": target,
        "Current": round(baseline + (target - baseline) * chance.uniform(-0.05, 1.1), 2),
        "Start": START,
        "Due": DUE,
        "Check-in": TODAY - timedelta(days=chance.choice((1, 2, 3, 5, 8, 11, 12, 20))),
    }
    if chance.random() < 0.25:
        row["Notes"] = chance.choice(NOTES)
    return row


def _person(chance: random.Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(GIVEN)} {chance.choice(GIVEN)}"


def journal_row(chance: random.Random) -> dict[str, Any]:
    """Give a row that is no goal: somebody's note of one day."""
    return {
        "Owner": _person(chance),
        "Team": chance.choice(TEAMS),
        "Check-in": START + timedelta(days=chance.randrange(50)),
        "Notes": f"{chance.choice(NOTES)} ({chance.randrange(10_000)})",
    }


def sheet_rows(rows: int, goals: int) -> Iterator[dict[str, Any]]:
    """Give ``rows`` rows of which ``goals`` are goals, spread evenly, with journal rows between them."""
    chance = random.Random(rows)  # noqa: S311 - sample data
    found = goal_rows(goals, seed=goals)
    for number in range(rows):
        yield next(found) if number * goals % rows < goals else journal_row(chance)


def make(path: Path, rows: int, goals: int | None = None, *, inline: bool = False) -> None:
    """Write the workbook. ``inline`` puts every text into its cell, as streaming writers do; Excel shares them."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": inline}) as book:
        styles = _styles(book)
        sheet = book.add_worksheet("OKR")
        _head(sheet, styles)
        for number, row in enumerate(sheet_rows(rows, goals if goals is not None else rows), HEADER_ROW):
            _write_row(sheet, number, row, styles)
        _settings(book)
        _mark(book)


def _styles(book: Any) -> Mapping[str, Any]:
    shapes = {"number": "#,##0.0", "date": "dd/mm/yyyy", **dict(COMPUTED.values())}
    styles = {name: book.add_format({"num_format": shape}) for name, shape in shapes.items()}
    styles["header"] = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    styles["title"] = book.add_format({"bold": True, "font_size": 16})
    return styles


def _head(sheet: Any, styles: Mapping[str, Any]) -> None:
    for place, (_, width) in enumerate(HEADERS.items()):
        sheet.set_column(place, place, width)
    for word, _ in COMPUTED.values():
        sheet.set_column(PLACES[word], PLACES[word], 40 if word == "Why" else 11, styles[word])
    sheet.write_string(0, 0, "Objectives and key results, Q4/2026", styles["title"])
    for header, place in PLACES.items():
        sheet.write_string(HEADER_ROW - 1, place, header, styles["header"])
    sheet.freeze_panes(HEADER_ROW, 3)


def _write_row(sheet: Any, number: int, row: Mapping[str, Any], styles: Mapping[str, Any]) -> None:
    for header, value in row.items():
        place = PLACES[header]
        if isinstance(value, date):
            sheet.write_datetime(number, place, value, styles["date"])
        elif isinstance(value, str):
            sheet.write_string(number, place, value)
        else:
            sheet.write_number(number, place, value, styles["number"])
    if "Target" in row:
        gap = round(row["Target"] - row["Current"], 2)
        sheet.write_formula(number, PLACES["Gap"], f"=I{number + 1}-J{number + 1}", styles["number"], gap)


def _settings(book: Any) -> None:
    sheet = book.add_worksheet("Settings")
    sheet.set_column(0, 0, 18)
    for number, line in enumerate((("Company", "Minh Long Food"), ("Cycle", "Q4/2026"), ("Language", "English"))):
        sheet.write_row(number, 0, line)


def _mark(book: Any) -> None:
    for concept, (word, _) in COMPUTED.items():
        letter = chr(ord("A") + PLACES[word])
        book.define_name(f"_ss.okr.{concept}", f"=OKR!${letter}${HEADER_ROW}")
    for name, value in (("template", "okr"), ("version", "1"), ("schema", "okr/1")):
        book.set_custom_property(f"sheetsync.{name}", value)


def main() -> None:
    """Make one workbook as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=2000)
    parser.add_argument("--goals", type=int, help="how many of the rows are goals (default: all)")
    parser.add_argument("--inline", action="store_true", help="texts in their cells instead of shared ones")
    told = parser.parse_args()
    make(told.file, told.rows, told.goals, inline=told.inline)


if __name__ == "__main__":
    main()
