"""What a person sees of two profiles beside each other, and what a program gets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.cli.links import addresses, cell_link, linked
from sheetsync.cli.screen import flowed
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.model import Item
from sheetsync.results import Score
from sheetsync.rules.facts import title_place
from sheetsync.scoring.comparing.choices import Aspect
from sheetsync.scoring.comparing.comparison import Compared, Comparison
from sheetsync.scoring.comparing.lines import choice_words
from sheetsync.scoring.profile import Profile
from sheetsync.sync import Evaluation

SHOWN = ("objective", "kpi")
"""The kinds that are shown one by one; key results are counted, and named in the JSON form."""


def comparison_lines(evaluation: Evaluation, comparison: Comparison) -> Iterator[str]:
    """Give the lines of one workbook: the numbers of changes, then each objective and KPI, and why it differs."""
    first, second = comparison.first, comparison.second
    yield say(
        "cli.profile.compare.head",
        name=evaluation.name,
        first=first.full_name,
        second=second.full_name,
        today=evaluation.today,
    )
    shown = [one for one in comparison.items if one.kind in SHOWN]
    if not comparison.items:
        yield say("cli.profile.compare.nothing", name=evaluation.name)
        return
    yield flowed(_counts(comparison))
    items = items_of(evaluation)
    for one in shown:
        yield from _lines(evaluation, comparison, one, items[one.key])


def _counts(comparison: Comparison) -> str:
    changed, counted = comparison.changed, comparison.counted
    return say(
        "cli.profile.compare.changed",
        objectives=changed["objective"],
        all_objectives=counted["objective"],
        key_results=changed["key_result"],
        all_key_results=counted["key_result"],
        kpis=changed["kpi"],
        all_kpis=counted["kpi"],
    )


def items_of(evaluation: Evaluation) -> dict[str, Item]:
    """Give every item of a workbook by its key."""
    return {item.key: item for item in evaluation.goals.items}


def _lines(evaluation: Evaluation, comparison: Comparison, one: Compared, item: Item) -> Iterator[str]:
    """Give an item's title, both scores with their statuses, and what makes the difference."""
    title, cell = " ".join((item.title.value or "").split()), title_place(item)
    yield ""
    yield linked(flowed(f"{one.key}  {title} ({cell})"), addresses(evaluation.links, (cell,)))
    width = max(len(comparison.first.full_name), len(comparison.second.full_name))
    for profile, score in ((comparison.first, one.first), (comparison.second, one.second)):
        yield f"    {profile.full_name:<{width}}  {_score(score)}"
    if one.differs and one.because:
        yield flowed(f"    {because(one.because[0], comparison)}")
        rest = [say(f"profile.aspect.{aspect.name}") for aspect in one.because[1:]]
        if rest:
            yield flowed(f"    {say('cli.profile.compare.also', aspects=', '.join(rest))}")


def _score(score: Score) -> str:
    spoken = phrases(spoken_language())
    status = spoken.text(f"status.{score.status}")
    if score.score is None:
        return f"{say('cli.profile.score_none')}  {status}"
    return f"{spoken.percent(score.score, 1):>7}  {status}"


def because(aspect: Aspect, comparison: Comparison) -> str:
    """Say what both profiles chose in the aspect that makes the difference."""
    first, second = (_choice(aspect, profile) for profile in (comparison.first, comparison.second))
    name = say(f"profile.aspect.{aspect.name}")
    return say("cli.profile.compare.because", aspect=name, first=first, second=second)


def _choice(aspect: Aspect, profile: Profile) -> str:
    return choice_words(aspect.choice(profile), phrases(spoken_language()))


def comparison_form(evaluation: Evaluation, comparison: Comparison) -> dict[str, Any]:
    """Give a comparison as plain data; scores are fractions, ``because`` names every choice that played a part."""
    items = items_of(evaluation)
    return {
        "workbook": evaluation.name,
        "path": evaluation.location,
        "today": evaluation.today,
        "first": comparison.first.full_name,
        "second": comparison.second.full_name,
        "changed": dict(comparison.changed),
        "counted": dict(comparison.counted),
        "items": [_form(evaluation, comparison, one, items[one.key]) for one in comparison.items],
    }


def _form(evaluation: Evaluation, comparison: Comparison, one: Compared, item: Item) -> dict[str, Any]:
    cell = title_place(item)
    return {
        "key": one.key,
        "kind": one.kind,
        "title": " ".join((item.title.value or "").split()),
        "cell": str(cell),
        "link": cell_link(evaluation.links, cell),
        "first": {"score": one.first.score, "status": one.first.status.value},
        "second": {"score": one.second.score, "status": one.second.status.value},
        "differs": one.differs,
        "because": [
            {
                "aspect": aspect.name,
                "first": _choice(aspect, comparison.first),
                "second": _choice(aspect, comparison.second),
            }
            for aspect in one.because
        ],
    }
