"""Mails with the brand of a pack, on their way to a server: what arrives, and what a broken pack does."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.conftest import Caller
from tests.cli.test_mail_send import AN, BAO, configured, mail, queued
from tests.delivery.mail_server import MailServer, serving
from tests.delivery.web_server import answering
from tests.report.packs import pack, png


@pytest.fixture
def running() -> Iterator[MailServer]:
    """Give a mail server of this machine."""
    with serving() as server:
        yield server


@pytest.fixture
def branded(here: Path, okr: Path, running: MailServer) -> Path:
    """Configure a pack, and queue mails for two people; give the folder of the pack."""
    configured(here, running.port, of_mail='pack = "own"\n')
    queued(here / "history.sqlite3", okr, (mail(AN, "company"), mail(AN, "wins"), mail(BAO, "owner")))
    return here / "own"


def parts(data: bytes) -> dict[str, EmailMessage]:
    """Give the parts of a message by their types, read by the standard library."""
    read = email.message_from_bytes(data, policy=email.policy.default)
    return {part.get_content_type(): part for part in read.walk()}


def test_the_brand_arrives(call: Caller, branded: Path, running: MailServer) -> None:
    """Shows that colour, footer and logo of the pack are in each mail that the server gets, the logo by its id."""
    pack(branded, 'accent = "#b91c1c"\nlogo = "logo.png"\nfooter = "ABC · okr@abc.vn"', logo_png=png())
    done = call("mail", "send", "--confirm")
    assert (done.code, done.err) == (0, "")
    assert sorted(to for _, (to,), _ in running.inbox) == [AN, BAO]
    for _, _, data in running.inbox:
        found = parts(data)
        html = found["text/html"].get_content()
        assert "#b91c1c" in html
        assert 'src="cid:logo"' in html
        assert "ABC · okr@abc.vn" in found["text/plain"].get_content()
        assert found["image/png"]["Content-ID"] == "<logo>"
        assert found["image/png"].get_content() == png()
        assert "multipart/related" in found


def test_a_missing_logo_is_told_once_and_the_mails_go(call: Caller, branded: Path, running: MailServer) -> None:
    """Shows one line for all mails, which go without the logo."""
    pack(branded, 'logo = "nowhere.png"')
    done = call("--lang", "en", "mail", "send", "--confirm")
    assert done.code == 0
    assert done.err.count("nowhere.png: the logo cannot be read") == 1
    assert len(running.inbox) == 2
    assert all("image/png" not in parts(data) for _, _, data in running.inbox)


def test_a_broken_template_holds_its_mails_back_until_it_is_mended(
    call: Caller, branded: Path, running: MailServer
) -> None:
    """Shows that other mails go, that file and line are told, and that nothing is lost: mended, the rest goes too."""
    pack(branded, email__company_html_j2="one\n{{ nothing }}")
    done = call("--lang", "en", "mail", "send", "--confirm")
    assert done.code == 3
    assert "own/email/company.html.j2:2" in done.err
    assert [to for _, (to,), _ in running.inbox] == [BAO]
    (branded / "email" / "company.html.j2").unlink()
    assert call("mail", "send").code == 0
    assert [to for _, (to,), _ in running.inbox] == [BAO, AN]


def test_a_pack_that_is_not_there_is_told(call: Caller, branded: Path, running: MailServer) -> None:
    """Shows that nothing goes out in a look that nobody chose, and that the message says how to make a pack."""
    done = call("--lang", "en", "mail", "send", "--confirm")
    assert done.code in (2, 3)
    assert f"{branded / 'brand.toml'}: there is no such file" in done.err
    assert running.inbox == []


def test_chats_get_the_words_of_the_pack(call: Caller, branded: Path, okr: Path, running: MailServer) -> None:
    """Shows that a chat is told in the pack's words, with its text templates, and what they lack stays ours."""
    words = '[mail]\nsubject_pace = "{on_pace} xanh trên {objectives}"\n'
    pack(branded, texts_vi_toml=words, email__company_chat_j2="Lời của gói\n{{ company }}\n")
    url = branded.parent / "url.txt"
    with answering() as web:
        url.write_text(f"{web.url}/hook", encoding="utf-8")
        url.chmod(0o600)
        webhook = '\n[webhook.team]\ntemplate = "slack"\nurl.file = "url.txt"\n'
        configured(branded.parent, running.port, webhook, of_mail='pack = "own"\n')
        queued(branded.parent / "history.sqlite3", okr, (mail("team", "company", channel="webhook"),))
        assert call("mail", "send", "--confirm").code == 0
        (told,) = web.asked
    assert "Lời của gói" in told.json["text"]
    assert "xanh trên" in told.json["text"]
