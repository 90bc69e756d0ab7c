"""The crontab of a firm's server, and what the program says of the job in it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from sheetsync.scheduling import clock, cron
from tests.cli.conftest import Called, configure
from tests.scheduling.jobs import put_program, stand_in
from tests.scheduling.test_systemd import SYSTEMCTL

FIRM = '[defaults]\ntimezone = "Asia/Ho_Chi_Minh"\n[workbook.okr]\npath = "okr.xlsx"\n'
BARE = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "XDG_STATE_HOME")


def prepared(here: Path, okr: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the crontab of a server in UTC that can mail and whose cron runs, beside a configured workbook."""
    tools = tmp_path / "bin"
    tools.mkdir()
    monkeypatch.setenv("PATH", str(tools))
    monkeypatch.setenv("TZ", "UTC")
    for name in BARE:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(clock, "LOCAL_TIME", tmp_path / "none")
    mailer = tmp_path / "sendmail"
    mailer.touch()
    monkeypatch.setattr(cron, "MAILERS", (mailer,))
    monkeypatch.setattr(cron, "DAEMONS", {Path("/proc/self/comm").read_text(encoding="utf-8").strip()})
    configure(here, FIRM)
    assert okr.is_file()
    return stand_in(tools)


def checks(done: Called) -> dict[str, str]:
    """Give what each check of a document says, by the last word of its key and its name."""
    document = json.loads(done.out)
    assert document["schema"] == "sheetsync.schedule.v1"
    return {f"{check['name']} {check['state']}": check["text"] for check in document["checks"]}


def installed(table: Path, day: date) -> None:
    """Let the job be one that was installed on another day."""
    text, count = re.subn(r'"since": "[^"]+"', f'"since": "{day.isoformat()}"', table.read_text(encoding="utf-8"))
    assert count == 1
    table.write_text(text, encoding="utf-8")


def with_systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the server a systemd too, and say where its files of a person are."""
    put_program(tmp_path / "bin" / "systemctl", SYSTEMCTL.format(folder=tmp_path / "bin", restart="true"))
    (tmp_path / "bin" / "loginctl").symlink_to("/bin/true")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path / "config" / "systemd" / "user"
