"""A quarter of a workbook with a history that was really scored, for the tests of digests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from sheetsync.model import Cycle, Goals
from sheetsync.past import Observation, Past, Remembered
from sheetsync.report.digest import Place, Source
from sheetsync.results import Finding, Score, Scorecard
from sheetsync.scoring import Profile, score
from sheetsync.scoring.observed import with_past
from sheetsync.scoring.pace import share_by
from sheetsync.trends import trends_of, with_trends
from tests import factories
from tests.scoring.scene import DEFAULT, VN_KPI

CYCLE = Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31))
TODAY = date(2026, 11, 21)
"""A Saturday: the last weekly mark is Monday, 16 November."""
MARK = date(2026, 11, 16)

Nights = Iterable[tuple[date, Goals]]


def goals_of(*items: Any, **given: Any) -> Goals:
    """Make goals of the fourth quarter."""
    given.setdefault("cycle", CYCLE)
    return factories.goals(*items, **given)


def past_of(nights: Nights, profile: Profile = DEFAULT) -> Past:
    """Remember goals as they were scored on some nights, oldest first."""
    seen: dict[str, list[tuple[date, Score]]] = {}
    days = []
    for day, read in nights:
        days.append(day)
        for key, one in score(read, profile, VN_KPI, day).scores.items():
            seen.setdefault(key, []).append((day, one))
    return Past({key: _remembered(key, told) for key, told in seen.items()}, tuple(days))


def _remembered(key: str, told: Sequence[tuple[date, Score]]) -> Remembered:
    observations = tuple(
        Observation(
            day,
            value=one.current,
            target=one.target,
            baseline=one.baseline,
            progress=one.progress,
            expected=one.expected,
            score=one.score,
            status=one.status.value,
            updated=one.last_update,
        )
        for day, one in told
    )
    return Remembered(key, told[0][1].kind, told[0][0], told[-1][0], observations, cycle_start=CYCLE.start)


def weekly(make: Callable[[int], Sequence[Any]], count: int = 7, last: date = MARK) -> Nights:
    """Give goals of so many Mondays up to the last one; ``make`` gives the items by the number of the week, from 1."""
    first = last - timedelta(weeks=count - 1)
    return [(first + timedelta(weeks=week), goals_of(*make(week + 1))) for week in range(count)]


def source(
    *items: Any,
    today: date = TODAY,
    nights: Nights | None = None,
    profile: Profile = DEFAULT,
    findings: Sequence[Finding] = (),
    tables: Any = (),
    cycle: Cycle | None = CYCLE,
    **given: Any,
) -> Source:
    """Score items as a run would, and give what digests are made of."""
    read = goals_of(*items, cycle=cycle, tables=tables)
    past = past_of(nights, profile) if nights is not None else None
    if past is not None:
        read = with_past(read, past, today)
    card = score(read, profile, VN_KPI, today)
    share = share_by(profile.curve)
    card = with_trends(card, read, past, today, share)
    told = {one.key: one for one in trends_of(card, read, past, today, share)} if past is not None else {}
    made = Source(
        read, card, findings, today, Place("book", "book.xlsx"), code_of,
        past=past, trends=told, profile=profile, kpi_profile=VN_KPI,
    )  # fmt: skip
    return made._replace(**given)


def code_of(finding: Finding) -> str:
    """Stand for the words of a finding."""
    return finding.code


def rescored(source: Source, **changed: Any) -> Source:
    """Give a source whose scores have fields changed, by key: ``KR_1={"status": …}`` for KR-1."""
    scores = dict(source.scorecard.scores)
    for key, fields in changed.items():
        name = key.replace("_", "-")
        scores[name] = scores[name]._replace(**fields)
    card: Scorecard = source.scorecard._replace(scores=scores)
    return source._replace(scorecard=card, known=None)
