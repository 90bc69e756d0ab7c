"""Mails rendered with a pack in a limited process: the same as here, and nothing worse than an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsync.errors import ConfigError, DeliveryRefused
from sheetsync.limited.mails import PackMails
from sheetsync.limited.process import Limits
from sheetsync.packaged import templates_dir
from sheetsync.report.brand import load_pack
from sheetsync.report.digest.coding import dumps
from sheetsync.report.render import render
from tests.report.minh_long import PHRASES, minh_long


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Give a pack with a colour, a logo and a block of its own."""
    folder = tmp_path / "pack"
    (folder / "email").mkdir(parents=True)
    (folder / "brand.toml").write_text('accent = "#1d4ed8"\nlogo = "logo.png"\n', encoding="utf-8")
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\nrest")
    block = '{% extends "sheetsync/company.html.j2" %}{% block wins %}<tr><td>Ours</td></tr>{% endblock %}'
    (folder / "email" / "company.html.j2").write_text(block, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_mail_is_the_same_as_without_limits(pack: Path, language: str) -> None:
    """Shows that nothing is lost between the processes: subject, HTML, text and logo are those made here."""
    digest = minh_long(language)
    with PackMails(pack) as mails:
        made = mails.render([dumps(digest)], language)
    assert made == render(digest, PHRASES[language], templates_dir(), load_pack(pack).brand)
    assert "Ours" in made.html
    assert [image.data for image in made.images] == [b"\x89PNG\r\n\x1a\nrest"]


def test_one_broken_mail_leaves_the_next_one_whole(pack: Path) -> None:
    """Shows that after an error, and after the end of the process, the same renderer goes on."""
    digest = dumps(minh_long("vi"))
    with PackMails(pack) as mails:
        with pytest.raises(DeliveryRefused):
            mails.render([digest.replace(b'"verdict"', b'"nothing"')], "vi")
        assert mails.render([digest], "vi").html
        mails.close()
        assert mails.render([digest], "vi").html


def test_what_takes_too_long_says_where(pack: Path) -> None:
    """Shows that a template within all bounds of the sandbox, but slow, is stopped with its file and line."""
    slow = "{% set it = 'x' | upper ~ 'y' | lower %}" * 300  # no text, whose length has a bound of its own
    slow = f"ok\n{{% for a in range(300) %}}{{% for b in range(300) %}}{slow}{{% endfor %}}{{% endfor %}}"
    path = pack / "email" / "company.subject.j2"
    path.write_text(slow, encoding="utf-8")
    with PackMails(pack, Limits(seconds=3, processor=5)) as mails:  # a busy machine needs a second to begin
        with pytest.raises(DeliveryRefused) as refused:
            mails.render([dumps(minh_long("vi"))], "vi")
        assert refused.value.key == "limited.time_at"
        assert refused.value.params["path"] == f"{path}:2"


def test_a_pack_says_what_its_mails_go_without(pack: Path) -> None:
    """Shows that a logo which is none is told as what it is, and that the mails are made without it."""
    (pack / "logo.png").write_bytes(b"GIF89a")
    with PackMails(pack) as mails:
        (doubt,) = mails.look()
        assert (doubt.key, doubt.params["path"]) == ("pack.logo_kind", str(pack / "logo.png"))
        assert mails.render([dumps(minh_long("vi"))], "vi").images == ()


def test_a_pack_that_is_none_is_told(tmp_path: Path) -> None:
    """Shows that the far side's errors arrive as what they are."""
    with PackMails(tmp_path / "nowhere") as mails, pytest.raises(ConfigError) as refused:
        mails.look()
    assert refused.value.key == "pack.missing"


def test_a_pack_may_link_inside_itself_and_not_out(pack: Path) -> None:
    """Shows that a link to a file of the pack is fine, and one out of it is refused before anything is rendered."""
    (pack / "email" / "own.html.j2").symlink_to(pack / "email" / "company.html.j2")
    with PackMails(pack) as mails:
        assert mails.look() == ()
    (pack / "email" / "stolen.txt.j2").symlink_to("/etc/hostname")
    with PackMails(pack) as mails, pytest.raises(ConfigError) as refused:
        mails.look()
    assert refused.value.key == "limited.outside"
