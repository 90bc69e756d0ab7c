"""The page that leads to mail and chats: its configurations work, its links lead somewhere, both languages agree."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sheetsync.config.keys import MAIL_SERVER, WEBHOOK
from sheetsync.config.load import load_config
from sheetsync.delivery.chat import Chat, told_as
from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.packaged import templates_dir
from sheetsync.post import PROVIDERS, WEBHOOKS
from sheetsync.report.lint.support import updated
from tests.making import DOCS

PAGES = ("mail.md", "mail.vi.md")
BOOK = '\n[workbook.a]\npath = "a.xlsx"\n'


def text_of(page: str) -> str:
    """Give the text of a page."""
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_configuration_can_be_read(page: str, tmp_path: Path) -> None:
    """Shows that each block of the page is a configuration that sheetsync takes, and that every provider has one."""
    blocks = re.findall(r"```toml\n(.*?)```", text_of(page), re.DOTALL)
    path = tmp_path / "sheetsync.toml"
    providers, chats = set(), 0
    for block in blocks:
        path.write_text(block + BOOK, encoding="utf-8")
        told = load_config(path, Phrases(load("en"))).workbooks["a"]
        if told.mail_server is not None:
            providers.add(told.mail_server.provider)
        chats += len(told.webhooks)
    assert providers == {*PROVIDERS, ""}
    assert chats == 1


@pytest.mark.parametrize("page", PAGES)
def test_the_template_of_ones_own_works(page: str, tmp_path: Path) -> None:
    """Shows that the example of a template makes JSON."""
    (block,) = re.findall(r"```jinja\n(.*?)```", text_of(page), re.DOTALL)
    own = tmp_path / "own.json.j2"
    own.write_text(block, encoding="utf-8")
    told = told_as("team", str(own), Chat("a", "b"), "7", None, templates_dir())
    assert json.loads(told.body) == {"room": "7", "body": "a\n\nb"}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Shows that each link within the page has its heading, to another its file and heading, to a picture its file."""
    for target in re.findall(r"\]\(([^)]+)\)", text_of(page)):
        name, _, anchor = target.partition("#")
        if name.endswith(".png"):
            assert (DOCS / name).is_file()
            continue
        headings = re.findall(r"^#+ (.+)$", text_of(name or page), re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors


def test_both_languages_lead_the_same_way() -> None:
    """Shows that both pages have the same sections, addresses, commands and configurations."""
    english, vietnamese = map(text_of, PAGES)
    for pattern in (r"^#+ ([A-H](?:\.\d)?)\b", r"<(https://[^>]+)>", r"```\w+\n(.*?)```", r"`(\d{3}[^`]*)`"):
        found = re.findall(pattern, english, re.MULTILINE | re.DOTALL)
        assert found == re.findall(pattern, vietnamese, re.MULTILINE | re.DOTALL)
        assert len(found) >= 5


@pytest.mark.parametrize("page", PAGES)
def test_every_chat_program_and_most_settings_are_named(page: str) -> None:
    """Shows that the page names each template for a chat, and the settings that a person has to choose."""
    text = text_of(page)
    assert [name for name in WEBHOOKS if f"| `{name}` |" not in text] == []
    wanted = {key.name for key in (*MAIL_SERVER, *WEBHOOK)} - {"timeout", "success", "headers", "limit"}
    assert {name for name in wanted if name not in text} == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_rule_of_the_check_of_packs_is_told(page: str) -> None:
    """Shows that the table has each rule that the check knows, and no other, and says of which day the data are."""
    rules = {*load("en")["lint"]} - {"client"}
    (section,) = [part for part in text_of(page).split("\n## ") if part.startswith("H. ")]
    told = [cell for line in section.splitlines() if line.startswith("| `") for cell in [line.split("|")[1]]]
    assert set(re.findall(r"`(\w+)`", " ".join(told))) == rules
    assert any(form in section for form in (f"{updated():%d/%m/%Y}", f"{updated():%d %B %Y}".lstrip("0")))
