"""Random goals, typed into a real template, and the same goals as hand-written formulas in a sheet of their own.

The formulas are what a person would type from the manual; nothing of what is judged is used to write them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter

START, DUE, TODAY = date(2026, 10, 1), date(2026, 12, 31), date(2026, 11, 21)
MONTHS = 10
"""Months of the year that are over."""
METRICS = ("increase", "decrease", "at_least", "at_most", "yes_no", "percent_done")


class Goal(NamedTuple):
    """One key result with its numbers; weights are as typed: a percentage, a ratio, or nothing."""

    id: str
    metric: str
    baseline: float | None
    target: float
    current: float
    weight: float | None
    as_percent: bool
    due: date
    committed: bool


class Indicator(NamedTuple):
    """One KPI of a section, with the actual of each month that is over."""

    id: str
    section: str
    direction: str
    target: float
    weight: int
    months: tuple[float, ...]


def random_goals(chance: random.Random, objectives: int) -> list[list[Goal]]:
    """Make objectives with 1 to 5 key results each; the weights of each are of one of the three kinds."""
    made = []
    for number in range(1, objectives + 1):
        count = chance.randint(1, 5)
        kind = chance.choice(("percent", "ratio", "blank"))
        weights = _weights(chance, kind, count)
        made.append([_goal(chance, f"{number}.{place}", kind, weights[place]) for place in range(count)])
    return made


def _weights(chance: random.Random, kind: str, count: int) -> list[float | None]:
    if kind == "blank":
        return [None] * count
    if kind == "ratio":
        return [float(chance.randint(1, 9)) for _ in range(count)]
    cuts = sorted(chance.sample(range(1, 100), count - 1))
    return [(high - low) / 100 for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]


def _goal(chance: random.Random, number: str, kind: str, weight: float | None) -> Goal:
    metric = chance.choice(METRICS)
    due = chance.choice((DUE, DUE, DUE, START + timedelta(days=chance.randint(20, 85))))
    rest = (weight, kind == "percent", due, chance.random() < 0.3)
    if metric == "yes_no":
        return Goal(f"KR-{number}", metric, None, 1, chance.choice((0.0, 1.0)), *rest)
    if metric == "percent_done":
        return Goal(f"KR-{number}", metric, None, 1, round(chance.uniform(0, 1), 2), *rest)
    baseline = round(chance.uniform(1, 500), 1)
    step = round(chance.uniform(5, 400), 1)
    falls = metric in ("decrease", "at_most")
    target = round(baseline - step if falls else baseline + step, 1)
    current = round(baseline + (target - baseline) * chance.uniform(-0.3, 1.4), 1)
    return Goal(f"KR-{number}", metric, baseline, target, current, *rest)


def random_indicators(chance: random.Random, sections: int) -> list[Indicator]:
    """Make sections of 2 to 5 KPIs whose weights total 100."""
    made = []
    for section in range(1, sections + 1):
        weights = _weights(chance, "percent", chance.randint(2, 5))
        for place, weight in enumerate(weights, 1):
            target = round(chance.uniform(10, 900), 1)
            months = tuple(round(target * chance.uniform(0.5, 1.4), 1) for _ in range(MONTHS))
            name = f"K-{section}.{place}"
            share = round(100 * (weight or 0))
            made.append(Indicator(name, f"S{section}", chance.choice(("higher", "lower")), target, share, months))
    return made


def write_judge(path: Path, goals: Sequence[Sequence[Goal]], kpis: Sequence[Indicator]) -> None:
    """Write the formulas over plain numbers: a row a key result, a row an objective, a row a KPI, a row a section."""
    with xlsxwriter.Workbook(path) as book:
        _write_goals(book, goals)
        _write_kpis(book, kpis)


def _write_goals(book: Any, goals: Sequence[Sequence[Goal]]) -> None:
    sheet = book.add_worksheet("OKR")
    for place, letter in enumerate("ABCDEFGHI"):
        sheet.write(0, place, letter)
    row = 1
    for number, group in enumerate(goals, 1):
        first = row + 1
        for goal in group:
            row += 1
            given = (goal.id, goal.metric, goal.baseline, goal.target, goal.current, goal.weight)
            for column, value in enumerate(given):
                if value is not None:
                    sheet.write(row - 1, column, value)
            sheet.write(row - 1, 6, (goal.due - START).days)
            sheet.write(row - 1, 7, (TODAY - START).days)
            sheet.write(row - 1, 8, 1 if goal.committed else 0.7)
            _formulas(sheet, row, _key_result(row))
        row += 1
        sheet.write(row - 1, 0, f"O-{number}")
        _formulas(sheet, row, _objective(first, row - 1, row))


def _formulas(sheet: Any, row: int, formulas: Sequence[str]) -> None:
    for column, formula in enumerate(formulas, 10):
        sheet.write_formula(row - 1, column, formula, None, -999)


STATUS = (
    'IF(M{r}="late",IF({s}>={p}-1E-9,"achieved","missed"),'
    'IF(AND({lasting},{q}>=1-1E-9),"achieved",'
    'IF(AND(L{r}<0.1,NOT({bound})),"on_track",'
    'IF(L{r}-{q}<=0.1+1E-9,"on_track",IF(L{r}-{q}<=0.25+1E-9,"at_risk","off_track")))))'
)


def _key_result(r: int) -> list[str]:
    """Give progress, expected, lateness, score, clamped progress, weight, and status of a key result."""
    climb = f"(E{r}-C{r})/(D{r}-C{r})"
    progress = (
        f'=IF(OR(B{r}="increase",B{r}="decrease"),{climb},'
        f'IF(B{r}="at_least",IF(E{r}>=D{r},1,MAX(0,{climb})),'
        f'IF(B{r}="at_most",IF(E{r}<=D{r},1,MAX(0,{climb})),E{r})))'
    )
    expected = f'=IF(OR(B{r}="at_least",B{r}="at_most"),1,IF(B{r}="yes_no",IF(H{r}>=G{r},1,0),MAX(0,MIN(1,H{r}/G{r}))))'
    bound = f'OR(B{r}="at_least",B{r}="at_most")'
    status = STATUS.format(r=r, s=f"N{r}", p=f"I{r}", q=f"K{r}", lasting=f"NOT({bound})", bound=bound)
    late = f'=IF(H{r}>G{r},"late","")'
    return [progress, expected, late, f"=MEDIAN(0,1,K{r})", f"=MEDIAN(0,1,K{r})", f'=IF(F{r}="",1,F{r})', f"={status}"]


def _objective(first: int, last: int, r: int) -> list[str]:
    """Give the weighted means of an objective's rows: progress, expected, and score."""
    weights = f"P{first}:P{last}"

    def mean(column: str) -> str:
        return f"=SUMPRODUCT({weights},{column}{first}:{column}{last})/SUM({weights})"

    return [mean("O"), mean("L"), '=""', mean("N")]


def _write_kpis(book: Any, kpis: Sequence[Indicator]) -> None:
    sheet = book.add_worksheet("KPI")
    count = len(kpis)
    for r, kpi in enumerate(kpis, 1):
        sheet.write_row(r - 1, 0, (kpi.id, kpi.section, kpi.direction, kpi.target, kpi.weight))
        sheet.write_row(r - 1, 20, kpi.months)
        total = f"SUM(U{r}:AD{r})"
        plan = f"(D{r}*COUNT(U{r}:AD{r}))"
        share = f"E{r}/SUMIF(B$1:B${count},B{r},E$1:E${count})"
        status = f'=IF(K{r}>=1-1E-9,"achieved",IF(K{r}>=0.9-1E-9,"on_track",IF(K{r}>=0.7-1E-9,"at_risk","off_track")))'
        formulas = [
            f'=IF(C{r}="higher",{total}/{plan},{plan}/{total})',
            f"=MEDIAN(0,1.2,K{r})",
            f"={share}*L{r}",
            status,
        ]
        _formulas(sheet, r, formulas)
    for place, section in enumerate(sorted({kpi.section for kpi in kpis}), count + 1):
        sheet.write(place - 1, 0, section)
        total = f"SUMIF(B$1:B${count},A{place},M$1:M${count})"
        grade = f'=IF(K{place}>=1-1E-9,"A",IF(K{place}>=0.9-1E-9,"B",IF(K{place}>=0.7-1E-9,"C","D")))'
        _formulas(sheet, place, [f"={total}", grade])
