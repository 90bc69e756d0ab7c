"""Writes the messages into docs/google-setup*.md from the locales: ``python docs/make_google_messages.py``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from sheetsync.checkup import Check, State
from sheetsync.cli.checkup_screen import templates
from sheetsync.language import Phrases
from sheetsync.locales import load

FOLDER = Path(__file__).parent
PAGES = {"en": FOLDER / "google-setup.md", "vi": FOLDER / "google-setup.vi.md"}
HEADS = {"en": "| the doctor says | what to do |", "vi": "| doctor báo | cách xử lý |"}
BEGIN, END = "<!-- messages: made by docs/make_google_messages.py -->\n", "<!-- end of messages -->"


def messages(phrases: Phrases) -> Iterator[tuple[str, str]]:
    """Give every message about Google that asks for something, with what it asks for."""
    for key in phrases.keys("doctor.google"):
        if phrases.has(f"{key}_fix"):
            yield templates(Check("", State.FAILED, key, fix=f"{key}_fix"), phrases)
    for key in phrases.keys("error.google"):
        yield templates(Check("", State.FAILED, key), phrases)


def table(language: str) -> str:
    """Give the table of a language as Markdown; what a message names is shown as three points."""
    phrases = Phrases(load(language), load("en"))
    rows = [f"| {_plain(said)} | {_plain(mending)} |" for said, mending in messages(phrases) if mending]
    return "\n".join([HEADS[language], "|---|---|", *rows]) + "\n"


def _plain(template: str) -> str:
    shown = re.sub(r"^\{(?:link|path|source)\}: ", "", template)
    return re.sub(r"\{[^{}]*\}", "…", shown).replace("|", "\\|")


def page(language: str) -> str:
    """Give a page with its table made anew."""
    text = PAGES[language].read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    return f"{before}{BEGIN}\n{table(language)}\n{END}{rest.partition(END)[2]}"


if __name__ == "__main__":
    for spoken, path in PAGES.items():
        path.write_text(page(spoken), encoding="utf-8", newline="\n")
