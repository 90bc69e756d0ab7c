"""RO2xx: cells in which one of a few words must stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheetsync.model import Item
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, unreadable
from sheetsync.rules.registry import Hit, Hits, rule, silences_nothing


def _not_understood(items: Iterable[Item], kind: str, concepts: Sequence[str]) -> Hits:
    for concept in concepts:
        choice = "yes_no" if concept in ("agreed", "critical") else concept
        for item, cell in unreadable(items, concept):
            yield Hit(cell.ref, item.key, {"concept": concept, "kind": kind, "raw": cell.raw, "choices": choice})


@rule(
    "RO205",
    "measure-not-readable",
    Severity.ERROR,
    title="The way of measuring cannot be read",
    message="{concept} says “{raw}”, which is none of the words it may hold: {choices}. Choose one, or leave it empty.",
)
def measure_not_readable(facts: Facts) -> Hits:
    """Report a metric, direction, aggregation, frequency or "critical" that is none of the known words.

    The words are understood in English and Vietnamese, in capital or small letters.

    ## Why is this bad?
    These cells choose the formula. A word that is not understood leaves it to a guess from the numbers.

    ## Example
    Metric | better

    ## Use instead
    Metric | increase
    """
    yield from _not_understood(facts.goals.key_results, "okr", ("metric",))
    yield from _not_understood(facts.goals.kpis, "kpi", ("metric", "direction", "aggregation", "frequency", "critical"))


@rule(
    "RO206",
    "choice-not-readable",
    Severity.WARNING,
    title="A word is none of those that its column may hold",
    message="{concept} says “{raw}”, which is none of the words it may hold: {choices}. Choose one, or leave it empty.",
)
def choice_not_readable(facts: Facts) -> Hits:
    """Report a level, horizon, kind of link (also a KPI's), commitment or "agreed" that is none of the known words.

    ## Why is this bad?
    The cell is taken as empty: the goal is missing from its level, or is judged by the pass mark of another kind.

    ## Example
    Level | galaxy

    ## Use instead
    Level | company
    """
    concepts = ("level", "horizon", "link", "commitment", "agreed")
    yield from _not_understood(facts.goals.kpis, "kpi", ("kpi_link",))
    yield from _not_understood(facts.goals.objectives, "okr", concepts)
    yield from _not_understood(facts.goals.key_results, "okr", concepts)


@rule(
    "RO227",
    "ignore-unknown",
    Severity.WARNING,
    title="The Ignore cell names no rule",
    message="Ignore says “{raw}”, which is no rule. Write a code such as RO209, a family such as PR, or a rule's name.",
)
def ignore_unknown(facts: Facts) -> Hits:
    """Report a word in the Ignore column that is neither a code, nor a family of codes, nor the name of a rule.

    ## Why is this bad?
    The finding that somebody wanted to silence comes back every night, and nobody knows why.

    ## Example
    Ignore | R209

    ## Use instead
    Ignore | RO209
    """
    for item in facts.goals.items:
        for said in sorted(item.ignore.value or ()):
            if silences_nothing(said):
                yield Hit(item.ignore.ref, item.key, {"raw": said})
