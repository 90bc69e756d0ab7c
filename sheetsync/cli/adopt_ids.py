"""``sheetsync adopt --add-ids``: gives every row without an id one, in the workbook itself, after showing each cell."""

from __future__ import annotations

from typing import Any

import click

from sheetsync.cli import exits
from sheetsync.cli.adopt_asking import agreed
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, say_many, spoken_language
from sheetsync.cli.wiring import Selected
from sheetsync.rules.messages import reason
from sheetsync.sync import Evaluation
from sheetsync.workbook import CellRef, Receipt, Workbook
from sheetsync.writeback.new_ids import IdPlan, NoId, plan_ids

FIRST_PLACES = 5


def planned(workbook: Workbook, evaluation: Evaluation) -> IdPlan:
    """Plan the ids of a workbook; a new column is called as its language calls it."""
    return plan_ids(workbook, evaluation.goals, evaluation.phrases.text("adopt.ids.header"))


def ids_form(plan: IdPlan) -> dict[str, Any]:
    """Give the ids as plain data: each with its cell, the new columns, and what gets none."""
    return {
        "new": [{"cell": str(new.cell), "id": new.id, "title": new.title} for new in plan.ids],
        "columns": [{"cell": str(one.header), "header": one.text} for one in plan.changes.columns],
        "without": [{"cell": str(none.cell), "rows": none.rows, "why": _why(none, 1)} for none in plan.without],
    }


def give_ids(plan: IdPlan, workbook: Workbook, chosen: Selected, as_json: bool, asks: bool, yes: bool) -> int:
    """Show the ids, write them once somebody agrees, and say what came of it; gives the exit code.

    Raises a SheetsyncError where the workbook cannot be written; then nothing was written.
    """
    if not as_json:
        _print(plan)
    for line in _without(plan):
        click.echo(flowed(line), err=True)
    code = exits.PARTIAL if plan.without else exits.COMPLETE
    if not plan.ids:
        if not plan.without:
            click.echo(say("adopt.ids.none", name=workbook.name), err=True)
        return code
    if not (yes or (asks and agreed(say_many("adopt.ids.ask", len(plan.ids), name=workbook.name)))):
        click.echo(say("adopt.ids.not_written" if asks else "adopt.ids.not_asked", name=workbook.name), err=True)
        return code if asks else exits.worst([code, exits.FINDINGS])  # nobody has decided: the job is not done
    receipt = _written(plan, workbook, chosen)
    click.echo(say_many("adopt.ids.written", len(plan.ids), name=workbook.name), err=True)
    return exits.worst([code, _disturbed(receipt, workbook)])


def _written(plan: IdPlan, workbook: Workbook, chosen: Selected) -> Receipt:
    """Write into the workbook as it was shown; somebody may have changed it while the question stood."""
    with chosen.errand.lock():
        return chosen.errand.open_backend().apply(plan.changes, workbook.revision)


def _disturbed(receipt: Receipt, workbook: Workbook) -> int:
    """Say which cells of the user's were hit by the write and put back."""
    if not receipt.disturbed:
        return exits.COMPLETE
    from sheetsync.cli.sync import tell_disturbed

    tell_disturbed(
        receipt.disturbed, {sheet.name: sheet.link for sheet in workbook.sheets if sheet.link}, workbook.name
    )
    return exits.PARTIAL


def _print(plan: IdPlan) -> None:
    """Print every cell that is to be written, with the row's title."""
    if not plan.ids:
        return
    click.echo()
    click.echo(flowed(say_many("adopt.ids.intro", len(plan.ids))))
    for column in plan.changes.columns:
        click.echo(flowed("  " + say("adopt.ids.column", cell=str(column.header), header=column.text)))
    cells, ids = (max(len(str(part)) for part in parts) for parts in zip(*(new[:2] for new in plan.ids), strict=True))
    for new in plan.ids:
        click.echo(f"  {new.cell!s:{cells}}  {new.id:{ids}}  {' '.join(new.title.split())}".rstrip())


def _without(plan: IdPlan) -> list[str]:
    """Say what gets no id: each table, and rows of one reason together."""
    tables = [none for none in plan.without if none.why in ("apart", "room", "refused")]
    rows = [none for none in plan.without if none not in tables]
    lines = [_why(none, none.rows) for none in tables]
    for why in dict.fromkeys(none.why for none in rows):
        alike = [none for none in rows if none.why == why]
        lines.append(_why(alike[0], len(alike), _places([none.cell for none in alike])))
    return lines


def _why(none: NoId, rows: int, cells: str = "") -> str:
    refused = reason(none.refused, {"sheet": none.cell.sheet}, phrases(spoken_language())) if none.refused else ""
    return say_many(f"adopt.ids.{none.why}", rows, sheet=none.cell.sheet, cells=cells or str(none.cell), reason=refused)


def _places(cells: list[CellRef]) -> str:
    shown = ", ".join(map(str, cells[:FIRST_PLACES]))
    return f"{shown}, …" if len(cells) > FIRST_PLACES else shown
