"""LI3xx: whom mail can reach, by the People sheet: addresses, roles, and which mails people want."""

from __future__ import annotations

from collections.abc import Iterator

from sheetsync.language import fold
from sheetsync.model import Person
from sheetsync.names import names_in
from sheetsync.post import address_in
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import CellRef


def _addressed(facts: Facts) -> Iterator[tuple[Person, str]]:
    """Give the people who can be reached, with their addresses in small letters."""
    for one in facts.goals.people:
        address = address_in(one.email.value or "")
        if address is not None:
            yield one, address.casefold()


def _unreadable(facts: Facts, concept: str) -> Hits:
    """Report the cells of a column of the People sheet that hold none of its known words."""
    for one in facts.goals.people:
        cell = getattr(one, concept)
        if cell.unreadable:
            yield Hit(cell.ref, None, {"raw": cell.raw, "choices": concept})


@rule(
    "LI341",
    "address-not-readable",
    Severity.WARNING,
    title="A mail address cannot be used",
    message="“{raw}” is no mail address, so this person gets no mail. Write one address, like an@company.vn.",
)
def address_not_readable(facts: Facts) -> Hits:
    """Report a cell of the column E-mail in the People sheet that is not one plain mail address.

    Servers take letters without accents only. Spaces around an address, mailto: and angle brackets do no harm.

    ## Why is this bad?
    No reminder and no report reaches this person, and nobody is told.

    ## Example
    E-mail | an@company, ext. 12

    ## Use instead
    E-mail | an@company.vn
    """
    for one in facts.goals.people:
        if not one.email.blank and address_in(str(one.email.value or "")) is None:
            yield Hit(one.email.ref, None, {"raw": one.email.raw})


@rule(
    "LI342",
    "address-twice",
    Severity.WARNING,
    title="Two people have the same mail address",
    message=(
        "“{address}” is also the address of {other} ({first}). Only {other} gets mail there; give each one their own."
    ),
)
def address_twice(facts: Facts) -> Hits:
    """Report a mail address that an earlier row of the People sheet has under another name.

    ## Why is this bad?
    A mail is written for one person. Whoever shares the mailbox would read what is meant for the other.

    ## Example
    Đỗ Văn Khoa | kho@company.vn
    Lê Thị Thu Hà | kho@company.vn

    ## Use instead
    Đỗ Văn Khoa | khoa@company.vn
    Lê Thị Thu Hà | ha@company.vn
    """
    seen: dict[str, tuple[str, str]] = {}
    for one, address in _addressed(facts):
        name = one.name.value or address
        known, first = seen.setdefault(address, (name, one.email.ref.a1))
        if fold(known) != fold(name):
            yield Hit(one.email.ref, None, {"address": address, "other": known, "first": first})


@rule(
    "LI343",
    "mails-not-readable",
    Severity.WARNING,
    title="Which mails a person wants cannot be read",
    message=(
        "“{raw}” does not say which mails this person wants, so none are sent. Leave it empty, or write {choices}."
    ),
)
def mails_not_readable(facts: Facts) -> Hits:
    """Report a cell of the column Mails in the People sheet that is neither a word for stop nor a list of kinds.

    Several kinds stand with commas between them; a word for stop before one stops that kind alone.

    ## Why is this bad?
    Perhaps the person asked for no more mail. Until it is clear nothing is sent, and perhaps it was meant otherwise.

    ## Example
    Mails | not so many

    ## Use instead
    Mails | company, KPI
    """
    yield from _unreadable(facts, "mails")


@rule(
    "LI344",
    "role-not-readable",
    Severity.HINT,
    title="A person's role is none of the known words",
    message=(
        "“{raw}” is none of the roles {choices}. It is taken as empty, and the column Manager decides who leads whom."
    ),
)
def role_not_readable(facts: Facts) -> Hits:
    """Report a cell of the column Role in the People sheet that is none of the known words.

    The role decides which report a person gets; it is no job title.

    ## Why is this bad?
    Somebody who should see the company's report may not get it.

    ## Example
    Role | Senior Executive (Marketing)

    ## Use instead
    Role | team lead
    """
    yield from _unreadable(facts, "role")


@rule(
    "LI345",
    "address-missing",
    Severity.HINT,
    title="Somebody with goals has no mail address",
    message="“{name}” owns goals and has no mail address, so no reminder can be sent. Fill in the column E-mail.",
)
def address_missing(facts: Facts) -> Hits:
    """Report a person who owns a goal and has no address, where others of the People sheet have one.

    ## Why is this bad?
    The others are reminded of what is due; this person hears of it in the meeting.

    ## Example
    Lê Thị Thu Hà | E-mail (empty)

    ## Use instead
    Lê Thị Thu Hà | ha@company.vn
    """
    if next(_addressed(facts), None) is None:
        return
    goals = facts.goals
    owners = {fold(name) for item in goals.items for name in names_in(item.owner.value)}
    for one in goals.people:
        if one.email.blank and one.name.value and fold(one.name.value) in owners:
            yield Hit(CellRef(one.sheet, one.row, one.email.column or one.name.column), None, {"name": one.name.value})
