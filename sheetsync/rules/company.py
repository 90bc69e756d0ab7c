"""LI32x: links between the workbooks of one company, and which way they run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sheetsync.language import fold
from sheetsync.model import KeyResult, Level, Link, Objective
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, first_few, name_of, title_place
from sheetsync.rules.registry import Hit, Hits, rule

if TYPE_CHECKING:
    from sheetsync.scoring.company.kin import Found

Item = Objective | KeyResult


@rule(
    "LI320",
    "parent-missing-there",
    Severity.ERROR,
    title="A goal is aligned to an id that the other workbook does not have",
    message="Aligned to “{parent}”, but nothing in the workbook “{there}” has the id {id}. Correct the id.",
)
def parent_missing_there(facts: Facts) -> Hits:
    """Report a link with a workbook's name before the id, where that workbook was read and has no such id.

    ## Why is this bad?
    The chain from the team's work to the company's goal is broken exactly there, and what contributes does not count.

    ## Example
    Aligned to | company:O-9, where the workbook "company" ends with O-4

    ## Use instead
    Aligned to | company:O-4
    """
    for item, parent, found in _led(facts, "missing_there"):
        yield Hit(item.aligned_to.ref, item.key, {"parent": parent, "there": found.workbooks[0], "id": found.name})


@rule(
    "LI321",
    "unknown-workbook",
    Severity.ERROR,
    title="A link names a workbook that the company does not have",
    message="“{parent}” leads into a workbook “{name}”, but the company's workbooks are: {known}. Correct the name.",
)
def unknown_workbook(facts: Facts) -> Hits:
    """Report a link with a name and a colon before the id, where no workbook of the company has that name.

    The names are those of the configuration: [workbook.NAME] with the same company.

    ## Why is this bad?
    Nobody can tell which goal is meant, and what contributes does not count.

    ## Example
    Aligned to | compnay:O-1

    ## Use instead
    Aligned to | company:O-1
    """
    for item, parent, found in _led(facts, "no_workbook"):
        params = {"parent": parent, "name": found.name, "known": first_few(found.workbooks, SHOWN)}
        yield Hit(item.aligned_to.ref, item.key, params)


SHOWN = 8
"""Workbooks that a message names."""


@rule(
    "LI322",
    "workbook-not-read",
    Severity.HINT,
    title="A link leads into a workbook that was not read",
    message="“{parent}” may stand in {names}, which this run did not read, so the link was not checked.",
)
def workbook_not_read(facts: Facts) -> Hits:
    """Report a link that leads, or may lead, into a workbook of the company which the run did not read.

    That is no mistake of the sheet: the call named some of the workbooks only, or the other one could not be opened.

    ## Why is this bad?
    A mistyped id would not be noticed. Numbers do not suffer: where goals of other workbooks count, they are read.

    ## Example
    sheetsync check sales.xlsx, where sales.xlsx says Aligned to: company:O-1

    ## Use instead
    sheetsync check
    """
    for item, parent, found in _led(facts, "unread"):
        params = {"parent": parent, "names": first_few(found.workbooks, SHOWN)}
        yield Hit(item.aligned_to.ref, item.key, params)


@rule(
    "LI323",
    "ambiguous-parent",
    Severity.ERROR,
    title="A link may mean goals of several workbooks",
    message="“{parent}” stands in several workbooks of the company. Write which one is meant: {names}.",
)
def ambiguous_parent(facts: Facts) -> Hits:
    """Report an id without a workbook's name that is not in its own workbook, but in more than one other.

    ## Why is this bad?
    Each team numbers its goals from O-1 on, so the id alone does not say whose goal is meant. The link is left out.

    ## Example
    Aligned to | O-1, where both "company" and "sales" have an O-1

    ## Use instead
    Aligned to | company:O-1
    """
    for item, parent, found in _led(facts, "ambiguous"):
        names = first_few((f"{workbook}:{found.name}" for workbook in found.workbooks), SHOWN)
        yield Hit(item.aligned_to.ref, item.key, {"parent": parent, "names": names})


@rule(
    "LI324",
    "contributions-not-read",
    Severity.ERROR,
    title="A workbook whose goals may count here could not be read",
    message="The workbook “{name}” could not be read. What contributes from it is missing in the numbers here.",
)
def contributions_not_read(facts: Facts) -> Hits:
    """Report, once for each workbook of the company that could not be read, that its goals are missing in the scores.

    Only where the scoring profile lets contributing goals count (child_weight above 0).

    ## Why is this bad?
    The objective is scored as if nobody in that workbook worked for it, so it may look better or worse than it is.

    ## Example
    The profile viindoo, company.xlsx and sales.xlsx, where sales.xlsx has been moved to another folder

    ## Use instead
    Correct the path in sheetsync.toml, and run sheetsync again.
    """
    if facts.kin is None or facts.profile is None or not facts.profile.child_weight > 0 or not facts.goals.objectives:
        return
    first = facts.goals.objectives[0]
    for member in facts.kin.others:
        if member.goals is None:
            yield Hit(title_place(first), first.key, {"name": member.name})


_RANK = {Level.COMPANY: 0, Level.TEAM: 1, Level.INDIVIDUAL: 2}


@rule(
    "LI325",
    "upside-down",
    Severity.WARNING,
    title="A higher goal is aligned to a lower one",
    message="This goal is above “{parent}”, but says that it serves it. Align the lower goal to the higher one.",
)
def upside_down(facts: Facts) -> Hits:
    """Report an objective of the company aligned to a team's or a person's, and a team's aligned to a person's.

    ## Why is this bad?
    Alignment tells whom a goal serves, from the person up to the company. Turned around, the tree has no top, and
    what was meant to count above counts nowhere.

    ## Example
    O-1 | company | Aligned to: O-5, which is a team's

    ## Use instead
    O-5 | team | Aligned to: O-1
    """
    for item in facts.goals.objectives:
        rank = _RANK.get(item.level.value) if item.level.value is not None else None
        for parent in item.aligned_to.value or () if rank is not None else ():
            above = _level_of(parent, facts)
            if above is not None and rank is not None and _RANK[above] > rank:
                yield Hit(item.aligned_to.ref, item.key, {"parent": parent})


def _level_of(parent: str, facts: Facts) -> Level | None:
    """Give the level of what a link leads to; a key result without one has its objective's."""
    here = facts.by_id.get(fold(parent))
    if here is not None:
        return here.level.value or _level_above(here, facts.items)
    found = facts.kin.item(parent) if facts.kin is not None else None
    return None if found is None else found[1].level.value or _level_above(found[1], found[0].objectives)


def _level_above(item: Item, items: Mapping[str, Any]) -> Level | None:
    above = items.get(item.objective or "") if isinstance(item, KeyResult) else None
    return above.level.value if isinstance(above, Objective) else None


@rule(
    "LI326",
    "counted-twice",
    Severity.HINT,
    title="A goal counts whole in several others",
    message="This goal contributes to {names}, and counts whole in each. Let it contribute to the one it serves most.",
)
def counted_twice(facts: Facts) -> Hits:
    """Report an objective that contributes to two or more objectives, where contributing goals count.

    Only where the scoring profile lets contributing goals count (child_weight above 0).

    ## Why is this bad?
    One success, or one failure, then shows several times, and the company's number moves more than the work did.

    ## Example
    O-5 | Link: contributes | Aligned to: O-1; O-2

    ## Use instead
    O-5 | Link: contributes | Aligned to: O-1
    """
    if facts.profile is None or not facts.profile.child_weight > 0:
        return
    for item in facts.goals.objectives:
        if item.link.value is Link.CONTRIBUTES and len(item.aligned_to.value or ()) > 1:
            names = dict.fromkeys(name for parent in item.aligned_to.value or () if (name := _objective(parent, facts)))
            if len(names) > 1:
                yield Hit(item.aligned_to.ref, item.key, {"names": first_few(names)})


def _objective(parent: str, facts: Facts) -> str | None:
    """Give the name of the objective that a link leads to, or None where it leads to none."""
    here = facts.by_id.get(fold(parent))
    if here is not None:
        return name_of(here) if isinstance(here, Objective) else None
    found = facts.kin.item(parent) if facts.kin is not None else None
    return f"{found[0].name}:{name_of(found[1])}" if found is not None and isinstance(found[1], Objective) else None


def _led(facts: Facts, where: str) -> Iterator[tuple[Item, str, Found]]:
    """Give every link that stands for nothing in this workbook and ends so in those of the company."""
    if facts.kin is None:
        return
    for item in facts.linked:
        for parent in item.aligned_to.value or ():
            if fold(parent) not in facts.by_id and (found := facts.kin.find(parent)).where == where:
                yield item, parent, found
