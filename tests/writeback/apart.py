"""Goals of tables that have no place for computed columns, and the plan of a run over them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.model import Table
from sheetsync.reading.pages import own_table
from sheetsync.results import Status
from sheetsync.workbook import Workbook
from sheetsync.writeback import Plan, plan_changes
from tests.factories import cell, goals, key_result, kpi, objective
from tests.writeback.sheets import AUTHORSHIP, ENGLISH, score, scorecard

TODAY = date(2026, 11, 21)
LATER = TODAY + timedelta(days=3)
LEXICON = Lexicon(load("en"), load("vi"))
OKR = Table("okr", "okr", "OKR Q4", 1, 2, 9, {}, layout="transposed", apart=True)
KPI = Table("kpi", "kpi", "KPI", 1, 2, 9, {}, apart=True)
CARD = [
    score("O-1", kind="objective", progress=0.4),
    score("KR-1", progress=0.25),
    score("KR-2", progress=0.5, status=Status.AT_RISK),
    score("KPI-1", kind="kpi", progress=0.9, expected=None, score=None, weighted_score=0.45, grade="B", trend="up"),
]


def items(*keys: str) -> list[Any]:
    """Make an objective, key results and KPIs of these keys, each with its title in a column of its own."""
    made: list[Any] = []
    for place, key in enumerate(keys, 2):
        build = objective if key.startswith("O") else kpi if key.startswith("KPI") else key_result
        table, sheet = ("kpi", "KPI") if build is kpi else ("okr", "OKR Q4")
        title = cell(f"Title of {key}", place, 4, sheet)
        made.append(build(key, table=table, sheet=sheet, row=4, title=title))
    return made


def planned(book: Workbook, *keys: str, today: date = TODAY, **given: Any) -> Plan:
    """Plan a run over the items of these keys on a workbook as it stands."""
    tables = given.pop("tables", (OKR, KPI))
    model = given.pop("model", None) or goals(*items(*keys), tables=tables)
    return plan_changes(
        book,
        model._replace(own=own_table(book, LEXICON)),
        scorecard(*given.pop("scores", CARD)),
        given.pop("phrases", ENGLISH),
        today,
        authorship=AUTHORSHIP,
        **given,
    )
