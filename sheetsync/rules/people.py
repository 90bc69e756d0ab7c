"""LI3xx: names of people and teams, compared with the People sheet where there is one."""

from __future__ import annotations

from sheetsync.language import fold
from sheetsync.names import names_in
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule


@rule(
    "LI304",
    "owner-unknown",
    Severity.WARNING,
    title="An owner is not in the People sheet",
    message="The People sheet has nobody called “{name}”. Correct the name, or add a row for this person.",
)
def owner_unknown(facts: Facts) -> Hits:
    """Report an owner whom the People sheet does not list; teams may own goals too.

    A workbook without a People sheet is not judged.

    ## Why is this bad?
    The reminders and the report for this person reach nobody.

    ## Example
    Owner | Lan, where the People sheet says Trần Thị Lan

    ## Use instead
    Owner | Trần Thị Lan
    """
    people = facts.goals.people
    if not people:
        return
    known = {fold(cell.value) for one in people for cell in (one.name, one.email, one.team) if cell.value}
    known.update(fold(item.team.value) for item in facts.goals.items if item.team.value)
    judged: dict[str, tuple[str, ...]] = {}
    for item in facts.goals.items:
        said = item.owner.value
        if said is None:
            continue
        strangers = judged.get(said)
        if strangers is None:
            strangers = () if fold(said) in known else tuple(one for one in names_in(said) if fold(one) not in known)
            judged[said] = strangers
        for name in strangers:
            yield Hit(item.owner.ref, item.key, {"name": name})


@rule(
    "LI305",
    "team-unknown",
    Severity.HINT,
    title="A team is not in the People sheet",
    message="Nobody in the People sheet belongs to the team “{team}”. Perhaps it is spelled in another way there.",
)
def team_unknown(facts: Facts) -> Hits:
    """Report a team that no person of the People sheet belongs to, where that sheet names teams at all.

    ## Why is this bad?
    The team's goals appear under a heading of their own, without its people.

    ## Example
    Team | Sales, where the People sheet says Kinh doanh

    ## Use instead
    Team | Kinh doanh
    """
    teams = {fold(one.team.value) for one in facts.goals.people if one.team.value}
    if not teams:
        return
    judged: dict[str, bool] = {}
    for item in facts.goals.items:
        said = item.team.value
        if said is None:
            continue
        if said not in judged:
            judged[said] = fold(said) in teams or all(fold(one) in teams for one in names_in(said))
        if not judged[said]:
            yield Hit(item.team.ref, item.key, {"team": said})


@rule(
    "LI340",
    "leave-not-readable",
    Severity.WARNING,
    title="Days of leave cannot be read",
    message="“{raw}” says no days of leave. Write them like 20/12/2025 - 05/01/2026, several with semicolons between.",
)
def leave_not_readable(facts: Facts) -> Hits:
    """Report a cell of the column Leave in the People sheet that holds no days.

    ## Why is this bad?
    Goals of people who are away are not called neglected. Without the days they are.

    ## Example
    Leave | after Christmas

    ## Use instead
    Leave | 27/12/2025 - 05/01/2026
    """
    for one in facts.goals.people:
        if one.leave.unreadable:
            yield Hit(one.leave.ref, None, {"raw": one.leave.raw})


@rule(
    "LI314",
    "person-twice",
    Severity.WARNING,
    title="A person stands twice in the People sheet",
    message=(
        "“{name}” stands twice in the People sheet: here and in {first}. Remove one row, or tell the two names apart."
    ),
)
def person_twice(facts: Facts) -> Hits:
    """Report a name that an earlier row of the People sheet has already.

    ## Why is this bad?
    Goals find their owner by name. Of two equal names only one person would hear of them.

    ## Example
    Nguyễn Văn An | an@…
    Nguyễn Văn An | an.sales@…

    ## Use instead
    Nguyễn Văn An | an@…
    Nguyễn Văn An (Sales) | an.sales@…
    """
    first: dict[str, str] = {}
    for one in facts.goals.people:
        if one.name.value is None:
            continue
        known = first.setdefault(fold(one.name.value), one.name.ref.a1)
        if known != one.name.ref.a1:
            yield Hit(one.name.ref, None, {"name": one.name.value, "first": known})
