"""Between the core and what is remembered: knows the rows of today again, and says how they stand. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from operator import attrgetter
from typing import Any

from sheetsync.language import normalise
from sheetsync.model import NOTHING, Goals, Item, KeyResult, Kpi, Objective, Quantity
from sheetsync.past import CYCLE, CYCLE_SAYS, OBSERVED, Observation, Past, Recognised, Remembered, Replaced
from sheetsync.reading.identity import period_name
from sheetsync.reading.matching import Known, above_of, known_items, match
from sheetsync.reading.raws import text_of
from sheetsync.record import NamedTuple
from sheetsync.results import Score, Scorecard
from sheetsync.said import said_of, targets_of_periods, text_in
from sheetsync.scoring.confidence import confidence_cell, on_scale
from sheetsync.scoring.current import entries_of, name_of, read_log
from sheetsync.scoring.profile import Profile
from sheetsync.snapshot import OVER, TYPED, Said, Seen, Snapshot
from sheetsync.workbook import Cell, CellValue, Workbook

_SHARED = ("id", "title", "owner", "team", "weight")
CONCEPTS: Mapping[type[Item], tuple[str, ...]] = {
    Objective: (
        *_SHARED,
        *("level", "horizon", "aligned_to", "link", "cycle", "start", "due", "commitment", "agreed"),
    ),
    KeyResult: (
        *_SHARED,
        *("metric", "unit", "baseline", "target", "aligned_to", "cycle", "start", "due", "commitment", "agreed"),
    ),
    Kpi: (
        *_SHARED,
        *("metric", "unit", "baseline", "target", "perspective", "direction", "frequency", "aggregation", "critical"),
        "section_weight",
    ),
}
"""The concepts whose cells are remembered as they stand."""
_CELLS = {kind: attrgetter(*names) for kind, names in CONCEPTS.items()}
VALUES: Mapping[type[Item], str] = {KeyResult: "current", Kpi: "actual"}
"""The concept that holds the value. Its number is an observation, so mostly only whether a formula gives it is kept
here (see ``past.OBSERVED``). What the cell says is kept where the observation does not tell it: where it is no number,
where nothing was scored or in another unit, and of an item with check-ins, whose value may be one of theirs."""
_KINDS: Mapping[type[Item], str] = {Objective: "objective", KeyResult: "key_result", Kpi: "kpi"}
_NUMBERS = ("unit", "baseline", "target")
_ALIKE = 0.2
"""Share of their words that two titles must have in common to be about the same thing."""


def titles_of(goals: Goals) -> dict[str, str]:
    """Give the title of every item by its key: by these a workbook is known again after it was renamed."""
    return {item.key: text_in(item.title) for item in goals.items}


def of_one_firm(past: Past, goals: Goals) -> bool:
    """Say whether a workbook that has gone may be this one: most rows of one title have their owner and numbers too.

    A consultant hands the same list of goals to many clients; its titles alone say nothing of whose it is.
    """
    now = {one.key: one for one in known_items(goals)}
    known = [_known(item) for item in past.items.values()]
    pairs = [(one, now[one.key]) for one in known if one.key in now and one.title == now[one.key].title]
    owners = [was.owner == new.owner for was, new in pairs]
    numbers = [_numbers(was) == _numbers(new) for was, new in pairs if any((*_numbers(was), *_numbers(new)))]
    return all(2 * sum(alike) >= len(alike) for alike in (owners, numbers))


def _numbers(one: Known) -> tuple[str, str]:
    return one.baseline, one.target


def recognise(past: Past, goals: Goals) -> Recognised:
    """Know the rows of today again: by their keys, else by what they say (see ``reading.matching``).

    Only rows that were there on the last night can come back under another key. A key that was given to another thing
    (an id used again, with another title and other numbers) begins anew.
    """
    titles = {item.key: text_in(item.title) for item in reversed(goals.items)}
    suspected = any(_last_title(past.items[key]) != title for key, title in titles.items() if key in past.items)
    if not suspected and not _may_be_renamed(past, titles, ()):
        return Recognised(past)  # as on nearly every night
    now = {one.key: one for one in reversed(known_items(goals))}
    known = {key: _known(item) for key, item in past.items.items()}
    cycles = {item.key: _cycle(item, goals)[0] for item in goals.items}
    reused = {
        key: Replaced(known[key].title, past.items[key].last)
        for key in now
        if key in known and _another(known[key], now[key], past.items[key].cycle, cycles[key])
    }
    former = {}
    if _may_be_renamed(past, now, reused):
        there = [known[key] for key in _there(past) if key not in reused]
        rows = [one for key, one in now.items() if key not in reused]
        matched = match(there, rows)
        former = {key: old for key, old in matched.items() if key != old and key not in known and old not in now}
    return Recognised(_rekeyed(past, former, reused), former, reused)


def _there(past: Past) -> list[str]:
    """Give the keys of the rows that were there on the last night."""
    last = past.nights[-1] if past.nights else date.min
    return [key for key, item in past.items.items() if item.last >= last]


def _may_be_renamed(past: Past, now: Collection[str], reused: Collection[str]) -> bool:
    """Say whether some keys have gone since the last night, and others are new."""
    gone = any(key not in now for key in _there(past) if key not in reused)
    return gone and any(key not in past.items for key in now)


def _last_title(item: Remembered) -> str:
    """Give the title that a row was last seen with."""
    return next((said.text for said in reversed(item.statements) if said.concept == "title"), "")


def _known(item: Remembered) -> Known:
    """Give what is remembered of a row in the form in which rows are compared."""
    said = {statement.concept: statement.text for statement in item.statements}
    texts = {name: said.get(name, "") for name in ("title", "objective", "owner", "team", "period", "id", *_NUMBERS)}
    return Known(item.key, item.kind, item.sheet, item.row, **texts)


def _another(before: Known, now: Known, cycle: str, cycle_now: str) -> bool:
    """Say whether a key names another thing than before: nothing in the title stayed, nor much of the rest."""
    if not (before.id and before.title and now.title) or _overlap(before.title, now.title) >= _ALIKE:
        return False
    if before.kind != now.kind or (cycle and cycle_now and cycle != cycle_now):
        return True
    changed = [getattr(before, name) != getattr(now, name) for name in ("owner", *_NUMBERS)]
    return changed[0] and (before.kind == "objective" or any(changed[1:]))


def _overlap(left: str, right: str) -> float:
    words, others = set(normalise(left).split()), set(normalise(right).split())
    return len(words & others) / len(words | others) if words | others else 1.0


def _rekeyed(past: Past, former: Mapping[str, str], reused: Collection[str]) -> Past:
    """Give the past with its rows under the keys of today, without those that a key no longer means."""
    if not former and not reused:
        return past
    new = {old: key for key, old in former.items()}
    items = {new.get(key, key): item._replace(key=new.get(key, key)) for key, item in past.items.items()}
    written = {(new.get(key, key), concept): value for (key, concept), value in past.written.items()}
    return past._replace(items={key: item for key, item in items.items() if key not in reused}, written=written)


def observe(
    workbook: Workbook,
    goals: Goals,
    scorecard: Scorecard,
    today: date,
    known: Recognised | None = None,
    *,
    written: Mapping[tuple[str, str], CellValue] = NOTHING,
    profile: Profile | None = None,
) -> Snapshot:
    """Say how every item of a workbook stands today, what its cells say, and what the user's headers are called.

    ``written`` is what stands in our columns after this run (see ``keeping.standing``). Where ``profile`` has a scale
    for confidence it is given on that, and one that lies outside is left out; else it is as it was typed.
    """
    known = known or Recognised()
    views, formulas = _views(goals, today, profile), {sheet.name: sheet.formulas for sheet in workbook.sheets}
    above = above_of(goals)
    logged = {name_of(entry.item.value) for entry in goals.check_ins if entry.item.value}
    seen: dict[str, Seen] = {}
    for item in goals.items:
        if item.key in seen:
            continue  # two rows of one id: a rule reports it, and nothing is written
        cycle, start = _cycle(item, goals)
        seen[item.key] = Seen(
            item.key,
            _KINDS[item.__class__],
            _observation(scorecard.scores.get(item.key), today, views.get(item.key, _View())),
            {**_says(item, formulas, logged, scorecard.scores.get(item.key)), **_told("objective", above[item.key])},
            item.sheet,
            item.row,
            cycle,
            start,
            known.former.get(item.key, ""),
            item.key in known.reused,
        )
    headers = _headers(workbook, goals)
    here = {table.key for table in goals.tables}
    lost = {place: "" for place in known.past.headers if place[0] in here and place not in headers}
    return Snapshot(today, tuple(seen.values()), {**headers, **lost, **_whole_cycle(goals)}, written)


def _whole_cycle(goals: Goals) -> dict[tuple[str, str], str]:
    """Give the cycle of the whole workbook in the form in which headers are remembered."""
    cycle = goals.cycle
    if cycle is None:
        return {}
    told = cycle.label, cycle.start.isoformat(), cycle.due.isoformat()
    return {(CYCLE, concept): text for concept, text in zip(CYCLE_SAYS, told, strict=True)}


def with_typed(
    snapshot: Snapshot, typed: Mapping[tuple[str, str], CellValue], written: Mapping[tuple[str, str], CellValue]
) -> Snapshot:
    """Give the snapshot with what was typed over computed cells, and with what was ``written`` there before.

    Both are told by the key of the item and the concept.
    """
    says: dict[str, dict[str, Said]] = {}
    for (key, concept), value in typed.items():
        own = says.setdefault(key, {})
        for name, what in ((TYPED, value), (OVER, written.get((key, concept)))):
            own[name + concept] = _cell_said(what)
    if not says:
        return snapshot
    items = (one._replace(says={**one.says, **says.get(one.key, {})}) for one in snapshot.items)
    return snapshot._replace(items=tuple(items))


def _cell_said(value: CellValue) -> Said:
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return Said(" ".join((text_of(value) or "").split()), number)


class _View(NamedTuple):
    """What the owner of an item believes of it."""

    confidence: float | None = None
    blocker: str = ""


def _views(goals: Goals, today: date, profile: Profile | None) -> dict[str, _View]:
    log, views = read_log(goals.check_ins, today), {}
    for item in goals.key_results:
        entries = entries_of(item, log)
        stated = confidence_cell(item, entries, today).value
        number = on_scale(stated, profile) if profile and profile.confidence else stated.number if stated else None
        told = next((entry for entry in reversed(entries) if not entry.blocker.blank), None)
        views[item.key] = _View(number, text_in(item.blocker) or (text_in(told.blocker) if told else ""))
    for objective in goals.objectives:
        views[objective.key] = _View(blocker=text_in(objective.blocker))
    return views


def _observation(score: Score | None, today: date, view: _View) -> Observation:
    if score is None:
        return Observation(today, confidence=view.confidence, blocker=view.blocker)
    return Observation(
        today,
        score.current,
        score.target,
        score.baseline,
        score.progress,
        score.expected,
        score.score,
        score.status.value,
        view.confidence,
        view.blocker,
        score.last_update if isinstance(score.last_update, date) else None,
    )


def _cycle(item: Item, goals: Goals) -> tuple[str, date | None]:
    own = None if isinstance(item, Kpi) else item.cycle.value
    cycle = own or goals.cycle
    return (cycle.label, cycle.start) if cycle else ("", None)


def _says(
    item: Item, formulas: Mapping[str, frozenset[tuple[int, int]]], logged: Collection[str], score: Score | None
) -> dict[str, Said]:
    """Give what the cells of an item say; a concept without a column says nothing."""
    cells: Iterator[tuple[str, Cell[Any]]] = zip(CONCEPTS[item.__class__], _CELLS[item.__class__](item), strict=True)
    said = {name: _said(cell, formulas) for name, cell in cells if cell.column or not cell.blank}
    value = VALUES.get(item.__class__)
    if value is not None and getattr(item, value).column:
        cell = getattr(item, value)
        told = name_of(item.key) in logged or name_of(item.id.value or item.key) in logged
        scored = score.current if score is not None else None
        alone = isinstance(cell.value, Quantity) and cell.value.number == scored and not told
        said[value] = Said(OBSERVED, formula=_is_formula(cell, formulas)) if alone else _said(cell, formulas)
    if isinstance(item, Kpi):
        if item.period.value is not None:
            said["period"] = Said(period_name(item.period.value))
        for concept, one in targets_of_periods(item):
            if not one.target.blank:
                said[concept] = _said(one.target, formulas)
    return said


def _told(concept: str, text: str) -> dict[str, Said]:
    return {concept: Said(text)} if text else {}


def _said(cell: Cell[Any], formulas: Mapping[str, frozenset[tuple[int, int]]]) -> Said:
    text, number, _ = said = said_of(cell)
    here = formulas.get(cell.sheet)  # as _is_formula; a night says tens of thousands
    return Said(text, number, True) if here and (cell.row, cell.column) in here else said


def _is_formula(cell: Cell[Any], formulas: Mapping[str, frozenset[tuple[int, int]]]) -> bool:
    here = formulas.get(cell.sheet)
    return bool(here and (cell.row, cell.column) in here)


def _headers(workbook: Workbook, goals: Goals) -> dict[tuple[str, str], str]:
    """Give what the user's headers are called, by the key of the table and the concept."""
    found: dict[tuple[str, str], str] = {}
    for table in goals.tables:
        sheet = workbook.sheet(table.sheet)
        rows = range(table.top_row or table.header_row, table.header_row + 1) if table.header_row else ()
        for concept, columns in table.columns.items():
            texts = (text_of(sheet.value(row, columns[0])) for row in rows)
            text = " ".join(" ".join(filter(None, texts)).split())
            if text:
                found[table.key, concept] = text
    return found
