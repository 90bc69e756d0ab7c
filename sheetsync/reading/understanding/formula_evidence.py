"""Evidence of formulas: a column that is computed from others tells what it is, and what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from sheetsync.reading.understanding.arithmetic import Ratio
from sheetsync.reading.understanding.computing import Computed, Place, computed
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.headings import plain
from sheetsync.reading.understanding.mapping import Draft
from sheetsync.reading.understanding.outcome import Reason
from sheetsync.workbook import column_letters

_LOOKED_AT = 12  # formulas of a column
_AGREE = 0.4  # share of them that must be alike: objectives roll up what key results compute
_NAMED = 0.55
_SURE, _LIKELY, _LEFT = 1.0, 0.8, 0.5
_CLEARLY = 0.25
_INPUTS = ("target", "current", "current_to_date", "baseline", "weight")
_RESULTS = ("progress", "score", "weighted_score", "expected", "variance", "grade")
_TYPED = ("objective", "key_result", "kpi", "owner", "team", "unit", "id")


def computed_columns(grid: Grid, rows: Sequence[int], drafts: Sequence[Draft]) -> dict[int, Computed]:
    """Give what the formulas of columns compute, where most of those in some rows compute the same."""
    made = grid.sheet.formulas
    columns = {column for _, column in made} if made else set()
    fields = {plain(draft.head.own): draft.column for draft in drafts if draft.head.own} if columns else {}
    found = {}
    for draft in drafts:
        if draft.column in columns:
            told = _agreed(grid, rows, draft.column, fields)
            if told is not None:
                found[draft.column] = told
    return found


def _agreed(grid: Grid, rows: Sequence[int], column: int, fields: Mapping[str, int]) -> Computed | None:
    """Give what most formulas of a column compute."""
    formula_at = grid.details.formula_at
    votes: Counter[Computed | None] = Counter()
    for row in rows:
        text = formula_at(row, column)
        if text is not None:
            votes[computed(text, Place(grid.sheet.name, row, column, fields))] += 1
            if votes.total() == _LOOKED_AT:
                break
    known = {told: count for told, count in votes.items() if told is not None}
    best = max(known, key=lambda told: known[told], default=None)
    needed = min(2, max(1, votes.total() - 1))
    return best if best is not None and known[best] >= max(needed, _AGREE * votes.total()) else None


def with_formulas(grid: Grid, rows: Sequence[int], drafts: Sequence[Draft]) -> tuple[list[Draft], list[Ratio]]:
    """Let formulas speak: give the columns with what they may mean now, and the quotients that were found."""
    found = computed_columns(grid, rows, drafts)
    if not found:
        return list(drafts), []
    words = _Words(drafts, found)
    for column, told in found.items():
        words.take(column, told)
    return [words.of(draft) for draft in drafts], words.ratios


class _Words:
    """What the columns of a table may mean, while its formulas are heard one after the other."""

    def __init__(self, drafts: Sequence[Draft], found: Mapping[int, Computed]) -> None:
        self._meanings = {draft.column: dict(draft.meanings) for draft in drafts}
        self._named = {draft.column: dict(draft.meanings) for draft in drafts}
        self._reasons: dict[int, dict[str, Reason]] = {}
        self._found = found
        self.ratios: list[Ratio] = []

    def of(self, draft: Draft) -> Draft:
        """Give a column as it stands now."""
        reasons = {**draft.told, **self._reasons.get(draft.column, {})}
        return draft._replace(meanings=self._meanings[draft.column], told=reasons)

    def take(self, column: int, told: Computed) -> None:
        """Hear the formulas of one column."""
        hear: Mapping[str, Callable[[int, Computed], None]] = {
            "quotient": self._quotient,
            "variance": self._variance,
            "product": self._product,
            "steps": self._steps,
            "words": self._chosen_words,
            "count": self._count,
            "picture": self._picture,
        }
        if told.kind in hear and all(part in self._meanings for part in told.columns):
            hear[told.kind](column, told)

    def _quotient(self, column: int, told: Computed) -> None:
        """Take a quotient of two measures for progress, the upper for what was reached, the lower for its aim."""
        part, whole, *base = told.columns
        straight = self._is(part, "current", "current_to_date") + self._is(whole, "target")
        turned = self._is(part, "target") + self._is(whole, "current", "current_to_date")
        if base and self._is(base[0], "target") > max(self._is(base[0], "baseline"), _NAMED):
            self._variance(column, told)  # what is left to do, of all that was to be done
            return
        if not base and turned > straight + _CLEARLY:
            part, whole, straight = whole, part, turned
        named = self._is(column, *_RESULTS) >= max(_NAMED, self._is(column, *_INPUTS))
        if straight < _NAMED and not (named and (base or self._nameless(part) or self._nameless(whole))):
            return
        if not named and straight < 2 * _NAMED and self._meanings[column]:
            return  # a measure that is itself a quotient
        self._bar(column, *_INPUTS, *_TYPED)
        if not named or self._is(column, "progress") >= _NAMED:
            self._mean(column, "progress", _SURE, Reason("formula_quotient", _letters(part=part, whole=whole)))
        self.ratios.append(Ratio(column, part, whole))
        self._side(part, "current", straight, column, named)
        self._side(whole, "target", straight, column, named)
        if base:
            self._side(base[0], "baseline", _SURE, column, named)

    def _side(self, column: int, concept: str, others: float, result: int, named: bool) -> None:
        """Take one side of a quotient for what it must be: between meanings, and without words where all else is."""
        told = self._meanings[column]
        if concept in told:
            for other in _INPUTS:
                if other in told and other != concept and not (concept == "current" and other == "current_to_date"):
                    told[other] *= _LEFT
            reason = Reason("formula_side", _letters(result=result))
            if self._rivals(column, concept):
                self._mean(column, concept, max(told[concept], _LIKELY), reason)
        elif not told and named and others >= _NAMED:
            self._mean(column, concept, _LIKELY, Reason("formula_side", _letters(result=result)))

    def _rivals(self, column: int, concept: str) -> bool:
        """Say whether the header could as well have meant something else."""
        own = self._named[column]
        return any(other in own and own[other] >= own[concept] - _CLEARLY for other in _INPUTS if other != concept)

    def _variance(self, column: int, told: Computed) -> None:
        measured = [self._is(part, "target", "current", "current_to_date", "baseline") for part in told.columns]
        if min(measured) >= _NAMED or self._is(column, "variance") >= _NAMED:
            self._bar(column, *_INPUTS, *_TYPED)
            if not self._meanings[column]:
                self._mean(column, "variance", _LIKELY, Reason("formula_difference"))

    def _product(self, column: int, told: Computed) -> None:
        """Take weight times progress for a weighted score; price times quantity is no such thing."""
        rated = [part for part in told.columns if self._rates(part)]
        weighed = [part for part in told.columns if part not in rated and self._is(part, "weight") >= _NAMED]
        if not rated and not weighed:
            return
        if not rated and len(told.columns) < 3:  # a weight times something that is no result
            return
        self._bar(column, *_INPUTS, *_TYPED)
        if not self._meanings[column]:
            self._mean(column, "weighted_score", _LIKELY, Reason("formula_product"))
        for part in weighed:
            self._mean(part, "weight", _SURE, Reason("formula_side", _letters(result=column)))

    def _steps(self, column: int, told: Computed) -> None:
        if any(self._rates(part) for part in told.columns):
            self._bar(column, *_INPUTS, *_TYPED)
            if not self._meanings[column]:
                self._mean(column, "score", _LIKELY, Reason("formula_steps"))

    def _chosen_words(self, column: int, told: Computed) -> None:
        measures = ("target", "current", "current_to_date")
        if any(self._rates(part) or self._is(part, *measures) >= _NAMED for part in told.columns):
            self._bar(column, *_INPUTS, *_TYPED)

    def _count(self, column: int, _: Computed) -> None:
        self._bar(column, *_INPUTS)
        self._mean(column, "order", _LIKELY, Reason("formula_count"))

    def _picture(self, column: int, _: Computed) -> None:
        self._bar(column, *_INPUTS, *_TYPED)

    def _rates(self, column: int) -> bool:
        """Say whether a column holds a result: by its formula, or by its words."""
        told = self._found.get(column)
        return self._is(column, *_RESULTS) >= _NAMED or (told is not None and told.kind in ("quotient", "steps"))

    def _nameless(self, column: int) -> bool:
        return not self._named[column]

    def _is(self, column: int, *concepts: str) -> float:
        """Give how much the words of a header speak for one of some concepts."""
        return max((self._named[column].get(concept, 0.0) for concept in concepts), default=0.0)

    def _bar(self, column: int, *concepts: str) -> None:
        for concept in concepts:
            self._meanings[column].pop(concept, None)

    def _mean(self, column: int, concept: str, strength: float, reason: Reason) -> None:
        told = self._meanings[column]
        told[concept] = max(strength, told.get(concept, 0.0))
        self._reasons.setdefault(column, {})[concept] = reason


def _letters(**columns: int) -> dict[str, str | int]:
    return {name: column_letters(column) for name, column in columns.items()}
