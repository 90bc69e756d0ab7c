"""Drive's files: what is there, where it lies, when it changed, and the spreadsheets among it."""

from __future__ import annotations

import base64
import copy
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.sheets_server.access import file_not_found
from tests.sheets_server.drive_query import compiled, invalid_value
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tokens import EMAIL

SHEET = "application/vnd.google-apps.spreadsheet"
FOLDER = "application/vnd.google-apps.folder"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What Drive tells of a file when nobody says which fields.
USUAL = "kind,id,name,mimeType"
ORDERS = {"name", "createdTime", "modifiedTime", "folder"}


@dataclass
class File:
    """One file of Drive; `drive` is the shared drive it lies in, if it does."""

    id: str
    name: str
    mime: str = SHEET
    parents: list[str] = field(default_factory=list)
    created: float = 0.0
    modified: float = 0.0
    trashed: bool = False
    drive: str | None = None
    version: int = 1
    permissions: list[dict[str, Any]] = field(default_factory=list)
    by_us: bool = False

    def resource(self) -> dict[str, Any]:
        """Give the file in Drive's form, with every field that is served."""
        user = {"kind": "drive#user", "displayName": EMAIL, "me": self.by_us, "emailAddress": EMAIL}
        found: dict[str, Any] = {
            "kind": "drive#file",
            "id": self.id,
            "name": self.name,
            "mimeType": self.mime,
            "parents": list(self.parents),
            "trashed": self.trashed,
            "createdTime": rfc3339(self.created),
            "modifiedTime": rfc3339(self.modified),
            "version": str(self.version),
            "lastModifyingUser": user,
            "permissions": copy.deepcopy(self.permissions),
            "webViewLink": f"https://docs.google.com/spreadsheets/d/{self.id}/edit?usp=drivesdk",
            "capabilities": {"canEdit": True, "canCopy": True},
        }
        return found | ({"driveId": self.drive} if self.drive else {"owners": [user]})


def rfc3339(seconds: float) -> str:
    """Give a time as Drive writes it: UTC, to the thousandth."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def new_id() -> str:
    """Give an id as Google gives them: 44 characters, the first a 1."""
    return "1" + secrets.token_urlsafe(33)[:43]


class Drive:
    """Every file by its id; `clock` gives the seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.files: dict[str, File] = {}
        self.spreadsheets: dict[str, Spreadsheet] = {}
        self.page_limit = 1000

    def add(self, spreadsheet: Spreadsheet, *, folder: str = "root", drive: str | None = None) -> File:
        """Put a spreadsheet into a folder, of a shared drive if one is named."""
        self.spreadsheets[spreadsheet.id] = spreadsheet
        return self.put(File(spreadsheet.id, spreadsheet.title, parents=[folder], drive=drive))

    def put(self, file: File) -> File:
        """Put any other file into Drive, made now."""
        file.created = file.modified = self.clock()
        self.files[file.id] = file
        return file

    def create(self, body: dict[str, Any]) -> File:
        """Make the file that the body of files.create asks for."""
        name, mime = body.get("name", "Untitled"), body.get("mimeType", SHEET)
        parents = body.get("parents") or ["root"]
        drive = self._drive_of(parents)
        if mime == SHEET:
            made = self.add(Spreadsheet(new_id(), title=name), folder=parents[0], drive=drive)
        else:
            made = self.put(File(new_id(), name, mime, list(parents), drive=drive))
        made.by_us = True
        return made

    def copy(self, file_id: str, body: dict[str, Any]) -> File:
        """Copy a file, with what stands in its spreadsheet."""
        source = self.get(file_id)
        name = body.get("name", f"Copy of {source.name}")
        parents = body.get("parents") or list(source.parents)
        if source.mime != SHEET:
            return self.put(File(new_id(), name, source.mime, list(parents), drive=self._drive_of(parents)))
        twin = Spreadsheet(new_id(), title=name, now=self.spreadsheets[file_id].now)
        book = self.spreadsheets[file_id].book.copy()
        book.id, book.properties["title"] = twin.id, name
        twin.book = book
        return self.add(twin, folder=parents[0], drive=self._drive_of(parents))

    def get(self, file_id: str) -> File:
        """Give a file, with the name that its spreadsheet has now; Drive's 404 where it is not."""
        found = self.files.get(file_id)
        if found is None:
            raise file_not_found(file_id)
        if file_id in self.spreadsheets:
            found.name = self.spreadsheets[file_id].title
        return found

    def rename(self, file_id: str, name: str) -> None:
        """Give a file, and the spreadsheet that it may be, another name."""
        self.get(file_id).name = name
        if file_id in self.spreadsheets:
            title = {"properties": {"title": name}, "fields": "title"}
            self.spreadsheets[file_id].batch_update({"requests": [{"updateSpreadsheetProperties": title}]})

    def delete(self, file_id: str) -> None:
        """Delete a file for good, with what lies below it."""
        self.get(file_id)
        for one in [one.id for one in self.files.values() if file_id in one.parents]:
            self.delete(one)
        del self.files[file_id]
        self.spreadsheets.pop(file_id, None)

    def touch(self, file_id: str) -> None:
        """Note that a file changed now."""
        if file := self.files.get(file_id):
            file.modified = self.clock()
            file.version += 1
            file.by_us = True

    def page(self, params: dict[str, Any], hidden: set[str]) -> dict[str, Any]:
        """Give one page of files.list, without the files that are hidden from the asker."""
        test = compiled(params["q"]) if params.get("q") else lambda _: True
        shared = params.get("includeItemsFromAllDrives") and params.get("supportsAllDrives")
        wanted = [self.get(one).resource() for one in self.files if one not in hidden]
        seen = [one for one in wanted if test(one) and (shared or "driveId" not in one) and _in_corpus(one, params)]
        start, size = _offset(params.get("pageToken")), min(params.get("pageSize", 100), self.page_limit)
        page: dict[str, Any] = {"kind": "drive#fileList", "incompleteSearch": False}
        if start + size < len(seen):
            page["nextPageToken"] = base64.urlsafe_b64encode(f"~!!~{start + size}".encode()).decode()
        page["files"] = _ordered(seen, params.get("orderBy"))[start : start + size]
        return page

    def _drive_of(self, parents: list[str]) -> str | None:
        return next(_present(self.files[one].drive if one in self.files else None for one in parents), None)


def _present(found: Iterator[str | None]) -> Iterator[str]:
    return (one for one in found if one)


def _in_corpus(one: dict[str, Any], params: dict[str, Any]) -> bool:
    return params.get("corpora") != "drive" or one.get("driveId") == params.get("driveId")


def _offset(token: str | None) -> int:
    if not token:
        return 0
    try:
        return int(base64.urlsafe_b64decode(token).decode().removeprefix("~!!~"))
    except ValueError as error:
        raise invalid_value("pageToken") from error


def _ordered(files: list[dict[str, Any]], order: str | None) -> list[dict[str, Any]]:
    """Sort as `orderBy` says; Drive's own order is the newest first."""
    found = list(files)
    for key in reversed((order or "modifiedTime desc").split(",")):
        name, _, direction = key.strip().partition(" ")
        if name not in ORDERS:
            raise invalid_value("orderBy")
        found.sort(key=lambda one: _sort_key(one, name), reverse=direction == "desc")
    return found


def _sort_key(one: dict[str, Any], name: str) -> Any:
    return one["mimeType"] != FOLDER if name == "folder" else one[name]
