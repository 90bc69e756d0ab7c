"""The one operation of Drive's old version that is still used: to put a CSV file over a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from tests.sheets_server.access import drive_refusal
from tests.sheets_server.drive import SHEET, Drive, File, rfc3339
from tests.sheets_server.drive_routes import EXPORTS, first_title
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tokens import EMAIL

Json = dict[str, Any]
UPLOAD = re.compile(r"/upload/drive/v2/files/([\w-]+)")
ROOT = "0AFakeRootFolderPVA"
LINK = "https://www.googleapis.com/drive/v2/files"
SHEETS = "https://docs.google.com/spreadsheets"
ZONE = "America/Los_Angeles"
LABELS = {"viewed": True, "restricted": False, "starred": False, "hidden": False, "trashed": False}


def upload(drive: Drive, file_id: str, text: str) -> Json:
    """Put CSV over the first sheet, and give the file in the form of the old version."""
    file = drive.get(file_id)
    spreadsheet = drive.spreadsheets.get(file_id)
    if spreadsheet is None:
        raise drive_refusal(400, "badRequest", "The requested conversion is not supported.")
    _replace_sheets(spreadsheet, file.name)
    rows = list(csv.reader(io.StringIO(text)))
    spreadsheet.values_update(f"{first_title(spreadsheet)}!A1", {"values": rows}, {"valueInputOption": "USER_ENTERED"})
    drive.touch(file_id)
    return _links(file) | _times(file) | _state(file) | _people(file)


def _replace_sheets(spreadsheet: Spreadsheet, name: str) -> None:
    """Leave one new sheet, named after the file; the time zone becomes that of Google's converter, as recorded."""
    old = [one["properties"].get("sheetId", 0) for one in spreadsheet.resource(fields="sheets.properties")["sheets"]]
    zone = {"properties": {"timeZone": ZONE}, "fields": "timeZone"}
    requests: list[Json] = [{"addSheet": {"properties": {"title": "converted"}}}]
    requests += [{"deleteSheet": {"sheetId": one}} for one in old]
    answer = spreadsheet.batch_update({"requests": [*requests, {"updateSpreadsheetProperties": zone}]})
    made = answer["replies"][0]["addSheet"]["properties"]["sheetId"]
    title = {"properties": {"sheetId": made, "title": name}, "fields": "title"}
    spreadsheet.batch_update({"requests": [{"updateSheetProperties": title}]})


def _links(file: File) -> Json:
    export = f"{SHEETS}/export?id={file.id}&exportFormat="
    link = f"{LINK}/{file.id}"
    parent = {"selfLink": f"{link}/parents/{ROOT}", "id": ROOT, "isRoot": True, "kind": "drive#parentReference"}
    return {
        "selfLink": link,
        "exportLinks": {mime: export + name for name, mime in EXPORTS.items()}
        | {"application/vnd.oasis.opendocument.spreadsheet": f"{export}ods"},
        "parents": [{**parent, "parentLink": f"{LINK}/{ROOT}"}],
        "thumbnailLink": f"https://docs.google.com/feeds/vt?gd=true&id={file.id}&v=1&s=fake&sz=s220",
        "iconLink": f"https://drive-thirdparty.googleusercontent.com/16/type/{SHEET}",
        "alternateLink": f"{SHEETS}/d/{file.id}/edit?usp=drivesdk",
        "embedLink": f"{SHEETS}/d/{file.id}/htmlembed?ouid=1",
    }


def _times(file: File) -> Json:
    modified = rfc3339(file.modified)
    return {
        "createdDate": rfc3339(file.created),
        "modifiedDate": modified,
        "modifiedByMeDate": modified,
        "lastViewedByMeDate": modified,
        "markedViewedByMeDate": rfc3339(0),
    }


def _state(file: File) -> Json:
    return {
        "kind": "drive#file",
        "id": file.id,
        "title": file.name,
        "mimeType": SHEET,
        "etag": f'"{file.version}"',
        "version": str(file.version),
        "fileSize": "1024",
        "quotaBytesUsed": "1024",
        "editable": True,
        "copyable": True,
        "writersCanShare": True,
        "shared": False,
        "appDataContents": False,
        "copyRequiresWriterPermission": False,
        "explicitlyTrashed": file.trashed,
        "spaces": ["drive"],
        "labels": LABELS | {"trashed": file.trashed},
        "capabilities": {"canEdit": True, "canCopy": True},
    }


def _people(file: File) -> Json:
    user = {
        "displayName": EMAIL,
        "kind": "drive#user",
        "isAuthenticatedUser": True,
        "permissionId": "1",
        "emailAddress": EMAIL,
        "picture": {"url": "https://lh3.googleusercontent.com/a/default-user=s64"},
    }
    link = f"{LINK}/{file.id}/permissions/me"
    role = {"id": "me", "type": "user", "role": "owner", "kind": "drive#permission"}
    return {
        "userPermission": {**role, "selfLink": link, "etag": f'"{file.version}"', "pendingOwner": False},
        "ownerNames": [EMAIL],
        "owners": [user],
        "lastModifyingUser": user,
        "lastModifyingUserName": EMAIL,
    }
