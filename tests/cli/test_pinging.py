"""``[ping]``: a service is told of each night, whatever becomes of it, and no night is held up by the service."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from sheetsync.cli import exits
from sheetsync.cli.pinging import Ping
from sheetsync.cli.speech import phrases
from sheetsync.config.shape import PingConfig, Secret
from sheetsync.delivery import ping
from sheetsync.lock import workbook_lock
from tests.cli.conftest import DAY, PROJECT, Called, Caller, configure
from tests.cli.spreadsheets import configured, firm
from tests.cli.test_google_fleet import heard, interrupted
from tests.cli.test_startup import loaded
from tests.delivery.test_ping import drip, hang, listening
from tests.delivery.web_server import Asked, Said, WebServer, answering
from tests.sheets_server.server import SheetsServer

assert heard is not None  # a fixture
CANARY = "canary-address"
OKR = '[workbook.okr]\npath = "okr.xlsx"\n'
GONE = '[workbook.gone]\npath = "gone.xlsx"\n'
PING = '[ping]\nurl.file = "ping.txt"\n'
SUCCESS = f"{PING}only_success = true\n"


@pytest.fixture
def service() -> Iterator[WebServer]:
    """Give a service on this machine that takes everything."""
    with answering() as running:
        yield running


def watched(here: Path, url: str, text: str = PING + OKR) -> None:
    """Configure a run that a service at an address is told of."""
    configure(here, text)
    secret = here / "ping.txt"
    secret.write_text(f"{url}/{CANARY}\n", encoding="utf-8")
    secret.chmod(0o600)


def pinged(service: WebServer) -> list[str]:
    """Give what each call told, behind the address; all are of one run."""
    asked = [urlsplit(one.path) for one in service.asked]
    runs = {parse_qs(one.query)["rid"][0] for one in asked}
    assert len(runs) <= 1
    assert all(len(run) == 36 for run in runs)
    return [one.path.removeprefix(f"/{CANARY}/") for one in asked]


def body(service: WebServer) -> list[str]:
    """Give the lines of the last text that was told."""
    return service.asked[-1].body.decode().splitlines()


def unseen(done: Called) -> Called:
    """Give a call whose output does not hold the address."""
    assert CANARY not in done.out + done.err
    return done


def test_a_night_that_ends_well(process: Caller, here: Path, okr: Path, service: WebServer) -> None:
    """Shows the beginning and the end of one run, with counts alone, and that nothing is printed."""
    watched(here, service.url)
    assert process("--lang", "en", "sync") == Called(0, "", "")
    assert pinged(service) == ["start", "0"]
    assert service.asked[0].body == b""
    assert body(service) == ["sheetsync sync ended with exit code 0: complete.", "Workbooks that ended well: 1 of 1."]


def test_a_night_that_lacks_a_workbook(process: Caller, here: Path, okr: Path, service: WebServer) -> None:
    """Shows the exit code, and the name in the configuration of what did not end well: no path, no cell, no person."""
    watched(here, service.url, PING + OKR + GONE)
    assert unseen(process("--lang", "vi", "sync")).code == 3
    assert pinged(service) == ["start", "3"]
    assert body(service) == [
        "sheetsync sync kết thúc với mã thoát 3: từ chối hoặc chưa trọn vẹn.",
        "Số bảng tính đã xong trọn vẹn: 1 trên 2.",
        "Còn lại, kèm mã thoát: gone (3).",
    ]


def test_a_night_on_which_another_run_is_at_work(process: Caller, here: Path, okr: Path, service: WebServer) -> None:
    """Shows that a lock that is held is told."""
    watched(here, service.url)
    with workbook_lock(okr):
        assert unseen(process("sync")).code == 11
    assert pinged(service) == ["start", "11"]


@pytest.mark.parametrize(
    "slip",
    ["[defaults]\nlanguage = 5\n", '[workbook.b]\npath = "b.xlsx\n', 'include = ["clients/*.toml"]\n'],
    ids=["value", "quote", "include"],
)
def test_a_configuration_that_is_wrong(process: Caller, here: Path, okr: Path, service: WebServer, slip: str) -> None:
    """Shows that the likeliest cause of a silent night is told at once: values, signs and files that are wrong."""
    watched(here, service.url, PING + OKR + slip if "include" not in slip else slip + PING + OKR)
    done = unseen(process("--lang", "en", "sync"))
    assert (done.code, "sheetsync.toml:" in done.err) == (2, True)
    assert pinged(service) == ["start", "2"]
    assert body(service) == ["sheetsync sync ended with exit code 2: the configuration or the call is wrong."]


def test_a_configuration_that_is_partly_wrong(process: Caller, here: Path, okr: Path, service: WebServer) -> None:
    """Shows that workbooks which were left out are told, without what is wrong with them."""
    watched(here, service.url, f'{PING}{OKR}[workbook.an]\npath = "an.xlsx"\ncycel = "x"\n')
    assert unseen(process("--lang", "en", "sync")).code == 2
    assert pinged(service) == ["start", "2"]
    assert body(service)[1:] == [
        "Workbooks that ended well: 1 of 1.",
        "The configuration says something wrong of further workbooks; they were left out.",
    ]


def test_an_included_client_has_no_service_of_its_own(
    process: Caller, here: Path, okr: Path, service: WebServer
) -> None:
    """Shows that a client's address is a mistake that is told, leaves the client out, and reaches only the main one."""
    watched(here, service.url, f'include = ["clients/*.toml"]\n{PING}{OKR}')
    (here / "clients").mkdir()
    own = '[ping]\nurl.env = "CLIENT"\n[workbook.an]\npath = "an.xlsx"\n'
    (here / "clients" / "an.toml").write_text(own, encoding="utf-8")
    done = process("--lang", "en", "sync")
    assert (done.code, "clients/an.toml:1:2: ping: stands in an included file" in done.err) == (2, True)
    assert pinged(service) == ["start", "2"]


@pytest.mark.usefixtures("heard", "signed_in")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_a_night_that_somebody_stops(here: Path, sheets_server: SheetsServer, service: WebServer) -> None:
    """Shows that Ctrl-C is told, with the workbooks that it left out."""
    for number in (1, 2, 3):
        sheets_server.add(firm(number))
    watched(here, service.url)
    configured(here, range(1, 4), f"{PING}[google]\nworkers = 1\n")
    code, _, err = interrupted(here, sheets_server, "sync")
    assert (code, CANARY in err) == (130, False)
    assert pinged(service) == ["start", "130"]
    assert body(service)[1:] == ["Workbooks that ended well: 2 of 3.", "The others, with their exit codes: b3 (130)."]


@pytest.mark.usefixtures("heard")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for another process")
def test_ctrl_c_while_a_service_is_waited_for(here: Path, okr: Path) -> None:
    """Shows that Ctrl-C does not wait for a service: at the beginning the run ends, at the end only the waiting."""
    came = threading.Semaphore(0)

    def notice(connection: socket.socket, over: threading.Event) -> None:
        came.release()
        hang(connection, over)

    with listening(notice) as url:
        watched(here, url)
        call = [sys.executable, "-m", "sheetsync", "--lang", "en", "sync"]
        environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
        with subprocess.Popen(call, stderr=subprocess.PIPE, encoding="utf-8", cwd=here, env=environment) as running:
            assert running.stderr is not None
            assert came.acquire(timeout=60)
            running.send_signal(signal.SIGINT)
            assert [running.stderr.readline() for _ in range(2)][1].startswith("Cancelled.")
            assert came.acquire(timeout=60)
            running.send_signal(signal.SIGINT)
            began = time.monotonic()
            _, err = running.communicate(timeout=60)
    assert (running.returncode, "Traceback" in err) == (130, False)
    assert time.monotonic() - began < ping.SECONDS - 1


def test_a_night_with_a_bug(here: Path, okr: Path, service: WebServer) -> None:
    """Shows that a crash is told: here of a program without one of its parts."""
    watched(here, service.url)
    broken = "from sheetsync.cli import main, sync; del sync.workers_of; main()"
    call = [sys.executable, "-c", broken, "--lang", "en", "sync"]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(call, check=False, capture_output=True, encoding="utf-8", cwd=here, env=environment)
    assert (done.returncode, CANARY in done.stderr) == (70, False)
    assert pinged(service) == ["start", "70"]
    assert body(service) == ["sheetsync sync ended with exit code 70: a bug in sheetsync."]


def test_what_fails_beside_the_workbooks(process: Caller, here: Path, okr: Path, service: WebServer) -> None:
    """Shows that a night whose log could not be kept is told with the exit code that the run leaves with."""
    watched(here, service.url)
    assert process("--lang", "en", "--log", "no/such/folder/night.log", "sync").code == 3
    assert pinged(service) == ["start", "3"]
    assert body(service)[-1] == "What failed is beside the workbooks: mail, chats, pages or the log."


@pytest.mark.parametrize("call", [("--dry-run",), ("--only", "okr"), DAY, ("okr.xlsx",)], ids=" ".join)
def test_a_run_by_hand_is_no_night(
    process: Caller, here: Path, okr: Path, service: WebServer, call: tuple[str, ...]
) -> None:
    """Shows that a rehearsal, or a part of the work, never passes for the night that is missing."""
    watched(here, service.url)
    assert process("sync", *call).code == 0
    assert process("check").code == 0
    assert service.asked == []


def test_a_service_that_knows_silence_alone(process: Caller, here: Path, okr: Path, service: WebServer) -> None:
    """Shows one call of the address as it stands after a night that ended well, and none after another."""
    watched(here, service.url, SUCCESS + OKR + GONE)
    assert process("sync").code == 3
    assert service.asked == []
    watched(here, service.url, SUCCESS + OKR)
    assert process("sync") == Called(0, "", "")
    assert [(one.method, one.path) for one in service.asked] == [("GET", f"/{CANARY}")]


UNTOLD = "The service of [ping] did not hear how this run ended, and may raise an alarm."


def test_a_service_that_fails(process: Caller, here: Path, okr: Path) -> None:
    """Shows one line and the exit code of the work: of a service that errs, and of one that is not there."""
    with answering(lambda asked: Said(500, asked.path)) as service:
        watched(here, service.url)
        done = unseen(process("--lang", "en", "sync"))
        assert (done.code, done.out) == (0, "")
        assert done.err.startswith(f"{UNTOLD} The answer was 500.")
        assert done.err.count("\n") == 1
        assert pinged(service) == ["start", "0"]
    done = unseen(process("--lang", "vi", "--log", "night.log", "sync"))
    assert done == Called(0, "", "")
    log = (here / "night.log").read_text(encoding="utf-8")
    assert CANARY not in log
    _, line, ended = log.splitlines()
    assert line.endswith("nên có thể sẽ báo động. Không kết nối được (ConnectionError).")
    assert ended.endswith("kết thúc với mã thoát 0")


def test_a_service_that_only_misses_the_beginning(process: Caller, here: Path, okr: Path) -> None:
    """Shows that nobody is told of a beginning that was not heard, where the end was."""

    def judge(asked: Asked) -> Said:
        return Said(503 if "/start?" in asked.path else 200, "OK")

    with answering(judge) as service:
        watched(here, service.url)
        assert process("sync") == Called(0, "", "")
        assert pinged(service) == ["start", "0"]


def test_a_service_that_drips(process: Caller, here: Path, okr: Path) -> None:
    """Shows that an answer which never ends holds a night up by ten seconds at most, at both ends together."""
    configure(here, OKR)
    began = time.monotonic()
    assert process("sync").code == 0
    alone = time.monotonic() - began
    with listening(drip) as url:
        watched(here, url)
        began = time.monotonic()
        done = unseen(process("--lang", "en", "sync"))
        took = time.monotonic() - began
    assert (done.code, done.err) == (0, f"{UNTOLD} There was no answer within 5 seconds.\n")
    assert took < alone + 2 * ping.SECONDS + 2.0  # Python itself starts in that time


@pytest.mark.parametrize("answer", [hang, drip])
def test_no_service_is_waited_for(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], answer: object
) -> None:
    """Shows that both calls are left in their time, and are told in one line."""
    monkeypatch.setattr(ping, "SECONDS", 0.3)
    with listening(answer) as url:  # type: ignore[arg-type]
        monkeypatch.setenv("PING_URL", f"{url}/{CANARY}")
        run = Ping(PingConfig(Secret(env="PING_URL")))
        began = time.monotonic()
        run.begin()
        run.end(0)
        assert time.monotonic() - began < 2.0
    told = capsys.readouterr().err
    assert told.startswith(UNTOLD)
    assert told.count("\n") == 1


def test_a_command_that_waits_for_somebody(
    here: Path, service: WebServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Shows that a secret which is not given in time is a service that is not told, and holds nothing up."""
    monkeypatch.setattr(ping, "SECONDS", 0.3)
    run = Ping(PingConfig(Secret(command=("sleep", "2"))))
    began = time.monotonic()
    run.end(0)
    assert time.monotonic() - began < 1.5
    assert capsys.readouterr().err.startswith(UNTOLD)


@pytest.mark.parametrize(
    ("url", "words"),
    [("http://hc.example/", "must begin with https://"), ("", "no password or key"), (None, "could not be fetched")],
)
def test_a_secret_that_is_wrong(process: Caller, here: Path, okr: Path, url: str | None, words: str) -> None:
    """Shows one line, without the address, for one that is unprotected, empty or not there; the work is done."""
    watched(here, url or "")
    secret = here / "ping.txt"
    secret.unlink() if url is None else secret.write_text(url and url + CANARY, encoding="utf-8")
    done = unseen(process("--lang", "en", "sync"))
    assert (done.code, done.err.count("\n"), words in done.err) == (0, 1, True), done.err


def test_a_spreadsheet_of_a_folder_goes_by_the_folder(
    service: WebServer, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that titles of spreadsheets, which are the user's, are not told; the worst of a folder is."""
    monkeypatch.setenv("PING_URL", f"{service.url}/{CANARY}")
    run = Ping(PingConfig(Secret(env="PING_URL")))
    codes = [("clients/minh-long", 0), ("clients/luong-giam-doc", 4), ("an", 0), ("binh", 3)]
    run.hear(codes, flawed=False)
    run.end(4)
    assert body(service)[1:] == [
        "Workbooks that ended well: 1 of 3.",
        "The others, with their exit codes: clients (4), binh (3).",
    ]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_exit_code_has_its_meaning(language: str) -> None:
    """Shows that no exit code of a run is without words."""
    codes = {value for name, value in vars(exits).items() if name.isupper()} - {exits.CHANGES}
    assert set(phrases(language).keys("cli.ping.code")) == {f"cli.ping.code.{code}" for code in codes}


def test_a_run_without_it_loads_nothing_for_it(here: Path, okr: Path) -> None:
    """Shows that who has no service pays nothing for it, and that a run over paths does not look."""
    configure(here, OKR)
    call = "from sheetsync.cli import run; assert run({}) == 0"
    ours = {"requests", "sheetsync.crew", "sheetsync.config.ping", "sheetsync.cli.pinging"}
    assert sorted(loaded(call.format("['sync']")) & ours) == []
    watched(here, "https://hc.example")
    assert not loaded(call.format("['sync', 'okr.xlsx']")) & ours


def test_the_doctor_tells_without_telling_the_service(call: Caller, here: Path, okr: Path, service: WebServer) -> None:
    """Shows the host of an address that is in order, what is wrong with another, and that there is none."""
    watched(here, service.url)
    assert "127.0.0.1 is told of each night" in unseen(call("--lang", "en", "doctor")).out
    assert service.asked == []
    (here / "ping.txt").write_text(f"http://hc.example/{CANARY}", encoding="utf-8")
    done = unseen(call("--lang", "en", "doctor"))
    assert (done.code, "must begin with https://" in done.out) == (3, True)
    (here / "ping.txt").chmod(0o644)
    assert "chmod 600" in unseen(call("doctor")).out
    configure(here, OKR)
    assert "nobody is alarmed by one that never ran" in call("--lang", "en", "doctor").out


def test_a_variable_that_the_night_will_not_have(call: Caller, here: Path, table: Path) -> None:
    """Shows that installing the nightly job says so of the address too."""
    configure(here, f'[ping]\nurl.env = "PING_URL"\n{OKR}')
    done = call("--lang", "en", "schedule", "install")
    assert (done.code, "PING_URL" in done.err) == (1, True)
