"""Digests to try a pack's templates on: the fixtures, read, scored and digested like any workbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import partial
from pathlib import Path

from sheetsync.cli import wiring
from sheetsync.config.shape import WorkbookConfig
from sheetsync.evaluating import Evaluation, Job, evaluate
from sheetsync.locales import load
from sheetsync.past import Observation, Past, Remembered, Statement
from sheetsync.report.digest import Place, Recipient, Source, company_digest, prepared
from sheetsync.report.digest.kpi_month import kpi_digest
from sheetsync.report.digest.nudges import PATIENCE
from sheetsync.report.digest.owner import owner_digest
from sheetsync.report.digest.team import team_digest
from sheetsync.report.digest.wins_mail import wins_digest
from sheetsync.report.fixtures import Fixture, workbook_of
from sheetsync.report.fixtures.firm import person, team
from sheetsync.results import Digest, Finding, Score, Status
from sheetsync.rules import Facts, check, message
from sheetsync.scoring.pace import share_by
from sheetsync.trends import trends_of, with_trends
from sheetsync.workbook import CellRef

KINDS = ("company", "team", "owner", "kpi", "wins")
"""The kinds of mails."""

MERGED = "merged"
"""All kinds in one mail, as somebody gets them who leads the firm and a team and owns goals on one day."""

Pace = Callable[[date, date, date], float]
"""What should be reached on a day, between a first and a due day."""

_ADDRESS = "https://sheets.example.com/spreadsheets/d/1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789/edit"
_ZONE = timezone(timedelta(hours=7))


def sample_digests(fixture: Fixture, language: str) -> dict[str, Digest]:
    """Give the digest of a fixture in each kind, in the language of its workbook and reader."""
    book = workbook_of(fixture.firm, language, load(language)["headers"], _name(fixture))
    job = wiring.job(WorkbookConfig(name=_name(fixture), path=Path("okr.xlsx"), language=language), fixture.day)
    source = _source(evaluate(book, job), fixture, job)
    name, of_team = person(fixture.firm, language), team(fixture.firm, language)

    def to(role: str, kind: str) -> Source:
        recipient = Recipient(name, role, "anh" if language == "vi" else None, of_team if role == "team" else None)
        return source._replace(recipient=recipient, stop=f"mailto:okr@example.com?subject=STOP%20{kind}")

    return {
        "company": company_digest(to("company", "company")),
        "team": team_digest(to("team", "team"), of_team, nudged=lambda *_: PATIENCE),
        "owner": owner_digest(to("owner", "owner"), name, deadline=fixture.day + timedelta(days=6), hour="17:00"),
        "kpi": kpi_digest(to("team", "kpi"), of_team if fixture.name == "usual" else None),
        "wins": wins_digest(to("watcher", "wins"), date(2026, 10, 1), fixture.day),
    }


def _name(fixture: Fixture) -> str:
    return fixture.firm.text or "OKR Minh Long 2026"


def _source(evaluation: Evaluation, fixture: Fixture, job: Job) -> Source:
    goals, card, share = evaluation.goals, evaluation.scorecard, share_by(evaluation.profile.curve)
    past = _past(evaluation, share) if fixture.past else None
    today = evaluation.today
    url = _ADDRESS if fixture.linked else None
    place = Place(evaluation.title, url or "okr.xlsx", url, _link if fixture.linked else lambda _: None)
    source = Source(
        goals=goals,
        scorecard=with_trends(card, goals, past, today, share),
        findings=evaluation.findings if past is None else _found(evaluation, past, job),
        today=today,
        place=place,
        message=partial(message, phrases=evaluation.phrases),
        past=past,
        trends={one.key: one for one in trends_of(card, goals, past, today, share)} if past is not None else {},
        profile=evaluation.profile,
        kpi_profile=evaluation.kpi_profile,
        headers=_headers(evaluation),
        read_at=datetime.combine(today, time(2, 10), _ZONE),
        zone="GMT+7",
        report_url="https://reports.example.com/okr/minh-long.html" if fixture.linked else None,
    )
    return prepared(source)


def _link(ref: CellRef) -> str:
    return f"{_ADDRESS}?gid=0#gid=0&range={ref.a1}"


def _headers(evaluation: Evaluation) -> Mapping[tuple[str, str], str]:
    """Give what the columns of the check-in date are called."""
    words = load(evaluation.phrases.language)["headers"]["okr"]
    return {(table.key, "check_in_date"): words["check_in_date"][0] for table in evaluation.goals.tables}


def _found(evaluation: Evaluation, past: Past, job: Job) -> Sequence[Finding]:
    """Give what the rules find where the weeks before are known: what was moved in mid-cycle too."""
    today, languages = evaluation.today, tuple(job.phrases)
    facts = Facts(evaluation.goals, evaluation.scorecard, today, past, evaluation.profile, languages=languages)
    return job.rules.applied(check(facts, job.rules))


def _past(evaluation: Evaluation, pace: Pace) -> Past:
    """Give the weeks before: everything came evenly to where it stands today, but for every third item, which rests.

    What is achieved was reached this week.
    """
    cycle = evaluation.goals.cycle
    if cycle is None:
        return Past()
    last = min(evaluation.today, cycle.due)
    days = [cycle.start + timedelta(days=passed) for passed in range(4, (last - cycle.start).days, 7)]
    scores = evaluation.scorecard.scores
    items = {
        key: _remembered(key, one, days, pace, steady=place % 3 != 1 or one.status is Status.ACHIEVED)
        for place, (key, one) in enumerate(scores.items())
    }
    return Past(items, tuple(days))


def _remembered(key: str, score: Score, days: list[date], pace: Pace, *, steady: bool) -> Remembered:
    seen = []
    for place, day in enumerate(days, 1):
        share = place / (len(days) + 1) if steady else min(1.0, 2 * place / (len(days) + 1))
        seen.append(_observed(score, day, share, pace))
    agreed = (score.target or 0.0) * (1.0 if steady else 1.2)  # the targets of the others were moved in mid-cycle
    said = tuple(
        Statement(day, "target", f"{target:g}", target)
        for day, target in ((days[0], agreed), (days[-2], score.target or 0.0))
    )
    return Remembered(
        key, score.kind, days[0], days[-1], tuple(seen), said if score.target else (), cycle_start=days[0]
    )


def _observed(score: Score, day: date, share: float, pace: Pace) -> Observation:
    dated = isinstance(score.start, date) and isinstance(score.due, date)
    baseline = score.baseline or 0.0
    return Observation(
        day,
        value=None if score.current is None else baseline + (score.current - baseline) * share,
        target=score.target,
        baseline=score.baseline,
        progress=None if score.progress is None else score.progress * share,
        expected=pace(score.start, score.due, day) if dated else None,
        score=score.score,
        status=(Status.ON_TRACK if score.status is Status.ACHIEVED else score.status).value,
        updated=day,
    )
