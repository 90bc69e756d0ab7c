"""The mails of a night, made from a whole workbook: what is queued, when it is told, and for how long."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sheetsync import gallery
from sheetsync.cadence import MailTo, MailWhen
from sheetsync.cli.links import placed_link
from sheetsync.cli.mails import Desk, Nightly, NothingTold, Planned
from sheetsync.cli.shipped import words_of
from sheetsync.cli.speech import phrases
from sheetsync.cli.wiring import errand
from sheetsync.config.shape import MailConfig, WorkbookConfig
from sheetsync.errors import TemporaryFailure
from sheetsync.history import History
from sheetsync.kinds import MailKind
from sheetsync.mailing import Choice, Verdict, WorkingCalendar, charges, choices
from sheetsync.model import Goals
from sheetsync.post import Mailbox
from sheetsync.report.digest.coding import loads, semantic_hash
from sheetsync.scoring.working_days import holidays_of
from sheetsync.snapshot import Mail, Run
from sheetsync.sync import Evaluation, Job, evaluate
from sheetsync.workbook import Cell, CellRef

FRIDAY = date(2026, 11, 20)
SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
SERVER = MailConfig("127.0.0.1", 25, "none", "okr@minhlong.vn", reply_to="huong@minhlong.vn")
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Give the workbook of the demo in a language, built once."""
    folder = tmp_path_factory.mktemp("demo")

    @cache
    def build(language: str) -> Path:
        path = folder / f"{language}.xlsx"
        gallery.build_demo(path, phrases(language), FRIDAY)
        return path

    return build


def config_of(path: Path, **given: object) -> WorkbookConfig:
    """Give the configuration of a workbook with a mail server."""
    known = WorkbookConfig("demo", path=path, timezone="Asia/Ho_Chi_Minh", mail_server=SERVER)
    return known._replace(**given)  # type: ignore[arg-type]


def evaluated(config: WorkbookConfig, today: date = FRIDAY) -> tuple[Evaluation, Job]:
    """Read and score a workbook as of a day."""
    one = errand(config, today)
    return evaluate(one.open_backend().read(), one.job), one.job


def at_night(day: date, zone: tzinfo = SAIGON) -> datetime:
    """Give the moment of the nightly run."""
    return datetime.combine(day, time(2, 10), zone)


def made(config: WorkbookConfig, today: date, outbox: object = None) -> tuple[Mail, ...]:
    """Give the mails of one night."""
    evaluation, job = evaluated(config, today)
    return Desk(evaluation, job, config, outbox or NothingTold(), at_night(today)).due()  # type: ignore[arg-type]


def test_the_morning_of_a_check_in(demo: Callable[[str], Path]) -> None:
    """Shows that leads get the agendas of their own teams on Friday, and every part is whole and addressed."""
    mails = made(config_of(demo("vi")), FRIDAY)
    teams = {mail.recipient: loads(mail.content).data for mail in mails if mail.kind == "team"}
    assert {who: data["team"] for who, data in teams.items()} == {
        "bao@minhlong.example": "Kinh doanh",
        "ha@minhlong.example": "Kho vận",
        "duc@minhlong.example": "Sản phẩm",
    }
    told = teams["bao@minhlong.example"]
    assert told["recipient"]["given"] == "Bảo"
    assert told["recipient"]["honorific"] == "anh"
    assert told["links"]["stop"] == "mailto:huong@minhlong.vn?subject=STOP%20team"
    assert told["zone"] == "GMT+7"
    assert {mail.language for mail in mails} == {"vi"}
    assert {mail.not_before for mail in mails} == {datetime(2026, 11, 20, tzinfo=SAIGON)}


def test_mondays_mail_tells_of_the_week_of_the_check_in(demo: Callable[[str], Path]) -> None:
    """Shows that the company hears on Monday of the week of Friday's check-in: its days and its number."""
    monday = FRIDAY + 3 * DAY
    (told, *_) = [loads(mail.content).data for mail in made(config_of(demo("vi")), monday) if mail.kind == "company"]
    assert (told["today"], told["week"]) == (monday, {"start": FRIDAY - 4 * DAY, "end": FRIDAY + 2 * DAY})
    assert told["cycle"]["week"] == 8


def test_owners_are_asked_the_day_before_with_the_deadline(demo: Callable[[str], Path]) -> None:
    """Shows that owners with cells to fill hear on Thursday until when, and nobody else hears anything."""
    mails = made(config_of(demo("vi")), FRIDAY - DAY)
    assert {mail.kind for mail in mails} == {"owner"}
    for mail in mails:
        told = loads(mail.content).data
        assert told["deadline"] == {"day": FRIDAY, "hour": "17:00"}
        assert told["due_cells"]
        assert mail.period == "2026-W47"
        assert mail.expires == datetime(2026, 11, 21, tzinfo=SAIGON)


def test_a_person_reads_in_the_own_language(demo: Callable[[str], Path]) -> None:
    """Shows that the language of the People sheet comes before the workbook's."""
    path, config = demo("vi"), config_of(demo("vi"))
    evaluation, job = evaluated(config)
    people = [
        one._replace(language=Cell(one.sheet, one.row, 6, "English", "English"))
        if "Bảo" in str(one.name.value)
        else one
        for one in evaluation.goals.people
    ]
    evaluation = evaluation._replace(goals=evaluation.goals._replace(people=tuple(people)))
    mails = Desk(evaluation, job, config_of(path), NothingTold(), at_night(FRIDAY)).due()
    languages = {mail.recipient: mail.language for mail in mails}
    assert (languages["bao@minhlong.example"], languages["ha@minhlong.example"]) == ("en", "vi")


def test_a_night_twice_and_a_week_without_news(demo: Callable[[str], Path], tmp_path: Path) -> None:
    """Shows with a true outbox that a second run queues nothing, and an unchanged summary stays away the next week."""
    config = config_of(demo("vi"), mail_when=MailWhen(kinds=(MailKind.COMPANY,)))
    monday = FRIDAY + 3 * DAY
    with History.open(tmp_path / "h.sqlite3", lambda: at_night(monday).astimezone(UTC)) as history:
        place = errand(config, monday).job.place
        mails = made(config, monday, history.outbox)
        assert [mail.kind for mail in mails] == ["company"]
        history.commit(Run(place, "demo", monday), None, mails=mails)
        assert made(config, monday, history.outbox) == ()
        assert made(config, monday + DAY, history.outbox) == ()
        evaluation, job = evaluated(config, monday)
        later = evaluation._replace(today=monday + 7 * DAY)
        desk = Desk(later, job, config, history.outbox, at_night(monday + 7 * DAY))
        assert [one.verdict for one in desk.planned()] == [Verdict.UNCHANGED]


class Asked(NothingTold):
    """An outbox that has asked everybody for everything so often since any update, and the first time of this week."""

    def __init__(self, goals: Goals, times: int) -> None:
        names = [item.key for items in (goals.key_results, goals.kpis) for item in items]
        names += [f"{item.key}|{one.period.end}" for item in goals.kpis for one in item.periods]
        days = {f"2026-W{47 + number}": FRIDAY + (number + 1) * DAY for number in range(times)}
        self._asked = dict.fromkeys(names, days)

    def asked(self, recipient: str, place: str) -> Mapping[str, Mapping[str, date]]:  # noqa: ARG002
        """Give the same of everybody."""
        return self._asked

    def known(self, key: str, /) -> bool:
        """Say that all first questions were put."""
        return "|owner|" in key and not key.endswith("+")


class Forgetful(Asked):
    """One that knows of no mail of this week."""

    def known(self, key: str, /) -> bool:  # noqa: ARG002
        """Say no."""
        return False


def test_a_reminder_has_no_deadline_that_is_over(demo: Callable[[str], Path]) -> None:
    """Shows that what is asked for again on Monday is not wanted by the Friday before, and only where it was asked."""
    config, monday = config_of(demo("vi")), FRIDAY + 3 * DAY
    evaluation, _ = evaluated(config)
    reminders = [mail for mail in made(config, monday, Asked(evaluation.goals, 1)) if mail.kind == "owner"]
    assert reminders
    assert {mail.period for mail in reminders} == {"2026-W47+"}
    assert all(loads(mail.content).data["deadline"] is None for mail in reminders)
    assert all(mail.asks and not any(name.endswith("confidence") for name in mail.asks) for mail in reminders)
    assert [mail for mail in made(config, monday) if mail.kind == "owner"] == []


def test_three_silences_go_to_the_lead(demo: Callable[[str], Path]) -> None:
    """Shows that what was asked three times in vain is asked no more, and stands in the lead's list as escalated."""
    config = config_of(demo("vi"))
    thursday, goals = FRIDAY - DAY, evaluated(config)[0].goals
    twice, thrice = (Forgetful(goals, times) for times in (2, 3))
    assert made(config, thursday, thrice) == ()
    assert made(config, thursday, twice) != ()
    for outbox, times in ((twice, 2), (thrice, 3)):
        teams = [loads(mail.content).data for mail in made(config, FRIDAY, outbox) if mail.kind == "team"]
        waiting = [one for team in teams for one in team["remind"]]
        assert waiting
        assert {(one["nudged"], one["escalated"]) for one in waiting} == {(times, times == 3)}
        assert all(one["escalated_cells"] == (one["cells"] if times == 3 else []) for one in waiting)


ZONES = [
    ZoneInfo("Pacific/Kiritimati"),  # UTC+14
    timezone(timedelta(hours=-14)),
    ZoneInfo("Etc/GMT+12"),
    ZoneInfo("Asia/Kathmandu"),  # UTC+5:45
    ZoneInfo("Africa/Cairo"),
    UTC,
]


@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_days_are_those_of_the_company(demo: Callable[[str], Path], zone: tzinfo) -> None:
    """Shows for zones from UTC-14 to UTC+14 that a mail is told from the company's morning to its midnight."""
    config = config_of(demo("vi"), mail_when=MailWhen(send_from=time(6, 30)))
    evaluation, job = evaluated(config)
    mails = Desk(evaluation, job, config, NothingTold(), at_night(FRIDAY, zone)).due()
    assert mails
    for mail in mails:
        assert mail.not_before.astimezone(zone).replace(tzinfo=None) == datetime(2026, 11, 20, 6, 30)
        assert mail.expires is not None
        assert mail.expires.astimezone(zone).time() == time()
        assert timedelta() < mail.expires - mail.not_before < timedelta(days=6)
        assert loads(mail.content).data["read_at"].utcoffset() == at_night(FRIDAY, zone).utcoffset()


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Africa/Cairo", date(2026, 4, 24)),  # a Friday without the hour after midnight
        ("Africa/Cairo", date(2026, 10, 30)),  # and one that has the hour before midnight twice
        ("America/New_York", date(2026, 3, 8)),
        ("America/New_York", date(2026, 11, 1)),
        ("Australia/Lord_Howe", date(2026, 4, 5)),
    ],
)
def test_days_on_which_clocks_are_put(demo: Callable[[str], Path], zone: str, day: date) -> None:
    """Shows that a day of 23 or 25 hours is told like any other: from its beginning, and for a day at least."""
    when = MailWhen(check_in=day.weekday(), quiet=(), kinds=(MailKind.COMPANY, MailKind.TEAM), company=0, grace=0)
    config = config_of(demo("vi"), mail_when=when, timezone=zone)
    evaluation, job = evaluated(config)
    mails = Desk(evaluation._replace(today=day), job, config, NothingTold(), at_night(day, ZoneInfo(zone))).due()
    assert {mail.kind for mail in mails} == {"company", "team"}
    for mail in mails:
        assert mail.expires is not None
        length = mail.expires.astimezone(UTC) - mail.not_before.astimezone(UTC)
        assert timedelta(hours=22) < length < timedelta(hours=26)
        assert mail.not_before <= at_night(day, ZoneInfo(zone)) < mail.expires


def test_a_day_that_is_over_is_not_queued(demo: Callable[[str], Path]) -> None:
    """Shows that a run for an earlier day, set by hand, leaves nothing in the outbox."""
    config = config_of(demo("vi"))
    evaluation, job = evaluated(config)
    assert Desk(evaluation, job, config, NothingTold(), at_night(FRIDAY + 9 * DAY)).due() == ()


class Broken:
    """A history whose outbox cannot be used."""

    @property
    def outbox(self) -> object:
        """Refuse."""
        raise TemporaryFailure("history.locked", path="h")


def test_what_goes_wrong_with_mail_never_stops_a_run(demo: Callable[[str], Path]) -> None:
    """Shows that an outbox that fails, and a bug, give no mail and are kept to be told; and nothing is raised."""
    config = config_of(demo("vi"))
    evaluation, job = evaluated(config)
    nightly = Nightly(config, lambda: at_night(FRIDAY))
    assert nightly(evaluation, job, Broken()) == ()
    assert isinstance(nightly.error, TemporaryFailure)
    another = Nightly(config, lambda: at_night(FRIDAY))
    assert another(evaluation, job, object()) == ()
    assert (another.error, "AttributeError" in another.bug) == (None, True)


def test_texts_of_ten_thousand_characters(demo: Callable[[str], Path]) -> None:
    """Shows that a blocker as long as a book, and names with line breaks and headers in them, make whole parts."""
    config = config_of(demo("vi"), mail_to=MailTo(watchers=(Mailbox("hdqt@minhlong.vn", "X\r\nBcc: e@e.e"),)))
    evaluation, job = evaluated(config, FRIDAY + 3 * DAY)
    rows = [
        one._replace(blocker=Cell(one.sheet, one.row, 12, "x", "Sàn tăng phí. " * 1000))
        for one in evaluation.goals.key_results
    ]
    evaluation = evaluation._replace(goals=evaluation.goals._replace(key_results=tuple(rows)))
    mails = Desk(evaluation, job, config, NothingTold(), at_night(FRIDAY + 3 * DAY)).due()
    company = [mail for mail in mails if mail.kind == "company"]
    assert [mail.recipient for mail in company] == ["long@minhlong.example", "hdqt@minhlong.vn"]
    assert all(json.loads(mail.content)["kind"] == mail.kind for mail in mails)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_quarter_of_the_demo(demo: Callable[[str], Path], language: str, golden: Callable[[str, str], None]) -> None:
    """Shows who gets what on every day of a quarter with Tết, one on leave and one night missed; it was looked at."""
    config = config_of(demo(language), mail_when=MailWhen(kinds=tuple(MailKind)))
    evaluation, _ = evaluated(config)
    lines = list(_quarter(evaluation.goals, config, language))
    golden(f"quarter.{language}.txt", "\n".join(lines) + "\n")


def _quarter(goals: Goals, config: WorkbookConfig, language: str) -> Iterator[str]:
    words = phrases(language)
    away = ((date(2027, 1, 11), date(2027, 1, 22)),)
    people = tuple(
        one._replace(leave=Cell(one.sheet, one.row, 7, "x", away)) if place == 4 else one
        for place, one in enumerate(goals.people)
    )
    when, to = config.mail_when, config.mail_to
    mine = charges(goals._replace(people=people), to, when, lambda text: words_of(language).value("language", text))
    calendar = WorkingCalendar(when.quiet, holidays_of(("vn",), 5))
    told: set[tuple[str, MailKind, str]] = set()
    for number in range(92):
        today = date(2027, 1, 1) + number * DAY
        if today == date(2027, 3, 5):  # nothing ran that night
            continue
        due = [one for one in choices(mine, when, calendar, today, partial(_is_in, told)) if one.verdict is Verdict.DUE]
        told |= {_name(one) for one in due}
        if due:
            yield f"{words.text(f'cli.mail.weekday.{today.weekday()}')} {words.date(today)}"
        for kind in MailKind:
            some = [one for one in due if one.charge.kind is kind]
            for period in dict.fromkeys(one.occasion.period for one in some if one.occasion):
                names = ", ".join(_told(one) for one in some if one.occasion and one.occasion.period == period)
                yield f"    {words.text(f'cli.mail.kind.{kind}')} {period}: {names}"


def _is_in(told: set[tuple[str, MailKind, str]], one: Choice) -> bool:
    return _name(one) in told


def _name(one: Choice) -> tuple[str, MailKind, str]:
    return one.charge.to.address, one.charge.kind, one.period


def _told(one: Choice) -> str:
    return f"{one.charge.to.name} ({one.charge.team})" if one.charge.team else one.charge.to.name


def test_a_lead_of_two_teams_hears_of_each(demo: Callable[[str], Path], tmp_path: Path) -> None:
    """Shows two agendas of one week for one lead, and that each is compared with the last one of its own team."""
    board = Mailbox("tp@minhlong.vn", "Trưởng")
    to = MailTo(teams={"Kinh doanh": (board,), "Kho vận": (board,)})
    config = config_of(demo("vi"), mail_to=to, mail_when=MailWhen(kinds=(MailKind.TEAM,)))
    with History.open(tmp_path / "h.sqlite3", lambda: at_night(FRIDAY).astimezone(UTC)) as history:
        place = errand(config, FRIDAY).job.place
        both = [mail for mail in made(config, FRIDAY, history.outbox) if mail.recipient == board.address]
        assert [mail.period for mail in both] == ["2026-W47 Kinh doanh", "2026-W47 Kho vận"]
        evaluation, job = evaluated(config)
        later = evaluation._replace(today=FRIDAY + 7 * DAY)

        def planned() -> list[Planned]:
            desk = Desk(later, job._replace(today=FRIDAY), config, history.outbox, at_night(FRIDAY + 7 * DAY))
            return [one for one in desk.planned() if one.choice.charge.to.address == board.address]

        # What waits is older a week later; all else is the same.
        hashes = {one.choice.about: semantic_hash(one.digest) for one in planned() if one.digest is not None}
        both = [mail._replace(digest_hash=hashes[mail.period.removeprefix("2026-W47")]) for mail in both]
        history.commit(Run(place, "demo", FRIDAY), None, mails=both)
        assert [one.verdict for one in planned()] == [Verdict.UNCHANGED, Verdict.UNCHANGED]


def test_links_to_cells_of_a_file_go_by_the_address_of_the_configuration(demo: Callable[[str], Path]) -> None:
    """Shows that a mail leads to the cells of an Excel file where its address is known, and else names them alone."""
    config = config_of(demo("vi"))
    plain = next(loads(mail.content).data for mail in made(config, FRIDAY) if mail.kind == "team")
    assert (plain["workbook"]["url"], {item["cell"]["url"] for item in plain["agenda"]}) == (None, {None})
    address = "https://acme.sharepoint.com/okr.xlsx?web=1&activeCell='{sheet}'!{cell}"
    told = next(loads(mail.content).data for mail in made(config._replace(url=address), FRIDAY) if mail.kind == "team")
    cell = told["agenda"][0]["cell"]
    assert cell["url"] == f"https://acme.sharepoint.com/okr.xlsx?web=1&activeCell='{cell['sheet']}'!{cell['a1']}"
    assert told["workbook"]["url"].endswith("!A1")


def test_a_worksheet_of_any_name_stays_inside_its_place() -> None:
    """Shows that no name of a worksheet changes where a link leads."""
    link = placed_link("https://acme.vn/a?c='{sheet}'!{cell}&x=1", CellRef("Q4 & O'K#{cell}", 12, 6))
    assert link == "https://acme.vn/a?c='Q4%20%26%20O%27%27K%23%7Bcell%7D'!F12&x=1"
