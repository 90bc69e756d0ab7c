"""Puts chats together: from a ``[webhook.NAME]`` to a message, its secrets fetched only when they are needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sheetsync.checkup import Check, State, failed, fine, refused
from sheetsync.cli import exits
from sheetsync.cli.speech import say
from sheetsync.config.shape import WebhookConfig
from sheetsync.errors import SheetsyncError
from sheetsync.packaged import templates_dir
from sheetsync.post import Fate, Message

if TYPE_CHECKING:
    from sheetsync.delivery.chat import Chat
    from sheetsync.delivery.files import Filed
    from sheetsync.delivery.webhook import Webhook


def webhook_of(settings: WebhookConfig) -> Webhook:
    """Give a webhook with its secrets fetched; ConfigError where one is not to be had."""
    from sheetsync.delivery.secret import fetch
    from sheetsync.delivery.webhook import Webhook

    headers = {name: fetch(source, os.environ) for name, source in settings.headers.items()}
    url = fetch(settings.url, os.environ)
    return Webhook(settings.name, settings.template, url, headers, settings.chat, settings.success, settings.limit)


def readable(data: bytes) -> str:
    """Give what the bytes of a message tell a chat, as plain text: its title, its text, and where there is more."""
    import json

    told = json.loads(data)
    link = ": ".join(filter(None, (told.get("link_title"), told.get("link"))))
    return "\n\n".join(filter(None, (told["title"], told["text"], link))) + "\n"


def filed(message: Message, subject: str, day: str = "") -> Filed:
    """Give a message for a chat as it is put into a folder to be looked at."""
    from sheetsync.delivery.files import Filed

    label = message._replace(recipient=say("cli.mail.chat", name=message.recipient))
    return Filed(label, subject, "", readable(message.data), day)


def examine(settings: WebhookConfig) -> Iterator[Check]:
    """Look at a webhook: its secrets, its template and its address; nothing is told."""
    from sheetsync.delivery.webhook import prepared

    try:
        _, host = prepared(webhook_of(settings), _test_chat(settings.name), templates_dir())
    except SheetsyncError as error:
        yield refused("chat.webhook", error)
        return
    yield fine("chat.webhook", webhook=settings.name, host=host)


def try_out(name: str, known: tuple[WebhookConfig, ...]) -> Iterator[Check]:
    """Tell the one chat of a name a test message, and say what became of it; of several none is told."""
    from sheetsync.delivery.webhook import tell

    called = [one for one in known if one.name == name]
    if not called:
        names = ", ".join(dict.fromkeys(one.name for one in known)) or "–"
        yield failed("chat.test", "unknown_name", exits.USAGE, webhook=name, known=names)
        return
    if len(called) > 1:
        yield failed("chat.test", "several", exits.USAGE, webhook=name, count=len(called))
        return
    try:
        receipt = tell(webhook_of(called[0]), _test_chat(name), templates_dir())
    except SheetsyncError as error:
        yield refused("chat.test", error)
        return
    if receipt.fate is Fate.SENT:
        yield fine("chat.test", webhook=name)
        return
    code = exits.TEMPORARY if receipt.fate is Fate.RETRY else exits.PARTIAL
    again = "error.webhook.again" if receipt.fate is Fate.RETRY else ""
    yield Check("chat.test", State.FAILED, f"error.{receipt.text}", receipt.params, again, code)


def _test_chat(name: str) -> Chat:
    from sheetsync.delivery.chat import Chat

    return Chat(say("cli.doctor.chat.title"), say("cli.doctor.chat.text", name=name))
