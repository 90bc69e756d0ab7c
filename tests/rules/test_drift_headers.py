"""Headers of the user's own columns that say something else than they did: which, where, since when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sheetsync.model import Table
from sheetsync.past import OBSERVED, Observation, Past, Statement
from sheetsync.rules import Facts
from sheetsync.rules.registry import Hit
from sheetsync.workbook import CellRef, Workbook, Worksheet
from tests.factories import key_result, objective
from tests.rules.facts import OKR_COLUMNS, TODAY, facts, table
from tests.rules.remembering import hits
from tests.rules.situation_parts import SEEN, pair, was

TARGET = OKR_COLUMNS.index("target") + 1
ROW = 4


def sheet(*, name: Any = "OKR", rows: Any = None, **now: Any) -> Worksheet:
    """Make a worksheet whose header row calls each concept by its name, or as told."""
    header = [now.get(concept, concept) for concept in OKR_COLUMNS]
    return Worksheet(name, [[], [], [], header, *((rows or {}).get(row, []) for row in range(5, 9))])


def book(*sheets: Worksheet) -> Workbook:
    """Make a workbook of some worksheets."""
    return Workbook("b", "b", (*sheets, Worksheet("KPI", [])), "1")


def headed(key: str = "okr", *, nights: Any = SEEN, **before: Any) -> Past:
    """Remember what headers said; a pair is what was said first, and since another night."""
    told = {
        (key, concept): text if isinstance(text, tuple) else (Statement(nights[0], concept, text),)
        for concept, text in before.items()
    }
    return Past({}, nights, headers={place: said[-1].text for place, said in told.items()}, header_statements=told)


def seen(past: Past | None, *, here: Table | None = None, **now: str) -> Facts:
    """Give the facts of a table whose headers say what is told; what is None is not read any more."""
    return facts(*pair(), tables=(here or table(),), workbook=book(sheet(**now)), past=past)


def test_a_renamed_header_is_told_whole() -> None:
    """Shows cell, old and new words, concept and kind of table, and the last night of the old words."""
    (one,) = hits("DR523", seen(headed(target="Target", owner="owner"), target="Goal  value"))
    told = {"concept": "target", "kind": "okr", "before": "Target", "until": SEEN[-1], "day": TODAY}
    told["value"] = "Goal value"
    assert one == Hit(CellRef("OKR", ROW, TARGET), None, told)
    assert hits("DR522", seen(headed(target="Target"), target="Goal value")) == []


@pytest.mark.parametrize(
    ("before", "now"),
    [("Target", "TARGET"), ("Chỉ tiêu", "chi tieu"), ("Target", " target "), ("", "Goal value"), ("Target", "Target")],
)
def test_another_spelling_is_no_other_header(before: str, now: str) -> None:
    """Shows that capitals, accents and spaces change nothing, nor does a header where none stood before."""
    assert hits("DR523", seen(headed(target=before), target=now)) == []


SAID = (Statement(SEEN[0], "target", "Target"), Statement(SEEN[2], "target", "Goal value"))


def test_the_last_night_of_the_old_words_is_told() -> None:
    """Shows the night before the header was first seen as it is; before the cycle was set up it was no change."""
    (one,) = hits("DR523", seen(headed(target=SAID), target="Goal value"))
    assert (one.params["before"], one.params["until"]) == ("Target", SEEN[1])
    early = (SAID[0], SAID[1]._replace(day=SEEN[1]))
    assert hits("DR523", seen(headed(target=early), target="Goal value")) == []
    thrice = (SAID[0], SAID[1]._replace(day=SEEN[1], text="Plan"), SAID[1])
    (one,) = hits("DR523", seen(headed(target=thrice), target="Goal value"))
    assert (one.params["before"], one.params["until"]) == ("Plan", SEEN[1])


def test_a_header_that_was_renamed_twice_has_two_days() -> None:
    """Shows the last night of the first words, and the first day of those of today."""
    nights = (*SEEN[:2], date(2025, 10, 26), SEEN[2])
    said = (SAID[0], SAID[1]._replace(day=nights[2], text="Plan"))
    for again, day in (((), TODAY), ((SAID[1]._replace(day=SEEN[2]),), SEEN[2])):
        (one,) = hits("DR523", seen(headed(target=(*said, *again), nights=nights), target="Goal value"))
        assert (one.params["before"], one.params["until"], one.params["day"]) == ("Target", SEEN[1], day)


def test_what_is_said_for_the_first_time_later_has_no_before() -> None:
    """Shows that a column that came in mid-cycle may be named anew."""
    late = (Statement(SEEN[2], "target", "Target"),)
    assert hits("DR523", seen(headed(target=late), target="Goal value")) == []


def test_headers_are_agreed_a_week_after_the_cycle_or_the_first_night() -> None:
    """Shows that nothing is told while the cycle, or the history where there is none, is younger than a week."""
    for nights in ((date(2025, 9, 1), date(2025, 10, 6)), (date(2025, 11, 18), date(2025, 11, 19))):
        assert hits("DR523", seen(headed(nights=nights, target="Target"), target="Goal value")) == []
    young = headed(nights=(date(2025, 11, 10), date(2025, 11, 15)), target="Target")
    old = headed(nights=(date(2025, 11, 9), date(2025, 11, 15)), target="Target")
    for past, count in ((young, 0), (old, 1)):
        given = facts(*pair(), cycle=None, tables=(table(),), workbook=book(sheet(target="Goal value")), past=past)
        assert len(hits("DR523", given)) == count


FOUR = {"key_result": "Result", "target": "Goal value", "current": "Reached", "unit": "Counted in"}


def before(*concepts: str) -> dict[str, Any]:
    """Give the headers of some concepts as they were."""
    return {concept: concept for concept in concepts}


@pytest.mark.parametrize(
    ("columns", "renamed", "told"),
    [
        (("key_result", "target", "current", "unit"), 2, 2),
        (("key_result", "target", "current", "unit"), 3, 0),
        (("key_result", "target", "current", "unit"), 4, 0),
        (("key_result", "target", "current", "unit", "owner", "id"), 3, 3),
        (("key_result", "target", "current", "unit", "owner", "id"), 4, 0),
        (("key_result", "target"), 2, 2),
        (("key_result", "target", "current"), 3, 0),
    ],
)
def test_a_table_in_other_words_is_left_alone(columns: tuple[str, ...], renamed: int, told: int) -> None:
    """Shows that three headers and more than half of all that changed together are a translation."""
    here = table(without=tuple(name for name in OKR_COLUMNS if name not in columns))
    now = dict(list(FOUR.items())[:renamed])
    assert len(hits("DR523", seen(headed(**before(*columns)), here=here, **now))) == told


def test_a_translated_table_does_not_hide_the_next_one() -> None:
    """Shows that of two tables the one with a single new header is told, whichever stands first."""
    small, other = table(without=("id", "owner", "baseline", "check_in_date", "objective")), table("okr2", "Copy")
    past = headed(**before(*FOUR))
    more = headed("okr2", target="Target")
    past = past._replace(
        headers={**past.headers, **more.headers}, header_statements={**past.header_statements, **more.header_statements}
    )
    sheets = sheet(**FOUR), sheet(name="Copy", target="Goal value")
    for tables in ((small, other), (other, small)):
        given = facts(*pair(), tables=tables, workbook=book(*sheets), past=past)
        assert [one.cell for one in hits("DR523", given)] == [CellRef("Copy", ROW, TARGET)]


@pytest.mark.parametrize(
    "given",
    [
        {"past": None},
        {"past": headed()},
        {"past": headed(target="Target")._replace(nights=())},
        {"past": headed("okr2x", target="Target")},
        {"past": headed("kpi", target="Target")},
        {"here": table()._replace(layout="adopted")},
        {"here": table()._replace(header_row=0)},
        {"here": table(sheet="Elsewhere")},
    ],
)
def test_some_tables_have_no_header_to_compare(given: dict[str, Any]) -> None:
    """Shows no past, another kind of table, an adopted form, no header row, and no such worksheet."""
    kept = {"past": headed(target="Target"), **given}
    assert hits("DR523", seen(kept["past"], here=kept.get("here"), target="Goal value")) == []
    assert hits("DR523", facts(*pair(), past=headed(target="Target"))) == []


def test_a_header_over_two_rows_is_read_whole() -> None:
    """Shows that the words of both rows of a header are compared, top first."""
    here = table(without=tuple(name for name in OKR_COLUMNS if name != "target"))._replace(top_row=3)
    row = [None] * (TARGET - 1)
    sheets = Worksheet("OKR", [[], [], [*row, "Plan"], [*row, " Q4 "]])
    for said, count in (("Plan Q4", 0), ("Q4", 1), ("Q4 Plan", 1), ("Plan", 1)):
        given = facts(*pair(), tables=(here,), workbook=book(sheets), past=headed(target=said))
        assert [one.params["value"] for one in hits("DR523", given)] == ["Plan Q4"] * count


def test_tables_are_known_again_when_worksheets_change_places() -> None:
    """Shows that a table is held against that of its kind which had most of its headers, else its own key."""
    other: dict[str, Any] = {"target": "Plan", "current": "Is", "unit": "In"}
    first, second = headed("okr", **other), headed("okr2", **before("target", "current", "unit"))
    both = first._replace(
        headers={**first.headers, **second.headers},
        header_statements={**first.header_statements, **second.header_statements},
    )
    assert hits("DR523", seen(both)) == []
    (one,) = hits("DR523", seen(both, current="Reached"))
    assert (one.params["before"], one.params["value"]) == ("current", "Reached")
    twins = headed("okr", target="target")
    more = headed("okr2", target="target", unit="Pieces")
    alike = twins._replace(
        headers={**more.headers, **twins.headers},
        header_statements={**more.header_statements, **twins.header_statements},
    )
    assert hits("DR523", seen(alike)) == []
    second_table = table("okr2")
    (one,) = hits("DR523", seen(alike, here=second_table))
    assert (one.params["concept"], one.params["before"]) == ("unit", "Pieces")


def lost(unmapped: dict[int, str], past: Past, rows: Mapping[int, list[Any]] | None = None, **given: Any) -> list[Hit]:
    """Give what is told of a table that has lost its target, and has columns of unknown meaning."""
    here = table(without=("target",))._replace(unmapped=unmapped)
    worksheet = sheet(rows=rows)
    items = given.get("items", pair())
    return hits("DR522", facts(*items, tables=(here,), workbook=book(worksheet), past=past))


def values(column: int, *texts: Any) -> dict[int, list[Any]]:
    """Give rows 6 and on that hold these values in a column."""
    return {row: [None] * (column - 1) + [text] for row, text in enumerate(texts, 6)}


def remembered() -> Past:
    """Remember that the target of KR-1 was 180, and that its header was Target."""
    known = headed(target="Target")
    return was(target=180)._replace(headers=known.headers, header_statements=known.header_statements)


def test_a_lost_column_is_found_by_its_values() -> None:
    """Shows the column that holds what was remembered, the words over it, and the message's words of before."""
    past = remembered()
    rows = {6: [None] * 10 + [7, 180]}
    (one,) = lost({11: "Xyzzy", 12: "Plan B", 13: "Else"}, past, rows)
    told = {"concept": "target", "kind": "okr", "before": "Target", "until": SEEN[-1], "day": TODAY, "value": "Plan B"}
    assert one == Hit(CellRef("OKR", ROW, 12), None, told)


@pytest.mark.parametrize(
    ("unmapped", "rows", "column", "value"),
    [
        ({}, {}, 1, "–"),
        ({11: "Xyzzy"}, {}, 11, "Xyzzy"),
        ({11: "Xyzzy"}, values(11, 5), 11, "Xyzzy"),
        ({11: "Xyzzy", 12: "Plan B"}, {}, 1, "–"),
        ({11: "Xyzzy", 12: "Plan B"}, values(12, 180), 12, "Plan B"),
        ({11: "Xyzzy", 12: "Plan B"}, {7: [None] * 11 + [180]}, 1, "–"),
        ({11: "", 12: "Plan B"}, values(11, 180), 11, "–"),
    ],
)
def test_where_a_lost_column_is_told(
    unmapped: dict[int, str], rows: dict[int, list[Any]], column: int, value: str
) -> None:
    """Shows the only unknown column, the one with the values, or the first cell of the header row."""
    (one,) = lost(unmapped, remembered(), rows)
    assert (one.cell, one.params["value"]) == (CellRef("OKR", ROW, column), value)


def test_a_lost_column_without_values_is_the_one_among_columns_that_are_read() -> None:
    """Shows that a column of remarks to the right of all others is not taken for one that stood between them."""
    past = headed(target="Target")
    between = {TARGET: "Plan B", 11: "Remarks", 12: "Missing"}
    (one,) = lost(between, past)
    assert (one.cell, one.params["value"]) == (CellRef("OKR", ROW, TARGET), "Plan B")
    (one,) = lost({3: "Xyzzy", **between}, past)
    assert (one.cell, one.params["value"]) == (CellRef("OKR", ROW, 1), "–")


def test_a_lost_column_of_values_is_found_by_what_was_observed() -> None:
    """Shows that numbers of which only the observations tell are looked for as well."""
    known, said = headed(current="Current"), was(current=OBSERVED)
    seen = said.items["KR-1"]._replace(observations=(Observation(SEEN[0], 7.0), Observation(SEEN[1], 9.0)))
    past = said._replace(items={"KR-1": seen}, headers=known.headers, header_statements=known.header_statements)
    here = table(without=("current",))._replace(unmapped={5: "Xyzzy", 6: "Reached", 12: "Missing"})
    rows = {6: [None] * 4 + [7, 9]}
    (one,) = hits("DR522", facts(*pair(), tables=(here,), workbook=book(sheet(rows=rows)), past=past))
    assert (one.cell, one.params["value"]) == (CellRef("OKR", ROW, 6), "Reached")


def test_values_are_looked_for_in_the_rows_of_today() -> None:
    """Shows that rows may have moved, that rows of other tables do not count, nor what was said before."""
    moved = objective(owner="Lan"), key_result("KR-1", row=8)
    (one,) = lost({11: "Xyzzy", 12: "Plan B"}, remembered(), {8: [None] * 11 + [180]}, items=moved)
    assert one.params["value"] == "Plan B"
    elsewhere = objective(owner="Lan"), key_result("KR-1", table="okr2")
    (one,) = lost({11: "Xyzzy", 12: "Plan B"}, remembered(), values(12, 180), items=elsewhere)
    assert one.params["value"] == "–"
    past = remembered()
    said = (*past.items["KR-1"].statements, Statement(SEEN[2], "target", "200", 200.0))
    newer = past._replace(items={"KR-1": past.items["KR-1"]._replace(statements=said)})
    (one,) = lost({11: "Xyzzy", 12: "Plan B"}, newer, {6: [None] * 10 + [180, 200]})
    assert one.params["value"] == "Plan B"


@pytest.mark.parametrize("concept", ["key_result", "objective"])
def test_a_lost_title_is_found_by_the_titles(concept: str) -> None:
    """Shows that the column of an objective or key result is found by the titles that are remembered."""
    past = was(title="Shops of kind 1")
    before: dict[str, Any] = {concept: "Goal"}
    known = headed(**before)
    past = past._replace(headers=known.headers, header_statements=known.header_statements)
    here = table(without=(concept,))._replace(unmapped={11: "Xyzzy", 12: "Plan B"})
    rows = {6: [None] * 11 + ["Shops of kind 1"]}
    given = facts(*pair(), tables=(here,), workbook=book(sheet(rows=rows)), past=past)
    (one,) = hits("DR522", given)
    assert (one.cell, one.params["concept"], one.params["value"]) == (CellRef("OKR", ROW, 12), concept, "Plan B")


def test_a_table_without_a_header_row_today_is_told_by_nobody() -> None:
    """Shows that both rules keep silent on the first night, and of tables that have every header."""
    for code in ("DR522", "DR523"):
        assert hits(code, facts(*pair(), past=None)) == []
        assert hits(code, seen(headed(**before(*OKR_COLUMNS)))) == []


def test_a_header_that_became_a_second_one_of_another_concept_is_found() -> None:
    """Shows that Target which was renamed Goal, beside Objective, is named in its own place, where its values stand."""
    past = remembered()
    here = table(without=("target",), objective=(2, 12))._replace(unmapped={11: "Else"})
    seen = sheet(rows={6: [None] * 10 + [7, 180]})
    header = [*seen.rows[ROW - 1], None, None, "Goal"]
    seen = seen._replace(rows=[*seen.rows[: ROW - 1], header, *seen.rows[ROW:]])
    (one,) = hits("DR522", facts(*pair(), tables=(here,), workbook=book(seen), past=past))
    assert (one.cell, one.params["value"]) == (CellRef("OKR", ROW, 12), "Goal")
