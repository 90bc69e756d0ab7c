"""What a template is made of: columns, words and texts, read from ``templates/workbooks``."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from typing import Any

from sheetsync.language import Phrases
from sheetsync.packaged import templates_dir
from sheetsync.record import NamedTuple


class Column(NamedTuple):
    """One column of a table: the concept, its header, its width in characters, and how its cells are filled.

    ``form`` is text, number, percent, weight or date; ``choices`` are the words of its dropdown; ``people`` takes the
    dropdown from the People worksheet; ``month`` is 1..12 for the column of a month.
    """

    concept: str
    header: str
    width: float
    form: str = "text"
    wrap: bool = False
    choices: tuple[str, ...] = ()
    people: bool = False
    month: int = 0
    computed: bool = False


class TableDesign(NamedTuple):
    """One table: kind (``okr`` or ``kpi``), the worksheet's name, its columns, and how many rows are prepared."""

    kind: str
    sheet: str
    columns: tuple[Column, ...]
    empty_rows: int
    key: str = ""
    """What stands in the marks of its columns, where that is not its kind: of the second table ``okr2``."""

    def place(self, concept: str) -> int:
        """Give the place of a column, from 0."""
        return next(place for place, column in enumerate(self.columns) if column.concept == concept)


COMPUTED_FORMS = {
    "progress": ("percent", 11.0),
    "expected": ("percent", 11.0),
    "score": ("score", 8.0),
    "status": ("text", 18.0),
    "change": ("percent", 9.0),
    "forecast": ("percent", 9.0),
    "why": ("text", 46.0),
    "synced": ("date", 12.0),
    "achievement": ("percent", 13.0),
    "weighted_score": ("points", 12.0),
    "grade": ("text", 9.0),
    "trend": ("text", 13.0),
}
"""How each computed column is shown, and its width in characters."""


def load_texts(language: str) -> Mapping[str, Any]:
    """Read the texts of the templates in one language."""
    return _read(f"workbooks/{language}.toml")


def load_table(kind: str, phrases: Phrases, texts: Mapping[str, Any], options: Collection[str] = ()) -> TableDesign:
    """Read the design of a table, with the columns of these options, and put the words of the language into it."""
    plan = _read(f"workbooks/{kind}.toml")
    columns: list[Column] = []
    for entry in plan["column"]:
        if "option" in entry and entry["option"] not in options:
            continue
        if entry["concept"] == "months":
            columns.extend(_months(entry, texts))
        else:
            columns.append(_column(entry, kind, phrases))
    columns.extend(_computed(concept, phrases) for concept in plan["computed"]["columns"])
    return TableDesign(kind, phrases.words(f"sheets.{plan['sheet']}")[0], tuple(columns), plan["empty_rows"])


def _column(entry: Mapping[str, Any], kind: str, phrases: Phrases) -> Column:
    listed = entry.get("list")
    return Column(
        concept=entry["concept"],
        header=phrases.words(f"headers.{kind}.{entry['concept']}")[0],
        width=entry["width"],
        form=entry.get("form", "text"),
        wrap=entry.get("wrap", False),
        choices=choices(listed, phrases) if listed else (),
        people=entry.get("people", False),
    )


def choices(kind: str, phrases: Phrases) -> tuple[str, ...]:
    """Give the words of a dropdown: the first word of each value of a kind."""
    return tuple(phrases.words(key)[0] for key in phrases.keys(f"values.{kind}"))


def _months(entry: Mapping[str, Any], texts: Mapping[str, Any]) -> list[Column]:
    names = texts["months"]["names"]
    return [Column(f"month{month}", name, entry["width"], "number", month=month) for month, name in enumerate(names, 1)]


def _computed(concept: str, phrases: Phrases) -> Column:
    form, width = COMPUTED_FORMS[concept]
    return Column(concept, phrases.text(f"computed.{concept}"), width, form, wrap=concept == "why", computed=True)


def _read(name: str) -> Mapping[str, Any]:
    return tomllib.loads((templates_dir() / name).read_text(encoding="utf-8"))
