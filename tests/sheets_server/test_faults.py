"""Every fault looks as it should, at the request where it should be, before or after the change."""

from __future__ import annotations

import json
from http.client import HTTPException, IncompleteRead

import pytest

from tests.sheets_server import faults
from tests.sheets_server.asking import BOOK, Asker
from tests.sheets_server.faults import Fault, Plan
from tests.sheets_server.server import SheetsServer

PATH = f"/v4/spreadsheets/{BOOK}:batchUpdate"
RENAME = {"requests": [{"updateSpreadsheetProperties": {"properties": {"title": "New"}, "fields": "title"}}]}


CODES = (408, 409, 500, 502, 503, 504)
STATUSES = [faults.status(code, applied=applied) for code in CODES for applied in (False, True)]


@pytest.mark.parametrize("fault", STATUSES, ids=lambda fault: f"{fault.name}-{fault.applied}")
def test_statuses_come_before_or_after_the_change(sheets_server: SheetsServer, ask: Asker, fault: Fault) -> None:
    """Shows that the answer is the same error whether the request was applied or not."""
    sheets_server.fail(fault)
    reply = ask("POST", PATH, RENAME)
    assert (str(reply.status), reply.body["error"]["code"]) == (fault.name, reply.status)
    assert sheets_server.spreadsheets[BOOK].title == ("New" if fault.applied else "Old")
    assert ask("POST", PATH, RENAME).status == 200


REFUSALS = [
    (faults.throttled(), 429, "RATE_LIMIT_EXCEEDED"),
    (faults.throttled("write"), 429, "WriteRequestsPerMinutePerUser"),
    (faults.throttled(html=True), 429, "automated queries"),
    (faults.drive_throttled(), 403, "userRateLimitExceeded"),
    (faults.unauthorized(), 401, "UNAUTHENTICATED"),
    (faults.forbidden("not_shared"), 403, "The caller does not have permission"),
    (faults.forbidden("service_disabled"), 403, "activationUrl"),
    (faults.forbidden("scope"), 403, "ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
    (faults.html(), 200, "<!DOCTYPE html>"),
]


@pytest.mark.parametrize(("fault", "status", "word"), REFUSALS, ids=[f"{one[0].name} {one[2]}" for one in REFUSALS])
def test_refusals_come_once(sheets_server: SheetsServer, ask: Asker, fault: Fault, status: int, word: str) -> None:
    """Shows each refusal's status and a word of its body, that nothing was applied, and that the next one passes."""
    sheets_server.fail(fault)
    reply = ask("POST", PATH, RENAME)
    text = reply.body.decode() if isinstance(reply.body, bytes) else json.dumps(reply.body)
    assert reply.status == status
    assert word in text
    assert sheets_server.spreadsheets[BOOK].title == "Old"
    assert ask("POST", PATH, RENAME).status == 200


def test_retry_after_is_told_where_wanted(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows the header of a 429 that has one, and that the other has none."""
    sheets_server.fail(faults.throttled(retry_after=7), faults.throttled())
    assert ask("POST", PATH, RENAME).headers["retry-after"] == "7"
    assert "retry-after" not in ask("POST", PATH, RENAME).headers


@pytest.mark.parametrize("applied", [False, True])
def test_connection_is_reset(sheets_server: SheetsServer, ask: Asker, applied: bool) -> None:
    """Shows that the client sees a reset and no answer, before or after the change."""
    sheets_server.fail(faults.reset(applied=applied))
    with pytest.raises(ConnectionResetError):
        ask("POST", PATH, RENAME)
    assert sheets_server.spreadsheets[BOOK].title == ("New" if applied else "Old")
    assert sheets_server.requests[0].status == 0


@pytest.mark.parametrize("applied", [False, True])
def test_answer_is_cut_short(sheets_server: SheetsServer, ask: Asker, applied: bool) -> None:
    """Shows that fewer bytes come than were announced."""
    sheets_server.fail(faults.truncated(applied=applied))
    with pytest.raises(IncompleteRead):
        ask("POST", PATH, RENAME)
    assert sheets_server.spreadsheets[BOOK].title == ("New" if applied else "Old")


def test_answer_drips(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows that a dripping answer is whole in the end."""
    sheets_server.fail(faults.drip(0.002))
    assert ask("POST", PATH, RENAME).body["spreadsheetId"] == BOOK


@pytest.mark.parametrize("applied", [False, True])
def test_answer_never_comes(sheets_server: SheetsServer, ask: Asker, applied: bool) -> None:
    """Shows that a client with a timeout gives up, and that the server lives on."""
    sheets_server.fail(faults.stall(applied=applied))
    ask.connection.timeout = 0.2
    with pytest.raises(TimeoutError):
        ask("POST", PATH, RENAME)
    ask.close()
    assert sheets_server.spreadsheets[BOOK].title == ("New" if applied else "Old")
    assert ask("POST", PATH, RENAME).status == 200


def test_a_stalled_client_does_not_keep_the_server() -> None:
    """Shows that a server ends though a request of its own waits for an answer."""
    with SheetsServer() as server:
        server.fail(faults.stall())
        ask = Asker(server)
        ask.connection.request("GET", "/v4/spreadsheets/x")
    with pytest.raises((HTTPException, ConnectionError)):
        ask.connection.getresponse()
    ask.close()


def test_token_may_be_refused(sheets_server: SheetsServer, ask: Asker) -> None:
    """Shows that `/token` fails only where it is named, and does not count as a request to the API."""
    sheets_server.fail(faults.status(503), on="token")
    assert ask("GET", f"/v4/spreadsheets/{BOOK}").status == 200
    assert ask("POST", "/token", b"grant_type=x").status == 503
    assert len(sheets_server.requests) == 1


def test_faults_are_met_where_planned() -> None:
    """Shows that number, operation and repetition choose the requests, and that what was met is used up."""
    plan, broken = Plan(), faults.status(500)
    plan.add(broken, at=2)
    plan.add(faults.reset(), on="values.get", times=2)
    met = [plan.take(number, "sheets.spreadsheets.get") for number in (1, 2, 3)]
    assert met == [None, broken, None]
    met = [plan.take(number, "sheets.spreadsheets.values.get") for number in (4, 5, 6)]
    assert [one.name if one else None for one in met] == ["reset", "reset", None]
    assert plan.open == 0
