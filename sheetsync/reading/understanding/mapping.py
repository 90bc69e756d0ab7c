"""Gives the columns of a table their concepts, from all evidence together, and says why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.reading.understanding.arithmetic import Ratio
from sheetsync.reading.understanding.assignment import assign
from sheetsync.reading.understanding.evidence import VETO, fit
from sheetsync.reading.understanding.header_blocks import Head
from sheetsync.reading.understanding.outcome import CORE, Column, Left, Reason
from sheetsync.reading.understanding.shapes import Shape
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue, column_letters

LEAST = 0.65
"""A column whose total stays below this is left alone: a wrong meaning is worse than none."""
_WHOLE = 1.25
_MARGIN = 0.05
_AMBIGUOUS = 0.7
_MAIN = 0.9
_NEAR = 0.15
_SPEAKS = 0.3
_SECOND_HAND, _UNSPOKEN = 0.82, 0.25
"""What only may be meant, or is only part of a header, is worth less where the cells do not speak for it."""
_COMPUTED, _PARTS = 0.4, 0.1
_PRIORS: Mapping[str, Mapping[str, float]] = {
    "okr": {"objective": 0.12, "key_result": 0.1, "metric": 0.05, "kpi": -0.12, "owner": 0.05},
    "kpi": {"kpi": 0.12, "target": 0.1, "objective": -0.12, "key_result": -0.15, "owner": 0.05},
    "check-ins": {"check_in_date": 0.2, "current": 0.1, "key_result": 0.05},
    "people": {"name": 0.25, "team": 0.1, "position": 0.1},
}
_ALWAYS = {"baseline": -0.08, "other": -0.06, "progress": 0.02}
_REPEATED = ("owner", "key_result", "notes", "initiative", "supporters", "formula", "other", "score")


class Draft(NamedTuple):
    """One column before it is decided: its words and what they may mean, and what stands below."""

    column: int
    head: Head
    meanings: Mapping[str, float]
    shape: Shape
    values: Sequence[CellValue]
    numbered: bool = False
    """Whether a number at the end of its header counts columns of one concept: KR1, KR2."""
    inside: bool = False
    """Whether its meaning was only found inside the header or in the group above."""
    told: Mapping[str, Reason] = {}
    """Why it may mean what its header alone does not say: by formulas, by a dropdown list."""

    @property
    def samples(self) -> tuple[CellValue, ...]:
        """The first three values that differ."""
        told = [value for value in self.values if value is not None]
        return tuple(dict.fromkeys(told))[:3]


class Mapped(NamedTuple):
    """The columns of a table under one reading of its kind, with the sum of what speaks for them."""

    columns: tuple[Column, ...]
    unmapped: tuple[Left, ...]
    refused: tuple[Left, ...]
    total: float


def map_columns(drafts: Sequence[Draft], kind: str, found: Sequence[Ratio]) -> Mapped:
    """Choose the concepts that all the columns together fit best, if the table is of a kind."""
    scores: dict[int, dict[str, float]] = {}
    vetoed: dict[int, Left] = {}
    for draft in drafts:
        scores[draft.column], veto = _scores(draft, kind, found)
        if veto is not None:
            vetoed[draft.column] = veto
    _without_weights_of_blocks(drafts, scores)
    if kind == "okr":
        _prefer_weights_of_key_results(drafts, scores)
    twins = _twins(drafts, scores)
    chosen = assign(
        {
            column: {name: worth - LEAST for name, worth in row.items()}
            for column, row in scores.items()
            if column not in twins
        }
    )
    chosen |= {twin: chosen[first] for twin, first in twins.items() if chosen.get(first) in scores[twin]}
    _pair(chosen, scores, found)
    _repeat(chosen, drafts, scores)
    _without_lone_past(chosen, drafts)
    doubtful = _doubts(chosen, scores)
    refused = [left for column, left in vetoed.items() if column not in chosen]
    columns, total = [], 0.0
    for draft in drafts:
        concept = chosen.get(draft.column)
        if concept is None:
            continue
        if draft.column in doubtful:
            params = {"one": concept, "other": doubtful[draft.column]}
            refused.append(Left(draft.column, draft.head.text, Reason("ambiguous", params), concept, draft.samples))
            continue
        worth = scores[draft.column][concept]
        total += worth - LEAST
        columns.append(_column(draft, concept, worth, found))
    known = {left.column for left in refused} | {column.column for column in columns}
    unmapped = [
        Left(draft.column, draft.head.text, Reason("unknown" if not draft.meanings else "unsure"), "", draft.samples)
        for draft in drafts
        if draft.column not in known
    ]
    return Mapped(tuple(columns), tuple(unmapped), tuple(refused), total)


def _scores(draft: Draft, kind: str, found: Sequence[Ratio]) -> tuple[dict[str, float], Left | None]:
    """Score a column against every concept that its header may name, or its numbers prove."""
    row: dict[str, float] = {}
    vetoed: Left | None = None
    ambiguous = sum(1 for strength in draft.meanings.values() if strength >= _AMBIGUOUS) > 1
    for concept, strength in draft.meanings.items():
        match = fit(concept, draft.shape)
        if match <= VETO:
            if strength >= _MAIN and (vetoed is None or concept in CORE):
                reason = Reason("cells", {"concept": concept})
                vetoed = Left(draft.column, draft.head.text, reason, concept, draft.samples)
            continue
        worth = strength + (0.3 if match > 0 else 0.6) * match + _ALWAYS.get(concept, 0.0)
        if strength < _SECOND_HAND and match < _SPEAKS and draft.shape.size:
            worth -= _UNSPOKEN
        if ambiguous:
            worth += _PRIORS[kind].get(concept, 0.0)
        row[concept] = worth
    if vetoed is not None:  # what the word says first is out: a further meaning needs the cells to speak for it
        row = {concept: worth for concept, worth in row.items() if fit(concept, draft.shape) >= _SPEAKS}
    for ratio in found:
        _prove(row, draft.column, ratio)
    if draft.shape.unit >= 0.8 and draft.shape.size >= 3 and not draft.meanings:
        row["unit"] = 0.75
    return {concept: worth - 0.0005 * draft.column for concept, worth in row.items() if worth >= LEAST}, vetoed


def _prove(row: dict[str, float], column: int, ratio: Ratio) -> None:
    """Let numbers that were found to be a quotient speak: it is progress, of its actual and its target."""
    if column == ratio.column:
        for concept in ("current", "target", "baseline", "weight"):
            if concept in row:
                row[concept] -= _COMPUTED
        row["progress"] = max(row.get("progress", 0.0) + _COMPUTED, 0.85)
    elif column == ratio.part and "current" in row:
        row["current"] += _PARTS
    elif column == ratio.whole and "target" in row:
        row["target"] += _PARTS


def _without_weights_of_blocks(drafts: Sequence[Draft], scores: Mapping[int, dict[str, float]]) -> None:
    """Take no % for the weight that comes again: in each of several blocks it is the share that was reached."""
    own = [draft.head.own for draft in drafts]
    for draft in drafts:
        if draft.head.group and own.count(draft.head.own) > 1 and draft.meanings.get("weight", 1.0) < _MAIN:
            scores[draft.column].pop("weight", None)


def _prefer_weights_of_key_results(drafts: Sequence[Draft], scores: Mapping[int, dict[str, float]]) -> None:
    """Of two columns of weights take that of the key results: it is filled in every row, and stands right of them."""
    weights = [
        draft for draft in drafts if draft.meanings.get("weight", 0.0) >= _MAIN and "weight" in scores[draft.column]
    ]
    names = [draft.column for draft in drafts if draft.meanings.get("key_result", 0.0) >= _MAIN]
    if len(weights) > 1 and names:
        best = max(weights, key=lambda one: (round(one.shape.size / max(one.shape.rows, 1), 2), one.column > names[0]))
        scores[best.column]["weight"] += _PARTS


def _pair(chosen: dict[int, str], scores: Mapping[int, Mapping[str, float]], found: Sequence[Ratio]) -> None:
    """Take target and actual that are divided by each other: not the year's plan beside what one month reached."""
    pairs = {(ratio.part, ratio.whole) for ratio in found}
    current = next((column for column, concept in chosen.items() if concept == "current"), 0)
    target = next((column for column, concept in chosen.items() if concept == "target"), 0)
    if not current or not target or (current, target) in pairs:
        return
    aims = [whole for part, whole in pairs if part == current and "target" in scores.get(whole, {})]
    if aims:
        del chosen[target]
        chosen[aims[0]] = "target"
        return
    reached = [part for part, whole in pairs if whole == target and "current" in scores.get(part, {})]
    if reached:
        del chosen[current]
        chosen[reached[0]] = "current"


def _repeat(chosen: dict[int, str], drafts: Sequence[Draft], scores: Mapping[int, Mapping[str, float]]) -> None:
    """Let concepts that may have several columns have them, where the header says so beyond doubt."""
    for draft in drafts:
        if draft.column in chosen or not scores[draft.column]:
            continue
        best = max(scores[draft.column], key=lambda name: scores[draft.column][name])
        if best in _REPEATED and best in chosen.values() and draft.meanings.get(best, 0.0) >= 0.9:
            chosen[draft.column] = best


def _without_lone_past(chosen: dict[int, str], drafts: Sequence[Draft]) -> None:
    """Take no column for the baseline whose word is one for the present, where no other column is the present."""
    if "current" in chosen.values():
        return
    for draft in drafts:
        if chosen.get(draft.column) == "baseline" and draft.meanings.get("baseline", 1.0) < _SECOND_HAND:
            del chosen[draft.column]


def _twins(drafts: Sequence[Draft], scores: Mapping[int, Mapping[str, float]]) -> dict[int, int]:
    """Give the columns that go on counting what an earlier one began (KR2, KR3), each with that first one."""
    firsts: dict[str, int] = {}
    found = {}
    for draft in drafts:
        row = scores[draft.column]
        if draft.numbered and row:
            best = max(row, key=lambda name: (draft.meanings.get(name, 0.0), row[name]))
            if best in _REPEATED or best == "objective":
                first = firsts.setdefault(best, draft.column)
                if first != draft.column:
                    found[draft.column] = first
    return found


def _doubts(chosen: Mapping[int, str], scores: Mapping[int, Mapping[str, float]]) -> dict[int, str]:
    """Give the columns that could as well be something else that no other column is."""
    taken, found = set(chosen.values()), {}
    for column, concept in chosen.items():
        if concept not in CORE:
            continue
        own = scores[column][concept]
        for other, worth in scores[column].items():
            if other not in taken and other in CORE and worth > own - _MARGIN:
                found[column] = other
    return found


def _column(draft: Draft, concept: str, worth: float, found: Sequence[Ratio]) -> Column:
    confidence = round(max(0.0, min(worth / _WHOLE, 0.99)), 2)
    return Column(concept, draft.column, draft.head.text, confidence, _reason(draft, concept, found), draft.samples)


def _reason(draft: Draft, concept: str, found: Sequence[Ratio]) -> Reason:
    if concept in draft.told:
        return draft.told[concept]
    for ratio in found:
        if ratio.column == draft.column and concept == "progress":
            return Reason("quotient", {"part": column_letters(ratio.part), "whole": column_letters(ratio.whole)})
    strength = draft.meanings.get(concept, 0.0)
    if strength == 0.0:
        return Reason("cells_alone")
    match = fit(concept, draft.shape)
    also = [
        name
        for name, other in draft.meanings.items()
        if name != concept and other >= strength - _NEAR and name != "other"
    ]
    if also and strength >= _AMBIGUOUS:
        best = max(also, key=lambda name: draft.meanings[name])
        return Reason("chosen_by_cells" if match > 0.3 else "chosen_by_neighbours", {"other": best})
    if draft.inside or strength < 0.9:
        return Reason("inside_and_cells" if match > 0.3 else "inside")
    if draft.shape.size == 0:
        return Reason("word_no_cells")
    return Reason("word_and_cells" if match > 0.3 else "word")
