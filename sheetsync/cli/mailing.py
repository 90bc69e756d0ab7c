"""Puts mail together: from the configuration to a mailer, its secrets fetched only when they are needed."""

from __future__ import annotations

import html
import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetsync.checkup import Check, failed, fine, refused, skipped, warned
from sheetsync.checkup import State as Found
from sheetsync.cli import exits
from sheetsync.cli.days import company_day
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.config.shape import MailConfig
from sheetsync.errors import SheetsyncError
from sheetsync.outgoing import OPEN, State
from sheetsync.post import Fate, Mailbox, Message, Receipt

if TYPE_CHECKING:
    from sheetsync.delivery.smtp import Login, Mailer, Server

CODES = {Fate.RETRY: exits.TEMPORARY, Fate.STOP: exits.TEMPORARY}
"""With which code a test mail ends that was not sent; any other fate is ``PARTIAL``."""
LOOKED_BACK = 30
"""How many days back messages are counted that may have arrived, as ``mail outbox`` lists them."""


def server_of(mail: MailConfig) -> Server:
    """Give the mail server of a configuration. We introduce ourselves by the sender's domain."""
    from sheetsync.delivery.smtp import Server

    domain = mail.sender.rpartition("@")[2]
    return Server(
        mail.host, mail.port, mail.security, mail.user, domain, float(mail.timeout), per_minute=mail.per_minute
    )


def login_of(mail: MailConfig) -> Login:
    """Give the login of a configuration, with its secret fetched; ConfigError where that is not to be had."""
    from sheetsync.delivery.secret import fetch
    from sheetsync.delivery.tokens import Tokens, google, microsoft

    if mail.password is not None:
        return fetch(mail.password, os.environ)
    if mail.oauth is None:
        return None
    if mail.oauth.google is not None:
        return Tokens(google(fetch(mail.oauth.google, os.environ, lines=True), mail.user), os.environ)
    assert mail.oauth.secret is not None  # noqa: S101 - the configuration is checked
    secret = fetch(mail.oauth.secret, os.environ)
    return Tokens(microsoft(mail.oauth.tenant, mail.oauth.client, secret), os.environ)


def mailer_of(mail: MailConfig) -> Mailer:
    """Give a mailer; nothing is asked of the server yet."""
    from sheetsync.delivery.smtp import Mailer

    return Mailer(server_of(mail), login_of(mail))


def examine(mail: MailConfig, recipient: str | None = None, timezone: str | None = None) -> Iterator[Check]:
    """Look at the mail server of a configuration; with a recipient, and all in order, send one test mail."""
    from sheetsync.delivery.diagnosis import examine as look

    sound = True
    for check in look(server_of(mail), partial(login_of, mail), time.time()):
        sound = sound and check.state is not Found.FAILED
        yield check
    if recipient is not None:
        yield from try_out(mail, recipient, timezone) if sound else (skipped("mail.test", address=recipient),)


def examine_outbox(path: Path, sender: str, places: frozenset[str]) -> Iterator[Check]:
    """Say what waits in the outbox of a sender, and what may have arrived; nothing where it cannot be read.

    Whether the history itself is in order is another part's to say.
    """
    from sheetsync.history import History

    peek = History.peek(path)
    if peek.history is None:
        return
    with peek.history as history:
        box = history.outbox.limited(places, sender)
        parcels = box.parcels(company_day(None) - timedelta(days=LOOKED_BACK))
        unknown = sum(one.state is State.UNKNOWN for one in parcels)
        waiting = sum(one.state in OPEN for one in parcels) + len(box.queued())
        numbers: dict[str, Any] = {"path": str(path), "waiting": waiting, "unknown": unknown}
        if unknown:
            yield warned("mail.outbox", "unknown", **numbers)
        elif waiting and box.confirmed() is None:
            yield warned("mail.outbox", "unconfirmed", **numbers)
        else:
            yield fine("mail.outbox", **numbers)


def try_out(mail: MailConfig | None, recipient: str, timezone: str | None) -> Iterator[Check]:
    """Send one test mail to an address, and say what became of it."""
    if mail is None:
        yield failed("mail.test", "no_server", exits.USAGE)
        return
    from sheetsync.cli.pages import now_at

    try:
        message = _test_message(mail, recipient, now_at(timezone))
        with mailer_of(mail) as mailer:
            receipt = mailer.send(message)
    except SheetsyncError as error:
        yield refused("mail.test", error)
        return
    yield _told(receipt, recipient)


def _told(receipt: Receipt, recipient: str) -> Check:
    if receipt.fate is Fate.SENT:
        return fine("mail.test", address=recipient)
    code = CODES.get(receipt.fate, exits.PARTIAL)
    again = "error.mail.again" if receipt.fate is Fate.RETRY else ""
    return Check("mail.test", Found.FAILED, f"error.{receipt.text}", receipt.params, again, code)


def _test_message(mail: MailConfig, recipient: str, now: datetime) -> Message:
    from sheetsync.report.mail import Letter, compose

    spoken = phrases(spoken_language())
    text = say("cli.doctor.letter.text", host=mail.host, date=spoken.date(now.date()), time=f"{now:%H:%M}").strip()
    paragraphs = "\n".join(f"<p>{html.escape(one)}</p>" for one in text.split("\n\n"))
    letter = Letter(
        subject=say("cli.doctor.letter.subject"),
        sender=Mailbox(mail.sender, mail.sender_name),
        recipient=Mailbox(recipient),
        html=f'<!doctype html>\n<html lang="{spoken.language}">\n<body>\n{paragraphs}\n</body>\n</html>\n',
        text=f"{text}\n",
        key=f"doctor|{recipient}|{now.isoformat()}",
        at=now,
        kind="test",
        workspace="sheetsync",
        language=spoken.language,
        reply_to=Mailbox(mail.reply_to) if mail.reply_to else None,
    )
    return compose(letter)
