"""The part of the mail page about a brand of one's own: its files make a pack that works, its lists are complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sheetsync.packaged import templates_dir
from sheetsync.report.brand import load_pack
from sheetsync.report.render import render
from tests.making import DOCS
from tests.report.mails import KINDS, digest
from tests.report.minh_long import PHRASES
from tests.report.packs import pack, png

PAGES = ("mail.md", "mail.vi.md")
SAID = {
    "en": ("Bright spots", "Green: on track", "A question about"),
    "vi": ("Việc vui", "Xanh: đúng tiến độ", "Có câu hỏi về số liệu?"),
}
"""What the words and the block of each page put into a mail."""


def blocks(page: str, kind: str) -> list[str]:
    """Give the blocks of a kind."""
    return re.findall(rf"```{kind}\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", PAGES)
def test_the_files_of_the_page_make_a_pack(page: str, tmp_path: Path) -> None:
    """Shows that brand, words and block stand in the mail, and that a client's pack lies over the consultant's."""
    brand, client = blocks(page, "toml brand")
    (words,), (block,) = blocks(page, "toml texts"), blocks(page, "jinja block")
    language, firm = ("vi", "Công ty ABC") if ".vi." in page else ("en", "ABC Company")
    spots, green, question = SAID[language]
    texts = {f"texts_{language}_toml": words}
    pack(tmp_path / "abc", brand, logo_png=png(), email__company_html_j2=block, **texts)
    loaded = load_pack(tmp_path / "abc")
    assert loaded.doubts == ()
    shown = render(digest("company", language), PHRASES[language], templates_dir(), loaded.brand)
    for told in ("#b91c1c", "cid:logo", firm, spots, green, question):
        assert told in shown.html
    own = pack(tmp_path / "minh-long", client)
    (own / "minh-long.png").write_bytes(png())
    over = render(digest("company", language), PHRASES[language], templates_dir(), load_pack(own).brand)
    for told in ("#0f766e", "cid:logo", firm, spots, question):
        assert told in over.html


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", [*KINDS, "layout"])
def test_every_block_is_named(page: str, name: str) -> None:
    """Shows that the page names the blocks of each template, and no others."""
    text = (DOCS / page).read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith(f"| `{name}.html.j2` |"))
    told = set(re.findall(r"`(\w+)`", row.split("|")[2]))
    source = (templates_dir() / "email" / f"{name}.html.j2").read_text(encoding="utf-8")
    assert told | {"body"} == set(re.findall(r"{% block (\w+) %}", source)) | {"body"}


@pytest.mark.parametrize("page", PAGES)
def test_every_kind_is_told(page: str) -> None:
    """Shows that the page says of each kind who reads it and what it says."""
    text = (DOCS / page).read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"\n| `{kind}` |" not in text] == []
