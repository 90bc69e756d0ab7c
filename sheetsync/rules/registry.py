"""The registry of rules: one decorated function a rule, whose docstring is its English manual page.

A rule looks at the facts and gives hits; codes and severities are put to them by ``check``. Rules whose findings are
made elsewhere (the write-back finds what was typed over) are declared here too, so that every code has its texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from sheetsync.record import NamedTuple
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts
from sheetsync.workbook import CellRef


class Hit(NamedTuple):
    """What a rule found: the cell to look at, the key of the item, and plain params for the message."""

    cell: CellRef | None
    item: str | None
    params: Mapping[str, Any]


Hits = Iterable[Hit]
Look = Callable[[Facts], Hits]
L = TypeVar("L", bound=Look)


class Rule(NamedTuple):
    """One rule. ``message`` is an English template, ``doc`` the English manual page, ``look`` finds the hits.

    ``look`` is None where the findings are made by another part. ``on`` is False for rules that run only when the
    settings ask for them.
    """

    code: str
    name: str
    severity: Severity
    title: str
    message: str
    doc: str
    look: Look | None
    on: bool = True

    @property
    def family(self) -> str:
        """The two letters of the code."""
        return self.code[:FAMILY]


FAMILY = 2
"""Letters that name a family: WS worksheets, RO rows, LI links, PR practice, DR drift."""

RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order of their numbers."""
_CODES: dict[str, str] = {}
"""The code of every rule by its name."""


def rule(code: str, name: str, severity: Severity, *, title: str, message: str, on: bool = True) -> Callable[[L], L]:
    """Register the decorated function as a rule; its docstring becomes the manual page."""

    def register(look: L) -> L:
        _add(Rule(code, name, severity, title, message, look.__doc__ or "", look, on))
        return look

    return register


def declare(code: str, name: str, severity: Severity, *, title: str, message: str, manual: str) -> None:
    """Register a rule whose findings another part makes; it has texts and a severity, and nothing to run."""
    _add(Rule(code, name, severity, title, message, manual, None))


def _add(new: Rule) -> None:
    if new.code in RULES or _CODES.get(new.name) in RULES:
        raise ValueError(f"the code or the name of rule {new.code} {new.name} is taken")
    RULES[new.code] = new
    _CODES[new.name] = new.code


def put_in_order() -> None:
    """Put the rules into the order of their numbers, whichever module came first."""
    for code in sorted(RULES, key=_number):
        RULES[code] = RULES.pop(code)


def _number(code: str) -> str:
    return code[FAMILY:]


def is_silenced(code: str, ignored: Iterable[str]) -> bool:
    """Say whether one of the words of an Ignore cell names this rule: by code, by the start of it, or by name."""
    known = RULES.get(code)
    said = {word.casefold() for word in ignored}
    if known is not None and known.name in said:
        return True
    return any(len(word) >= FAMILY and code.casefold().startswith(word) for word in said)


def silences_nothing(word: str) -> bool:
    """Say whether a word of an Ignore cell names no rule at all."""
    return not any(is_silenced(code, (word,)) for code in RULES)
