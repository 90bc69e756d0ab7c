"""The KPI mail about the last month of a cycle, where the workbook becomes that of the next one before it leaves."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sheetsync.cli.mails import Desk, NothingTold
from sheetsync.model import Cycle
from sheetsync.post import Mailbox
from tests.cli.conftest import Caller, configure
from tests.cli.test_mails import at_night, config_of, evaluated

MAIL = '[mail]\nprovider = "local"\nport = 1\nsender = "okr@minhlong.vn"\n[mail.to]\ncompany = ["boss@minhlong.vn"]\n'
OLD = Cycle("2026", date(2026, 1, 1), date(2026, 12, 31))
LAST, MOVED = ("--today", "2026-12-31"), ("--today", "2027-01-02")
"""The last night of a year, and the first of the next one, a Saturday: the mail about December leaves on the 4th."""


def year(path: Path, cycle: str, months: int) -> Path:
    """Write a workbook of monthly KPIs of a year, of which so many have an actual."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "KPI"
    headers = ["ID", "KPI", "Unit", "Direction", "Aggregation", "Target", *(f"T{month}" for month in range(1, 13))]
    for row in (headers, ["K-1", "Revenue", "m", "higher", "sum", 120, *[10] * months]):
        sheet.append(row)
    book.create_sheet("Settings").append(["Cycle", cycle])
    book.save(path)
    return path


@pytest.fixture
def moved(here: Path, call: Caller) -> Path:
    """Give a workbook with mail that was synced on the last day of its year, and is of the next year since."""
    configure(here, f'{MAIL}[workbook.kpi]\npath = "kpi.xlsx"\n')
    path = year(here / "kpi.xlsx", "2026", 11)
    call("sync", *LAST)
    shutil.copy(path, here / "old.xlsx")
    return year(path, "2027", 0)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "kpi: the KPI mail about 12/2026, due on 4 Jan 2027,"),
        ("vi", "kpi: thư KPI tháng 12/2026, hạn gửi 04/01/2027,"),
    ],
)
def test_a_move_that_loses_a_mail_is_told_once(moved: Path, call: Caller, language: str, told: str) -> None:
    """Shows that the night of the move says which mail is lost and what to do, and that later nights are quiet."""
    del moved
    lost = call("sync", *MOVED, "--lang", language)
    assert lost.code == 0
    assert told in lost.err
    assert 'kinds = ["kpi"]' in lost.err
    assert told not in call("sync", "--today", "2027-01-03", "--lang", language).err


def test_the_old_workbook_beside_the_new_one_has_the_mail(moved: Path, call: Caller, here: Path) -> None:
    """Shows that what the message advises sends the mail once, from the old workbook alone."""
    del moved
    call("sync", *MOVED)
    beside = '[workbook.old]\npath = "old.xlsx"\n[workbook.old.mail.when]\nkinds = ["kpi"]\n'
    configure(here, f'{MAIL}[workbook.kpi]\npath = "kpi.xlsx"\n{beside}')
    rows = call("mail", "preview", "--today", "2027-01-04", "--kind", "kpi").out.splitlines()
    assert [("old" in row, "today" in row) for row in rows if "boss@minhlong.vn" in row] == [
        (False, False),
        (True, True),
    ]


def test_a_workbook_that_still_has_the_month_loses_nothing(here: Path, call: Caller) -> None:
    """Shows no word where KPIs go on over the cycle, before the move, in a workbook without KPIs, nor without mail."""
    path = year(here / "kpi.xlsx", "Q3/2026", 11)
    configure(here, f'{MAIL}[workbook.kpi]\npath = "kpi.xlsx"\n')
    call("sync", "--today", "2026-09-30")
    year(path, "Q4/2026", 11)
    assert call("sync", "--today", "2026-10-01").err == ""
    configure(here, '[workbook.kpi]\npath = "kpi.xlsx"\n')
    year(path, "2027", 0)
    assert "KPI mail" not in call("sync", *MOVED).err


def test_who_had_nothing_to_hear_of_a_month_misses_no_mail(here: Path, call: Caller) -> None:
    """Shows no word in the night after the mail was made, for the lead of a team that has no KPI."""
    path = year(here / "kpi.xlsx", "Q1/2027", 3)
    configure(here, f'{MAIL}teams.Product = ["duc@minhlong.vn"]\n[workbook.kpi]\npath = "kpi.xlsx"\n')
    call("sync", "--today", "2027-04-05")
    year(path, "Q2/2027", 3)
    assert "KPI mail" not in call("sync", "--today", "2027-04-06").err


class Sent(NothingTold):
    """An outbox that has told everything."""

    def known(self, key: str, /) -> bool:  # noqa: ARG002
        """Say yes."""
        return True


def test_a_month_is_open_until_it_was_told_or_is_too_late(moved: Path, here: Path) -> None:
    """Shows that a mail that left, or that leaves no more, is missed by nobody."""
    del moved
    config = config_of(here / "old.xlsx")
    config = config._replace(mail_to=config.mail_to._replace(company=(Mailbox("boss@minhlong.vn"),)))

    def months(day: date, outbox: NothingTold | None = None) -> list[tuple[str, date, bool]]:
        desk = Desk(*evaluated(config, day), config, outbox or NothingTold(), at_night(day))
        return [(one.occasion.period, one.day, one.says_something) for one in desk.months_open(OLD)]

    assert months(date(2026, 12, 1)) == [("2026-11", date(2026, 12, 4), True), ("2026-12", date(2027, 1, 4), True)]
    assert months(date(2027, 1, 5)) == [("2026-12", date(2027, 1, 5), True)]
    assert months(date(2027, 1, 6)) == months(date(2027, 1, 2), Sent()) == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "The KPI mail about 12/2026 leaves on 4 Jan 2027, from kpi.xlsx:"),
        ("vi", "Thư KPI tháng 12/2026 gửi ngày 04/01/2027"),
    ],
)
def test_the_next_cycle_says_what_still_leaves_from_the_old_workbook(
    here: Path, call: Caller, language: str, told: str
) -> None:
    """Shows that who begins a year is told to keep the old workbook until its last mail, and not once that left."""
    configure(here, f'{MAIL}[workbook.kpi]\npath = "kpi.xlsx"\n')
    year(here / "kpi.xlsx", "2026", 11)
    for day, names in (("2026-12-30", True), ("2027-01-05", True), ("2027-01-06", False)):
        done = call("cycle", "next", "kpi.xlsx", "-o", f"{day}.xlsx", "--today", day, "--lang", language)
        assert done.code == 0
        assert ("KPI mail" in done.err or "Thư KPI" in done.err) is names
        assert (told in done.err) is (day == "2026-12-30")
    configure(here, '[workbook.kpi]\npath = "kpi.xlsx"\n')
    assert "12/2026" not in call("cycle", "next", "kpi.xlsx", "-o", "n.xlsx", "--today", "2026-12-30").err
