"""Makes the mails of a night: who is told what today, each as one part for the outbox, and for everybody why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import click

from sheetsync.cli import exits, tell
from sheetsync.cli.night_files import page_address
from sheetsync.cli.pages import zone_of
from sheetsync.cli.speech import say
from sheetsync.cli.summary import source_of
from sheetsync.config.shape import WorkbookConfig
from sheetsync.errors import SheetsyncError
from sheetsync.kinds import MailKind, Role
from sheetsync.mailing import Charge, Choice, Told, Verdict, WorkingCalendar, charges, choices
from sheetsync.mailing.deciding import foreseen, judged, says_something
from sheetsync.mailing.occasions import Occasion, occasions, turn_of
from sheetsync.model import Cycle
from sheetsync.names import folded
from sheetsync.posting import LOOKED_BACK
from sheetsync.record import NamedTuple
from sheetsync.report.digest import (
    ROWS,
    Recipient,
    Source,
    company_digest,
    kpi_digest,
    owner_digest,
    prepared,
    team_digest,
    wins_digest,
)
from sheetsync.report.digest.coding import dumps, semantic_hash
from sheetsync.report.digest.due import Due, due_cells
from sheetsync.report.digest.nudges import ignored, question_name, to_ask
from sheetsync.report.digest.source import known_of, owned_by
from sheetsync.results import Digest
from sheetsync.scoring.working_days import holidays_of
from sheetsync.snapshot import Mail

if TYPE_CHECKING:
    from sheetsync.cli.wiring import Selected
    from sheetsync.sync import Evaluation, Job

VIETNAM = ("Asia/Ho_Chi_Minh", "Asia/Saigon", "Asia/Hanoi")
"""Time zones whose companies have the public holidays of Vietnam, where nothing else is said."""


NEXT = (Verdict.LATER, Verdict.LEAVE, Verdict.TOLD)
"""What is not told today, and may be another time."""


UNREACHABLE = ("no_address", "bad_address", "shared", "unclear")
"""What keeps mail from somebody who has not said no to it, as ``mailing.people`` calls it."""


class NothingTold:
    """Answers like an outbox out of which nothing was ever sent."""

    def known(self, key: str, /) -> bool:  # noqa: ARG002 - has the form of Told
        """Say no."""
        return False

    def last_hash(self, kind: str, recipient: str, place: str | None = None, about: str = "") -> str | None:  # noqa: ARG002
        """Give nothing."""
        return None

    def asked(self, recipient: str, place: str) -> Mapping[str, Mapping[str, date]]:  # noqa: ARG002
        """Give nothing."""
        return {}


class Planned(NamedTuple):
    """One mail that somebody may get: what becomes of it today, and what it says where that had to be known."""

    choice: Choice
    verdict: Verdict
    digest: Digest | None = None


class Month(NamedTuple):
    """A month whose KPI mail some people wait for, from ``day`` on, and whether it would say anything."""

    occasion: Occasion
    day: date
    says_something: bool


class Desk:
    """Decides over the mails of one workbook on one day, and makes their digests."""

    def __init__(
        self,
        evaluation: Evaluation,
        job: Job,
        config: WorkbookConfig,
        told: Told | None,
        now: datetime,
        language: str | None = None,
    ) -> None:
        """Take an evaluated workbook, its configuration, the outbox to ask, and the moment.

        ``language`` takes the place of everybody's own.
        """
        self._spoken = language
        self._evaluation, self._job, self._config = evaluation, job, config
        self._told: Told = told if told is not None else NothingTold()
        self._now = now
        self._when = config.mail_when
        self._sources: dict[str, Source] = {}
        self._questions: dict[str, Mapping[str, Mapping[str, date]]] = {}

    def due(self) -> tuple[Mail, ...]:
        """Give what the workbook has to tell today, for the outbox.

        What would be too late by now (a day that somebody set by hand) is left out.
        """
        made: list[Mail] = []
        if self._config.mail_server is not None:
            made += (self.mail(one) for one in self.planned() if one.verdict is Verdict.DUE)
        if self._config.webhooks:
            from sheetsync.cli.chat_mails import chat_mails

            made += chat_mails(self, self._config, self._evaluation.today)
        return tuple(mail for mail in made if mail.expires is not None and mail.expires > self._now)

    def planned(self, *, wanted: Callable[[Charge], bool] = lambda charge: True) -> Iterator[Planned]:  # noqa: ARG005
        """Say of every mail that somebody may get what becomes of it today."""
        evaluation = self._evaluation
        made = choices(filter(wanted, self._people_told()), self._when, self.calendar, evaluation.today, self.known)
        for choice in made:
            if choice.verdict is not Verdict.DUE:
                yield Planned(choice, choice.verdict)
                continue
            digest = self.digest(choice)
            verdict = judged(choice, digest.data, partial(semantic_hash, digest), self._told, self.place)
            yield Planned(choice, verdict, digest)

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """The days on which mail may reach people."""
        return WorkingCalendar(self._when.quiet, self._holidays())

    def _holidays(self) -> Sequence[date]:
        named = self._when.holidays
        if named is None and self._evaluation.profile.curve.holidays:
            return self._evaluation.profile.curve.holidays
        if named is None:
            named = ("vn",) if self._config.timezone in VIETNAM else ()
        return holidays_of(named, 7 - len(self._when.quiet))

    @property
    def told(self) -> Told:
        """What was told before."""
        return self._told

    @property
    def place(self) -> str:
        """Where the workbook is, as the history knows it."""
        return self._job.place

    def _people_told(self) -> tuple[Charge, ...]:
        return charges(self._evaluation.goals, self._config.mail_to, self._when, self._language_named)

    def _language_named(self, text: str) -> str | None:
        return self._job.lexicon.value("language", text)

    def language(self, charge: Charge) -> str:
        """Give the language in which somebody is told: the own one, else the workbook's."""
        own = self._spoken or charge.to.language
        return own if own is not None and own in self._job.phrases else self._evaluation.phrases.language

    def key(self, choice: Choice, place: str = "") -> str:
        """Give what the outbox knows a mail by; ``place`` is another one of the workbook's than that of today."""
        return "|".join((place or self.place, choice.charge.kind, choice.charge.to.address.lower(), choice.period))

    @property
    def moved_from(self) -> str:
        """The place under which the last night told of the workbook, where it was found elsewhere tonight."""
        recalled = self._evaluation.recalled
        return recalled.moved_from if recalled is not None else ""

    def known(self, choice: Choice, before: str = "") -> bool:
        """Say whether a mail is in the outbox, under the workbook's place of today or that of last night.

        ``before`` is what stands before its key there, such as the channel of a chat.
        """
        places = (self.place, self.moved_from) if self.moved_from else (self.place,)
        return any(self._told.known(f"{before}{self.key(choice, place)}") for place in places)

    def unreached(self) -> dict[str, tuple[str, ...]]:
        """Give who would get mail and cannot be reached, by the reason; who wants none is left out."""
        found: dict[str, dict[str, None]] = {}
        for charge in self._people_told():
            if charge.barred in UNREACHABLE:
                found.setdefault(charge.barred, {})[charge.to.name] = None
        return {why: tuple(found[why]) for why in UNREACHABLE if why in found}

    def nobody_left(self, outbox: Any, sender: str) -> bool:
        """Say whether mail of the workbook went out in the last weeks, and nobody is named now who would get any."""
        if self._people_told():
            return False
        return bool(outbox.limited((self.place,), sender).offered_here(self._evaluation.today - LOOKED_BACK))

    def foreseen(self, planned: Planned) -> Planned:
        """Say of a mail whose day is to come whether it would say anything then."""
        turn = planned.choice.turn
        if planned.verdict not in NEXT or turn is None:
            return planned
        choice = foreseen(planned.choice, self.digest(planned.choice, turn.day).data)
        return Planned(choice, choice.verdict)

    def months_open(self, cycle: Cycle, before: date = date.max, after: date = date.min) -> tuple[Month, ...]:
        """Give the months of a cycle whose KPI mail is still to be told, the earliest first.

        They end ``before`` a day, and people's turn to be told comes ``after`` one.
        """
        today, found = self._evaluation.today, dict[str, Month]()
        line = occasions(self._when, self.calendar, today)[MailKind.KPI]
        for charge in (one for one in self._people_told() if one.kind is MailKind.KPI and not one.barred):
            for occasion in line:
                turn = turn_of(occasion, self._when, self.calendar, charge.to.away)
                choice = Choice(charge, Verdict.DUE, occasion, turn)
                inside = cycle.start <= occasion.end <= cycle.due and occasion.end < before
                if not inside or turn is None or turn.last < today or turn.day <= after or self.known(choice):
                    continue
                day = max(turn.day, today)
                says = says_something(MailKind.KPI, self.digest(choice, day).data)
                known = found.get(occasion.period, Month(occasion, day, says_something=False))
                found[occasion.period] = known._replace(
                    day=max(known.day, day), says_something=known.says_something or says
                )
        return tuple(found[period] for period in sorted(found))

    def months_lost(self) -> tuple[Month, ...]:
        """Give the months whose KPI mail can say nothing any more, as the workbook moved on to the next cycle tonight.

        What the periods of KPIs said is not remembered. Nothing where the last night knew of no KPI; and whose turn had
        come by then has the mail, or had nothing to hear.
        """
        past, new = self._evaluation.past, self._evaluation.goals.cycle
        if past is None or not past.nights or new is None:
            return ()
        last = past.nights[-1]
        old = past.cycle_on(last)
        if old is None or old.start >= new.start:
            return ()
        if not any(item.kind == "kpi" and item.last >= last for item in past.items.values()):
            return ()
        return tuple(one for one in self.months_open(old, new.start, last) if not one.says_something)

    def digest(self, choice: Choice, day: date | None = None) -> Digest:
        """Make what a mail says, as of today, or as of a later day if nobody changes a cell before."""
        charge, occasion = choice.charge, choice.occasion
        assert occasion is not None  # noqa: S101 - only what has its time is made
        source = self._source(charge)._replace(about=(occasion.start, occasion.end))
        if day is not None:
            source = source._replace(today=day)
        if charge.kind is MailKind.COMPANY:
            return company_digest(source)
        if charge.kind is MailKind.TEAM:
            return team_digest(source, charge.team or "", by=occasion.check_in, nudged=partial(self._nudged, source))
        if charge.kind is MailKind.OWNER:
            return owner_digest(source, charge.to.name, **self._deadline(occasion), **self._asking(choice, source))
        if charge.kind is MailKind.KPI:
            return kpi_digest(source, charge.team if charge.role is Role.TEAM else None)
        return wins_digest(source, occasion.start, max(occasion.start, min(occasion.end, self._evaluation.today)))

    def _deadline(self, occasion: Occasion) -> dict[str, Any]:
        """Give until when values are wanted; a check-in that is over is no deadline any more."""
        day, hour = occasion.check_in, self._when.hour
        if day is None or day < self._evaluation.today:
            return {}
        return {"deadline": day, "hour": f"{hour:%H:%M}" if hour is not None else None}

    def _source(self, charge: Charge) -> Source:
        language = self.language(charge)
        if language not in self._sources:
            phrases = self._job.phrases[language]
            self._sources[language] = prepared(self._with_moment(source_of(self._evaluation, self._job, phrases)))
        to = charge.to
        recipient = Recipient(to.name, charge.role.value, to.honorific, charge.team)
        page = page_address(self._config, self._job.name)
        return self._sources[language]._replace(recipient=recipient, stop=self._stop(charge.kind), report_url=page)

    def _with_moment(self, source: Source) -> Source:
        if self._now.date() != source.today:
            return source
        return source._replace(read_at=self._now, zone=zone_of(self._now))

    def _stop(self, kind: MailKind) -> str | None:
        """Give the address that a person writes to who wants no more of a kind."""
        server = self._config.mail_server
        return f"mailto:{server.reply_to or server.sender}?subject={quote(f'STOP {kind}')}" if server else None

    def _asking(self, choice: Choice, source: Source) -> dict[str, Any]:
        """Give what an owner may be asked on an occasion; it reminds of nothing but what was asked the first time."""
        occasion, to = choice.occasion, choice.charge.to
        assert occasion is not None  # noqa: S101 - only what has its time is made
        asked = self._asked(to.address)
        first = occasion.reminded.period
        only = frozenset(name for name, periods in asked.items() if first in periods) if occasion.reminds else None
        nudged = partial(ignored, asked={name: days.values() for name, days in asked.items()}, source=source)
        return {"by": occasion.check_in, "nudged": nudged, "only": only}

    def _asked(self, address: str) -> Mapping[str, Mapping[str, date]]:
        if address not in self._questions:
            self._questions[address] = self._told.asked(address, self.place) if address else {}
        return self._questions[address]

    def _nudged(self, source: Source, owner: str, due: Due) -> int:
        """Count how often an owner was asked for a cell in vain; nobody is asked who cannot be reached."""
        person = known_of(source).called.get(folded(owner))
        address = self._addresses.get(folded(person.name.value if person is not None else owner), "")
        asked = {name: days.values() for name, days in self._asked(address).items()}
        return ignored(due, asked, source)

    @cached_property
    def _addresses(self) -> Mapping[str, str]:
        """The address of everybody who is asked for cells, by name."""
        owners = [charge.to for charge in self._people_told() if charge.kind is MailKind.OWNER and not charge.barred]
        return {folded(text): one.address for one in reversed(owners) for text in (one.address, one.name)}

    def mail(self, one: Planned) -> Mail:
        """Give a mail that is due as the part that the outbox takes."""
        choice, digest = one.choice, one.digest
        assert choice.turn is not None  # noqa: S101 - only what is due is queued
        assert digest is not None  # noqa: S101 - as above
        charge, zone = choice.charge, self._now.tzinfo
        return Mail(
            key=self.key(choice),
            kind=charge.kind.value,
            recipient=charge.to.address,
            name=charge.to.name if charge.to.name != charge.to.address else "",
            language=self.language(charge),
            period=choice.period,
            content=dumps(digest),
            digest_hash=semantic_hash(digest),
            not_before=datetime.combine(choice.turn.day, self._when.send_from, zone),
            expires=datetime.combine(choice.turn.last + timedelta(days=1), time(), zone),
            asks=self._asks(choice),
        )

    def _asks(self, choice: Choice) -> tuple[str, ...]:
        """Give the names of the questions that a mail puts; what it only counts was not asked."""
        if choice.charge.kind is not MailKind.OWNER:
            return ()
        source, asking = self._source(choice.charge), self._asking(choice, self._source(choice.charge))
        found = due_cells(owned_by(choice.charge.to.name, source), source, asking["by"])
        return tuple(question_name(due) for due in to_ask(found, asking["nudged"], asking["only"])[:ROWS])


class Nightly:
    """Makes the mails at the end of a run of a workbook; what goes wrong is kept, and never stops the run."""

    def __init__(self, config: WorkbookConfig, clock: Callable[[], datetime]) -> None:
        """Take the configuration, and what gives the moment in the company's time zone."""
        self._config = config
        self._clock = clock
        self.error: SheetsyncError | None = None
        self.bug = ""
        self.unreached: Mapping[str, tuple[str, ...]] = {}
        self.lost: tuple[Month, ...] = ()
        self.deserted = False

    def __call__(self, evaluation: Evaluation, job: Job, memory: Any) -> Sequence[Mail]:
        """Give the mails; none where something is wrong."""
        self.error, self.bug = None, ""
        try:
            desk = Desk(evaluation, job, self._config, memory.outbox, self._clock())
            if self._config.mail_server is not None:
                self.unreached, self.lost = desk.unreached(), desk.months_lost()
                self.deserted = desk.nobody_left(memory.outbox, self._config.mail_server.sender)
            return desk.due()
        except SheetsyncError as error:
            self.error = error
        except Exception:  # noqa: BLE001 - the workbook is written already, and that has to be remembered
            from traceback import format_exc

            self.bug = format_exc()
        return ()


def tell_unmade(selected: Iterable[Selected]) -> Iterator[int]:
    """Say on stderr whose mails could not be made, and why; give the exit codes. The workbooks themselves are done."""
    for one in selected:
        nightly, prefix = one.errand.mails, f"{one.shown}: {say('cli.mail.mail')}: "
        if isinstance(nightly, Nightly) and nightly.error is not None:
            tell(nightly.error, prefix)
            yield exits.PARTIAL
        elif isinstance(nightly, Nightly) and nightly.bug:
            click.echo(f"{nightly.bug}\n{prefix}{say('cli.bug')}", err=True)
            yield exits.BUG
