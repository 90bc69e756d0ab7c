"""The people of the firm: one a row."""

from __future__ import annotations

from sheetsync.model import Person
from sheetsync.reading.columns import Columns
from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.rows import data_rows
from sheetsync.reading.tables import Found

_PERSON = ("name", "email", "team", "manager", "honorific", "language", "leave", "role", "mails")


def read_people(draft: Draft, found: Found, key: str) -> None:
    """Read the rows that have a name or an address."""
    columns = Columns(draft.book, found.sheet, found.header.columns, data_rows(draft.book, found))
    fields = zip(*(columns.cells(concept) for concept in _PERSON), strict=True)
    people = [
        Person(found.sheet.name, row, *cells)
        for row, cells in zip(columns.rows, fields, strict=True)
        if not (cells[0].blank and cells[1].blank)
    ]
    draft.people.extend(people)
    draft.add_table(found, key, [person.row for person in people])
