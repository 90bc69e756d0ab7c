"""Tells a chat something: one request with JSON, and the truth about what became of it.

Imports requests, so it is itself imported only where something is told. The address of a webhook is a secret: no
message, error or traceback holds it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from sheetsync.delivery.chat import Chat, Told, told_as
from sheetsync.delivery.secret import redacted
from sheetsync.delivery.web import Answer, post, protected_host
from sheetsync.errors import DeliveryRefused
from sheetsync.hidden import Hidden
from sheetsync.post import Fate, Receipt
from sheetsync.record import NamedTuple

TRIES = 3
LONGEST_WAIT = 60.0
"""How often a chat is asked that says it is too busy, and how many seconds we wait for it ourselves."""

_TOO_MANY = 429
_PASSING = (408, _TOO_MANY, 503)
"""Answers of a server that has certainly done nothing."""


class Webhook(NamedTuple):
    """One chat: its name in the configuration, its template, and its address with headers, fetched."""

    name: str
    template: str
    url: Hidden[str]
    headers: Mapping[str, Hidden[str]]
    chat: str = ""
    success: str | None = None
    limit: int | None = None


def tell(
    webhook: Webhook,
    chat: Chat,
    templates: Path,
    *,
    sleep: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    seconds: float = 30.0,
) -> Receipt:
    """Tell a chat something; raises DeliveryRefused where template, chat or address cannot be right.

    A chat that names the seconds to wait is given them, up to a minute and three times; after that ``after`` holds
    them. ``seconds`` is the longest wait for an answer.
    """
    told, host = prepared(webhook, chat, templates)
    receipt = Receipt(Fate.RETRY)
    for left in reversed(range(TRIES)):
        receipt = _once(webhook, host, told, now, seconds)
        if receipt.fate is not Fate.RETRY or receipt.after is None or receipt.after > LONGEST_WAIT or left == 0:
            break
        sleep(receipt.after)
    return receipt


def prepared(webhook: Webhook, chat: Chat, templates: Path) -> tuple[Told, str]:
    """Give what would be told, and the host that it would go to; raises DeliveryRefused as ``tell`` does."""
    told = told_as(webhook.name, webhook.template, chat, webhook.chat, webhook.limit, templates)
    if webhook.template in ("telegram", "zalo") and not webhook.chat:
        raise DeliveryRefused("webhook.no_chat", name=webhook.name)
    for header, value in webhook.headers.items():
        if not (value.shown().isascii() and value.shown().isprintable()):
            raise DeliveryRefused("webhook.header", name=webhook.name, header=header)
    return told, _host(webhook)


def _host(webhook: Webhook) -> str:
    """Give the host of the address, which must be protected unless it is this computer."""
    host = protected_host(webhook.url.shown())
    if not host:
        raise DeliveryRefused("webhook.url", name=webhook.name)
    return host


def _once(webhook: Webhook, host: str, told: Told, now: Callable[[], datetime], seconds: float) -> Receipt:
    where = {"name": webhook.name, "host": host}
    try:
        answer = _asked(webhook, told, seconds)
    except (requests.RequestException, OSError) as error:
        # What requests says of a failure holds the address.
        params = {**where, "said": type(error).__name__, "reason": type(error).__name__}
        if _never_left(error):
            return Receipt(Fate.RETRY, "webhook.unreachable", params)
        return Receipt(Fate.UNKNOWN, "webhook.unanswered", params)
    success = told.success if webhook.success is None else webhook.success
    document = _json(answer.body)
    fate, text = _fate(answer.status, success, document)
    secrets = (webhook.url, *_parts(webhook.url), *webhook.headers.values())
    said = redacted(f"{answer.status} {answer.body.decode('utf-8', 'replace')}", *secrets)
    after = _seconds(answer.retry_after, document, now()) if fate is Fate.RETRY else None
    return Receipt(fate, text, {**where, "said": said} if text else {}, after)


def _asked(webhook: Webhook, told: Told, seconds: float) -> Answer:
    headers = {"Content-Type": "application/json; charset=utf-8"}
    headers |= {name: value.shown() for name, value in webhook.headers.items()}
    return post(webhook.url.shown(), told.body, headers, seconds)


def _never_left(error: Exception) -> bool:
    """Say whether the connection itself failed, so that nothing can have been told."""
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.SSLError | requests.exceptions.ProxyError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _fate(status: int, success: str, document: Any) -> tuple[Fate, str]:
    if 200 <= status < 300:
        if not success or _at(document, success):
            return Fate.SENT, ""
        return (Fate.FAILED, "webhook.refused") if document is not None else (Fate.UNKNOWN, "webhook.unanswered")
    if status in _PASSING:
        return Fate.RETRY, "webhook.later"
    return (Fate.FAILED, "webhook.refused") if status < 500 else (Fate.UNKNOWN, "webhook.unanswered")


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _at(document: Any, path: str) -> Any:
    """Give what stands at a path such as ``result.id``; None where nothing does."""
    for name in path.split("."):
        if isinstance(document, list) and name.isdecimal() and int(name) < len(document):
            document = document[int(name)]
        elif isinstance(document, dict):
            document = document.get(name)
        else:
            return None
    return document


def _seconds(header: str, document: Any, now: datetime) -> float | None:
    """Give the seconds that the other side asks to wait: by its header, or by what Telegram puts into the answer."""
    if header.strip().isdecimal():
        return float(header)
    if header:
        from email.utils import parsedate_to_datetime

        try:
            moment = parsedate_to_datetime(header)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    told = _at(document, "parameters.retry_after") or _at(document, "retry_after")
    return float(told) if isinstance(told, int | float) and told >= 0 else None


def _parts(url: Hidden[str]) -> list[Hidden[str]]:
    """Give the parts of an address that hold its secret: path, query, and each long piece of them."""
    parts = urlsplit(url.shown())
    pieces = f"{parts.path}/{parts.query}".replace("&", "/").split("/")
    return [Hidden(text) for text in (parts.path, parts.query, *pieces) if len(text) >= 8]
