"""What an owner has to fill before the check-in, and what needs nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from math import ceil
from typing import Any

from sheetsync.model import KeyResult, Kpi
from sheetsync.report.digest.due import OVER, Due, due_cells, due_row
from sheetsync.report.digest.items import ROWS, by_attention, capped, item_of, told
from sheetsync.report.digest.nudges import is_silent, to_ask
from sheetsync.report.digest.overview import head
from sheetsync.report.digest.source import Source, known_of, owned_by, prepared
from sheetsync.report.digest.wins import WINS, new_wins
from sheetsync.results import Digest, Status

MINUTES_A_CELL = 2 / 3
"""What it takes to look a number up and put it in."""


def owner_digest(
    source: Source,
    owner: str,
    *,
    deadline: date | None = None,
    hour: str | None = None,
    by: date | None = None,
    nudged: Callable[[Due], int] = lambda due: 0,  # noqa: ARG005 - has the form of the question
    only: Collection[str] | None = None,
) -> Digest:
    """Give what one owner must fill by ``deadline`` (``hour`` as ``17:00``), by name or address as the sheet has it.

    A key result whose owner is blank is its objective's owner's. Others are what needs nothing now, and are not over.
    ``by`` is the day of the check-in for which it is wanted, also where that is over. ``nudged`` says how often a
    question was put in vain: what was asked often enough is counted as ``silent``, and not asked. ``only`` are the
    names of the questions that may be asked; None for all.
    """
    source = prepared(source)
    keys = owned_by(owner, source)
    found = due_cells(keys, source, by)
    due = to_ask(found, nudged, only)
    asked = {one.item.key for one in found}
    items = known_of(source).items
    rest = [one for key in keys if key not in asked and isinstance(one := items[key], KeyResult | Kpi)]
    others = [one for one in by_attention(rest, source) if source.scorecard.scores[one.key].status not in OVER]
    data: dict[str, Any] = {
        **head("owner", source),
        "owner": owner,
        "verdict": {
            "cells": len(due),
            "silent": sum(1 for one in found if one.what != "confidence" and is_silent(nudged(one))),
            "others": len(others),
            **_reached(keys, source),
        },
        "deadline": None if deadline is None else {"day": deadline, "hour": hour},
        "minutes": max(1, ceil(len(due) * MINUTES_A_CELL)) if due else 0,
        **told(due, ROWS, "due_cells", due_row, source),
        "same_value_column": _same_value_column(due, source),
        **told(others, ROWS, "others", item_of, source),
        **capped(new_wins(source, frozenset(keys)), WINS, "wins"),
    }
    return Digest("owner", data)


def _reached(keys: Iterable[str], source: Source) -> dict[str, int]:
    """Count the key results of an owner, and those that are achieved."""
    scores, items = source.scorecard.scores, known_of(source).items
    found = [scores[key].status for key in keys if key in scores and isinstance(items[key], KeyResult)]
    return {"key_results": len(found), "achieved": found.count(Status.ACHIEVED)}


def _same_value_column(due: list[Due], source: Source) -> str | None:
    """Give what the column of the check-in date is called, where a value is stale that may still be right."""
    for one in due:
        item = one.item
        if one.what == "current" and isinstance(item, KeyResult) and item.check_in_date.column:
            header = source.headers.get((item.table, "check_in_date"))
            if header and source.scorecard.scores[item.key].source is not None:
                return header
    return None
