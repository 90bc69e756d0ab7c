"""The Google side of the doctor: one account for each way to sign in, then every spreadsheet with its account."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sheetsync.checkup import Check, Examination, failed, fine, refused, skipped
from sheetsync.cli import exits
from sheetsync.cli.side_by_side import Task
from sheetsync.config.shape import GoogleConfig, WorkbookConfig
from sheetsync.errors import SheetsyncError

if TYPE_CHECKING:
    from sheetsync.backends.google.diagnosis import Account

VARIABLES = ("SHEETSYNC_CREDENTIALS_JSON", "GOOGLE_APPLICATION_CREDENTIALS")
SECONDS = 60.0
"""The deadline of each conversation with Google."""


class Accounts:
    """The ways to sign in that some workbooks need, each looked at once."""

    def __init__(self, workbooks: tuple[WorkbookConfig, ...], *, try_write: bool, terminal: bool) -> None:
        """Take the workbooks of the call; Google is asked nothing before ``tasks`` are run."""
        self.workbooks = tuple(one for one in workbooks if one.path is None)
        self.try_write = try_write
        self._terminal = terminal
        self._known: dict[GoogleConfig, Account] = {}

    def tasks(self) -> list[Task]:
        """Give a look at every account; where no workbook needs one, at the one of the environment if it has any.

        A person who has to sign in first is led through that here, and has all the time that he needs.
        """
        wanted = list(dict.fromkeys(one.google for one in self.workbooks))
        if not wanted and any(os.environ.get(name) for name in VARIABLES):
            wanted = [GoogleConfig()]
        return [Task("", self._look(settings)) for settings in wanted]

    def sheet_tasks(self) -> list[Task]:
        """Give a look at every spreadsheet, those of folders included, and at what a night needs of the quota."""
        tasks: list[Task] = []
        counts: dict[GoogleConfig, int] = {}
        for one in self.workbooks:
            found = list(self._of(one))
            tasks += found
            counts[one.google] = counts.get(one.google, 0) + sum(task.subject != "" for task in found)
        needs = [Task("", partial(_need, self.account(google), count)) for google, count in counts.items() if count]
        return needs + tasks

    def account(self, settings: GoogleConfig) -> Account:
        """Give the account of a way to sign in; it is made when it is first asked for."""
        if settings not in self._known:
            from sheetsync.backends.google.diagnosis import Account
            from sheetsync.backends.google.quota import Limits

            self._known[settings] = Account(
                settings.credentials,
                os.environ,
                signed_in=_signed_in(settings),
                limits=Limits(settings.reads_per_minute, settings.writes_per_minute),
                deadline=SECONDS,
                folders=self._has_folders(settings),
                writing=self.try_write,
            )
        return self._known[settings]

    def _look(self, settings: GoogleConfig) -> Examination:
        failure = self._sign_in(settings)
        return self.account(settings).examine if failure is None else lambda: [failure]

    def _sign_in(self, settings: GoogleConfig) -> Check | None:
        """Lead the person at the terminal through the sign-in, where that is wanted and has not been done yet."""
        if settings.oauth_client is None or settings.credentials is not None:
            return None
        from sheetsync.backends.google.credentials import scopes
        from sheetsync.backends.google.person import kept_at, sign_in

        kept = kept_at()
        if kept.exists():
            return None
        wanted = scopes(writing=True, folders=self._has_folders(settings))
        try:
            sign_in(settings.oauth_client, wanted, terminal=self._terminal, kept=kept)
        except SheetsyncError as error:
            return refused("google.credential", error)
        return None

    def _has_folders(self, settings: GoogleConfig) -> bool:
        return any(one.folder for one in self.workbooks if one.google == settings)

    def _of(self, settings: WorkbookConfig) -> Iterator[Task]:
        account = self.account(settings.google)
        if not account.ready:
            yield Task(settings.name, lambda: [skipped("google.spreadsheet")])
        elif settings.spreadsheet is not None:
            yield Task(settings.name, partial(self._sheet, account, settings.spreadsheet, settings))
        else:
            yield from self._folder(account, settings)

    def _sheet(self, account: Account, spreadsheet: str, settings: WorkbookConfig) -> Iterator[Check]:
        from sheetsync.backends.google.sheet_diagnosis import Wanted, examine

        wanted = Wanted(settings.language, settings.timezone, settings.worksheets, account.folders, self.try_write)
        with account.connect() as client:
            yield from examine(spreadsheet, client, wanted)

    def _folder(self, account: Account, settings: WorkbookConfig) -> Iterator[Task]:
        from sheetsync.backends.google.drive import spreadsheets_in

        try:
            with account.connect() as client:
                listed: Mapping[str, str] = {
                    one.id: one.title for one in spreadsheets_in(settings.folder or "", client)
                }
        except SheetsyncError as error:
            failure = refused("google.folder", error)
            yield Task("", lambda: [failure._replace(subject=settings.name)])
            return
        told = fine("google.folder", count=len(listed)) if listed else failed("google.folder", "empty", exits.PARTIAL)
        yield Task("", lambda: [told._replace(subject=settings.name)])
        for spreadsheet, title in listed.items():
            yield Task(f"{settings.name}: {title}", partial(self._sheet, account, spreadsheet, settings))


def _signed_in(settings: GoogleConfig) -> Path | None:
    if settings.oauth_client is None:
        return None
    from sheetsync.backends.google.person import kept_at

    return kept_at()


def _need(account: Account, count: int) -> Iterator[Check]:
    from sheetsync.backends.google.diagnosis import need

    yield need(count, account.limits)
