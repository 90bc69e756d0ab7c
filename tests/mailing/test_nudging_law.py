"""The law of nudges, over the nights of a quarter: a whole workbook, a true history, and a server that takes all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from sheetsync import gallery
from sheetsync.cli.mails import Desk
from sheetsync.cli.speech import phrases
from sheetsync.cli.wiring import errand
from sheetsync.config.shape import MailConfig, WorkbookConfig
from sheetsync.evaluating import evaluate
from sheetsync.history import History
from sheetsync.keeping import Looked
from sheetsync.post import Fate, Message, Receipt
from sheetsync.posting import Channel, Order, send_due
from sheetsync.report.digest.coding import loads
from sheetsync.snapshot import Run
from sheetsync.workbook import CellValue, Workbook
from tests.posting.world import SENDER, make

FIRST, NIGHTS = date(2026, 11, 23), 40
DAY = timedelta(days=1)
SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
PATIENCE, WEEK, GRACE = 3, 7, 7
"""The law in numbers of its own: silences, days of a value, days after a month."""
UPDATED, WEDNESDAY = 12, 2
"""The column of the demo that holds the date of a value, and the day on which one owner puts his in."""


class Letter(NamedTuple):
    """One part of a mail as a person got it."""

    day: date
    to: str
    kind: str
    period: str
    data: Mapping[str, Any]


class Firm:
    """The demo, in which Bảo alone keeps his key results, and Trúc once touches hers."""

    def __init__(self, folder: Path) -> None:
        path = folder / "okr.xlsx"
        gallery.build_demo(path, phrases("vi"), FIRST - DAY)
        server = MailConfig("127.0.0.1", 25, "none", SENDER)
        self.config = WorkbookConfig("demo", path=path, timezone="Asia/Ho_Chi_Minh", mail_server=server)
        self.path, self.now = folder / "history.sqlite3", FIRST
        self.book = errand(self.config, FIRST).open_backend().read()
        self.letters: list[Letter] = []
        self.touched: dict[str, list[date]] = defaultdict(list)

    def moment(self) -> datetime:
        """Give the moment of the nightly run."""
        return datetime.combine(self.now, time(5), SAIGON)

    def night(self, day: date) -> None:
        """Run one night: what somebody typed the day before, the mails, and their sending."""
        self.now = day
        self._edit(day - DAY)
        job = errand(self.config, day).job
        with History.open(self.path, lambda: self.moment().astimezone(UTC)) as history:
            evaluation = evaluate(self.book, job, Looked(history, needed=True))
            mails = Desk(evaluation, job, self.config, history.outbox, self.moment()).due()
            history.commit(Run(job.place, "demo", day), evaluation.snapshot, mails=mails)
            known = {(mail.recipient, mail.kind, mail.period): loads(mail.content).data for mail in mails}
            order = Order(self.moment, lambda seconds: None, confirm=True)  # noqa: ARG005 - nobody waits
            send_due([history.outbox.limited((job.place,), SENDER)], {"mail": Channel(make, self)}, order)
            for parcel in history.outbox.parcels(day):
                for part in history.outbox.parts_of(parcel.number) if parcel.day == day else ():
                    told = known.get((part.recipient, part.kind, part.period))
                    if told is not None:
                        self.letters.append(Letter(day, part.recipient, part.kind, part.period, told))

    def connect(self) -> None:
        """Be there."""

    def send(self, message: Message) -> Receipt:  # noqa: ARG002 - has the form of a carrier
        """Take every message."""
        return Receipt(Fate.SENT)

    def _edit(self, day: date) -> None:
        if day.weekday() == WEDNESDAY:
            for key, row in (("KR-1", 7), ("KR-10", 19)):
                self._put(key, row, UPDATED, datetime.combine(day, time()))
        if day == date(2026, 12, 15):
            self._put("KR-15", 26, UPDATED, datetime.combine(day, time()))

    def _put(self, key: str, row: int, column: int, value: CellValue) -> None:
        self.touched[key].append(self.now - DAY)
        self.book = with_cell(self.book, row, column, value)


def with_cell(book: Workbook, row: int, column: int, value: CellValue) -> Workbook:
    """Give the workbook with one cell of the worksheet OKR changed."""
    sheets = []
    for sheet in book.sheets:
        rows = [list(one) for one in sheet.rows]
        if sheet.name == "OKR":
            rows[row - 1][column - 1] = value
        sheets.append(sheet._replace(rows=rows))
    return book._replace(sheets=tuple(sheets))


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Firm:
    """Give the firm after all nights."""
    made = Firm(tmp_path_factory.mktemp("firm"))
    for number in range(NIGHTS):
        made.night(FIRST + number * DAY)
    return made


def questions(firm: Firm) -> Mapping[tuple[str, str, str], list[date]]:
    """Give the days on which each person was asked for each cell of an item."""
    found: dict[tuple[str, str, str], list[date]] = defaultdict(list)
    for letter in firm.letters:
        for due in letter.data["due_cells"] if letter.kind == "owner" else ():
            found[letter.to, due["item"]["key"], due["cell"]["text"]].append(letter.day)
    return found


def test_a_person_gets_one_mail_a_day(firm: Firm) -> None:
    """Shows that nobody has two messages of one day, nor a kind of one period twice."""
    with History.open(firm.path) as history:
        messages = Counter((one.recipient, one.day) for one in history.outbox.parcels(FIRST))
    assert len(messages) > NIGHTS
    assert set(messages.values()) == {1}
    told = Counter((one.to, one.kind, one.period) for one in firm.letters)
    assert set(told.values()) == {1}


def test_a_question_is_put_three_times_at_most_until_somebody_touches_the_value(firm: Firm) -> None:
    """Shows that of all that is asked nothing is asked a fourth time in vain, and that most is asked thrice."""
    longest = Counter[int]()
    for (_, key, _), days in questions(firm).items():
        answers = [date.min, *firm.touched[key], date.max]
        runs = [sum(since < day <= until for day in days) for since, until in pairwise(answers)]
        assert max(runs) <= PATIENCE, (key, days)
        longest[max(runs)] += 1
    assert longest[PATIENCE] > 10
    late = {letter.to for letter in firm.letters if letter.kind == "owner" and letter.day > FIRST + 30 * DAY}
    assert late == {"truc@minhlong.example"}  # whoever touched a value late is asked for it again, and nobody else


def test_nothing_is_asked_that_is_not_due(firm: Firm) -> None:
    """Shows that every value asked for has none, cannot be read, or will be older than a week at the check-in."""
    asked = [(letter, due) for letter in firm.letters if letter.kind == "owner" for due in letter.data["due_cells"]]
    assert asked
    for letter, due in asked:
        friday = date.fromisocalendar(2026, int(letter.period[6:8]), 5)
        if due["what"] != "current" or due["last_day"] is None:
            continue
        if due["item"]["kind"] == "kpi":
            assert friday > date(2026, 11, 30) + GRACE * DAY
            assert due["last_day"] == date(2026, 10, 31)
        else:
            assert (friday - due["last_day"]).days > WEEK


def test_nobody_is_reminded_of_what_was_not_asked(firm: Firm) -> None:
    """Shows that each question of a reminder was put before the check-in of the same week."""
    first: dict[tuple[str, str], set[str]] = {}
    reminders = 0
    for letter in firm.letters:
        if letter.kind == "owner":
            cells = {due["cell"]["text"] for due in letter.data["due_cells"]}
            week = letter.period.removesuffix("+")
            if week == letter.period:
                first[letter.to, week] = cells
            else:
                reminders += 1
                assert cells <= first[letter.to, week]
    assert reminders


def test_what_is_asked_no_more_is_on_the_leads_list(firm: Firm) -> None:
    """Shows that each value that was asked for three times in vain stands in the lead's next agenda as such."""
    leads = [letter for letter in firm.letters if letter.kind == "team"]
    last = max(letter.day for letter in leads)
    escalated = {
        cell["text"]
        for one in leads
        if one.day == last
        for row in one.data["remind"]
        for cell in row["escalated_cells"]
    }
    values = {
        due["cell"]["text"]: due["item"]["key"]
        for letter in firm.letters
        if letter.kind == "owner"
        for due in letter.data["due_cells"]
        if due["what"] != "confidence"
    }
    silent = {
        cell
        for (_, key, cell), days in questions(firm).items()
        if cell in values
        and sum(day > max(firm.touched[key], default=date.min) for day in days if day < last) == PATIENCE
    }
    assert silent
    assert silent <= escalated
