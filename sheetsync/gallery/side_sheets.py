"""Writes the worksheets beside the goals: check-in log, people, settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sheetsync.gallery.content import Content, Row, cycle_text
from sheetsync.gallery.styles import Styles
from sheetsync.gallery.tables import HEADER as GOALS_HEADER
from sheetsync.gallery.tables import quoted
from sheetsync.language import Phrases

HEADER = 2
"""Row of the header, from 0."""
VERSION = "1"
"""Version of the templates, kept in Settings and in the document's properties."""

LOG = (("date", 12, "date"), ("item", 11, "text"), ("value", 14, "number"), ("confidence", 12, "percent"))
LOG_TEXTS = (("blocker", 40, "text"), ("note", 40, "text"))
PEOPLE = (
    ("name", 24, "text"),
    ("email", 32, "text"),
    ("team", 18, "text"),
    ("manager", 24, "text"),
    ("honorific", 12, "text"),
    ("language", 12, "text"),
    ("leave", 26, "text"),
    ("role", 18, "text"),
    ("mails", 20, "text"),
)
ROLES = ("company", "team", "watcher", "owner")
MAILS = ("stop", "company", "team", "owner", "kpi", "wins", "all")
"""What the dropdowns of the people offer; a cell of mails may name several kinds, too."""


def write_check_ins(book: Any, content: Content, phrases: Phrases, styles: Styles, goals_sheet: str | None) -> None:
    """Write the check-in log; the ids come from a dropdown of the OKR worksheet."""
    sheet = _list(book, "check-ins", (*LOG, *LOG_TEXTS), content.check_ins, content, phrases, styles)
    if goals_sheet is not None:
        source = f"={quoted(goals_sheet)}!$A${GOALS_HEADER + 2}:$A$1000"
        listed = {"validate": "list", "source": source, "error_type": "warning"}
        sheet.data_validation(HEADER + 1, 1, 2000, 1, listed)


def write_people(book: Any, content: Content, phrases: Phrases, styles: Styles) -> None:
    """Write the people that dropdowns and mails know."""
    sheet = _list(book, "people", PEOPLE, content.people, content, phrases, styles)
    languages = [phrases.words(key)[0] for key in phrases.keys("values.language")]
    sheet.data_validation(HEADER + 1, 5, 300, 5, {"validate": "list", "source": languages})
    roles = [phrases.words(f"values.role.{one}")[0] for one in ROLES]
    sheet.data_validation(HEADER + 1, 7, 300, 7, {"validate": "list", "source": roles, "error_type": "warning"})
    mails = [phrases.words(f"values.mails.{one}")[0] for one in MAILS]
    sheet.data_validation(HEADER + 1, 8, 300, 8, {"validate": "list", "source": mails, "error_type": "warning"})


def _list(
    book: Any,
    kind: str,
    columns: Sequence[tuple[str, int, str]],
    rows: Sequence[Row],
    content: Content,
    phrases: Phrases,
    styles: Styles,
) -> Any:
    sheet = book.add_worksheet(phrases.words(f"sheets.{kind}")[0])
    sheet.write(0, 0, content.texts["titles"][kind], styles.title())
    sheet.set_row(0, 26)
    for place, (concept, width, form) in enumerate(columns):
        sheet.set_column(
            place, place, width, styles.of(num_format=styles.cell(form, computed=False, wrap=False).num_format)
        )
        sheet.write(HEADER, place, phrases.words(f"headers.{kind}.{concept}")[0], styles.header(computed=False))
    for number, row in enumerate(rows, HEADER + 1):
        for place, (concept, _, form) in enumerate(columns):
            style = styles.cell(form, computed=False, wrap=form == "text")
            _put(sheet, number, place, row.get(concept), style)
    sheet.freeze_panes(HEADER + 1, 0)
    _print_setup(sheet)
    return sheet


def _put(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write(row, column, value, style)


def write_settings(book: Any, kind: str, content: Content, phrases: Phrases, styles: Styles) -> None:
    """Write the settings that a run reads: word, value, and what it is for."""
    sheet = book.add_worksheet(phrases.words("sheets.settings")[0])
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 34)
    sheet.set_column(2, 2, 70)
    sheet.write(0, 0, content.texts["titles"]["settings"], styles.title())
    sheet.set_row(0, 26)
    values = {
        "company": content.company,
        "cycle": cycle_text(content.cycle),
        "profile": content.profile,
        "kpi_profile": content.kpi_profile,
        "language": phrases.words(f"values.language.{phrases.language}")[0],
        "template": f"{kind} {VERSION}",
    }
    for row, (concept, value) in enumerate(values.items(), HEADER):
        label = styles.of(bold=True, border=1, border_color="#CBD5E1")
        sheet.write_string(row, 0, phrases.words(f"headers.settings.{concept}")[0], label)
        sheet.write_string(row, 1, value, styles.cell("text", computed=False, wrap=False))
        about = content.texts["settings"][concept]
        if value:
            sheet.write_string(row, 2, about, styles.quiet())
        else:  # where the value is blank, what stands beside it would be read as the value
            sheet.write_comment(row, 1, about, {"author": "sheetsync", "x_scale": 2})
    languages = [phrases.words(key)[0] for key in phrases.keys("values.language")]
    place = HEADER + list(values).index("language")
    sheet.data_validation(place, 1, place, 1, {"validate": "list", "source": languages})
    _print_setup(sheet)


def _print_setup(sheet: Any) -> None:
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
