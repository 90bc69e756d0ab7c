"""The nightly job as timers of systemd: files that it takes, switched on and off through its own program."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.errors import ScheduleRefused
from sheetsync.scheduling import systemd
from tests.scheduling.jobs import DAY, first_on_path, job, put_program

SYSTEMCTL = """#!/bin/sh
# Answers as systemctl does: what is enabled is kept as files of a folder.
PATH=/usr/bin:/bin
echo "$@" >>'{folder}/asked'
shift
case "$1" in
enable) shift; for timer; do touch "{folder}/$timer.on"; done ;;
disable) shift; shift; for timer; do rm -f "{folder}/$timer.on"; done ;;
is-enabled) if [ -f "{folder}/$2.on" ]; then echo enabled; else echo disabled; exit 1; fi ;;
show-environment) echo PATH=/usr/bin; echo MAIL_PASSWORD=x ;;
restart) {restart} ;;
esac
"""
LABEL = "sheetsync-okr-1a2b3c"


@pytest.fixture
def units(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a person's own units, with a stand-in for systemctl."""
    return prepared(tmp_path, monkeypatch, "true")


def prepared(folder: Path, monkeypatch: pytest.MonkeyPatch, restart: str) -> Path:
    """Put a systemctl first on the path, and the configurations of a person below a folder."""
    tools = folder / "bin"
    tools.mkdir()
    put_program(tools / "systemctl", SYSTEMCTL.format(folder=tools, restart=restart))
    monkeypatch.setenv("PATH", first_on_path(tools))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    return folder / "config" / "systemd" / "user"


def test_a_job_is_a_service_and_a_timer() -> None:
    """Shows what runs, where, when, in the company's time zone, and that a missed night is made up for."""
    files = systemd.units(job(zone="Asia/Ho_Chi_Minh", environment={"SHEETSYNC_STATE_DIR": "/srv/state"}))
    assert list(files) == [f"{LABEL}-sync.service", f"{LABEL}-sync.timer"]
    service, timer = files.values()
    assert "\nWorkingDirectory=/srv/okr/\n" in service
    assert "\nEnvironment=SHEETSYNC_STATE_DIR=/srv/state\n" in service
    command = "/srv/okr/.venv/bin/sheetsync --no-input --config /srv/okr/sheetsync.toml sync"
    assert f"\nExecStart={command}\n" in service
    assert "\nOnCalendar=*-*-* 03:30:00 Asia/Ho_Chi_Minh\n" in timer
    assert "\nPersistent=true\n" in timer


def test_mails_that_wait_have_a_timer_of_their_own() -> None:
    """Shows that each call of a job has its two files."""
    files = systemd.units(job(mail=time(6, 30)))
    assert f"{LABEL}-mail-0630.timer" in files
    assert "OnCalendar=*-*-* 06:30:00\n" in files[f"{LABEL}-mail-0630.timer"]
    assert files[f"{LABEL}-mail-0630.service"].count("mail send\n") == 1


def test_a_job_is_installed_found_and_taken_away(units: Path) -> None:
    """Shows the way of a job: files, timers that are on, the same text back, and nothing left behind."""
    made = job(mail=time(6, 30))
    assert systemd.find(made) is None
    systemd.install(made, DAY)
    assert sorted(path.name for path in units.iterdir()) == sorted(systemd.units(made))
    found = systemd.find(made)
    assert found is not None
    assert found.at == time(3, 30)
    assert found.text == systemd.text(made, DAY)
    assert systemd.remove(made)
    assert not list(units.iterdir())
    assert systemd.find(made) is None
    assert not systemd.remove(made)


def test_systemd_reads_the_files_before_it_runs_them(units: Path, tmp_path: Path) -> None:
    """Shows what is asked and in which order: without a reload systemd would go on with the older form of a job."""
    systemd.install(job(), DAY)
    asked = (tmp_path / "bin" / "asked").read_text(encoding="utf-8").splitlines()
    timer = f"{LABEL}-sync.timer"
    assert asked[-3:] == ["--user daemon-reload", f"--user enable {timer}", f"--user restart {timer}"]
    assert (units / timer).exists()
    systemd.remove(job())
    asked = (tmp_path / "bin" / "asked").read_text(encoding="utf-8").splitlines()
    assert f"--user disable --now {timer}" in asked
    assert asked[-1] == "--user daemon-reload"


def test_a_call_that_is_not_wanted_any_more_goes(units: Path) -> None:
    """Shows that a job installed anew leaves no timer of its older form on."""
    systemd.install(job(mail=time(6, 30)), DAY)
    systemd.install(job(), DAY)
    assert sorted(path.name for path in units.iterdir()) == sorted(systemd.units(job()))


def test_a_file_of_somebody_elses_stays(units: Path) -> None:
    """Shows that a unit of the same name which we did not write is neither replaced nor taken away."""
    units.mkdir(parents=True)
    foreign = units / f"{LABEL}-sync.timer"
    foreign.write_text("[Timer]\nOnCalendar=daily\n", encoding="utf-8")
    with pytest.raises(ScheduleRefused, match=r"schedule\.foreign_file"):
        systemd.install(job(), DAY)
    assert not systemd.remove(job())
    assert foreign.read_text(encoding="utf-8") == "[Timer]\nOnCalendar=daily\n"


def test_a_refusal_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that files which systemd does not take are taken away again, and its own words are told."""
    folder = prepared(tmp_path, monkeypatch, "echo 'Failed to connect to bus: No medium found' >&2; exit 1")
    with pytest.raises(ScheduleRefused, match="Failed to connect to bus"):
        systemd.install(job(), DAY)
    assert not list(folder.iterdir())


def test_a_refusal_leaves_the_older_form_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that whoever changes a job while systemd does not answer keeps the one that was installed."""
    folder = prepared(tmp_path, monkeypatch, "true")
    systemd.install(job(), DAY)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    for broken in ("daemon-reload", "enable", "restart"):
        switched(tmp_path, f"{broken}) echo 'Failed to connect to bus' >&2; exit 1 ;;")
        with pytest.raises(ScheduleRefused, match="Failed to connect to bus"):
            systemd.install(job(at=time(5, 0), mail=time(6, 30)), DAY)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C interrupt a test; those who run tests side by side pass it over."""
    usual = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, usual)


def test_whoever_stops_a_change_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, interruptible: None
) -> None:
    """Shows that Ctrl-C in the middle of an installation leaves the job of before."""
    folder = prepared(tmp_path, monkeypatch, "true")
    systemd.install(job(), DAY)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    once = tmp_path / "once"
    switched(tmp_path, f"enable) [ -f '{once}' ] || {{ touch '{once}'; kill -INT $PPID; exit 1; }} ;;")
    with pytest.raises(KeyboardInterrupt):
        systemd.install(job(at=time(5, 0)), DAY)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def switched(folder: Path, case: str) -> None:
    """Let the stand-in for systemctl do something else in one case."""
    program = folder / "bin" / "systemctl"
    program.write_text(
        SYSTEMCTL.format(folder=program.parent, restart="true").replace('case "$1" in\n', f'case "$1" in\n{case}\n'),
        encoding="utf-8",
    )


def test_a_systemd_that_does_not_answer_is_no_sign_that_nothing_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a job is not told as missing where systemd cannot be asked, as after su."""
    prepared(tmp_path, monkeypatch, "true")
    systemd.install(job(), DAY)
    switched(tmp_path, "is-enabled) echo 'Failed to connect to bus' >&2; exit 1 ;;")
    with pytest.raises(ScheduleRefused, match="Failed to connect to bus"):
        systemd.find(job())


@pytest.mark.parametrize("runs", [True, False])
def test_a_timer_that_goes_on_is_not_told_as_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runs: bool) -> None:
    """Shows that files stay where a running systemd does not let a timer be switched off, and go where none runs."""
    folder = prepared(tmp_path, monkeypatch, "true")
    systemd.install(job(), DAY)
    switched(tmp_path, "disable) echo 'Failed to connect to bus' >&2; exit 1 ;;")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    (folder / "timers.target.wants").mkdir()
    (folder / "timers.target.wants" / f"{LABEL}-sync.timer").symlink_to(folder / f"{LABEL}-sync.timer")
    if runs:
        (tmp_path / "systemd").mkdir()
        (tmp_path / "systemd" / "private").touch()
        with pytest.raises(ScheduleRefused, match="Failed to connect to bus"):
            systemd.remove(job())
        assert len(list(folder.glob("sheetsync-*"))) == 2
    else:
        assert systemd.remove(job())
        assert not list(folder.glob("**/sheetsync-*"))


def test_a_folder_that_nobody_may_write_to_is_told(units: Path) -> None:
    """Shows that a place for units which cannot be made is a refusal with its path, and no bug."""
    units.parent.parent.mkdir()
    units.parent.touch()
    with pytest.raises(ScheduleRefused, match=str(units)):
        systemd.install(job(), DAY)


def test_a_job_installed_anew_makes_up_for_no_old_night(units: Path, tmp_path: Path) -> None:
    """Shows that systemd forgets when a timer last ran: else one that comes back runs at once, at noon."""
    systemd.install(job(), DAY)
    systemd.remove(job())
    asked = (tmp_path / "bin" / "asked").read_text(encoding="utf-8").splitlines()
    assert f"--user clean --what=state {LABEL}-sync.timer" in asked
    assert not list(units.iterdir())


def test_a_configuration_at_the_root_has_a_folder() -> None:
    """Shows the folder of a job whose configuration lies beside everything else, as in a container."""
    assert "\nWorkingDirectory=/\n" in systemd.units(job(Path("/")))[f"{LABEL}-sync.service"]


def test_whose_jobs_are_there_is_known(units: Path) -> None:
    """Shows that the configurations of installed jobs can be listed, and a remark changed by hand is told."""
    assert systemd.configs() == []
    systemd.install(job(), DAY)
    assert systemd.configs() == [job().config]
    service = units / f"{LABEL}-sync.service"
    service.write_text(service.read_text(encoding="utf-8").replace('"at": "', '"at": "x'), encoding="utf-8")
    with pytest.raises(ScheduleRefused, match=r"schedule\.altered"):
        systemd.find(job())


@pytest.mark.parametrize(("answer", "worried"), [("Linger=yes", False), ("Linger=no", True), ("", True)])
def test_a_job_that_runs_only_while_its_person_is_there_is_told(
    units: Path, monkeypatch: pytest.MonkeyPatch, answer: str, worried: bool
) -> None:
    """Shows that without lingering one warning names the person, and that with it there is none."""
    put_program(units.parents[2] / "bin" / "loginctl", f'#!/bin/sh\n[ "$3" = --property=Linger ] && echo "{answer}"\n')
    monkeypatch.setenv("LOGNAME", "nobody-of-this-computer")
    told = list(systemd.worries(job(), DAY))
    assert [(one.text, one.params) for one in told] == (
        [("doctor.schedule.no_linger", {"user": "nobody-of-this-computer"})] if worried else []
    )


def test_signs_that_mean_something_to_systemd_are_taken_as_they_are() -> None:
    """Shows dollar and percent signs, quotes, backslashes and spaces in the words of a command and in a variable."""
    hard = 'a $B %h "c" \\d'
    files = systemd.units(job(environment={"X": hard}, program=("/srv/my okr/sheetsync", hard)))
    service = files[f"{LABEL}-sync.service"]
    assert '\nEnvironment="X=a $B %%h \\"c\\" \\\\d"\n' in service
    assert '\nExecStart="/srv/my okr/sheetsync" "a $$B %%h \\"c\\" \\\\d" --no-input ' in service


def test_what_its_person_has_set_is_known(units: Path) -> None:
    """Shows that a variable in the person's own systemd counts as given to the job."""
    given = systemd.given(job())
    assert given.keys() >= {"MAIL_PASSWORD"}
    assert given["PATH"] == "/usr/bin"
    assert "MAIL" not in given
    assert not units.exists()


@pytest.mark.systemd
@settings(max_examples=15)
@given(
    folder=st.text(st.characters(blacklist_categories=("Cc", "Cn", "Cs", "Zl", "Zp")), min_size=1, max_size=12).filter(
        lambda word: "/" not in word and word.strip(".")
    )
)
def test_systemd_itself_takes_it(tmp_path_factory: pytest.TempPathFactory, folder: str) -> None:
    """Law: systemd finds no fault with the files and reads the folder as it is, whatever the folder is called.

    Only what Unicode keeps for no sign at all it does not read, and says so.
    """
    place = tmp_path_factory.mktemp("units")
    there = place / folder
    there.mkdir()
    made = job(there, zone="Asia/Ho_Chi_Minh", environment={"PLACE": folder}, program=("/bin/true",))
    files = [place / name for name in systemd.units(made)]
    for file, content in zip(files, systemd.units(made).values(), strict=True):
        file.write_text(content, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", "--man=no", *map(str, files)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "XDG_RUNTIME_DIR": str(place), "HOME": str(place), "LC_ALL": "C.UTF-8"},
    )
    ours = [line for line in done.stderr.splitlines() if LABEL in line]
    assert not ours
    assert done.returncode == 0, done.stderr


@pytest.mark.systemd
def test_systemd_knows_the_hour() -> None:
    """Shows that systemd reads the time in the company's zone: half past three there is 20:30 in UTC."""
    timer = systemd.units(job(zone="Asia/Ho_Chi_Minh"))[f"{LABEL}-sync.timer"]
    (when,) = [line.partition("=")[2] for line in timer.splitlines() if line.startswith("OnCalendar=")]
    done = subprocess.run(
        ["systemd-analyze", "calendar", when], check=True, capture_output=True, encoding="utf-8", env={"TZ": "UTC"}
    )
    assert "20:30:00 UTC" in done.stdout
