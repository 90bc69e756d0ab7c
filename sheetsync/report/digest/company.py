"""The company's summary, in the order of its telling: verdict, decisions, table, wins, data."""

from __future__ import annotations

from typing import Any

from sheetsync.report.digest.decisions import CARDS, decisions
from sheetsync.report.digest.items import ROWS, capped
from sheetsync.report.digest.kpis import kpis
from sheetsync.report.digest.objectives import objectives
from sheetsync.report.digest.overview import head, overall, updated
from sheetsync.report.digest.problems import PROBLEMS, drift, problems
from sheetsync.report.digest.questions import GOOD
from sheetsync.report.digest.source import Source, prepared
from sheetsync.report.digest.wins import WINS, new_wins
from sheetsync.results import Digest


def company_digest(source: Source) -> Digest:
    """Give the company's summary of one workbook, for its leads and those who watch it."""
    source = prepared(source)
    rows, cards = objectives(source), decisions(source)
    data: dict[str, Any] = {
        **head("company", source),
        "verdict": {
            "objectives": len(rows),
            "on_pace": sum(1 for row in rows if row["status"] in GOOD),
            "decisions": len(cards),
        },
        "overall": overall(source),
        "updated": updated(source),
        **capped(cards, CARDS, "decisions"),
        **capped(rows, ROWS, "objectives"),
        "kpis": kpis(source),
        **capped(new_wins(source), WINS, "wins"),
        **capped(drift(source), PROBLEMS, "drift"),
        **capped(problems(source), PROBLEMS, "problems"),
    }
    return Digest("company", data)
