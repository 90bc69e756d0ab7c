"""``sheetsync history export``: everything that is remembered, as a table for another program."""

from __future__ import annotations

import csv
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import click

from sheetsync.cli import exits, options
from sheetsync.cli.files import is_foreign, placing
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.history_place import Choice, choices
from sheetsync.cli.speech import say, say_many
from sheetsync.home import expanded
from sheetsync.past import Observation

CONCEPTS = ("title", "owner", "team", "unit")
NUMBERS = tuple(name for name in Observation._fields if name != "day")
HEADERS = (
    "workbook",
    "place",
    "kind",
    "key",
    *CONCEPTS,
    "day",
    *NUMBERS,
    "recorded",
    "source",
    "holds",
    "gone",
    "reused",
)
FLAGS = ("holds", "gone", "reused")
SHARES = ("progress", "expected", "score")
SCHEMA = "sheetsync.history.export.v1"
FORMS = ("csv", "json", "xlsx", "parquet")
LAST_ROW = 1_048_576
Row = Sequence[Any]


@click.command(cls=SpokenCommand, help=say("cli.history.export.help"), short_help=say("cli.history.export.short"))
@options.history
@click.option(
    "--format", "form", type=click.Choice(["csv", "json", "xlsx", "parquet"]), help=say("cli.history.export.format")
)
@click.option("--output", "-o", metavar=say("cli.option.file_metavar"), help=say("cli.history.export.output"))
@options.config
@click.pass_context
def command(
    ctx: click.Context,
    workbook: str | None,
    file: str | None,
    form: str | None,
    output: str | None,
    config: str | None,
) -> int:
    """Export the observations."""
    form = form or _form_of(output)
    if output is None and form not in ("csv", "json"):
        raise click.UsageError(say("cli.history.export.needs_file", form=form))
    if form == "parquet":
        _arrow()
    if output is not None and is_foreign(expanded(output), _is_export):
        raise click.UsageError(say("cli.history.export.foreign", path=output))
    with choices(ctx, config, file, workbook) as chosen:
        rows = list(_rows(chosen))
    if output is None:
        sys.stdout.write(csv_text(rows) if form == "csv" else json_text(rows))
        return exits.COMPLETE
    path = expanded(output)
    half = path.with_name(f".{path.name}.tmp")
    with placing(path):
        try:
            WRITERS[form](half, rows)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    click.echo(say_many("cli.history.export.done", len(rows), path=str(path)), err=True)
    return exits.COMPLETE


def _is_export(content: bytes) -> bool:
    """Say whether a file that is there holds an earlier export, of whatever form."""
    if content.startswith(b"PK"):
        return _is_own_workbook(content)
    begin = content[:200].removeprefix(b"\xef\xbb\xbf")
    return begin.startswith((b",".join(name.encode() for name in HEADERS[:4]), b"PAR1")) or SCHEMA.encode() in begin


def _is_own_workbook(content: bytes) -> bool:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(content)) as file:
            texts = file.read("xl/sharedStrings.xml")[:2000].decode("utf-8", "replace")
    except (BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError, zlib.error):
        return False
    return "".join(f"<si><t>{name}</t></si>" for name in HEADERS[:4]) in texts


def _form_of(output: str | None) -> str:
    """Give the form that a file's name asks for; csv where it says nothing."""
    suffix = Path(output).suffix.lower().removeprefix(".") if output else ""
    return suffix if suffix in FORMS else "csv"


def _rows(chosen: Sequence[Choice]) -> Iterator[Row]:
    """Give a row for every observation, with what its row said on that day, and when it became known (UTC)."""
    nothing = (None,) * len(NUMBERS)
    for one in chosen:
        for book in one.books:
            for told in one.history.entries(book.number, CONCEPTS):
                said = [told.said.get(concept, "") for concept in CONCEPTS]
                seen = told.observation
                numbers = seen[1:] if seen is not None else nothing
                recorded = told.recorded.isoformat(timespec="seconds")
                flags = told.holds, seen is None, told.reused
                yield (
                    told.workbook,
                    told.place,
                    told.kind,
                    told.key,
                    *said,
                    told.day,
                    *numbers,
                    recorded,
                    told.source,
                    *flags,
                )


def csv_text(rows: Sequence[Row]) -> str:
    """Give rows as CSV. A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    from sheetsync.cli.check import harmless

    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADERS)
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue()


def json_text(rows: Sequence[Row]) -> str:
    """Give rows as one JSON document."""
    made = [dict(zip(HEADERS, row, strict=True)) for row in rows]
    return to_text({"schema": SCHEMA, "observations": made}) + "\n"


def _csv(path: Path, rows: Sequence[Row]) -> None:
    path.write_text(csv_text(rows), encoding="utf-8-sig", newline="")  # Excel takes it for UTF-8 by its first bytes


def _json(path: Path, rows: Sequence[Row]) -> None:
    path.write_text(json_text(rows), encoding="utf-8")


def _xlsx(path: Path, rows: Sequence[Row]) -> None:
    """Write a workbook with one worksheet, or more where a worksheet is full; no text becomes a formula or a link."""
    import xlsxwriter

    plain = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": True,
    }
    with xlsxwriter.Workbook(str(path), plain) as book:
        day, share = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "0%"})
        forms = {place: share for place, name in enumerate(HEADERS) if name in SHARES}
        bold = book.add_format({"bold": True})
        for first in range(0, max(len(rows), 1), LAST_ROW - 1):
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, HEADERS, bold)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(HEADERS) - 1, 14)
            part = rows[first : first + LAST_ROW - 1]
            for number, row in enumerate(part, 1):
                for place, cell in enumerate(row):
                    _write(sheet, (number, place), cell, day if isinstance(cell, date) else forms.get(place))
            sheet.autofilter(0, 0, len(part), len(HEADERS) - 1)


def _write(sheet: Any, place: tuple[int, int], cell: Any, form: Any) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(*place, cell, form)
    elif isinstance(cell, str):
        sheet.write_string(*place, cell)
    elif isinstance(cell, bool):
        sheet.write_boolean(*place, cell)
    elif cell is not None:
        sheet.write_number(*place, cell, form)


def _arrow() -> Any:
    """Give pyarrow; UsageError where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise click.UsageError(say("cli.history.export.no_pyarrow")) from None
    return pyarrow


def _parquet(path: Path, rows: Sequence[Row]) -> None:
    arrow = _arrow()
    columns = dict(zip(HEADERS, zip(*rows, strict=True) if rows else [()] * len(HEADERS), strict=True))
    kinds = {name: arrow.string() for name in HEADERS}
    kinds |= {name: arrow.float64() for name in ("value", "target", "baseline", *SHARES, "confidence")}
    kinds |= {name: arrow.date32() for name in ("day", "updated")} | {name: arrow.bool_() for name in FLAGS}
    made = {name: arrow.array(column, kinds[name]) for name, column in columns.items()}
    arrow.parquet.write_table(arrow.table(made), str(path))


WRITERS: Mapping[str, Callable[[Path, Sequence[Row]], None]] = {
    "csv": _csv,
    "json": _json,
    "xlsx": _xlsx,
    "parquet": _parquet,
}
"""What writes a file of each form."""
