"""Google's side of one request: who asks, whether they may, what is done, and whether the answer fits the schema."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.sheets_server import discovery, drive_routes, drive_v2, schema, sheets_routes
from tests.sheets_server.access import Access, Refused, insufficient_scope
from tests.sheets_server.discovery import Operation, Target
from tests.sheets_server.drive import Drive
from tests.sheets_server.errors import ApiError
from tests.sheets_server.faults import Fault, Plan, throttled
from tests.sheets_server.quota import Group, Quota, exceeded
from tests.sheets_server.sheets_routes import Call
from tests.sheets_server.tokens import TokenOffice, TokenRefused
from tests.sheets_server.wire import Answer, Request, json_answer

Callback = Callable[[int, Request], object]
HALF = {"spreadsheetId": "a1b2c3", "replies": [{}]}
#: Refusals of Drive are named in another style than those of Sheets.
DRIVE_REASONS = {400: "badRequest", 401: "authError", 403: "forbidden", 404: "notFound", 429: "rateLimitExceeded"}


class Outcome(NamedTuple):
    """What to send, if anything, and what goes wrong on the way."""

    answer: Answer
    fault: Fault | None = None


class Service:
    """Answers requests one after the other, as if each had the spreadsheets for itself.

    `violations` holds what must never happen: an answer that does not fit Google's schema, or an error of the stand-in
    itself. A test that ends with one has failed.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self.drive = Drive(clock)
        self.tokens = TokenOffice(clock)
        self.access = Access()
        self.plan = Plan()
        self.quota: Quota | None = None
        self.open_to_all = False
        self.callbacks: list[Callback] = []
        self.requests: list[Request] = []
        self.token_requests: list[Request] = []
        self.violations: list[str] = []
        self.lock = threading.RLock()

    def outcome(self, request: Request) -> Outcome:
        """Note a request, do what it asks, and give what to answer."""
        with self.lock:
            return self._token(request) if request.path == "/token" else self._api(request)

    def _token(self, request: Request) -> Outcome:
        self.token_requests.append(request)
        request.operation = "token"
        fault = self.plan.take(0, "token")
        if fault and fault.answer:
            return _sent(request, fault.answer, fault)
        form = {name: values[-1] for name, values in request.params.items()}
        try:
            answer = json_answer(200, self.tokens.exchange(form))
        except TokenRefused as refusal:
            answer = json_answer(400, refusal.body)
        return _sent(request, answer, fault)

    def _api(self, request: Request) -> Outcome:
        self.requests.append(request)
        request.number = len(self.requests)
        target = discovery.target(request.method, request.path)
        if target is not None:
            request.operation, request.reads = target.operation.id, target.operation.reads
        elif drive_v2.UPLOAD.fullmatch(request.path):
            request.operation, request.reads = "drive.files.upload", False
        fault = self.plan.take(request.number, request.operation)
        for callback in self.callbacks:
            callback(request.number, request)
        if fault is not None and not fault.applied:
            return _sent(request, fault.answer or json_answer(200, HALF), fault)
        answer = self._processed(request, target)
        return _sent(request, (fault.answer if fault else None) or answer, fault)

    def _processed(self, request: Request, target: Target | None) -> Answer:
        pretty = request.one("prettyPrint", "true") != "false"
        try:
            return self._done(request, target, pretty=pretty)
        except ApiError as error:
            return json_answer(error.status, _error_body(request, error), pretty=pretty)
        except Refused as refusal:
            return json_answer(refusal.status, refusal.body, pretty=pretty)
        except Exception:  # noqa: BLE001 - whatever the stand-in gets wrong must fail the test and not only its request
            self.violations.append(f"{request.method} {request.path}: {traceback.format_exc()}")
            return json_answer(500, ApiError(500, "Internal error encountered.").body(), pretty=pretty)

    def _done(self, request: Request, target: Target | None, *, pretty: bool) -> Answer:
        if target is None:
            return self._uploaded(request)
        operation = target.operation
        self._admit(request, operation)
        params = discovery.parameters(operation, request.params)
        if refused := self._over_quota(request, operation):
            return refused
        file_id = target.path.get("spreadsheetId", target.path.get("fileId", ""))
        self.access.check_file(operation, file_id)
        call = Call(self.drive, target.path, params, _json_body(request, operation))
        request.answer = found = self._routed(operation, call)
        if isinstance(found, Answer):
            return found
        self._check(request, operation, found)
        return json_answer(200, found, pretty=pretty)

    def _uploaded(self, request: Request) -> Answer:
        found = drive_v2.UPLOAD.fullmatch(request.path)
        if found is None or request.method != "PUT":
            raise ApiError(400, f"No operation of this API fits {request.method} {request.path}")
        self._admit(request, next(one for one in discovery.operations("drive") if one.id == "drive.files.update"))
        return json_answer(200, drive_v2.upload(self.drive, found[1], request.raw.decode()))

    def _admit(self, request: Request, operation: Operation) -> None:
        """Refuse a request without a good token, to an API that is off, or beyond the token's scopes."""
        if self.open_to_all:
            request.user = "anybody"
            return
        holder = self.tokens.holder(request.headers.get("Authorization"))
        request.user = holder.email
        self.access.check_service(operation)
        if not holder.scopes & operation.scopes:
            raise insufficient_scope(operation)

    def _over_quota(self, request: Request, operation: Operation) -> Answer | None:
        group: Group = "read" if operation.reads else "write"
        if self.quota is None or operation.api == "drive" or self.quota.take(request.user, group):
            return None
        wait = self.quota.wait() if self.quota.retry_after else None
        headers = throttled(retry_after=wait).answer
        return json_answer(429, exceeded(group, self.quota.limits[group]))._replace(
            headers=headers.headers if headers else ()
        )

    def _routed(self, operation: Operation, call: Call) -> dict[str, Any] | Answer:
        if operation.id in sheets_routes.ROUTES:
            return sheets_routes.answered(operation.id, operation.response or "", call)
        if operation.id == "drive.files.list":
            hidden = {one for one in self.access.denied if self.access.kinds(one) & {"unknown", "not_shared"}}
            return drive_routes.listed(call, hidden)
        if operation.id in drive_routes.ROUTES:
            return drive_routes.ROUTES[operation.id](call)
        raise ApiError(501, f"This server does not do {operation.id}", reason="UNIMPLEMENTED")

    def _check(self, request: Request, operation: Operation, answer: dict[str, Any]) -> None:
        if operation.response is None:
            return
        for one in schema.misfits(operation.api, operation.response, answer):
            self.violations.append(f"{request.method} {request.path}: the answer: {one.description}")


def _sent(request: Request, answer: Answer, fault: Fault | None) -> Outcome:
    request.status = 0 if fault and fault.kind in {"reset", "stall"} else answer.status
    request.fault = fault.name if fault else ""
    return Outcome(answer, fault)


def _json_body(request: Request, operation: Operation) -> dict[str, Any]:
    if operation.request is None or not request.raw:
        return {}
    body = request.body
    if isinstance(body, bytes):
        raise ApiError(400, "Invalid JSON payload received. Unexpected token.\n" + body[:40].decode(errors="replace"))
    if not isinstance(body, dict):
        raise ApiError(400, 'Invalid JSON payload received. Unknown name "": Root element must be a message.')
    schema.check_request(operation.api, operation.request, body)
    return _without_null(body)


def _without_null(body: dict[str, Any]) -> dict[str, Any]:
    """Give a message without the fields that are null, which are those not given; nulls in lists are values."""
    found: dict[str, Any] = {}
    for name, value in body.items():
        if isinstance(value, dict):
            found[name] = _without_null(value)
        elif isinstance(value, list):
            found[name] = [_without_null(item) if isinstance(item, dict) else item for item in value]
        elif value is not None:
            found[name] = value
    return found


def _error_body(request: Request, error: ApiError) -> dict[str, Any]:
    body = error.body()
    if not request.path.startswith("/v4/"):
        reason = DRIVE_REASONS.get(error.status, "backendError")
        one = {"message": error.message, "domain": "global", "reason": reason}
        body["error"]["errors"] = [one]
    return body
