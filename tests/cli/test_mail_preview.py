"""``sheetsync mail preview``, and the whole way from a workbook to the mailboxes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import jsonschema
import openpyxl
import pytest

from sheetsync import gallery
from sheetsync.cli.speech import phrases
from tests.cli.conftest import PROJECT, Caller, configure
from tests.delivery.mail_server import MailServer, serving
from tests.report.packs import pack

FRIDAY = date(2026, 11, 20)
ON_FRIDAY = ("--today", FRIDAY.isoformat())
BOOK = '[defaults]\ntimezone = "Asia/Ho_Chi_Minh"\n[workbook.a]\npath = "okr.xlsx"\nhistory = "history.sqlite3"\n'


@pytest.fixture
def firm(here: Path) -> Path:
    """Give the folder of a firm with the workbook of the demo, and no mail server yet."""
    gallery.build_demo(here / "okr.xlsx", phrases("vi"), FRIDAY)
    configure(here, BOOK)
    return here


def rows(call: Caller, *arguments: str) -> list[tuple[str, str, str, str | None]]:
    """Give who gets what, why, and when, as JSON tells it."""
    done = call("mail", "preview", "--json", *arguments)
    assert done.code == 0
    told = json.loads(done.out)
    assert told["schema"] == "sheetsync.mail.preview.v1"
    return [(one["name"], one["kind"], one["verdict"], one["day"]) for one in told["mails"]]


def test_the_table_names_everybody_and_the_folder_holds_the_mails(call: Caller, firm: Path) -> None:
    """Shows who gets what when, and why not, without a mail server, and the mails as files; nothing is remembered."""
    done = call("--lang", "vi", "mail", "preview", *ON_FRIDAY)
    assert done.code == 0
    lines = done.out.splitlines()
    assert any("Trần Quốc Bảo" in line and "phòng ban: Kinh doanh" in line and "hôm nay" in line for line in lines)
    assert any("Nguyễn Minh Long" in line and "Thứ Hai 23/11/2026" in line for line in lines)
    assert any("không có ô nào cần điền" in line for line in lines)
    assert "5 tin" in done.out
    page = (firm / "mail-preview" / "index.html").read_text(encoding="utf-8")
    assert page.count(".eml") == 5
    texts = [path.read_text(encoding="utf-8") for path in (firm / "mail-preview").glob("duc-*.txt")]
    assert len(texts) == 1  # the agenda and the cells to fill are one mail
    assert "Phòng Sản phẩm" in texts[0]
    assert "17:00" in texts[0]
    assert not (firm / "history.sqlite3").exists()


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_page_of_somebody_elses_is_not_replaced(call: Caller, firm: Path, language: str) -> None:
    """Shows that a folder which holds another index.html is refused before anything is written, and ours is not."""
    (firm / "site").mkdir()
    (firm / "site" / "index.html").write_text("<!DOCTYPE html><title>Minh Long</title>", encoding="utf-8")
    done = call("--lang", language, "mail", "preview", "-o", "site", *ON_FRIDAY)
    assert (done.code, done.out, "site/index.html" in done.err.replace(os.sep, "/")) == (2, "", True)
    assert [path.name for path in (firm / "site").iterdir()] == ["index.html"]
    for _ in range(2):
        assert call("--lang", language, "mail", "preview", "-o", "mails", *ON_FRIDAY).code == 0


def test_a_mail_to_come_is_shown_as_it_will_be(call: Caller, firm: Path) -> None:
    """Shows the day of each mail in the page of the folder, and a month's mail by the month that it will tell of."""
    done = call("--lang", "vi", "mail", "preview", "--kind", "kpi", "--for", "Long", *ON_FRIDAY)
    assert done.code == 0
    page = (firm / "mail-preview" / "index.html").read_text(encoding="utf-8")
    assert "Thứ Sáu 04/12/2026" in page
    assert "KPI tháng 11/2026" in page


def test_what_a_pack_lacks_is_told_once_for_all_mails(call: Caller, firm: Path) -> None:
    """Shows that all mails of a preview are made by one process of a pack, which tells once what it goes without."""
    pack(firm / "own", 'logo = "nowhere.png"')
    configure(firm, f'[mail]\nprovider = "local"\nsender = "okr@minhlong.vn"\npack = "own"\n{BOOK}')
    done = call("mail", "preview", *ON_FRIDAY)
    assert (done.code, "5 messages" in done.out) == (0, True)
    assert done.err.count("nowhere.png: the logo cannot be read") == 1


def test_the_next_day_with_mail_where_today_has_none(call: Caller, firm: Path) -> None:
    """Shows on a Saturday the mails of Monday, and that no other day's are written."""
    found = rows(call, "--today", "2026-11-21", "-o", "out")
    assert {verdict for _, kind, verdict, _ in found if kind != "owner"} == {"later"}
    assert ("Nguyễn Minh Long", "company", "later", "2026-11-23") in found
    assert list((firm / "out").glob("long-at-*.txt"))


def test_cells_to_fill_have_a_day_only_where_some_will_be_due(call: Caller, firm: Path) -> None:
    """Shows on Saturday whose values will be more than a week old at the next check-in; nobody else has a day.

    Nobody is reminded on Monday: that is for those who were asked before the last check-in.
    """
    found = {name: (verdict, day) for name, _, verdict, day in rows(call, "--today", "2026-11-21", "--kind", "owner")}
    assert found["Lê Thị Thu Hà"] == ("later", "2026-11-26")
    assert found["Nguyễn Minh Long"] == ("nothing_due", None)
    assert set(found.values()) == {("later", "2026-11-26"), ("nothing_due", None)}


def test_one_person_and_one_kind(call: Caller, firm: Path) -> None:
    """Shows the next mail of a kind for somebody who is named without accents, or by address, in another language."""
    assert rows(call, *ON_FRIDAY, "--for", "quoc bao", "--kind", "kpi") == [
        ("Trần Quốc Bảo", "kpi", "later", "2026-12-04")
    ]
    assert {name for name, *_ in rows(call, *ON_FRIDAY, "--for", "HA@minhlong.example")} == {"Lê Thị Thu Hà"}
    done = call("--lang", "en", "mail", "preview", *ON_FRIDAY, "--for", "Bảo", "--kind", "team", "-o", "en")
    assert done.code == 0
    (text,) = [path.read_text(encoding="utf-8") for path in (firm / "en").glob("*.txt")]
    assert "to discuss" in text


def test_chats_alone(call: Caller, firm: Path) -> None:
    """Shows that where only chats are configured they are shown with their text, and no mail that nobody would get."""
    configure(firm, f'[webhook.team]\ntemplate = "slack"\nurl.env = "URL"\n{BOOK}')
    done = call("--lang", "en", "mail", "preview", *ON_FRIDAY)
    assert (done.code, "chat team" in done.out, "Nguyễn" in done.out) == (0, True, False)
    assert "no mail server is configured" in " ".join(done.out.split())
    (text,) = (firm / "mail-preview").glob("*.txt")
    assert "objectives on pace" in text.read_text(encoding="utf-8")
    told = json.loads(call("mail", "preview", "--json", "--for", "team", *ON_FRIDAY).out)["mails"]
    assert [(one["name"], one["channel"], one["kind"], one["looked_at"]) for one in told] == [
        ("team", "webhook", "company", True)
    ]
    server = '[mail]\nprovider = "local"\nsender = "okr@minhlong.vn"\n'
    configure(firm, f'{server}[webhook.team]\ntemplate = "slack"\nurl.env = "URL"\n{BOOK}')
    done = call("--lang", "en", "mail", "preview", *ON_FRIDAY)
    assert ("chat team" in done.out, "Nguyễn" in done.out, "mail server" in done.out) == (True, True, False)


def test_before_a_mail_server_is_set_up(call: Caller, firm: Path) -> None:
    """Shows that mails which nobody gets yet are shown with what is missing."""
    done = call("--lang", "en", "mail", "preview", *ON_FRIDAY)
    assert "No mail server is configured yet" in " ".join(done.out.split())


def test_the_data_of_each_mail_is_for_who_writes_templates(call: Caller, firm: Path) -> None:
    """Shows that what each part of a mail is made of can be looked at, in the form that is published."""
    done = call("--lang", "vi", "mail", "preview", "--data", "--for", "Đức", *ON_FRIDAY)
    assert done.code == 0
    schema = json.loads((PROJECT / "docs" / "report.v1.schema.json").read_text(encoding="utf-8"))
    found = {path.name.split(".")[-2]: json.loads(path.read_text("utf-8")) for path in firm.glob("mail-preview/*.json")}
    assert {"team", "kpi"} <= set(found)
    for kind, told in found.items():
        jsonschema.validate(told, schema)
        assert told["schema"] == "report.v1", kind
    assert "team.json" in (firm / "mail-preview" / "index.html").read_text(encoding="utf-8")


def test_somebody_whom_nobody_knows(call: Caller, firm: Path) -> None:
    """Shows that a name which gets no mail is a usage error that says so."""
    done = call("--lang", "en", "mail", "preview", "--for", "Xyz")
    assert done.code == 2
    assert "Nobody called “Xyz” gets mail" in done.err


def test_a_workbook_that_cannot_be_read_hides_no_wrong_name(call: Caller, firm: Path) -> None:
    """Shows that a name which gets no mail is told beside a damaged workbook too, and nothing of the People sheet."""
    (firm / "broken.xlsx").write_bytes(b"PK")
    configure(firm, f'{BOOK}[workbook.b]\npath = "broken.xlsx"\n')
    done = call("--lang", "en", "mail", "preview", "--for", "Xyz")
    assert done.code == 3
    assert "broken.xlsx" in done.err
    assert "Nobody called “Xyz” gets mail" in done.out
    assert "People sheet" not in done.out


def test_wins_go_to_who_asks_for_them(call: Caller, firm: Path) -> None:
    """Shows that a kind which nobody gets is said to be so, with how to get it; and why somebody who asked does."""
    done = call("--lang", "en", "mail", "preview", "--kind", "wins", *ON_FRIDAY)
    said = " ".join(done.out.split())
    assert ("Nobody gets mails of this kind" in said, "column Mails" in said, "names nobody" in said) == (
        True, True, False,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(firm / "okr.xlsx")
        book["Nhân sự"]["I4"] = "điểm sáng"
        book.save(firm / "okr.xlsx")
    done = call("mail", "preview", "--kind", "wins", "--json", *ON_FRIDAY)
    assert {one["reason"] for one in json.loads(done.out)["mails"]} <= {
        "asked for it",
        "leads the company",
        "leads the team",
    }


def test_a_question_to_an_owner_is_promised_only_with_its_condition(call: Caller, firm: Path) -> None:
    """Shows that cells to fill are told only if some are due on that day."""
    done = call("mail", "preview", "--kind", "owner", "--json", "--today", "2026-11-21")
    later = {one["reason"] for one in json.loads(done.out)["mails"] if one["verdict"] == "later"}
    assert later == {"owns goals; only if cells are due then"}


def test_why_not(call: Caller, firm: Path) -> None:
    """Shows the reasons of the People sheet: no address, a bad one, a shared one, stopped, on leave."""
    changes = {
        "B5": None, "B6": "huy@", "B7": "long@minhlong.example", "I8": "DỪNG", "I9": "ít thôi",
        "G10": "19/11/2026 - 25/11/2026",
    }  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl does not know of the dashboard
        book = openpyxl.load_workbook(firm / "okr.xlsx")
        for place, value in changes.items():
            book["Nhân sự"][place] = value
        book.save(firm / "okr.xlsx")
    done = call("--lang", "vi", "mail", "preview", *ON_FRIDAY, "--json")
    reasons = {one["name"]: one["reason"] for one in json.loads(done.out)["mails"] if one["kind"] == "owner"}
    assert reasons == {
        "Nguyễn Minh Long": "không có ô nào cần điền",
        "Trần Quốc Bảo": "chưa có địa chỉ thư (Nhân sự, dòng 5)",
        "Võ Mỹ Hạnh": "địa chỉ thư không dùng được (Nhân sự, dòng 6)",
        "Hoàng Gia Huy": "chung địa chỉ với Nguyễn Minh Long (Nhân sự, dòng 7)",
        "Lê Thị Thu Hà": "không muốn nhận (Nhân sự, cột Nhận thư)",
        "Đỗ Văn Khoa": "không đọc được cột Nhận thư (Nhân sự, dòng 9)",
        "Phạm Minh Đức": "đang nghỉ phép; thư chờ tới ngày đi làm lại",
        "Bùi Lan Anh": "phụ trách mục tiêu",
        "Ngô Thanh Trúc": "phụ trách mục tiêu",
    }
    told = call("--lang", "vi", "check", *ON_FRIDAY).out
    assert all(code in told for code in ("LI341", "LI342", "LI343", "LI345"))


def test_a_night_says_whom_no_mail_reaches(call: Caller, firm: Path) -> None:
    """Shows that a sync tells in one line who cannot be reached and why, fails by none of it, and tells the leads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(firm / "okr.xlsx")
        for place, value in {"B5": None, "B6": "huy@", "B7": "long@minhlong.example", "I8": "DỪNG"}.items():
            book["Nhân sự"][place] = value
        book.save(firm / "okr.xlsx")
    configure(firm, f'[mail]\nprovider = "local"\nsender = "okr@minhlong.vn"\n{BOOK}')
    done = call("--lang", "en", "sync", *ON_FRIDAY)
    said = " ".join(done.err.split())
    assert "a: 3 people cannot be reached by mail: no address (Trần Quốc Bảo); an address that cannot be used" in said
    assert "somebody else's address (Hoàng Gia Huy)" in said
    assert done.code == 0
    assert call("--lang", "vi", "mail", "preview", "--kind", "company", "--for", "Long", *ON_FRIDAY).code == 0
    (text,) = (firm / "mail-preview").glob("long-*.txt")
    assert "'Nhân sự'!B5" in text.read_text(encoding="utf-8")


@pytest.fixture
def server() -> Iterator[MailServer]:
    """Give a mail server of this machine."""
    with serving() as running:
        yield running


def test_from_the_workbook_to_the_mailboxes_once(call: Caller, firm: Path, server: MailServer) -> None:
    """Shows that a night queues, a confirmed run sends each person one mail, and the same night again sends none."""
    today = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[date.today().weekday()]
    mail = f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nsecurity = "none"\nsender = "okr@minhlong.vn"\n'
    when = f'[mail.when]\ncheck_in = "{today}"\nowner = 0\nremind = 0\ncompany = 0\nquiet = []\nholidays = []\n'
    (firm / "okr.xlsx").unlink()
    gallery.build_demo(firm / "okr.xlsx", phrases("vi"), date.today())
    configure(firm, f'{mail}{when}[workbook.a]\npath = "okr.xlsx"\nhistory = "history.sqlite3"\n')
    night = call("--lang", "en", "sync")
    assert night.code == 0
    assert "knows of no mail sent from okr@minhlong.vn" in night.err
    assert server.inbox == []
    assert call("mail", "send", "--confirm").code == 0
    people = [to for _, (to,), _ in server.inbox]
    assert "long@minhlong.example" in people
    assert "bao@minhlong.example" in people
    assert len(people) == len(set(people)) >= 5
    before = len(people)
    assert call("sync").code == 0
    assert call("mail", "send").code == 0
    assert len(server.inbox) == before
    verdicts = {verdict for _, kind, verdict, _ in rows(call) if kind == "team"}
    assert verdicts == {"told"}


def test_who_wants_no_mail_pays_nothing_for_it(firm: Path) -> None:
    """Shows that a sync without a mail server loads nothing of the making of mails."""
    program = (
        "import sys; from sheetsync.cli import run; run(['sync']);"
        "print([name for name in sys.modules if name.startswith(('sheetsync.mailing', 'sheetsync.cli.mails', "
        "'sheetsync.report', 'jinja2'))])"
    )
    known = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=firm, env=known, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1:] == ["[]"], done.stderr
