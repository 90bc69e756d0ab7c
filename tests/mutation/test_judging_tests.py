"""Shows which tests judge the faults of a part of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mutation.judging_tests import tests_of as judging

STATED, NAMED = ["sheetsync/scoring"], ["tests/scoring", "tests/profiles"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a project with a few parts and their tests."""
    for name in ("sync.py", "cli/plan.py", "scoring/pace.py", "reading/layouts/okrs.py"):
        (tmp_path / "sheetsync" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "sheetsync" / name).touch()
    for name in ("test_sync.py", "test_lock.py", "books.py", "cli/test_plan.py", "reading/test_okrs.py"):
        (tmp_path / "tests" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tests" / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("part", "tests"),
    [
        ("sheetsync/cli", ["tests/cli"]),
        ("sheetsync/cli/plan.py", ["tests/cli"]),
        ("sheetsync/reading/layouts", ["tests/reading"]),
        ("sheetsync/reading/layouts/okrs.py", ["tests/reading"]),
        ("sheetsync/sync.py", ["tests/test_lock.py", "tests/test_sync.py"]),
        ("sheetsync", ["tests"]),
        ("sheetsync/scoring/pace.py", NAMED),
    ],
)
def test_a_part_is_judged_by_its_own_tests(project: Path, part: str, tests: list[str]) -> None:
    """Shows that a folder, a file and a file at the top find their tests, and that what is named for a part goes."""
    assert judging([Path(part)], STATED, NAMED, project) == tests


def test_parts_share_their_tests(project: Path) -> None:
    """Shows that tests are named once where they judge two parts."""
    parts = [Path("sheetsync/cli/plan.py"), Path("sheetsync/scoring"), Path("sheetsync/cli")]
    assert judging(parts, STATED, NAMED, project) == ["tests/cli", *NAMED]
