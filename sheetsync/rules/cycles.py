"""WS1xx, third part: the Settings sheet and the cycle of the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.language import fold
from sheetsync.results import NotScored, Severity
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.workbook import Cell


@rule(
    "WS107",
    "no-cycle",
    Severity.ERROR,
    title="No cycle and no dates are known",
    message=(
        "Goals with neither dates of their own nor a cycle: {count}. They have no pace and no status. "
        "Write a cycle such as Q4/2025 into the Settings sheet or the configuration (cycle), or fill in Start and Due."
    ),
)
def no_cycle(facts: Facts) -> Hits:
    """Report, once for a workbook, the goals whose time frame nothing tells.

    A goal takes its dates from its own row, else from its objective, else from its cycle, else from the cycle in the
    Settings sheet or in the configuration.

    ## Why is this bad?
    Half of a target is good news in February and bad news in December. Without dates nobody can tell.

    ## Example
    The Settings sheet leaves Cycle empty, and the table has no columns Start and Due.

    ## Use instead
    Cycle | Q4/2025
    """
    lost = [item for item, _ in facts.not_scored(NotScored.NO_CYCLE)]
    if not lost:
        return
    settings = facts.goals.settings
    at = settings.cycle.ref if settings is not None and settings.cycle.column else None
    yield Hit(at, None, {"count": len(lost)})


def _settings(facts: Facts) -> Iterator[tuple[str, Cell[Any]]]:
    settings = facts.goals.settings
    if settings is not None:
        yield "cycle", settings.cycle
        yield "profile", settings.profile
        yield "kpi_profile", settings.kpi_profile
        yield "language", settings.language


@rule(
    "WS111",
    "setting-not-readable",
    Severity.ERROR,
    title="A setting cannot be read",
    message=(
        "The setting {concept} says “{raw}”, which cannot be read. "
        "A cycle is written like Q4/2025, H1/2026, T10/2025 or FY26, a language as English or Vietnamese."
    ),
)
def setting_not_readable(facts: Facts) -> Hits:
    """Report a cycle, profile or language in the Settings sheet that cannot be read.

    ## Why is this bad?
    The setting is left out, and the workbook is scored with the settings of the configuration, perhaps in the wrong
    quarter.

    ## Example
    Cycle | fourth quarter of the ox

    ## Use instead
    Cycle | Q4/2025
    """
    for concept, cell in _settings(facts):
        if cell.unreadable:
            yield Hit(cell.ref, None, {"concept": concept, "kind": "settings", "raw": cell.raw})


@rule(
    "WS115",
    "setting-unknown",
    Severity.ERROR,
    title="A setting names something unknown",
    message="The setting {concept} says “{raw}”, and there is no such thing. Known are: {known}.",
)
def setting_unknown(facts: Facts) -> Hits:
    """Report a scoring profile or a language in the Settings sheet that does not exist.

    ## Why is this bad?
    The workbook is scored by other rules, or told in another language, than its people expect.

    ## Example
    Profile | defualt

    ## Use instead
    Profile | default
    """
    known = {"profile": facts.profiles, "kpi_profile": facts.profiles, "language": facts.languages}
    for concept, cell in _settings(facts):
        names = known.get(concept)
        if not names or not isinstance(cell.value, str):
            continue
        said = fold(cell.value)
        if said not in names and said.partition("@")[0] not in {name.partition("@")[0] for name in names}:
            params = {"concept": concept, "kind": "settings", "raw": cell.raw, "known": ", ".join(names)}
            yield Hit(cell.ref, None, params)


@rule(
    "WS114",
    "cycle-over",
    Severity.HINT,
    title="The cycle of the workbook is over",
    message="The cycle {cycle} ended on {due:date}. Close it and set the next one in the Settings sheet.",
)
def cycle_over(facts: Facts) -> Hits:
    """Report a workbook whose cycle has ended.

    ## Why is this bad?
    Every open goal shows as achieved or missed, and the report stops saying what to do.

    ## Example
    In January the Settings sheet still says Q4/2025.

    ## Use instead
    Cycle | Q1/2026
    """
    cycle = facts.goals.cycle
    if cycle is None or facts.today <= cycle.due:
        return
    settings = facts.goals.settings
    at = settings.cycle.ref if settings is not None and settings.cycle.column else None
    yield Hit(at, None, {"cycle": cycle.label, "due": cycle.due})
