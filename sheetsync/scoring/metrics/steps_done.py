"""Work that is done or not: a list of milestones, and a plain yes or no."""

from __future__ import annotations

from sheetsync.adding import added
from sheetsync.model import Done, Metric, Milestones, Quantity, Reading
from sheetsync.results import NotScored, Reason
from sheetsync.scoring.metrics.registry import SLACK, Expects, Outcome, Terms, impossible_share, metric, refused, usable


@metric(Metric.MILESTONE, Expects.PACE)
def milestone(terms: Terms) -> Outcome:
    """Finish milestones: the weights of those done (named, numbered, counted, or a percentage); equal if none given."""
    weights, names = _plan(terms)
    current = terms.current
    if not weights and not _is_share(current):
        return refused(NotScored.NO_TARGET if terms.target is None else NotScored.WRONG_TARGET_KIND)
    count = float(len(weights)) or None
    if current is None:
        return Outcome(0.0, None, None, count, None, False)
    if isinstance(current, Milestones):
        return _named(current, weights, names, count)
    if isinstance(current, Done):
        return Outcome(float(current.yes), None, None, count, (count or 1.0) * current.yes)
    if current.percent and not usable(current.number):
        return refused(NotScored.OUT_OF_RANGE)
    if current.percent:
        return Outcome(current.number, None, None, count, current.number, notes=_beyond(current.number, count, names))
    done = _first(current.number, weights)
    return Outcome(done, None, None, count, current.number, notes=_impossible(current.number, weights, names))


def _impossible(done: float, weights: tuple[float, ...], names: tuple[str, ...]) -> tuple[Reason, ...]:
    """Note a number of milestones that nobody can have done; one beyond a mere number is only more than planned."""
    if done >= 0 and (not names or done <= len(names)):
        return ()
    return (Reason("milestone_count", {"current": done, "count": len(weights)}),)


def _beyond(share: float, count: float | None, names: tuple[str, ...]) -> tuple[Reason, ...]:
    """Note a share of the milestones that nobody can have done; here too a mere number of them may be exceeded."""
    if count is None:
        return impossible_share(share, 1.0)
    if share < 0 or (names and share > 1 + SLACK):
        return (Reason("milestone_share", {"current": share, "count": int(count)}),)
    return ()


def _plan(terms: Terms) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """Give the milestones' weights, which sum to 1, and their names; a plain number is that many equal ones."""
    target = terms.target
    if isinstance(target, Milestones) and target.names:
        count, names = len(target.names), target.names
        given = target.weights if len(target.weights) == count and _weigh(target.weights) else (1.0,) * count
    elif isinstance(target, Quantity) and not target.percent and 1 <= target.number <= _MOST:
        given, names = (1.0,) * int(target.number), ()
    else:
        return (), ()
    total = added(given)
    return tuple(weight / total for weight in given), names


def _weigh(weights: tuple[float, ...]) -> bool:
    return all(weight >= 0 and usable(weight) for weight in weights) and any(weights)


_MOST = 10_000
"""More milestones than this are not a list that a person keeps."""


def _is_share(current: Reading | None) -> bool:
    return isinstance(current, Done) or (isinstance(current, Quantity) and current.percent)


def _named(done: Milestones, weights: tuple[float, ...], names: tuple[str, ...], count: float | None) -> Outcome:
    if not names:
        return Outcome(_first(float(len(done.names)), weights), None, None, count, float(len(done.names)))
    places = {" ".join(name.split()).casefold(): place for place, name in enumerate(names)}
    found, unknown = set(), []
    for name in done.names:
        plain = " ".join(name.split()).casefold()
        place = places.get(plain, _number(plain, len(names)))
        if place is None:
            unknown.append(name)
        else:
            found.add(place)
    notes = (Reason("milestone_unknown", {"names": ", ".join(unknown)}),) if unknown else ()
    progress = 1.0 if len(found) == len(names) else added(weights[place] for place in sorted(found))
    return Outcome(progress, None, None, count, float(len(found)), True, notes)


def _number(plain: str, count: int) -> int | None:
    """Read a name such as ``3`` as the place of the third milestone."""
    if plain.isdecimal() and 1 <= int(plain) <= count:
        return int(plain) - 1
    return None


def _first(done: float, weights: tuple[float, ...]) -> float:
    """Give the weight of the first so many milestones; part of one counts as that part of its weight."""
    if done >= len(weights):
        return 1.0
    whole = int(max(done, 0.0))
    return added(weights[:whole]) + weights[whole] * (max(done, 0.0) - whole)


@metric(Metric.YES_NO, Expects.AT_DUE, reads_target=False)
def yes_no(terms: Terms) -> Outcome:
    """Done or not: 1 or 0. Nothing is expected before the due day."""
    wanted = terms.target.yes if isinstance(terms.target, Done) else True
    current = terms.current
    if current is None:
        return Outcome(0.0, None, None, float(wanted), None, False)
    if isinstance(current, Milestones):
        return refused(NotScored.WRONG_CURRENT_KIND)
    yes = current.yes if isinstance(current, Done) else current.number >= 1
    return Outcome(float(yes == wanted), None, None, float(wanted), float(yes))
