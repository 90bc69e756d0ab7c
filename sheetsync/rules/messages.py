"""The words of findings and rules: messages and manual pages, in the language of the phrases that are handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sheetsync.language import Phrases
from sheetsync.model import (
    Aggregation,
    Commitment,
    Direction,
    Frequency,
    Horizon,
    KpiLink,
    Level,
    Link,
    MailKind,
    Metric,
    Role,
)
from sheetsync.results import Finding
from sheetsync.rules.facts import Share, first_few
from sheetsync.rules.registry import RULES, Rule

SECTIONS = ("what", "why", "example", "instead")
"""The parts of a manual page, in order; in a docstring the headings below stand between them."""
_HEADINGS = ("## Why is this bad?", "## Example", "## Use instead")
LONGEST_QUOTE = 60
"""Characters shown of a text from the sheet."""


def message(finding: Finding, phrases: Phrases) -> str:
    """Say in one or two sentences what is wrong and what to do; the place is the finding's cell."""
    rule = RULES[finding.code]
    params = _told(finding.params, phrases)
    key = f"rules.{finding.code}.message"
    return phrases.text(key, **params) if phrases.has(key) else phrases.fill(rule.message, **params)


def title(code: str, phrases: Phrases) -> str:
    """Give the title of a rule: what is wrong, in a few words."""
    key = f"rules.{code}.title"
    return phrases.text(key) if phrases.has(key) else RULES[code].title


def page(code: str, phrases: Phrases) -> str:
    """Give the manual page of a rule as Markdown. KeyError where there is no such rule."""
    rule = RULES[code]
    severity = phrases.text(f"rule_page.{rule.severity}")
    state = "" if rule.on else f", {phrases.text('rule_page.off')}"
    lines = [f"# {rule.code} {rule.name}", f"**{title(code, phrases)}** ({severity}{state})"]
    for section, text in sections(rule, phrases).items():
        lines += [f"## {phrases.text(f'rule_page.{section}')}", _block(text) if section in _SHOWN else text]
    lines += [f"## {phrases.text('rule_page.message')}", f"> {message_template(rule, phrases)}"]
    return "\n\n".join(lines) + "\n"


_SHOWN = ("example", "instead")
"""Sections that show cells as they stand, line by line."""


def sections(rule: Rule, phrases: Phrases) -> dict[str, str]:
    """Give the parts of a manual page: from the locale, else from the rule's docstring."""
    if phrases.has(f"rules.{rule.code}.what"):
        return {section: phrases.words(f"rules.{rule.code}.{section}")[0].strip() for section in SECTIONS}
    return doc_sections(rule)


def doc_sections(rule: Rule) -> dict[str, str]:
    """Split the docstring of a rule at its headings; ValueError where one of them is missing."""
    from inspect import cleandoc

    rest = cleandoc(rule.doc)
    parts = []
    for heading in _HEADINGS:
        part, found, rest = rest.partition(heading)
        if not found:
            raise ValueError(f"the manual of rule {rule.code} lacks the heading {heading!r}")
        parts.append(part.strip())
    return dict(zip(SECTIONS, [*parts, rest.strip()], strict=True))


def message_template(rule: Rule, phrases: Phrases) -> str:
    """Give the message of a rule with an ellipsis wherever it would name something of the sheet.

    What is not told of every finding (steps) has none.
    """
    from string import Formatter

    key = f"rules.{rule.code}.message"
    text = phrases.words(key)[0] if phrases.has(key) else rule.message
    return "".join(
        plain + ("…" if name not in (None, "steps") else "") for plain, name, _, _ in Formatter().parse(text)
    )


def _block(text: str) -> str:
    return f"```\n{text}\n```"


def _told(params: Mapping[str, Any], phrases: Phrases) -> dict[str, Any]:
    """Put the words of the language in place of the names of concepts, and show cells as people write them."""
    told = dict(params)
    kind = told.get("kind", "okr")
    for name, value in params.items():
        if name in ("concept", "other_concept"):
            logged = name == "other_concept" and kind == "check-ins"  # a value of the log beside the goal's own row
            told[name] = _header(value, "okr" if logged else kind, phrases)
        elif name == "concepts":
            told[name] = ", ".join(_header(concept, kind, phrases) for concept in value)
        elif name == "moves":
            told[name] = first_few(value)
        elif name == "steps":
            told[name] = _steps(value, phrases)
        elif name in _SECTIONS and phrases.has(f"{_SECTIONS[name]}.{value}"):
            told[name] = phrases.text(f"{_SECTIONS[name]}.{value}")
        elif name == "choices":
            told[name] = ", ".join(_choices(value, phrases))
        elif name == "column":
            keys = (f"{section}.{value}" for section in HEADERS)
            told[name] = next((phrases.text(key) for key in keys if phrases.has(key)), value)
        elif name == "reason":
            told[name] = reason(value, params, phrases)
        elif name in AS_IN_CELL or isinstance(value, Share | str):
            told[name] = _shown(value, phrases)
    return told


def _steps(steps: Sequence[tuple[Any, date]], phrases: Phrases) -> str:
    """Say what a cell said in between and until when; of many steps the last few."""
    few = steps[-STEPS:]
    told = (phrases.text("drift.step", value=_shown(value, phrases), until=until) for value, until in few)
    return "".join((phrases.text("drift.skipped") if len(few) < len(steps) else "", *told))


_SECTIONS: Mapping[str, str] = {
    "meaning": "adopt.concept",
    **{name: f"values.{name}" for name in ("metric", "horizon", "aggregation", "level")},
    **dict.fromkeys(("unit", "kpi_unit"), "number_kind"),
}
"""Where the words of a language stand for the names of meanings and choices; a unit that has none is the sheet's."""
STEPS = 2
"""So many steps of a cell that was moved again and again are told."""
HEADERS = ("computed", "scorecard.column", "retrospective.column", "history_sheet.column")
"""The sections of the locales that name the columns of ours."""

AS_IN_CELL = frozenset({"raw", "before", "target", "baseline", "current", "weight", "value", "used", "other"})
"""Parameters that hold what stands in a cell, whatever its type; the templates show them without a form."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "level": tuple(Level),
    "horizon": tuple(Horizon),
    "link": tuple(Link),
    "kpi_link": tuple(KpiLink),
    "commitment": tuple(Commitment),
    "metric": tuple(Metric),
    "direction": tuple(Direction),
    "aggregation": tuple(Aggregation),
    "frequency": tuple(Frequency),
    "yes_no": ("yes", "no"),
    "role": tuple(Role),
    "mails": ("stop", *MailKind),
}
"""The words that a cell of each kind may hold, by their names in the locales (section ``values``)."""


def _header(concept: str, kind: str, phrases: Phrases) -> str:
    """Give the word of a language for a concept; the name of a period stands as the sheet has it."""
    key = f"headers.{kind}.{concept}"
    return phrases.text(key) if phrases.has(key) else concept


def _choices(kind: str, phrases: Phrases) -> list[str]:
    return [phrases.text(f"values.{kind}.{choice}") for choice in CHOICES[kind]]


def _shown(value: Any, phrases: Phrases) -> str:
    if value is None:
        return phrases.text("drift.blank")
    if isinstance(value, Share):
        return phrases.percent(value, next((digits for digits in (0, 1) if _whole(value, digits)), 2))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return phrases.number(value)
    if isinstance(value, date):
        return phrases.date(value.date() if isinstance(value, datetime) else value)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def reason(key: str, params: Mapping[str, Any], phrases: Phrases) -> str:
    """Say why a worksheet cannot be written; the backends' texts stand under ``error`` and begin with the file."""
    if not phrases.has(f"error.{key}"):
        return key
    return phrases.text(f"error.{key}", **{"path": "", "part": "", "cell": "", **params}).lstrip(": ")


def _whole(fraction: float, digits: int) -> bool:
    """Say whether a percentage can be told with so many digits."""
    scaled = fraction * 100 * 10**digits
    return bool(abs(scaled - round(scaled)) < _SLACK)


_SLACK = 1e-6
