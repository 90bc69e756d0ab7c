"""Rules: what is wrong, or could be better, in the user's data. Facts in, findings out, no words inside.

Each module holds one subject, each rule is one decorated function, and its docstring is its manual page. To add a
rule, write the function beside its kin, and its Vietnamese texts into ``locales/vi.toml``.
"""

from __future__ import annotations

from sheetsync.rules import (  # noqa: F401 - importing a module registers its rules
    adopted,
    answers,
    assumptions,
    choices,
    company,
    crafting,
    cycles,
    dates,
    doubts,
    drift,
    drift_cycle,
    drift_exchanged,
    drift_headers,
    drift_moves,
    drift_rows,
    falling_names,
    fiscal,
    focus,
    follow_up,
    identity,
    kpis,
    links,
    mailboxes,
    measures,
    milestones,
    month_scales,
    numbers,
    other_cycles,
    people,
    percentages,
    practice,
    section_weights,
    shares,
    sizes,
    target_headers,
    together,
    units,
    unscored,
    weights,
    wording,
    worksheets,
)
from sheetsync.rules.checking import RuleSettings, check
from sheetsync.rules.facts import Facts
from sheetsync.rules.messages import message, message_template, page, sections, title
from sheetsync.rules.registry import RULES, Rule, put_in_order

put_in_order()

__all__ = [
    "RULES",
    "Facts",
    "Rule",
    "RuleSettings",
    "check",
    "message",
    "message_template",
    "page",
    "sections",
    "title",
]
