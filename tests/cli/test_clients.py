"""A consultant's clients in one run: nothing of the one reaches, holds up or changes another."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from sheetsync import gallery
from sheetsync.cli.mails import Desk
from sheetsync.cli.speech import phrases
from sheetsync.config.shape import Secret, WebhookConfig
from sheetsync.history import History
from sheetsync.keeping import Recalled
from sheetsync.snapshot import Run
from tests import hostile
from tests.cli.conftest import DAY, HEADERS, SOUND, Caller
from tests.cli.test_mail_send import AN, BAO, mail, queued, subjects
from tests.cli.test_mails import FRIDAY, at_night, config_of, evaluated, made
from tests.delivery.mail_server import MailServer, serving
from tests.delivery.web_server import WebServer, answering
from tests.report.packs import pack

CLIENTS = ("an", "binh")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """Give a mail server of this machine, for which no run waits."""
    monkeypatch.setattr("sheetsync.cli.sending.sleep", lambda _seconds: None)
    with serving() as running:
        yield running


def test_a_damaged_history_of_one_client_holds_up_no_others_mail(
    call: Caller, here: Path, okr: Path, server: MailServer, chats: WebServer
) -> None:
    """Shows that what another client's history has leaves, that the damage is told, and that the code says so."""
    consultant(here, server.port, okr, hooked(here, chats), history='history = "NAME.sqlite3"')
    for name, to in zip(CLIENTS, (AN, BAO), strict=True):
        queued(here / "clients" / f"{name}.sqlite3", here / "clients" / f"{name}.xlsx", (mail(to, "owner"),))
    (here / "clients" / "an.sqlite3").write_bytes(b"no database" * 1000)
    done = call("mail", "send", "--confirm")
    assert (done.code, [to for to, _ in subjects(server)]) == (3, [BAO])
    assert done.err.count("an.sqlite3") == 1
    queued(here / "clients" / "binh.sqlite3", here / "clients" / "binh.xlsx", (mail(BAO, "team"),))
    done = call("mail", "send", "--dry-run", "--out", "look")
    assert (done.code, "an.sqlite3" in done.err) == (3, True)
    (here / "clients" / "binh.sqlite3").write_bytes(b"no database" * 1000)
    assert call("mail", "send").code == 3


@pytest.fixture
def chats() -> Iterator[WebServer]:
    """Give a server of chats on this machine."""
    with answering() as web:
        yield web


def consultant(here: Path, port: int, okr: Path, of_client: str = "", history: str = "") -> None:
    """Write a configuration with a file for each of two clients; NAME in ``of_client`` stands for the client's."""
    (here / "clients").mkdir(exist_ok=True)
    (here / "sheetsync.toml").write_text(
        f'include = ["clients/*.toml"]\n[defaults]\nlanguage = "en"\nhistory = "history.sqlite3"\n'
        f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "okr@abc.vn"\nper_minute = 600\n',
        encoding="utf-8",
    )
    for name in CLIENTS:
        book = here / "clients" / f"{name}.xlsx"
        book.write_bytes(okr.read_bytes())
        text = f'{of_client}\n[workbook.{name}]\npath = "{name}.xlsx"\n{history}\n'.replace("NAME", name)
        (here / "clients" / f"{name}.toml").write_text(text, encoding="utf-8")


def hooked(here: Path, chats: WebServer) -> str:
    """Give each client a chat of its own by one name; give what a client's file says of it."""
    (here / "clients").mkdir(exist_ok=True)
    for name in CLIENTS:
        address = here / "clients" / f"{name}.txt"
        address.write_text(f"{chats.url}/{name}", encoding="utf-8")
        address.chmod(0o600)
    return '[webhook.team]\ntemplate = "slack"\nurl.file = "NAME.txt"\n'


def told(name: str) -> object:
    """Give a chat message about a client, whose period names it."""
    return mail("team", "company", f"W47-{name}", channel="webhook", key=f"chat/{name}")


def test_chats_of_one_name_are_those_of_their_own_clients(
    call: Caller, here: Path, okr: Path, server: MailServer, chats: WebServer
) -> None:
    """Shows that two clients whose files both have a [webhook.team] are told each in its own chat, and apart."""
    consultant(here, server.port, okr, hooked(here, chats))
    for name, to in zip(CLIENTS, (AN, BAO), strict=True):
        book = here / "clients" / f"{name}.xlsx"
        queued(here / "history.sqlite3", book, (told(name), mail(to, "owner")))  # type: ignore[arg-type]
    assert call("mail", "send", "--confirm").code == 0
    assert sorted(asked.path for asked in chats.asked) == ["/an", "/binh"]
    assert sorted(to for to, _ in subjects(server)) == [AN, BAO]


def test_a_person_of_two_clients_with_chats_of_one_name_gets_one_mail(
    call: Caller, here: Path, okr: Path, server: MailServer, chats: WebServer
) -> None:
    """Shows that keeping chats apart leaves the consultant, who watches both clients, one mail a day."""
    consultant(here, server.port, okr, hooked(here, chats))
    for name in CLIENTS:
        book = here / "clients" / f"{name}.xlsx"
        queued(here / "history.sqlite3", book, (told(name), mail(AN, "company", name)))  # type: ignore[arg-type]
    assert call("mail", "send", "--confirm").code == 0
    assert [to for to, _ in subjects(server)] == [AN]
    assert len(chats.asked) == len(CLIENTS)


def test_the_preview_shows_chats_of_one_name_apart(
    call: Caller, here: Path, okr: Path, server: MailServer, chats: WebServer
) -> None:
    """Shows that what is looked at beforehand of two clients' chats are two messages, as they will be sent."""
    consultant(here, server.port, okr, hooked(here, chats))
    assert call("mail", "preview", "--kind", "company", *DAY).code == 0
    page = (here / "mail-preview" / "index.html").read_text(encoding="utf-8")
    assert page.count("chat team") == len(CLIENTS)


def test_the_doctor_looks_at_every_chat_of_one_name(
    call: Caller, here: Path, okr: Path, server: MailServer, chats: WebServer
) -> None:
    """Shows that a client's chat that is out of order is found, and that no test message goes to one by guess."""
    consultant(here, server.port, okr, hooked(here, chats))
    (here / "clients" / "an.txt").unlink()
    done = call("doctor")
    assert "an.txt" in done.out
    done = call("doctor", "--chat-to", "team")
    assert (done.code, chats.asked) == (2, [])
    assert "--only" in " ".join(done.out.split())
    assert call("doctor", "--only", "binh", "--chat-to", "team").code == 0
    assert [asked.path for asked in chats.asked] == ["/binh"]


def own_numbers(path: Path, owner: str, target: int) -> None:
    """Write the consultant's list of goals as one client has filled it in."""
    path.parent.mkdir(exist_ok=True)
    rows = [(*row[:3], f"{owner} {row[3]}", *row[4:6], row[6] and target, *row[7:]) for row in SOUND]
    hostile.sound(path, headers=HEADERS, rows=tuple(rows))


def listed(here: Path, folder: str, *names: str) -> None:
    """Write a configuration with a workbook for each client in a folder."""
    tables = "".join(f'[workbook.{name}]\npath = "{folder}/{name}.xlsx"\n' for name in names)
    (here / "sheetsync.toml").write_text(f'[defaults]\nlanguage = "en"\n{tables}', encoding="utf-8")


def test_a_client_with_the_list_of_one_that_left_inherits_nothing(call: Caller, here: Path) -> None:
    """Shows that a workbook with the same goals but other people and targets never gets the history of a lost one."""
    own_numbers(here / "books" / "an.xlsx", "Nguyễn", 300)
    listed(here, "books", "an")
    assert call("sync", *DAY) == (0, "", "")
    (here / "books" / "an.xlsx").unlink()
    own_numbers(here / "books" / "binh.xlsx", "Trần", 400)
    listed(here, "books", "binh")
    done = call("sync", *DAY)
    assert (done.code, "another firm's" in done.err) == (0, True)
    assert "Nguyễn" not in call("history", "show", "KR-1", "-w", "binh").out
    assert call("sync", *DAY) == (0, "", "")


def test_clients_of_one_list_keep_their_histories_in_a_folder_that_was_renamed(call: Caller, here: Path) -> None:
    """Shows that each of several lost workbooks with the same goals is known again by its people and targets."""
    for name, owner, target in (("an", "Nguyễn", 300), ("binh", "Trần", 400)):
        own_numbers(here / "books" / f"{name}.xlsx", owner, target)
    listed(here, "books", "an", "binh")
    assert call("sync", *DAY).code == 0
    (here / "books").rename(here / "clients")
    listed(here, "clients", "an", "binh")
    done = call("sync", *DAY)
    assert (done.code, done.err.count("its history goes on")) == (0, 2)
    assert [f"{name}.xlsx" in line for name, line in zip(("an", "binh"), done.err.splitlines(), strict=True)] == [
        True
    ] * 2


SLIPS = {
    "a key that is not known": '[workbook.an]\npath = "an.xlsx"\ntimeuot = 3\n',
    "no TOML": '[workbook.an\npath = "an.xlsx"\n',
    "a setting for the whole file": '[mail]\nsender = 3\n[workbook.an]\npath = "an.xlsx"\n',
    "no cycle": '[workbook.an]\npath = "an.xlsx"\ncycle = "Q9/2026"\n',
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_one_clients_file_leaves_the_others_their_night(
    call: Caller, here: Path, okr: Path, server: MailServer, slip: str
) -> None:
    """Shows that the others are synced, what is wrong is told with its place, and the code says that not all is."""
    consultant(here, server.port, okr)
    (here / "clients" / "an.toml").write_text(SLIPS[slip], encoding="utf-8")
    before = [(here / "clients" / f"{name}.xlsx").read_bytes() for name in CLIENTS]
    done = call("sync", *DAY)
    after = [(here / "clients" / f"{name}.xlsx").read_bytes() for name in CLIENTS]
    assert (done.code, done.out) == (2, "")
    assert [was != now for was, now in zip(before, after, strict=True)] == [False, True]
    first, *_, last = done.err.splitlines()
    assert first.startswith("clients/an.toml:")
    assert "Left out until that is mended: " in last
    document = json.loads(call("sync", "--json", *DAY).out)
    assert ([one["workbook"] for one in document["workbooks"]], bool(document["problems"])) == (["binh"], True)
    assert call("sync", "--only", "an", *DAY).code == 2
    assert call("sync", "clients/an.xlsx", *DAY).code == 2
    assert (here / "clients" / "an.xlsx").read_bytes() == before[0]
    assert call("mail", "send").code == 2
    looked = call("doctor")
    assert ("clients/an.toml:" in looked.out, "binh" in looked.out) == (True, True)


def test_two_clients_with_one_workbook_are_both_left_out(call: Caller, here: Path, okr: Path) -> None:
    """Shows that where a copied file names another client's workbook nobody gets numbers that may not be theirs."""
    consultant(here, 25, okr)
    (here / "clients" / "an.toml").write_text('[workbook.an]\npath = "binh.xlsx"\n', encoding="utf-8")
    (here / "clients" / "chi.xlsx").write_bytes(okr.read_bytes())
    (here / "clients" / "chi.toml").write_text('[workbook.chi]\npath = "chi.xlsx"\n', encoding="utf-8")
    before = (here / "clients" / "binh.xlsx").read_bytes()
    done = call("sync", *DAY)
    assert (done.code, (here / "clients" / "binh.xlsx").read_bytes() == before) == (2, True)
    assert "mended: an, binh." in " ".join(done.err.split())
    assert (here / "clients" / "chi.xlsx").read_bytes() != okr.read_bytes()


def test_a_company_is_taken_whole_or_not_at_all(call: Caller, here: Path, okr: Path) -> None:
    """Shows that a workbook waits whose company has a part in a file that cannot be read: its goals may count."""
    consultant(here, 25, okr)
    broken = '[workbook.an]\npath = "an.xlsx"\ncompany = "Hoa Sen"\nrules = [\n'
    (here / "clients" / "an.toml").write_text(broken, encoding="utf-8")
    whole = '[workbook.binh]\npath = "binh.xlsx"\ncompany = "HOA SEN"\n[workbook.chi]\npath = "chi.xlsx"\n'
    (here / "clients" / "binh.toml").write_text(whole, encoding="utf-8")
    (here / "clients" / "chi.xlsx").write_bytes(okr.read_bytes())
    done = call("sync", *DAY)
    assert (done.code, (here / "clients" / "binh.xlsx").read_bytes() == okr.read_bytes()) == (2, True)
    assert "mended: clients/an.toml, binh." in " ".join(done.err.split())
    assert (here / "clients" / "chi.xlsx").read_bytes() != okr.read_bytes()


def test_what_is_wrong_with_all_stops_all(call: Caller, here: Path, okr: Path) -> None:
    """Shows that a slip in the file of all, or in every client's, ends the run before anything is done."""
    consultant(here, 25, okr)
    text = (here / "sheetsync.toml").read_text(encoding="utf-8")
    (here / "sheetsync.toml").write_text(text.replace("per_minute", "per_minuet"), encoding="utf-8")
    done = call("sync", *DAY)
    assert (done.code, "Left out" in done.err) == (2, False)
    (here / "sheetsync.toml").write_text(text, encoding="utf-8")
    for name in CLIENTS:
        (here / "clients" / f"{name}.toml").write_text(SLIPS["no TOML"].replace("an", name), encoding="utf-8")
    done = call("sync", *DAY)
    assert (done.code, "Left out" in done.err, len(done.err.splitlines())) == (2, False, 2)
    assert all((here / "clients" / f"{name}.xlsx").read_bytes() == okr.read_bytes() for name in CLIENTS)


def test_the_list_of_pages_bears_no_one_clients_brand(call: Caller, here: Path, okr: Path) -> None:
    """Shows that where clients share a folder but not a brand, the list of their pages has neither's footer."""
    consultant(here, 25, okr, '[report]\npack = "NAME"\n')
    text = (here / "sheetsync.toml").read_text(encoding="utf-8")
    (here / "sheetsync.toml").write_text(f'{text}[report]\nfolder = "pages"\n', encoding="utf-8")
    for name in CLIENTS:
        (here / "clients" / name).mkdir()
        brand = f'accent = "#b91c1c"\n[footer]\nen = "Of {name} alone"\n'
        (here / "clients" / name / "brand.toml").write_text(brand, encoding="utf-8")
    for run in (("sync", *DAY), ("report", "--all", "-o", "pages", *DAY)):
        assert call(*run).code == 0
        for name in CLIENTS:
            assert f"Of {name} alone" in (here / "pages" / f"{name}.html").read_text(encoding="utf-8")
        assert " alone" not in (here / "pages" / "index.html").read_text(encoding="utf-8")
    (here / "clients" / "binh.toml").unlink()
    assert call("sync", *DAY).code == 0
    assert "Of an alone" in (here / "pages" / "index.html").read_text(encoding="utf-8")


def test_a_word_for_several_senders_with_nothing_to_send_is_one_line(call: Caller, here: Path, okr: Path) -> None:
    """Shows that clients with senders of their own are not answered line by line, and when it will be asked again."""
    own = '[mail]\nhost = "127.0.0.1"\nport = 25\nsecurity = "none"\nsender = "NAME@abc.vn"\n'
    consultant(here, 25, okr, own)
    assert call("sync", *DAY).code == 0
    done = call("mail", "send", "--confirm")
    assert (done.code, done.out.count("nothing to send now")) == (0, 1)
    assert "more than 10 people" in " ".join(done.out.split())


def test_a_workbook_that_moved_tells_nothing_twice(tmp_path: Path) -> None:
    """Shows that what was told of a workbook is known in the night in which it is found at another place."""
    before, now = tmp_path / "okr.xlsx", tmp_path / "moved.xlsx"
    gallery.build_demo(before, phrases("vi"), FRIDAY)
    config = config_of(before, webhooks={"team": WebhookConfig("team", "slack", Secret(env="URL"))})
    with History.open(tmp_path / "history.sqlite3") as history:
        told = {mail.key: mail for day in range(4) for mail in made(config, FRIDAY + day * timedelta(days=1))}
        history.commit(Run(f"file:{before}", "demo", FRIDAY), None, mails=tuple(told.values()))
        before.rename(now)
        for day in range(4):
            evaluation, job = evaluated(config._replace(path=now), FRIDAY + timedelta(days=day))
            moved = evaluation._replace(recalled=Recalled(moved_from=f"file:{before}"))
            moment = at_night(FRIDAY + timedelta(days=day))
            assert Desk(moved, job, config._replace(path=now), history.outbox, moment).due() == ()


def test_what_would_be_sent_of_all_lies_in_no_one_clients_folder(
    call: Caller, here: Path, okr: Path, server: MailServer
) -> None:
    """Shows that mails of several clients are written into a folder of one only where the call names it."""
    consultant(here, server.port, okr, history='mail.folder = "of-NAME"')
    for name, to in zip(CLIENTS, (AN, BAO), strict=True):
        queued(here / "history.sqlite3", here / "clients" / f"{name}.xlsx", (mail(to, "owner"),))
    assert call("mail", "send", "--dry-run").code == 0
    assert not (here / "clients" / "of-an").exists()
    assert (here / "sheetsync-mail" / "index.html").is_file()
    assert call("mail", "send", "--dry-run", "--only", "binh").code == 0
    assert (here / "clients" / "of-binh" / "index.html").is_file()


def test_a_client_with_far_more_people_than_before_waits_alone(
    call: Caller, here: Path, okr: Path, server: MailServer
) -> None:
    """Shows that a People sheet which grew tenfold holds up its own client's mail, until somebody lets it go."""
    consultant(here, server.port, okr)
    books = [here / "clients" / f"{name}.xlsx" for name in CLIENTS]
    for book, to in zip(books, (AN, BAO), strict=True):
        queued(here / "history.sqlite3", book, (mail(to, "owner"),))
    assert call("mail", "send", "--confirm").code == 0
    many = [f"nv{number}@binh.vn" for number in range(40)]
    queued(here / "history.sqlite3", books[0], tuple(mail(f"{to}@an.vn", "team") for to in ("mot", "hai")))
    queued(here / "history.sqlite3", books[1], tuple(mail(to, "team") for to in many))
    for _ in range(2):
        done = call("mail", "send")
        assert (done.code, ": 40 messages were not sent" in " ".join(done.err.split())) == (3, True)
    assert sorted(to for to, _ in subjects(server)) == sorted([AN, BAO, "mot@an.vn", "hai@an.vn"])
    assert call("mail", "send", "--confirm").code == 0
    assert len(server.inbox) == 4 + len(many)


def test_a_client_of_whom_nobody_gets_mail_any_more_is_told(
    call: Caller, here: Path, okr: Path, server: MailServer
) -> None:
    """Shows one line where a workbook had mail and its People sheet names nobody now; none where it never had any."""
    consultant(here, server.port, okr)
    assert "nobody gets" not in call("sync").err
    queued(here / "history.sqlite3", here / "clients" / "binh.xlsx", (mail(BAO, "owner"),))
    assert call("mail", "send", "--confirm").code == 0
    done = call("sync")
    assert (done.code, done.out, len(server.inbox)) == (0, "", 1)
    assert "binh: nobody gets mail of this workbook any more" in done.err
    assert "an: nobody gets" not in done.err


def test_each_client_has_its_brand_and_the_account_is_one(
    call: Caller, here: Path, okr: Path, server: MailServer
) -> None:
    """Shows one [mail] for two clients: each mail has the pack and the sender's name of its client.

    Who reads about both gets a mail of each, and the doctor looks at the account once.
    """
    consultant(here, server.port, okr, '[defaults.mail]\npack = "pack-NAME"\nsender_name = "OKR NAME"\n')
    for name, accent in zip(CLIENTS, ("#7c2d92", "#14507a"), strict=True):
        pack(here / "clients" / f"pack-{name}", f'accent = "{accent}"')
        parts = (mail(AN, "company", f"W47-{name}"), *((mail(BAO, "owner"),) if name == "binh" else ()))
        queued(here / "history.sqlite3", here / "clients" / f"{name}.xlsx", parts)
    done = call("mail", "send", "--confirm")
    assert (done.code, done.err) == (0, "")
    sent = [(to[0], email.message_from_bytes(data, policy=email.policy.default)) for _, to, data in server.inbox]
    assert sorted(
        (to, str(message["From"]), "#7c2d92" in message.as_string(), "#14507a" in message.as_string())
        for to, message in sent
    ) == [
        (AN, "OKR an <okr@abc.vn>", True, False),
        (AN, "OKR binh <okr@abc.vn>", False, True),
        (BAO, "OKR binh <okr@abc.vn>", False, True),
    ]
    assert call("--lang", "en", "doctor").out.count("the mail server answers") == 1
