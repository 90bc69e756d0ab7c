"""An explanation as lines that a person reads, in the language of the phrases that are handed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.language import Phrases
from sheetsync.scoring.explaining.explanation import Child, Explanation, GroupLine, Input, PeriodLine
from sheetsync.scoring.explaining.together import link_lines, taken_lines
from sheetsync.scoring.least.lines import least_lines
from sheetsync.scoring.metrics.registry import FARTHEST
from sheetsync.scoring.together.alarm import with_alarm

_EXACT = 1e-9


def explain_lines(explanation: Explanation, phrases: Phrases) -> list[str]:
    """Give the lines: status, formula with its numbers, inputs with their cells, pace, rule, weights, profile."""
    return list(_Teller(explanation, phrases).lines())


class _Teller:
    """Tells one explanation in one language."""

    def __init__(self, explanation: Explanation, phrases: Phrases) -> None:
        self._told = explanation
        self._phrases = phrases

    def lines(self) -> Iterator[str]:
        told = self._told
        yield self._text("head", id=told.key, title=told.title, cell=told.cell)
        why = self._phrases.text(f"why.{told.reason.code}", **told.reason.params)
        yield self._text("status", status=self._status(told.status), why=with_alarm(why, told.alarm, self._phrases))
        if told.metric is not None:
            yield self._text("metric", metric=self._phrases.text(f"metric.{told.metric}"))
        if told.formula is not None:
            yield self._text("progress", formula=self._formula())
        yield from map(self._input, told.inputs)
        yield from taken_lines(told.taken, self._phrases)
        yield from self._periods()
        yield from self._judgement()
        yield from self._weights()
        yield from link_lines(told.links, told.kind, self._phrases)
        yield from least_lines(told.least, told.kind, self._phrases)
        for note in told.notes:
            if self._phrases.has(f"explain.note.{note.code}"):
                yield self._text("assumed", note=self._text(f"note.{note.code}", **note.params))
        yield self._text("profile", profile=told.profile)

    def _judgement(self) -> Iterator[str]:
        """Tell the score, what was expected, and the rule of the status."""
        told = self._told
        if told.score is not None:
            yield self._score(told.score)
            if "sweet_spot" in told.thresholds:
                low, high = told.thresholds["sweet_spot"]
                yield self._text("sweet_spot", low=low, high=high)
        if told.expected is not None and told.expects is not None:
            key = told.curve if told.expects == "pace" else told.expects
            params = {"expected": told.expected, "today": told.today, "start": told.start, "due": told.due}
            yield self._text(f"expected.{key}", **params)
        if told.rule != "not_scored":
            yield self._rule()

    def _score(self, score: float) -> str:
        """Tell the score, the range that progress is held in, and the grade."""
        low, high = self._told.score_range
        grade = self._grade(self._told.grade)
        end = "" if grade is None else "_graded"
        if low is not None and high is not None:
            return self._text(f"score{end}", score=score, low=low, high=high, grade=grade)
        held = "range_open" if low is high else "range_high" if low is None else "range_low"
        return self._text(f"score_open{end}", score=score, range=self._text(held, low=low, high=high), grade=grade)

    def _rule(self) -> str:
        told = self._told
        key = told.thresholds["by"] if told.rule == "thresholds" else told.rule
        if told.rule in ("thresholds", "confidence") and told.thresholds.get("edge") == "at_risk":
            key += "_edge"
        gap = None
        if told.progress is not None and told.expected is not None:
            gap = self._percent(told.expected - told.progress)
        limits = {name: self._limit(told.thresholds.get(name)) for name in ("on_track", "at_risk", "achieved")}
        return self._text(f"rule.{key}", gap=gap, start=told.start, due=told.due, **{**told.thresholds, **limits})

    def _limit(self, value: float | None) -> str:
        """Write a threshold: a confidence as it is, a share in percent, with a digit where it has one (16.5%)."""
        if self._told.thresholds["by"] == "confidence" and value is not None:
            return self._phrases.number(value)
        return self._percent(value)

    def _weights(self) -> Iterator[str]:
        """Tell the item's own weight, and what its children or its group count."""
        told = self._told
        if told.kind != "objective" and told.weight is not None and told.given_weight is not None:
            form = self._text(f"form.{told.weights}")
            given = told.given_weight
            shown = self._phrases.number(given) if told.weights in ("ratio", "equal") else self._percent(given)
            yield self._text("weight", share=self._percent(told.weight), given=shown, form=form)
        for group in told.groups:
            yield from self._group(group)
        if told.kind == "objective" and told.total:
            yield self._text("counted", scored=told.scored, total=told.total, least=told.numbers["least_scored"])
        yield from map(self._child, told.children)

    def _group(self, group: GroupLine) -> Iterator[str]:
        """Tell the total of a group: what it weighs, the points beside its weights, its grade and coefficient."""
        if group.given_weight is not None and group.weight is not None and group.own is not None:
            shares = {"own": self._percent(group.own), "share": self._percent(group.weight)}
            number = group.given_weight
            given = self._percent(number) if number <= 1 else self._phrases.number(number)
            yield self._text("block", group=group.name, given=given, **shares)
        if group.score is None:
            return
        if group.before is not None and not group.zeroed and (group.bonus or group.penalty):
            points = {name: self._points(getattr(group, name)) for name in ("before", "bonus", "penalty", "score")}
            yield self._text("points", group=group.name, **points)
        yield self._text("group", group=group.name, score=self._percent(group.score))
        if group.grade is not None and group.coefficient is not None:
            coefficient = self._phrases.number(group.coefficient)
            yield self._text("group_graded", grade=self._grade(group.grade), coefficient=coefficient)

    def _points(self, share: float) -> str:
        """Write a share as points of 100."""
        return self._phrases.number(round(share * 100, 6))

    def _child(self, child: Child) -> str:
        status = self._status(child.status)
        if child.weight is None:
            return self._text("child_out", id=child.key, name=child.name, status=status)
        return self._text(
            "child", id=child.key, name=child.name, progress=child.progress, weight=child.weight, status=status
        )

    def _periods(self) -> Iterator[str]:
        told = self._told
        if not told.periods:
            return
        if told.aggregation is not None:
            yield self._text("gathered", aggregation=self._text(f"aggregation.{told.aggregation}"))
        else:
            yield self._text("periods")
        yield from map(self._period, told.periods)

    def _period(self, line: PeriodLine) -> str:
        return self._text(
            "period",
            label=line.label,
            target=self._value(line.target, percent=line.percent),
            actual=self._value(line.actual, percent=line.percent),
            cell=line.cell,
            use=self._text(f"use.{line.use}"),
        )

    def _input(self, one: Input) -> str:
        name = self._text(f"input.{one.name}")
        value = one.text or self._value(one.value, percent=one.percent)
        if one.remark == "mean_of_periods":
            return self._text("line_no_cell", name=name, value=value, remark=self._remark(one.remark))
        if one.cell is None:
            return self._text("line_nowhere", name=name)
        if not one.remark or one.remark == "blank":
            return self._text(
                "line", name=name, value=value if not one.remark else self._remark("blank"), cell=one.cell
            )
        return self._text("line_remark", name=name, value=value, cell=one.cell, remark=self._remark(one.remark))

    def _remark(self, key: str) -> str:
        return self._text(f"remark.{key}")

    def _formula(self) -> str:
        """Fill the formula: its own numbers in the unit of the row, progress in percent."""
        told = self._told
        if told.formula is not None and told.formula.startswith("rollup"):
            return self._text(f"formula.{told.formula}", progress=self._percent(told.progress), **told.numbers)
        means = told.formula == "per_period"  # a mean of periods has more digits than anybody reads
        numbers = {
            name: self._term(round(value, 2) if means and value is not None else value)
            for name, value in told.numbers.items()
            if name != "progress"
        }
        return self._text(f"formula.{told.formula}", progress=self._percent(told.numbers.get("progress")), **numbers)

    def _term(self, value: float | None) -> str:
        shown = self._value(value, percent=self._told.percent)
        return f"({shown})" if value is not None and value < 0 else shown

    def _value(self, value: float | str | bool | None, *, percent: bool) -> str:
        if value is None:
            return self._text("none")
        if isinstance(value, bool):
            return self._text("yes" if value else "no")
        if isinstance(value, str):
            return value
        return self._percent(value) if percent else self._phrases.number(value)

    def _percent(self, value: float | None) -> str:
        """Write a share in whole percent where that is exact, else with one digit."""
        if value is None:
            return self._text("none")
        if abs(value) > FARTHEST:
            return self._phrases.number(value)
        exact = abs(value * 100 - round(value * 100)) < _EXACT
        return self._phrases.percent(value, 0 if exact else 1)

    def _status(self, status: str) -> str:
        return self._phrases.text(f"status.{status}")

    def _grade(self, grade: str | None) -> str | None:
        return None if grade is None else self._phrases.grade(grade)

    def _text(self, key: str, **params: Any) -> str:
        return self._phrases.text(f"explain.{key}", **params)
