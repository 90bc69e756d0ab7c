"""``sheetsync mail send`` and the end of ``sync``: real mail to a server on this machine."""

from __future__ import annotations

import email
import email.policy
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from sheetsync.cli import sending
from sheetsync.cli.sending import Post, alone
from sheetsync.errors import DeliveryRefused
from sheetsync.history import History
from sheetsync.outgoing import State
from sheetsync.post import Message
from sheetsync.report.digest.coding import dumps
from sheetsync.snapshot import Mail, Run
from tests.books import TODAY
from tests.cli.conftest import DAY, Caller, configure
from tests.cli.terminal import at_terminal
from tests.delivery.mail_server import MailServer, drop, serving
from tests.delivery.web_server import WebServer, answering
from tests.report.mails import digest

ME, AN, BAO = "huong@minhlong.vn", "an@minhlong.vn", "bao@minhlong.vn"
NOW = datetime.now().astimezone()
WAITED: list[float] = []


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """Give a mail server of this machine, for which no run waits."""
    monkeypatch.setattr("sheetsync.cli.sending.sleep", WAITED.append)
    WAITED.clear()
    with serving() as running:
        yield running


@pytest.fixture
def outbox(here: Path, okr: Path, server: MailServer) -> Path:
    """Configure the workbook with the server, and queue mails for two people; give the history."""
    configured(here, server.port)
    path = here / "history.sqlite3"
    queued(path, okr, (mail(AN, "company"), mail(AN, "owner"), mail(BAO, "team")))
    return path


def configured(here: Path, port: int, more: str = "", of_mail: str = "") -> None:
    """Write a configuration with a mail server on this machine."""
    configure(
        here,
        f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "okr@minhlong.vn"\n'
        "timeout = 5\nper_minute = 600\n"
        f'{of_mail}\n[workbook.a]\npath = "okr.xlsx"\nhistory = "history.sqlite3"\n{more}',
    )


def mail(recipient: str, kind: str, period: str = "W47", **more: object) -> Mail:
    """Give a digest of a kind for somebody, to be told since an hour ago."""
    known = Mail(
        f"{kind}/{recipient}/{period}", kind, recipient, recipient.partition("@")[0].title(), "vi", period,
        dumps(digest(kind, "vi")), "h", NOW - timedelta(hours=1),
    )  # fmt: skip
    return known._replace(**more)  # type: ignore[arg-type]


def queued(path: Path, book: Path, mails: tuple[Mail, ...]) -> None:
    """Queue mails as the run of a workbook does."""
    with History.open(path) as history:
        history.commit(Run(f"file:{book.resolve()}", "okr", TODAY), None, mails=mails)


def subjects(server: MailServer) -> list[tuple[str, str]]:
    """Give to whom a mail went, and its subject."""
    read = [(to[0], email.message_from_bytes(data, policy=email.policy.default)) for _, to, data in server.inbox]
    return [(to, str(message["Subject"])) for to, message in read]


def test_the_first_mails_want_a_word(call: Caller, outbox: Path, server: MailServer) -> None:
    """Shows that nothing leaves before somebody confirms once; then each person gets one mail, and no second one."""
    done = call("mail", "send")
    assert (done.code, server.inbox) == (3, [])
    assert "The history knows of no mail sent from okr@minhlong.vn" in done.err
    assert "2 messages would leave now" in done.err
    assert "--confirm" in done.err
    done = call("mail", "send", "--confirm")
    assert done == (0, "", ""), "nobody is at the terminal, and all is well"
    assert sorted(to for to, _ in subjects(server)) == [AN, BAO]
    done = call("mail", "send")
    assert (done, len(server.inbox)) == ((0, "", ""), 2)


def test_a_word_with_nothing_to_send_says_what_it_did(call: Caller, here: Path, okr: Path, server: MailServer) -> None:
    """Shows that nobody arms the sending unawares, and that a word which nothing could remember is said to be lost."""
    configured(here, server.port)
    done = call("mail", "send", "--confirm")
    assert (done.code, "no history yet" in " ".join(done.out.split())) == (0, True)
    queued(here / "history.sqlite3", okr, ())
    done = call("mail", "send", "--confirm")
    assert (done.code, "From now on every sync sends what is due by itself" in " ".join(done.out.split())) == (0, True)


def test_without_a_history_a_night_says_that_no_mail_leaves(
    call: Caller, okr: Path, outbox: Path, server: MailServer
) -> None:
    """Shows that --no-history beside [mail] is one line, since nobody could see to it that each mail leaves once."""
    done = call("sync", "--no-history", *DAY)
    assert (done.code, server.inbox, "no mail is made and none is sent" in " ".join(done.err.split())) == (0, [], True)


def test_a_history_that_was_lost_is_not_taken_for_a_first_time(
    call: Caller, okr: Path, outbox: Path, server: MailServer
) -> None:
    """Shows that after the history was deleted only what is known is said, with what to do if mail was sent before."""
    assert call("mail", "send", "--confirm").code == 0
    for left in outbox.parent.glob("history.sqlite3*"):
        left.unlink()
    queued(outbox, okr, (mail(AN, "company"),))
    done = call("mail", "send")
    assert (done.code, len(server.inbox)) == (3, 2)
    assert "first time" not in done.err
    assert "One message would leave now" in done.err
    assert "put it back from a backup" in " ".join(done.err.split())


def test_at_a_terminal_it_says_how_many(here: Path, outbox: Path, server: MailServer) -> None:
    """Shows what a person sees who sends by hand: the number, and that nothing is left."""
    seen = at_terminal(here, "mail", "send", "--confirm")
    assert (seen.code, "2 messages were sent." in seen.screen) == (0, True)
    assert "There is nothing to send." in at_terminal(here, "mail", "send").screen


def test_the_night_sends_what_is_due(call: Caller, okr: Path, outbox: Path, server: MailServer) -> None:
    """Shows that sync says before the first confirmation how many wait, and sends at its end after it."""
    done = call("sync", *DAY)
    assert (done.code, server.inbox) == (0, [])
    assert done.err.count("sheetsync mail send --confirm") == 1
    assert call("mail", "send", "--confirm").code == 0
    queued(outbox, okr, (mail(AN, "wins"), mail(ME, "team")))
    done = call("sync", "--json", *DAY)
    assert done.code == 0
    assert [one["sent"] for one in json.loads(done.out)["mail"]] == [1]
    assert [to for to, _ in subjects(server)[2:]] == [ME], "An has a mail of today already"


@pytest.mark.parametrize(
    ("verb", "answer", "code", "said"),
    [
        ("RCPT", "550 5.1.1 no such user", 3, "Not sent to an@minhlong.vn."),
        ("MAIL", "451 4.3.0 later", 5, "tried again"),
        ("RCPT", "550 5.4.5 Daily user sending limit exceeded", 5, "daily limit"),
        ("MAIL", "530 5.7.0 Authentication Required", 3, "mail.password"),
        ("END", drop, 3, "Nobody knows whether it arrived"),
    ],
)
def test_the_night_is_never_lost_because_of_mail(
    call: Caller, outbox: Path, server: MailServer, verb: str, answer: str, code: int, said: str
) -> None:
    """Shows for each kind of answer that the workbook is done, and that one line says what is wrong with the mail."""
    confirmed(outbox)
    server.answers(verb, answer)
    done = call("sync", *DAY)
    assert done.code == code
    assert said in done.err
    assert len([line for line in done.err.splitlines() if "mail" in line.lower()]) <= 2
    with History.open(outbox) as history:
        assert history.runs()[0].outcome == "complete"


def confirmed(path: Path) -> None:
    """Let mail leave."""
    with History.open(path) as history:
        history.outbox.limited((), "okr@minhlong.vn").confirm(NOW)


def test_a_server_that_is_away_costs_one_line(call: Caller, here: Path, okr: Path, outbox: Path) -> None:
    """Shows that sync ends in 5 with a line where nobody answers, and that the mail still leaves in a later night."""
    confirmed(outbox)
    configured(here, 1)
    done = call("sync", *DAY)
    assert (done.code, done.err.count("no conversation with the mail server")) == (5, 1)
    with serving() as server:
        configured(here, server.port)
        assert call("sync", *DAY).code == 0
        assert len(server.inbox) == 2


def test_bad_addresses_are_told_and_the_others_get_their_mail(
    call: Caller, okr: Path, outbox: Path, server: MailServer
) -> None:
    """Shows that an address that is none fails for good with a clear line, and once."""
    queued(outbox, okr, (mail("không có", "owner"),))
    done = call("mail", "send", "--confirm")
    assert (done.code, len(server.inbox)) == (3, 2)
    assert "“không có” is no mail address" in done.err
    assert call("mail", "send").code == 0


def test_twice_as_many_people_want_a_word(call: Caller, okr: Path, outbox: Path, server: MailServer) -> None:
    """Shows that a run which would reach many more people than ever before stops, and says so."""
    assert call("mail", "send", "--confirm").code == 0
    queued(outbox, okr, tuple(mail(f"nv{number}@minhlong.vn", "wins") for number in range(20)))
    done = call("mail", "send")
    assert (done.code, len(server.inbox)) == (3, 2)
    assert "22 people would get mail today, and 2 at most did on one day before" in done.err
    assert call("mail", "send", "--confirm").code == 0
    assert len(server.inbox) == 22


def test_one_run_sends_at_a_time(call: Caller, outbox: Path, server: MailServer) -> None:
    """Shows that a second run leaves at once with the code for a held lock, and that a sync is not spoiled by it."""
    with alone(Post(None, {}, {outbox: frozenset()}, None)):
        done = call("mail", "send", "--confirm")
        assert (done.code, "another run is sending" in done.err) == (11, True)
        (told,) = json.loads(call("mail", "send", "--json").out)["senders"]
        assert (told["sender"], told["exit_code"], "another run" in told["error"]) == ("okr@minhlong.vn", 11, True)
        assert call("sync", *DAY).code == 5
    assert server.inbox == []


def test_all_who_share_a_history_send_one_at_a_time(
    call: Caller, here: Path, outbox: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a run with another sender, another name of the file and another folder for locks waits its turn.

    What somebody is sending at the moment is not called unknown by it.
    """
    confirmed(outbox)
    (here / "link.sqlite3").symlink_to(outbox)
    with alone(Post(None, {}, {here / "link.sqlite3": frozenset()}, None)):
        being_sent(outbox)
        monkeypatch.setenv("SHEETSYNC_STATE_DIR", str(here / "elsewhere"))
        assert call("mail", "send").code == 11
        with History.open(outbox) as history:
            assert [one.state for one in history.outbox.parcels(TODAY)] == [State.SENDING]
    assert call("mail", "send").code == 3
    with History.open(outbox) as history:
        assert State.UNKNOWN in {one.state for one in history.outbox.parcels(TODAY)}


def being_sent(path: Path) -> None:
    """Leave the first message as it is while a server is asked to take it."""
    with History.open(path) as history:
        box = history.outbox
        parts = box.parts(box.waiting(NOW)[0].parts)
        message = Message("<1@x>", "okr@minhlong.vn", parts[0].recipient, b"x")
        parcel = box.freeze(message, "x", parts, NOW.date(), NOW)
        assert parcel is not None
        box.claim(parcel.number, NOW.date(), NOW)


def test_the_limits_of_a_run_and_a_day(call: Caller, here: Path, okr: Path, outbox: Path, server: MailServer) -> None:
    """Shows that what is beyond the limit waits for the next run, and beyond that of the day for tomorrow."""
    configured(here, server.port, of_mail="per_run = 1\nper_day = 2")
    for expected in (1, 2):
        done = call("mail", "send", "--confirm")
        assert len(server.inbox) == expected
    assert done.code == 0
    queued(outbox, okr, (mail(ME, "wins"),))
    done = call("mail", "send")
    assert (done.code, len(server.inbox)) == (5, 2)
    assert "the limit of mails is reached" in done.err


def test_only_the_workbooks_of_the_configuration_are_sent(
    call: Caller, here: Path, outbox: Path, server: MailServer
) -> None:
    """Shows that what another firm of the same history has to tell is left alone."""
    queued(outbox, here / "elsewhere.xlsx", (mail("somebody@other.vn", "company"),))
    assert call("mail", "send", "--confirm").code == 0
    assert sorted(to for to, _ in subjects(server)) == [AN, BAO]


@contextmanager
def chatting(here: Path, server: MailServer) -> Iterator[WebServer]:
    """Give a chat that takes every message, beside the mail server."""
    url = here / "url.txt"
    with answering() as web:
        url.write_text(f"{web.url}/hook", encoding="utf-8")
        url.chmod(0o600)
        configured(here, server.port, '\n[webhook.team]\ntemplate = "slack"\nurl.file = "url.txt"\n')
        yield web


def test_a_chat_is_told_once(call: Caller, here: Path, okr: Path, outbox: Path, server: MailServer) -> None:
    """Shows that a webhook gets the first lines of the digest, and that one which has gone is told as such."""
    with chatting(here, server) as web:
        chat = mail("team", "company", channel="webhook", key="chat/team/W47")
        queued(outbox, okr, (chat, chat._replace(recipient="gone", key="chat/gone/W47")))
        done = call("mail", "send", "--confirm")
        assert (done.code, "webhook.gone" in done.err) == (3, True)
        (told,) = web.asked
        text = told.json["text"]
        assert 2 <= len(text.splitlines()) <= 12
        call("mail", "send")
        assert len(web.asked) == 1


def test_a_chat_hears_of_every_workbook(call: Caller, here: Path, okr: Path, outbox: Path, server: MailServer) -> None:
    """Shows that what several workbooks have to tell a chat stands in one message, and nothing is left out."""
    with chatting(here, server) as web:
        firms = ("Minh Long Food", "Minh Long Tea")
        for firm in firms:
            said = digest("company", "vi")
            content = dumps(said._replace(data={**said.data, "company": firm}))
            queued(outbox, okr, (mail("team", "company", firm, channel="webhook", content=content),))
        assert call("mail", "send", "--confirm").code == 0
        (told,) = web.asked
        assert [told.json["text"].count(firm) for firm in firms] == [1, 1]


def test_a_template_that_fails_keeps_nobody_else(
    call: Caller, outbox: Path, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a mail that cannot be made is told, waits, and does not keep the others."""
    usual = sending._plain_look

    def broken(parts: tuple[object, ...]) -> object:
        if parts[0].recipient == AN:  # type: ignore[attr-defined]
            raise DeliveryRefused("pack.template", path="owner.html.j2:3", reason="no such field")
        return usual(parts)  # type: ignore[arg-type]

    monkeypatch.setattr(sending, "_plain_look", broken)
    done = call("mail", "send", "--confirm")
    assert (done.code, [to for to, _ in subjects(server)]) == (3, [BAO])
    assert "owner.html.j2:3" in done.err
    monkeypatch.setattr(sending, "_plain_look", usual)
    assert call("mail", "send").code == 0
    assert [to for to, _ in subjects(server)] == [BAO, AN]


def test_without_a_server_it_says_what_to_do(call: Caller, here: Path, okr: Path) -> None:
    """Shows that mail without [mail] is a mistake of the configuration, with its mending."""
    configure(here, '[workbook.a]\npath = "okr.xlsx"\n')
    done = call("mail", "send")
    assert (done.code, "[mail]" in done.err) == (2, True)


def test_no_history_means_no_mail_and_is_said(call: Caller, here: Path, okr: Path, server: MailServer) -> None:
    """Shows that mail without a history is told every night, and by name where somebody asks for the mails."""
    configured(here, server.port)
    path = here / "sheetsync.toml"
    path.write_text(path.read_text("utf-8").replace('"history.sqlite3"', "false"), "utf-8")
    done = call("sync")
    assert (done.code, "a: no mail is made and none is sent" in done.err) == (0, True)
    for arguments in (("mail", "send"), ("mail", "send", "--dry-run")):
        done = call(*arguments)
        assert (done.code, "history = false" in done.err, "No mail server" in done.err) == (2, True, False)
    assert server.inbox == []


class Terminal(io.StringIO):
    """Takes what is written, and says that somebody reads it."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def test_whoever_waits_at_the_terminal_is_told(call: Caller, outbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a run which waits for a server says for how long, at a terminal alone."""
    configured(outbox.parent, 1)
    done = call("mail", "send", "--confirm")
    assert (done.code, WAITED, "next try" in done.err) == (5, [60.0, 300.0, 900.0], False)
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    call("mail", "send")
    told = " ".join(terminal.getvalue().split())
    assert "next try in 1 minute. Ctrl-C stops" in told
    assert "next try in 15 minutes" in told
    assert "per_minute" not in told, "two mails of 600 a minute need no patience"


@pytest.mark.parametrize("trial", [(), ("--only-to", ME)])
def test_how_long_all_mails_take_is_told_once(
    call: Caller, outbox: Path, okr: Path, monkeypatch: pytest.MonkeyPatch, server: MailServer, trial: tuple[str, ...]
) -> None:
    """Shows that a run which sends only so many mails a minute says so with the whole time, at a terminal alone."""
    confirmed(outbox)
    queued(outbox, okr, (mail(ME, "team"), mail("chi@minhlong.vn", "team")))
    configured(outbox.parent, 1, of_mail="per_run = 3")
    path = outbox.parent / "sheetsync.toml"
    path.write_text(path.read_text("utf-8").replace("per_minute = 600", "per_minute = 1"), "utf-8")
    assert "per_minute" not in call("mail", "send", *trial).err
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    call("mail", "send", *trial)
    told = " ".join(terminal.getvalue().split())
    assert told.count("Sending is limited to 1 a minute (mail.per_minute): all of them take about 2 minutes") == 1
