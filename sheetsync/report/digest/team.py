"""What a team's lead takes into the check-in: an agenda, the key results, and who must still fill what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sheetsync.names import folded
from sheetsync.report.digest.agenda import MINUTES, agenda_of, to_discuss
from sheetsync.report.digest.cells import cell_at
from sheetsync.report.digest.contributing import contributes
from sheetsync.report.digest.due import Due, due_cells
from sheetsync.report.digest.items import ROWS, by_attention, capped, item_of, told
from sheetsync.report.digest.nudges import is_silent
from sheetsync.report.digest.overview import head
from sheetsync.report.digest.problems import drift, problems
from sheetsync.report.digest.questions import GOOD
from sheetsync.report.digest.source import Source, given_of, identity, known_of, named, prepared
from sheetsync.report.digest.wins import WINS, new_wins
from sheetsync.results import Digest, Status
from sheetsync.scoring.patience import days_away

Nudged = Callable[[str, Due], int]
"""Says how often an owner, by name as the sheet has it, was asked for a cell in vain."""


def team_digest(
    source: Source,
    team: str,
    *,
    by: date | None = None,
    nudged: Nudged = lambda owner, due: 0,  # noqa: ARG005 - has the form of the question
) -> Digest:
    """Give what the lead of a team needs for a check-in; ``team`` as it stands in the sheet, in any case.

    ``by`` is the day of the check-in: who is told to be reminded is who was asked for it.
    """
    source = prepared(source)
    keys = known_of(source).of_team.get(folded(team), frozenset())
    scores = source.scorecard.scores
    items = [one for one in source.goals.key_results if one.key in keys and one.key in scores]
    found = [scores[one.key].status for one in items]
    chosen = to_discuss(items, source)
    agenda = agenda_of(chosen, source)
    remind, unowned = _remind(keys, source, by, nudged)
    data: dict[str, Any] = {
        **head("team", source),
        "team": team,
        "verdict": {
            "key_results": len(items),
            "on_pace": sum(1 for status in found if status in GOOD),
            "achieved": found.count(Status.ACHIEVED),
            "to_discuss": len(chosen),
        },
        "contributes": contributes(keys, source),
        "agenda": agenda,
        "minutes": len(agenda) * MINUTES,
        **told(by_attention(items, source), ROWS, "key_results", item_of, source),
        "remind": remind,
        "unowned": unowned,
        **capped(new_wins(source, keys), WINS, "wins"),
        **drift(source, keys),
        **problems(source, keys),
    }
    return Digest("team", data)


def _remind(
    keys: Collection[str], source: Source, by: date | None, nudged: Nudged
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give who must fill what, and the cells to fill that nobody owns.

    Left out are those who are away today, and those who lack a confidence alone: for that nobody is asked.
    """
    known = known_of(source)
    by_owner: dict[str, tuple[str, list[Due]]] = {}
    unowned = []
    for due in due_cells([key for key in known.items if key in keys], source, by):
        names = named(due.item, source)
        for name in names:
            by_owner.setdefault(identity(name, known.called), (name, []))[1].append(due)
        if not names and due.what != "confidence":
            unowned.append(cell_at(due.ref, source.place))
    told = [
        _reminder(name, due, source, nudged)
        for name, due in by_owner.values()
        if any(one.what != "confidence" for one in due) and not is_away(name, source)
    ]
    return told, unowned


def _reminder(name: str, due: Sequence[Due], source: Source, nudged: Nudged) -> dict[str, Any]:
    times = {one.ref: nudged(name, one) for one in due if one.what != "confidence"}
    silent = [cell_at(ref, source.place) for ref, count in times.items() if is_silent(count)]
    return {
        "owner": name,
        "given": given_of(name, source) or name,
        "cells": [cell_at(one.ref, source.place) for one in due if one.what != "confidence"],
        "confidence_cells": [cell_at(one.ref, source.place) for one in due if one.what == "confidence"],
        "nudged": max(times.values()),
        "escalated": bool(silent),
        "escalated_cells": silent,
    }


def is_away(name: str, source: Source) -> bool:
    """Say whether somebody is on leave today, by the People sheet."""
    leave = known_of(source).leave
    return bool(leave) and days_away((name,), leave, source.today - timedelta(days=1), source.today) > 0
