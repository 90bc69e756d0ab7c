"""Small faults, one at a time, as mutmut makes them, for every function of a file: also for those with decorators.

mutmut leaves functions with decorators alone, because it replaces each function by a switch. Here the faulty code is
put into the live function, so that rules and metrics, which are all decorated, have their faults too. As in mutmut,
decorators, annotations, docstrings, and calls of ``len`` and ``isinstance`` have none, nor has what stands outside of
functions; a line that ends in ``# pragma: no mutate`` has none, and says why.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor, OuterFunctionProvider
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import get_ignored_lines


class Mutant(NamedTuple):
    """One fault: the file, the function it is in (its name and first line, decorators included), and the new text.

    What is changed stands in the lines from ``line`` to ``last_line``; any of them may be the one that runs.
    """

    path: Path
    number: int
    line: int
    last_line: int
    function: str
    first_line: int
    def_line: int
    before: str
    after: str
    text: str

    @property
    def lines(self) -> range:
        """The lines of what is changed."""
        return range(self.line, self.last_line + 1)

    @property
    def name(self) -> str:
        """The name of a fault, the same as long as the file is."""
        return f"{self.path}:{self.line}:{self.function}#{self.number}"


class _Visitor(MutationVisitor):
    """mutmut's own choice of faults, but for functions with decorators too."""

    METADATA_DEPENDENCIES = (PositionProvider, OuterFunctionProvider)

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        plain = node
        if isinstance(node, cst.FunctionDef) and node.decorators:
            plain = node.with_changes(decorators=[])
        return bool(super()._skip_node_and_children(plain))


def mutants_of(path: Path, chosen: Callable[[], bool]) -> Iterator[Mutant]:
    """Give the faults of a file that make valid Python, of those that are chosen."""
    text = path.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(text))
    visitor = _Visitor(mutation_operators, get_ignored_lines(str(path), text, wrapper))
    wrapper.visit(visitor)
    positions, outer = wrapper.resolve(PositionProvider), wrapper.resolve(OuterFunctionProvider)
    first_lines = _first_lines(text)
    lines = text.splitlines(keepends=True)
    for number, mutation in enumerate(visitor.mutations):
        function = outer.get(mutation.original_node)
        if not isinstance(function, cst.FunctionDef) or not chosen():
            continue
        where = positions[mutation.original_node]
        before = _between(lines, where.start, where.end)
        after = wrapper.module.code_for_node(mutation.mutated_node)
        mutated = _before(lines, where.start) + after + _behind(lines, where.end)
        named = positions[function.name].start.line
        if _is_valid(mutated):
            place = where.start.line, where.end.line, function.name.value, first_lines[named], named
            yield Mutant(path, number, *place, before, after, mutated)


def definitions(text: str) -> Iterator[ast.FunctionDef]:
    """Give every function that a text defines."""
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))


def _first_lines(text: str) -> dict[int, int]:
    """Map the line of each ``def`` to the first line of its function, where its first decorator stands."""
    return {node.lineno: min([node.lineno, *(one.lineno for one in node.decorator_list)]) for node in definitions(text)}


def _before(lines: list[str], place: cst.metadata.CodePosition) -> str:
    return "".join(lines[: place.line - 1]) + lines[place.line - 1][: place.column]


def _behind(lines: list[str], place: cst.metadata.CodePosition) -> str:
    return lines[place.line - 1][place.column :] + "".join(lines[place.line :])


def _between(lines: list[str], start: cst.metadata.CodePosition, end: cst.metadata.CodePosition) -> str:
    if start.line == end.line:
        return lines[start.line - 1][start.column : end.column]
    middle = "".join(lines[start.line : end.line - 1])
    return lines[start.line - 1][start.column :] + middle + lines[end.line - 1][: end.column]


def _is_valid(text: str) -> bool:
    try:
        compile(text, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True
