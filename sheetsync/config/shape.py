"""What a configuration is once it was read: plain data with every default filled in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sheetsync.cadence import MailTo, MailWhen
from sheetsync.mapping import TableMapping
from sheetsync.record import NamedTuple
from sheetsync.results import Severity

NOTHING: Mapping[Any, Any] = MappingProxyType({})


CELL_PLACES = ("{sheet}", "{cell}")
"""What may stand in the address of a workbook for the worksheet and the cell that a link leads to."""


class Secret(NamedTuple):
    """Where a secret comes from: a file (absolute), a variable of the environment, or what a command prints."""

    file: Path | None = None
    env: str | None = None
    command: tuple[str, ...] = ()


class GoogleConfig(NamedTuple):
    """How Google is reached: what ``[google]`` says of the file in which a workbook stands, or of one above it.

    Without ``credentials`` the environment decides. Requests are counted per minute for all workbooks that share the
    credentials. ``deadline`` is the longest time for one spreadsheet in seconds.
    """

    credentials: Secret | None = None
    reads_per_minute: int = 55
    writes_per_minute: int = 55
    workers: int = 4
    deadline: int = 300
    oauth_client: Path | None = None


class OauthConfig(NamedTuple):
    """How a token is had for a mailbox: by a key of Google's, or as an application of a Microsoft tenant."""

    google: Secret | None = None
    tenant: str = ""
    client: str = ""
    secret: Secret | None = None


class MailConfig(NamedTuple):
    """How mail is sent: what ``[mail]`` says of the file in which a workbook stands, or of one above it.

    ``security`` is ``starttls``, ``tls``, or ``none`` where ``host`` is this computer. ``timeout`` is the longest wait
    for one answer in seconds. ``per_run`` and ``per_day`` are the most mails that leave, ``keep_days`` is how many days
    a sent mail can be looked at. At most one of ``password`` and ``oauth`` is set.
    """

    host: str
    port: int
    security: str
    sender: str
    provider: str = ""
    user: str = ""
    password: Secret | None = None
    oauth: OauthConfig | None = None
    sender_name: str = ""
    reply_to: str = ""
    pack: Path | None = None
    """The folder with the brand that mails carry (absolute); None for our own look."""
    per_minute: int = 20
    timeout: int = 60
    per_run: int = 200
    per_day: int = 450
    keep_days: int = 30


class WebhookConfig(NamedTuple):
    """One ``[webhook.NAME]``: where a message goes in a chat.

    ``template`` is one of ``post.WEBHOOKS`` or the absolute path of a template. ``url`` is a secret, because whoever
    has it can write there. ``success`` and ``limit`` are None where the template's own hold.
    """

    name: str
    template: str
    url: Secret
    headers: Mapping[str, Secret] = NOTHING
    chat: str = ""
    success: str | None = None
    limit: int | None = None


class PingConfig(NamedTuple):
    """What ``[ping]`` says: the address that is told of each night, a secret, because whoever has it can tell it lies.

    With ``only_success`` it is told once, as it stands, and only of a night that ended well.
    """

    url: Secret
    only_success: bool = False


class WorkbookConfig(NamedTuple):
    """One workbook to sync: what ``[workbook.NAME]`` says, over what ``[defaults]`` says.

    Exactly one of ``path`` (absolute), ``spreadsheet`` (an id) and ``folder`` (the id of a Drive folder, for every
    spreadsheet in it) is set. ``worksheets`` limits what is read of a spreadsheet; empty is all.

    None means that the workbook's own Settings sheet, or the program, decides. ``fiscal_start`` is a month, 1..12.
    ``columns`` holds the wanted computed columns by kind of table (``okr``, ``kpi``); a kind that is not named wants
    them all. ``rules`` holds the severity of a rule by its code, None for a rule that is switched off. ``fail_on`` is a
    severity or ``never``. ``tables`` are those that ``adopt`` wrote down; none is a workbook in the form of our
    templates. ``profiles`` are the scoring profiles of the configuration's own, as plain data by name, each whole with
    what it extends.
    """

    name: str
    path: Path | None = None
    url: str | None = None
    """The https address under which a browser opens the file, with ``CELL_PLACES`` where it can lead to a cell."""
    spreadsheet: str | None = None
    folder: str | None = None
    worksheets: tuple[str, ...] = ()
    cycle: str | None = None
    company: str | None = None
    enabled: bool = True
    language: str | None = None
    timezone: str | None = None
    fiscal_start: int = 1
    profile: str | None = None
    kpi_profile: str | None = None
    on_conflict: str = "restore"
    fail_on: str | None = None
    recalc: str = "never"
    columns: Mapping[str, tuple[str, ...]] = NOTHING
    scorecard: bool = False
    history_worksheet: bool = False
    notes: bool = False
    rules: Mapping[str, Severity | None] = NOTHING
    mail_folder: Path | None = None
    mail_pack: Path | None = None
    """The folder of the pack whose brand the mails have, with a mail server or without."""
    mail_to: MailTo = MailTo()
    mail_when: MailWhen = MailWhen()
    """Who gets mail beside the People sheet, and when; held by ``[mail]``, ``[defaults.mail]``, or the workbook's."""
    report_folder: Path | None = None
    report_url: str | None = None
    """Where each night's page is written, and the address under which a browser finds that folder."""
    report_pack: Path | None = None
    """The folder of the pack whose brand the pages have; None is that of the mails."""
    apart_by: str = ""
    """What tells it from another workbook of its name, for the files that are called by the name: its own spelling
    where an earlier name differs in nothing but case, its path where the configuration does not know it; else empty."""
    history: Path | None = None
    """Where earlier days are remembered (absolute); None is the usual place of the platform."""
    remembered: bool = True
    """Whether days are remembered at all."""
    google: GoogleConfig = GoogleConfig()
    mail_server: MailConfig | None = None
    webhooks: Mapping[str, WebhookConfig] = NOTHING
    tables: tuple[TableMapping, ...] = ()
    profiles: Mapping[str, Mapping[str, Any]] = NOTHING


class Config(NamedTuple):
    """A whole configuration: its file, every file that was read for it, and the workbooks by name, in order.

    ``defaults`` are the fields that a workbook has which the configuration does not name. ``problems`` are what is
    wrong with some of it, where the rest was to be used all the same, and ``left_out`` the workbooks and files that are
    not in it.
    """

    path: Path
    sources: tuple[Path, ...]
    defaults: Mapping[str, Any]
    workbooks: Mapping[str, WorkbookConfig]
    problems: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def enabled(self) -> tuple[WorkbookConfig, ...]:
        """The workbooks that a run takes when none is named."""
        return tuple(workbook for workbook in self.workbooks.values() if workbook.enabled)
