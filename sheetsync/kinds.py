"""The words of a closed list that rows may carry: levels, links, metrics, directions, frequencies, kinds of mail."""

from __future__ import annotations

from enum import StrEnum

from sheetsync.record import NamedTuple


class Level(StrEnum):
    """Whose objective it is."""

    COMPANY = "company"
    TEAM = "team"
    INDIVIDUAL = "individual"


class Horizon(StrEnum):
    """How far an objective looks."""

    STRATEGIC = "strategic"
    TACTICAL = "tactical"


class Link(StrEnum):
    """How a goal serves the one that it is aligned to; only ``contributes`` can ever count in a score.

    A key result that is ``measured_by`` a KPI names that KPI where others name a goal.
    """

    CONTRIBUTES = "contributes"
    SUPPORTS = "supports"
    MEASURED_BY = "measured_by"


class KpiLink(StrEnum):
    """What a KPI does for the goals that it is aligned to.

    One that guards must stay healthy while the goal is pursued, and only tells; one that measures gives a key result
    its current value. One that supports is shown beside its goal.
    """

    SUPPORTS = "supports"
    GUARDS = "guards"
    MEASURES = "measures"


class Commitment(StrEnum):
    """What the firm expects of a goal: all of it, or a good part of a stretch."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class Role(StrEnum):
    """Whose report a person wants to see: the firm's as one who leads it or only watches it, a team's, or his own."""

    COMPANY = "company"
    TEAM = "team"
    WATCHER = "watcher"
    OWNER = "owner"


class MailKind(StrEnum):
    """The kinds of mail that there are, the gravest first."""

    COMPANY = "company"
    TEAM = "team"
    OWNER = "owner"
    KPI = "kpi"
    WINS = "wins"


class MailWish(NamedTuple):
    """Which mails a person wants: ``only`` these kinds (None: all that fit the role), and ``never`` these.

    Nothing at all is an empty ``only``.
    """

    only: frozenset[MailKind] | None = None
    never: frozenset[MailKind] = frozenset()


class Metric(StrEnum):
    """How progress is measured; each has one function in ``scoring.metrics``."""

    INCREASE = "increase"
    DECREASE = "decrease"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    MILESTONE = "milestone"
    YES_NO = "yes_no"
    PERCENT_DONE = "percent_done"
    PER_PERIOD = "per_period"
    RATIO = "ratio"
    STEPS = "steps"


BOUND_METRICS = frozenset((Metric.AT_LEAST, Metric.AT_MOST, Metric.BETWEEN))
"""Metrics of a target that holds or breaks."""


class Direction(StrEnum):
    """Which way a KPI is good."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


class Aggregation(StrEnum):
    """How the periods of a KPI become one number."""

    SUM = "sum"
    AVERAGE = "average"
    LAST = "last"
    MIN = "min"
    MAX = "max"


class Frequency(StrEnum):
    """How often a KPI is measured, or a per-period key result is due."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
