"""What chats are told of a workbook: the company's digest, once for each of its periods, as a part for the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sheetsync.cli.mails import Desk, Planned
from sheetsync.config.shape import WorkbookConfig
from sheetsync.kinds import MailKind, Role
from sheetsync.mailing import Addressee, Charge, Choice, Told, Verdict, choices
from sheetsync.mailing.deciding import judged
from sheetsync.outgoing import WEBHOOK
from sheetsync.report.digest.coding import semantic_hash

if TYPE_CHECKING:
    from sheetsync.snapshot import Mail


def chat_mails(desk: Desk, config: WorkbookConfig, told: Told, today: date) -> Iterator[Mail]:
    """Give what each webhook of a workbook is told today; it has the day of the company's mails."""
    if MailKind.COMPANY not in config.mail_when.kinds:
        return
    mine = (Charge(Addressee(name, name), MailKind.COMPANY, Role.WATCHER) for name in config.webhooks)
    for choice in choices(mine, config.mail_when, desk.calendar, today, lambda one: told.known(_key(desk, one))):
        if choice.verdict is not Verdict.DUE:
            continue
        digest = desk.digest(choice)
        if judged(choice, digest.data, partial(semantic_hash, digest), told, desk.place, None) is Verdict.DUE:
            part = desk.mail(Planned(choice, Verdict.DUE, digest))
            yield part._replace(key=_key(desk, choice), channel=WEBHOOK)


def _key(desk: Desk, choice: Choice) -> str:
    return f"{WEBHOOK}|{desk.key(choice)}"
