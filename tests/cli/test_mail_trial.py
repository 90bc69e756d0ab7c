"""``sheetsync mail send --dry-run`` and ``--only-to``: what would be sent, to look at, with nothing marked."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sheetsync.cli.speech import phrases
from tests.cli.conftest import Caller, configure
from tests.cli.terminal import at_terminal
from tests.cli.test_mail_send import AN, BAO, ME, configured, mail, outbox, queued, server, subjects
from tests.delivery.mail_server import MailServer

__all__ = ["outbox", "server"]  # fixtures that these tests share with those of sending


def test_a_dry_run_writes_files_and_marks_nothing(call: Caller, here: Path, outbox: Path, server: MailServer) -> None:
    """Shows that every mail can be looked at in files with a page of all, and is still to be sent afterwards."""
    done = call("mail", "send", "--dry-run", "--out", "look")
    assert (done.code, server.inbox) == (0, [])
    page = (here / "look" / "index.html").read_text(encoding="utf-8")
    assert AN in page
    assert {path.suffix for path in (here / "look").iterdir()} == {".html", ".txt", ".eml"}
    assert call("mail", "send", "--confirm", "--json").code == 0
    assert len(server.inbox) == 2


def test_a_dry_run_replaces_no_page_of_somebody_elses(
    call: Caller, here: Path, outbox: Path, server: MailServer
) -> None:
    """Shows that a folder which holds another index.html is refused, and one that a dry run made is taken again."""
    (here / "site").mkdir()
    (here / "site" / "index.html").write_text("<h1>Minh Long</h1>", encoding="utf-8")
    assert call("mail", "send", "--dry-run", "--out", "site").code == 2
    assert [path.name for path in (here / "site").iterdir()] == ["index.html"]
    for _ in range(2):
        assert call("mail", "send", "--dry-run", "--out", "look").code == 0


def test_a_word_that_a_trial_does_not_take_is_told(call: Caller, outbox: Path, server: MailServer) -> None:
    """Shows that --confirm of a trial is not remembered, and said to be ignored; and that --out alone sends nothing."""
    for trial in (("--dry-run",), ("--only-to", ME)):
        done = call("mail", "send", "--confirm", *trial)
        assert (done.code, f"--confirm was ignored: with {trial[0]} nothing is sent for real" in done.err) == (0, True)
    assert "--only-to was ignored" in call("mail", "send", "--dry-run", "--only-to", ME).err
    assert call("mail", "send").code == 3, "nobody has let them go yet"
    done = call("mail", "send", "--confirm", "--out", "look")
    assert (done.code, "--dry-run" in done.err, {to for to, _ in subjects(server)}) == (2, True, {ME})


def test_a_dry_run_says_what_waits_and_until_when(
    call: Caller, here: Path, okr: Path, outbox: Path, server: MailServer
) -> None:
    """Shows that where nothing leaves now, what waits is told with its reason and day, and to another program."""
    configured(here, server.port, of_mail="per_day = 1")
    assert call("mail", "send", "--confirm").code == 5
    soon = datetime.now().astimezone() + timedelta(minutes=5)
    queued(outbox, okr, (mail(AN, "wins"), mail(ME, "team", not_before=soon)))
    done = call("mail", "send", "--dry-run")
    said = " ".join(done.out.split())
    assert (done.code, "nothing to send" in said) == (0, False)
    assert "No mail would leave now." in said
    spoken = phrases("en")
    day = datetime.now().astimezone().date() + timedelta(days=1)
    tomorrow = spoken.date(day)
    assert f"One person already has a mail of today, or one that is tried again; what is new goes on {tomorrow}" in said
    assert f"One mail waits until {tomorrow}: the limit of a day is reached (mail.per_day)" in said
    assert f"One message is not due before {spoken.date(soon.date())} {soon:%H:%M}" in said
    later = json.loads(call("mail", "send", "--dry-run", "--json").out)["later"]
    assert [(one["why"], one["messages"]) for one in later] == [("early", 1), ("served", 1), ("day", 1)]
    assert later[1]["until"][:10] == day.isoformat()
    assert "goes on" in call("mail", "send", "--only-to", ME).out
    seen = " ".join(at_terminal(here, "mail", "send").screen.split())
    assert ("has a mail of today" in seen, "nothing to send" in seen) == (True, False)


def test_everything_goes_to_one_address_to_try_it_out(call: Caller, outbox: Path, server: MailServer) -> None:
    """Shows that --only-to reaches that address alone, says for whom, and marks nothing as sent."""
    done = call("mail", "send", "--only-to", ME)
    assert (done.code, {to for to, _ in subjects(server)}) == (0, {ME})
    assert any(AN in subject for _, subject in subjects(server))
    tried = json.loads(call("mail", "send", "--only-to", ME, "--json").out)
    assert (tried["to"], tried["sent"], tried["exit_code"]) == (ME, 2, 0)
    assert call("mail", "send", "--confirm").code == 0
    assert sorted(to for to, _ in subjects(server)[4:]) == [AN, BAO]
    wrong = call("mail", "send", "--only-to", "hương@x.vn")
    assert (wrong.code, "hương@x.vn" in wrong.err) == (2, True)


def test_chats_alone_can_be_looked_at_before_they_are_told(
    call: Caller, here: Path, okr: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that without a mail server the hold speaks of chats, and that a dry run shows what they would be told."""
    monkeypatch.setenv("URL", "https://chat.example/hook")
    hook = '[webhook.team]\ntemplate = "slack"\nurl.env = "URL"\n'
    configure(here, f'{hook}[workbook.a]\npath = "okr.xlsx"\nhistory = "history.sqlite3"\n')
    queued(here / "history.sqlite3", okr, (mail("team", "company", channel="webhook"),))
    done = call("mail", "send")
    assert (done.code, "One chat would be told now" in done.err, "@" in done.err) == (3, True, False)
    done = call("mail", "send", "--dry-run", "--out", "look")
    assert (done.code, "One message was written" in done.out) == (0, True)
    (text,) = (here / "look").glob("*.txt")
    assert "OKR tuần" in text.read_text(encoding="utf-8")
    assert {path.suffix for path in (here / "look").iterdir()} == {".html", ".txt"}
    page = (here / "look" / "index.html").read_text(encoding="utf-8")
    assert ("chat team" in page, text.name in page, ".eml" in page) == (True, True, False)
