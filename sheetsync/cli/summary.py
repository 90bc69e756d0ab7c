"""Writes the summary of one workbook as HTML and text files; sending them is another matter."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sheetsync.cli.files import put_text
from sheetsync.cli.links import cell_link
from sheetsync.errors import AccessDenied, TemporaryFailure
from sheetsync.language import Phrases
from sheetsync.packaged import templates_dir
from sheetsync.report.digest import Place, Source, company_digest
from sheetsync.report.render import Rendered, render
from sheetsync.rules import message
from sheetsync.sync import Evaluation, Job


def write_summary(evaluation: Evaluation, job: Job, folder: Path) -> tuple[str, ...]:
    """Write the day's summary into a folder, once for every content; give the paths of its files.

    Raises AccessDenied or TemporaryFailure where a file cannot be written.
    """
    rendered = render_summary(evaluation, job, evaluation.phrases)
    name = job.name.replace("/", "-")  # a spreadsheet in a folder of Drive: clients/minh-long
    stem = f"{name}-{job.today.isoformat()}"
    texts = {folder / f"{stem}.html": rendered.html, folder / f"{stem}.txt": rendered.text}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            put_text(path, text)
    except PermissionError as error:
        raise AccessDenied("summary_denied", path=str(folder)) from error
    except OSError as error:
        raise TemporaryFailure("summary_failed", path=str(folder), reason=error.strerror or str(error)) from error
    return tuple(str(path) for path in texts)


def render_summary(evaluation: Evaluation, job: Job, phrases: Phrases) -> Rendered:
    """Give the company's summary of one workbook in the language of the phrases."""
    source = Source(
        goals=evaluation.goals,
        scorecard=evaluation.scorecard,
        findings=evaluation.findings,
        today=job.today,
        place=_place(evaluation),
        message=lambda finding: message(finding, phrases),
        company=job.company,
    )
    return render(company_digest(source), phrases, templates_dir())


def _place(evaluation: Evaluation) -> Place:
    """Say where the workbook is: a file by its name, a spreadsheet by its title, with links to it and to its cells."""
    if not evaluation.links:
        name = Path(evaluation.location).name
        return Place(name, name)
    link = partial(cell_link, evaluation.links)
    return Place(evaluation.title or evaluation.name, evaluation.location, evaluation.location, link)
