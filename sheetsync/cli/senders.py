"""Who sends what of some workbooks: a sender for each mail account; chats whose names are alike are kept apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sheetsync.cli.remembering import HistoryAt
from sheetsync.cli.sending import Post
from sheetsync.cli.wiring import Selected
from sheetsync.config.shape import MailConfig, WebhookConfig
from sheetsync.outgoing import MAIL, WEBHOOK


def posts_of(selected: Iterable[Selected]) -> list[Post]:
    """Give the senders of some workbooks: one for each mail server, one for all that have only chats.

    Where a name stands for several chats, as where two clients' files both have a [webhook.team], the chats have
    senders of their own, so that each is told of its own workbooks alone.
    """
    groups: dict[MailConfig | None, list[Selected]] = {}
    for one in selected:
        remembered = isinstance(one.errand.histories, HistoryAt)
        if remembered and (one.config.mail_server is not None or one.config.webhooks):
            groups.setdefault(one.config.mail_server, []).append(one)
    return [post for mail, group in groups.items() for post in _posts(mail, group)]


def _posts(mail: MailConfig | None, group: Sequence[Selected]) -> Iterator[Post]:
    """Give the one sender of a group; where its chats must be kept apart, one for the mail and some for them."""
    apart = _by_chats(group)
    if len(apart) == 1:
        yield _post(mail, group)
        return
    if mail is not None:
        yield _post(mail, group)._replace(webhooks={}, channels=frozenset((MAIL,)))
    for some in apart:
        yield _post(mail, some)._replace(channels=frozenset((WEBHOOK,)))


def _by_chats(group: Iterable[Selected]) -> list[list[Selected]]:
    """Share out workbooks so that among those that stay together every name of a chat means one and the same."""
    found: list[tuple[dict[str, WebhookConfig], list[Selected]]] = []
    for one in group:
        own = one.config.webhooks
        for known, some in found:
            if all(known.get(name, chat) == chat for name, chat in own.items()):
                known.update(own)
                some.append(one)
                break
        else:
            found.append((dict(own), [one]))
    return [some for _, some in found]


def _post(mail: MailConfig | None, group: Sequence[Selected]) -> Post:
    places: dict[Path, set[str]] = {}
    webhooks: dict[str, WebhookConfig] = {}
    for one in group:
        webhooks.update(one.config.webhooks)
        if isinstance(one.errand.histories, HistoryAt):
            places.setdefault(one.errand.histories.place, set()).add(one.errand.job.place)
    zone = next((one.config.timezone for one in group if one.config.timezone), None)
    return Post(mail, webhooks, {path: frozenset(found) for path, found in places.items()}, zone)
