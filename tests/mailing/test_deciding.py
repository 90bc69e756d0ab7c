"""What is told today, and why the rest is not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sheetsync.cadence import MailWhen
from sheetsync.kinds import MailKind, Role
from sheetsync.mailing import Addressee, Charge, Choice, Verdict, WorkingCalendar, choices
from sheetsync.mailing.calendar import Spans
from sheetsync.mailing.deciding import foreseen, judged

WEEKDAYS = WorkingCalendar((5, 6))
THURSDAY = date(2026, 11, 19)


def night(
    today: date, kind: MailKind = MailKind.OWNER, *, away: Spans = (), barred: str = "", known: tuple[str, ...] = ()
) -> Choice:
    """Give what becomes of one mail on one night."""
    charge = Charge(Addressee("An", "an@firm.vn", away=away), kind, Role.OWNER, "Sales", barred)
    (choice,) = choices([charge], MailWhen(), WEEKDAYS, today, lambda one: one.period in known)
    return choice


def day(text: str) -> date:
    """Give a day of November 2026."""
    return date(2026, 11, int(text))


@pytest.mark.parametrize(
    ("today", "verdict", "period", "next_day"),
    [
        ("18", Verdict.LATER, "2026-W47", "19"),
        ("19", Verdict.DUE, "2026-W47", "19"),
        ("20", Verdict.DUE, "2026-W47", "20"),
        ("21", Verdict.LATER, "2026-W47+", "23"),
        ("23", Verdict.DUE, "2026-W47+", "23"),
        ("24", Verdict.DUE, "2026-W47+", "24"),
        ("25", Verdict.LATER, "2026-W48", "26"),
    ],
)
def test_an_owner_through_a_week(today: str, verdict: Verdict, period: str, next_day: str) -> None:
    """Shows the question on Thursday, its grace on Friday, the reminder on Monday, and its grace on Tuesday."""
    choice = night(day(today), known=("2026-W47",) if day(today) > day("20") else ())
    assert choice.turn is not None
    assert (choice.verdict, choice.period, choice.turn.day) == (verdict, period, day(next_day))


@pytest.mark.parametrize("today", ["21", "23", "24"])
def test_nobody_is_reminded_of_a_question_that_was_never_put(today: str) -> None:
    """Shows that whoever was not asked before the check-in is asked before the next one, and not reminded."""
    choice = night(day(today))
    assert (choice.verdict, choice.period) == (Verdict.LATER, "2026-W48")


def test_what_was_told_is_not_told_again() -> None:
    """Shows that a period in the outbox is over, and the next one is named."""
    choice = night(THURSDAY, known=("2026-W47",))
    assert (choice.verdict, choice.period) == (Verdict.TOLD, "2026-W47+")


def test_a_team_is_part_of_the_period() -> None:
    """Shows that a lead of two teams gets two agendas of one week."""
    assert night(day("20"), MailKind.TEAM).period == "2026-W47 Sales"


@pytest.mark.parametrize(
    ("first", "last", "today", "verdict", "told_on"),
    [
        ("20", "24", "20", Verdict.LEAVE, "25"),  # company: due on Monday 23rd, waits until back on Wednesday
        ("20", "24", "25", Verdict.DUE, "25"),
        ("23", "23", "23", Verdict.LEAVE, "24"),
        ("19", "30", "23", Verdict.LEAVE, None),  # the next one comes first
    ],
)
def test_leave_lets_a_mail_wait(first: str, last: str, today: str, verdict: Verdict, told_on: str | None) -> None:
    """Shows that whoever is away is told on the first day back, unless the next one is due by then."""
    choice = night(day(today), MailKind.COMPANY, away=((day(first), day(last)),))
    assert choice.turn is not None
    assert choice.verdict is verdict
    assert choice.turn.day == (day(told_on) if told_on else date(2026, 12, 1))
    assert choice.period == ("2026-W47" if told_on else "2026-W48")


@pytest.mark.parametrize(
    ("today", "away", "verdict", "period"),
    [
        ("20", (), Verdict.DUE, "2026-W47 Sales"),
        ("21", (), Verdict.LATER, "2026-W48 Sales"),
        ("23", (), Verdict.LATER, "2026-W48 Sales"),  # within the grace of other mails
        ("20", ("19", "23"), Verdict.LEAVE, "2026-W48 Sales"),
        ("25", ("19", "24"), Verdict.LATER, "2026-W48 Sales"),
    ],
)
def test_nobody_gets_the_agenda_of_a_meeting_that_is_over(
    today: str, away: tuple[str, ...], verdict: Verdict, period: str
) -> None:
    """Shows that after the check-in, a missed night or a leave, the lead's next mail is the next agenda."""
    choice = night(day(today), MailKind.TEAM, away=((day(away[0]), day(away[1])),) if away else ())
    assert (choice.verdict, choice.period) == (verdict, period)


def test_an_agenda_that_is_wanted_after_the_check_in_has_its_grace() -> None:
    """Shows that where the company has it sent the day after, it is no preparation and waits as other mails do."""
    charge = Charge(Addressee("An", "an@firm.vn"), MailKind.TEAM, Role.TEAM, "Sales")
    (choice,) = choices([charge], MailWhen(team=1), WEEKDAYS, day("24"))
    assert (choice.verdict, choice.period) == (Verdict.DUE, "2026-W47 Sales")


def test_leave_that_begins_within_the_grace() -> None:
    """Shows that a missed mail is not sent after somebody who has left in the meantime."""
    friday = day("20")
    choice = night(friday, away=((friday, day("24")),))
    assert choice.turn is not None
    assert (choice.verdict, choice.period, choice.turn.day) == (Verdict.LEAVE, "2026-W48", day("26"))


@pytest.mark.parametrize("barred", ["no_address", "bad_address", "shared", "stopped", "unclear"])
def test_who_is_barred_is_never_told(barred: str) -> None:
    """Shows that no day makes a mail due for somebody who cannot or does not want to be reached."""
    days = [night(THURSDAY + timedelta(days=step), barred=barred).verdict for step in range(14)]
    assert set(days) == {Verdict(barred)}


class Outbox:  # its methods have the form of ``mailing.Told``
    """Answers what a test says."""

    def __init__(self, last: str | None = None) -> None:
        self.last = last

    def known(self, key: str, /) -> bool:  # noqa: ARG002
        return False

    def last_hash(self, kind: str, recipient: str, place: str | None = None, about: str = "") -> str | None:  # noqa: ARG002
        return self.last

    def asked(self, recipient: str, place: str) -> dict[str, dict[str, date]]:  # noqa: ARG002
        return {}


def judge(kind: MailKind, digest: dict[str, Any], outbox: Outbox) -> Verdict:
    """Give the verdict over a digest whose hash is "new"."""
    return judged(night(THURSDAY, kind), digest, lambda: "new", outbox, "file:/a")


def owners(*what: str, silent: int = 0) -> dict[str, Any]:
    """Give the digest of an owner."""
    return {"due_cells": [{"what": one} for one in what], "verdict": {"silent": silent}}


@pytest.mark.parametrize(
    ("kind", "digest"),
    [
        (MailKind.COMPANY, {"objectives": [], "kpis": None, "decisions": [], "problems": []}),
        (MailKind.TEAM, {"key_results": [], "agenda": [], "remind": []}),
        (MailKind.KPI, {"rows": [], "missing": [], "verdict": {"kpis": 0}}),
        (MailKind.KPI, {"rows": ["a quarter"], "missing": [], "verdict": {"kpis": 0}}),
        (MailKind.WINS, {"wins": []}),
    ],
)
def test_an_empty_digest_is_not_told(kind: MailKind, digest: dict[str, Any]) -> None:
    """Shows that nobody gets a mail in which nothing stands, or of a month in which no period of a KPI ended."""
    assert judge(kind, digest, Outbox()) is Verdict.EMPTY


@pytest.mark.parametrize(("count", "missing"), [(1, []), (0, ["the second quarter"])])
def test_a_month_with_an_end_or_a_gap_is_told(count: int, missing: list[str]) -> None:
    """Shows that a period which ended in the month is told, and so is an actual that is still missing."""
    digest = {"rows": ["a quarter"], "missing": missing, "verdict": {"kpis": count}}
    assert judge(MailKind.KPI, digest, Outbox()) is Verdict.DUE


def test_only_what_is_new_is_told() -> None:
    """Shows that a summary equal to the last one stays away, and the first one does not."""
    digest = {"objectives": [1]}
    assert judge(MailKind.COMPANY, digest, Outbox("new")) is Verdict.UNCHANGED
    assert judge(MailKind.COMPANY, digest, Outbox("old")) is Verdict.DUE
    assert judge(MailKind.COMPANY, digest, Outbox(None)) is Verdict.DUE


def test_owners_are_asked_for_cells_alone_and_not_for_ever() -> None:
    """Shows that no cell is no mail, that the same cells are asked for again, and why nothing is asked any more."""
    assert judge(MailKind.OWNER, owners(), Outbox()) is Verdict.NOTHING_DUE
    assert judge(MailKind.OWNER, owners("confidence"), Outbox()) is Verdict.NOTHING_DUE
    assert judge(MailKind.OWNER, owners("current"), Outbox("new")) is Verdict.DUE
    assert judge(MailKind.OWNER, owners("current", silent=2), Outbox("new")) is Verdict.DUE
    assert judge(MailKind.OWNER, owners("confidence", silent=1), Outbox("new")) is Verdict.IGNORED


@pytest.mark.parametrize(
    ("kind", "said", "silent", "why"),
    [
        (MailKind.OWNER, owners("current"), owners(), Verdict.NOTHING_DUE),
        (MailKind.OWNER, owners("current"), owners(silent=1), Verdict.IGNORED),
        (MailKind.WINS, {"wins": [1]}, {"wins": []}, Verdict.EMPTY),
    ],
)
def test_a_mail_to_come_has_a_day_only_where_it_would_say_something(
    kind: MailKind, said: dict[str, Any], silent: dict[str, Any], why: Verdict
) -> None:
    """Shows that nobody is promised a mail in which nothing would stand, and that what was told stays told."""
    later = night(day("18"), kind)
    assert foreseen(later, said) == later
    assert (foreseen(later, silent).verdict, foreseen(later, silent).turn) == (why, None)
    told = later._replace(verdict=Verdict.TOLD)
    assert foreseen(told, silent) == told._replace(turn=None)
