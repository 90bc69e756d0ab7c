"""The parts of the set-up that the doctor looks at, in order; a part that is added later is one more row."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sheetsync.checkup import Check, State, fine, refused, skipped, warned
from sheetsync.cli import exits, machine
from sheetsync.cli.google_checkup import Accounts
from sheetsync.cli.side_by_side import Task
from sheetsync.config.shape import Config, MailConfig, WebhookConfig, WorkbookConfig
from sheetsync.errors import ConfigError
from sheetsync.record import NamedTuple


class Situation(NamedTuple):
    """What is to be looked at: the configuration or what is wrong with it, the workbooks, and their accounts."""

    config: Config | None
    wrong: ConfigError | None
    workbooks: tuple[WorkbookConfig, ...]
    accounts: Accounts
    mail_to: str | None = None
    """To whom a test mail is sent; None sends nothing."""
    chat_to: str | None = None
    """The name of the webhook that is told a test message; None tells nothing."""


class Part(NamedTuple):
    """One part: its name, and the tasks that a situation gives it."""

    name: str
    tasks: Callable[[Situation], list[Task]]


def configuration(situation: Situation) -> list[Task]:
    """Say which configuration is used, or what is wrong with it."""
    return [Task("", partial(_configuration, situation))]


def _configuration(situation: Situation) -> Iterator[Check]:
    config, wrong = situation.config, situation.wrong
    if wrong is not None:
        for problem in wrong.problems or (str(wrong),):
            params = {"problem": problem}
            key = "doctor.config.wrong"
            yield Check("config", State.FAILED, key, params, f"{key}_fix", exits.USAGE)
    elif config is None:
        yield warned("config", "none") if not situation.workbooks else skipped("config", "not_needed")
    else:
        yield fine("config", path=str(config.path), count=len(config.workbooks), enabled=len(config.enabled))


def computer(situation: Situation) -> list[Task]:  # noqa: ARG001 - every part is asked alike
    """Look at the folders of this computer."""
    return [Task("", machine.examine)]


def excel(situation: Situation) -> list[Task]:
    """Look at every Excel file."""
    return [Task(one.name, partial(_excel, one)) for one in situation.workbooks if one.path is not None]


def _excel(settings: WorkbookConfig) -> Iterator[Check]:
    from sheetsync.backends.files.diagnosis import examine
    from sheetsync.cli.wiring import refuse_unseen

    path = settings.path or Path()
    try:
        refuse_unseen(path)
    except ConfigError as error:
        yield refused("excel.file", error)
        return
    yield from examine(os.fspath(path), recalculate=settings.recalc == "libreoffice")


def google(situation: Situation) -> list[Task]:
    """Look at every way to sign in to Google that is needed."""
    return situation.accounts.tasks()


def spreadsheets(situation: Situation) -> list[Task]:
    """Look at every spreadsheet, with what the part before found out."""
    return situation.accounts.sheet_tasks()


def mail(situation: Situation) -> list[Task]:
    """Look at every mail server and the folders for the summary; a mail is sent only where the call says to whom."""
    from sheetsync.cli import mailing

    folders = sorted({one.mail_folder for one in situation.workbooks if one.mail_folder is not None})
    servers = mail_servers(situation)
    zone = next((one.timezone for one in situation.workbooks if one.timezone), None)
    wanted = situation.mail_to
    tasks = [Task("", partial(mailing.examine, one, wanted, zone)) for one in servers]
    if wanted is not None and not servers:
        tasks = [Task("", partial(mailing.try_out, None, wanted, zone))]
    tasks += [Task("", partial(mailing.examine_outbox, *one)) for one in outboxes(situation)]
    return [*tasks, Task("", partial(_mail, folders, configured=bool(servers)))]


def outboxes(situation: Situation) -> list[tuple[Path, str, frozenset[str]]]:
    """Give every outbox that the workbooks send from: its history, the sender, and the places of its workbooks."""
    from sheetsync.cli.history_place import history_path
    from sheetsync.cli.remembering import place_of

    found: dict[tuple[Path, str], set[str]] = {}
    for one in situation.workbooks:
        if one.remembered and (one.mail_server is not None or one.webhooks):
            sender = one.mail_server.sender if one.mail_server is not None else ""
            found.setdefault((history_path(one), sender), set()).add(place_of(one))
    return [(path, sender, frozenset(places)) for (path, sender), places in found.items()]


def mail_servers(situation: Situation) -> list[MailConfig]:
    """Give every mail account of the workbooks that are looked at, else that of the configuration; each once."""
    told = [one.mail_server for one in situation.workbooks]
    if situation.config is not None and not situation.workbooks:
        told = [situation.config.defaults.get("mail_server")]
    accounts: dict[MailConfig, MailConfig] = {}  # by what it is without the look that one client's mails have
    for one in told:
        if one is not None:
            accounts.setdefault(one._replace(pack=None, sender_name="", reply_to=""), one)
    return list(accounts.values())


def chats(situation: Situation) -> list[Task]:
    """Look at every webhook; a message is told only where the call says to which."""
    from sheetsync.cli import chatting

    told = [one.webhooks for one in situation.workbooks]
    if situation.config is not None and not situation.workbooks:
        told = [situation.config.defaults.get("webhooks", {})]
    known: list[WebhookConfig] = []  # clients may call their chats alike
    for one in (one for webhooks in told for one in webhooks.values()):
        known += [one] if one not in known else []
    name = situation.chat_to
    tasks = [Task("", partial(chatting.examine, one)) for one in known if one.name != name]
    if name is not None:
        tasks.append(Task("", partial(chatting.try_out, name, tuple(known))))
    return tasks


def _mail(folders: list[Path], *, configured: bool) -> Iterator[Check]:
    if not configured:
        yield skipped("mail.sending", "files_only")
    for folder in folders:
        yield machine.examine_folder("mail.folder", folder)


def pages(situation: Situation) -> list[Task]:
    """Look at the folders for the pages."""
    told = [one.report_folder for one in situation.workbooks]
    if situation.config is not None and not situation.workbooks:
        told = [situation.config.defaults.get("report_folder")]
    folders = sorted({one for one in told if one is not None})
    return [Task("", partial(_pages, folders))] if folders else []


def _pages(folders: list[Path]) -> Iterator[Check]:
    for folder in folders:
        yield machine.examine_folder("pages.folder", folder)


def history(situation: Situation) -> list[Task]:
    """Look at every file that remembers earlier days; none is made."""
    from sheetsync.cli.history_place import history_path
    from sheetsync.history import default_path

    paths = dict.fromkeys(history_path(one) for one in situation.workbooks if one.remembered)
    if not situation.workbooks:
        paths = {default_path(): None}
    return [Task("", partial(_history, path)) for path in paths]


def _history(path: Path) -> Iterator[Check]:
    from sheetsync.cli.history_checkup import examine

    return examine(path)


def schedule(situation: Situation) -> list[Task]:
    """Look at the nightly job of the configuration, and at who would hear that it never ran."""
    if situation.config is None:
        return []
    from sheetsync.cli import pinging
    from sheetsync.cli.schedule_checkup import examine

    config = situation.config
    return [Task("", partial(examine, config)), Task("", partial(pinging.examine, config.path))]


PARTS = (
    Part("configuration", configuration),
    Part("computer", computer),
    Part("excel", excel),
    Part("google", google),
    Part("spreadsheets", spreadsheets),
    Part("mail", mail),
    Part("chats", chats),
    Part("pages", pages),
    Part("history", history),
    Part("schedule", schedule),
)
"""Everything that is looked at; a part without tasks is not shown."""
