"""Faults of a write: looked at, tried again only where nothing was made, and never forgotten."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from sheetsync.backends.google.backend import TRIES
from sheetsync.backends.google.refusals import Ambiguous, Throttled
from sheetsync.errors import AccessDenied, WorkbookChanged, WriteRefused
from tests.backends.google.desk import Desk, applied, night
from tests.sheets_server import faults
from tests.sheets_server.server import SheetsServer


@pytest.fixture
def desk(sheets_server: SheetsServer, tmp_path: Path) -> Generator[Desk]:
    """Give the spreadsheet at the stand-in."""
    made = Desk(sheets_server, tmp_path)
    yield made
    made.connecting.close()


@pytest.mark.parametrize("applied_all_the_same", [True, False])
@pytest.mark.parametrize("kind", ["status", "reset", "truncated", "html"])
def test_an_unsure_write_is_looked_at(desk: Desk, kind: str, applied_all_the_same: bool) -> None:
    """Shows that a write whose answer got lost is sent again only where looking shows that it was not made."""
    fault = {
        "status": faults.status(503, applied=applied_all_the_same),
        "reset": faults.reset(applied=applied_all_the_same),
        "truncated": faults.truncated(applied=applied_all_the_same),
        "html": faults.html(applied=applied_all_the_same),
    }[kind]
    desk.server.fail(fault, on="batchUpdate")
    assert applied(desk, night()) == ()
    assert desk.column("F", 3) == [0.51, 0.52, 0.53, 0.54]
    assert (desk.server.reads, desk.server.writes) == (2, 1 if applied_all_the_same else 2)
    assert not desk.journal.exists()


def test_a_throttled_write_waits_as_long_as_google_says(desk: Desk) -> None:
    """Shows that a 429 is waited for, looked after, and tried again."""
    desk.server.fail(faults.throttled("write", retry_after=17), on="batchUpdate")
    assert applied(desk, night()) == ()
    assert desk.connecting.waits == [pytest.approx(17, abs=3)]
    assert desk.column("F", 3) == [0.51, 0.52, 0.53, 0.54]


def test_a_write_that_was_never_made_leaves_no_journal(desk: Desk) -> None:
    """Shows that where Google certainly took nothing, the next run has nothing to look for."""
    desk.server.fail(faults.throttled("write"), on="batchUpdate", times=TRIES)
    with pytest.raises(Throttled):
        applied(desk, night())
    assert desk.server.writes == TRIES
    assert not desk.journal.exists()


def test_a_write_that_may_have_been_made_leaves_a_journal(desk: Desk) -> None:
    """Shows that where nobody knows to the last, the next run looks; and that one unsure attempt is enough for that."""
    desk.server.fail(
        *[faults.throttled("write")] * 2, faults.status(500), *[faults.throttled("write")] * 2, on="batchUpdate"
    )
    with pytest.raises(Throttled):
        applied(desk, night())
    assert desk.journal.exists()
    desk.server.fail(faults.status(500), on="batchUpdate", times=TRIES)
    with pytest.raises(Ambiguous):
        applied(desk, night())
    assert desk.journal.exists()
    assert desk.backend().read().disturbed == ()
    assert not desk.journal.exists()
    assert desk.column("F", 3) == [0.01, 0.02, 0.03, 0.04]


def test_an_edit_between_two_attempts_ends_the_run(desk: Desk) -> None:
    """Shows that a write is never sent again to a spreadsheet which somebody has changed since it was read."""
    desk.server.fail(faults.throttled("write"), on="batchUpdate")
    desk.before_write(lambda: desk.sheet.type("OKR", "C3", "Bảo"))
    with pytest.raises(WorkbookChanged):
        applied(desk, night())
    assert desk.server.writes == 1
    assert not desk.journal.exists()


def test_a_refused_write_tells_why(desk: Desk) -> None:
    """Shows that what Google refuses comes through as it is, with nothing written and no journal."""
    desk.server.fail(faults.forbidden("not_shared"), on="batchUpdate")
    with pytest.raises(AccessDenied) as caught:
        applied(desk, night())
    assert caught.value.key == "google.view_only"
    assert not desk.journal.exists()
    backend = desk.backend()
    revision = backend.read().revision
    desk.sheet.protect("OKR", "F1:F9", editors=["somebody@example.com"])
    with pytest.raises(WriteRefused) as refused:
        backend.apply(night(), revision)
    assert refused.value.key == "google.protected"
    assert not desk.journal.exists()
    assert desk.column("F", 3) == [0.01, 0.02, 0.03, 0.04]


def test_a_refused_repair_is_left_to_the_next_run(desk: Desk) -> None:
    """Shows that a repair which Google refuses is not forgotten: the next run puts the users' cells back."""
    desk.before_write(lambda: desk.sheet.insert_columns("OKR", 5))
    desk.server.fail(faults.throttled("write"), on="batchUpdate", at=3, times=TRIES)
    with pytest.raises(Throttled) as caught:
        applied(desk, night())
    assert len(caught.value.disturbed) == 4
    assert desk.column("F", 3) == [0.51, 0.52, 0.53, 0.54]
    assert len(desk.backend().read().disturbed) == 4
    assert desk.column("F", 3) == [10, 20, 30, 40]
    assert not desk.journal.exists()


def test_an_answer_without_the_spreadsheet_is_no_answer(desk: Desk) -> None:
    """Shows that a success which does not say what stands there now is looked at, as any unsure write."""
    backend = desk.backend()
    revision = backend.read().revision
    client = desk.connecting.open[-1]
    send = client.batch_update_raw
    answers: list[dict[str, object]] = [{}]

    def bare(*args: object, **kwargs: object) -> object:
        made = send(*args, **kwargs)  # type: ignore[arg-type]
        return answers.pop() if answers else made

    client.batch_update_raw = bare  # type: ignore[assignment,method-assign]
    assert backend.apply(night(), revision).cells == 8
    assert (desk.server.reads, desk.server.writes) == (2, 1)


def test_a_full_disk_stops_the_write_before_it_is_sent(desk: Desk) -> None:
    """Shows that nothing is written where the state before it cannot be stored."""
    desk.journal.parent.write_text("a file where the folder should be")
    with pytest.raises(AccessDenied) as caught:
        applied(desk, night())
    assert caught.value.key == "state_folder"
    assert desk.server.writes == 0
