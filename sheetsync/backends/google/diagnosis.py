"""What ``doctor`` asks of Google for one account: who signs in, whether Google lets it in, and whether the API is on.

Nothing secret leaves here: a key is named by the first letters of its public id.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from sheetsync.backends.google.credentials import ATTACHED, Found, find_credentials, load, scopes
from sheetsync.backends.google.endpoint import Endpoint, endpoint_of
from sheetsync.backends.google.quota import WINDOW, Limits
from sheetsync.checkup import Check, failed, fine, refused, skipped, warned
from sheetsync.errors import SheetsyncError
from sheetsync.hidden import Source

if TYPE_CHECKING:
    from pathlib import Path

    from sheetsync.backends.google.deadline import Deadline
    from sheetsync.backends.google.http import SheetsClient

DAY = 86_400
OLD = 90
"""Days after which a new key is recommended; keys do not end by themselves."""

DRIFT, WRONG = 60, 300
"""Seconds by which the clock may differ before it is told, and before Google refuses what it signs."""

LONG = 600
"""Seconds from which on the least time of a run is worth a warning."""

NOBODYS = "0" * 44
"""The id of no spreadsheet: Google's answer to it shows whether the API is switched on."""

CLOCK = "https://sheets.googleapis.com/$discovery/rest?version=v4&fields=revision"
"""A public address of the API; its answer needs no token, counts for no quota, and carries the time."""


class Account:
    """One way to sign in, as the configuration names it, and what was found out about it.

    ``setting`` and ``signed_in`` are those of ``find_credentials``. ``folders`` asks for the right to see the names of
    files, which only folders need. ``clock`` gives seconds since 1970. ``ready`` turns True when Google has let it in
    and the API is on.
    """

    def __init__(
        self,
        setting: Source | None,
        environment: Mapping[str, str],
        *,
        signed_in: Path | None = None,
        limits: Limits | None = None,
        deadline: float = 60.0,
        folders: bool = False,
        writing: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take where to look; nothing is looked at yet."""
        self._setting = setting
        self._environment = environment
        self._signed_in = signed_in
        self.limits = limits or Limits()
        self._deadline = deadline
        self.folders = folders
        self._writing = writing
        self._clock = clock
        self._credentials: Any = None
        self.email = ""
        self.ready = False

    def connect(self) -> SheetsClient:
        """Open a client of this account, with a deadline that begins now; ``examine`` must have gone before."""
        from sheetsync.backends.google.http import connect

        return connect(
            self._credentials,
            writing=self._writing,
            limits=self.limits,
            deadline=self._deadline,
            email=self.email,
            endpoint=endpoint_of(self._environment),
        )

    def examine(self) -> Iterator[Check]:
        """Look at the credential, the clock, the token and the API, each only where the one before allows it."""
        try:
            found = find_credentials(self._setting, self._environment, signed_in=self._signed_in)
            self._credentials = load(found, scopes(writing=self._writing, folders=self.folders))
            endpoint = endpoint_of(self._environment)
        except SheetsyncError as error:
            yield refused("google.credential", error)
            return
        self.email = found.email
        yield from _credential(found, self._clock())
        with self.connect() as client:
            yield self._time(endpoint, client.deadline)
            yield from self._token(client, found)
            if self._credentials.valid:
                yield self._api(client)

    def _token(self, client: SheetsClient, found: Found) -> Iterator[Check]:
        try:
            client.sign_in()
        except SheetsyncError as error:
            yield refused("google.token", error)
            if self.email:
                yield fine("google.share", email=self.email)
            return
        self.email = client.email
        yield fine("google.token")
        yield _share(found.kind, self.email)

    def _time(self, endpoint: Endpoint, deadline: Deadline) -> Check:
        """Compare the clock with the Date of an answer that needs no token."""
        from requests import RequestException

        from sheetsync.backends.google.wire import TooLargeError, WireSession

        session = WireSession(endpoint, deadline)
        before = self._clock()
        try:
            told = session.get(CLOCK).headers.get("Date", "")
        except (RequestException, TooLargeError):
            return skipped("google.clock")
        finally:
            session.close()
        return _compared(told, (before + self._clock()) / 2)

    def _api(self, client: SheetsClient) -> Check:
        try:
            client.get_spreadsheet(NOBODYS, fields="spreadsheetId")
        except SheetsyncError as error:
            if not error.key.startswith(("google.not_found", "google.not_shared")):
                return refused("google.api", error)
        self.ready = True
        return fine("google.api")


def _credential(found: Found, now: float) -> Iterator[Check]:
    yield fine("google.credential", found.kind, source=found.source)
    if found.guarded:
        yield fine("google.key_file", path=str(found.path))
    if found.kind == "service_account":
        yield _age(found, now)


def _age(found: Found, now: float) -> Check:
    key = f"{str(found.info.shown().get('private_key_id', ''))[:8]}…"
    if found.modified is None:
        return skipped("google.key_age", "unknown", key=key)
    days = max(int((now - found.modified) // DAY), 0)
    return (
        warned("google.key_age", "old", key=key, days=days)
        if days > OLD
        else fine("google.key_age", key=key, days=days)
    )


def _share(kind: str, email: str) -> Check:
    if email:
        return fine("google.share", email=email)
    if kind in ("external_account", ATTACHED):
        return warned("google.share", "unknown")
    return fine("google.share", "person")


def _compared(told: str, now: float) -> Check:
    """Judge the clock; Google's time is told in whole seconds, half a second late on average."""
    try:
        skew = round(abs(parsedate_to_datetime(told).timestamp() + 0.5 - now))
    except ValueError:
        return skipped("google.clock")
    if skew > WRONG:
        return failed("google.clock", "wrong", 4, seconds=skew)
    if skew > DRIFT:
        return warned("google.clock", "drift", seconds=skew)
    return fine("google.clock", seconds=skew)


def need(count: int, limits: Limits) -> Check:
    """Say what a night with so many spreadsheets asks of the quota, and how long it takes at least.

    Each spreadsheet is one read, and one write where something changed; what exceeds a minute's quota waits for the
    next minute.
    """
    windows = max(-(-count // limits.reads), -(-count // limits.writes)) - 1
    seconds = round(max(windows, 0) * WINDOW)
    told: dict[str, Any] = {"reads": count, "writes": count, "read_limit": limits.reads, "write_limit": limits.writes}
    if seconds > LONG:
        return warned("google.quota", "long", minutes=-(-seconds // 60), **told)
    return fine("google.quota", seconds=max(seconds, 1), **told)
