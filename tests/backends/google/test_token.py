"""The token service that answers anything but a token: what passes is tried again within the deadline, and told."""

from __future__ import annotations

from typing import Any

import pytest

from sheetsync.errors import AccessDenied, SheetsyncError, TemporaryFailure
from tests.backends.google.clocks import Clock, client_of
from tests.backends.google.nights import told
from tests.backends.google.wire_server import WireServer, answer

BOOK = "1" + "t" * 43
PAGE = "<!DOCTYPE html><html><body>Please sign in to the network.</body></html>"
PASSING = {
    "429": (answer(429, {"error": "slow_down"}), "google.rate_limit"),
    "408": (answer(408, {}), "google.unavailable"),
    "500": (answer(500, {"error": "internal_failure"}), "google.unavailable"),
    "502": (answer(502, {"error": {"code": 502, "message": "Bad Gateway"}}), "google.unavailable"),
    "503": (answer(503, "down", kind="text/plain"), "google.unavailable"),
    "504": (answer(504, PAGE, kind="text/html"), "google.unavailable"),
    "page": (answer(200, PAGE, kind="text/html; charset=UTF-8"), "google.broken"),
    "page of a proxy": (answer(403, "\n" + PAGE, kind="text/html"), "google.broken"),
    "half": (answer(200, '{"access_token": "x'), "google.broken"),
    "list": (answer(200, "[1]"), "google.broken"),
}


@pytest.mark.parametrize("kind", PASSING)
def test_what_may_pass_is_tried_again(kind: str) -> None:
    """Shows that one answer which is no token does not end the run, and that the wait is ours, by our clock."""
    clock = Clock()
    with WireServer() as server:
        server.token_replies += [PASSING[kind][0]]
        with client_of(server, clock) as client:
            assert client.get_spreadsheet(BOOK, fields="spreadsheetId") == {"spreadsheetId": "x"}
    assert len(clock.slept) == 1


@pytest.mark.parametrize("kind", PASSING)
def test_what_does_not_pass_is_told_as_temporary(kind: str) -> None:
    """Shows that after five requests the run ends with exit code 5 and a clear line, and the deadline is kept."""
    clock = Clock()
    reply, key = PASSING[kind]
    with WireServer() as server:
        server.token_replies += [reply] * 6
        with client_of(server, clock) as client, pytest.raises(TemporaryFailure) as failed:
            client.get_spreadsheet(BOOK, fields="spreadsheetId")
        assert len(server.token_replies) == 1
    assert (failed.value.key, failed.value.exit_code) == (key, 5)
    assert len(clock.slept) == 4
    clear(failed.value)


def test_the_wait_that_was_asked_for_is_kept() -> None:
    """Shows Retry-After of the token service, and that a wait beyond the deadline ends the run at once."""
    later = answer(503, {}, {"Retry-After": "20"})
    clock = Clock()
    with WireServer() as server:
        server.token_replies += [later]
        with client_of(server, clock) as client:
            client.get_spreadsheet(BOOK, fields="spreadsheetId")
        assert clock.slept == [20.0]
        server.token_replies += [later]
        with client_of(server, clock, deadline=15.0) as client, pytest.raises(TemporaryFailure):
            client.get_spreadsheet(BOOK, fields="spreadsheetId")
    assert clock.slept == [20.0]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ({"error": {"code": 401, "message": "Who are you?"}}, "Who are you?"),
        ({"error": "unauthorized_client"}, "unauthorized_client"),
        ({"error": "invalid_scope", "error_description": "No such scope."}, "invalid_scope: No such scope."),
    ],
)
def test_a_refusal_is_told_in_its_own_words(error: dict[str, Any], reason: str) -> None:
    """Shows the sentence of the token service in every form that it has, without the marks of a program."""
    with WireServer() as server:
        server.token_replies.append(answer(401, error))
        with client_of(server, Clock()) as client, pytest.raises(AccessDenied) as denied:
            client.get_spreadsheet(BOOK, fields="spreadsheetId")
    assert denied.value.key == "google.no_token"
    assert denied.value.params["reason"] == reason
    clear(denied.value)


def clear(error: SheetsyncError) -> None:
    """Check that nothing of a program's is in what a person reads."""
    for text in told(error):
        assert not set("{}<>\n") & set(text), text
        assert "None" not in text
