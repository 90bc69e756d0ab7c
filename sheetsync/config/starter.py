"""Writes the first ``sheetsync.toml`` for a workbook.

What is known is set; every other key stands in a comment that explains it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sheetsync.config.keys import KPI_COLUMNS, OKR_COLUMNS
from sheetsync.record import NamedTuple

if TYPE_CHECKING:
    from sheetsync.language import Phrases

WIDTH = 100


class Answers(NamedTuple):
    """What ``init`` saw in the workbook or was told; None leaves a key to the workbook or the program.

    ``path`` is written as it is given: relative to the file that is to be written, or absolute. A Google spreadsheet
    has ``spreadsheet`` instead, its address.
    """

    name: str
    path: str | None = None
    spreadsheet: str | None = None
    language: str | None = None
    timezone: str | None = None
    cycle: str | None = None
    company: str | None = None
    profile: str | None = None
    kpi_profile: str | None = None
    history: str | None = None


def render_config(answers: Answers, phrases: Phrases) -> str:
    """Give the text of a commented configuration; the comments are in the language of the phrases."""
    lines = [
        *_comment(phrases.text("config.starter.head")),
        *_about(phrases, "defaults"),
        "[defaults]",
        *_line(phrases, "language", answers.language, "vi"),
        *_line(phrases, "timezone", answers.timezone, "Asia/Ho_Chi_Minh"),
        *_line(phrases, "profile", answers.profile, "default@1"),
        *_line(phrases, "kpi_profile", answers.kpi_profile, "vn-kpi@1"),
        *_optional(phrases, answers),
        *(("", *_google(phrases)) if answers.spreadsheet is not None else ()),
        "",
        *_about(phrases, "workbook"),
        f"[workbook.{toml_key(answers.name)}]",
        *_place(phrases, answers),
        *_line(phrases, "cycle", answers.cycle, "Q4/2025"),
        *_line(phrases, "company", answers.company, "Minh Long Food"),
        *_about(phrases, "enabled"),
        "#enabled = false",
    ]
    return "\n".join(lines) + "\n"


def workbook_name(stem: str) -> str:
    """Make a short name out of a file's, without accents and spaces: "OKR Quý 4" becomes "okr-quy-4"."""
    import unicodedata

    plain = unicodedata.normalize("NFD", stem.casefold().replace("đ", "d"))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = "".join(char if char.isascii() and char.isalnum() else " " for char in letters).split()
    return "-".join(words) or "workbook"


def toml_text(value: str) -> str:
    """Write a text as TOML does: in single quotes where backslashes would need escapes, else in double quotes."""
    if "\\" in value and "'" not in value and value.isprintable():
        return f"'{value}'"
    return '"' + "".join(_escaped(char) for char in value) + '"'


def toml_key(name: str) -> str:
    """Write a key as TOML does: bare where it may be, else in quotes."""
    plain = name.isascii() and name.replace("-", "a").replace("_", "a").isalnum()
    return name if plain else '"' + "".join(_escaped(char) for char in name) + '"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"


def _comment(text: str) -> Iterator[str]:
    from textwrap import wrap

    for line in wrap(text, WIDTH - 2, break_long_words=False, break_on_hyphens=False):
        yield f"# {line}"


def _about(phrases: Phrases, key: str) -> Iterator[str]:
    yield ""
    yield from _comment(phrases.text(f"config.about.{key}"))


def _line(phrases: Phrases, key: str, value: str | None, example: str) -> Iterator[str]:
    yield from _about(phrases, key)
    yield f"#{key} = {toml_text(example)}" if value is None else f"{key} = {toml_text(value)}"


def _place(phrases: Phrases, answers: Answers) -> Iterator[str]:
    if answers.spreadsheet is None:
        yield from _line(phrases, "path", answers.path or "", "")
    else:
        yield from _line(phrases, "spreadsheet", answers.spreadsheet, "")
        yield from _about(phrases, "worksheets")
        yield '#worksheets = ["OKR", "KPI"]'


def _google(phrases: Phrases) -> Iterator[str]:
    yield from _about(phrases, "google")
    yield "[google]"
    yield from _line(phrases, "credentials", None, "service-account.json")


def _optional(phrases: Phrases, answers: Answers) -> Iterator[str]:
    plain = (("fiscal_start", "4"), ("fail_on", '"warning"'), ("on_conflict", '"restore"'), ("recalc", '"libreoffice"'))
    for key, example in plain:
        yield from _about(phrases, key)
        yield f"#{key} = {example}"
    for kind, columns in (("okr", OKR_COLUMNS), ("kpi", KPI_COLUMNS)):
        yield from _about(phrases, f"columns_{kind}")
        yield f"#columns.{kind} = [{', '.join(toml_text(column) for column in columns)}]"
    yield from _about(phrases, "rules")
    yield '#rules.RO203 = "warning"'
    yield from _line(phrases, "history", answers.history, "history.sqlite3")
    yield from _about(phrases, "mail_folder")
    yield '#mail.folder = "mail"'
