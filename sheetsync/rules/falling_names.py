"""RO2xx: KPIs of which less is better, or is taken as better, while nothing says so where it counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from sheetsync.language import fold
from sheetsync.model import Kpi, Metric, Quantity
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, place, shown
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.words import WordFinder
from sheetsync.scoring.kpis.series import series_of


@rule(
    "RO263",
    "name-says-less",
    Severity.WARNING,
    title="A KPI's name says less, and more is taken as better",
    message=(
        "The name begins with “{word}”, and without a direction more is taken as better. Write lower is better under "
        "Direction, or higher is better where the numbers say by how much it fell."
    ),
)
def name_says_less(facts: Facts) -> Hits:
    """Report a KPI that begins with a word such as reduce or cut, and whose direction is empty.

    Its numbers may count what is to become less (complaints), or by how much it became less (10 % saved): nobody but
    its owner can tell, and higher is taken as better until then. A KPI with a row for each month is told once.

    ## Why is this bad?
    Five complaints where four are allowed count as 125 %, and the best month is the worst.

    ## Example
    KPI | Reduce complaints | Direction (empty) | Target 4

    ## Use instead
    KPI | Reduce complaints | Direction lower is better | Target 4
    """
    for item, word in _falling(facts).among(_assumed(facts), attrgetter("title.value")):
        yield Hit(place(item.title, item), item.key, {"word": word})


@rule(
    "RO264",
    "name-counts-losses",
    Severity.WARNING,
    title="A KPI counts what is better fewer, and more is taken as better",
    message=(
        "By its name the KPI counts “{word}”, of which less is better almost everywhere, and without a direction more "
        "is taken as better. Write lower is better under Direction (or in the name), or higher is better if that is "
        "meant."
    ),
)
def name_counts_losses(facts: Facts) -> Hits:
    """Report a KPI named after complaints, defects, costs, waiting and the like, and whose direction is empty.

    Only the beginning of a name counts, behind words such as number of or rate of; what is done about such things
    (complaints resolved, costs saved) is no loss. A KPI with a row for each month is told once.

    ## Why is this bad?
    Eight complaints where five are allowed count as 160 %, and the worst month is shown as achieved.

    ## Example
    KPI | Number of complaints | Direction (empty) | Target 5

    ## Use instead
    KPI | Number of complaints | Direction lower is better | Target 5
    """
    falling, scores = _falling(facts), facts.scorecard.scores
    for item, word in _Losses(facts).among(_assumed(facts)):
        scored = item.key in scores and scores[item.key].not_scored is None
        if scored and falling.find(item.title.value or "") is None:  # RO263 asks already
            yield Hit(place(item.title, item), item.key, {"word": word})


@rule(
    "RO265",
    "plan-below-start",
    Severity.WARNING,
    title="A KPI's target lies below its start, so less is taken as better",
    message=(
        "The target {target} lies below the start {baseline}, and without a direction less is then taken as better. "
        "If more is better, write higher is better under Direction; else write lower is better."
    ),
)
def plan_below_start(facts: Facts) -> Hits:
    """Report a KPI without a direction whose target lies below its baseline, and whose name says nothing either.

    A plan below last year's result may mean that it is to come down (a rate of defects), or that a worse year is
    expected (revenue): nobody but its owner can tell. A KPI with a row for each month is told once.

    ## Why is this bad?
    In a year planned below the last one, revenue that misses its plan counts as more than achieved.

    ## Example
    KPI | Revenue | Last year 120 | Plan 100 | Direction (empty)

    ## Use instead
    KPI | Revenue | Last year 120 | Plan 100 | Direction higher is better
    """
    named, series = (_falling(facts), _Losses(facts)), series_of(facts.goals.kpis)
    told = set()
    for item in facts.goals.kpis:
        baseline, target = item.baseline.value, item.target.value
        if not isinstance(baseline, Quantity) or not isinstance(target, Quantity) or item.direction.value is not None:
            continue
        score = facts.scorecard.scores.get(item.key)
        if target.number >= baseline.number or score is None or score.metric not in (Metric.RATIO, Metric.STEPS):
            continue
        name = (series.get(item.table, item.table), item.section, item.title.value)
        if name not in told and not any(words.find(item.title.value or "") for words in named):
            told.add(name)
            yield Hit(
                place(item.target, item), item.key, {"target": shown(item.target), "baseline": shown(item.baseline)}
            )


class _Losses:
    """Finds names that count what a firm wants fewer of."""

    def __init__(self, facts: Facts) -> None:
        lists = facts.words
        self._anywhere = WordFinder(lists.get("losses", ()))
        self._leading = WordFinder(lists.get("losses", ()), leading=True)
        self._done = WordFinder(lists.get("losses_not", ()))
        self._counts = tuple(sorted(map(fold, lists.get("counts", ())), key=len, reverse=True))

    def among(self, items: Sequence[Kpi]) -> Iterator[tuple[Kpi, str]]:
        """Give each KPI whose name says that it counts losses, and the word."""
        for item, _ in self._anywhere.among(items, attrgetter("title.value")):
            word = self.find(item.title.value or "")
            if word is not None:
                yield item, word

    def find(self, text: str) -> str | None:
        """Give the word for a loss that a name begins with, once words that only count are taken off."""
        if self._done.find(text) is not None:
            return None
        text = fold(text).strip()
        for _ in range(_MOST_COUNTS):
            found = self._leading.find(text)
            count = next((word for word in self._counts if text.startswith(f"{word} ")), None)
            if found is not None or count is None:
                return found
            text = text[len(count) :].strip()
        return self._leading.find(text)


_MOST_COUNTS = 3
"""Words that only count, one behind the other: total number of."""


def _falling(facts: Facts) -> WordFinder:
    return WordFinder(facts.words.get("falls.words", ()), facts.words.get("falls.except", ()), leading=True)


def _assumed(facts: Facts) -> list[Kpi]:
    """Give the KPIs that nothing says anything of, so that more is taken as better.

    One of each name; worksheets that are one a month have theirs together.
    """
    series = series_of(facts.goals.kpis)
    told: dict[tuple[str, str | None, str | None], Kpi] = {}
    for item, _ in facts.notes("direction_assumed_higher"):
        if isinstance(item, Kpi):
            told.setdefault((series.get(item.table, item.table), item.section, item.title.value), item)
    return list(told.values())
