"""``sheetsync schedule``: the nightly job in the scheduler of this computer, told before and after."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from sheetsync.scheduling import cron
from tests.books import TODAY
from tests.cli.conftest import DAY, Caller, configure
from tests.cli.nights import FIRM, checks, installed, with_systemd


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ("cron now runs “sheetsync sync” every day at 03:30 (Asia/Ho_Chi_Minh)", "cron runs it every day at 03:30"),
        ),
        ("vi", ("từ nay cron chạy “sheetsync sync” mỗi ngày lúc 03:30", "cron chạy mỗi ngày lúc 03:30")),
    ],
)
def test_a_job_is_installed_told_and_taken_away(
    call: Caller, table: Path, language: str, words: tuple[str, str]
) -> None:
    """Shows the way of a job, in both languages, and that the crontab is as it was afterwards."""
    table.write_text("0 5 * * * backup\n", encoding="utf-8")
    done = call("--lang", language, "schedule", "install")
    assert (done.code, done.out) == (0, "")
    assert words[0] in done.err
    assert "30 20 * * * cd " in table.read_text(encoding="utf-8")
    told = call("--lang", language, "schedule")
    assert told.code == 0
    assert words[1] in told.out
    assert call("--lang", language, "schedule", "remove").code == 0
    assert table.read_text(encoding="utf-8") == "0 5 * * * backup\n"


def test_what_is_installed_runs(call: Caller, process: Caller, table: Path, here: Path) -> None:
    """Shows that the line which cron is given is a call that works: the workbook is synced, and nothing is said."""
    assert call("schedule", "install").code == 0
    (line,) = [line for line in table.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    words = line.split(" --no-input ")[1].split()
    assert words == ["--config", str(here / "sheetsync.toml"), "sync"]
    before = (here / "okr.xlsx").read_bytes()
    done = process("--no-input", *words)
    assert (done.code, done.out) == (0, "")
    assert (here / "okr.xlsx").read_bytes() != before


def test_nothing_is_installed_at_first(call: Caller, table: Path) -> None:
    """Shows that a status without a job says so and how to get one, with exit code 0."""
    done = call("schedule")
    assert done.code == 0
    assert "sheetsync schedule install" in done.out
    assert not table.exists()
    assert call("schedule", "remove").code == 0


def test_without_a_configuration_there_is_nothing_to_run(call: Caller, here: Path) -> None:
    """Shows that a job needs a configuration, and that the message leads to one."""
    done = call("schedule", "install")
    assert done.code == 2
    assert "sheetsync init" in done.err


@pytest.mark.parametrize("wrong", ["25:00", "3", "03:60", "half past three", "-1:30"])
def test_a_time_that_is_none_is_told(call: Caller, table: Path, wrong: str) -> None:
    """Shows that an hour is read in one form alone, and the message gives it."""
    done = call("schedule", "install", "--at", wrong)
    assert done.code == 2
    assert "HH:MM" in done.err
    assert not table.exists()


def test_a_job_of_somebodys_own_is_not_doubled(call: Caller, table: Path, here: Path) -> None:
    """Shows that a line which a person wrote is told, and that no second run is put beside it."""
    own = f"30 3 * * * cd {here} && sheetsync sync\n"
    table.write_text(own, encoding="utf-8")
    assert own.strip() in call("schedule").out
    done = call("schedule", "install")
    assert done.code == 3
    assert own.strip() in done.err
    assert table.read_text(encoding="utf-8") == own


def test_mails_that_wait_for_the_morning_are_sent_then(call: Caller, table: Path, here: Path) -> None:
    """Shows that a firm whose mails leave at half past six gets a second call, and one without mail does not."""
    mail = '[mail]\nprovider = "local"\nsender = "okr@minhlong.vn"\n[mail.when]\nsend_from = "06:30"\n'
    configure(here, mail + FIRM)
    done = call("--lang", "en", "schedule", "install")
    assert done.code == 0
    assert "At 06:30" in done.err
    lines = [line for line in table.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert [line[:10] for line in lines] == ["30 20 * * ", "30 23 * * "]
    assert lines[1].endswith(" mail send")
    configure(here, FIRM)
    assert "not what the configuration asks for today" in call("--lang", "en", "schedule").out
    assert call("schedule", "install").code == 0
    assert len([line for line in table.read_text(encoding="utf-8").splitlines() if line[0] != "#"]) == 1


def test_where_nobody_hears_a_log_is_kept(
    call: Caller, table: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a computer which cannot mail gets a log beside the configuration, and a call can name another."""
    monkeypatch.setattr(cron, "MAILERS", ())
    assert str(here / "sheetsync.log") in call("schedule", "install").err
    assert f"--log {here / 'sheetsync.log'} sync" in table.read_text(encoding="utf-8")
    assert call("schedule", "install", "--log", "night.log").code == 0
    assert f"--log {here / 'night.log'} sync" in table.read_text(encoding="utf-8")


def test_what_the_night_would_miss_is_told(
    call: Caller, table: Path, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a password in a variable and a command off the path are told at once, with exit code 1."""
    mail = '[mail]\nprovider = "gmail"\nuser = "okr@minhlong.vn"\nsender = "okr@minhlong.vn"\n'
    configure(here, f'{mail}password.env = "MAIL_PASSWORD"\n{FIRM}')
    monkeypatch.setenv("MAIL_PASSWORD", "very secret")
    done = call("--lang", "en", "schedule", "install")
    assert done.code == 1
    assert "MAIL_PASSWORD" in done.err
    assert "very secret" not in done.err + table.read_text(encoding="utf-8")
    table.write_text(f"MAIL_PASSWORD=x\n{table.read_text(encoding='utf-8')}", encoding="utf-8")
    assert call("schedule", "install").code == 0
    configure(here, f'{mail}password.command = ["no-such-command"]\n{FIRM}')
    done = call("schedule", "install")
    assert done.code == 1
    assert "no-such-command" in done.err


def test_paths_of_the_environment_go_along(call: Caller, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the night looks for its history where this terminal does, and that a difference is told later."""
    assert call("schedule", "install").code == 0
    assert f"SHEETSYNC_STATE_DIR={os.environ['SHEETSYNC_STATE_DIR']} " in table.read_text(encoding="utf-8")
    monkeypatch.setenv("SHEETSYNC_STATE_DIR", "/elsewhere")
    done = call("--lang", "en", "schedule")
    assert "this terminal has /elsewhere" in done.out


def test_a_program_that_has_gone_is_a_failure(call: Caller, table: Path, here: Path, tmp_path: Path) -> None:
    """Shows that a job whose program was moved or deleted is told as what it is: a night that will not happen."""
    assert call("schedule", "install").code == 0
    text = table.read_text(encoding="utf-8")
    remark = json.loads(text.splitlines()[1].removeprefix("# sheetsync "))
    gone = str(tmp_path / "gone" / "sheetsync")
    table.write_text(text.replace(remark["program"][0], gone), encoding="utf-8")
    done = call("schedule")
    assert done.code == 3
    assert gone in done.out
    assert gone in call("doctor").out


def test_a_night_that_happened_is_told(call: Caller, table: Path) -> None:
    """Shows that a job which ran last night is in order."""
    assert call("schedule", "install").code == 0
    assert call("sync", "--today", (date.today() - timedelta(days=1)).isoformat()).code == 0
    assert "schedule.last ok" in checks(call("--lang", "en", "schedule", "--json"))


def test_a_night_long_ago_is_told(call: Caller, table: Path) -> None:
    """Shows that an installed job which last ran a week ago is warned of, by the doctor too."""
    assert call("schedule", "install").code == 0
    installed(table, date.today() - timedelta(days=7))
    assert call("sync", *DAY).code == 0
    assert date.today() - timedelta(days=1) > TODAY, "the test's own day has passed"
    assert "schedule.last warning" in checks(call("schedule", "--json"))
    assert "and not since" in call("--lang", "en", "doctor").out


def test_a_cron_that_does_not_run_is_told(call: Caller, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a computer on which no cron runs is told at once: the crontab alone does nothing."""
    monkeypatch.setattr(cron, "DAEMONS", {"no such process"})
    done = call("--lang", "en", "schedule", "install")
    assert done.code == 1
    assert "No cron is running" in done.err


def test_a_job_moves_from_one_scheduler_to_the_other(
    call: Caller, table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a job which is installed elsewhere is taken from where it was, so that nothing runs twice."""
    units = with_systemd(tmp_path, monkeypatch)
    assert call("schedule", "install", "--with", "systemd").code == 1  # nobody lets it run while signed out
    assert not table.exists()
    done = call("--lang", "en", "schedule", "install", "--with", "cron")
    assert done.code == 0
    assert "taken away from systemd" in done.err
    assert not list(units.iterdir())
    assert call("schedule", "install", "--with", "systemd").code == 1
    assert not table.exists()


def test_a_scheduler_that_is_not_there_is_told(call: Caller, table: Path) -> None:
    """Shows that a scheduler which the computer has not is refused by name."""
    done = call("--lang", "en", "schedule", "install", "--with", "systemd")
    assert done.code == 3
    assert "systemd is not on this computer" in done.err
    table.with_name("crontab").unlink()
    done = call("--lang", "en", "schedule", "install")
    assert done.code == 3
    assert "neither cron nor systemd" in done.err


def test_every_form_is_printed(call: Caller, table: Path, here: Path, tmp_path: Path) -> None:
    """Shows that each scheduler's own words are printed or written, and that nothing is installed."""
    assert "30 20 * * * cd " in call("schedule", "print").out
    assert "30 20 * * * cd " in call("schedule", "print", "cron").out
    assert "OnCalendar=*-*-* 04:00:00 Asia/Ho_Chi_Minh" in call("schedule", "print", "systemd", "--at", "04:00").out
    assert "<key>ProgramArguments</key>" in call("schedule", "print", "launchd").out
    assert "<CalendarTrigger>" in call("schedule", "print", "windows").out
    assert not table.exists()
    done = call("--lang", "en", "schedule", "print", "windows", "-o", str(tmp_path))
    assert done.code == 0
    (written,) = tmp_path.glob("*.xml")
    assert f'schtasks /Create /TN {written.stem} /XML "{written}"' in done.err
    assert call("schedule", "print", "cron", "-o", str(tmp_path)).code == 2


def test_a_line_break_in_the_folder_gets_into_no_crontab(call: Caller, table: Path, here: Path) -> None:
    """Shows that a folder whose name holds a line break, which would be a line of its own in a crontab, is refused."""
    folder = here / "okr\n* * * * * evil"
    folder.mkdir()
    configure(folder, FIRM)
    done = call("--config", str(folder / "sheetsync.toml"), "schedule", "install")
    assert done.code == 2
    assert not table.exists()
