"""Small workbooks for the tests of the write-back, made of rows of values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import Table
from sheetsync.results import Reason, Score, Scorecard, Status
from sheetsync.workbook import CellValue, ColumnMark, Workbook, Worksheet
from sheetsync.writeback.authorship import Authorship

HEADERS = ["ID", "Objective", "Key result", "Target", "Current"]
COMPUTED = {
    "progress": 6,
    "expected": 7,
    "score": 8,
    "status": 9,
    "change": 10,
    "forecast": 11,
    "why": 12,
    "synced": 13,
}

ENGLISH = Phrases(load("en"))
VIETNAMESE = Phrases(load("vi"), load("en"))
AUTHORSHIP = Authorship((ENGLISH, VIETNAMESE), ("A", "B"))


def worksheet(rows: Sequence[Sequence[CellValue]], name: str = "OKR", **given: Any) -> Worksheet:
    """Make a worksheet whose header stands in row 1."""
    return Worksheet(name=name, rows=[list(row) for row in rows], **given)


def workbook(*sheets: Worksheet, marks: Sequence[ColumnMark] = ()) -> Workbook:
    """Make a workbook of worksheets."""
    return Workbook(name="test", location="test.xlsx", sheets=tuple(sheets), revision="r1", marks=tuple(marks))


def table(computed: Mapping[str, int] | None = None, last_row: int = 3, **given: Any) -> Table:
    """Make an OKR table with its header in row 1; ``computed`` are the columns that carry our mark."""
    columns = {"id": (1,), "objective": (2,), "key_result": (3,), "target": (4,), "current": (5,)}
    return Table("okr", "okr", "OKR", 1, 2, last_row, columns, computed=computed or {}, **given)


def score(key: str = "KR-1", **given: Any) -> Score:
    """Make the score of a key result that is on track at 40 % of 50 %."""
    defaults: dict[str, Any] = {
        "kind": "key_result",
        "status": Status.ON_TRACK,
        "reason": Reason("pace", {"progress": 0.4, "expected": 0.5}),
        "progress": 0.4,
        "expected": 0.5,
        "score": 0.4,
    }
    return Score(key=key, **{**defaults, **given})


def scorecard(*scores: Score, **given: Any) -> Scorecard:
    """Make a scorecard of scores."""
    return Scorecard("default@1", "vn-kpi@1", {one.key: one for one in scores}, **given)
