"""``sheetsync schedule install`` and ``remove``, called again, from elsewhere, and where not all is as it should be."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.cli.conftest import Caller, configure
from tests.cli.nights import FIRM, checks, with_systemd
from tests.scheduling.jobs import put_program


def test_a_job_can_be_taken_away_whatever_became_of_its_configuration(call: Caller, table: Path, here: Path) -> None:
    """Shows that a job goes where its configuration is broken or was moved away, and that the others are named."""
    assert call("schedule", "install").code == 0
    (here / "sheetsync.toml").write_text("[broken", encoding="utf-8")
    assert call("schedule", "remove").code == 0
    assert not table.exists()
    configure(here, FIRM)
    assert call("schedule", "install").code == 0
    (here / "sheetsync.toml").rename(here / "other.toml")
    done = call("--lang", "en", "schedule", "remove", "--config", "other.toml")
    assert done.code == 0
    assert f"Jobs are installed for: {here / 'sheetsync.toml'}" in done.err
    assert call("schedule", "remove").code == 0
    assert not table.exists()


def test_a_job_stays_as_it_was_but_for_what_is_said(call: Caller, table: Path, here: Path) -> None:
    """Shows that whoever installs anew, as the status advises, keeps the hour and the log of before."""
    assert call("schedule", "install", "--at", "04:15", "--log", "night.log").code == 0
    before = table.read_text(encoding="utf-8")
    assert call("schedule", "install").code == 0
    assert table.read_text(encoding="utf-8") == before
    assert call("schedule", "install", "--at", "05:00").code == 0
    assert f"--log {here / 'night.log'} sync" in table.read_text(encoding="utf-8")


@pytest.mark.parametrize("way", ["sub/../sheetsync.toml", "link/sheetsync.toml"])
def test_one_configuration_has_one_job(call: Caller, table: Path, here: Path, way: str) -> None:
    """Shows that a configuration reached in another way is no other one: neither a second job nor none is told."""
    (here / "sub").mkdir()
    (here / "link").symlink_to(here)
    assert call("schedule", "install").code == 0
    before = table.read_text(encoding="utf-8")
    assert "schedule ok" in checks(call("schedule", "--json", "--config", way))
    assert call("schedule", "install", "--config", way).code == 0
    assert table.read_text(encoding="utf-8") == before
    assert call("schedule", "remove", "--config", way).code == 0
    assert not table.exists()
    assert call("schedule", "install", "--config", way).code == 0
    assert ".." not in table.read_text(encoding="utf-8")
    assert "schedule ok" in checks(call("schedule", "--json"))


def test_paths_of_the_environment_are_whole(
    call: Caller, table: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a path which counts from the terminal's folder is found from that of the job."""
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", "state")
    (here / "sub").mkdir()
    (here / "sub" / "sheetsync.toml").write_text('[workbook.okr]\npath = "../okr.xlsx"\n', encoding="utf-8")
    assert call("schedule", "install", "--config", "sub/sheetsync.toml").code == 0
    assert f"SHEETSYNC_STATE_DIR={here / 'state'} " in table.read_text(encoding="utf-8")
    assert "schedule warning" not in checks(call("schedule", "--json", "--config", "sub/sheetsync.toml"))


def test_a_line_cannot_be_slipped_in(call: Caller, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the end of a line in a path is refused with a sentence, before cron sees it."""
    done = call("--lang", "en", "schedule", "install", "--log", "a\n* * * * * b")
    assert done.code == 2
    assert "characters that cannot be shown" in done.err
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", "/srv/a\nb")
    assert call("schedule", "install").code == 2
    assert not table.exists()


def test_a_cron_that_lets_nobody_in_is_in_nobodys_way(
    call: Caller, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a person who may have no crontab can have a job in systemd, see it, and be rid of it."""
    units = with_systemd(tmp_path, monkeypatch)
    refusing = "#!/bin/sh\necho 'You are not allowed' >&2\nexit 1\n"
    table.with_name("crontab").write_text(refusing, encoding="utf-8")
    assert call("schedule", "install").code == 3
    assert call("schedule", "install", "--with", "systemd").code == 1  # nobody lets it run while signed out
    found = checks(call("--lang", "en", "schedule", "--json"))
    assert "not allowed" in found["schedule skipped"]
    assert "systemd runs it every day at 03:30" in found["schedule ok"]
    assert call("schedule", "install", "--at", "05:00").code == 1
    assert "systemd runs it every day at 05:00" in checks(call("--lang", "en", "schedule", "--json"))["schedule ok"]
    assert call("schedule", "remove").code == 0
    assert not list(units.glob("*.timer"))


def test_two_at_once_both_stay(process: Caller, table: Path, here: Path) -> None:
    """Shows that of two calls that change the crontab at the same moment neither loses what the other wrote."""
    slow = table.with_name("crontab")
    slow.write_text(slow.read_text(encoding="utf-8").replace("-l) ", "-l) sleep 0.3; "), encoding="utf-8")
    names = ("one", "two")
    for name in names:
        (here / name).mkdir()
        (here / name / "sheetsync.toml").write_text(FIRM.replace("okr.xlsx", "../okr.xlsx"), encoding="utf-8")
    with ThreadPoolExecutor() as both:
        done = list(
            both.map(
                lambda name: process("schedule", "install", "--config", name),
                ("one/sheetsync.toml", "two/sheetsync.toml"),
            )
        )
    assert not any("Traceback" in one.err for one in done)
    assert table.read_text(encoding="utf-8").count("# BEGIN sheetsync ") == 2


def test_a_job_in_a_systemd_that_does_not_answer_is_not_doubled_in_silence(
    call: Caller, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that whoever installs in cron hears that systemd, where the job was, could not be asked."""
    units = with_systemd(tmp_path, monkeypatch)
    assert call("schedule", "install", "--with", "systemd").code == 1
    (tmp_path / "bin" / "systemctl").write_text("#!/bin/sh\necho 'No medium found' >&2; exit 1\n", encoding="utf-8")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (tmp_path / "systemd").mkdir()
    (tmp_path / "systemd" / "private").touch()
    assert "No medium found" in call("schedule", "install").err
    assert len(list(units.glob("sheetsync-*"))) == 2


def test_mails_of_firms_in_several_zones_leave_by_their_own_clocks(call: Caller, table: Path, here: Path) -> None:
    """Shows that each firm's mails are sent at its own half past six, and by none where the night is past it there."""
    mail = '[mail]\nprovider = "local"\nsender = "okr@minhlong.vn"\n[mail.when]\nsend_from = "06:30"\n'
    zones = ("Asia/Ho_Chi_Minh", "Asia/Tokyo", "America/New_York")
    books = "".join(f'[workbook.b{n}]\npath = "b{n}.xlsx"\ntimezone = "{zone}"\n' for n, zone in enumerate(zones))
    configure(here, f'{mail}[defaults]\ntimezone = "Asia/Ho_Chi_Minh"\n{books}')
    done = call("--lang", "en", "schedule", "install")
    assert "06:30 (Asia/Tokyo)" in done.err
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert [line[:9] for line in lines] == ["30 20 * *", "30 23 * *", "30 21 * *"]  # 03:30, 06:30 there; 06:30 in Japan


def test_a_command_beside_the_configuration_is_found(call: Caller, table: Path, here: Path, tmp_path: Path) -> None:
    """Shows that a command whose path counts from the job's folder is looked for there, from wherever one asks."""
    put_program(here / "password.sh", "#!/bin/sh\n")
    mail = '[mail]\nprovider = "gmail"\nuser = "okr@minhlong.vn"\nsender = "okr@minhlong.vn"\n'
    configure(here, f'{mail}password.command = ["./password.sh"]\n{FIRM}')
    os.chdir(tmp_path)
    assert call("schedule", "install", "--config", str(here / "sheetsync.toml")).code == 0


def test_the_night_speaks_as_its_installer_asked(call: Caller, table: Path) -> None:
    """Shows that a language named at the installation is that of the nights, until another is named."""
    for told, spoken in (("vi", "vi"), (None, "vi"), ("en", "en")):
        assert call(*(("--lang", told) if told else ()), "schedule", "install").code == 0
        assert f"SHEETSYNC_LANG={spoken} " in table.read_text(encoding="utf-8")
