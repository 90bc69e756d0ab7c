"""The sandbox in which templates of mails run: plain data in, text out, and no way to use up time or memory.

Jinja's own sandbox keeps a template from the objects of Python. It does not keep one from ``'a' * 10**9`` or from a
loop in a loop in a loop. So what a template can call is listed here, sequences cannot be multiplied, texts cannot grow
without end, and every round of a loop, every macro, block and template counts.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jinja2 import BaseLoader, StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from jinja2.runtime import Context

STEPS = 100_000
"""Rounds of loops, calls of macros, blocks and templates that one text may take; the largest mail needs about 600."""

LONGEST = 1_000_000
"""Characters of a whole text, or of one piece of it; a mail client clips at about 102,000."""

ROUNDS = 1_000
"""The longest ``range()``."""

_LARGEST = 10**18
_POWER = 64
_FILTERS = (
    *("abs", "batch", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float"),
    *("groupby", "int", "items", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr"),
    *("reverse", "round", "select", "selectattr", "slice", "sort", "striptags", "sum", "title", "trim", "unique"),
    *("upper", "urlencode"),
)
"""Jinja's filters that can neither switch escaping off nor make much out of little."""

_METHODS: tuple[tuple[type, frozenset[str]], ...] = (
    (str, frozenset({"endswith", "lower", "startswith", "strip", "title", "upper"})),
    (dict, frozenset({"get", "items", "keys", "values"})),
    (list, frozenset({"count", "index"})),
    (tuple, frozenset({"count", "index"})),
    (date, frozenset({"day", "hour", "isoweekday", "minute", "month", "weekday", "year"})),
    (int, frozenset()),
    (float, frozenset()),
)
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "*": operator.mul,
    "**": operator.pow,
    "%": operator.mod,
}
_TURNING = re.compile("[\x00-\x08\x0b-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Controls, and marks that turn the direction of the text after them: one cell could turn a whole line around."""


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates of others. ``begin`` is called before each text, and gives it its steps anew."""

    intercepted_binops = frozenset(_OPERATORS)

    def __init__(self, loader: BaseLoader, autoescape: Callable[[str | None], bool]) -> None:
        """Take where templates come from, and which of them are HTML by their name."""
        super().__init__(
            loader=loader,
            autoescape=autoescape,
            undefined=StrictUndefined,
            finalize=shown,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.filters = {name: FILTERS[name] for name in _FILTERS}
        self.filters.update(batch=_batch, slice=_slice, join=_join)
        self.globals.pop("lipsum")
        self.globals["range"] = _range
        self._left = STEPS

    concat = staticmethod(lambda parts: _capped(parts))

    def begin(self) -> None:
        """Give the next text its steps."""
        self._left = STEPS

    def step(self) -> None:
        """Count one step; SecurityError where there were too many."""
        self._left -= 1
        if self._left < 0:
            raise SecurityError(f"more than {STEPS} rounds: a loop or macro without end")

    def joined(self, *parts: Any) -> str:
        """Join what stands between ``~``, escaped where a part of it is HTML already."""
        told = [shown(part) for part in parts]
        if any(hasattr(part, "__html__") for part in told):
            return Markup(_capped([escape(part) for part in told]))  # noqa: S704 - every part is escaped
        return _capped([str(part) for part in told])

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute with numbers of a sensible size, and join what stays short; SecurityError for the rest."""
        del context
        numbers = isinstance(left, int | float) and isinstance(right, int | float)
        if operator == "+" and not numbers:
            return _added(left, right)
        if not numbers:
            raise SecurityError(f"{operator} is for numbers alone")
        if max(abs(left), abs(right)) > _LARGEST or (operator == "**" and max(abs(left), abs(right)) > _POWER):
            raise SecurityError(f"{operator}: the number is too large")
        return _OPERATORS[operator](left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Let templates call what only looks at a value."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        known = next((names for kind, names in _METHODS if isinstance(obj, kind)), None)
        # What is no plain data may only be Jinja's own: a loop, a macro, a block, a namespace.
        return type(obj).__module__.startswith("jinja2.") if known is None else attr in known

    def wrap_str_format(self, value: Any) -> None:
        """Let ``format`` of texts be judged like any other method: its widths can fill the memory."""
        del value

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Counting().visit(tree)
        tree.set_environment(self)
        return tree


class _Counting(NodeTransformer):
    """Puts a step into whatever can run again, and lets ``~`` join through the sandbox.

    What is put in are attributes of the environment, which a template has no word for and cannot replace.
    """

    def _counted(self, node: Any) -> Any:
        self.generic_visit(node)
        step = nodes.Call(nodes.EnvironmentAttribute("step"), [], [], None, None, lineno=node.lineno)
        node.body.insert(0, nodes.ExprStmt(step, lineno=node.lineno))
        return node

    visit_Template = visit_For = visit_Macro = visit_CallBlock = visit_Block = _counted  # noqa: N815 - Jinja's names

    def visit_Concat(self, node: nodes.Concat) -> nodes.Call:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return nodes.Call(nodes.EnvironmentAttribute("joined"), node.nodes, [], None, None, lineno=node.lineno)


def shown(value: Any) -> Any:
    """Give what is written of a value: no list as Python would print it, nothing that turns the text around."""
    if isinstance(value, str):
        # What can be printed has nothing in it that the pattern would find; most texts need no closer look.
        return value if isinstance(value, Markup) or value.isprintable() else _TURNING.sub("", value)
    if isinstance(value, list | tuple | dict):
        raise SecurityError("a list or table cannot be written as it is; loop over it")
    return value


def _capped(parts: Iterable[str]) -> str:
    kept, length = [], 0
    for part in parts:
        length += len(part)
        if length > LONGEST:
            raise SecurityError(f"the text is longer than {LONGEST} characters")
        kept.append(part)
    return "".join(kept)


def _added(left: Any, right: Any) -> Any:
    if type(left) is not type(right) and not (isinstance(left, str) and isinstance(right, str)):
        raise TypeError(f"+ cannot join {type(left).__name__} and {type(right).__name__}")
    if isinstance(left, str | list | tuple) and len(left) + len(right) > LONGEST:
        raise SecurityError(f"the text is longer than {LONGEST} characters")
    return left + right


def _range(*bounds: int) -> range:
    rounds = range(*bounds)
    if len(rounds) > ROUNDS:
        raise SecurityError(f"range() gives at most {ROUNDS} numbers")
    return rounds


def _join(value: Iterable[Any], between: str = "") -> str:
    told = [shown(one) for one in value]
    pieces = [piece for one in told for piece in (between, one)][1:]
    if any(hasattr(piece, "__html__") for piece in pieces):
        return Markup(_capped([escape(piece) for piece in pieces]))  # noqa: S704 - every piece is escaped
    return _capped([str(piece) for piece in pieces])


def _batch(value: Iterable[Any], size: int) -> list[list[Any]]:
    rows = list(value)
    return [rows[start : start + size] for start in range(0, len(rows), max(1, size))]


def _slice(value: Iterable[Any], parts: int) -> list[list[Any]]:
    rows, wanted = list(value), _range(max(1, parts))
    whole, more = divmod(len(rows), len(wanted))
    ends = [whole * part + min(part, more) for part in (*wanted, len(wanted))]
    return [rows[start:end] for start, end in pairwise(ends)]
