"""``sheetsync mail outbox``: what a person sees of what was sent, and what may be done about the rest."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sheetsync.history import History
from sheetsync.outgoing import State
from sheetsync.snapshot import Run
from tests.cli.conftest import Caller
from tests.cli.test_mail_send import AN, BAO, ME, NOW, configured, mail, queued, server, subjects
from tests.delivery.mail_server import MailServer, drop

__all__ = ["server"]  # a fixture that these tests share with those of sending


@pytest.fixture
def sent(call: Caller, here: Path, okr: Path, server: MailServer) -> Path:
    """Send three mails: the first is unknown, the second refused, the third arrives; one more is queued."""
    configured(here, server.port)
    path = here / "history.sqlite3"
    queued(path, okr, (mail(AN, "company"), mail(BAO, "team"), mail(ME, "owner")))
    server.answers("END", drop, "554 5.6.0 no such content")
    assert call("mail", "send", "--confirm").code == 3
    queued(path, okr, (mail(AN, "wins"),))
    return path


def test_the_list_says_how_each_message_stands(call: Caller, sent: Path) -> None:
    """Shows every message and what waits, with its state in words and why, in both languages."""
    table = call("mail", "outbox").out
    rows = {line.split()[0]: line for line in table.splitlines() if line[:1].isdigit() or line.startswith("p")}
    assert list(rows) == ["1", "2", "3", "p4"]
    assert "may have arrived" in rows["1"]
    assert "refused" in rows["2"]
    assert " sent " in rows["3"]
    assert "waiting" in rows["p4"]
    assert "no such content" in table.replace("\n", " ")
    table = call("mail", "outbox", "--lang", "vi").out
    for words in ("có thể đã tới", "bị từ chối", "đã gửi", "đang chờ", "điểm sáng"):
        assert words in table


def test_moments_are_those_of_the_company(call: Caller, here: Path, okr: Path) -> None:
    """Shows when a mail is due by the clock of the company, and not by that of the computer, of a copy too."""
    path = here / "history.sqlite3"
    for zone, told in (("Asia/Ho_Chi_Minh", "23/11/2026 06:30"), ("America/New_York", "22/11/2026 18:30")):
        configured(here, 1, f'timezone = "{zone}"\n')
        due = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
        queued(path, okr, (mail(AN, "team", not_before=due, expires=due + timedelta(days=2)),))
        assert told in call("mail", "outbox", "--lang", "vi").out
        assert told in call("mail", "outbox", "show", "p1", "--lang", "vi").out
        copy = here / "copy.sqlite3"
        copy.write_bytes(path.read_bytes())
        assert told in call("mail", "outbox", "--history", str(copy), "--lang", "vi").out


def test_the_list_for_another_program(call: Caller, sent: Path) -> None:
    """Shows the same as JSON."""
    (box,) = json.loads(call("mail", "outbox", "--json").out)["outboxes"]
    assert [(one["id"], one["state"]) for one in box["messages"]] == [
        ("1", "unknown"), ("2", "failed"), ("3", "sent"), ("p4", "queued"),
    ]  # fmt: skip
    assert box["messages"][0]["kinds"] == ["company"]


def test_each_message_says_of_which_workbook_it_tells(call: Caller, sent: Path, here: Path) -> None:
    """Shows the workbook beside each message where there are several, alone in JSON, and no such column before."""
    assert "Workbook" not in call("mail", "outbox").out
    other = here / "other.xlsx"
    with History.open(sent) as history:
        run = Run(f"file:{other.resolve()}", "minh-long", NOW.date())
        history.commit(run, None, mails=(mail(AN, "wins", "other"),))
    rows = {line.split()[0]: line.split()[1] for line in call("mail", "outbox").out.splitlines()[1:] if line[0] != " "}
    assert (rows["1"], rows["p4"], rows["p5"]) == ("okr", "okr", "minh-long")
    (box,) = json.loads(call("mail", "outbox", "--json").out)["outboxes"]
    assert [one["workbooks"] for one in box["messages"]] == [["okr"]] * 4 + [["minh-long"]]
    assert json.loads(call("mail", "outbox", "show", "p5", "--json").out)["workbooks"] == ["minh-long"]
    assert "minh-long" in call("mail", "outbox", "show", "p5").out


def test_one_message_is_shown_as_it_was_sent(call: Caller, sent: Path, server: MailServer) -> None:
    """Shows the subject and the text of a message, and the parts that are in it."""
    shown = call("mail", "outbox", "show", "1")
    assert shown.code == 0
    assert dict(subjects(server))[AN] in shown.out
    told = json.loads(call("mail", "outbox", "show", "1", "--json").out)
    assert [part["kinds"] for part in told["parts"]] == [["company"]]
    assert len(told["text"].splitlines()) > 5
    waiting = call("mail", "outbox", "show", "p4")
    assert (waiting.code, "waiting" in waiting.out) == (0, True)


def test_the_unknown_are_sent_again_only_when_somebody_says_so(call: Caller, sent: Path, server: MailServer) -> None:
    """Shows that no run sends it again by itself, and that it keeps its Message-ID when a person lets it go."""
    call("mail", "send")
    assert [to for to, _ in subjects(server)] == [AN, ME]
    done = call("mail", "outbox", "retry", "--unknown")
    assert (done.code, "One message goes with the next run" in done.out) == (0, True)
    assert call("mail", "send").code == 0
    assert [to for to, _ in subjects(server)] == [AN, ME, AN]
    first, last = server.inbox[0][2], server.inbox[-1][2]
    assert first == last
    assert "may have arrived" not in call("mail", "outbox").out


def test_a_refused_one_is_sent_again_after_it_was_mended(call: Caller, sent: Path, server: MailServer) -> None:
    """Shows retry by the ID of a message, and that one which was sent cannot be sent again."""
    assert call("mail", "outbox", "retry", "2").code == 0
    assert call("mail", "send").code == 0
    assert [to for to, _ in subjects(server)][-1] == BAO
    again = call("mail", "outbox", "retry", "2")
    assert (again.code, "2: nothing was done, since it is sent" in again.err) == (3, True)


def test_what_was_done_is_told_to_another_program(call: Caller, sent: Path) -> None:
    """Shows retry and drop as JSON: each message as it stands afterwards, what was not done, and the exit code."""
    done = call("mail", "outbox", "retry", "2", "3", "--json")
    told = json.loads(done.out)
    assert (done.code, told["exit_code"], told["action"]) == (3, 3, "retry")
    assert [(one["id"], one["done"], one["state"]) for one in told["messages"]] == [
        ("2", True, "pending"), ("3", False, "sent"),
    ]  # fmt: skip
    assert "3: nothing was done, since it is sent" in done.err
    done = call("mail", "outbox", "drop", "2", "p4", "--json")
    told = json.loads(done.out)
    assert (done.code, done.err, told["exit_code"], told["action"]) == (0, "", 0, "drop")
    assert [(one["id"], one["done"], one["state"]) for one in told["messages"]] == [
        ("2", True, "dropped"), ("p4", True, "dropped"),
    ]  # fmt: skip
    unknown = json.loads(call("mail", "outbox", "retry", "--unknown", "--json").out)
    assert [one["id"] for one in unknown["messages"]] == ["1"]


def test_what_is_dropped_is_never_sent(call: Caller, sent: Path, server: MailServer) -> None:
    """Shows drop for what waits and for a message that may have arrived; what was sent stays."""
    assert call("mail", "outbox", "drop", "p4", "1").code == 0
    assert call("mail", "outbox", "drop", "3").code == 3
    with History.open(sent) as history:
        outbox = history.outbox
        states = [one.state for number in (1, 3) if (one := outbox.parcel(number))]
        assert [*states, outbox.parts((4,))[0].state] == [State.DROPPED, State.SENT, State.DROPPED]
    assert call("mail", "send").code == 0
    assert len(server.inbox) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("retry",), "Name the messages by their ID"),
        (("retry", "1", "--unknown"), "Name the messages by their ID"),
        (("drop",), "Name the messages by their ID"),
        (("show", "99"), "no message 99"),
        (("show", "p99"), "no message p99"),
        (("show", "x"), "no message x"),
        (("retry", "9" * 40), "no message 999"),
    ],
)
def test_calls_that_mean_no_message(call: Caller, sent: Path, arguments: tuple[str, ...], said: str) -> None:
    """Shows one clear line for a call that names no message."""
    done = call("mail", "outbox", *arguments)
    assert (done.code, said in done.err) == (2, True)


def test_nothing_was_ever_mailed(call: Caller, here: Path) -> None:
    """Shows that an outbox that is not there is empty, and is not made by looking."""
    path = here / "none.sqlite3"
    done = call("mail", "outbox", "--history", str(path))
    assert (done.code, done.out, path.exists()) == (0, "There are no messages.\n", False)
    assert call("mail", "outbox", "retry", "1", "--history", str(path)).code == 2


def test_what_was_cleared_away_cannot_be_sent_again(call: Caller, sent: Path) -> None:
    """Shows that a message whose days are over is still listed, and says that its text has gone."""
    with History.open(sent) as history:
        history.outbox.clear(NOW + timedelta(days=1))
    assert "cleared away" in call("mail", "outbox", "show", "1").out
    done = call("mail", "outbox", "retry", "1")
    assert (done.code, "cleared away" in done.err) == (3, True)
