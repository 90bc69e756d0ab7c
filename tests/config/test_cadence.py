"""Who gets mail, and when, as the configuration says it."""

from __future__ import annotations

from datetime import time

import pytest

from sheetsync.cadence import MailTo, MailWhen
from sheetsync.kinds import MailKind
from sheetsync.post import Mailbox
from tests.config.conftest import Complain, Load

SERVER = '[mail]\nprovider = "local"\nsender = "okr@minhlong.vn"\n'
BOOK = '[workbook.a]\npath = "a.xlsx"\n'


def test_without_a_word_the_usual_holds(load: Load) -> None:
    """Shows that a configuration which says nothing of it asks on Thursday for a check-in on Friday at 17:00."""
    book = load(BOOK).workbooks["a"]
    assert (book.mail_to, book.mail_when) == (MailTo(), MailWhen())


def test_everything_that_may_be_said(load: Load) -> None:
    """Shows every key, with names before addresses, one address in the place of a list, and weekdays by name."""
    text = """
[mail.to]
company = ["Nguyễn Minh Long <long@minhlong.vn>", "\\"Hương, Trần\\" <huong@minhlong.vn>"]
watchers = "board@minhlong.vn"
teams."Kinh doanh" = "bao@minhlong.vn"
owners = false
[mail.when]
check_in = "monday"
hour = "9:30"
send_from = "06:00"
kinds = ["company", "wins"]
quiet = ["sunday", "friday"]
holidays = ["vn", "2026-12-24..2026-12-26"]
grace = 0
"""
    book = load(SERVER + text + BOOK).workbooks["a"]
    assert book.mail_to == MailTo(
        company=(
            Mailbox("long@minhlong.vn", "Nguyễn Minh Long"),
            Mailbox("huong@minhlong.vn", "Hương, Trần"),
        ),
        watchers=(Mailbox("board@minhlong.vn"),),
        teams={"Kinh doanh": (Mailbox("bao@minhlong.vn"),)},
        owners=False,
    )
    assert book.mail_when == MailWhen(
        check_in=0,
        hour=time(9, 30),
        send_from=time(6),
        kinds=(MailKind.COMPANY, MailKind.WINS),
        quiet=(4, 6),
        holidays=("vn", "2026-12-24..2026-12-26"),
        grace=0,
    )


def test_what_a_workbook_says_wins_key_by_key(load: Load) -> None:
    """Shows that [mail] holds for all, [defaults.mail] over it, and a workbook's own over both; teams one by one."""
    text = """
[mail.to]
watchers = "board@minhlong.vn"
teams.Kho = "kho@minhlong.vn"
[mail.when]
check_in = "monday"
remind = 3
[defaults.mail.when]
remind = 0
[workbook.a.mail.to]
teams.Sales = "bao@minhlong.vn"
[workbook.a.mail.when]
check_in = "tuesday"
"""
    config = load(SERVER + text + BOOK + '[workbook.b]\npath = "b.xlsx"\n')
    first, second = config.workbooks["a"], config.workbooks["b"]
    assert (first.mail_when.check_in, first.mail_when.remind) == (1, 0)
    assert (second.mail_when.check_in, second.mail_when.remind) == (0, 0)
    assert first.mail_to.watchers == second.mail_to.watchers == (Mailbox("board@minhlong.vn"),)
    assert (sorted(first.mail_to.teams), sorted(second.mail_to.teams)) == (["Kho", "Sales"], ["Kho"])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('to.company = ["not an address"]', "mail address"),
        ('to.watchers = "Hương <huong@minhlông.vn>"', "mail address"),
        ('to.teams.Sales = ["bao@x.vn", "bao@x.vn"]', "twice"),
        ('when.check_in = "fridya"', 'did you mean "friday"'),
        ('when.hour = "25:00"', "no hour"),
        ("when.hour = 17:00:00", "must be a text"),
        ('when.kinds = ["compny"]', 'did you mean "company"'),
        ("when.grace = 9", "9"),
        ('when.holidays = ["2026-02-30"]', "no day"),
        ('when.holidays = ["2026-02-10..2026-02-01"]', "no day"),
        (
            'when.quiet = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]',
            "every day of the week",
        ),
        ("when.owners = 1", "unknown key"),
    ],
)
def test_what_cannot_be_taken(complain: Complain, line: str, told: str) -> None:
    """Shows that each mistake is told in one line that says where it stands and what is allowed."""
    found = complain(SERVER + line + "\n" + BOOK)
    assert len(found) == 1
    assert told in found[0]
