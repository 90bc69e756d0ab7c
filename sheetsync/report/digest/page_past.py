"""A workbook as it stood on an earlier day, made of what the history knows. Pure.

The goals are those that were there then, with the titles, owners, teams and links that their cells had, and the scores
are those that were computed on that night. What was never remembered (findings, asks, the columns of a KPI's periods,
the totals of their groups) is left out, and so are links to cells: rows may have moved since. A KPI with a row for each
month is scored anew from what its rows said then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sheetsync.model import Cycle, Goals, Item, KeyResult, Kpi, Objective, Quantity, no_cell
from sheetsync.past import CYCLE, OBSERVED, Observation, Past, Remembered, legible
from sheetsync.report.digest.paces import paces_of
from sheetsync.report.digest.source import Source, gathered, known_of, prepared
from sheetsync.report.digest.weeks import whole_now
from sheetsync.results import NotScored, Reason, Score, Scorecard, Status
from sheetsync.said import text_in
from sheetsync.scoring.pace import share_by
from sheetsync.scoring.profile import Curve
from sheetsync.trends import trends_of, with_trends
from sheetsync.workbook import Cell

_KINDS: Mapping[str, type[Item]] = {"objective": Objective, "key_result": KeyResult, "kpi": Kpi}
_TOLD = ("id", "title", "owner", "team")
"""Concepts whose cells are plain text, and are remembered as they stood."""


def first_known(source: Source) -> date | None:
    """Give the first day that the history knows of a workbook, nights or not; None where it knows none.

    What a workbook told of itself (``history import``) is known of single goals, and makes no night.
    """
    past = source.past
    if past is None:
        return None
    return min((*past.nights[:1], *(item.first for item in past.items.values())), default=None)


def source_on(source: Source, day: date) -> Source | None:
    """Give what a page is made of as it stood at the end of a day before today; None where nothing is known of that."""
    past, first = source.past, first_known(source)
    if past is None or first is None or first > day:
        return None
    source, then = _in_cycle(gathered(source), past.cycle_on(day), day), past_on(past, day)
    goals = _goals(source, then, day)
    scorecard = Scorecard(source.scorecard.profile, source.scorecard.kpi_profile, dict(_scores(source, then, day)))
    curve = source.profile.curve if source.profile is not None else Curve()
    scorecard = with_trends(scorecard, goals, then, day, share_by(curve))
    told = {one.key: one for one in trends_of(scorecard, goals, then, day, share_by(curve))}
    found = source._replace(
        goals=goals, scorecard=scorecard, findings=(), today=day, past=then, trends=told, read_at=None, known=None
    )
    progress, expected = whole_now(found)
    return prepared(found._replace(scorecard=scorecard._replace(progress=progress, expected=expected)))


def _in_cycle(source: Source, told: Cycle | None, day: date) -> Source:
    """Give the source as if the workbook were about another cycle: what had its dates from the cycle has those of it.

    ``told`` is what is remembered of the day; where that is nothing today's cycle holds if it had begun, and else none.
    """
    past, now = source.past or Past(), source.goals.cycle
    was_told = (CYCLE, "start") in past.header_statements
    then = told or (now if now is not None and now.start <= day and not was_told else None)
    if then == now:
        return source
    dates: dict[str, Any] = {} if now is None else {"start": now.start, "due": now.due}
    scores = dict(source.scorecard.scores)
    for key, score in scores.items():
        moved: dict[str, Any] = {
            name: getattr(then, name, None) for name, own in dates.items() if getattr(score, name) == own
        }
        own_dates = _dates(past.items[key], day) if key in past.items else {}
        scores[key] = score._replace(**moved | own_dates)
    goals = source.goals._replace(cycle=then)
    scorecard = source.scorecard._replace(scores=scores)
    return source._replace(goals=goals, scorecard=scorecard, cycle_forgotten=then is None)


def past_on(past: Past, day: date) -> Past:
    """Give what was remembered of the rows that were there at the end of a day, and nothing of later days.

    A night tells of all rows, so one that it did not see was gone; before the first night every row counts that is
    known.
    """
    nights = tuple(night for night in past.nights if night <= day)
    then, last = past.cycle_on(day), past.cycle_on(date.max)
    items = {
        key: _in_cycle_then(item, then, last, day)._replace(
            last=min(item.last, day),
            observations=tuple(one for one in item.observations if one.day <= day),
            statements=tuple(one for one in item.statements if one.day <= day),
        )
        for key, item in past.items.items()
        if item.first <= day and item.last >= max(nights[-1:], default=date.min) and item.on(day) is not None
    }
    told = {
        place: tuple(one for one in statements if one.day <= day)
        for place, statements in past.header_statements.items()
    }
    return Past(items, nights, header_statements=told)


def _in_cycle_then(item: Remembered, then: Cycle | None, last: Cycle | None, day: date) -> Remembered:
    """Give an item in the cycle that it was in on a day: that of the whole workbook where it last was in that.

    Of an item with a cycle of its own only the last one is known; one that began later than the day is not told.
    """
    whole = last is not None and (item.cycle, item.cycle_start) == (last.label, last.start)
    if whole and then is not None:
        return item._replace(cycle=then.label, cycle_start=then.start)
    later = item.cycle_start is not None and item.cycle_start > day
    return item._replace(cycle="", cycle_start=None) if later else item


def _goals(source: Source, then: Past, day: date) -> Goals:
    """Give the goals that were there: today's with what their cells said then, and those that have gone since."""
    known, now = known_of(source).items, source.goals
    rows: tuple[Item, ...] = (*now.objectives, *now.key_results, *now.kpis)
    order = {item.key: place for place, item in enumerate(rows)}
    keys = sorted(then.items, key=lambda key: (order.get(key, len(order)), then.items[key].sheet, then.items[key].row))
    made = [_item(known.get(key), then.items[key], day) for key in keys]
    titles = {one.title.value: one.key for one in made if isinstance(one, Objective) and one.title.value}
    return now._replace(
        objectives=tuple(one for one in made if isinstance(one, Objective)),
        key_results=tuple(
            one._replace(objective=titles.get(_said(then.items[one.key], "objective", day) or "", one.objective))
            for one in made
            if isinstance(one, KeyResult)
        ),
        kpis=tuple(one for one in made if isinstance(one, Kpi)),
    )


def _item(now: Item | None, past: Remembered, day: date) -> Item:
    kind = _KINDS[past.kind]
    item: Any = now if isinstance(now, kind) else _blank(kind, past)
    told = {name: text for name in _TOLD if (text := _said(past, name, day)) is not None}
    made: Item = item._replace(**{name: _cell(getattr(item, name), past, text or None) for name, text in told.items()})
    if not isinstance(made, Kpi) or made.period.value is None:
        return made
    return made._replace(
        target=_number(made.target, past, "target", day), actual=_number(made.actual, past, "actual", day)
    )


def _number(now: Cell[Any], past: Remembered, concept: str, day: date) -> Cell[Any]:
    """Give the cell of a number as it was: blank, or no number, where it was so; today's where nobody knows."""
    said, seen = past.said(concept, day), past.on(day)
    if said is None:
        return now
    number = seen.value if said.text == OBSERVED and seen is not None else said.number
    if number is not None:
        known = now.value if isinstance(now.value, Quantity) else Quantity(number)
        return now._replace(value=known._replace(number=number))
    return now if said.text and said.text == text_in(now) else now._replace(raw=said.text or None, value=None)


def _cell(now: Cell[Any], past: Remembered, text: str | None) -> Cell[Any]:
    return now._replace(raw=text, value=text) if now.column else Cell(past.sheet, past.row, 1, text, text)


def _said(past: Remembered, concept: str, day: date) -> str | None:
    found = past.said(concept, day)
    return None if found is None else found.text


def _blank(kind: type[Item], past: Remembered) -> Item:
    """Give a row that has gone: it has nothing but what is remembered of it."""
    plain: dict[str, Any] = {"key": past.key, "table": "", "sheet": past.sheet, "row": past.row}
    plain |= {"own_row": True} if kind is Objective else {"objective" if kind is KeyResult else "section": None}
    needed = [name for name in kind._fields if name not in kind._field_defaults]
    made: Any = {name: plain.get(name, no_cell(past.sheet, past.row)) for name in needed}
    return kind(**made)


def _scores(source: Source, then: Past, day: date) -> Iterator[tuple[str, Score]]:
    for key, past in then.items.items():
        seen = past.on(day)
        if seen is not None:
            yield key, _score(source, past, seen, day)


def _score(source: Source, past: Remembered, seen: Observation, day: date) -> Score:
    """Give the score of a night; the pace of a later day, which moves by itself, is that of the dates of today."""
    status = Status(seen.status) if seen.status else Status.NOT_SCORED
    blank = Score(past.key, past.kind, status, Reason("", {}))
    now = source.scorecard.scores.get(past.key, blank)
    return now._replace(
        status=status,
        not_scored=NotScored.TOO_FEW_SCORED if status is Status.NOT_SCORED else None,
        progress=seen.progress,
        expected=paces_of(source).then(known_of(source).items.get(past.key), seen.expected, day),
        score=seen.score,
        current=None if seen.value is None else legible(seen.value),
        target=seen.target,
        baseline=seen.baseline,
        last_update=seen.updated,
        source=None,
        scored=0,
        total=0,
        change=None,
        forecast=None,
    )


def _dates(past: Remembered, day: date) -> dict[str, Any]:
    """Give the dates of its own that a row had, by what its cells said."""
    found: dict[str, Any] = {}
    for name in ("start", "due"):
        try:
            found[name] = date.fromisoformat(_said(past, name, day) or "")
        except ValueError:
            continue
    return found
