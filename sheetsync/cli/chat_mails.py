"""What chats are told of a workbook: the company's digest, once for each of its periods, as a part for the outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sheetsync.cli.mails import Desk, Planned
from sheetsync.config.shape import WorkbookConfig
from sheetsync.kinds import MailKind, Role
from sheetsync.mailing import Addressee, Charge, Verdict, choices
from sheetsync.mailing.deciding import judged
from sheetsync.outgoing import WEBHOOK
from sheetsync.report.digest.coding import semantic_hash

if TYPE_CHECKING:
    from sheetsync.snapshot import Mail


def chat_mails(desk: Desk, config: WorkbookConfig, today: date) -> Iterator[Mail]:
    """Give what each webhook of a workbook is told today; it has the day of the company's mails."""
    for planned in planned_chats(desk, config, today):
        if planned.verdict is Verdict.DUE:
            yield chat_mail(desk, planned)


def planned_chats(
    desk: Desk,
    config: WorkbookConfig,
    today: date,
    *,
    wanted: Callable[[Charge], bool] = lambda charge: True,  # noqa: ARG005 - has the form of the question
) -> Iterator[Planned]:
    """Say of each webhook of a workbook what becomes of its message today."""
    if MailKind.COMPANY not in config.mail_when.kinds:
        return
    mine = (Charge(Addressee(name, name), MailKind.COMPANY, Role.WATCHER) for name in config.webhooks)
    known = partial(desk.known, before=_CHANNEL)
    for choice in choices(filter(wanted, mine), config.mail_when, desk.calendar, today, known):
        if choice.verdict is not Verdict.DUE:
            yield Planned(choice, choice.verdict)
            continue
        digest = desk.digest(choice)
        verdict = judged(choice, digest.data, partial(semantic_hash, digest), desk.told, desk.place)
        yield Planned(choice, verdict, digest)


def chat_mail(desk: Desk, planned: Planned) -> Mail:
    """Give a message for a chat as the part that the outbox takes."""
    return desk.mail(planned)._replace(key=f"{_CHANNEL}{desk.key(planned.choice)}", channel=WEBHOOK)


_CHANNEL = f"{WEBHOOK}|"
"""What stands before the keys of mails in those of messages for a chat."""
