"""PR4xx, second part: what the method asks of a good OKR, judged from its words (word lists in the locales)."""

from __future__ import annotations

from operator import attrgetter

from sheetsync.model import Done, KeyResult, Metric, Objective, Quantity
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, place, title_place
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.words import WordFinder, has_digit


def _rows(facts: Facts) -> tuple[Objective | KeyResult, ...]:
    return (*facts.goals.objectives, *facts.goals.key_results)


@rule(
    "PR406",
    "kpi-as-okr",
    Severity.WARNING,
    title="A KPI is dressed as an OKR",
    message=(
        "“{word}” keeps things as they are: that is a KPI's task. Move it to the KPI sheet, or say what shall change."
    ),
)
def kpi_as_okr(facts: Facts) -> Hits:
    """Report an objective or a key result whose text begins with keeping or maintaining something.

    ## Why is this bad?
    A KPI holds today's work steady; an OKR breaks through to something new. Where KPIs fill the OKRs, people stop
    aiming high.

    ## Example
    Maintain revenue of 3 billion a month

    ## Use instead
    In the KPI sheet: Revenue a month | Target 3 billion
    In the OKR: Revenue a month from 3 to 4 billion
    """
    words = WordFinder(facts.words.get("maintain", ()), facts.words.get("maintain_not", ()), leading=True)
    for item, word in words.among(_rows(facts), attrgetter("title.value")):
        yield Hit(title_place(item), item.key, {"word": word})


@rule(
    "PR407",
    "tied-to-pay",
    Severity.WARNING,
    title="An OKR is tied to pay",
    message=(
        "“{word}” ties this goal to pay. Pay belongs to KPIs; an OKR that costs money to miss is set low. Untie it."
    ),
)
def tied_to_pay(facts: Facts) -> Hits:
    """Report an objective or a key result whose text or notes speak of pay, bonus or commission.

    Words about pay as a subject, such as a salary scale or paying wages on time, are left alone.

    ## Why is this bad?
    Nobody sets a high goal that costs the bonus when it is missed. Pay follows KPIs; OKRs follow ambition.

    ## Example
    Notes | 10 % bonus when reached

    ## Use instead
    Notes | we celebrate together when it is reached
    """
    words = WordFinder(facts.words.get("pay", ()), facts.words.get("pay_not", ()))
    told = set()
    for concept in ("title", "notes"):
        for item, word in words.among(_rows(facts), attrgetter(f"{concept}.value")):
            if item.key not in told:
                told.add(item.key)
                yield Hit(place(getattr(item, concept), item), item.key, {"word": word})


@rule(
    "PR412",
    "digits-in-objective",
    Severity.HINT,
    title="An objective holds a number",
    message="Numbers belong to the key results. Say in words what it will be like, and measure it below.",
    on=False,
)
def digits_in_objective(facts: Facts) -> Hits:
    """Report an objective with a figure in its text. Runs only when it is switched on.

    ## Why is this bad?
    An objective that is itself a number leaves nothing for its key results to say, and seldom inspires.

    ## Example
    Revenue +25 %

    ## Use instead
    Become the first choice of the region's kitchens
    – Revenue from 3 to 3.75 billion
    """
    for item in facts.goals.objectives:
        title = item.title.value
        if title is not None and has_digit(title):
            yield Hit(title_place(item), item.key, {})


@rule(
    "PR413",
    "activity-not-outcome",
    Severity.HINT,
    title="A key result counts work, not its effect",
    message="“{word}” is something one does. Ask what it is for, and measure that: what will be different afterwards?",
    on=False,
)
def activity_not_outcome(facts: Facts) -> Hits:
    """Report a key result that begins with an activity and has a yes-or-no or a plain count as its target.

    Runs only when it is switched on.

    ## Why is this bad?
    All calls can be made and all posts written without a single customer more.

    ## Example
    Call 200 customers

    ## Use instead
    Repeat orders from 120 to 150 a month
    """
    words = WordFinder(facts.words.get("activity", ()), leading=True)
    counted = [item for item in facts.goals.key_results if counts_only(item)]
    for item, word in words.among(counted, attrgetter("title.value")):
        yield Hit(title_place(item), item.key, {"word": word})


def counts_only(result: KeyResult) -> bool:
    """Say whether a key result is yes or no, or counts something from nothing."""
    if result.metric.value is Metric.YES_NO or isinstance(result.target.value, Done):
        return True
    target = result.target.value
    baseline = result.baseline.value
    return isinstance(target, Quantity) and not target.percent and (baseline is None or baseline.number == 0)
