"""What stops a run before it writes: a workbook that nobody can write, or in which something cannot be meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sheetsync.errors import WriteRefused
from sheetsync.evaluating import Evaluation
from sheetsync.model import Goals, KeyResult, Objective, Period
from sheetsync.names import first_of
from sheetsync.past import Remembered, is_left
from sheetsync.rules.drift_exchanged import CODE as EXCHANGED
from sheetsync.workbook import workbook_beside

FEW, SHARE = 3, 0.25
"""So many known rows or values vanish at once, and more than this share of them, only where that is not meant."""
NAMED = 5
"""Ids that a message names; the plan lists them all."""


def guard(evaluation: Evaluation, *, accept_removed: bool = False) -> None:
    """Refuse to write what nobody can write, or what cannot be meant.

    That is a workbook without goals, keys that repeat, many known rows, or values of rows, that vanished at once, and
    headers that changed places since the last night, so that every row would be measured by the wrong numbers.
    """
    if evaluation.unwritable:
        raise WriteRefused(evaluation.unwritable, path=evaluation.location, target=workbook_beside(evaluation.location))
    goals = evaluation.goals
    if not (goals.objectives or goals.key_results or goals.kpis):
        raise WriteRefused("guard.empty", path=evaluation.location)
    repeated = _repeated(goals)
    if repeated:
        ids, copied = ", ".join([*repeated][:NAMED]), _copied(repeated)
        if copied is not None:
            sheet, other = copied
            raise WriteRefused("guard.copied", path=evaluation.location, sheet=sheet, other=other, ids=ids)
        raise WriteRefused("guard.duplicate_ids", path=evaluation.location, ids=ids)
    if accept_removed:
        return
    for told in exchanged(evaluation):
        raise WriteRefused("guard.exchanged", path=evaluation.location, **told)
    for what, gone in (("guard.vanished", vanished(evaluation)), ("guard.emptied", emptied(evaluation))):
        if gone:
            names = first_of([one.key for one in gone], NAMED)
            raise WriteRefused(what, path=evaluation.location, count=len(gone), ids=names)


def _repeated(goals: Goals) -> dict[str, list[str]]:
    """Give every id that more than one row carries, in order of its second row, with the worksheets of its rows.

    A KPI may keep one id over several people and periods, which then are part of its keys.
    """
    seen: dict[tuple[str, str | None, Period | None], str] = {}
    repeated: dict[str, list[str]] = {}
    rows: tuple[tuple[str | None, str | None, Period | None, str], ...] = (
        *((item.id.value, None, None, item.sheet) for item in goals.objectives if item.own_row),
        *((item.id.value, None, None, item.sheet) for item in goals.key_results),
        *((item.id.value, item.owner.value or "", item.period.value, item.sheet) for item in goals.kpis),
    )
    for name, owner, period, sheet in rows:
        if name is not None and (name, owner, period) in seen:
            repeated.setdefault(name, [seen[name, owner, period]]).append(sheet)
        elif name is not None:
            seen[name, owner, period] = sheet
    return repeated


def _copied(repeated: Mapping[str, Sequence[str]]) -> tuple[str, str] | None:
    """Give two worksheets of which one is a copy of the other: no id stands twice on one of them."""
    if any(len(set(sheets)) < len(sheets) for sheets in repeated.values()):
        return None
    first, other, *_ = next(iter(repeated.values()))
    return first, other


def vanished(evaluation: Evaluation) -> tuple[Remembered, ...]:
    """Give the rows of the last night that are gone, where they are too many: at least 3, and more than a quarter.

    Only rows of a cycle that is still in the workbook count: at the end of a cycle all of them may go, and those of a
    worksheet that is left as it is stand there still.
    """
    goals = evaluation.goals
    here = {item.key for item in goals.items}
    known = _known(evaluation)
    return _too_many([one for one in known if one.key not in here], known)


def exchanged(evaluation: Evaluation) -> list[Mapping[str, Any]]:
    """Give what is told of each two headers that have changed places since the last night.

    Who switches the rule off wants such rows written.
    """
    found = (one.params for one in evaluation.findings if one.code == EXCHANGED)
    return [params for params in found if params["day"] == evaluation.today]


def emptied(evaluation: Evaluation) -> tuple[Remembered, ...]:
    """Give the key results of the last night that had a value or a target and have none now, where they are too many.

    That is as many as of rows. It happens where a column is cleared, or its header renamed so that nobody reads it.
    """
    scores = evaluation.scorecard.scores
    known, lost = [], []
    for one in _known(evaluation):
        seen, score = one.observations[-1] if one.observations else None, scores.get(one.key)
        if one.kind == "key_result" and seen is not None and score is not None:
            known.append(one)
            if (seen.value is not None and score.current is None) or (seen.target is not None and score.target is None):
                lost.append(one)
    return _too_many(lost, known)


def _known(evaluation: Evaluation) -> list[Remembered]:
    """Give the rows that were there on the last night, of the cycles that are still in the workbook."""
    past, goals = evaluation.past, evaluation.goals
    if past is None or not past.nights:
        return []
    rows: list[Objective | KeyResult] = [*goals.objectives, *goals.key_results]
    cycles = {cycle.label for cycle in (goals.cycle, *(item.cycle.value for item in rows)) if cycle is not None}
    here = [one for one in past.items.values() if one.last >= past.nights[-1]]
    known = [one for one in here if not one.cycle or one.cycle in cycles]
    others = goals.other_cycles
    return [one for one in known if not is_left(one, others)] if others else known


def _too_many(gone: Sequence[Remembered], known: Sequence[Remembered]) -> tuple[Remembered, ...]:
    return tuple(gone) if len(gone) >= FEW and len(gone) > SHARE * len(known) else ()
