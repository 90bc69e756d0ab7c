"""Counts how many small faults in the program the tests find.

    pip install -e '.[test,dev]'
    python -m tests.mutation [--only sheetsync/writeback] [--sample 0.2] [--minutes 20] [--jobs 2] [--survivors FILE]

What is mutated, and which tests judge it, stands in pyproject.toml (``[tool.mutmut]``); any other part of the program
may be named, and is judged by the tests that mirror it, or by those that are named. The tests are collected once. One
run of all of them tells which test runs which line and how long it takes; then each fault is put into the live
function of a forked process, which runs the tests that come by until one fails. A fault with
which the tests hang counts as found. What runs while modules are imported (what decorators do) has its fault written
into the file of this checkout for a moment, and the tests run in a process of their own: run it in a copy.
"""

from __future__ import annotations

import argparse
import ast
import gc
import os
import random
import signal
import subprocess
import sys
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FrameType, FunctionType
from typing import Any, NamedTuple

import pytest
from _pytest.runner import runtestprotocol

from tests.mutation.judging_tests import tests_of
from tests.mutation.mutants import Mutant, definitions, mutants_of
from tests.mutation.survivors import telling, told_in

PROJECT = Path(__file__).parents[2]
FOUND, SURVIVED, UNTESTED = "found", "survived", "untested"
AT_IMPORT = {
    "sheetsync/rules/registry.py": [
        "tests/rules/test_book.py",
        "tests/rules/test_told.py",
        "tests/rules/test_texts.py",
    ],
    "sheetsync/scoring/metrics/registry.py": ["tests/scoring/test_metrics_linear.py", "tests/scoring/test_status.py"],
}
"""Files whose functions decorate others, and so run while modules are imported, with the tests that judge them."""
EXAMPLES = 8
"""What a property tries of each mutant."""
Key = tuple[str, str, int]
"""A function: its file, its name, its first line."""
Line = tuple[str, int]
"""A line of a file."""


class Call(NamedTuple):
    """A test that comes by: how many lines it runs in all, the seconds that it takes, its place in the order."""

    breadth: int
    seconds: float
    place: int


class Calls(NamedTuple):
    """The tests that run each line in which there is a fault, and the tests that call each function."""

    lines: dict[Line, list[Call]]
    functions: dict[Key, list[Call]]

    def of(self, mutant: Mutant) -> list[Call]:
        """Give the tests that meet a fault; a line that is no step of its own is met with its function."""
        path = str(PROJECT / mutant.path)
        key = (path, mutant.function, mutant.first_line)
        found = {call for line in mutant.lines for call in self.lines.get((path, line), ())}
        return sorted(found) or self.functions.get(key, [])


class Judge:
    """A pytest plugin that, instead of running the tests once, runs them on every mutant."""

    def __init__(self, mutants: list[Mutant], given: argparse.Namespace) -> None:
        """Take the mutants, how many are judged at a time, and the seconds that the tests of each may take."""
        self.mutants, self.given, self.survivors = mutants, given, given.survivors
        self.verdicts: dict[str, str] = {}
        self.late: list[Mutant] = []

    def decide(self, mutant: Mutant, verdict: str) -> None:
        """Keep a verdict, and tell of a fault that was not found at once."""
        self.verdicts[mutant.name] = verdict
        if verdict != FOUND and self.survivors:
            with self.survivors.open("a", encoding="utf-8") as told:
                told.write(telling(mutant, verdict))

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Take over the run of what was collected."""
        _make_short(session)
        # What is imported late is imported before the processes part.
        for path in {mutant.path for mutant in self.mutants}:
            __import__(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
        wanted = {(str(PROJECT / one.path), line) for one in self.mutants for line in one.lines}
        calls = _in_child(lambda: _calls(session, wanted))
        if calls is None:
            raise SystemExit("the tests could not be run without any fault")
        live = _live(calls.functions)
        self._judge_all(session, calls, live)
        return True

    def _judge_all(self, session: pytest.Session, calls: Calls, live: dict[Key, list[FunctionType]]) -> None:
        running: dict[int, Mutant] = {}
        begun = time.monotonic()
        for done, mutant in enumerate(self.mutants):
            if time.monotonic() - begun > 60 * self.given.minutes:
                break
            key = (str(PROJECT / mutant.path), mutant.function, mutant.first_line)
            tests = _affordable(calls.of(mutant), self.given.seconds)
            if not tests or key not in live:
                if str(mutant.path) in AT_IMPORT:
                    self.late.append(mutant)
                else:
                    self.decide(mutant, UNTESTED)
                continue
            while len(running) >= self.given.jobs:
                self._wait(running)
            running[_start(session, mutant, tests, live[key])] = mutant
            if done % 200 == 0:
                print(f"{done}/{len(self.mutants)} {time.monotonic() - begun:.0f}s", file=sys.stderr, flush=True)
        while running:
            self._wait(running)

    def _wait(self, running: dict[int, Mutant]) -> None:
        process, state = os.wait()
        self.decide(running.pop(process), SURVIVED if state == 0 else FOUND)


def _affordable(calls: list[Call], seconds: float) -> list[Call]:
    """Give the tests that fit into so many seconds: the narrowest for half of it, then those that run most a second."""
    narrow = sorted(calls)
    totals = accumulate(call.seconds for call in narrow)
    first = [call for call, total in zip(narrow, totals, strict=True) if total <= seconds / 2]
    others = sorted(narrow[len(first) :], key=lambda call: call.seconds / call.breadth)
    left = seconds - sum(call.seconds for call in first)
    totals = accumulate(call.seconds for call in others)
    return first + [call for call, total in zip(others, totals, strict=True) if total <= left]


def _make_short(session: pytest.Session) -> None:
    """Let each property try few examples, the same on every run."""
    from hypothesis import settings  # pytest wants to see it first

    for item in session.items:
        test = getattr(item, "obj", None)
        stated = getattr(test, "_hypothesis_internal_use_settings", None)
        if stated is not None:
            few = settings(stated, max_examples=EXAMPLES, derandomize=True, database=None, deadline=None)
            test._hypothesis_internal_use_settings = few  # type: ignore[union-attr]


def _start(session: pytest.Session, mutant: Mutant, tests: list[Call], live: list[FunctionType]) -> int:
    """Judge a mutant in a forked process, which ends with 0 if no test finds it; give its id."""
    process = os.fork()
    if process:
        return process
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(int(10 + 10 * sum(call.seconds for call in tests)))
    _silence()
    try:
        _implant(mutant, live)
        items = [session.items[call.place] for call in tests]
        for item, following in zip(items, [*items[1:], None], strict=True):
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=following)):
                os._exit(1)
    except BaseException:  # noqa: BLE001 - whatever a fault breaks, it was found
        os._exit(1)
    os._exit(0)


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


def _implant(mutant: Mutant, live: list[FunctionType]) -> None:
    """Put the faulty code into every live function that was made from that definition."""
    code = compile(mutant.text, str(PROJECT / mutant.path), "exec", dont_inherit=True)
    faulty = next(
        one for one in _codes(code) if (one.co_name, one.co_firstlineno) == (mutant.function, mutant.first_line)
    )
    node = next(one for one in definitions(mutant.text) if (one.name, one.lineno) == (mutant.function, mutant.def_line))
    for function in live:
        function.__code__ = faulty
        if mutant.line < node.body[0].lineno:  # defaults are kept by the function, not by its code
            arguments, names = node.args, function.__globals__
            function.__defaults__ = tuple(_value(one, names) for one in arguments.defaults) or None
            keywords = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
            function.__kwdefaults__ = {one.arg: _value(given, names) for one, given in keywords if given is not None}


def _value(expression: ast.expr, names: dict[str, Any]) -> Any:
    return eval(compile(ast.Expression(expression), "mutant", "eval"), names)  # noqa: S307 - our own source


def _codes(code: CodeType) -> Iterator[CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant
            yield from _codes(constant)


def _live(keys: Iterable[Key]) -> dict[Key, list[FunctionType]]:
    """Find the functions that exist, by where they were defined."""
    wanted, found = set(keys), defaultdict(list)
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType):
            code = thing.__code__
            key = (code.co_filename, code.co_name, code.co_firstlineno)
            if key in wanted:
                found[key].append(thing)
    return found


def _calls(session: pytest.Session, wanted: set[Line]) -> Calls:
    """Run every test once, and tell which of the wanted lines, and which functions of their files, it comes by."""
    files = {path for path, _ in wanted}
    found = Calls(defaultdict(list), defaultdict(list))
    passed: set[tuple[CodeType, int]] = set()

    def enter(frame: FrameType, _event: str, _argument: object) -> Any:
        return step if frame.f_code.co_filename in files else None

    def step(frame: FrameType, _event: str, _argument: object) -> Any:
        passed.add((frame.f_code, frame.f_lineno))
        return step

    for place, item in enumerate(session.items):
        following = session.items[place + 1] if place + 1 < len(session.items) else None
        passed.clear()
        begun = time.process_time()
        sys.settrace(enter)
        try:
            reports = runtestprotocol(item, log=False, nextitem=following)
        finally:
            sys.settrace(None)
        if any(report.failed for report in reports):
            print(f"left out, because it fails without any fault: {item.nodeid}", file=sys.stderr, flush=True)
            continue
        call = Call(len(passed), time.process_time() - begun, place)
        for line in {(code.co_filename, number) for code, number in passed} & wanted:
            found.lines[line].append(call)
        for code in {code for code, _ in passed}:
            found.functions[code.co_filename, code.co_name, code.co_firstlineno].append(call)
    return found


def _in_child(work: Any) -> Any:
    """Do something in a forked process, so that it leaves no caches behind here; None if it fails."""
    import pickle

    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        try:
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(), pipe)
        except BaseException as problem:  # noqa: BLE001 - told, and the exit code says it
            print(problem, file=sys.stderr)
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, state = os.waitpid(process, 0)
    return pickle.loads(told) if state == 0 else None  # noqa: S301 - our own child wrote it


def judge_at_import(judge: Judge) -> None:
    """Write each fault that only an import meets into its file for a moment, and run the tests in a new process."""
    for mutant in judge.late:
        path, original = PROJECT / mutant.path, (PROJECT / mutant.path).read_bytes()
        try:
            path.write_text(mutant.text, encoding="utf-8")
            command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-n0", "-p", "no:cacheprovider"]
            command += AT_IMPORT[str(mutant.path)]
            done = subprocess.run(command, cwd=PROJECT, capture_output=True, timeout=600, check=False)
            judge.decide(mutant, FOUND if done.returncode else SURVIVED)
        finally:
            path.write_bytes(original)


def _report(mutants: list[Mutant], verdicts: dict[str, str]) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant in [one for one in mutants if one.name in verdicts]:
        for part in ("all", str(mutant.path.parent), str(mutant.path)):
            counts[part][verdicts[mutant.name]] += 1
    for part, told in sorted(counts.items()):
        share = told[FOUND] / told.total()
        print(f"{share:6.1%} {told[FOUND]:5} of {told.total():5} ({told[UNTESTED]} untested)  {part}")


def main() -> None:
    """Read the arguments and the configuration, judge, and print the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--only", nargs="*", help="files or folders, instead of all that the configuration names")
    parser.add_argument("--tests", nargs="*", help="the tests that judge, instead of those that mirror the files")
    parser.add_argument("--sample", type=float, default=1.0, help="the share of the faults that is tried")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many faults are tried at a time")
    parser.add_argument("--seed", type=int, default=1, help="another number is another sample")
    parser.add_argument("--minutes", type=float, default=1e9, help="when to stop; the faults come in random order")
    parser.add_argument("--seconds", type=float, default=2.5, help="how long the tests of one fault may take together")
    parser.add_argument("--survivors", type=Path, help="a file for the faults that no test found")
    parser.add_argument("--again", type=Path, help="such a file: only the faults that it names are tried")
    given = parser.parse_args()
    stated = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mutmut"]
    os.chdir(PROJECT)
    sys.path.insert(0, str(PROJECT))
    parts = [Path(top) for top in given.only or stated["source_paths"]]
    paths = [file for part in parts for file in _files(part)]
    chance = random.Random(given.seed)  # noqa: S311 - no secret
    mutants = [one for path in paths for one in mutants_of(path, lambda: chance.random() < given.sample)]
    if given.again:
        named = told_in(given.again.read_text(encoding="utf-8"))
        mutants = [one for one in mutants if one.name in named]
    chance.shuffle(mutants)
    print(f"{len(mutants)} faults in {len(paths)} files", file=sys.stderr, flush=True)
    judge = Judge(mutants, given)
    theirs = stated["pytest_add_cli_args_test_selection"]
    tests = [*(given.tests or tests_of(parts, stated["source_paths"], theirs, PROJECT)), *stated["pytest_add_cli_args"]]
    with TemporaryDirectory() as folder:
        # Telling a failure well takes longer than most tests; here it only counts that there was one.
        plain = ["-q", "-n0", "--assert=plain", "--tb=native", "-p", "no:cacheprovider", f"--basetemp={folder}/t"]
        pytest.main([*plain, *tests], plugins=[judge])
    judge_at_import(judge)
    _report(mutants, judge.verdicts)


def _files(top: Path) -> list[Path]:
    return [top] if top.is_file() else sorted(top.rglob("*.py"))


if __name__ == "__main__":
    main()
