"""What kind of table the columns make: objectives with key results, KPIs, check-ins, people, or something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheetsync.adding import added
from sheetsync.mapping import TABLE_KINDS
from sheetsync.reading.understanding.arithmetic import Ratio
from sheetsync.reading.understanding.mapping import Draft, Mapped, map_columns
from sheetsync.reading.understanding.outcome import Column, Reason
from sheetsync.reading.understanding.shapes import is_wordy

_STRONG, _CERTAIN = 0.7, 0.9
_BY_CELLS = 0.55
_LEAST_ROWS, _LEAST_CONCEPTS = 3, 2
_NAMED = 0.5
_KPI_SIGNS = ("perspective", "frequency", "formula", "direction", "weighted_score", "grade", "section", "source")
_REACHED = frozenset(("current", "current_to_date", "progress"))
_MEASURES = frozenset(("target", "current", "weight", "progress", "score", "baseline", "confidence", "current_to_date"))
_FOLLOWED = frozenset(("owner", "due", "status", "team", "unit", "period"))


def best_kind(drafts: Sequence[Draft], found: Sequence[Ratio], named: str | None, periods: int) -> tuple[str, Mapped]:
    """Give the kind under which the columns make most sense, with their mapping; ``other`` where none fits.

    ``named`` is the kind that the worksheet's name promises, ``periods`` the number of columns that hold periods.
    """
    best: tuple[float, str, Mapped] | None = None
    for kind in TABLE_KINDS:
        mapped = map_columns(_as_kpis(drafts) if kind == named == "kpi" else drafts, kind, found)
        mapped = mapped if periods else _with_answers(mapped, drafts)
        words = {column.concept: column.confidence for column in mapped.columns}
        if fits(kind, words, periods):
            worth = mapped.total + _bonus(kind, words) + (_NAMED if kind == named else 0.0)
            if best is None or worth > best[0]:
                best = (worth, kind, mapped)
    if best is not None:
        return best[1], best[2]
    mapped = map_columns(drafts, "kpi", found)
    titled = _titled(mapped, drafts, periods)
    return ("kpi", titled) if titled is not None else ("other", mapped)


def _as_kpis(drafts: Sequence[Draft]) -> list[Draft]:
    """Let a word for objectives and KPIs both mean the KPIs that the worksheet's name promises."""
    return [
        draft._replace(
            meanings={**draft.meanings, "objective": min(draft.meanings["objective"], draft.meanings["kpi"])}
        )
        if {"objective", "kpi"} <= draft.meanings.keys()
        else draft
        for draft in drafts
    ]


def _with_answers(mapped: Mapped, drafts: Sequence[Draft]) -> Mapped:
    """Take a column of yes and no (Đạt, Chưa đạt) for what was reached, where its word may mean that and none else is.

    Beside a target such words are the only result that there is.
    """
    words = {column.concept for column in mapped.columns}
    if "target" not in words or not words.isdisjoint(_REACHED):
        return mapped
    said = {draft.column for draft in drafts if draft.shape.answer >= _CERTAIN and _may_reach(draft)}
    columns = [
        column._replace(concept="current") if column.concept == "status" and column.column in said else column
        for column in mapped.columns
    ]
    return mapped._replace(columns=tuple(columns)) if len(said) == 1 else mapped


def with_shares(mapped: Mapped, drafts: Sequence[Draft], kind: str) -> Mapped:
    """Take scores from 0 to 1 for the progress of key results, where nothing else says how far they are."""
    words = {column.concept for column in mapped.columns}
    scores = [column for column in mapped.columns if column.concept == "score"]
    if kind != "okr" or len(scores) != 1 or not words.isdisjoint(_REACHED):
        return mapped
    (shape,) = (draft.shape for draft in drafts if draft.column == scores[0].column)
    if shape.numeric < _CERTAIN or shape.low < 0 or shape.high > 1:
        return mapped
    taken = scores[0]._replace(concept="progress", reason=Reason("chosen_by_neighbours", {"other": "score"}))
    columns = tuple(taken if column is scores[0] else column for column in mapped.columns)
    return mapped._replace(columns=columns)


def _may_reach(draft: Draft) -> bool:
    return draft.meanings.get("current", 0.0) >= _STRONG


def _titled(mapped: Mapped, drafts: Sequence[Draft], periods: int) -> Mapped | None:
    """Take the one column that names each row for the KPI, where amounts are there and its header says no more.

    What is planned and done in amounts is measured, also where its header speaks of tasks.
    """
    words = {column.concept for column in mapped.columns}
    if "target" not in words or not ({"current", "weight"} & words or periods) or len(words) < _LEAST_CONCEPTS:
        return None
    aim = min(column.column for column in mapped.columns if column.concept == "target")
    tasks = {column.column for column in mapped.columns if column.concept == "initiative"}
    naming = [
        draft
        for draft in drafts
        if (not draft.meanings or draft.column in tasks) and draft.column < aim and _names_rows(draft)
    ]
    if len(naming) != 1 or "kpi" in words:
        return None
    one = naming[0]
    column = Column("kpi", one.column, one.head.text, _BY_CELLS, Reason("names_rows"), one.samples)
    others = tuple(other for other in mapped.columns if other.column != one.column)
    unmapped = tuple(left for left in mapped.unmapped if left.column != one.column)
    return mapped._replace(columns=(*others, column), unmapped=unmapped)


def _names_rows(draft: Draft) -> bool:
    shape = draft.shape
    return shape.size >= _LEAST_ROWS and is_wordy(shape) and shape.distinct >= 0.8 and shape.size >= 0.6 * shape.rows


def fits(kind: str, words: Mapping[str, float], periods: int) -> bool:
    """Say whether the concepts that were found, with their confidence, make a table of a kind."""
    measured = len(_MEASURES & words.keys()) + min(periods, 1)
    if kind == "okr":
        sure = "key_result" in words or "objective_and_key_result" in words
        if sure:
            return measured + len(_FOLLOWED & words.keys()) >= 1 or "objective" in words
        return words.get("objective", 0.0) >= _STRONG and measured >= 1 and len(words) >= 3 and "kpi" not in words
    if kind == "kpi":
        amounts = len({"target", "current"} & words.keys()) + min(periods, 1)
        told = words.get("kpi", 0.0)
        weighed = amounts + len({"weight", "baseline"} & words.keys())
        sure = (told >= _STRONG and weighed >= 1) or (told >= _CERTAIN and measured >= 1)  # tasks have progress too
        aimed = "target" in words and measured >= 2
        return "kpi" in words and (aimed or sure) and len(words) + min(periods, 1) >= 3
    if kind == "check-ins":
        item = not words.keys().isdisjoint(("id", "key_result", "kpi"))
        return (
            "check_in_date" in words
            and "current" in words
            and item
            and words.keys().isdisjoint(("target", "weight", "baseline"))
        )
    named = "name" in words or "owner" in words
    return named and not words.keys().isdisjoint(("email", "manager", "position")) and not _MEASURES & words.keys()


def _bonus(kind: str, words: Mapping[str, float]) -> float:
    if kind == "okr":
        key_result = max(words.get("key_result", 0.0), words.get("objective_and_key_result", 0.0))
        return (0.5 if key_result >= 0.6 else 0.0) + (0.3 if "objective" in words and key_result else 0.0)
    if kind == "kpi":
        signs = added(0.1 for concept in _KPI_SIGNS if concept in words)
        return (0.6 if words.get("kpi", 0.0) >= 0.6 else 0.2) + min(signs, 0.4)
    return 1.0 if kind == "check-ins" else 0.6
