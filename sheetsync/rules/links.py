"""LI3xx: what points at what: alignment, key results and objectives, check-ins."""

from __future__ import annotations

from sheetsync.language import fold
from sheetsync.model import Link, Objective
from sheetsync.results import NotScored, Severity
from sheetsync.rules.facts import Facts, name_of, place, title_place
from sheetsync.rules.registry import Hit, Hits, rule


@rule(
    "LI301",
    "parent-missing",
    Severity.ERROR,
    title="A goal is aligned to something that does not exist",
    message="Aligned to “{parent}”, but nothing here has that id. Correct the id, or add the row that is meant.",
)
def parent_missing(facts: Facts) -> Hits:
    """Report an id in Aligned to that no objective and no key result of the workbook has.

    ## Why is this bad?
    The chain from a person's work to the company's goal is broken exactly there, and what contributes does not count.

    ## Example
    Aligned to | O-11, after objective 11 was renamed to O-4

    ## Use instead
    Aligned to | O-4
    """
    known = facts.by_id
    for item in facts.linked:
        for parent in item.aligned_to.value or ():
            if facts.is_kpi(parent):  # LI332 tells of it
                continue
            if fold(parent) not in known and (facts.kin is None or facts.kin.find(parent).where == "nowhere"):
                yield Hit(item.aligned_to.ref, item.key, {"parent": parent})


@rule(
    "LI302",
    "alignment-loop",
    Severity.ERROR,
    title="The alignment runs in a circle",
    message="These goals are aligned to each other in a circle: {path}. Nothing of it counts. Empty one of the links.",
)
def alignment_loop(facts: Facts) -> Hits:
    """Report, once for each circle, objectives that are aligned to each other all around.

    ## Why is this bad?
    If each goal serves the next one and the last serves the first, none of them serves the company. Every link of the
    circle is left out.

    ## Example
    O-1 aligned to O-2, O-2 aligned to O-3, O-3 aligned to O-1

    ## Use instead
    O-3 aligned to O-2, O-2 aligned to O-1, O-1 aligned to nothing
    """
    for loop in facts.scorecard.loops:
        items = [facts.items[key] for key in loop if key in facts.items]
        if len(set(loop)) < SMALLEST_CIRCLE or not items:
            continue
        names = [name_of(item) for item in items]
        if names[0] != names[-1]:
            names.append(names[0])
        first = items[0]
        yield Hit(place(first.aligned_to, first), first.key, {"path": " → ".join(_shortened(names))})
    for circle in facts.scorecard.beyond.circles:
        one = facts.items.get(circle.key)
        if isinstance(one, Objective):
            path = [*circle.names, circle.names[0]]
            yield Hit(place(one.aligned_to, one), one.key, {"path": " → ".join(_shortened(path))})


SMALLEST_CIRCLE = 2
LONGEST_PATH = 8
"""Names shown of a circle; a longer one is shown by its two ends."""


def _shortened(names: list[str]) -> list[str]:
    if len(names) <= LONGEST_PATH:
        return names
    half = LONGEST_PATH // 2
    return [*names[:half], "…", *names[-half:]]


@rule(
    "LI303",
    "self-link",
    Severity.ERROR,
    title="A goal is aligned to itself",
    message="This goal is aligned to itself. Empty the cell, or write the id of the goal that it serves.",
)
def self_link(facts: Facts) -> Hits:
    """Report a goal whose Aligned to holds its own id.

    ## Why is this bad?
    It looks aligned, but serves nothing. The link is left out.

    ## Example
    O-3 | Aligned to: O-3

    ## Use instead
    O-3 | Aligned to: O-1
    """
    for item in facts.linked:
        own = fold(item.id.value or item.key)
        if own in map(fold, item.aligned_to.value or ()):
            yield Hit(item.aligned_to.ref, item.key, {})


@rule(
    "LI310",
    "check-in-unknown",
    Severity.ERROR,
    title="A check-in names no key result",
    message="No key result has the id “{item}”, so this check-in does not count. Correct the id.",
)
def check_in_unknown(facts: Facts) -> Hits:
    """Report a row of the check-in log whose id belongs to no key result.

    ## Why is this bad?
    Somebody took the time to report a number, and it is lost.

    ## Example
    05/11/2025 | KR-33 | 120, where there is only a KR-3

    ## Use instead
    05/11/2025 | KR-3 | 120
    """
    if not facts.goals.check_ins:
        return
    known = {fold(name) for item in facts.goals.key_results for name in (item.key, item.id.value) if name is not None}
    for entry in facts.goals.check_ins:
        if entry.item.value is None and entry.value.blank:
            continue
        if fold(entry.item.value or "") not in known:
            at = (entry.item if entry.item.column else entry.value).ref
            yield Hit(at, None, {"item": entry.item.value or ""})


@rule(
    "LI311",
    "key-result-without-objective",
    Severity.WARNING,
    title="A key result belongs to no objective",
    message="No objective stands above this key result or beside it. Write the objective that it measures.",
)
def key_result_without_objective(facts: Facts) -> Hits:
    """Report a key result with no objective in its row or above it.

    ## Why is this bad?
    A key result tells how far an objective has come. Without one it is a number that nobody asked for, and it counts
    nowhere.

    ## Example
    (empty) | Revenue +30 %

    ## Use instead
    Grow and stay healthy | Revenue +30 %
    """
    for item in facts.goals.key_results:
        if item.objective is None:
            yield Hit(title_place(item), item.key, {})


@rule(
    "LI312",
    "objective-without-key-results",
    Severity.WARNING,
    title="An objective has no key result",
    message="This objective has no key result, so nothing measures it. Add two to five below it.",
)
def objective_without_key_results(facts: Facts) -> Hits:
    """Report an objective below which no key result stands.

    ## Why is this bad?
    An objective inspires; its key results say whether it happens. Without them it stays a slogan, and has no score.

    ## Example
    Become the most loved food brand of the region

    ## Use instead
    Become the most loved food brand of the region
    – Repeat purchases from 25 % to 35 %
    – Rating in the delivery app from 4.1 to 4.6
    """
    for item, _ in facts.not_scored(NotScored.NO_KEY_RESULT):
        yield Hit(title_place(item), item.key, {})


@rule(
    "LI313",
    "contributes-without-parent",
    Severity.WARNING,
    title="A goal contributes to nothing",
    message="The link says that this goal contributes, but Aligned to is empty. Write the id of the goal it serves.",
)
def contributes_without_parent(facts: Facts) -> Hits:
    """Report a goal whose link says "contributes" while Aligned to is empty.

    ## Why is this bad?
    Its progress was meant to count in another goal, and counts nowhere.

    ## Example
    Link | contributes
    Aligned to | (empty)

    ## Use instead
    Link | contributes
    Aligned to | O-1
    """
    for items in (facts.goals.objectives, facts.goals.key_results):
        for item in items:
            if item.link.value is Link.CONTRIBUTES and item.aligned_to.blank:
                yield Hit(place(item.aligned_to, item), item.key, {})
