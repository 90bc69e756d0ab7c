"""What stops a run before it writes: a workbook that nobody can write, or in which something cannot be meant."""

from __future__ import annotations

from sheetsync.errors import WriteRefused
from sheetsync.evaluating import Evaluation
from sheetsync.model import Goals, KeyResult, Objective, Period
from sheetsync.past import Remembered
from sheetsync.workbook import workbook_beside

FEW, SHARE = 3, 0.25
"""So many known rows may vanish at once, and as large a share of them; more of both cannot be meant."""
NAMED = 5
"""Ids that a message names; the plan lists them all."""


def guard(evaluation: Evaluation, *, accept_removed: bool = False) -> None:
    """Refuse to write what nobody can write, or what cannot be meant.

    That is a workbook without goals, keys that repeat, and many known rows that vanished at once.
    """
    if evaluation.unwritable:
        raise WriteRefused(evaluation.unwritable, path=evaluation.location, target=workbook_beside(evaluation.location))
    goals = evaluation.goals
    if not (goals.objectives or goals.key_results or goals.kpis):
        raise WriteRefused("guard.empty", path=evaluation.location)
    repeated = _repeated(goals)
    if repeated:
        raise WriteRefused("guard.duplicate_ids", path=evaluation.location, ids=", ".join(repeated[:NAMED]))
    gone = () if accept_removed else vanished(evaluation)
    if gone:
        names = ", ".join([*(one.key for one in gone[:NAMED]), *(["…"] if len(gone) > NAMED else [])])
        raise WriteRefused("guard.vanished", path=evaluation.location, count=len(gone), ids=names)


def _repeated(goals: Goals) -> list[str]:
    """Give every id that more than one row carries, in order of its second row.

    A KPI may keep one id over several people and periods, which then are part of its keys.
    """
    seen: set[tuple[str, str | None, Period | None]] = set()
    repeated: dict[str, None] = {}
    names: tuple[tuple[str | None, str | None, Period | None], ...] = (
        *((item.id.value, None, None) for item in goals.objectives if item.own_row),
        *((item.id.value, None, None) for item in goals.key_results),
        *((item.id.value, item.owner.value or "", item.period.value) for item in goals.kpis),
    )
    for name, owner, period in names:
        if name is not None and (name, owner, period) in seen:
            repeated[name] = None
        elif name is not None:
            seen.add((name, owner, period))
    return list(repeated)


def vanished(evaluation: Evaluation) -> tuple[Remembered, ...]:
    """Give the rows of the last night that are gone, where they are too many: at least 3, and more than a quarter.

    Only rows of a cycle that is still in the workbook count: at the end of a cycle all of them may go.
    """
    past, goals = evaluation.past, evaluation.goals
    if past is None or not past.nights:
        return ()
    rows: list[Objective | KeyResult] = [*goals.objectives, *goals.key_results]
    cycles = {cycle.label for cycle in (goals.cycle, *(item.cycle.value for item in rows)) if cycle is not None}
    known = [
        one for one in past.items.values() if one.last >= past.nights[-1] and (not one.cycle or one.cycle in cycles)
    ]
    here = {item.key for item in rows} | {item.key for item in goals.kpis}
    gone = tuple(one for one in known if one.key not in here)
    return gone if len(gone) >= FEW and len(gone) > SHARE * len(known) else ()
