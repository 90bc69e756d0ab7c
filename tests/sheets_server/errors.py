"""A refusal as Google words it."""

from __future__ import annotations

from typing import Any

#: The gRPC name that Google prints beside each HTTP status.
STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
}


class ApiError(Exception):
    """A request that Google refuses: the HTTP status, its message, and what else its body holds.

    `reason` replaces the name of the status (`FAILED_PRECONDITION` is a 400 too); `details` is the list of that name.
    """

    def __init__(
        self, status: int, message: str, *, reason: str | None = None, details: list[dict[str, Any]] | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.reason = reason or STATUS_NAMES.get(status, "UNKNOWN")
        self.details = details

    def body(self) -> dict[str, Any]:
        """Give the error's body in the form of the Sheets API."""
        error: dict[str, Any] = {"code": self.status, "message": self.message, "status": self.reason}
        if self.details:
            error["details"] = self.details
        return {"error": error}


def invalid(message: str, field: str | None = None) -> ApiError:
    """Give a 400 INVALID_ARGUMENT; with `field`, the `BadRequest` detail that names it too."""
    if field is None:
        return ApiError(400, message)
    violation = {"description": message} if not field else {"field": field, "description": message}
    detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
    return ApiError(400, message, details=[detail])
