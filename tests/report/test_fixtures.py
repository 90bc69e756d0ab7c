"""The workbooks that templates are tried on: each is what its name says, and reads like any other workbook."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sheetsync.cli import wiring
from sheetsync.cli.pack_samples import KINDS, sample_digests
from sheetsync.config.shape import WorkbookConfig
from sheetsync.evaluating import Evaluation, evaluate
from sheetsync.locales import load
from sheetsync.report.fixtures import FIXTURES, Fixture, workbook_of
from sheetsync.report.fixtures.awkward import LONG, MANY, VERY_LONG
from tests.report.digest.test_schema import complaints

NAMED = {fixture.name: fixture for fixture in FIXTURES}


@cache
def evaluated(name: str, language: str = "vi") -> Evaluation:
    """Give what is understood of a fixture's workbook."""
    book = workbook_of(NAMED[name].firm, language, load(language)["headers"], "OKR")
    return evaluate(book, wiring.job(WorkbookConfig(name="OKR", path=Path("okr.xlsx")), NAMED[name].day))


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_each_is_understood_in_its_language(fixture: Fixture, language: str) -> None:
    """Shows that every row that was put into a workbook is read as what it is, headers of both languages included."""
    seen, firm = evaluated(fixture.name, language), fixture.firm
    goals = seen.goals
    assert (len(goals.objectives), len(goals.kpis)) == (firm.objectives, firm.kpis)
    assert len(goals.key_results) == firm.objectives * firm.under
    assert len(goals.people) == 4
    assert seen.phrases.language == language


def test_what_is_awkward_is_there() -> None:
    """Shows of each fixture the one thing that it is there for."""
    assert len(evaluated("many").goals.key_results) == MANY
    assert evaluated("no_key_results").goals.objectives
    assert all(one.owner.blank and one.team.blank for one in evaluated("no_owner").goals.key_results)
    assert {len(one.title.value or "") for one in evaluated("long_names").goals.key_results} == {LONG}
    (word,) = {one.title.value for one in evaluated("long_word").goals.key_results}
    assert len(word or "") == LONG
    assert " " not in (word or " ")
    assert VERY_LONG in {len(str(one.blocker.raw)) for one in evaluated("long_blocker").goals.key_results}
    assert evaluated("no_cycle").goals.cycle is None
    assert all(one.current.blank for one in evaluated("nothing_scored").goals.key_results)
    assert not evaluated("kpis_only").goals.objectives
    texts = [one.title.value or "" for one in evaluated("markup").goals.key_results]
    assert all("<script>" in text and "{{" in text for text in texts)
    assert "\u202e" in (evaluated("right_to_left").goals.key_results[0].title.value or "")


def test_the_ordinary_one_has_something_of_everything() -> None:
    """Shows that the ordinary workbook fills every list of every kind of mail, so that no block goes untried."""
    digests = sample_digests(NAMED["usual"], "vi")
    wanted = {
        "company": ("decisions", "objectives", "wins", "problems", "drift"),
        "team": ("agenda", "key_results", "remind", "contributes", "wins"),
        "owner": ("due_cells", "others"),
        "kpi": ("rows", "groups", "missing"),
        "wins": ("wins",),
    }
    assert set(wanted) == set(KINDS) == set(digests)
    empty = [(kind, name) for kind, names in wanted.items() for name in names if not digests[kind].data[name]]
    assert empty == []
    assert len(digests["company"].data["overall"]["weeks"]) == 8
    assert digests["company"].data["overall"]["change"] is not None
    assert {row["what"] for row in digests["owner"].data["due_cells"]} >= {"current", "unreadable"}
    assert digests["company"].data["updated"]["stale"] > 0


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_every_digest_has_the_published_form(fixture: Fixture, language: str) -> None:
    """Shows that what templates are tried on is what the schema promises to those who write them."""
    assert {kind: found for kind, one in sample_digests(fixture, language).items() if (found := complaints(one))} == {}
