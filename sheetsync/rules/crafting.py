"""PR4xx, fourth part: whether goals say what will be different, judged from their words and their measures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

from sheetsync.model import Bounds, Done, KeyResult, Metric, Objective, PerPeriod, Quantity, Relative
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, title_place
from sheetsync.rules.practice import FEWEST
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.wording import counts_only
from sheetsync.rules.words import WordFinder, has_digit

SHORT_TITLE = 4
"""Words (in Vietnamese syllables) of an objective that says nothing but "improve this": up to so many."""

_WORK = frozenset({Metric.YES_NO, Metric.MILESTONE, Metric.PERCENT_DONE})
"""Metrics that say how much of the work is done, and nothing of what it brings."""


@rule(
    "PR414",
    "vague-words",
    Severity.HINT,
    title="A goal is vague",
    message="“{word}” can mean anything, and no number says how much. Write from what to what.",
)
def vague_words(facts: Facts) -> Hits:
    """Report a key result that speaks of improving something without a number, in its text or as its target.

    A target that is only yes or no, or a percentage of the work, is no such number. Of objectives, which may inspire,
    only those are reported that consist of hardly more than the vague word.

    ## Why is this bad?
    "Better" is reached when somebody says so. Two people will see two different days.

    ## Example
    Improve the service | Target: yes

    ## Use instead
    Complaints a month | Baseline 40 | Target 15
    """
    lists = facts.words.get("vague", ()), facts.words.get("vague_not", ())
    unmeasured = [item for item in facts.goals.key_results if not _has_number(item, facts)]
    for result, word in WordFinder(*lists).among(unmeasured, attrgetter("title.value")):
        yield Hit(title_place(result), result.key, {"word": word})
    short = [item for item in facts.goals.objectives if _is_short(item)]
    for objective, word in WordFinder(*lists, leading=True).among(short, attrgetter("title.value")):
        yield Hit(title_place(objective), objective.key, {"word": word})


def _has_number(result: KeyResult, facts: Facts) -> bool:
    if has_digit(result.title.value or ""):
        return True
    measured = isinstance(result.target.value, Quantity | Bounds | Relative | PerPeriod)
    return measured and _metric(result, facts) not in _WORK


def _is_short(item: Objective) -> bool:
    title = item.title.value or ""
    return len(title.split()) <= SHORT_TITLE and not has_digit(title)


def _metric(result: KeyResult, facts: Facts) -> Metric | None:
    score = facts.scorecard.scores.get(result.key)
    return (score.metric if score is not None else None) or result.metric.value


@rule(
    "PR415",
    "task-as-objective",
    Severity.HINT,
    title="An objective is a task",
    message="“{word}” begins a task. Ask what it is for: what will be different for customers or the firm?",
    on=False,
)
def task_as_objective(facts: Facts) -> Hits:
    """Report an objective that opens with building, launching or hiring something. Runs only when it is switched on.

    ## Why is this bad?
    A thing can be built, launched and finished without anybody being better off. The objective says why it is worth it.

    ## Example
    Build a new website

    ## Use instead
    Customers find and order everything on their own
    """
    words = WordFinder(facts.words.get("task", ()), leading=True)
    for item, word in words.among(facts.goals.objectives, attrgetter("title.value")):
        yield Hit(title_place(item), item.key, {"word": word})


@rule(
    "PR416",
    "outputs-only",
    Severity.HINT,
    title="No key result measures an effect",
    message="All key results here ({count}) count work that gets done. Add one that shows what it brings.",
    on=False,
)
def outputs_only(facts: Facts) -> Hits:
    """Report an objective whose key results are all steps, activities or yes-or-no. Runs only when it is switched on.

    ## Why is this bad?
    All boxes can be ticked while nothing changes. Early measures (what we do) need a late one (what it brings).

    ## Example
    Regular customers come back more often
    – Loyalty card designed: yes
    – 20 posts written

    ## Use instead
    Regular customers come back more often
    – Loyalty card in use at 12 shops, from 0
    – Repeat purchases from 25 % to 35 %
    """
    active = _with_word(facts, "activity", leading=True)
    yield from _all_alike(
        facts, lambda item: _metric(item, facts) in _WORK or (item.key in active and counts_only(item))
    )


@rule(
    "PR417",
    "late-results-only",
    Severity.HINT,
    title="All key results are known only at the end",
    message="All key results here ({count}) show only afterwards. Add an early one, such as visits or orders.",
    on=False,
)
def late_results_only(facts: Facts) -> Hits:
    """Report an objective whose key results all speak of revenue, profit or the like. Runs only when it is switched on.

    ## Why is this bad?
    Money comes last. Who looks only at it learns in the last week that something went wrong in the first.

    ## Example
    Grow in the north
    – Revenue from 3 to 4 billion
    – Profit from 200 to 300 million

    ## Use instead
    Grow in the north
    – Revenue from 3 to 4 billion
    – Shops that order every week from 40 to 65
    """
    late = _with_word(facts, "late", leading=False)
    yield from _all_alike(facts, lambda item: item.key in late)


def _with_word(facts: Facts, name: str, *, leading: bool) -> frozenset[str]:
    words = WordFinder(facts.words.get(name, ()), leading=leading)
    return frozenset(item.key for item, _ in words.among(facts.goals.key_results, attrgetter("title.value")))


def _all_alike(facts: Facts, judge: Callable[[KeyResult], bool]) -> Iterator[Hit]:
    """Give the objectives with at least two key results of which all are as judged; one alone has PR401."""
    for item in facts.goals.objectives:
        results = facts.children.get(item.key, ())
        if len(results) >= FEWEST and all(judge(result) for result in results):
            yield Hit(title_place(item), item.key, {"count": len(results)})


FEWEST_WORDS = 4
MOST_WORDS = 18
MOST_SYLLABLES = 27
"""Length of an objective; Vietnamese puts a space between syllables, about three to two words."""


@rule(
    "PR418",
    "objective-length",
    Severity.HINT,
    title="An objective is too short or too long",
    message="Words here: {count}. One clear sentence is best: long enough to say something, short enough to remember.",
    on=False,
)
def objective_length(facts: Facts) -> Hits:
    """Report an objective of fewer than 4 or more than 18 words (27 syllables in Vietnamese).

    Runs only when it is switched on.

    ## Why is this bad?
    A single word is a heading; a paragraph is a plan. Neither is remembered at the Monday meeting.

    ## Example
    Quality

    ## Use instead
    Every order arrives complete and on the promised day
    """
    for item in facts.goals.objectives:
        title = item.title.value
        if title is None:
            continue
        count = len(title.split())
        if not FEWEST_WORDS <= count <= (MOST_WORDS if title.isascii() else MOST_SYLLABLES):
            yield Hit(title_place(item), item.key, {"count": count})


@rule(
    "PR419",
    "result-without-number",
    Severity.HINT,
    title="A key result has no number",
    message="Only yes or no here, and no number. Can it be said as “from … to …”?",
    on=False,
)
def result_without_number(facts: Facts) -> Hits:
    """Report a key result that is only yes or no and names no number in its text. Runs only when it is switched on.

    ## Why is this bad?
    Until the last day it stands at 0 %, and nobody sees whether it is coming.

    ## Example
    New warehouse software in use | Target: yes

    ## Use instead
    Orders picked with the new software | Baseline 0 % | Target 90 %
    """
    for result in facts.goals.key_results:
        plain = isinstance(result.target.value, Done) or _metric(result, facts) is Metric.YES_NO
        if plain and not has_digit(result.title.value or ""):
            yield Hit(title_place(result), result.key, {})
