"""Headers of tables that people published."""

from __future__ import annotations

import pytest

from sheetsync.cli.adopt_doubts import questions, settled
from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Understanding, Vocabulary, understand
from sheetsync.workbook import Workbook
from tests.reading.understanding.found_sheets import found
from tests.reading.understanding.judging import judge
from tests.reading.understanding.wild_page import CORE

VOCABULARY = Vocabulary(word_lists())


def taken(workbook: Workbook) -> Understanding:
    """Give what is understood of a workbook, without the columns that ``adopt`` would ask about."""
    understood = understand(workbook, VOCABULARY)
    return settled(understood, questions(understood, VOCABULARY), {})


@pytest.mark.parametrize(("name", "least_found", "most_wrong"), [("tuning", 0.96, 0.01), ("measuring", 0.91, 0.02)])
def test_found_headers_are_understood(name: str, least_found: float, most_wrong: float) -> None:
    """Shows how many columns of published tables ``adopt`` takes and how few are wrong, also of those never seen."""
    judged = [judge(one, taken(case.workbook)) for case in found(name) for one in case.tables]
    assert sum(one.header for one in judged) >= 0.98 * len(judged)
    assert sum(one.found for one in judged) >= least_found * sum(one.wanted for one in judged)
    assert sum(one.wrong for one in judged) <= most_wrong * sum(one.told for one in judged)


def test_the_found_tables_are_many_and_judged_in_full() -> None:
    """Shows that both halves are large, differ, hold every language, and say of each column what it is."""
    halves = {name: list(found(name)) for name in ("tuning", "measuring")}
    names = {name: {case.workbook.name.partition(": ")[2] for case in cases} for name, cases in halves.items()}
    assert all(len(cases) >= 110 for cases in halves.values())
    assert len(names["tuning"] & names["measuring"]) <= 4
    for cases in halves.values():
        assert {case.family.removeprefix("found ") for case in cases} == {
            "vi", "en", "zh", "pt", "es", "fr", "de", "ru", "tr", "ja", "ko",
        }  # fmt: skip
        for case in cases:
            (expected,) = case.tables
            width = max(len(case.workbook.sheets[0].rows[row - 1]) for row in expected.header_rows)
            assert len(case.workbook.sheets[0].rows[-1]) == width
            assert expected.columns.keys() <= set(CORE)
