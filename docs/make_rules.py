"""Writes docs/rules.md and docs/rules.vi.md from the rules themselves: ``python docs/make_rules.py``."""

from __future__ import annotations

from pathlib import Path

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.rules import RULES, page, title

FOLDER = Path(__file__).parent
PAGES = {"en": FOLDER / "rules.md", "vi": FOLDER / "rules.vi.md"}


def book(language: str) -> str:
    """Give the whole rule book of a language as Markdown: a table of all rules, then the page of each."""
    phrases = Phrases(load(language), load("en"))
    lines = [f"# {phrases.text('rule_page.book')}", "", phrases.text("rule_page.book_intro"), ""]
    lines += [f"| {phrases.text('rule_page.head')} |", "|---|---|---|---|"]
    for code, rule in RULES.items():
        severity = phrases.text(f"rule_page.{rule.severity}" if rule.on else "rule_page.off")
        lines.append(f"| [{code}](#{code.lower()}-{rule.name}) | {rule.name} | {severity} | {title(code, phrases)} |")
    pages = [page(code, phrases).replace("\n## ", "\n### ") for code in RULES]
    return "\n".join(lines) + "\n\n" + "\n".join(f"#{text}" for text in pages)


if __name__ == "__main__":
    for spoken, path in PAGES.items():
        path.write_text(book(spoken), encoding="utf-8", newline="\n")
