"""The rules of the house that no linter knows: sizes, names, sentences, and what no file may mention."""

from __future__ import annotations

import ast
import re
import statistics
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

PROJECT = Path(__file__).parents[1]
CODE = ("sheetsync", "tests", "bench", "docs")
EVERYTHING = (*CODE, "templates", ".ci")
TEXT = {".py", ".toml", ".md", ".json", ".j2", ".html", ".css", ".txt", ".lock", ".yml", ".yaml", ".sql", ".svg", ""}
VAGUE = re.compile(r"(^|_)(utils?|helpers?|manager|base|common|misc)(_|$)")

# Spelt in pieces, so that this file does not mention them itself.
UNMENTIONABLE = (
    "py" + "pi.org",
    "files.python" + "hosted",
    "conda" + ".anaconda",
    "/wo" + "rk/",
    "/opt/" + "dev",
    "/tmp/" + "team",
)


def files() -> list[Path]:
    """Give every text file of the project."""
    found = [path for path in PROJECT.iterdir() if path.is_file()]
    for folder in EVERYTHING:
        found += (PROJECT / folder).rglob("*")
    ours = [path for path in found if path.is_file() and not {"__pycache__", "build"} & set(path.parts)]
    return sorted(path for path in ours if path.suffix in TEXT and path.name not in {"uv.lock", ".git"})


def modules(*folders: str) -> list[Path]:
    """Give the Python files of some folders."""
    return sorted(path for folder in folders for path in (PROJECT / folder).rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """Give the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


class Function(NamedTuple):
    """A function, where it stands, and how many lines it has without its docstring."""

    place: str
    node: ast.FunctionDef | ast.AsyncFunctionDef
    lines: int


def functions(*folders: str) -> Iterator[Function]:
    """Give every function of some folders, nested ones too."""
    for path in modules(*folders):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield Function(f"{path.relative_to(PROJECT)}:{node.lineno} {node.name}", node, _length(node))


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_no_file_mentions_a_registry_or_a_machine() -> None:
    """No file names a package registry's host or a folder of the machine that it was written on."""
    found = [
        f"{path.relative_to(PROJECT)} mentions {word}"
        for path in files()
        for word in UNMENTIONABLE
        if word in path.read_text(encoding="utf-8")
    ]
    assert not found


def test_files_are_short() -> None:
    """No Python file is longer than 400 lines."""
    sizes = {path.relative_to(PROJECT): len(path.read_text(encoding="utf-8").splitlines()) for path in modules(*CODE)}
    assert {path: size for path, size in sizes.items() if size > 400} == {}


def test_files_are_named_after_their_subject() -> None:
    """No file or folder has a name that could hold anything."""
    names = {path.relative_to(PROJECT): path.stem for path in modules(*CODE)}
    names |= {path.parent.relative_to(PROJECT): path.parent.name for path in modules(*CODE)}
    assert [path for path, name in names.items() if VAGUE.search(name)] == []


def test_no_function_is_long() -> None:
    """No function reaches 60 lines, its docstring not counted."""
    assert [function.place for function in functions(*CODE) if function.lines >= 60] == []


def test_functions_are_mostly_short() -> None:
    """In the program the median function has at most 10 lines, and 95 of 100 have at most 40."""
    lengths = [function.lines for function in functions("sheetsync")]
    assert statistics.median(lengths) <= 10
    assert statistics.quantiles(lengths, n=20)[-1] <= 40


def test_every_test_says_what_it_shows() -> None:
    """Each test function has a docstring."""
    tests = [function for function in functions("tests") if function.node.name.startswith("test_")]
    assert [test.place for test in tests if not ast.get_docstring(test.node)] == []


def test_tests_use_no_mocks_and_skip_nothing_for_good() -> None:
    """Tests import no mocks, and none is skipped or expected to fail whatever happens."""
    found = []
    for path in modules("tests", "bench"):
        for node in ast.walk(tree(path)):
            said = ast.unparse(node) if isinstance(node, ast.Import | ast.ImportFrom | ast.Attribute) else ""
            if re.search(r"\bmock\b|^pytest\.mark\.(skip|xfail)$", said):
                found.append(f"{path.relative_to(PROJECT)}:{node.lineno} {said}")  # type: ignore[attr-defined]
    assert found == []


def test_no_failure_is_swallowed() -> None:
    """No except clause consists of a bare pass or an ellipsis."""
    found = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for path in modules(*CODE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and all(_idle(statement) for statement in node.body)
    ]
    assert found == []


def _idle(statement: ast.stmt) -> bool:
    constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass) or constant


@pytest.mark.parametrize("folder", ["sheetsync", "tests"])
def test_every_module_delays_its_annotations(folder: str) -> None:
    """Each module with functions, classes or annotations begins with the import that leaves those unevaluated."""
    wanted = "from __future__ import annotations"
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.AnnAssign
    holding = [path for path in modules(folder) if any(isinstance(node, kinds) for node in ast.walk(tree(path)))]
    assert [path for path in holding if wanted not in path.read_text(encoding="utf-8")] == []
