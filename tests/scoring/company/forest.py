"""Random companies of several workbooks, and an oracle that scores them as one heap, by the words of the design."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import strategies as st

from sheetsync.model import Goals, Link
from sheetsync.scoring.company.kin import Kin
from sheetsync.scoring.company.together import Surveyed, related
from sheetsync.scoring.profile import Profile
from tests.factories import goals, key_result, objective
from tests.scoring.scene import HALF, QUARTER, VN_KPI, changed

BOOKS = ("company", "sales", "plant", "market")


class Aim(NamedTuple):
    """What an objective's Aligned to names: another one, or (``through``) its first key result."""

    to: int
    prefixed: bool
    through: bool


class Plan(NamedTuple):
    """One objective: its workbook, the progress of its key results, what it is aligned to, and how."""

    book: int
    values: tuple[float, ...]
    aims: tuple[Aim, ...]
    contributes: bool


@st.composite
def forests(draw: st.DrawFn, most: int = 9) -> list[Plan]:
    """Draw objectives in up to four workbooks, aligned to each other at random: trees, loops, crossings."""
    count = draw(st.integers(1, most))
    aims = st.builds(Aim, st.integers(0, count - 1), st.booleans(), st.booleans())
    plans = st.builds(
        Plan,
        st.integers(0, len(BOOKS) - 1),
        st.lists(st.sampled_from((0.0, 0.1, 0.35, 0.5, 0.8, 1.0)), max_size=2).map(tuple),
        st.lists(aims, max_size=2).map(tuple),
        st.booleans(),
    )
    return draw(st.lists(plans, min_size=count, max_size=count))


def name(number: int) -> str:
    """Give the id of an objective; no two workbooks have the same."""
    return f"O-{number}"


def counting(child_weight: float) -> Profile:
    """Give a profile by which goals that contribute weigh so many key results."""
    return changed(rollup={"child_weight": child_weight})


def firm(plans: list[Plan], profile: Profile) -> dict[str, Kin]:
    """Let the workbooks of a plan know each other."""
    return related("Minh Long", [Surveyed(*one, (profile, VN_KPI), HALF) for one in books(plans).items()])


def books(plans: list[Plan]) -> dict[str, Goals]:
    """Make the goals of each workbook of a plan."""
    made = {}
    for number, book in enumerate(BOOKS):
        own = [(place, plan) for place, plan in enumerate(plans) if plan.book == number]
        items = [_objective(place, plan, plans) for place, plan in own]
        below = [_result(place, at, value) for place, plan in own for at, value in enumerate(plan.values)]
        made[book] = goals(*items, *below, cycle=QUARTER)
    return made


def _objective(place: int, plan: Plan, plans: list[Plan]) -> object:
    link = Link.CONTRIBUTES if plan.contributes else Link.SUPPORTS
    texts = tuple(_text(aim, plans) for aim in plan.aims)
    return objective(name(place), aligned_to=texts or None, link=link, row=5 + 3 * place)


def _text(aim: Aim, plans: list[Plan]) -> str:
    target = plans[aim.to]
    own = f"KR-{aim.to}-0" if through(aim, plans) else name(aim.to)
    return f"{BOOKS[target.book]}:{own}" if aim.prefixed else own


def through(aim: Aim, plans: list[Plan]) -> bool:
    """Say whether an aim names a key result, which only an objective that has some allows."""
    return aim.through and bool(plans[aim.to].values)


def _result(place: int, at: int, value: float) -> object:
    return key_result(
        f"KR-{place}-{at}", objective=name(place), baseline=0, target=100, current=value * 100, check_in_date=HALF
    )


class Oracle:
    """Scores a plan the slow way: a link is in a loop where its upper end leads back to its lower one."""

    def __init__(self, plans: list[Plan], child_weight: float) -> None:
        """Take the plan, and how many key results a contributing goal weighs."""
        self._plans, self._weight = plans, child_weight

    def leads(self, start: int, end: int) -> bool:
        """Say whether links lead from one objective up to another, over one link at least."""
        seen: set[int] = set()
        waiting = [aim.to for aim in self._plans[start].aims]
        while waiting:
            here = waiting.pop()
            if here == end:
                return True
            if here not in seen:
                seen.add(here)
                waiting += [aim.to for aim in self._plans[here].aims]
        return False

    def loose(self, child: int, parent: int) -> bool:
        """Say whether a link is no part of a loop."""
        return child != parent and not self.leads(parent, child)

    def children(self, parent: int) -> list[int]:
        """Give the objectives that contribute to one and count."""
        return [
            place
            for place, plan in enumerate(self._plans)
            if plan.contributes
            and any(aim.to == parent and not through(aim, self._plans) for aim in plan.aims)
            and self.loose(place, parent)
        ]

    def progress(self, place: int) -> float | None:
        """Give the progress of an objective: the mean of its parts, at least half of whose weight is scored."""
        parts: list[tuple[float, float | None]] = [(1.0, value) for value in self._plans[place].values]
        parts += [(self._weight, self.progress(child)) for child in self.children(place)]
        known = [(weight, value) for weight, value in parts if value is not None]
        held, whole = sum(weight for weight, _ in known), sum(weight for weight, _ in parts)
        if not parts or held / whole < 0.5 - 1e-9:
            return None
        return sum(weight * value for weight, value in known) / held
