"""Notes that tell the findings of a row: what they say, which are ours, and which are left alone."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.memory import MemoryBackend
from sheetsync.results import Finding, Severity
from sheetsync.sync import Evaluation, Outcome, evaluate, run
from sheetsync.workbook import Annotations, CellRef, CellValue, NoteUpdate, Workbook, Worksheet
from sheetsync.writeback.notes import LONGEST, MOST, is_ours, plan_notes, signed
from tests.books import OKR_ROWS, VIETNAMESE_ROWS, Rows, book, job
from tests.writeback.apart import planned
from tests.writeback.sheets import ENGLISH

BAD = "about half"


def bad_rows(rows: Rows = OKR_ROWS, value: CellValue = BAD) -> Rows:
    """Give the rows with a current value of the first key result that nobody can read."""
    made = [list(row) for row in rows]
    made[2][6] = value
    return made


def synced(backend: MemoryBackend, *, notes: bool = True) -> Outcome:
    """Bring the workbook up to date."""
    return run(backend, job(notes=notes), nullcontext)


def why(workbook: Workbook) -> int:
    """Give the column Why."""
    return next(mark.header.column for mark in workbook.marks if mark.concept == "why" and mark.header)


def with_notes(backend: MemoryBackend, notes: Mapping[tuple[int, int], str]) -> MemoryBackend:
    """Give the workbook as it is with these notes on the OKR worksheet."""
    workbook = backend.read()
    okr, *rest = workbook.sheets
    return MemoryBackend(workbook._replace(sheets=(okr._replace(notes=notes), *rest)))


def with_value(backend: MemoryBackend, value: CellValue) -> MemoryBackend:
    """Give the workbook as it is with another current value of the first key result."""
    workbook = backend.read()
    okr, *rest = workbook.sheets
    rows = [list(row) for row in okr.rows]
    rows[2][6] = value
    return MemoryBackend(workbook._replace(sheets=(okr._replace(rows=rows), *rest)))


def codes(evaluation: Evaluation) -> list[str]:
    """Give the codes of the findings about notes."""
    return [one.code for one in evaluation.findings if one.code in ("DR510", "DR511")]


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))))
def test_what_we_sign_is_ours(text: str) -> None:
    """Shows that every text that we sign is known again, also where a program breaks its lines in its own way."""
    assert is_ours(signed(text))
    assert is_ours(signed(text).replace("\n", "\r\n") + "\n")


@given(st.text("abc \n", min_size=1), st.text("xyz", min_size=1))
def test_what_somebody_changed_is_theirs(text: str, word: str) -> None:
    """Shows that a word added before, inside or behind a note of ours makes it somebody else's."""
    ours = signed(text)
    assert not is_ours(word + ours)
    assert not is_ours(f"{ours} {word}")
    assert not is_ours(text)


def test_a_row_gets_a_note_with_its_findings() -> None:
    """Shows that the note stands on Why of the row, with code and cure, and on no row without a finding."""
    backend = MemoryBackend(book(bad_rows()))
    outcome = synced(backend)
    workbook = backend.read()
    notes = workbook.sheet("OKR").notes
    assert outcome.receipt is not None
    assert outcome.receipt.notes == len(notes) > 0
    text = notes[3, why(workbook)]
    assert text.startswith("RO201: Current says “about half”, which is not a number. Write it like 1250")
    assert is_ours(text)
    found = {one.cell.row for one in outcome.evaluation.findings if one.cell and one.cell.sheet == "OKR"}
    assert {row for row, _ in notes} == found & {2, 3, 4}


def test_the_note_is_in_the_language_of_the_sheet() -> None:
    """Shows that a Vietnamese sheet gets Vietnamese notes."""
    backend = MemoryBackend(book(bad_rows(VIETNAMESE_ROWS, "khoảng nửa")))
    synced(backend)
    text = backend.read().sheet("OKR").notes[3, why(backend.read())]
    assert "RO201: Thực hiện ghi “khoảng nửa”, không phải là số." in text


def test_a_second_run_writes_nothing() -> None:
    """Shows that notes which say what they should are not written again."""
    backend = MemoryBackend(book(bad_rows()))
    synced(backend)
    assert synced(backend).receipt is None


def test_a_note_follows_its_findings() -> None:
    """Shows that another finding changes the note, and that a row without findings loses it."""
    backend = MemoryBackend(book(bad_rows()))
    synced(backend)
    place = 3, why(backend.read())
    other = with_value(backend, "nobody knows")
    synced(other)
    assert "nobody knows" in other.read().sheet("OKR").notes[place]
    good = with_value(backend, 60)
    assert BAD in good.read().sheet("OKR").notes[place]
    synced(good)
    assert place not in good.read().sheet("OKR").notes


def test_without_the_setting_there_are_no_notes() -> None:
    """Shows that notes are off by default, and that switching them off takes ours away and no other."""
    backend = MemoryBackend(book(bad_rows()))
    synced(backend, notes=False)
    assert not backend.read().sheet("OKR").notes
    synced(backend)
    column = why(backend.read())
    mixed = with_notes(backend, {**backend.read().sheet("OKR").notes, (4, column): "call me", (3, 2): signed("copied")})
    synced(mixed, notes=False)
    assert dict(mixed.read().sheet("OKR").notes) == {(4, column): "call me", (3, 2): signed("copied")}


@pytest.mark.parametrize("text", ["Please call me.", "Đã xem.\n— sheetsync 12345678"])
def test_a_note_of_somebody_else_stays_and_is_told(text: str) -> None:
    """Shows that a note which is not ours is never written over, and that a hint tells where it stands."""
    backend = MemoryBackend(book(bad_rows()))
    synced(backend, notes=False)
    place = 3, why(backend.read())
    taken = with_notes(backend, {place: text})
    outcome = synced(taken)
    assert taken.read().sheet("OKR").notes[place] == text
    hints = [(one.cell, one.severity) for one in outcome.evaluation.findings if one.code == "DR510"]
    assert hints == [(CellRef("OKR", *place), Severity.HINT)]


def test_a_note_that_may_not_be_changed_stays() -> None:
    """Shows that a conversation, or a note in our words by another author, is left alone where it would be ours."""
    backend = MemoryBackend(book(bad_rows()))
    synced(backend)
    workbook = with_value(backend, 60).read()
    okr, *rest = workbook.sheets
    texts = dict(okr.notes)
    guarded = okr._replace(annotations=lambda: Annotations(texts, frozenset(texts)))
    evaluation = evaluate(workbook._replace(sheets=(guarded, *rest)), job(notes=True))
    assert evaluation.changes.notes == ()


def test_a_worksheet_that_takes_no_notes_is_told_once() -> None:
    """Shows that nothing is planned where the backend says that no note can be written, and one hint says so."""
    okr, *rest = book(bad_rows()).sheets
    closed = okr._replace(annotations=lambda: Annotations(refusal="excel.notes_strict"))
    evaluation = evaluate(book()._replace(sheets=(closed, *rest)), job(notes=True))
    assert (evaluation.changes.notes, codes(evaluation)) == ((), ["DR511"])
    (told,) = [one for one in evaluation.findings if one.code == "DR511"]
    assert (told.severity, told.params, told.cell and told.cell.sheet) == (Severity.HINT, {}, "OKR")


def test_without_why_the_note_stands_on_status() -> None:
    """Shows the cell of the note where the column Why is not wanted, and that there is none without both."""
    columns = {"okr": ("progress", "status", "synced")}
    evaluation = evaluate(book(bad_rows()), job(notes=True, columns=columns))
    status = next(one.header.column for one in evaluation.changes.columns if one.concept == "status")
    assert {note.column for note in evaluation.changes.notes} == {status}
    assert evaluate(book(bad_rows()), job(notes=True, columns={"okr": ("progress",)})).changes.notes == ()


def test_many_and_long_findings_are_cut() -> None:
    """Shows that a note tells five findings at most, each short enough to read, and counts the rest."""
    rows = bad_rows(value="x" * 500)
    rows[2][4:6] = ["?" * 400, "!" * 400]
    rows[2][7] = "the day before"
    rows[2][3] = "Nobody"
    (note,) = [one for one in evaluate(book(rows), job(notes=True)).changes.notes if one.row == 3]
    lines = note.after.splitlines()
    assert len(lines) <= MOST + 2
    assert all(len(line) <= LONGEST + len("RO201: ") for line in lines)


def test_five_of_seven_findings_are_told_and_the_rest_counted() -> None:
    """Shows the gravest first, each in a line of its own that is cut where it is long, and how many more there are."""
    sheet = Worksheet("OKR Q4", [["x"]])
    workbook = Workbook("book", "book.xlsx", (sheet,), "1")
    plan = planned(workbook, "O-1", "KR-1")
    told = [
        ("hint", "e"),
        ("warning", "d"),
        ("hint", "f"),
        ("error", "b"),
        ("hint", "g"),
        ("error", "c"),
        ("error", "a"),
    ]
    findings = [
        Finding("WS109", Severity(how), CellRef(name, 1, 1), {"sheet": name * 3, "reason": f"no.{name * 400}"}, "KR-1")
        for how, name in told
    ]
    (note,), _ = plan_notes(workbook, plan, findings, ENGLISH, wanted=True)
    *lines, more, _signature = note.after.split("\n")
    assert [line[:20] for line in lines] == [f"WS109: Worksheet {name * 3}" for name in "abcde"]
    assert {(len(line), line[-1]) for line in lines} == {(len("WS109: ") + LONGEST, "…")}
    assert more == ENGLISH.text("note.more", count=2)


def test_items_that_share_a_row_get_their_own_notes() -> None:
    """Shows that where each item has a column, its findings alone go to its row of the worksheet sheetsync."""
    sheet = Worksheet("OKR Q4", [["x"]])
    workbook = Workbook("book", "book.xlsx", (sheet,), "1")
    plan = planned(workbook, "O-1", "KR-1", "KR-2")
    findings = [
        Finding("DR510", Severity.ERROR, CellRef("OKR Q4", 4, 3), {}, "KR-1"),
        Finding("DR511", Severity.HINT, CellRef("OKR Q4", 4, 4), {}, "KR-2"),
    ]
    notes, noticed = plan_notes(workbook, plan, findings, ENGLISH, wanted=True)
    assert [(note.sheet, note.row, note.after[:5]) for note in notes] == [
        ("sheetsync", 3, "DR510"), ("sheetsync", 4, "DR511"),
    ]  # fmt: skip
    assert noticed == ()


def test_a_note_update_names_its_cell() -> None:
    """Shows the place of a note as people read it."""
    assert str(NoteUpdate("OKR", 3, 27, "", "x").ref) == "OKR!AA3"
