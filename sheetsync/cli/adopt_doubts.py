"""Columns that are not understood beyond doubt: what they may hold, and what a person says they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheetsync.mapping import CONCEPTS
from sheetsync.reading.understanding import CORE, Column, Left, Reason, Table, Understanding, Vocabulary
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue

SURE, SURE_OF_OTHERS = 0.75, 0.6
"""The least confidence of a column that is taken without a question: of one that scores are made of, and of others.

Where a quarter of the words for headers is taken away, at most 2 in 100 of the columns that are left are wrong
(``bench/adopt.py``).
"""
ONLY_NAME = "names_rows"
"""The reason of a column that is taken because no other names the rows: without it there would be nothing to read."""
PLAIN = ("word", "formula_", "list", "period")
"""How the reasons begin that leave little to doubt: the whole header says so, or formulas, lists or periods do."""
BOTH = "objective_and_key_result"
_PAIR = ("objective", "key_result")
_SEVERAL = frozenset(("owner", "key_result", "notes", "initiative", "supporters", "kpi_value", "period_value"))
"""Concepts that more than one column of a table may hold."""
_MOST_CHOICES = 4


class Question(NamedTuple):
    """A doubtful column: its table by its place among the tables, and the concepts that it may hold, likeliest first.

    ``column`` is its number, in a transposed table that of a row.
    """

    table: int
    column: int
    header: str
    choices: tuple[str, ...]
    samples: tuple[CellValue, ...] = ()


def questions(understood: Understanding, vocabulary: Vocabulary) -> tuple[Question, ...]:
    """Give the doubtful columns of all tables of goals, check-ins and people."""
    return tuple(
        question
        for place, table in enumerate(understood.tables)
        if table.kind != "other"
        for question in _of_table(place, table, vocabulary)
    )


def settled(
    understood: Understanding, asked: tuple[Question, ...], answers: Mapping[Question, str | None]
) -> Understanding:
    """Give what is understood once the doubtful columns hold what the answers say, or nothing where there is none."""
    tables = list(understood.tables)
    for question in asked:
        tables[question.table] = _settled(tables[question.table], question, answers.get(question))
    return understood._replace(tables=tuple(tables))


def _of_table(place: int, table: Table, vocabulary: Vocabulary) -> Iterator[Question]:
    doubtful: dict[int, list[Column]] = {}
    for column in table.columns:
        if column.confidence < _least(column) and not column.period and column.reason.key != ONLY_NAME:
            doubtful.setdefault(column.column, []).append(column)
    for number, columns in sorted(doubtful.items()):
        held = {column.concept for column in table.columns if column.column != number}
        own = [BOTH] if {column.concept for column in columns} == set(_PAIR) else []
        told = [
            *own,
            *(column.concept for column in columns),
            *_others(columns[0].header, columns[0].reason, vocabulary),
        ]
        yield Question(place, number, columns[0].header, _open(told, held), columns[0].samples)
    for left in table.refused:
        if left.reason.key == "ambiguous":
            held = {column.concept for column in table.columns}
            told = [left.concept, *_others(left.header, left.reason, vocabulary)]
            yield Question(place, left.column, left.header, _open(told, held), left.samples)


def _least(column: Column) -> float:
    """Give the confidence that a column needs; one with a plain reason, or that no score is made of, needs less."""
    return SURE if column.concept in CORE and not column.reason.key.startswith(PLAIN) else SURE_OF_OTHERS


def _others(header: str, reason: Reason, vocabulary: Vocabulary) -> list[str]:
    """Give what the reason and the words of a header say that it may mean as well, the likeliest first."""
    named = [told for name in ("one", "other") if isinstance(told := reason.params.get(name), str)]
    meanings = vocabulary.meanings(header)
    return [*named, *sorted(meanings, key=lambda concept: -meanings[concept])]


def _open(told: list[str], held: set[str]) -> tuple[str, ...]:
    """Give the first few concepts that a column of the table may still be."""
    known = [name for name in dict.fromkeys(told) if name == BOTH or name in CONCEPTS]
    return tuple(name for name in known if name != "other" and (name in _SEVERAL or name not in held))[:_MOST_CHOICES]


def _settled(table: Table, question: Question, answer: str | None) -> Table:
    kept = tuple(column for column in table.columns if column.column != question.column)
    refused = tuple(left for left in table.refused if left.column != question.column)
    if answer is None:
        likely = question.choices[0] if question.choices else ""
        reason = Reason("doubtful", {"concept": likely}) if likely else Reason("unsure")
        left = Left(question.column, question.header, reason, likely, question.samples)
        return table._replace(columns=kept, refused=(*refused, left))
    concepts = _PAIR if answer == BOTH else (answer,)
    new = [
        Column(concept, question.column, question.header, 1.0, Reason("told"), question.samples) for concept in concepts
    ]
    columns = tuple(sorted((*kept, *new), key=lambda column: column.column))
    return table._replace(columns=columns, refused=refused)
