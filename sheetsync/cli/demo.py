"""``sheetsync demo``: the main job, done on the workbook of a food company, and shown."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from sheetsync import gallery
from sheetsync.cli import exits, options
from sheetsync.cli.days import company_day
from sheetsync.cli.demo_past import remember_weeks
from sheetsync.cli.files import placing
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.init import write_config
from sheetsync.cli.remembering import HistoryAt
from sheetsync.cli.screen import console, findings_table, kpi_table, scores_table
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.summary import render_summary
from sheetsync.cli.wiring import errand
from sheetsync.config.shape import WorkbookConfig
from sheetsync.config.starter import Answers
from sheetsync.results import Severity
from sheetsync.sync import Evaluation, Job, Outcome, run
from sheetsync.text_file import put_text
from sheetsync.workbook import Receipt

FOLDER = "sheetsync-demo"
SHOWN = 14
"""Findings that are shown; the others are counted."""


class Files(NamedTuple):
    """Where the parts of the demo lie."""

    folder: Path
    workbook: Path
    before: Path
    html: Path
    text: Path
    page: Path
    config: Path
    history: Path


@click.command(cls=SpokenCommand, help=say("cli.demo.help"), short_help=say("cli.demo.short"))
@options.spoken
@click.option("--dir", "folder", metavar=say("cli.option.folder_metavar"), help=say("cli.demo.dir"))
@options.today
def command(folder: str | None, today: date | None) -> int:
    """Show the main job."""
    day = today or company_day(None)
    files = _places(Path(folder) if folder else _unused(Path(FOLDER)))
    _refuse_what_is_there(files)
    with placing(files.workbook):
        files.folder.mkdir(parents=True, exist_ok=True)
        gallery.build_demo(files.workbook, phrases(spoken_language()), day)
        shutil.copyfile(files.workbook, files.before)
    # A history of its own: nobody's real one ever holds a row of the demo.
    histories = HistoryAt(files.history.absolute())
    one = errand(WorkbookConfig(name=files.workbook.stem, path=files.workbook, history=histories.path), day)
    remember_weeks(one.open_backend().read(), one.job, histories)
    outcome = run(one.open_backend(), one.job, one.lock, histories=one.histories)
    rendered = render_summary(outcome.evaluation, one.job, outcome.evaluation.phrases)
    with placing(files.html):
        put_text(files.html, rendered.html)
        put_text(files.text, rendered.text)
        put_text(files.page, _page(outcome, one.job))
    told = Answers("minh-long", files.workbook.name, language=spoken_language(), history=files.history.name)
    write_config(files.config, told)
    _show(outcome, files, day)
    return exits.COMPLETE


def _refuse_what_is_there(files: Files) -> None:
    """Raise a usage error where a file would be replaced: a folder of somebody's may hold their configuration."""
    for path in files[1:]:
        if os.path.lexists(path):
            raise click.UsageError(say("cli.demo.exists", path=str(path)))


def _page(outcome: Outcome, job: Job) -> str:
    from sheetsync.cli.pages import page_of, page_text

    phrases = outcome.evaluation.phrases
    return page_text(page_of(outcome.evaluation, job, phrases), phrases)


def _places(folder: Path) -> Files:
    return Files(
        folder,
        folder / "minh-long-food.xlsx",
        folder / "minh-long-food.before.xlsx",
        folder / "summary.html",
        folder / "summary.txt",
        folder / "report.html",
        folder / "sheetsync.toml",
        folder / "history.sqlite3",
    )


def _unused(folder: Path) -> Path:
    """Give the folder, or one with a number behind it: an earlier demo may hold what somebody tried out."""
    number = 2
    chosen = folder
    while chosen.exists():
        chosen = folder.with_name(f"{folder.name}-{number}")
        number += 1
    return chosen


def _show(outcome: Outcome, files: Files, today: date) -> None:
    evaluation = outcome.evaluation
    words = phrases(spoken_language())
    screen = console()

    def heading(text: str) -> None:
        screen.print(f"\n[bold underline]{text}[/]\n")

    company = evaluation.goals.settings.company.value if evaluation.goals.settings else ""
    cycle = evaluation.goals.cycle.label if evaluation.goals.cycle else ""
    screen.print(f"[bold]{say('cli.demo.title', company=company, cycle=cycle, today=words.date(today))}[/]")
    screen.print(say("cli.demo.intro"))
    heading(say("cli.demo.scores"))
    screen.print(scores_table(evaluation, words, screen.width))
    heading(say("cli.demo.kpis"))
    screen.print(kpi_table(evaluation, words))
    counts = {severity: _count(evaluation, severity) for severity in Severity}
    heading(
        say(
            "cli.demo.findings",
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            hints=counts[Severity.HINT],
        )
    )
    graver = [one for one in evaluation.findings if one.severity is not Severity.HINT][:SHOWN]
    screen.print(findings_table(graver, words))
    rest = len(evaluation.findings) - len(graver)
    if rest:
        screen.print(say("cli.demo.more", count=rest), style="dim")
    heading(say("cli.demo.changed"))
    if outcome.receipt is not None:
        for line in _changed(outcome.receipt, files):
            screen.print(line)
    heading(say("cli.demo.files"))
    _show_files(files, screen)
    heading(say("cli.demo.next"))
    shown, program = _quoted(_short(files.folder)), _program()
    item = next((kr.id.value for kr in evaluation.goals.key_results if kr.id.value), "KR-1")
    for key, called in (
        ("next_open", f"cd {shown} && {program} sync"),
        ("next_explain", f"cd {shown} && {program} explain {item}"),
        ("next_mail", f"cd {shown} && {program} mail preview"),
        ("next_template", f"{program} template new okr-kpi --lang {spoken_language()} -o okr.xlsx"),
    ):
        screen.print(f"• {say(f'cli.demo.{key}')}")
        screen.print(f"    {called}", soft_wrap=True, markup=False)  # a command is never broken into lines


def _program() -> str:
    """Give the name that the program answers to at this prompt: from an environment that is not active, its path."""
    called = Path(sys.argv[0])
    if shutil.which("sheetsync") is not None or called.stem != "sheetsync":
        return "sheetsync"
    return _quoted(str(called.absolute()))


def _show_files(files: Files, screen: object) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for path, key in (
        (files.workbook, "workbook"),
        (files.before, "before"),
        (files.html, "mail_html"),
        (files.text, "mail_text"),
        (files.page, "page"),
        (files.config, "config"),
        (files.history, "history"),
    ):
        table.add_row(Text(_short(path)), say(f"cli.demo.{key}"))
    screen.print(table)  # type: ignore[attr-defined]


def _count(evaluation: Evaluation, severity: Severity) -> int:
    return sum(1 for finding in evaluation.findings if finding.severity is severity)


def _changed(receipt: Receipt, files: Files) -> Sequence[str]:
    same, changed = _compared(files.before, files.workbook)
    lines = [
        say("cli.demo.written", cells=receipt.cells),
        say("cli.demo.kept", same=same, total=same + len(changed), parts=", ".join(changed)),
    ]
    if receipt.stale_formulas:
        examples = ", ".join(str(ref) for ref in receipt.stale_examples[:3])
        lines.append(say("cli.demo.stale", count=receipt.stale_formulas, examples=examples))
    return lines


def _compared(before: Path, after: Path) -> tuple[int, list[str]]:
    """Count the parts of two workbook files that are the same, and name those that differ."""
    from zipfile import ZipFile

    with ZipFile(before) as old, ZipFile(after) as new:
        names = dict.fromkeys([*old.namelist(), *new.namelist()])
        changed = [
            name
            for name in names
            if name not in old.namelist() or name not in new.namelist() or old.read(name) != new.read(name)
        ]
    return len(names) - len(changed), changed


def _quoted(path: str) -> str:
    """Give a path as a shell takes it."""
    if sys.platform == "win32":
        return f'"{path}"' if " " in path else path
    from shlex import quote

    return quote(path)


def _short(path: Path) -> str:
    """Give a path as a person here would type it."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
