"""The Google Sheets backend: one request to read a spreadsheet, one to write it and see what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetsync.backends.google.address import sheet_link
from sheetsync.backends.google.batch import cell_requests, chunks, mark_request, renamed, structure_requests
from sheetsync.backends.google.intent import Intent, intent_of
from sheetsync.backends.google.journal import Journal
from sheetsync.backends.google.reader import (
    FIELDS,
    THOROUGH_FIELDS,
    Reading,
    afterwards,
    reading_of,
)
from sheetsync.backends.google.refusals import Ambiguous, Throttled
from sheetsync.backends.google.selection import Selection
from sheetsync.backends.google.settle import Anchors, Hit, Put, as_meant, by_sheet, settle
from sheetsync.backends.google.snapshot import Snapshot, snapshot_of
from sheetsync.backends.google.values import FORMULA, Entered
from sheetsync.errors import ReadRefused, SheetsyncError, VerifyFailed, WorkbookChanged, WriteRefused
from sheetsync.workbook import CellRef, CellValue, Changes, Disturbance, Receipt, Workbook

if TYPE_CHECKING:
    from sheetsync.backends.google.http import SheetsClient

REPAIRS = 3
"""How often a write is put right at most, when rows or columns move again and again."""

TRIES = 5
"""How often a write is tried at most that Google did not take."""

NAMES = 9
"""How many names are tried for the mark of a new column, where those of columns deleted before stay taken."""

PAYLOAD = 1_900_000
"""Bytes of the cells of one request; Google recommends at most 2 MB, and new columns need some of that."""

LARGEST = 8_000_000
"""Bytes of one request of a write that would take many; Google names no limit, but ends a request after 180 s."""


class GoogleBackend:
    """One spreadsheet.

    ``connect`` opens a client, with its deadline; ``journal`` is the file in which a write is stored before it is made,
    and which only a backend that writes needs. ``worksheets`` limits what is read; a ``thorough`` reading asks in the
    same request for dropdown lists too, and for what is hidden. Raises the SheetsyncErrors whose keys begin with
    ``google.``; an error carries in ``disturbed`` the cells of the user's that a write had hit.
    """

    def __init__(
        self,
        spreadsheet_id: str,
        connect: Callable[[], SheetsClient],
        *,
        journal: Path | None = None,
        worksheets: Sequence[str] = (),
        thorough: bool = False,
    ) -> None:
        """Take the id and how to reach Google; nothing is asked yet."""
        self.id = spreadsheet_id
        self.link = sheet_link(spreadsheet_id)
        self._connect = connect
        self._selection = Selection(worksheets)
        self._thorough = thorough
        self._journal = Journal(journal) if journal is not None else None
        self._open: SheetsClient | None = None
        self._reading: Reading | None = None
        self._disturbed: list[Disturbance] = []

    def read(self) -> Workbook:
        """Read the spreadsheet in one request; first put right what a run left behind that died while writing."""
        with self._telling_disturbed():
            self._reading = self._read()
            if self._recovered(self._reading):
                self._reading = self._read()
            disturbed, self._disturbed = tuple(self._disturbed), []
            return self._reading.workbook._replace(disturbed=disturbed)

    def apply(self, changes: Changes, revision: str) -> Receipt:
        """Write the changes in one request that gives back what stands there afterwards, and put right what is wrong.

        Raises WorkbookChanged where the spreadsheet (or a cell) is not what was read, WriteRefused where a change is
        not safe, VerifyFailed where rows kept moving away, AccessDenied and TemporaryFailure as Google tells.
        """
        if changes.empty:
            return Receipt(0, 0, revision)
        with self._telling_disturbed():
            reading = self._reading or self._read()
            self._reading = None
            if reading.workbook.revision != revision:
                raise WorkbookChanged("google.changed", link=self.link)
            intent = intent_of(reading, changes)
            if intent is None:
                self._reading = reading
                return Receipt(0, 0, revision)
            if intent.sheets:
                self._selection.take_own()
            found = self._written(reading.snapshot, intent)
            disturbed, self._disturbed = tuple(self._disturbed), []
            columns, sheets = len(changes.columns), len(changes.sheets)
            return Receipt(
                intent.cells, columns, found.revision, disturbed=disturbed, sheets=sheets, notes=intent.notes
            )

    def rehearse(self, changes: Changes, revision: str) -> None:
        """Refuse (WriteRefused) what the reading shows that cannot be written; Google is asked nothing for it.

        What only Google can tell, such as a spreadsheet that is full, is told by the write alone.
        """
        reading = self._reading
        if reading is not None and reading.workbook.revision == revision and not changes.empty:
            intent_of(reading, changes)

    def close(self) -> None:
        """Close the connections; a later read opens new ones."""
        if self._open is not None:
            self._open.close()
            self._open = None

    @property
    def _client(self) -> SheetsClient:
        if self._open is None:
            self._open = self._connect()
        return self._open

    def _read(self) -> Reading:
        fields = THOROUGH_FIELDS if self._thorough else FIELDS
        answer = self._client.get_spreadsheet(self.id, fields=fields, ranges=self._selection.ranges)
        if self._selection.misses_own(answer):
            answer = self._client.get_spreadsheet(self.id, fields=fields)
        return reading_of(self._selection.kept(answer), thorough=self._thorough)

    @contextmanager
    def _telling_disturbed(self) -> Iterator[None]:
        """Let no error hide that cells of the user's were hit before it."""
        try:
            yield
        except SheetsyncError as error:
            error.disturbed, self._disturbed = tuple(self._disturbed), []
            raise

    def _written(self, untouched: Snapshot, intent: Intent) -> Snapshot:
        """Write everything, in as few requests as the size allows, and give what stands there in the end."""
        before, structure, fresh, whole = intent.before, structure_requests(intent), intent.fresh, True
        for chunk in chunks(intent.puts, PAYLOAD, LARGEST):
            if not whole:  # the rest was meant for other places, and what was written is proven
                self._end()
                raise WorkbookChanged("google.changed", link=self.link)
            self._store(before, chunk, intent.anchors)
            found = self._sent(untouched, before, chunk, structure)
            before, whole = self._settled(before, chunk, found, intent.anchors, fresh, fresh)
            untouched, structure, fresh = before, [], frozenset()
        self._end()
        return before

    def _settled(
        self,
        before: Snapshot,
        puts: Sequence[Put],
        found: Snapshot,
        anchors: Anchors,
        fresh: frozenset[str],
        inserted: frozenset[str] = frozenset(),
    ) -> tuple[Snapshot, bool]:
        """Put right what landed elsewhere, until nothing is left to do; say too whether nothing had moved at all."""
        quiet, lost = True, False
        for repair in range(REPAIRS + 1):
            left = settle(before, puts, found, anchors, fresh, inserted)
            quiet, lost = quiet and left.quiet, lost or bool(left.astray)
            self._note(found, left.hits)
            if not left.fixes and not left.marks:
                if lost:  # what was hit stands as it did; what has no row any more is for another plan
                    self._end()
                    raise WorkbookChanged("google.changed", link=self.link)
                return found, quiet
            if repair == REPAIRS:
                break
            moved, before = _with_marks(found, left.marks)
            fresh, inserted = frozenset(name for name, _ in left.marks), frozenset()
            puts, anchors = left.fixes, left.anchors
            self._store(before, puts, anchors)
            found = self._sent(found, before, puts, moved)
        raise VerifyFailed("google.unsettled", link=self.link, count=len(left.fixes), cells=_cells(found, left.fixes))

    def _sent(
        self, untouched: Snapshot, before: Snapshot, puts: Sequence[Put], structure: list[dict[str, Any]]
    ) -> Snapshot:
        """Send one write. Where nobody knows what came of it, look, and send it again only if nothing did."""
        cells, tries, names, unsure = cell_requests(puts), 0, 1, False
        try:
            while True:
                tries += 1
                try:
                    return self._sent_once([*renamed(structure, names), *cells], before=before)
                except (Ambiguous, Throttled) as trouble:
                    unsure = unsure or isinstance(trouble, Ambiguous)
                    self._wait(trouble, tries)
                    found = self._looked(before=before)
                except (ReadRefused, WriteRefused) as refusal:
                    found = self._looked(before=before)  # a worksheet that was named may have gone since
                    if refusal.key == "google.name_taken" and names < NAMES:
                        names, tries = names + 1, tries - 1
                    elif found.revision == untouched.revision:
                        raise
                if all(as_meant(before, own, found, sheet) for sheet, own in by_sheet(puts).items()):
                    return found
                if found.revision != untouched.revision:  # the next reading puts right what may have been hit
                    raise WorkbookChanged("google.changed", link=self.link)
        except SheetsyncError:
            if not unsure and self._journal is not None:
                self._journal.take_back()  # it was certainly not made
            raise

    def _wait(self, trouble: Ambiguous | Throttled, tries: int) -> None:
        if tries == TRIES:
            raise trouble
        self._client.sleep(trouble.wait if isinstance(trouble, Throttled) else 2.0**tries / 2)

    def _sent_once(self, requests: list[dict[str, Any]], *, before: Snapshot) -> Snapshot:
        body: dict[str, Any] = {
            "requests": requests,
            "includeSpreadsheetInResponse": True,
            "responseIncludeGridData": True,
        }
        if self._selection.ranges:
            body["responseRanges"] = list(self._selection.ranges)
        forms, notes = before.tells_forms, before.tells_notes
        mask = afterwards(forms=forms, notes=notes)
        answer = self._client.batch_update_raw(self.id, body, fields=f"updatedSpreadsheet({mask})")
        if "updatedSpreadsheet" not in answer:
            raise Ambiguous("google.unsure", link=self.link, cause="updatedSpreadsheet")
        return snapshot_of(self._selection.kept(answer["updatedSpreadsheet"]), forms=forms, notes=notes)

    def _looked(self, *, before: Snapshot) -> Snapshot:
        forms, notes = before.tells_forms, before.tells_notes
        mask = afterwards(forms=forms, notes=notes)
        answer = self._client.get_spreadsheet(self.id, fields=mask, ranges=self._selection.ranges)
        return snapshot_of(self._selection.kept(answer), forms=forms, notes=notes)

    def _store(self, before: Snapshot, puts: Sequence[Put], anchors: Anchors) -> None:
        if self._journal is not None:
            self._journal.add(before, puts, anchors)

    def _end(self) -> None:
        if self._journal is not None:
            self._journal.end()

    def _recovered(self, reading: Reading) -> bool:
        """Put right what a write left behind that could not look; say whether there was anything."""
        pending = self._journal.pending() if self._journal is not None else []
        if not pending:
            return False
        from sheetsync.backends.google.recovery import recovered

        found = reading.with_notes() if any(entry.before.tells_notes for entry in pending) else reading.snapshot
        left = recovered(pending, found)
        self._note(found, left.hits)
        if left.fixes or left.marks:
            moved, before = _with_marks(found, left.marks)
            self._store(before, left.fixes, {})
            fresh = frozenset(name for name, _ in left.marks)
            self._settled(before, left.fixes, self._sent(found, before, left.fixes, moved), {}, fresh)
        self._end()
        return bool(left.fixes or left.marks)

    def _note(self, found: Snapshot, hits: Sequence[Hit]) -> None:
        for hit in hits:
            place = CellRef(found.grids[hit.sheet].title, hit.row, hit.column)
            self._disturbed.append(Disturbance(place, _told(hit.restored), hit.certain))


def _with_marks(found: Snapshot, marks: Sequence[tuple[str, int]]) -> tuple[list[dict[str, Any]], Snapshot]:
    """Give the requests that move marks of ours to other rows, and the snapshot with them there, as marks just made."""
    moved = {name: found.marks[name]._replace(id="", row=row) for name, row in marks}
    requests = [mark_request(found.marks[name], row) for name, row in marks]
    return requests, found._replace(marks={**found.marks, **moved})


def _told(value: Entered) -> CellValue:
    """Give what was entered as a person would read it: a formula as its text."""
    if isinstance(value, tuple):
        return str(value[1]) if value[0] == FORMULA else bool(value[1])
    return value


def _cells(found: Snapshot, puts: Sequence[Put]) -> str:
    """Name some cells for a message."""
    return ", ".join(str(CellRef(found.grids[put.sheet].title, put.row, put.column)) for put in puts[:5])
