"""Builds template workbooks, and the workbook of the demo. XlsxWriter is imported only when one is built."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sheetsync.language import Phrases
from sheetsync.model import Cycle
from sheetsync.record import NamedTuple

KINDS = ("okr", "kpi", "okr-kpi")


class Entry(NamedTuple):
    """One template: its kind, and what it is for, in the language asked for."""

    kind: str
    title: str
    about: str


def entries(language: str) -> tuple[Entry, ...]:
    """Give every template with its title and what it is for."""
    from sheetsync.gallery.design import load_texts

    kinds = load_texts(language)["kind"]
    return tuple(Entry(kind, kinds[kind]["title"], kinds[kind]["about"]) for kind in KINDS)


def build(
    path: Path,
    kind: str,
    phrases: Phrases,
    *,
    cycle: Cycle,
    company: str,
    protect: bool = False,
    sections: bool = False,
) -> None:
    """Make a new template workbook of a kind (``okr``, ``kpi`` or ``okr-kpi``) in the language of the phrases.

    ``protect`` turns sheet protection on for the computed columns; ``sections`` adds columns for what sections of KPIs
    weigh themselves, and for bonus and penalty points. OSError where the file cannot be written.
    """
    from sheetsync.gallery.content import template_content
    from sheetsync.gallery.workbook import write_workbook

    write_workbook(path, kind, phrases, template_content(phrases, cycle, company, sections=sections), protect=protect)


def build_demo(path: Path, phrases: Phrases, today: date) -> None:
    """Make the workbook of a food company in mid-quarter, as the firm keeps it, around a day."""
    from sheetsync.gallery.demo import demo_content
    from sheetsync.gallery.workbook import write_workbook

    write_workbook(path, "okr-kpi", phrases, demo_content(phrases.language, today))
