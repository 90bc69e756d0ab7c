"""Opens Google spreadsheets for the commands. Credentials are found once and shared by all errands of a process.

Imported only for a spreadsheet; what it imports of Google's libraries it imports when one is opened.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import AbstractContextManager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetsync.backends.google.address import folder_link, sheet_link
from sheetsync.cli.remembering import histories_of
from sheetsync.config.shape import GoogleConfig, Secret, WorkbookConfig
from sheetsync.errors import SheetsyncError
from sheetsync.fleet import Errand
from sheetsync.lock import named_lock, state_folder
from sheetsync.record import NamedTuple
from sheetsync.sync import Job
from sheetsync.workbook import Backend

if TYPE_CHECKING:
    from sheetsync.backends.google.drive import Listed
    from sheetsync.backends.google.http import SheetsClient

LEEWAY = 30
"""Seconds beyond the deadline of a spreadsheet after which a run goes on without it: the client ends earlier."""


def google_errand(settings: WorkbookConfig, job: Job, *, writing: bool, thorough: bool = False) -> Errand:
    """Give the errand of one spreadsheet; without ``writing`` it asks for the right to read alone.

    A ``thorough`` reading tells dropdown lists too, and what is hidden.
    """
    _sign_in_person(settings.google, folders=settings.folder is not None)
    spreadsheet = settings.spreadsheet or ""
    link = sheet_link(spreadsheet) if spreadsheet else folder_link(settings.folder or "")
    lock = partial(lock_of, spreadsheet, link)
    patience = float(settings.google.deadline + LEEWAY)
    return Errand(job, link, partial(_open, settings, writing, thorough), lock, patience, histories_of(settings))


def lock_of(spreadsheet: str, link: str) -> AbstractContextManager[None]:
    """Give the lock of a spreadsheet; LockHeld, which tells it by its link, where another run has it."""
    return named_lock(f"google:{spreadsheet}".encode(), link)


def listing(folder: str, google: GoogleConfig) -> list[Listed]:
    """List the spreadsheets in a folder of Drive; asks for the right to see the names of files, and no more."""
    from sheetsync.backends.google.credentials import scopes
    from sheetsync.backends.google.drive import spreadsheets_in

    wanted = scopes(writing=False, folders=True)
    with account(google.credentials, google.oauth_client, wanted).client(google, writing=False) as connected:
        return spreadsheets_in(folder, connected)


def client(google: GoogleConfig, *, writing: bool) -> SheetsClient:
    """Open a client for one spreadsheet; its deadline begins now."""
    from sheetsync.backends.google.credentials import scopes

    wanted = scopes(writing=writing)
    return account(google.credentials, google.oauth_client, wanted).client(google, writing=writing)


def _open(settings: WorkbookConfig, writing: bool, thorough: bool) -> Backend:
    from sheetsync.backends.google.backend import GoogleBackend

    spreadsheet = settings.spreadsheet or ""
    connected = partial(client, settings.google, writing=writing)
    # What a broken off run left undone is put right by the next one that may write.
    journal = journal_of(spreadsheet) if writing else None
    return GoogleBackend(spreadsheet, connected, journal=journal, worksheets=settings.worksheets, thorough=thorough)


def journal_of(spreadsheet: str) -> Path:
    """Give the place of what a write into a spreadsheet that broke off left to be put right."""
    return state_folder() / "journal" / f"{spreadsheet}.gz"


class _Ready(NamedTuple):
    """Credentials that have a token, and the address that spreadsheets are shared with."""

    credentials: Any
    email: str


class Account:
    """Credentials with certain rights: found and signed in by whoever needs them first, then shared by all threads.

    A failure is the same for everybody: asking again for each of many spreadsheets would hold up a whole night.
    """

    def __init__(self, secret: Secret | None, oauth_client: Path | None, scopes: tuple[str, ...]) -> None:
        """Take where the credentials come from; nothing is looked at yet."""
        self._secret = secret
        self._oauth_client = oauth_client
        self._scopes = scopes
        self._lock = threading.Lock()
        self._ready: _Ready | SheetsyncError | None = None

    def client(self, google: GoogleConfig, *, writing: bool) -> SheetsClient:
        """Open a client; raises ConfigError, AccessDenied or TemporaryFailure where nobody can be signed in."""
        with self._lock:
            if self._ready is None:
                self._ready = self._signed_in(google)
            ready = self._ready
        if isinstance(ready, SheetsyncError):
            raise type(ready)(ready.key, **ready.params)
        return _connected(ready, google, writing=writing)

    def _signed_in(self, google: GoogleConfig) -> _Ready | SheetsyncError:
        from sheetsync.backends.google.credentials import find_credentials, load

        try:
            found = find_credentials(self._secret, os.environ, signed_in=_kept(self._oauth_client))
            ready = _Ready(load(found, self._scopes), found.email)
            with _connected(ready, google, writing=False) as connected:
                connected.sign_in()
        except SheetsyncError as error:
            return error
        return ready


def _connected(ready: _Ready, google: GoogleConfig, *, writing: bool) -> SheetsClient:
    from sheetsync.backends.google.http import connect
    from sheetsync.backends.google.quota import Limits

    limits = Limits(google.reads_per_minute, google.writes_per_minute)
    return connect(ready.credentials, writing=writing, limits=limits, deadline=google.deadline, email=ready.email)


@cache
def account(secret: Secret | None, oauth_client: Path | None, scopes: tuple[str, ...]) -> Account:
    """Give the one account of this process for these credentials and rights."""
    return Account(secret, oauth_client, scopes)


def _kept(oauth_client: Path | None) -> Path | None:
    if oauth_client is None:
        return None
    from sheetsync.backends.google.person import kept_at

    return kept_at()


def _sign_in_person(google: GoogleConfig, *, folders: bool) -> None:
    """Let the person at the terminal sign in, the first time that an OAuth client of the configuration is used."""
    if google.oauth_client is None or google.credentials is not None or not _may_ask():
        return
    from sheetsync.backends.google.credentials import scopes
    from sheetsync.backends.google.person import kept_at, sign_in

    if not kept_at().exists():
        wanted = scopes(writing=True, folders=folders)
        sign_in(google.oauth_client, wanted, terminal=True, kept=kept_at())


def _may_ask() -> bool:
    context = click.get_current_context(silent=True)
    no_input = context is not None and bool((context.obj or {}).get("no_input"))
    return sys.stdin.isatty() and sys.stderr.isatty() and not no_input
