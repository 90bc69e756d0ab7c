"""Manual pages of rules, findings with their reasons, and grades of quality, as lines that fit a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from shutil import get_terminal_size
from textwrap import wrap

import click

from sheetsync.cli.links import addresses, linked
from sheetsync.cli.screen import COLOURS, coloured
from sheetsync.cli.speech import say
from sheetsync.language import Phrases
from sheetsync.model import Goals
from sheetsync.quality import Grade, grade_lines, grades, points_text
from sheetsync.results import Finding
from sheetsync.rules import RULES, Rule, message, message_template, sections, title
from sheetsync.sync import Evaluation

WIDTH = 80
"""Columns of a page; lines that are longer are hard to read, whatever the terminal's width."""
SHOWN = 10
"""Findings of one rule that are listed above its reason; the others are counted."""
_AS_TYPED = ("example", "instead")


def manual_lines(rule: Rule, phrases: Phrases) -> Iterator[str]:
    """Give the manual page of a rule: headings, flowing text, and what stands in cells line by line."""
    yield from _head(rule, phrases)
    for section, text in sections(rule, phrases).items():
        yield from ("", _bold(phrases.text(f"rule_page.{section}")))
        yield from _typed(text, 4) if section in _AS_TYPED else _flowing(text, 2)
    yield from ("", _bold(phrases.text("rule_page.message")))
    yield from _flowing(message_template(rule, phrases), 2)


def _head(rule: Rule, phrases: Phrases) -> Iterator[str]:
    state = phrases.text(f"rule_page.{rule.severity}")
    if not rule.on:
        state += f", {phrases.text('rule_page.off')}"
    yield f"{_bold(rule.code)} {rule.name} ({state})"
    yield from map(_bold, _flowing(title(rule.code, phrases), 0))


def explained_lines(evaluation: Evaluation, phrases: Phrases) -> Iterator[str]:
    """Give the findings of a workbook by rule, the gravest rules first: where, then why, an example and the cure."""
    found: dict[str, list[Finding]] = {}
    for finding in evaluation.findings:
        found.setdefault(finding.code, []).append(finding)
    ranks = {severity: place for place, severity in enumerate(COLOURS)}
    for code in sorted(found, key=lambda code: ranks[found[code][0].severity]):
        yield from _of_rule(RULES[code], found[code], evaluation.links, phrases)
        yield ""


def _of_rule(rule: Rule, found: Sequence[Finding], links: Mapping[str, str], phrases: Phrases) -> Iterator[str]:
    severity = click.style(phrases.text(f"severity.{found[0].severity}"), fg=COLOURS[found[0].severity])
    yield f"{_bold(rule.code)} {severity}: {_bold(title(rule.code, phrases))}"
    for finding in found[:SHOWN]:
        place = f"{finding.cell}: " if finding.cell else ""
        known = addresses(links, (finding.cell,))
        for line in _flowing(place + message(finding, phrases), 2):
            yield linked(line, known)
    if len(found) > SHOWN:
        yield f"  {say('cli.explained.more', count=len(found) - SHOWN)}"
    parts = sections(rule, phrases)
    for section in ("why", *_AS_TYPED):
        yield f"  {_bold(phrases.text(f'rule_page.{section}'))}"
        yield from _typed(parts[section], 6) if section in _AS_TYPED else _flowing(parts[section], 4)


def quality_lines(goals: Goals, graded: Iterable[Grade], phrases: Phrases) -> Iterator[str]:
    """Give the grade of every objective, with what is missing of it and why, under the scale."""
    told = tuple(graded)
    if not told:
        return
    titles = {item.key: item.title.value or item.key for item in goals.objectives}
    yield _bold(phrases.text("quality.head"))
    yield from _flowing(phrases.text("quality.scale"), 2)
    for grade in told:
        yield ""
        head = f"{grade.letter}  {points_text(grade, phrases)}  {grade.key}  {' '.join(titles[grade.key].split())}"
        yield from map(_bold, wrap(head, _width(), subsequent_indent="    ", break_long_words=False))
        yield from marked_lines(grade, phrases)


def objective_quality_lines(evaluation: Evaluation, key: str, phrases: Phrases) -> Iterator[str]:
    """Give the grade of one objective, what it is made of, and the scale."""
    for grade in grades(evaluation.goals, evaluation.scorecard, evaluation.findings, evaluation.today):
        if grade.key == key:
            yield ""
            yield _bold(phrases.text("quality.of", letter=grade.letter, points=points_text(grade, phrases)))
            yield from marked_lines(grade, phrases)
            yield from _flowing(phrases.text("quality.scale"), 2)


def marked_lines(grade: Grade, phrases: Phrases) -> Iterator[str]:
    """Give what a grade is made of, attribute by attribute, indented below its head."""
    for line in grade_lines(grade, phrases):
        yield from wrap(line, _width(), initial_indent="  ", subsequent_indent="    ", break_long_words=False)


def _flowing(text: str, indent: int) -> Iterator[str]:
    """Break a text between words; an empty line of it stays one."""
    margin = " " * indent
    for number, part in enumerate(text.split("\n\n")):
        if number:
            yield ""
        yield from wrap(part, _width(), initial_indent=margin, subsequent_indent=margin,
                        break_long_words=False, break_on_hyphens=False)  # fmt: skip


def _typed(text: str, indent: int) -> Iterator[str]:
    """Keep the lines of what stands in cells; only one that is too long is broken, and goes on further in."""
    for line in text.splitlines():
        yield from wrap(line, _width(), initial_indent=" " * indent, subsequent_indent=" " * (indent + 2),
                        break_long_words=False, break_on_hyphens=False) or [""]  # fmt: skip


def _width() -> int:
    """Give the columns of a line: a narrow terminal has fewer."""
    return min(WIDTH, get_terminal_size().columns) if sys.stdout.isatty() else WIDTH


def _bold(text: str) -> str:
    return click.style(text, bold=True)


def show(lines: Iterable[str]) -> None:
    """Print lines; colours and bold only where they are wanted."""
    for line in lines:
        click.echo(line, color=coloured())
