"""When mail is due: the laws of the cadence, whatever the holidays, leaves and missed nights."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sheetsync.cadence import MailWhen
from sheetsync.kinds import MailKind, Role
from sheetsync.mailing import Addressee, Charge, Choice, Verdict, WorkingCalendar, choices, occasions
from sheetsync.mailing.calendar import Spans

START = date(2026, 10, 1)
DAY = timedelta(days=1)

WHENS = st.builds(
    MailWhen,
    check_in=st.integers(0, 6),
    kinds=st.just(tuple(MailKind)),
    owner=st.integers(0, 4),
    remind=st.integers(0, 4),
    team=st.integers(0, 3),
    company=st.integers(0, 4),
    kpi=st.integers(0, 20),
    quiet=st.sets(st.integers(0, 6), max_size=6).map(lambda days: tuple(sorted(days))),
    grace=st.integers(0, 3),
)
HOLIDAYS = st.lists(
    st.tuples(st.integers(0, 80), st.integers(1, 25)).map(
        lambda span: [START + (span[0] + step) * DAY for step in range(span[1])]
    ),
    max_size=3,
).map(lambda spans: tuple(sorted({day for span in spans for day in span})))
LEAVES = st.lists(st.tuples(st.integers(0, 70), st.integers(0, 30)), max_size=2).map(
    lambda spans: tuple((START + first * DAY, START + (first + days) * DAY) for first, days in spans)
)
NIGHTS = st.lists(st.booleans(), min_size=70, max_size=70)


def played(when: MailWhen, holidays: tuple[date, ...], away: Spans, nights: list[bool]) -> list[tuple[date, Choice]]:
    """Give what is told to one person who gets every kind, night after night; False is a night without a run."""
    calendar = WorkingCalendar(when.quiet, holidays)
    to = Addressee("An", "an@firm.vn", away=away)
    mine = [Charge(to, kind, Role.COMPANY) for kind in MailKind]
    sent: list[tuple[date, Choice]] = []
    told: set[tuple[MailKind, str]] = set()
    for number, runs in enumerate(nights):
        if runs:
            today = START + number * DAY
            made = choices(mine, when, calendar, today, lambda one: (one.charge.kind, one.period) in told)  # noqa: B023
            sent += [(today, one) for one in made if one.verdict is Verdict.DUE]
            told |= {(one.charge.kind, one.period) for one in made if one.verdict is Verdict.DUE}
    return sent


@settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(WHENS, HOLIDAYS, LEAVES, NIGHTS)
def test_laws_of_the_cadence(when: MailWhen, holidays: tuple[date, ...], away: Spans, nights: list[bool]) -> None:
    """Shows that a period is told once, never on a quiet day, a holiday or in leave, never early, never after grace."""
    calendar = WorkingCalendar(when.quiet, holidays)
    sent = played(when, holidays, away, nights)
    periods = [(one.charge.kind, one.period) for _, one in sent]
    assert len(periods) == len(set(periods))
    for today, one in sent:
        assert one.occasion is not None
        assert one.turn is not None
        assert today.weekday() not in when.quiet
        assert today not in holidays
        assert not any(first <= today <= last for first, last in away)
        assert one.occasion.day <= today <= one.turn.last
        back = calendar.first_from(one.occasion.day, away)
        assert back is not None
        assert sum(calendar.works(back + step * DAY) for step in range(1, (today - back).days + 1)) <= when.grace
        assert one.occasion.next is None or today < one.occasion.next


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(WHENS, HOLIDAYS, st.integers(0, 70))
def test_a_run_every_night_misses_no_occasion(when: MailWhen, holidays: tuple[date, ...], skipped: int) -> None:
    """Shows that every occasion is told on its day, and one whose night is missed on the next run within its grace."""
    calendar = WorkingCalendar(when.quiet, holidays)
    every = played(when, holidays, (), [True] * 80)
    told = {(one.charge.kind, one.period): today for today, one in every}
    known = frozenset(told)
    for kind, line in occasions(when, calendar, START + 40 * DAY).items():
        for occasion in line:
            if occasion.reminds and (kind, occasion.reminded.period) not in known:
                continue  # the first question was before the first night
            if START <= occasion.day < START + 75 * DAY:
                assert told.pop((kind, occasion.period)) == occasion.day
    nights = [number != skipped for number in range(80)]
    missing = START + skipped * DAY
    later = {(one.charge.kind, one.period): today for today, one in played(when, holidays, (), nights)}
    for today, one in every:
        assert one.turn is not None
        if today != missing:
            continue
        following = calendar.first_from(missing + DAY)
        caught = following is not None and following <= one.turn.last
        assert (later.get((one.charge.kind, one.period)) == following) is caught


@settings(max_examples=8, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(WHENS, HOLIDAYS, st.integers(0, 100))
def test_occasions_do_not_depend_on_the_night_that_asks(when: MailWhen, holidays: tuple[date, ...], later: int) -> None:
    """Shows that the day of a period is the same whichever night asks for it, so that no night moves a mail."""
    calendar = WorkingCalendar(when.quiet, holidays)
    first, second = (occasions(when, calendar, START + days * DAY) for days in (0, later))
    for kind in MailKind:
        ours = {one.period: one.day for one in first[kind]}
        assert all(ours.get(one.period, one.day) == one.day for one in second[kind][:-2])


def test_a_usual_week() -> None:
    """Shows the days of a week with its check-in on Friday, and of the month that ended before."""
    when, calendar = MailWhen(kinds=tuple(MailKind)), WorkingCalendar((5, 6))
    lines = occasions(when, calendar, date(2026, 11, 18))
    days = {(one.kind, one.period): one.day for line in lines.values() for one in line}
    assert days[MailKind.OWNER, "2026-W47"] == date(2026, 11, 19)
    assert days[MailKind.TEAM, "2026-W47"] == date(2026, 11, 20)
    assert days[MailKind.COMPANY, "2026-W47"] == date(2026, 11, 23)
    assert days[MailKind.OWNER, "2026-W47+"] == date(2026, 11, 23)
    assert days[MailKind.KPI, "2026-10"] == date(2026, 11, 4)
    assert days[MailKind.OWNER, "2026-W48"] == date(2026, 11, 26)


def test_a_month_is_told_from_its_first_to_its_last_day() -> None:
    """Shows the months around the turn of a year and a leap day, each once and with its own days."""
    when, calendar = MailWhen(kinds=tuple(MailKind)), WorkingCalendar((5, 6))
    for today in (date(2027, 12, 20), date(2028, 1, 10), date(2028, 2, 10)):
        line = occasions(when, calendar, today)[MailKind.KPI]
        told = {one.period: (one.start, one.end) for one in line}
        assert told["2027-12"] == (date(2027, 12, 1), date(2027, 12, 31))
        assert told["2028-02"] == (date(2028, 2, 1), date(2028, 2, 29))
        assert len(told) == len(line)
        assert all(period == f"{start:%Y-%m}" == f"{end:%Y-%m}" for period, (start, end) in told.items())


def test_a_check_in_on_a_holiday_takes_its_mails_along() -> None:
    """Shows that the weeks of Tết become one check-in on the first day back, asked for on the last day before."""
    holidays = [date(2026, 2, 13) + step * DAY for step in range(10)]  # Friday to the Sunday of the next week
    lines = occasions(MailWhen(), WorkingCalendar((5, 6), holidays), date(2026, 2, 12))
    owner = {one.period: (one.day, one.check_in) for one in lines[MailKind.OWNER]}
    assert "2026-W07" not in owner
    assert owner["2026-W08"] == (date(2026, 2, 12), date(2026, 2, 23))
    assert owner["2026-W09"] == (date(2026, 2, 26), date(2026, 2, 27))


def test_the_ends_of_the_calendar() -> None:
    """Shows that the first and the last days that a date can be have their occasions, or none, and break nothing."""
    for today in (date.min, date(1, 3, 1), date.max - 3 * DAY, date.max):
        made = choices(
            [Charge(Addressee("An", "an@firm.vn"), kind, Role.COMPANY) for kind in MailKind],
            MailWhen(kinds=tuple(MailKind)),
            WorkingCalendar((5, 6)),
            today,
        )
        assert len(made) == len(MailKind)
