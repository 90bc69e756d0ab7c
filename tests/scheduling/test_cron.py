"""The nightly job in a crontab: its line does what it should, and nobody else's line is touched."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.errors import ScheduleRefused
from sheetsync.scheduling import cron
from tests.scheduling.jobs import DAY, first_on_path, job, put_program, stand_in

UTC = ZoneInfo("UTC")
WORDS = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12).filter(
    lambda word: "/" not in word and word.strip(".")
)
HARD = st.text(st.sampled_from("\\\\\\%%' a$"), min_size=1, max_size=8).filter(str.strip)
LINES = st.lists(
    st.one_of(
        st.just(""),
        st.sampled_from(["# END", "# BEGIN sheetsync", "MAILTO=me@example.com", "0 5 * * * backup 100\\% | tee x"]),
        st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp")), max_size=30),
    ),
    max_size=8,
)


def entry(block: str) -> tuple[str, str]:
    """Read the one line of a block as cron does: the five fields of the time, and the command for the shell."""
    (line,) = [line for line in block.splitlines() if not line.startswith("#")]
    fields = line.split(" ", 5)
    command, rest = "", iter(fields[5])
    for sign in rest:
        assert sign != "%", "a bare percent sign ends the command"
        after = next(rest, "") if sign == "\\" else sign
        command += after if after in {"%", "\\"} else sign + after * (sign != after)
    return " ".join(fields[:5]), command


def test_a_job_is_a_line_between_two_remarks() -> None:
    """Shows the whole text for a plain path."""
    lines = cron.block(job(), UTC, DAY).splitlines()
    assert lines[0] == "# BEGIN sheetsync /srv/okr/sheetsync.toml"
    assert lines[1].startswith('# sheetsync {"at": "03:30", ')
    assert lines[2] == (
        "30 3 * * * cd /srv/okr && /srv/okr/.venv/bin/sheetsync --no-input --config /srv/okr/sheetsync.toml sync"
    )
    assert lines[3:] == ["# END sheetsync /srv/okr/sheetsync.toml"]


def test_the_hour_is_the_companys_on_the_clock_of_the_computer() -> None:
    """Shows that half past three in Hồ Chí Minh City is half past eight in the evening on a server in UTC."""
    assert entry(cron.block(job(zone="Asia/Ho_Chi_Minh"), UTC, DAY))[0] == "30 20 * * *"


def test_mails_that_wait_have_a_line_of_their_own() -> None:
    """Shows that each call of a job has a line, at its own time."""
    lines = cron.block(job(mail=time(6, 30)), UTC, DAY).splitlines()
    assert lines[2].startswith("30 3 * * * ")
    assert lines[3].startswith("30 6 * * * ")
    assert lines[3].endswith(" mail send")


@given(folder=WORDS | HARD, value=WORDS | HARD)
def test_the_shell_gets_what_was_meant(tmp_path_factory: pytest.TempPathFactory, folder: str, value: str) -> None:
    """Law: whatever stands in paths and variables, the shell that cron starts hands it on as it is."""
    place = tmp_path_factory.mktemp("job") / folder
    place.mkdir()
    tell = place / "tell.py"
    tell.write_text(
        "import json, os, sys\nprint(json.dumps([os.getcwd(), os.environ['TOLD'], sys.argv[1:]]))", encoding="utf-8"
    )
    made = job(place, environment={"TOLD": value}, program=(sys.executable, str(tell)))
    command = entry(cron.block(made, UTC, DAY))[1]
    done = subprocess.run(["/bin/sh", "-c", command], check=True, capture_output=True, encoding="utf-8")
    assert json.loads(done.stdout) == [str(place), value, list(made.calls[0].command[2:])]


@given(before=LINES, after=LINES)
def test_what_others_have_in_it_stays(before: list[str], after: list[str]) -> None:
    """Law: a block comes, changes and goes, and every other line is as it was, with its bytes."""
    made, other = job(), job(Path("/srv/other"))
    own = "".join(f"{line}\n" for line in before)
    theirs = cron.block(other, UTC, DAY) + "".join(f"{line}\n" for line in after)
    first = cron.with_block(own, cron.block(made, UTC, DAY), made.config) + theirs
    assert first == own + cron.block(made, UTC, DAY) + theirs
    changed = cron.block(job(at=time(5, 0)), UTC, DAY)
    assert cron.with_block(first, changed, made.config) == own + changed + theirs
    assert cron.without_block(first, made.config) == own + theirs
    assert cron.without_block(own + theirs, made.config) == own + theirs


def test_a_last_line_without_an_end_gets_one() -> None:
    """Shows that a block never continues somebody's last line."""
    made = job()
    assert cron.with_block("0 5 * * * backup", "block\n", made.config) == "0 5 * * * backup\nblock\n"


@pytest.mark.parametrize(
    "torn",
    [
        "# BEGIN sheetsync /srv/okr/sheetsync.toml\n30 3 * * * x\n",
        "30 3 * * * x\n# END sheetsync /srv/okr/sheetsync.toml\n",
        "# END sheetsync /srv/okr/sheetsync.toml\n# BEGIN sheetsync /srv/okr/sheetsync.toml\n",
    ],
)
def test_a_block_without_one_of_its_remarks_is_left(table: Path, torn: str) -> None:
    """Shows that nothing is guessed where somebody took a remark away: the crontab stays, and the sentence says so."""
    table.write_text(torn, encoding="utf-8")
    for change in (lambda: cron.install(job(), DAY), lambda: cron.remove(job())):
        with pytest.raises(ScheduleRefused, match=r"schedule\.torn"):
            change()
    assert table.read_text(encoding="utf-8") == torn


def test_a_job_is_installed_found_and_taken_away(table: Path) -> None:
    """Shows the way of a job through a crontab that has none of it before and none of it after."""
    made = job(zone="Asia/Ho_Chi_Minh", environment={"A": "1"}, log=Path("/srv/okr/ô.log"))
    assert cron.find(made) is None
    assert not cron.remove(made)
    cron.install(made, DAY)
    found = cron.find(made)
    assert found is not None
    assert found[:5] == (time(3, 30), "Asia/Ho_Chi_Minh", made.program, made.log, {"A": "1"})
    assert found.text == cron.text(made, DAY)
    assert cron.remove(made)
    assert not table.exists()


def test_bytes_of_others_are_kept(table: Path) -> None:
    """Shows that a line in an old encoding comes back byte for byte."""
    old = "0 5 * * * echo Nguyễn\n".encode("cp1258", "ignore") + b"# \xff\xfe\n"
    table.write_bytes(old)
    cron.install(job(), DAY)
    assert table.read_bytes().startswith(old)
    cron.remove(job())
    assert table.read_bytes() == old


def test_the_same_job_again_writes_nothing(table: Path) -> None:
    """Shows that a crontab which has the job already is not written."""
    cron.install(job(), DAY)
    table.chmod(0o400)
    before = table.stat().st_ino
    cron.install(job(), DAY)
    assert table.stat().st_ino == before


@pytest.mark.parametrize(
    ("version", "zone", "hours"),
    [("cronie 1.6.1", "Asia/Ho_Chi_Minh", "30 3"), ("crontab: invalid option -- 'V'", "Asia/Ho_Chi_Minh", "30 20")],
)
def test_a_zone_in_the_crontab_counts_where_cron_knows_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, zone: str, hours: str
) -> None:
    """Shows that CRON_TZ above the job shifts its hour under cronie, and under no other."""
    monkeypatch.setenv("PATH", first_on_path(tmp_path))
    monkeypatch.setattr("sheetsync.scheduling.clock.LOCAL_TIME", tmp_path / "none")
    monkeypatch.setenv("TZ", "UTC")
    table = stand_in(tmp_path, version)
    table.write_text(f"CRON_TZ={zone}\n", encoding="utf-8")
    assert entry(cron.text(job(zone="Asia/Ho_Chi_Minh"), DAY))[0] == f"{hours} * * *"


def test_an_unknown_zone_in_the_crontab_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a zone nobody knows is no reason to guess an hour."""
    monkeypatch.setenv("PATH", first_on_path(tmp_path))
    stand_in(tmp_path, "cronie 1.6.1").write_text("CRON_TZ=Nowhere/Here\n", encoding="utf-8")
    with pytest.raises(ScheduleRefused, match="Nowhere/Here"):
        cron.text(job(), DAY)


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("30 3 * * * cd /srv/okr && .venv/bin/sheetsync sync", True),
        ("@daily cd '/srv/okr/' ; sheetsync sync", True),
        ("30 3 * * * sheetsync --config /srv/okr/sheetsync.toml sync", True),
        ("30 3 * * * cd /srv/okr2 && sheetsync sync", False),
        ("30 3 * * * cd /srv/other && /srv/okr/.venv/bin/sheetsync sync", False),
        ("# 30 3 * * * cd /srv/okr && sheetsync sync", False),
        ("30 3 * * * cd /srv/okr && make", False),
        ("30 3 * * * cd /srv/okr;python3 -m sheetsync sync>>night.log 2>&1", True),
        ("30 3 * * * cd /srv && sheetsync --config=okr/sheetsync.toml --no-input sync", True),
        ("30 3 * * * cd /srv/okr && flock -n lock sh -c 'date && sheetsync sync'", True),
        ("30 3 * * * sh -c 'cd /srv/okr && sheetsync sync'", True),
        ("30 3 * * * SHEETSYNC_CONFIG=/srv/okr/sheetsync.toml sheetsync sync", True),
        ("30 3 * * * echo it's; cd /srv/okr && sheetsync sync", True),
        ("30 3 * * * cd /srv/okr && sheetsync --config second.toml sync", False),
        ("30 3 * * * sheetsync --config /srv/okr/sheetsync.toml.old sync", False),
        ("30 6 * * * cd /srv/okr && sheetsync mail send", False),
        ("0 5 * * * cd /srv/okr && sheetsync report && rsync -a . there:", False),
        ("30 3 * * * cd /srv/okr && sheetsync sync --config", True),
        ("30 3 * * * cd /srv/okr && sheetsync report sync.html; sheetsync --config other.toml sync", False),
        ("30 3 * * * SHEETSYNC_CONFIG=/srv/okr=2/sheetsync.toml sheetsync sync", False),
    ],
)
def test_a_line_of_somebodys_own_is_known(table: Path, line: str, own: bool) -> None:
    """Shows that a line which runs the same configuration is found, and no other line is taken for one."""
    table.write_text(f"{line}\n", encoding="utf-8")
    assert cron.own_line(Path("/srv/okr/sheetsync.toml")) == (line if own else None)


def test_a_configuration_named_above_counts(table: Path) -> None:
    """Shows that a line is known whose configuration the crontab sets for all its lines, or for those below it."""
    line = "0 3 * * * sheetsync sync"
    table.write_text(f"SHEETSYNC_CONFIG=/srv/okr/sheetsync.toml\n{line}\n", encoding="utf-8")
    assert cron.own_line(Path("/srv/okr/sheetsync.toml")) == line
    table.write_text(f"{line}\nSHEETSYNC_CONFIG=/srv/okr/sheetsync.toml\n", encoding="utf-8")
    assert cron.own_line(Path("/srv/okr/sheetsync.toml")) is None


def test_the_sign_for_home_is_read(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a line of somebody's own is found where it begins at the home folder."""
    monkeypatch.setenv("HOME", "/home/long")
    for line in ("0 3 * * * cd ~/okr && sheetsync sync", "0 3 * * * cd $HOME/okr && sheetsync sync"):
        table.write_text(f"{line}\n", encoding="utf-8")
        assert cron.own_line(Path("/home/long/okr/sheetsync.toml")) == line


def test_our_own_block_is_no_line_of_somebodys(table: Path) -> None:
    """Shows that an installed job does not stand in the way of itself, nor one of the same folder in another file."""
    made = job()
    cron.install(made, DAY)
    assert cron.own_line(made.config) is None
    assert cron.own_line(Path("/srv/okr/second.toml")) is None


def test_a_refusal_of_cron_is_told_in_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that somebody who may have no crontab hears what crontab says."""
    put_program(
        tmp_path / "crontab",
        "#!/bin/sh\necho 'You (long) are not allowed to use this program (crontab)' >&2\n"
        "echo 'See crontab(1) for more information' >&2; exit 1\n",
    )
    monkeypatch.setenv("PATH", first_on_path(tmp_path))
    with pytest.raises(ScheduleRefused, match="not allowed"):
        cron.install(job(), DAY)


def test_a_crontab_that_does_not_keep_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that what was written is looked at again."""
    put_program(tmp_path / "crontab", '#!/bin/sh\n[ "$1" = -l ] || cat >/dev/null\n')
    monkeypatch.setenv("PATH", first_on_path(tmp_path))
    with pytest.raises(ScheduleRefused, match=r"schedule\.not_kept"):
        cron.install(job(), DAY)


@pytest.mark.parametrize(("mailto", "kept"), [("", True), ('MAILTO=""\n', False), ("MAILTO=long@minhlong.vn\n", True)])
def test_mail_of_cron_counts_where_it_can_arrive(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mailto: str, kept: bool
) -> None:
    """Shows that what a job says counts as mailed where the computer can mail, and the crontab does not forbid it."""
    mailer = tmp_path / "sendmail"
    monkeypatch.setattr(cron, "MAILERS", (mailer,))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    table.write_text(f"{mailto}0 5 * * * backup\n", encoding="utf-8")
    assert not cron.keeps_output(job())
    mailer.touch()
    assert cron.keeps_output(job()) is kept


def test_what_forbids_mail_below_a_job_is_not_for_it(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a MAILTO behind the block holds for the lines behind it alone."""
    mailer = tmp_path / "sendmail"
    mailer.touch()
    monkeypatch.setattr(cron, "MAILERS", (mailer,))
    cron.install(job(), DAY)
    table.write_text(f'{table.read_text(encoding="utf-8")}MAILTO=""\n0 5 * * * backup\n', encoding="utf-8")
    assert cron.keeps_output(job())
    assert not cron.keeps_output(job(Path("/srv/other")))


def test_a_table_without_the_job_is_not_written_to_take_it_away(table: Path) -> None:
    """Shows that not even the end of the last line is added where there is nothing to take away."""
    table.write_bytes(b"0 5 * * * backup")
    assert not cron.remove(job())
    assert table.read_bytes() == b"0 5 * * * backup"


def test_the_lines_are_printed_where_there_is_no_crontab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a computer without cron can print what another one's crontab is to get."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not cron.available()
    assert cron.text(job(), DAY).startswith("# BEGIN sheetsync /srv/okr/sheetsync.toml\n")


@pytest.mark.parametrize("installed_first", [True, False])
def test_a_table_from_an_editor_of_windows_is_read(table: Path, installed_first: bool) -> None:
    """Shows that a block whose lines end in a carriage return is still ours: nothing is put beside it."""
    made = job()
    if installed_first:
        cron.install(made, DAY)
        table.write_bytes(b"0 5 * * * backup\n" + table.read_bytes())
    else:
        table.write_bytes(b"0 5 * * * backup\n")
    table.write_bytes(table.read_bytes().replace(b"\n", b"\r\n"))
    cron.install(made, DAY)
    assert table.read_bytes() == b"0 5 * * * backup\r\n" + cron.text(made, DAY).encode()
    assert cron.remove(made)
    assert table.read_bytes() == b"0 5 * * * backup\r\n"


def test_a_job_whose_remark_was_changed_is_not_told_as_missing(table: Path) -> None:
    """Shows that a block which runs, and of which nobody can say what it was made of, is told, and can be replaced."""
    cron.install(job(), DAY)
    table.write_text(table.read_text(encoding="utf-8").replace('"at": "', '"at": "x'), encoding="utf-8")
    with pytest.raises(ScheduleRefused, match=r"schedule\.altered"):
        cron.find(job())
    cron.install(job(), DAY)
    assert cron.find(job()) is not None


def test_what_a_crontab_sets_above_a_job_is_its_own(table: Path) -> None:
    """Shows that variables below a block, or set anew there, are not those of its job; cron's own path counts else."""
    table.write_text("PATH=/opt/bin\nA=1\n", encoding="utf-8")
    cron.install(job(), DAY)
    table.write_text(f"{table.read_text(encoding='utf-8')}A=2\nB=1\n", encoding="utf-8")
    assert cron.given(job()) == {"PATH": "/opt/bin", "A": "1"}
    assert cron.given(job(Path("/srv/other"))) == {"PATH": "/opt/bin", "A": "2", "B": "1"}
    table.write_text("", encoding="utf-8")
    assert cron.given(job())["PATH"] == cron.PATH


def test_a_line_that_is_too_long_is_told_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a cron which takes no line above a thousand signs is not told as one that lets nobody in."""
    put_program(
        tmp_path / "crontab",
        '#!/bin/sh\n[ "$1" = -l ] && exit 0\necho \'"-":3: command too long\' >&2\n'
        'echo "errors in crontab file, can\'t install." >&2\nexit 1\n',
    )
    monkeypatch.setenv("PATH", first_on_path(tmp_path))
    with pytest.raises(ScheduleRefused, match=r"schedule\.too_long.*command too long"):
        cron.install(job(), DAY)


@pytest.mark.parametrize(("names", "worried"), [(["bash", "cron"], False), (["bash"], True), (["crond"], False)])
def test_a_computer_on_which_no_cron_runs_is_told(
    table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], worried: bool
) -> None:
    """Shows that the programs which run are looked at, by the names under which cron goes."""
    for number, name in enumerate(["init", *names], 1):
        (tmp_path / "proc" / str(number)).mkdir(parents=True)
        (tmp_path / "proc" / str(number) / "comm").write_text(f"{name}\n", encoding="utf-8")
    monkeypatch.setattr(cron, "PROCESSES", tmp_path / "proc")
    monkeypatch.setattr(sys, "platform", "linux")
    assert not table.exists()
    assert [one.text for one in cron.worries(job(), DAY)] == ["doctor.schedule.no_daemon"] * worried


def test_processes_that_nobody_may_see_are_no_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a computer on which other people's processes are hidden is not told to have no cron."""
    monkeypatch.setattr(cron, "PROCESSES", tmp_path / ("x" * 300))  # asking for it fails, as for a hidden one
    assert not list(cron.worries(job(), DAY))


@pytest.mark.cron
@given(folder=WORDS)
def test_cron_itself_takes_it(tmp_path_factory: pytest.TempPathFactory, folder: str) -> None:
    """Law: Debian's crontab finds no fault with the lines, whatever the folder is called."""
    file = tmp_path_factory.mktemp("cron") / "table"
    file.write_text(cron.block(job(Path("/srv") / folder, mail=time(6, 30)), UTC, DAY), encoding="utf-8")
    done = subprocess.run(["crontab", "-n", str(file)], check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
