"""Messages in a folder: what was to be sent, to look at, with a page that names them all."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import html5lib
import pytest

from sheetsync.delivery.files import Filed, Words, is_page, write
from sheetsync.errors import AccessDenied, TemporaryFailure
from sheetsync.packaged import templates_dir
from sheetsync.post import Message
from tests.delivery.conftest import written
from tests.validator import complaints

WORDS = Words("vi", "Thư chưa gửi", ("Người nhận", "Tiêu đề", "Tệp"))


def filed(*recipients: str) -> list[Filed]:
    """Give messages to some people."""
    return [Filed(written(one, one), "OKR <b>tuần</b> 7", "<p>Chào</p>", "Chào") for one in recipients]


class Links(HTMLParser):
    """Collects the addresses of a page's links."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the address of a link."""
        if tag == "a":
            self.found.append(unquote(dict(attrs)["href"] or ""))


def test_every_message_is_there_in_three_forms(tmp_path: Path) -> None:
    """Shows the mail byte for byte, its two parts, and a page whose every link leads to a file."""
    folder = tmp_path / "to be made" / "thư"
    index = write(folder, filed("huong@minhlong.vn", "bao+okr@minhlong.vn"), WORDS, templates_dir())
    page = index.read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    links = Links(page).found
    assert len(links) == 6
    assert {path.name for path in folder.iterdir()} == {"index.html", *links}
    (mail,) = folder.glob("huong*.eml")
    assert mail.read_bytes() == written("huong@minhlong.vn", "huong@minhlong.vn").data
    assert "Thư chưa gửi" in page
    assert "OKR &lt;b&gt;tuần&lt;/b&gt; 7" in page


def test_the_page_is_known_again(tmp_path: Path) -> None:
    """Shows that a page which was made here is told from other pages, also from one that only shows its head."""
    page = write(tmp_path, filed("huong@minhlong.vn"), WORDS, templates_dir()).read_bytes()
    assert is_page(page)
    assert not is_page(page.replace(b"sheetsync mail", b"Hugo"))
    assert not is_page(b"<!DOCTYPE html><head></head><body>" + page)


def test_a_validator_finds_nothing_in_the_page(tmp_path: Path) -> None:
    """Shows that html-validate, with all its recommended rules, finds nothing in the page, with days or without."""
    some = filed("huong@minhlong.vn", "bao+okr@minhlong.vn")
    days = [one._replace(day="thứ Hai 23/11/2026") for one in some]
    pages = {
        name: write(tmp_path / name, told, words, templates_dir()).read_text(encoding="utf-8")
        for name, told, words in (("plain", some, WORDS), ("days", days, WORDS._replace(day="Ngày")))
    }
    assert complaints(pages, tmp_path) == []


def test_the_page_says_the_day_of_each_mail_where_it_is_asked_to(tmp_path: Path) -> None:
    """Shows a column of days under its own heading, and none where nobody named one."""
    (one,) = filed("huong@minhlong.vn")
    words = WORDS._replace(day="Ngày gửi")
    page = write(tmp_path, [one._replace(day="thứ Hai 23/11")], words, templates_dir()).read_text(encoding="utf-8")
    assert page.index("Ngày gửi") < page.index("thứ Hai 23/11")
    assert write(tmp_path, [one], WORDS, templates_dir()).read_text(encoding="utf-8").count("<th ") == 3


def test_a_second_run_writes_over_the_first(tmp_path: Path) -> None:
    """Shows that the same messages have the same names, and that nothing stays behind."""
    write(tmp_path, filed("huong@minhlong.vn"), WORDS, templates_dir())
    before = sorted(tmp_path.iterdir())
    write(tmp_path, filed("huong@minhlong.vn"), WORDS, templates_dir())
    assert sorted(tmp_path.iterdir()) == before
    assert len(before) == 4


def test_a_name_stays_in_its_folder(tmp_path: Path) -> None:
    """Shows that no recipient or id leads out of the folder."""
    message = Message("<../../x@y>", "a@b.vn", "../../../etc/passwd", b"x\r\n")
    write(tmp_path / "in", [Filed(message, "s", "h", "t")], WORDS, templates_dir())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Shows one clear error where a file stands in the way."""
    (tmp_path / "mail").write_text("", encoding="utf-8")
    with pytest.raises((TemporaryFailure, AccessDenied)) as caught:
        write(tmp_path / "mail", filed("huong@minhlong.vn"), WORDS, templates_dir())
    assert caught.value.key.startswith("mail.files_")
