"""Writes the summary of one workbook as HTML and text files; sending them is another matter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sheetsync.cli.links import cell_link, placed_link
from sheetsync.errors import AccessDenied, TemporaryFailure
from sheetsync.language import Phrases
from sheetsync.packaged import templates_dir
from sheetsync.report.digest import Place, Source, company_digest
from sheetsync.report.render import Rendered, render
from sheetsync.results import Reason, Score
from sheetsync.rules import message
from sheetsync.sync import Evaluation, Job
from sheetsync.text_file import put_text
from sheetsync.workbook import CellRef

if TYPE_CHECKING:
    from sheetsync.trends import Trend


def write_summary(evaluation: Evaluation, job: Job, place: Path, pack: Path | None = None) -> tuple[str, ...]:
    """Write the day's summary, once for every content; give the paths of its files: ``place`` with the day behind it.

    With the folder of a pack it looks as that says. Raises AccessDenied or TemporaryFailure where a file cannot be
    written, DeliveryRefused or ConfigError where the pack does not let it.
    """
    phrases = evaluation.phrases
    rendered = render_summary(evaluation, job, phrases) if pack is None else _branded(evaluation, job, pack)
    folder, stem = place.parent, f"{place.name}-{job.today.isoformat()}"
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
    return render(company_digest(source_of(evaluation, job, phrases)), phrases, templates_dir())


def _branded(evaluation: Evaluation, job: Job, pack: Path) -> Rendered:
    """Render with a pack of others, in a limited process. A file has no other parts, so the logo stands in its HTML."""
    from base64 import b64encode

    from sheetsync.limited.mails import PackMails
    from sheetsync.report.digest.coding import dumps

    digest = company_digest(source_of(evaluation, job, evaluation.phrases))
    with PackMails(pack) as mails:
        rendered = mails.render([dumps(digest)], evaluation.phrases.language)
    html = rendered.html
    for one in rendered.images:
        html = html.replace(f"cid:{one.id}", f"data:image/{one.kind};base64,{b64encode(one.data).decode()}")
    return rendered._replace(html=html, images=())


def source_of(evaluation: Evaluation, job: Job, phrases: Phrases) -> Source:
    """Give everything that digests of a workbook are made of, in the language of the phrases.

    Who reads it, when it was read, and the links of a mail are left for whoever knows them.
    """
    return Source(
        goals=evaluation.goals,
        scorecard=evaluation.scorecard,
        findings=evaluation.findings,
        today=job.today,
        place=_place(evaluation, job),
        message=lambda finding: message(finding, phrases),
        company=job.company,
        past=evaluation.past,
        trends=_trends(evaluation),
        profile=evaluation.profile,
        kpi_profile=evaluation.kpi_profile,
        headers=_headers(evaluation),
        why=partial(_why, evaluation.scorecard.alarms, phrases),
    )


def _trends(evaluation: Evaluation) -> Mapping[str, Trend]:
    """Tell the trend of every item of which anything is remembered, along the curve that its forecast goes by."""
    past = evaluation.past
    if past is None or not past.items:
        return {}
    from sheetsync.scoring.pace import share_by
    from sheetsync.trends import trends_of

    curve = share_by(evaluation.profile.curve)
    told = trends_of(evaluation.scorecard, evaluation.goals, past, evaluation.today, curve)
    return {trend.key: trend for trend in told}


def _headers(evaluation: Evaluation) -> Mapping[tuple[str, str], str]:
    """Give what the user's headers are called: as they were just read where that is to be remembered, else lately."""
    if evaluation.snapshot is not None:
        return evaluation.snapshot.headers
    return evaluation.past.headers if evaluation.past is not None else {}


def _why(alarms: Mapping[str, Reason], phrases: Phrases, score: Score) -> str | None:
    """Put the reason for a status into the sentence that the column Why has; None where nobody knows the reason."""
    if not score.reason.code:
        return None
    told = phrases.told("why." + score.reason.code, score.reason.params)
    alarm = alarms.get(score.key)
    if alarm is None:
        return told
    from sheetsync.scoring.together.alarm import with_alarm

    return with_alarm(told, alarm, phrases)


def _place(evaluation: Evaluation, job: Job) -> Place:
    """Say where the workbook is: a file by its name, a spreadsheet by its title, with links to it and to its cells."""
    if not evaluation.links:
        name = Path(evaluation.location).name
        if job.url is None:
            return Place(name, name)
        first = next((CellRef(table.sheet, 1, 1) for table in evaluation.goals.tables), None)
        return Place(name, name, placed_link(job.url, first), partial(placed_link, job.url))
    link = partial(cell_link, evaluation.links)
    return Place(evaluation.title or evaluation.name, evaluation.location, evaluation.location, link)
