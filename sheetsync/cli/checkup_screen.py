"""How checks are shown: a line each and one on how to mend it, for a person or for another program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

from sheetsync.checkup import Check, State
from sheetsync.cli.forms import plain
from sheetsync.cli.screen import coloured, flowed
from sheetsync.cli.speech import say
from sheetsync.language import Phrases

SYMBOLS = {State.OK: "✓", State.WARNING: "▲", State.FAILED: "✗", State.SKIPPED: "–"}
LINK = "{link}: "
COLOURS = {State.OK: "green", State.WARNING: "yellow", State.FAILED: "red", State.SKIPPED: "bright_black"}


def sentences(check: Check, phrases: Phrases) -> tuple[str, str]:
    """Give what a check found, and what to do; the second is empty where nothing is to be done."""
    found, mending = templates(check, phrases)
    return phrases.fill(found, **check.params), phrases.fill(mending, **check.params)


def templates(check: Check, phrases: Phrases) -> tuple[str, str]:
    """Give the two texts of a check before they are filled.

    An error message says both in one: its first sentence is what was found. The link that it begins with is left out
    where the check stands under the name of its spreadsheet.
    """
    said = phrases.words(check.text)[0]
    if check.fix:
        return said, phrases.words(check.fix)[0]
    if not check.text.startswith("error."):
        return said, ""
    if check.subject and said.startswith(LINK):
        said = said[len(LINK) : len(LINK) + 1].upper() + said[len(LINK) + 1 :]
    found, _, mending = said.partition(". ")
    return (f"{found}.", mending) if mending else (said, "")


def lines(checks: Iterable[Check], phrases: Phrases) -> Iterator[str]:
    """Give the lines of some checks; the words beside the symbols serve those who see neither shape nor colour."""
    for check in checks:
        found, mending = sentences(check, phrases)
        word = "" if check.state is State.OK else f"{phrases.text(f'doctor.state.{check.state}')}: "
        symbol = SYMBOLS[check.state]
        line = flowed(f"  {symbol} {word}{found}")
        yield line.replace(symbol, click.style(symbol, fg=COLOURS[check.state]), 1) if coloured() else line
        if mending:
            yield flowed(f"      → {mending}")


def form(part: str, check: Check, phrases: Phrases) -> dict[str, Any]:
    """Give one check for another program; its sentences are in the language of the phrases."""
    found, mending = sentences(check, phrases)
    return {
        "part": part,
        "workbook": check.subject or None,
        "name": check.name,
        "state": check.state.value,
        "text": found,
        "fix": mending or None,
        "exit_code": check.code if check.state is State.FAILED else 0,
        "params": {name: plain_param(value) for name, value in check.params.items()},
    }


def plain_param(value: Any) -> Any:
    """Give a parameter as JSON can hold it."""
    return value if isinstance(value, str | int | float | bool) or value is None else plain(value)


def verdict(checks: Iterable[Check]) -> str:
    """Give the last line: how many checks ended how."""
    states = [check.state for check in checks]
    return say("doctor.verdict", **{state.value: states.count(state) for state in State})
