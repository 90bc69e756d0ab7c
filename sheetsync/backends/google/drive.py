"""The spreadsheets of a Drive folder, by Drive's own list: not those in the trash, but those of shared drives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheetsync.backends.google.address import folder_link
from sheetsync.errors import TemporaryFailure
from sheetsync.record import NamedTuple

if TYPE_CHECKING:
    from sheetsync.backends.google.http import SheetsClient

_FILES = "https://www.googleapis.com/drive/v3/files"
_SPREADSHEET = "application/vnd.google-apps.spreadsheet"
_FIELDS = "nextPageToken,incompleteSearch,files(id,name,modifiedTime)"
_PAGE = 1000
_MOST_PAGES = 100


class Listed(NamedTuple):
    """A spreadsheet in a folder; ``modified`` is Drive's time of the last change (RFC 3339), minutes late at times."""

    id: str
    title: str
    modified: str


def spreadsheets_in(folder: str, client: SheetsClient) -> list[Listed]:
    """List the spreadsheets that lie in a folder itself, by title; needs the scope ``drive.metadata.readonly``.

    Raises AccessDenied where there is no such folder or it is not shared, TemporaryFailure where Drive could not
    search everywhere: a list with gaps would pass for a whole one.
    """
    found: dict[str, Listed] = {}
    token = ""
    for _ in range(_MOST_PAGES):
        page = _page(folder, client, token)
        found |= {
            one["id"]: Listed(one["id"], one.get("name", ""), one.get("modifiedTime", "")) for one in _files(page)
        }
        token = page.get("nextPageToken", "")
        if not token:
            return sorted(found.values(), key=lambda one: (one.title.casefold(), one.id))
    raise TemporaryFailure("google.folder_incomplete", link=folder_link(folder))


def _page(folder: str, client: SheetsClient, token: str) -> dict[str, Any]:
    params: dict[str, Any] = {
        "q": f"'{_quoted(folder)}' in parents and mimeType = '{_SPREADSHEET}' and trashed = false",
        "fields": _FIELDS,
        "pageSize": _PAGE,
        "orderBy": "name",
        "supportsAllDrives": "true",
        "includeItemsFromAllDrives": "true",
        "prettyPrint": "false",
    }
    if token:
        params["pageToken"] = token
    page = client.get_json(_FILES, params, folder_link(folder))
    if page.get("incompleteSearch"):
        raise TemporaryFailure("google.folder_incomplete", link=folder_link(folder))
    return page


def _files(page: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in page.get("files", ()) if one.get("id")]


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
