"""Which columns are doubtful, what they may be, and what becomes of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.cli.adopt_doubts import BOTH, SURE, SURE_OF_OTHERS, Question, questions, settled
from sheetsync.cli.shipped import vocabulary
from sheetsync.reading.understanding import Column, Left, Reason, Table, Understanding

WORD = Reason("word")


def column(concept: str, place: int, confidence: float = 0.9, header: str = "", reason: Reason = WORD) -> Column:
    """Make a column."""
    return Column(concept, place, header or concept, confidence, reason, ("a", "b"))


def understood(*columns: Column, refused: tuple[Left, ...] = (), kind: str = "kpi") -> Understanding:
    """Make an understanding of one table."""
    return Understanding((Table("KD", kind, "flat", (1,), 2, 9, columns, refused=refused),))


def asked(one: Understanding) -> tuple[Question, ...]:
    """Give the questions about a workbook, with the words of all languages."""
    return questions(one, vocabulary())


def test_only_what_is_not_sure_is_asked_about() -> None:
    """Shows the bound of confidence, and that what a header may mean as well is offered."""
    least = SURE_OF_OTHERS
    (question,) = asked(
        understood(column("kpi", 1), column("target", 2, least - 0.01, "Giá trị"), column("unit", 3, least))
    )
    assert (question.column, question.choices[0], question.samples) == (2, "target", ("a", "b"))
    assert "current" in question.choices


def test_a_column_without_a_plain_reason_needs_to_be_surer() -> None:
    """Shows that where only part of a header speaks a column of the score is doubted below 0.75, others below 0.6."""
    part = Reason("inside_and_cells")
    unsure = column("target", 2, SURE - 0.01)._replace(reason=part)
    assert [one.column for one in asked(understood(column("kpi", 1), unsure))] == [2]
    for sure in (unsure._replace(confidence=SURE), unsure._replace(concept="notes"), unsure._replace(reason=WORD)):
        assert asked(understood(column("kpi", 1), sure)) == ()


def test_what_another_column_holds_already_is_not_offered() -> None:
    """Shows that a second target is no choice, while a second owner is one."""
    told = understood(column("kpi", 1), column("current", 2, 0.5, "Giá trị"), column("target", 3))
    assert "target" not in asked(told)[0].choices
    told = understood(column("kpi", 1), column("owner", 2, 0.5), column("owner", 3))
    assert asked(told)[0].choices[0] == "owner"


def test_what_was_refused_as_ambiguous_is_asked_about() -> None:
    """Shows both meanings of an ambiguous column, and that other refusals are no question."""
    reason = Reason("ambiguous", {"one": "unit", "other": "team"})
    refused = (Left(4, "Đơn vị", reason, "unit"), Left(5, "Owner", Reason("cells", {"concept": "owner"}), "owner"))
    (question,) = asked(understood(column("kpi", 1), refused=refused))
    assert (question.column, question.choices[:2]) == (4, ("unit", "team"))


@pytest.mark.parametrize(
    "doubtful",
    [
        column("target", 2, 0.5)._replace(period="month 4"),
        column("kpi", 2, 0.5, reason=Reason("names_rows")),
    ],
)
def test_columns_that_need_no_mapping_or_stand_alone_are_not_asked_about(doubtful: Column) -> None:
    """Shows that a period's column is never asked about, nor the only one that names the rows."""
    assert asked(understood(doubtful)) == ()


def test_a_table_of_something_else_raises_no_question() -> None:
    """Shows that an invoice beside the goals is left in peace."""
    assert asked(understood(column("unit", 1, 0.1), kind="other")) == ()


def test_an_answer_makes_a_column_sure() -> None:
    """Shows that the answer takes the place of what was thought, at its place among the columns."""
    told = understood(column("target", 2, 0.5, "Giá trị"), column("kpi", 3))
    (question,) = asked(told)
    (table,) = settled(told, (question,), {question: "current"}).tables
    assert [(one.concept, one.column, one.confidence) for one in table.columns] == [
        ("current", 2, 1.0),
        ("kpi", 3, 0.9),
    ]
    assert table.refused == ()


def test_one_column_may_hold_objectives_and_key_results() -> None:
    """Shows that a doubtful column of both is one question, whose first choice is both."""
    told = understood(column("objective", 2, 0.5, "OKR"), column("key_result", 2, 0.5, "OKR"), column("target", 3))
    (question,) = asked(told)
    assert question.choices[0] == BOTH
    (table,) = settled(told, (question,), {question: BOTH}).tables
    assert [one.concept for one in table.of("objective") + table.of("key_result")] == ["objective", "key_result"]


CONFIDENCE = st.floats(0, 1)


@given(st.lists(st.tuples(st.sampled_from(["target", "current", "unit", "team", "owner"]), CONFIDENCE), max_size=6))
def test_without_answers_nothing_doubtful_is_left(drawn: list[tuple[str, float]]) -> None:
    """Shows that only sure columns stay mapped, that none is lost, and that nothing is left to ask."""
    columns = tuple(column(concept, place, sure) for place, (concept, sure) in enumerate(drawn, 1))
    told = understood(*columns)
    found = asked(told)
    after = settled(told, found, {})
    (table,) = after.tables
    assert table.columns == tuple(one for one in columns if one.confidence >= SURE_OF_OTHERS)
    assert len(table.columns) + len(table.refused) == len(columns)
    assert asked(after) == ()
