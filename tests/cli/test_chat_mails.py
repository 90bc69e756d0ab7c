"""What a chat is told: the company's digest, once a period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sheetsync.cadence import MailWhen
from sheetsync.config.shape import Secret, WebhookConfig, WorkbookConfig
from sheetsync.history import History
from sheetsync.kinds import MailKind
from sheetsync.report.digest.coding import loads
from sheetsync.snapshot import Mail, Run
from tests.cli.test_mails import FRIDAY, config_of, demo, made

__all__ = ["demo"]  # a fixture that these tests share with those of the mails to people
WEBHOOKS = {name: WebhookConfig(name, "slack", Secret(env="URL")) for name in ("team", "Board")}


def told(config: WorkbookConfig, path: Path, days: int) -> list[Mail]:
    """Give what chats are told in some nights of a row, each queued at its end."""
    found: list[Mail] = []
    with History.open(path) as history:
        for number in range(days):
            day = FRIDAY + timedelta(days=number)
            mails = made(config, day, history.outbox)
            history.commit(Run(f"file:{config.path}", "demo", day), None, mails=mails)
            found += mails
    return [mail for mail in found if mail.channel == "webhook"]


def test_each_chat_is_told_once_a_period(demo: Callable[[str], Path], tmp_path: Path) -> None:
    """Shows that in a week of nights each webhook gets one digest of the company, whether mail is configured or not."""
    config = config_of(demo("vi"), webhooks=WEBHOOKS)
    mails = told(config, tmp_path / "a.sqlite3", 7)
    assert sorted(mail.recipient for mail in mails) == ["Board", "team"]
    assert {loads(mail.content).kind for mail in mails} == {"company"}
    assert len({mail.period for mail in mails}) == 1
    alone = config._replace(mail_server=None)
    assert [mail.key for mail in told(alone, tmp_path / "b.sqlite3", 7)] == [mail.key for mail in mails]


def test_without_a_server_nobody_is_queued_but_chats(demo: Callable[[str], Path]) -> None:
    """Shows that mails to people are not made where they could never leave."""
    config = config_of(demo("vi"), webhooks=WEBHOOKS, mail_server=None)
    days = (FRIDAY + timedelta(days=number) for number in range(7))
    assert {mail.channel for day in days for mail in made(config, day)} == {"webhook"}


def test_chats_keep_silent_where_the_company_does(demo: Callable[[str], Path], tmp_path: Path) -> None:
    """Shows that without the company's kind a chat is told nothing."""
    config = config_of(demo("vi"), webhooks=WEBHOOKS, mail_when=MailWhen(kinds=(MailKind.TEAM,)))
    assert told(config, tmp_path / "a.sqlite3", 7) == []
