"""Files that include other files: what may be included, and what goes wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.config.conftest import Complain, Load

BRAVO = '[workbook.bravo]\npath = "bravo.xlsx"\n'


def test_included_files_may_include_further_files(load: Load) -> None:
    """Files are read in the order of their names, and what they include comes after them."""
    config = load(
        'include = ["clients/*.toml"]\n',
        **{
            "clients/a.toml": 'include = ["more/deep.toml"]\n[workbook.a]\npath = "a.xlsx"\n',
            "clients/b.toml": BRAVO,
            "clients/more/deep.toml": '[workbook.deep]\npath = "deep.xlsx"\n',
        },
    )
    assert list(config.workbooks) == ["a", "deep", "bravo"]


@pytest.mark.parametrize(
    "pattern", ["../other.toml", "/etc/*.toml", "clients/../../x.toml", "C:/x.toml", "C:x.toml", "//server/x/y.toml"]
)
def test_patterns_that_reach_outside_are_refused(complain: Complain, pattern: str) -> None:
    """Neither parents, nor absolute paths, nor drives, nor network shares can be included."""
    assert complain(f'include = ["{pattern}"]\n') == (
        f'sheetsync.toml:1:12: include[1]: "{pattern}" reaches outside the folder of this file; include only files '
        "that lie inside it",
    )


def test_link_that_leads_outside_is_refused(complain: Complain, tmp_path: Path) -> None:
    """A symbolic link inside the folder does not let in a file from outside."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside.toml"
    outside.write_text(BRAVO)
    (tmp_path / "link.toml").symlink_to(outside)
    (told,) = complain('include = ["link.toml"]\n')
    assert "reaches outside the folder" in told


@pytest.mark.parametrize("pattern", ["clients/*.toml", "missing.toml", ".", "**x"])
def test_pattern_without_a_file_is_a_problem(complain: Complain, pattern: str) -> None:
    """A misspelt folder never leaves out clients silently."""
    (told,) = complain(f'include = ["{pattern}"]\n')
    assert told == f'sheetsync.toml:1:12: include[1]: "{pattern}" matches no file; correct it or leave it out'


def test_file_included_twice_is_a_problem(complain: Complain) -> None:
    """Two patterns that name one file are told, with that file."""
    told = complain('include = [\n  "b.toml",\n  "*b.toml",\n]\n', **{"b.toml": BRAVO})
    assert told == ('sheetsync.toml:3:3: include[2]: "*b.toml" names b.toml, which is included already; name it once',)


def test_same_pattern_twice_is_a_problem(complain: Complain) -> None:
    """A pattern that stands twice is told once."""
    told = complain('include = ["b.toml", "b.toml"]\n', **{"b.toml": BRAVO})
    assert told == ('sheetsync.toml:1:22: include[2]: "b.toml" is listed twice; leave one out',)


def test_cycle_is_a_problem(complain: Complain) -> None:
    """Files that include each other are told where the ring closes."""
    told = complain(
        'include = ["a.toml"]\n', **{"a.toml": 'include = ["b.toml"]\n', "b.toml": 'include = ["a.toml"]\n' + BRAVO}
    )
    assert told == (
        'b.toml:1:12: include[1]: "a.toml" names a.toml, which includes this file; a file cannot include itself',
    )


def test_file_that_matches_its_own_pattern_is_a_problem(complain: Complain) -> None:
    """A pattern that catches the file itself is told."""
    (told,) = complain('include = ["*.toml"]\n' + BRAVO)
    assert 'include[1]: "*.toml" names sheetsync.toml, which includes this file' in told


def test_workbook_named_in_two_files_is_a_problem(complain: Complain) -> None:
    """The second workbook of a name is told, with the file of the first."""
    told = complain('include = ["clients/*.toml"]\n' + BRAVO, **{"clients/b.toml": "\n" + BRAVO})
    place = str(Path("clients") / "b.toml")
    assert told == (
        f"{place}:2:11: workbook.bravo: there is a workbook of this name in sheetsync.toml already; give one of them "
        "another name",
    )


def test_problems_of_all_files_come_together(complain: Complain) -> None:
    """A problem in one file does not hide those of the next, and broken files are named."""
    told = complain('include = ["a.toml", "b.toml"]\nx = 1\n', **{"a.toml": "y = 2\n", "b.toml": "[workbook.b\n"})
    assert [line.split(":")[0] for line in told] == ["sheetsync.toml", "a.toml", "b.toml"]


def test_unseen_character_in_a_pattern_is_a_problem(complain: Complain) -> None:
    """A zero byte never reaches the file system."""
    (told,) = complain('include = ["a\\u0000.toml"]\n')
    assert "holds characters that cannot be seen" in told
