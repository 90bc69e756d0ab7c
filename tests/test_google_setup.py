"""The page that leads to Google: its table of messages is what the doctor says, and its links lead somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from sheetsync.config.keys import Accepted
from sheetsync.config.load import load_config
from sheetsync.language import Phrases
from sheetsync.locales import load
from tests.making import DOCS, script


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_table_is_up_to_date(language: str) -> None:
    """Shows that every message of the doctor stands there with its mending; if not: docs/make_google_messages.py."""
    made = script("make_google_messages")
    text = made.PAGES[language].read_text(encoding="utf-8")
    assert text == made.page(language)
    assert text.count("\n| ") > 60


@pytest.mark.parametrize("page", ["google-setup.md", "google-setup.vi.md"])
def test_links_inside_lead_to_headings(page: str) -> None:
    """Shows that each link within the page has its heading, under the anchor that Markdown gives it."""
    text = (DOCS / page).read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert len(links) >= 10
    assert set(links) <= anchors


def test_both_languages_lead_the_same_way() -> None:
    """Shows that both pages have the same sections, the same addresses of Google's and the same commands."""
    pages = [(DOCS / page).read_text(encoding="utf-8") for page in ("google-setup.md", "google-setup.vi.md")]
    english, vietnamese = (re.findall(r"^#+ ([A-G](?:\.\d)?)\b", text, re.MULTILINE) for text in pages)
    assert english == vietnamese
    english, vietnamese = (re.findall(r"<(https://[^>]+)>", text) for text in pages)
    assert english == vietnamese
    english, vietnamese = (re.findall(r"^(gcloud [a-z -]+[a-z])", text, re.MULTILINE) for text in pages)
    assert english == vietnamese


@pytest.mark.parametrize("page", ["google-setup.md", "google-setup.vi.md"])
def test_the_configuration_can_be_read(page: str, tmp_path: Path) -> None:
    """Shows that the lines which the page asks for are a configuration that sheetsync takes."""
    (block,) = re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)
    block = block.replace("1AbC…", "1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ4aB5c")
    assert tomllib.loads(block)
    path = tmp_path / "sheetsync.toml"
    path.write_text(block, encoding="utf-8")
    config = load_config(path, Phrases(load("en")), Accepted())
    assert config.workbooks["minh-long"].google.credentials is not None
