"""Ids that are added to the tables of every layout family are read afterwards, and no row loses its history."""

from __future__ import annotations

from random import Random

import pytest

from sheetsync.backends.memory import MemoryBackend
from sheetsync.cli.shipped import all_words, vocabulary
from sheetsync.model import Goals
from sheetsync.reading import read_goals
from sheetsync.reading.adopted.proposal import proposed
from sheetsync.reading.matching import known_items, match
from sheetsync.reading.understanding import understand
from sheetsync.workbook import Workbook
from sheetsync.writeback.new_ids import plan_ids
from tests.reading.sheets import TODAY
from tests.reading.understanding.wild import FAMILIES


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_gets_ids_or_is_told_that_it_cannot(family: str, language: str) -> None:
    """Shows unique keys before, ids that the old mapping reads, nothing left to do, and every row known again."""
    case = FAMILIES[family](Random(f"{family} {language} ids"), language)  # noqa: S311 - the same cases every time
    tables = proposed(understand(case.workbook, vocabulary()))

    def read(workbook: Workbook) -> Goals:
        return read_goals(workbook, all_words(), today=TODAY, tables=tables, vocabulary=vocabulary)

    backend, before = MemoryBackend(case.workbook), read(case.workbook)
    plan = plan_ids(case.workbook, before, "ID")
    backend.apply(plan.changes, case.workbook.revision)
    after = read(backend.read())
    known, now = known_items(before), known_items(after)
    assert len({item.key for item in known}) == len(known)
    assert {new.id for new in plan.ids} <= {item.key for item in now}
    assert plan_ids(backend.read(), after, "ID").changes.empty
    assert (after.header_changes, after.missing) == (before.header_changes, before.missing)
    titles = {item.key: item.title for item in known}
    found = match(known, now)
    assert len(found) == len(known)
    assert all(titles[found[item.key]] == item.title for item in now)
