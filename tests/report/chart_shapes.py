"""Charts of the whole in the shapes that cycles take, for the tests of their labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sheetsync.report.digest.page import page_digest
from sheetsync.report.digest.page_weeks import Frame, pace_chart
from sheetsync.scoring.profile import Curve
from tests.report.digest.book import CYCLE
from tests.report.pages import firm, html_of

START = CYCLE.start
BOUND = Curve()
STEPS = Curve("steps", steps=3)


def chart(
    reached: Sequence[float], days: int, pace: Callable[[date], float] | None = None, every: int = 7
) -> dict[str, Any]:
    """Give the chart after so many days of the quarter: the last of ``reached`` is today's, one a week before it."""
    frame = Frame(CYCLE, BOUND)
    today = START + timedelta(days=days)
    told = pace or frame.pace
    *before, now = reached
    weeks = [
        {"day": today - timedelta(days=every * (len(before) - number)), "progress": progress}
        for number, progress in enumerate(before)
    ]
    overall = {"progress": now, "expected": told(min(today, CYCLE.due)), "weeks": weeks}
    made = pace_chart(frame, today, overall, lambda asked: [told(day) for day in asked])
    assert made is not None
    return made


def along(days: int, gap: float = 0.0, *, slope: float = 0.0, meets: float = 0.0) -> list[float]:
    """Give progress week by week: that of the day, with a gap, or with a slope that meets the pace at a share."""
    shares = [day / 91 for day in range(days % 7, days + 1, 7) if day > 0]
    return [min(max(share + gap + slope * (share - meets), 0.0), 1.0) for share in shares]


def zigzag(days: int, gap: float) -> list[float]:
    """Give progress that is in turn above and below the pace by a gap."""
    before = along(days)
    return [min(max(one + (gap if number % 2 else -gap), 0.0), 1.0) for number, one in enumerate(before)]


def stepped(day: date) -> float:
    """Give a pace in three steps."""
    return Frame(CYCLE, STEPS).pace(day)


def _bounds(day: date) -> float:
    return 1.0


SHAPES: dict[str, dict[str, Any]] = {
    "above": chart(along(70, 0.15), 70),
    "far above": chart(along(70, 0.4), 70),
    "below": chart(along(70, -0.12), 70),
    "far below": chart(along(70, slope=-0.6), 70),
    "on the pace": chart(along(70), 70),
    "just above": chart(along(70, 0.04), 70),
    "just below": chart(along(70, -0.04), 70),
    "crossing up": chart(along(70, slope=0.6, meets=0.45), 70),
    "crossing down": chart(along(70, slope=-0.6, meets=0.45), 70),
    "crossing late": chart(along(84, slope=0.9, meets=0.75), 84),
    "zigzag": chart(zigzag(84, 0.14), 84),
    "ends early": chart([0.05, 0.1], 14),
    "ends early above": chart([0.1, 0.35], 14),
    "first day": chart([0.0], 0),
    "one point": chart([0.3], 45),
    "falling": chart([0.6, 0.55, 0.5, 0.4, 0.3, 0.25], 45),
    "jumps over the pace": chart([0.02, 0.03, 0.03, 0.8, 0.82, 0.85], 45),
    "over": chart(along(91, slope=-0.15), 91),
    "all reached": chart([0.2, 0.5, 0.9, 1.0, 1.0, 1.0], 60),
    "steps": chart(along(70, 0.05), 70, stepped),
    "steps below": chart(along(70, -0.1), 70, stepped),
    "bounds": chart([0.9, 1.0, 0.95, 1.0, 1.0], 50, _bounds),
    "bounds below": chart([0.3, 0.4, 0.5, 0.45, 0.6], 50, _bounds),
    "nothing moves": chart([0.0] * 10, 70),
}
"""Charts by what their curves do; Q4/2026 is 91 days long."""


def all_charts(language: str) -> str:
    """Give a page of all these charts below each other, each beside a card as on a firm's page."""
    digest = page_digest(firm(language))
    cards = []
    for name, pace in SHAPES.items():
        html = html_of(digest._replace(data={**digest.data, "pace": pace}), language)
        head, rest = html.split('<div class="row third">', 1)
        row = rest[: rest.index('<p class="key q">')]
        cards.append(f'<div class="row third" data-shape="{name}">{row}</section></div>')
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", head[: head.index("<h1")])
    return f"{free}{''.join(cards)}</div></body></html>"
