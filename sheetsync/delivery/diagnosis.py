"""Looks at a mail server as a run would meet it, and says what is there; no message is sent."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator

from sheetsync.checkup import Check, fine, refused, skipped, warned
from sheetsync.delivery.answers import login_refused
from sheetsync.delivery.smtp import BROKEN, Line, Login, Server, dial, log_in, unreachable
from sheetsync.errors import SheetsyncError
from sheetsync.hidden import Hidden

_DAY = 86400
_SOON = 14
"""Days before its end at which a certificate is warned of; those that renew themselves do so earlier."""
_MEGABYTE = 1_000_000


def examine(server: Server, login: Callable[[], Login], now: float) -> Iterator[Check]:
    """Look at the name, the connection, its protection, the login, and what is offered; each only if the last was fine.

    ``login`` fetches the password, and raises a SheetsyncError where it is not to be had. ``now`` is in seconds since
    1970.
    """
    try:
        line = dial(server)
    except SheetsyncError as error:
        yield refused("mail.server", error)
        return
    try:
        yield _reached(line)
        yield _protection(line, now)
        yield from _entry(line, login)
    finally:
        line.leave()


def _reached(line: Line) -> Check:
    peer = line.sock.getpeername()[0] if isinstance(line.sock, socket.socket) else "–"
    return fine("mail.server", host=line.server.host, port=line.server.port, address=peer)


def _protection(line: Line, now: float) -> Check:
    connection = line.sock
    if not isinstance(connection, ssl.SSLSocket):
        return fine("mail.tls", "local", host=line.server.host)
    found = connection.getpeercert() or {}
    end = ssl.cert_time_to_seconds(str(found["notAfter"]))
    days = int((end - now) // _DAY)
    report, text = (fine, "ok") if days > _SOON else (warned, "soon")
    return report("mail.tls", text, host=line.server.host, days=days, version=connection.version() or "TLS")


def _entry(line: Line, login: Callable[[], Login]) -> Iterator[Check]:
    """Look at the login, then at what is offered to those who are inside."""
    server = line.server
    try:
        wanted = login()
        answer = log_in(line, wanted)
    except BROKEN as error:
        yield refused("mail.login", unreachable(server, error))
        return
    except SheetsyncError as error:
        yield refused("mail.login", error)
        return
    if answer is not None and answer.code != 235:
        token = not isinstance(wanted, Hidden)
        yield refused("mail.login", login_refused(answer, server.host, server.user, token=token))
        return
    yield _let_in(server, wanted)
    yield _offer(line)


def _let_in(server: Server, wanted: Login) -> Check:
    if wanted is None:
        return skipped("mail.login", "not_wanted")
    if isinstance(wanted, Hidden) and server.host.lower().endswith(".office365.com"):
        return warned("mail.login", "ending", user=server.user)
    return fine("mail.login", "by_password" if isinstance(wanted, Hidden) else "by_token", user=server.user)


def _offer(line: Line) -> Check:
    size = str(line.esmtp_features.get("size", "")).strip()
    ways = ", ".join(str(line.esmtp_features.get("auth", "")).upper().split()) or "–"
    if not size.isdigit() or int(size) == 0:
        return fine("mail.offers", "no_size", ways=ways)
    return fine("mail.offers", size=round(int(size) / _MEGABYTE), ways=ways)
