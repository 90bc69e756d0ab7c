"""An independent judge: LibreOffice computes hand-written formulas for random rows, and must agree with the scores.

Nothing of what is judged is used to write the formulas; they are what a person would type into a sheet.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from sheetsync.model import Bounds, Direction, Metric, Quantity
from tests import factories
from tests.scoring.scene import DUE, START, VN_KPI, card, kpi, month, one

pytestmark = pytest.mark.libreoffice

ROWS = 200
"""Random cases of each kind."""

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode"><value>0</value></prop>
</item>
</oor:items>"""


class Kind(NamedTuple):
    """One kind of row: its formula over the cells A..H of the row, random inputs, and our own answer."""

    formula: str
    inputs: Callable[[random.Random], list[float]]
    ours: Callable[[list[float]], float | None]


def _numbers(count: int) -> Callable[[random.Random], list[float]]:
    return lambda chance: [round(chance.uniform(-200, 200), 3) for _ in range(count)]


def _rising(chance: random.Random) -> list[float]:
    start = chance.uniform(-100, 100)
    return [start, start + chance.uniform(0.01, 300), chance.uniform(-400, 600)]


def _falling(chance: random.Random) -> list[float]:
    start = chance.uniform(-100, 100)
    return [start, start - chance.uniform(0.01, 300), chance.uniform(-600, 400)]


def _range(chance: random.Random) -> list[float]:
    low = chance.uniform(-50, 50)
    return [chance.uniform(-150, 150), low, low + chance.uniform(0, 60), chance.uniform(-150, 150)]


def _plan(chance: random.Random) -> list[float]:
    return [chance.choice([0.0, chance.uniform(0.1, 100)]), chance.choice([0.0, chance.uniform(-20, 200)])]


def _positive(chance: random.Random) -> list[float]:
    return [chance.uniform(1, 100), chance.uniform(-20, 200)]


def _mean(chance: random.Random) -> list[float]:
    return [*(chance.uniform(-0.5, 1.8) for _ in range(3)), *(chance.randint(1, 9) for _ in range(3))]


def _months(chance: random.Random) -> list[float]:
    return [*(chance.uniform(10, 100) for _ in range(3)), *(chance.uniform(0, 120) for _ in range(3))]


def _days(chance: random.Random) -> list[float]:
    return [chance.randint(-20, 120)]


def _roll_up(row: list[float]) -> float | None:
    items = [
        factories.key_result(f"KR-{place}", baseline=0, target=1, current=row[place], weight=row[place + 3])
        for place in range(3)
    ]
    return card(factories.objective(), *items).scores["O-1"].progress


def _wide(row: list[float]) -> float | None:
    return kpi(*[month(8 + place, row[place], row[place + 3]) for place in range(3)]).progress


def _weighted(row: list[float]) -> float | None:
    items = [
        factories.kpi(f"K-{place}", target=1, actual=row[place], weight=row[place + 3], row=place + 6)
        for place in range(3)
    ]
    return card(*items, kpi=VN_KPI).groups[0].weighted_score


def _blocks(chance: random.Random) -> list[float]:
    """Give achievements of three KPIs, their weights, and the weights of a section of two and one of one."""
    return [*_mean(chance), chance.uniform(1, 9) * 10, chance.uniform(1, 9) * 10]


def _block_total(row: list[float]) -> float | None:
    items = [
        factories.kpi(
            f"K-{place}", target=1, actual=row[place], weight=row[place + 3] * 1000, row=place + 6,
            section="AAB"[place], section_weight=row[6 if place < 2 else 7] * 1000,
        )
        for place in range(3)
    ]  # fmt: skip
    return card(*items, kpi=VN_KPI).groups[-1].weighted_score


def _pointed(chance: random.Random) -> list[float]:
    return [*_mean(chance), chance.uniform(0, 30), chance.choice([-1, 1]) * chance.uniform(0, 30)]


def _with_points(row: list[float]) -> float | None:
    items = [
        factories.kpi(f"K-{place}", target=1, actual=row[place], weight=row[place + 3], row=place + 6)
        for place in range(3)
    ]
    items[0] = items[0]._replace(bonus=factories.cell(Quantity(row[6])))
    items[2] = items[2]._replace(penalty=factories.cell(Quantity(row[7])))
    return card(*items, kpi=VN_KPI).groups[0].weighted_score


def _to_date(row: list[float]) -> float | None:
    return kpi(
        *[month(place + 1, None, row[place]) for place in range(3)], target=row[3], yearly=True, to_date=True
    ).progress


def _expected(row: list[float]) -> float | None:
    return one(target=10, current=5, today=START + timedelta(days=int(row[0]))).expected


LENGTH = (DUE - START).days
KINDS: dict[str, Kind] = {
    "increase": Kind(
        "=(C{r}-A{r})/(B{r}-A{r})",
        _rising,
        lambda row: one(metric=Metric.INCREASE, baseline=row[0], target=row[1], current=row[2]).progress,
    ),
    "decrease": Kind(
        "=(A{r}-C{r})/(A{r}-B{r})",
        _falling,
        lambda row: one(metric=Metric.DECREASE, baseline=row[0], target=row[1], current=row[2]).progress,
    ),
    "at least": Kind(
        "=IF(C{r}>=B{r},1,IF(A{r}<B{r},MAX(0,(C{r}-A{r})/(B{r}-A{r})),0))",
        _numbers(3),
        lambda row: one(metric=Metric.AT_LEAST, baseline=row[0], target=row[1], current=row[2]).progress,
    ),
    "at most": Kind(
        "=IF(C{r}<=B{r},1,IF(A{r}>B{r},MAX(0,(A{r}-C{r})/(A{r}-B{r})),0))",
        _numbers(3),
        lambda row: one(metric=Metric.AT_MOST, baseline=row[0], target=row[1], current=row[2]).progress,
    ),
    "between": Kind(
        "=IF(AND(D{r}>=B{r},D{r}<=C{r}),1,IF(AND(D{r}<B{r},A{r}<B{r}),MAX(0,1-(B{r}-D{r})/(B{r}-A{r})),"
        "IF(AND(D{r}>C{r},A{r}>C{r}),MAX(0,1-(D{r}-C{r})/(A{r}-C{r})),0)))",
        _range,
        lambda row: one(baseline=row[0], target=Bounds(row[1], row[2]), current=row[3]).progress,
    ),
    "higher": Kind(
        "=MAX(0,MIN(1.2,B{r}/A{r}))",
        _positive,
        lambda row: kpi(direction=Direction.HIGHER, target=row[0], actual=row[1]).score,
    ),
    "lower": Kind(
        "=IF(A{r}=0,IF(B{r}<=0,1,0),IF(B{r}<=0,1.2,MIN(1.2,A{r}/B{r})))",
        _plan,
        lambda row: kpi(direction=Direction.LOWER, target=row[0], actual=row[1]).score,
    ),
    "ladder": Kind(
        "=IF(B{r}/A{r}>=1,1,IF(B{r}/A{r}>=0.95,0.6,IF(B{r}/A{r}>=0.9,0.4,0)))",
        lambda chance: [100.0, round(chance.uniform(80, 110), 1)],
        lambda row: kpi(metric=Metric.STEPS, target=row[0], actual=row[1]).progress,
    ),
    "months": Kind("=SUM(D{r}:F{r})/SUM(A{r}:C{r})", _months, _wide),
    "roll-up": Kind(
        "=(MEDIAN(0,1,A{r})*D{r}+MEDIAN(0,1,B{r})*E{r}+MEDIAN(0,1,C{r})*F{r})/SUM(D{r}:F{r})", _mean, _roll_up
    ),
    "scorecard": Kind(
        "=(MEDIAN(0,1.2,A{r})*D{r}+MEDIAN(0,1.2,B{r})*E{r}+MEDIAN(0,1.2,C{r})*F{r})/SUM(D{r}:F{r})", _mean, _weighted
    ),
    "blocks": Kind(
        "=((MEDIAN(0,1.2,A{r})*D{r}+MEDIAN(0,1.2,B{r})*E{r})/(D{r}+E{r})*G{r}+MEDIAN(0,1.2,C{r})*H{r})/(G{r}+H{r})",
        _blocks,
        _block_total,
    ),
    "points": Kind(
        "=MEDIAN(0,1.2,(MEDIAN(0,1.2,A{r})*D{r}+MEDIAN(0,1.2,B{r})*E{r}+MEDIAN(0,1.2,C{r})*F{r})/SUM(D{r}:F{r})"
        "+G{r}/100-ABS(H{r})/100)",
        _pointed,
        _with_points,
    ),
    "to date": Kind("=C{r}/(D{r}*3/12)", lambda chance: [chance.uniform(1, 90) for _ in range(4)], _to_date),
    "pace": Kind(f"=MEDIAN(0,1,A{{r}}/{LENGTH})", _days, _expected),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[list[float], float]]]:
    """Give, for each kind, the random rows with what LibreOffice computed for them."""
    folder = tmp_path_factory.mktemp("oracle")
    _write(folder / "cases.xlsx")
    _recalculate(folder / "cases.xlsx", folder / "out")
    return {kind: list(_read(folder / "out" / "cases.xlsx", kind)) for kind in KINDS}


def _write(path: Path) -> None:
    import xlsxwriter

    chance = random.Random(20251115)  # noqa: S311 - the same cases on every run, no secret
    with xlsxwriter.Workbook(path) as workbook:
        for name, kind in KINDS.items():
            sheet = workbook.add_worksheet(name)
            for row in range(ROWS):
                sheet.write_row(row, 0, kind.inputs(chance))
                sheet.write_formula(row, 9, kind.formula.format(r=row + 1), None, -999)


def _recalculate(path: Path, out: Path) -> None:
    profile = path.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx",
         "--outdir", str(out), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


def _read(path: Path, kind: str) -> Iterator[tuple[list[float], float]]:
    import openpyxl

    for row in openpyxl.load_workbook(path, data_only=True)[kind].iter_rows(values_only=True):
        given: list[Any] = [value for value in row[:9] if value is not None]
        answer: Any = row[9]
        yield [float(value) for value in given], float(answer)


@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_agrees(kind: str, judged: dict[str, list[tuple[list[float], float]]]) -> None:
    """Every random row of a kind has the same result as the formula in the sheet, to 1e-9."""
    rows = judged[kind]
    assert len(rows) == ROWS
    assert all(answer != -999 for _, answer in rows), "LibreOffice did not recalculate"
    differing = [
        (row, answer, ours)
        for row, answer in rows
        if (ours := KINDS[kind].ours(row)) is None or abs(ours - answer) > 1e-9
    ]
    assert differing == []
