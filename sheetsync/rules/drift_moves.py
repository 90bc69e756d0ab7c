"""DR5xx, third part: what was agreed at the start of the cycle and was moved since, apart from the target (PR424)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from math import isclose
from typing import Any

from sheetsync.adding import added
from sheetsync.model import Item, KeyResult, Kpi, Objective
from sheetsync.past import Remembered, Statement
from sheetsync.results import Severity
from sheetsync.rules.drift_agreed import Move, begin_of, moved_cell, moves, now_of, same_said, settled, steps_of, told
from sheetsync.rules.facts import Facts, Share
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.said import said_of
from sheetsync.workbook import Cell


def moved_hits(found: Iterable[Move], concept: str, *, shares: bool = False) -> Hits:
    """Give a hit for each moved cell: what was agreed, what it said in between, what stands there now, and when.

    ``shares`` says that fractions of cells that are blank now were percentages.
    """
    for move in found:
        kind = "kpi" if isinstance(move.item, Kpi) else "okr"
        params = {
            "concept": concept,
            "kind": kind,
            "before": _share(told(move.before, move.cell, move.item), shares and move.cell.blank),
            "until": move.until,
            "day": move.day,
            "value": now_of(move.cell),
        }
        if concept not in TITLES:  # of a text only the first and the last are told
            params["steps"] = steps_of(move)
        yield Hit(move.cell.ref, move.item.key, params)


def _share(value: Any, wanted: bool) -> Any:
    return Share(value) if wanted and isinstance(value, float) else value


TITLES = ("objective", "key_result", "kpi")
"""The concepts that hold the text of a goal."""


def _goals(facts: Facts) -> Iterator[Objective | KeyResult]:
    yield from (item for item in facts.goals.objectives if item.own_row)
    yield from facts.goals.key_results


def _items(facts: Facts) -> Iterator[Item]:
    yield from _goals(facts)
    yield from facts.goals.kpis


MESSAGE = (
    "{concept} was {before} until {until:date}{steps}, and has been {value} since {day:date}. Put it back, or agree "
    "on it and note why."
)


@rule(
    "DR514",
    "baseline-moved",
    Severity.WARNING,
    title="A baseline was moved in mid-cycle",
    message=MESSAGE,
)
def baseline_moved(facts: Facts) -> Hits:
    """Report a baseline that differs from the one that stood there when the cycle had been set up.

    Cycles are set up in their first week, and so are rows that are added and cells that are filled in later. Runs
    where earlier days are remembered; stays until the baseline is put back or the cycle ends.

    ## Why is this bad?
    Progress is measured from the baseline. One that is moved changes all of it, and nobody has done any work.

    ## Example
    1 October: Baseline 100
    20 November: Baseline 90

    ## Use instead
    Baseline | 100
    Notes | The count of 1 October was wrong by 10; agreed with Lan on 20 November
    Ignore | DR514
    """
    yield from moved_hits(moves(facts, "baseline", (*facts.goals.key_results, *facts.goals.kpis)), "baseline")


@rule(
    "DR525",
    "baseline-filled-in",
    Severity.HINT,
    title="A baseline was filled in in mid-cycle",
    message=(
        "The baseline was blank until {until:date}, and has been {value} since {day:date}: from then on progress is "
        "measured from it. Check that it stood so at the start, not on that day."
    ),
)
def baseline_filled_in(facts: Facts) -> Hits:
    """Report a baseline of a key result that was blank when the cycle had been set up, and was filled in later.

    A blank counts as 0 where the goal is to rise, and one that is to fall is not measured at all; a baseline that
    changes nothing of it is not reported. Runs where earlier days are remembered; stays until the cycle ends. Where it
    is moved after its first week, DR514 is reported instead.

    ## Why is this bad?
    It is good that it is there now. But progress before and after are not the same measure, and a baseline that is
    taken down late is often the value of that day: then everything that was done before counts for nothing.

    ## Example
    1 October: Baseline (empty) | Target 150 | Current 120, 80% done
    20 November: Baseline 120, 0% done

    ## Use instead
    Baseline | the value of 1 October, and DR525 in Ignore once it was looked at
    """
    past = facts.past_as_headed
    if past is None or not past.nights:
        return
    for result in facts.goals.key_results:
        found, cell = past.items.get(result.key), result.baseline
        if found is None or not cell.column or cell.blank:
            continue
        begin = begin_of(result, facts, "baseline")
        agreed = settled(past, max(begin, found.first))
        blank = found.said("baseline", agreed) if agreed is not None else None
        if agreed is None or blank is None or blank.text:
            continue
        filled = next((said.day for said in found.statements if _fills(said, agreed)), facts.today)
        until = past.nights[bisect_left(past.nights, filled) - 1]
        seen, score = found.on(until), facts.scorecard.scores.get(result.key)
        if seen is not None and score is not None and seen.baseline == score.baseline:
            continue
        if moved_cell(facts, past, found, result, cell, "baseline", begin) is None:
            day = _since(found, cell, facts.today)
            yield Hit(cell.ref, result.key, {"until": until, "day": day, "value": now_of(cell)})


def _fills(said: Statement, agreed: date) -> bool:
    return said.concept == "baseline" and said.day > agreed and bool(said.text)


def _since(found: Remembered, cell: Cell[Any], today: date) -> date:
    """Give the first day of those on which a baseline has said without a break what it says now."""
    day, now = today, said_of(cell)
    for said in reversed(found.statements):
        if said.concept == "baseline":
            if not same_said(said, now):
                break
            day = said.day
    return day


@rule("DR515", "weight-moved", Severity.WARNING, title="A weight was moved in mid-cycle", message=MESSAGE)
def weight_moved(facts: Facts) -> Hits:
    """Report a weight that differs from the one that stood there when the cycle had been set up.

    Weights that all changed by the same factor are left alone: percent written as numbers, or room made for a new row.

    ## Why is this bad?
    Whoever gives more weight to what goes well lifts the objective without any work.

    ## Example
    1 October: Weight 50 %
    20 November: Weight 80 %

    ## Use instead
    The weights as they were agreed. Where they must change, note why, and write DR515 into Ignore.
    """
    if facts.past is None:
        return
    groups: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in _items(facts):
        groups[_siblings(item)].append(item)
    for items in groups.values():
        found = list(moves(facts, "weight", items))
        if found and not _scaled(found, items, facts):
            yield from moved_hits(found, "weight", shares=_among_shares(found, items))


def _among_shares(found: list[Move], items: list[Item]) -> bool:
    """Say whether the weights of a group are percentages; where none is left, whether they made up 100 %."""
    left = [item.weight.value for item in items if not item.weight.blank]
    before = added(move.before.number or 0.0 for move in found)
    return any(getattr(value, "percent", False) for value in left) or (not left and isclose(before, 1.0, rel_tol=1e-6))


def _siblings(item: Item) -> tuple[str, str]:
    """Name the group among which the weight of an item is shared."""
    if isinstance(item, KeyResult):
        return "key result", item.objective or item.table
    if isinstance(item, Kpi):
        return "kpi", f"{item.table} {item.section or item.owner.value or ''}"
    return "objective", item.table


PERCENT = (0.01, 100.0)


def _scaled(found: list[Move], items: list[Item], facts: Facts) -> bool:
    """Say whether the weights of a group keep their ratios, and either a row was added or percent became numbers."""
    weights = [(move.before.number, getattr(move.cell.value, "number", None)) for move in found]
    factors = [now / before for before, now in weights if before and now]
    if len(factors) < len(found) or not all(isclose(factor, factors[0], rel_tol=1e-6) for factor in factors):
        return False
    past = facts.past
    if past is None:
        return False
    agreed = settled(past, begin_of(items[0], facts))
    weighed = [item for item in items if not item.weight.blank]
    fresh = [one for one in weighed if one.key not in past.items or (agreed and past.items[one.key].first > agreed)]
    if len(found) < len(weighed) - len(fresh):
        return False
    return bool(fresh) or any(isclose(factors[0], factor) for factor in PERCENT)


@rule("DR516", "owner-changed", Severity.HINT, title="The owner was changed in mid-cycle", message=MESSAGE)
def owner_changed(facts: Facts) -> Hits:
    """Report another owner than the one who stood there when the cycle had been set up.

    ## Why is this bad?
    Often nothing is. But whoever takes a goal over in mid-cycle has agreed to nothing yet, and who gave it away still
    gets no mail about it.

    ## Example
    1 October: Owner Lan
    20 November: Owner Minh

    ## Use instead
    Hand the goal over in a talk of three: what is reached, what is in the way, whether the target holds. Then write
    DR516 into Ignore.
    """
    yield from moved_hits(moves(facts, "owner", _items(facts)), "owner")


@rule("DR517", "due-moved", Severity.WARNING, title="A due date was moved in mid-cycle", message=MESSAGE)
def due_moved(facts: Facts) -> Hits:
    """Report a due date that differs from the one that stood there when the cycle had been set up.

    ## Why is this bad?
    With a later date the same progress is "on track" again. A delay that nobody sees cannot be helped.

    ## Example
    1 October: Due 31/12/2025
    20 November: Due 31/01/2026

    ## Use instead
    Due | 31/12/2025
    Blocker | Supplier delivers on 15 January
    """
    yield from moved_hits(moves(facts, "due", _goals(facts)), "due")


@rule(
    "DR518",
    "text-changed",
    Severity.HINT,
    title="The text of a goal was changed in mid-cycle",
    message=(
        "Until {until:date} this said “{before}”, since {day:date} it has said “{value}”. If it means something else "
        "now, agree on it with the owner."
    ),
)
def text_changed(facts: Facts) -> Hits:
    """Report the text of an objective, key result or KPI that was changed since the cycle had been set up.

    Capital letters, spaces and a full stop at the end change nothing, nor does a text that a formula makes.

    ## Why is this bad?
    A goal in other words is another goal: "open 5 shops" and "prepare 5 shops" have the same target, and not the same
    worth. What was reported so far belongs to the old one.

    ## Example
    1 October: Open 5 new shops
    20 November: Prepare 5 new shops

    ## Use instead
    The text as it was agreed; a remark in Notes. For a new goal a new row with a new id.
    """
    if facts.past is None:
        return
    for objective in facts.goals.objectives:
        if objective.own_row:
            yield from _texts(facts, objective, "objective")
    for result in facts.goals.key_results:
        yield from _texts(facts, result, "key_result")
    for kpi in facts.goals.kpis:
        yield from _texts(facts, kpi, "kpi")


def _texts(facts: Facts, item: Item, concept: str) -> Hits:
    found = facts.past.items.get(item.key) if facts.past is not None else None
    if found is not None and not any(said.formula for said in found.statements if said.concept == "title"):
        yield from moved_hits(moves(facts, "title", (item,)), concept)
