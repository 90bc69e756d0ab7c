"""The operations of the Drive API that spreadsheets need, by their ids."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from tests.sheets_server.access import drive_refusal
from tests.sheets_server.drive import EXCEL, USUAL, File
from tests.sheets_server.fields import parse, unknown_path
from tests.sheets_server.sheets_routes import Call
from tests.sheets_server.spreadsheet import Spreadsheet
from tests.sheets_server.tokens import EMAIL
from tests.sheets_server.wire import Answer

Json = dict[str, Any]
#: What files.list tells when nobody says which fields.
USUAL_LIST = f"kind,incompleteSearch,nextPageToken,files({USUAL})"
#: Kinds of files that a spreadsheet can be exported to, by the name that Drive has for each.
EXPORTS = {
    "ods": "application/x-vnd.oasis.opendocument.spreadsheet",
    "tsv": "text/tab-separated-values",
    "pdf": "application/pdf",
    "xlsx": EXCEL,
    "csv": "text/csv",
    "zip": "application/zip",
}


def masked(answer: Json, fields: str, schema: str) -> Json:
    """Give the fields of an answer that were asked for; Drive's 400 for one that it has not."""
    mask = parse(fields)
    wrong = unknown_path(mask, schema, "drive")
    if mask is None or wrong is not None:
        sentence = f"Invalid field selection {(wrong or fields).rpartition('.')[2]}"
        raise drive_refusal(400, "invalidParameter", sentence, locationType="parameter", location="fields")
    found: Json = mask.picked(answer)
    return found


def _file(call: Call, file: File) -> Json:
    return masked(file.resource(), call.fields or USUAL, "File")


def create(call: Call) -> Json:
    """files.create: a spreadsheet, a folder, or any other file without content."""
    return _file(call, call.drive.create(call.body))


def get(call: Call) -> Json:
    """files.get."""
    return _file(call, call.drive.get(call.path["fileId"]))


def copy(call: Call) -> Json:
    """files.copy."""
    return _file(call, call.drive.copy(call.path["fileId"], call.body))


def update(call: Call) -> Json:
    """files.update: another name, the bin, or another folder."""
    file = call.drive.get(call.path["fileId"])
    if "name" in call.body:
        call.drive.rename(file.id, call.body["name"])
    file.trashed = call.body.get("trashed", file.trashed)
    gone = call.params.get("removeParents", "").split(",")
    new = [one for one in call.params.get("addParents", "").split(",") if one]
    file.parents = [one for one in file.parents if one not in gone] + new
    call.drive.touch(file.id)
    return _file(call, file)


def delete(call: Call) -> Answer:
    """files.delete, for good."""
    call.drive.delete(call.path["fileId"])
    return Answer(204, kind="text/html")


def export(call: Call) -> Answer:
    """files.export of the first sheet as CSV or TSV; nothing else can be exported here."""
    kind = call.params["mimeType"]
    found = call.drive.spreadsheets.get(call.drive.get(call.path["fileId"]).id)
    if found is None or kind not in EXPORTS.values():
        raise drive_refusal(400, "badRequest", "The requested conversion is not supported.")
    if kind not in {EXPORTS["csv"], EXPORTS["tsv"]}:
        raise drive_refusal(501, "notImplemented", f"This server exports text only, not {kind}.")
    rows = found.values_get(first_title(found), {}).get("values", [])
    width = max(map(len, rows), default=0)
    text = io.StringIO()
    writer = csv.writer(text, delimiter="," if kind == EXPORTS["csv"] else "\t", lineterminator="\r\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    body = text.getvalue().removesuffix("\r\n").encode()
    return Answer(200, body, kind, (("Content-Disposition", "attachment"),))


def first_title(spreadsheet: Spreadsheet) -> str:
    """Give the title of the first sheet as a range in A1 notation."""
    title = spreadsheet.resource(fields="sheets.properties.title")["sheets"][0]["properties"]["title"]
    return "'" + str(title).replace("'", "''") + "'"


def about(call: Call) -> Json:
    """about.get: who asks."""
    user = {"kind": "drive#user", "displayName": EMAIL, "me": True, "emailAddress": EMAIL}
    if call.fields is None:
        raise drive_refusal(400, "required", "The 'fields' parameter is required for this method.")
    return masked({"kind": "drive#about", "user": user}, call.fields, "About")


def permissions_list(call: Call) -> Json:
    """permissions.list."""
    file = call.drive.get(call.path["fileId"])
    found = {"kind": "drive#permissionList", "permissions": file.permissions}
    return masked(found, call.fields or "*", "PermissionList")


def permissions_create(call: Call) -> Json:
    """permissions.create."""
    file = call.drive.get(call.path["fileId"])
    made = {"kind": "drive#permission", "id": str(10**19 + len(file.permissions)), **call.body}
    file.permissions.append(made)
    return masked(made, call.fields or "kind,id,type,role", "Permission")


def permissions_delete(call: Call) -> Answer:
    """permissions.delete."""
    file = call.drive.get(call.path["fileId"])
    wanted = call.path["permissionId"]
    if all(one["id"] != wanted for one in file.permissions):
        raise drive_refusal(404, "notFound", f"Permission not found: {wanted}.")
    file.permissions = [one for one in file.permissions if one["id"] != wanted]
    return Answer(204, kind="text/html")


def comments_list(call: Call) -> Json:
    """comments.list: nobody comments here."""
    call.drive.get(call.path["fileId"])
    return masked({"kind": "drive#commentList", "comments": []}, call.fields or "*", "CommentList")


ROUTES: dict[str, Callable[[Call], Json | Answer]] = {
    "drive.files.create": create,
    "drive.files.get": get,
    "drive.files.copy": copy,
    "drive.files.update": update,
    "drive.files.delete": delete,
    "drive.files.export": export,
    "drive.about.get": about,
    "drive.permissions.list": permissions_list,
    "drive.permissions.create": permissions_create,
    "drive.permissions.delete": permissions_delete,
    "drive.comments.list": comments_list,
}


def listed(call: Call, hidden: set[str]) -> Json:
    """files.list, without what the asker may not see."""
    return masked(call.drive.page(call.params, hidden), call.fields or USUAL_LIST, "FileList")
