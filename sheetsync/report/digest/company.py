"""The company's summary, in the order of its telling: verdict, decisions, table, wins, data."""

from __future__ import annotations

from itertools import dropwhile
from typing import Any

from sheetsync.report.digest.decisions import CARDS, card_of, to_decide
from sheetsync.report.digest.items import ROWS, capped, told
from sheetsync.report.digest.kpis import kpis, scored_kpis
from sheetsync.report.digest.objectives import objective_of, objectives
from sheetsync.report.digest.overview import head, overall, updated
from sheetsync.report.digest.problems import drift, problems
from sheetsync.report.digest.questions import GOOD
from sheetsync.report.digest.source import Source, prepared
from sheetsync.report.digest.wins import WINS, new_wins
from sheetsync.results import Digest, Status


def company_digest(source: Source) -> Digest:
    """Give the company's summary of one workbook, for its leads and those who watch it."""
    source = prepared(source)
    rows, cards = objectives(source), to_decide(source.goals.key_results, source)
    scores = source.scorecard.scores
    found, kept = ([scores[one.key].status for one in items] for items in (rows, scored_kpis(source)))
    data: dict[str, Any] = {
        **head("company", source),
        "verdict": {
            "objectives": len(rows),
            "on_pace": sum(1 for status in found if status in GOOD),
            "achieved": found.count(Status.ACHIEVED),
            "decisions": len(cards),
            "kpis": len(kept),
            "reached": kept.count(Status.ACHIEVED),
        },
        "overall": _overall(source),
        "updated": updated(source),
        **told(cards, CARDS, "decisions", card_of, source),
        **told(rows, ROWS, "objectives", objective_of, source),
        "kpis": kpis(source),
        **capped(new_wins(source), WINS, "wins"),
        **drift(source),
        **problems(source),
    }
    return Digest("company", data)


def _overall(source: Source) -> dict[str, Any]:
    """Give how the whole stands, with its weeks from the first one of which something is known."""
    found = overall(source)
    weeks = dropwhile(lambda week: week["progress"] is None, found["weeks"])
    return {**found, "weeks": list(weeks)}
