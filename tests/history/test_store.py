"""What a run stores, and what the next one gets back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from sheetsync.errors import SheetsyncError
from sheetsync.history import History
from sheetsync.snapshot import Mail, Said, Snapshot
from sheetsync.workbook import CellRef, CellUpdate, CellValue, Changes, ColumnAddition, SheetAddition
from tests.history.nights import DAY, PLACE, SetClock, run, seen, snapshot

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Open a new history."""
    with History.open(tmp_path / "history.sqlite3", SetClock()) as opened:
        yield opened


def test_a_past_has_what_was_seen_before_today(history: History) -> None:
    """Shows that observations, statements, cycle and place of an item come back as they were given."""
    item = seen(
        "KR-1", 3.5, target=10.0, baseline=0.0, progress=0.35, expected=0.5, score=0.35, status="at_risk",
        confidence=0.7, blocker="Chờ nhà cung cấp", updated=date(2025, 9, 30), sheet="OKR", row=7, cycle="Q4/2025",
        cycle_start=DAY, says={"title": Said("Bán nhiều hơn"), "target": Said("10", 10.0, formula=True)},
    )  # fmt: skip
    history.commit(run(), Snapshot(DAY, (item,), headers={("okr", "target"): "Chỉ tiêu"}))
    past = history.past(1, NEXT)
    known = past.items["KR-1"]
    assert known.observations == (item.observation,)
    assert {(said.concept, said.text, said.number, said.formula) for said in known.statements} == {
        ("title", "Bán nhiều hơn", None, False),
        ("target", "10", 10.0, True),
    }
    assert (known.kind, known.first, known.last, known.cycle, known.cycle_start, known.sheet, known.row) == (
        *("key_result", DAY, DAY, "Q4/2025", DAY, "OKR", 7),
    )
    assert past.headers == {("okr", "target"): "Chỉ tiêu"}
    assert past.nights == (DAY,)
    assert history.past(1, DAY).items == {}


def test_expected_alone_makes_no_observation_and_any_other_number_does(history: History) -> None:
    """Shows that the pace, which moves by itself, is no news, while a status that changed is."""
    history.commit(run(), Snapshot(DAY, (seen(expected=0.1, status="on_track"),)))
    quiet = history.commit(run(NEXT), Snapshot(NEXT, (seen(day=NEXT, expected=0.2, status="on_track"),)))
    news = history.commit(run(NEXT), Snapshot(NEXT, (seen(day=NEXT, expected=0.2, status="at_risk"),)))
    assert (quiet.observations, news.observations) == (0, 1)


def test_a_row_that_went_and_came_back_is_known_to_have_been_away(history: History) -> None:
    """Shows that a vanished row ends its item, which resumes under the same key when the row is back."""
    days = [DAY + timedelta(days=number) for number in range(4)]
    for day, values in zip(days, ({"A": 1, "B": 1}, {"A": 1}, {"A": 1}, {"A": 1, "B": 1}), strict=True):
        history.commit(run(day), snapshot(values, day))
    assert [one.key for one in history.as_of(days[2])] == ["A"]
    away = history.past(1, days[3]).items
    assert (away["A"].last, away["B"].last) == (days[2], days[0])
    back = history.past(1, days[3] + timedelta(days=1)).items["B"]
    assert (back.first, back.last) == (days[0], days[3])


def test_an_edited_title_keeps_its_history_under_the_new_key(history: History) -> None:
    """Shows that an item goes on under its new key, also where two rows change keys with each other."""
    history.commit(run(), snapshot({"A": 1, "B": 2}))
    items = (seen("B", 1, day=NEXT, former="A"), seen("A", 2, day=NEXT, former="B"))
    assert history.commit(run(NEXT), Snapshot(NEXT, items)).observations == 0
    past = history.past(1, NEXT + timedelta(days=1))
    assert [past.items[key].observations[0].value for key in ("B", "A")] == [1, 2]


def test_an_earlier_day_changes_no_key_of_today(history: History) -> None:
    """Shows that a run with a clock that went back finds items by their keys of then, and leaves those of today."""
    history.commit(run(NEXT), snapshot({"new": 1}, NEXT))
    old = (seen("old", 5, former="new"),)
    history.commit(run(DAY), Snapshot(DAY, old))
    assert [(one.key, one.observation.value) for one in history.as_of(DAY)] == [("new", 5)]
    assert [(one.key, one.observation.value) for one in history.as_of(NEXT)] == [("new", 1)]


def test_an_id_that_now_names_another_thing_begins_anew(history: History) -> None:
    """Shows that the old thing ends, the new one has no past of another's, and both answer for their own days."""
    history.commit(run(), snapshot({"KR-1": 5}))
    history.commit(run(NEXT), Snapshot(NEXT, (seen("KR-1", 5, day=NEXT, title="Other", reused=True),)))
    known = history.past(1, NEXT + timedelta(days=1)).items["KR-1"]
    assert (known.first, len(known.observations)) == (NEXT, 1)
    assert [len(history.as_of(day)) for day in (DAY, NEXT)] == [1, 1]


VALUES: tuple[CellValue, ...] = (
    *(1, 2.5, True, False, "text", "", DAY, datetime(2025, 10, 1, 8, 30), time(8, 30), timedelta(hours=30)),
    *(2**70, 1 - 2**63),
)


def test_what_was_written_comes_back_with_its_type_until_it_is_emptied(history: History) -> None:
    """Shows that every kind of cell value is kept as it was, and that None forgets a cell."""
    written = {("KR-1", f"c{number}"): value for number, value in enumerate(VALUES)}
    history.commit(run(), snapshot({"KR-1": 1}, written=written))
    kept = history.past(1, NEXT).written
    assert {place: (type(value), value) for place, value in kept.items()} == {
        place: (float if value == 2**70 else type(value), value) for place, value in written.items()
    }
    history.commit(run(), snapshot({"KR-1": 1}, written={("KR-1", "c0"): None}))
    assert ("KR-1", "c0") not in history.past(1, NEXT).written


CHANGES = Changes(
    columns=(ColumnAddition(CellRef("OKR", 3, 9), "Tiến độ", "okr", "progress", "percent", 10, 20),),
    cells=(CellUpdate("OKR", 4, 9, None, 0.5, "percent"), CellUpdate("OKR", 5, 9, "typed", DAY, "date")),
    sheets=(SheetAddition("Điểm", "card", (), 3),),
)


def test_an_intent_stays_until_its_run_is_committed(history: History) -> None:
    """Shows that a killed run leaves what it was about to write, and that only a commit with a snapshot closes it."""
    known = history.intend(run(), CHANGES, "rev-1", {"put back": ["=A1"]})
    (intent,) = history.intents(known.workbook)
    assert intent.cells == CHANGES.cells
    assert intent.columns == (("okr", "progress", CellRef("OKR", 3, 9)),)
    assert (intent.sheets, intent.revision, intent.kept) == (("Điểm",), "rev-1", {"put back": ["=A1"]})
    history.commit(known, None, outcome="failed")
    assert len(history.intents(known.workbook)) == 1
    history.commit(known, snapshot({"KR-1": 1}))
    assert history.intents(known.workbook) == ()


def test_runs_are_logged_with_how_they_were_made(history: History) -> None:
    """Shows that a refused run is logged without a night, a complete one with profile, version and cells."""
    history.commit(run(), None, outcome="refused")
    history.commit(run(NEXT), snapshot({"KR-1": 1}, NEXT), revision="abc", cells=7)
    done, refused = history.runs()
    assert (refused.outcome, refused.observed, refused.cells) == ("refused", False, None)
    assert (done.outcome, done.observed, done.cells, done.profile, done.version) == (
        *("complete", True, 7, "default@1", "1.0"),
    )
    assert history.past(1, NEXT + timedelta(days=1)).nights == (NEXT,)


def test_a_mail_is_queued_once_and_only_with_its_run(history: History) -> None:
    """Shows that what is known is not queued again, nor after a move of the workbook, nor without its commit."""
    at = datetime(2025, 10, 1, 7, tzinfo=UTC)
    mail = Mail("book/week/an@x.vn/W40", "week", "An@x.vn", "An", "vi", "W40", b"{}\xff", "h", at)
    history.commit(run(), snapshot({"KR-1": 1}), mails=(mail, mail))
    history.commit(run(), snapshot({"KR-1": 1}), mails=(mail._replace(content=b"other"),))
    moved = mail._replace(key="moved/week/an@x.vn/W40", recipient="an@x.vn")
    history.commit(run(), snapshot({"KR-1": 1}), mails=(moved,))
    broken = mail._replace(key="other", period=None)  # type: ignore[arg-type]
    with pytest.raises(SheetsyncError):
        history.commit(run(NEXT), snapshot({"KR-1": 9}, NEXT), mails=(broken,))
    (waiting,) = history.outbox.waiting(at)
    assert [(part.key, part.recipient, part.content) for part in history.outbox.parts(waiting.parts)] == [
        (mail.key, "an@x.vn", mail.content)
    ]
    assert history.as_of(NEXT)[0].observation.value == 1


def test_one_that_fails_leaves_the_others_of_its_transaction(history: History) -> None:
    """Shows that among commits made together a failing one undoes itself alone."""
    with history.together():
        history.commit(run(), snapshot({"KR-1": 1}))
        with pytest.raises(ValueError, match="not in tuple"):
            history.commit(run(place="gs:other"), snapshot({"KR-2": 1}), outcome="no such outcome")
        history.commit(run(place="gs:third"), snapshot({"KR-3": 1}))
    assert {one.key for one in history.as_of(DAY)} == {"KR-1", "KR-3"}


def test_statements_keep_what_an_earlier_night_said(history: History) -> None:
    """Shows that a statement holds until the next one, also where an earlier day is corrected afterwards."""
    days = [DAY + timedelta(days=number) for number in range(4)]
    for day, title in zip((days[0], days[2], days[3], days[1]), ("a", "a", "b", "late"), strict=True):
        history.commit(run(day), Snapshot(day, (seen(title=title, day=day),)))
    told = [history.as_of(day, concepts=("title",))[0].says["title"] for day in days]
    assert told == ["a", "late", "a", "b"]


def test_an_import_never_changes_what_was_seen_live(history: History) -> None:
    """Shows that imported days fill gaps alone, end at the next live night, and are marked with their source."""
    live = DAY + timedelta(days=10)
    history.commit(run(live), snapshot({"KR-1": 10}, live))
    for day, value in ((DAY, 1), (live, 99), (NEXT, 2), (NEXT, 2)):
        part = snapshot({"KR-1": value}, day, whole=False)
        history.commit(run(day, source="check-ins"), part, outcome="imported")
    values = [entry.observation.value for entry in history.series(1, "KR-1") if entry.observation]
    assert values == [1, 2, 10]
    assert [entry.source for entry in history.series(1, "KR-1") if entry.observation] == ["check-ins", "check-ins", ""]
    assert history.past(1, live + timedelta(days=1)).nights == (live,)


def test_half_characters_and_numbers_that_are_none_are_stored_as_they_can_be(history: History) -> None:
    """Shows that neither a lone surrogate nor a number that is not finite stops a run."""
    item = seen("KR-\ud800", float("nan"), target=float("inf"), progress=1e300, blocker="\udfff", title="\ud834 x")
    history.commit(run(), Snapshot(DAY, (item,)))
    (one,) = history.as_of(DAY, concepts=("title",))
    assert (one.observation.value, one.observation.target, one.observation.progress) == (None, None, 1e300)
    assert one.says["title"] == "? x"


def test_the_file_is_for_its_owner_alone(history: History) -> None:
    """Shows that nobody else may read the file, nor what SQLite puts beside it."""
    history.commit(run(), snapshot({"KR-1": 1}))
    for path in history.path.parent.glob("history.sqlite3*"):
        assert path.stat().st_mode & 0o077 == 0, path
    assert os.access(history.path, os.R_OK)


def test_a_workbook_of_another_place_is_another_workbook(history: History) -> None:
    """Shows that two workbooks with the same ids never mix."""
    history.commit(run(), snapshot({"KR-1": 1}))
    history.commit(run(place="gs:abc"), snapshot({"KR-1": 2}))
    assert [one.observation.value for one in sorted(history.as_of(DAY))] == [1, 2]
    assert history.workbooks() == [(1, PLACE, "OKR"), (2, "gs:abc", "OKR")]
    assert history.runs(2)[0].recorded > datetime(2025, 10, 1, tzinfo=UTC)
