"""Who gets which kind of mail, by the People sheet and the configuration."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sheetsync.cadence import MailTo, MailWhen
from sheetsync.kinds import MailKind, Role
from sheetsync.mailing import Charge, charges
from sheetsync.model import MailWish, Person
from sheetsync.post import Mailbox
from tests.factories import goals, key_result, kpi, objective, person, raw

NOBODY_ELSE, USUAL = MailTo(), MailWhen()
ALL = MailWhen(kinds=tuple(MailKind))


def staff(*people: Person, to: MailTo = NOBODY_ELSE, when: MailWhen = USUAL, **given: Any) -> tuple[Charge, ...]:
    """Give the mails of a firm in which Bảo owns a key result and Hà a KPI."""
    items = (objective(owner=None), key_result(owner="Bảo"), kpi(owner="Hà"))
    return charges(goals(*items, *people, **given), to, when)


def told(*made: Charge) -> list[tuple[str, str, str | None, str]]:
    """Give who gets what, shortly."""
    return [(one.to.name, one.kind.value, one.team, one.barred) for one in made]


def one_of(name: str, row: int, **given: Any) -> Person:
    """Make a person with an address."""
    return person(name, email=f"{row}@firm.vn", row=row, **given)


LONG = one_of("Long", 2, team="Ban giám đốc")
BAO = one_of("Bảo", 3, team="Kinh doanh", manager="Long")
LAN = one_of("Lan", 4, team="Kinh doanh", manager="Bảo")
HA = one_of("Hà", 5, team="Kho vận", manager="Long")


def test_managers_tell_who_leads_where_no_role_is_said() -> None:
    """Shows that whoever has no manager and manages others leads the company, and a team's own manager the team."""
    assert told(*staff(LONG, BAO, LAN, HA)) == [
        ("Long", "company", None, ""),
        ("Long", "team", "Kho vận", ""),
        ("Long", "kpi", None, ""),
        ("Bảo", "team", "Kinh doanh", ""),
        ("Bảo", "owner", None, ""),
        ("Bảo", "kpi", "Kinh doanh", ""),
        ("Hà", "owner", None, ""),
    ]


def test_what_a_person_says_of_themselves_goes_with_each_of_their_mails() -> None:
    """Shows leave, how they are addressed, and in which row all of it stands; who says nothing is never away."""
    away = ((date(2026, 11, 20), date(2026, 11, 27)),)
    made = staff(LONG, one_of("Bảo", 3, manager="Long", leave=away, honorific="anh"))
    of_bao, of_long = ([one.to for one in made if one.to.name == name] for name in ("Bảo", "Long"))
    assert {(to.away, to.honorific, to.address, to.row) for to in of_bao} == {(away, "anh", "3@firm.vn", 3)}
    assert {(to.away, to.row) for to in of_long} == {((), 2)}


def test_roles_that_are_said_come_first() -> None:
    """Shows that the column Role makes leads, watchers and plain members, whatever the managers suggest."""
    people = (
        LONG._replace(role=LONG.role._replace(value=Role.WATCHER)),
        BAO._replace(role=BAO.role._replace(value=Role.OWNER)),
        LAN._replace(role=LAN.role._replace(value=Role.TEAM)),
        HA._replace(role=HA.role._replace(value=Role.COMPANY)),
    )
    assert told(*staff(*people)) == [
        ("Long", "company", None, ""),
        ("Long", "kpi", None, ""),
        ("Bảo", "owner", None, ""),
        ("Lan", "team", "Kinh doanh", ""),
        ("Lan", "kpi", "Kinh doanh", ""),
        ("Hà", "company", None, ""),
        ("Hà", "owner", None, ""),
        ("Hà", "kpi", None, ""),
    ]


def test_the_topmost_manager_inside_a_team_leads_it() -> None:
    """Shows that a deputy who manages some of a team does not lead it beside its head."""
    deputy = one_of("Tú", 6, team="Kinh doanh", manager="Bảo")
    below = one_of("Mai", 7, team="Kinh doanh", manager="Tú")
    leads = [one.to.name for one in staff(LONG, BAO, deputy, below) if one.kind is MailKind.TEAM]
    assert leads == ["Bảo"]


def test_people_who_manage_each_other_do_no_harm() -> None:
    """Shows that a circle of managers, and a person who is said to be the own manager, still give one lead."""
    first = one_of("A", 2, team="X", manager="B")
    second = one_of("B", 3, team="X", manager="A; B")
    assert [one.to.name for one in staff(first, second) if one.kind is MailKind.TEAM] == ["B"]


@pytest.mark.parametrize(
    ("change", "barred"),
    [
        ({"email": None}, "no_address"),
        ({"email": "bảo@firm"}, "bad_address"),
        ({"email": raw(7.0)}, "bad_address"),
        ({"email": "2@FIRM.vn"}, "shared"),
        ({"mails": MailWish(frozenset())}, "stopped"),
        ({"mails": raw("hiếm thôi")}, "unclear"),
        ({"mails": MailWish(None, frozenset({MailKind.OWNER}))}, "stopped"),
        ({"mails": MailWish(frozenset({MailKind.KPI}))}, "stopped"),
    ],
)
def test_why_somebody_is_not_reminded(change: dict[str, Any], barred: str) -> None:
    """Shows each reason for which an owner gets no reminder; the mail is named all the same."""
    bao = person("Bảo", row=3, **{"email": "3@firm.vn", **change})
    owner = next(one for one in staff(LONG, bao) if one.kind is MailKind.OWNER)
    assert (owner.to.name, owner.barred) == ("Bảo", barred)
    assert owner.to.other == ("Long" if barred == "shared" else "")


def test_only_the_first_of_two_people_of_one_name_is_reminded() -> None:
    """Shows that what is meant for one person never goes to another of the same name."""
    twice = staff(one_of("Bảo", 2), one_of("bảo ", 3))
    assert [one.to.address for one in twice if one.kind is MailKind.OWNER] == ["2@firm.vn"]


def test_kinds_that_somebody_asks_for() -> None:
    """Shows that the column Mails can ask for what the role would not get, and for wins, which are usually off."""
    wish = MailWish(frozenset({MailKind.COMPANY, MailKind.TEAM, MailKind.WINS}))
    asked = staff(LONG, one_of("Lan", 4, team="Kinh doanh", mails=wish))
    assert told(*(one for one in asked if one.to.name == "Lan")) == [
        ("Lan", "company", None, ""),
        ("Lan", "team", "Kinh doanh", ""),
        ("Lan", "wins", None, ""),
    ]
    assert {one.role for one in asked if one.to.name == "Lan"} == {Role.WATCHER, Role.TEAM, Role.OWNER}


def test_wins_go_to_everybody_of_the_sheet_where_the_configuration_wants_them() -> None:
    """Shows that wins, once they are switched on, reach people who own nothing too."""
    assert [one.to.name for one in staff(LONG, LAN, when=ALL) if one.kind is MailKind.WINS] == ["Long", "Lan"]


def test_the_configuration_takes_the_place_of_what_managers_suggest() -> None:
    """Shows leads of the configuration beside people of the sheet, who are known by their address."""
    to = MailTo(
        company=(Mailbox("5@FIRM.vn"), Mailbox("chair@firm.vn", "Chủ tịch")),
        watchers=(Mailbox("board@firm.vn"),),
        teams={"kinh doanh": (Mailbox("4@firm.vn"),), "Xưởng": (Mailbox("x@firm.vn", "Xuân"),)},
    )
    made = [(one.to.name, one.kind.value, one.team) for one in staff(LONG, BAO, LAN, HA, to=to)]
    assert [line for line in made if line[1] in ("company", "team")] == [
        ("Long", "team", "Kho vận"),
        ("Lan", "team", "Kinh doanh"),
        ("Hà", "company", None),
        ("Chủ tịch", "company", None),
        ("board@firm.vn", "company", None),
        ("Xuân", "team", "Xưởng"),
    ]


def test_stop_in_the_sheet_holds_for_an_address_of_the_configuration_too() -> None:
    """Shows that nobody who asked for no more mail gets it by a line in the configuration."""
    stopped = one_of("Lan", 4, mails=MailWish(frozenset()))
    made = staff(stopped, to=MailTo(company=(Mailbox("4@firm.vn"),)))
    assert {one.barred for one in made} == {"stopped"}


def test_owners_may_be_left_alone() -> None:
    """Shows that owners = false reminds nobody, and takes nothing else away."""
    kinds = {one.kind for one in staff(LONG, BAO, LAN, to=MailTo(owners=False))}
    assert kinds == {MailKind.COMPANY, MailKind.TEAM, MailKind.KPI}


def test_a_workbook_without_people_mails_nobody() -> None:
    """Shows that nothing is made up where the workbook has no People sheet and the configuration names nobody."""
    assert staff() == ()


def test_thousands_of_people_are_looked_through_quickly() -> None:
    """Shows that a large firm, with a manager above each, takes no time that grows with its square."""
    import time

    people = [
        one_of(f"P{n}", n + 2, team=f"T{n // 50}", manager=f"P{n // 50 * 50}" if n % 50 else "P0") for n in range(5000)
    ]
    begun = time.process_time()
    made = staff(*people)
    assert sum(one.kind is MailKind.TEAM for one in made) == 100
    assert time.process_time() - begun < 10


def test_a_configured_address_that_two_people_share_means_the_first() -> None:
    """Shows that the company's mail arrives where a second row of the People sheet has the address by mistake."""
    people = (LONG, HA._replace(email=LONG.email._replace(row=HA.row)))
    to = MailTo(company=(Mailbox("2@firm.vn"),), watchers=(), owners=False)
    made = told(*staff(*people, to=to))
    assert ("Long", "company", None, "") in made
    assert not [one for one in made if one[0] == "Hà" and one[1] == "company"]
