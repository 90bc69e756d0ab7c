"""Who may do what: the refusals of a spreadsheet that is not shared, gone, an Excel file, or for looking only.

The bodies are those of `error_shapes.json` where it has them; the others are worded as users of the API report them.
"""

from __future__ import annotations

import copy
import json
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from tests.sheets_server.discovery import Operation
from tests.sheets_server.errors import ApiError

Kind = Literal["not_shared", "unknown", "trashed", "xlsx", "view_only", "protected", "storage_quota"]
Service = Literal["sheets", "drive"]
EVERY = "*"
INFO = "type.googleapis.com/google.rpc.ErrorInfo"
#: Names of Google's RPC methods, which an answer about scopes prints.
RPC = "google.apps.sheets.v4.SpreadsheetsService"


@cache
def _shapes() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((files(__package__) / "error_shapes.json").read_text(encoding="utf-8"))
    return found


def shape(name: str) -> dict[str, Any]:
    """Give a copy of a real error's body, by its name in `error_shapes.json`."""
    found: dict[str, Any] = copy.deepcopy(_shapes()[name])
    return found


class Refused(Exception):
    """A refusal whose body is given whole, as Drive's are, which look otherwise than those of Sheets."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(body["error"]["message"])
        self.status = status
        self.body = body


class Access:
    """What is denied: kinds of refusal by file id (`*` is every file), and the services that are switched off."""

    def __init__(self) -> None:
        self.denied: dict[str, set[Kind]] = {}
        self.disabled: set[str] = set()

    def deny(self, file_id: str, kind: Kind) -> None:
        """Refuse a file from now on; kinds add up."""
        self.denied.setdefault(file_id, set()).add(kind)

    def allow(self, file_id: str) -> None:
        """Take back everything that was denied of a file."""
        self.denied.pop(file_id, None)

    def kinds(self, file_id: str) -> set[Kind]:
        """Give what is denied of a file."""
        return self.denied.get(file_id, set()) | self.denied.get(EVERY, set())

    def check_service(self, operation: Operation) -> None:
        """Refuse what a project has not switched on."""
        if operation.api in self.disabled:
            raise disabled_service(operation.api)

    def check_file(self, operation: Operation, file_id: str) -> None:
        """Refuse what the file does not allow for this operation."""
        kinds = self.kinds(file_id)
        if operation.api == "drive":
            _check_drive(operation, kinds, file_id)
        elif kinds:
            _check_sheets(operation, kinds)


def _check_sheets(operation: Operation, kinds: set[Kind]) -> None:
    if kinds & {"unknown", "trashed"}:
        raise not_found()
    if "not_shared" in kinds:
        raise permission_denied()
    if "xlsx" in kinds:
        raise ApiError(400, "This operation is not supported for this document", reason="FAILED_PRECONDITION")
    if operation.reads:
        return
    if "view_only" in kinds:
        raise permission_denied()
    if "protected" in kinds:
        raise ApiError(
            400,
            f"Invalid {_first(operation)}: You are trying to edit a protected cell or object. "
            "Please contact the spreadsheet owner to remove protection if you need to edit.",
        )


def _first(operation: Operation) -> str:
    return "requests[0].updateCells" if operation.id.endswith("spreadsheets.batchUpdate") else "data[0]"


def _check_drive(operation: Operation, kinds: set[Kind], file_id: str) -> None:
    if kinds & {"unknown", "not_shared"}:
        raise file_not_found(file_id)
    if operation.reads:
        return
    if "view_only" in kinds and not operation.id.endswith(".copy"):
        sentence = "The user does not have sufficient permissions for this file."
        raise drive_refusal(403, "insufficientFilePermissions", sentence)
    if "storage_quota" in kinds and operation.id.endswith((".copy", ".create")):
        raise drive_refusal(403, "storageQuotaExceeded", "The user's Drive storage quota has been exceeded.")


def permission_denied() -> ApiError:
    """Give a spreadsheet that is there and not shared, or shared for looking only and written."""
    return ApiError(403, "The caller does not have permission")


def not_found() -> ApiError:
    """Give a spreadsheet that is not there."""
    body = shape("sheets-spreadsheets-get-nonexistent-sheet-id_404")["error"]
    return ApiError(body["code"], body["message"])


def file_not_found(file_id: str) -> Refused:
    """Drive's word for a file that is not there or not shared."""
    body = shape("drive-files-get-nonexistent-file-id_404")
    for part in (body["error"], *body["error"]["errors"]):
        part["message"] = f"File not found: {file_id}."
    return Refused(404, body)


def drive_refusal(status: int, reason: str, message: str, **more: str) -> Refused:
    """Give a refusal in the form of Drive."""
    usage = reason in {"storageQuotaExceeded", "userRateLimitExceeded", "rateLimitExceeded", "dailyLimitExceeded"}
    one = {"domain": "usageLimits" if usage else "global", "reason": reason, "message": message, **more}
    return Refused(status, {"error": {"errors": [one], "code": status, "message": message}})


def disabled_service(api: str) -> Refused:
    """Give an API that the project has not switched on, with the address that does so."""
    text = json.dumps(shape("sheets-spreadsheets-get-service-disabled_403"))
    if api == "drive":
        text = text.replace("sheets.googleapis.com", "drive.googleapis.com").replace("Google Sheets", "Google Drive")
    body = json.loads(text)
    if api == "drive":
        one = {"message": body["error"]["message"], "domain": "usageLimits", "reason": "accessNotConfigured"}
        body["error"]["errors"] = [{**one, "extendedHelp": "https://console.developers.google.com"}]
    return Refused(403, body)


def insufficient_scope(operation: Operation) -> Refused:
    """Give a token whose scopes do not cover the operation."""
    body = shape("fitness-get-wrong-scope_403")
    name = operation.id.rpartition(".")[2]
    detail = {
        "@type": INFO,
        "reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        "domain": "googleapis.com",
        "metadata": {"service": f"{operation.api}.googleapis.com", "method": f"{RPC}.{name[0].upper()}{name[1:]}"},
    }
    body["error"]["details"] = [detail]
    if operation.api == "sheets":
        del body["error"]["errors"]
    return Refused(403, body)
