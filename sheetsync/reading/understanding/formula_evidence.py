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
_NAMED, _FAINT, _MAIN = 0.55, 0.7, 0.9
_SURE, _LIKELY, _LEFT = 1.0, 0.8, 0.5
_CLEARLY = 0.25
_REACHED = ("current", "current_to_date")
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
        self._texts = {draft.column for draft in drafts if draft.shape.plain_text >= _MAIN}
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
            "sum": self._sum,
            "steps": self._steps,
            "fetched": self._steps,
            "words": self._chosen_words,
            "count": self._count,
            "picture": self._picture,
        }
        if told.kind in hear and all(part in self._meanings for part in told.columns):
            hear[told.kind](column, told)

    def _quotient(self, column: int, told: Computed) -> None:
        """Take a quotient of two measures for progress, the upper for what was reached, the lower for its aim."""
        part, whole, *base = told.columns
        straight = self._is(part, *_REACHED) + self._is(whole, "target")
        turned = self._is(part, "target") + self._is(whole, *_REACHED)
        if base and self._is(base[0], "target") > max(self._is(base[0], "baseline"), _NAMED):
            self._variance(column, told)  # what is left to do, of all that was to be done
            return
        if not base and turned > straight + _CLEARLY:
            part, whole, straight = whole, part, turned
        if base:
            straight += self._is(base[0], "baseline")
        if not self._is_progress(column, straight, whole, (part, whole, *base)):
            return
        self._bar(column, *_INPUTS, *_TYPED)
        if not self._is_result(column) or self._is(column, "progress") >= _NAMED:
            self._mean(column, "progress", _SURE, Reason("formula_quotient", _letters(part=part, whole=whole)))
        self.ratios.append(Ratio(column, part, whole))
        known = straight >= _NAMED or (self._is(column, "progress") >= _NAMED and self._unnamed())
        for side, concept in zip((part, whole, *base), ("current", "target", "baseline"), strict=False):
            self._side(side, concept, column, known=known)

    def _is_progress(self, column: int, straight: float, whole: int, parts: Sequence[int]) -> bool:
        """Say whether a quotient is progress: what it is made of is named so, or it is, and nothing speaks against.

        A measure may itself be a quotient (faults of units); but none is divided by its own target.
        """
        if self._is_result(column):
            return straight >= _NAMED or any(map(self._nameless, parts))
        sure = straight >= 2 * _NAMED or self._is(whole, "target") >= _MAIN
        return sure or (straight >= _NAMED and not self._meanings[column])

    def _is_result(self, column: int) -> bool:
        """Say whether the words of a header speak for a result at least as much as for a measure."""
        return self._is(column, *_RESULTS) >= max(_NAMED, self._is(column, *_INPUTS))

    def _side(self, column: int, concept: str, result: int, *, known: bool) -> None:
        """Take one side of a quotient for what it must be: between meanings, and without words where others are."""
        told, reason = self._meanings[column], Reason("formula_side", _letters(result=result))
        if concept == "current" and "current_to_date" in told and not self._others(column, "current"):
            told.setdefault("current", told.pop("current_to_date"))
        if concept not in told and not (known and self._is(column, *self._named[column]) < _FAINT):
            return
        for other in told.keys() & set(_INPUTS) - {concept}:
            told[other] *= _LEFT
        if concept not in told or self._rivals(column, concept):
            self._mean(column, concept, _LIKELY, reason)

    def _unnamed(self) -> bool:
        """Say whether no column is named for what was to be reached or was: then only the progress tells which."""
        amounts = self._named.keys() - self._texts
        return all(self._is(column, "target", *_REACHED) < _NAMED for column in amounts)

    def _others(self, column: int, concept: str) -> bool:
        made = {other for other, told in self._found.items() if told.kind not in ("fetched", "sum")}
        return any(self._is(other, concept) >= _NAMED for other in self._named.keys() - made - {column})

    def _rivals(self, column: int, concept: str) -> bool:
        """Say whether the header could as well have meant something else."""
        own = self._named[column]
        least = own.get(concept, 0.0) - _CLEARLY
        return any(other in own and own[other] >= least for other in _INPUTS if other != concept)

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

    def _sum(self, column: int, told: Computed) -> None:
        """Take a sum of scores for a score; a sum of months may well be where things stand."""
        if all(self._is(part, "score", "weighted_score") >= _NAMED for part in told.columns):
            self._bar(column, *_INPUTS, *_TYPED)
            if not self._meanings[column]:
                self._mean(column, "score", _LIKELY, Reason("formula_sum"))

    def _steps(self, column: int, told: Computed) -> None:
        """Take what is chosen, or looked up in a ladder, by a result for a score."""
        rated = [self._rates(part) for part in told.columns]
        if any(rated) and (told.kind == "steps" or all(rated)):
            self._bar(column, *_INPUTS, *_TYPED)
            if not self._meanings[column]:
                self._mean(column, "score", _LIKELY, Reason("formula_steps"))

    def _chosen_words(self, column: int, told: Computed) -> None:
        measures = ("target", *_REACHED)
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
        return max(self._named[column].values(), default=0.0) < _NAMED

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
