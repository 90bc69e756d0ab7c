"""The client of Google: what it sends, what it repeats, what it never does, and when it gives up."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import gspread
import pytest
from google.oauth2.service_account import Credentials

from sheetsync.backends.google.credentials import scopes
from sheetsync.backends.google.http import SheetsClient
from sheetsync.backends.google.quota import Limits
from sheetsync.backends.google.refusals import Ambiguous, Throttled
from sheetsync.errors import AccessDenied, ReadRefused, TemporaryFailure
from tests.backends.google.clocks import Clock, client_of
from tests.backends.google.wire_server import EMAIL, Reply, WireServer, answer, hang_up

ID = "1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcdef"
LINK = f"https://docs.google.com/spreadsheets/d/{ID}/edit"
BODY = {"requests": [{"updateCells": {"fields": "userEnteredValue", "rows": [{"values": ["Tiến độ"]}]}}]}
TRUNCATED = answer(200, {"spreadsheetId": "x"})[:-5]
PASSING: dict[str, Reply] = {
    "408": answer(408),
    "429": answer(429, headers={"Retry-After": "7"}),
    "429 without Retry-After": answer(429),
    "429 in HTML": answer(429, "<html>Sorry...</html>", kind="text/html"),
    "500": answer(500),
    "502": answer(502, "<html>Bad gateway</html>", kind="text/html"),
    "503": answer(503),
    "504": answer(504),
    "reset": hang_up,
    "truncated": lambda connection: connection.sendall(TRUNCATED),
    "half of it, without a length": answer(200, '{"spreadsheetId": "x', kind="application/json"),
    "HTML with 200": answer(200, "<html>Sign in to the hotel's network</html>", kind="text/html"),
    "nothing at all": answer(200, ""),
    "JSON that is no object": answer(200, '["spreadsheetId"]'),
    "no gzip though it says so": answer(200, "plain", {"Content-Encoding": "gzip"}),
}


def read(client: SheetsClient) -> dict[str, object]:
    """Read as the backend does."""
    return client.get_spreadsheet(ID, fields="spreadsheetId", ranges=["A!A1:B2", "'Mục tiêu'!A:Z"])


def test_a_read_is_one_request_with_mask_and_ranges() -> None:
    """Shows that a read asks once, packed, without indentation, signed with a token, and gives what was answered."""
    with WireServer(answer(200, {"spreadsheetId": ID, "t": "Mục tiêu"}, packed=True)) as server, client_of(server) as c:
        assert read(c) == {"spreadsheetId": ID, "t": "Mục tiêu"}
    [seen] = server.seen
    assert (seen.method, seen.path) == ("GET", f"/v4/spreadsheets/{ID}")
    wanted = {"fields": ["spreadsheetId"], "prettyPrint": ["false"], "ranges": ["A!A1:B2", "'Mục tiêu'!A:Z"]}
    assert seen.params == wanted
    assert seen.headers["authorization"] == "Bearer token-1"
    assert seen.headers["accept-encoding"] == "gzip"
    assert "gzip" in seen.headers["user-agent"]


def test_a_change_is_one_request_with_mask() -> None:
    """Shows that a change is sent once, as compact UTF-8 JSON."""
    with WireServer(answer(200, {"replies": []})) as server, client_of(server) as client:
        assert client.batch_update_raw(ID, BODY, fields="replies") == {"replies": []}
    [seen] = server.seen
    assert (seen.method, seen.path) == ("POST", f"/v4/spreadsheets/{ID}:batchUpdate")
    assert seen.params == {"fields": ["replies"], "prettyPrint": ["false"]}
    assert json.loads(seen.body) == BODY
    assert "Tiến độ".encode() in seen.body
    assert seen.headers["content-type"] == "application/json"


def test_a_signed_jwt_buys_the_token() -> None:
    """Shows that google-auth signs for the rights that we ask for; the server checks the signature."""
    with WireServer() as server:
        asked = Credentials.from_service_account_info(server.key(), scopes=scopes(writing=False))
        with client_of(server, credentials=asked) as client:
            read(client)
            read(client)
            assert client.email == EMAIL
    [claims] = server.tokens
    assert claims["iss"] == EMAIL
    assert claims["scope"] == "https://www.googleapis.com/auth/spreadsheets.readonly"


def test_gspread_itself_runs_on_the_client() -> None:
    """Shows that gspread's own objects send their requests through the client, so that its limits hold for them."""
    sheet = {"properties": {"sheetId": 0, "title": "OKR", "index": 0, "gridProperties": {"rowCount": 9}}}
    described = answer(200, {"spreadsheetId": ID, "properties": {"title": "Acme"}, "sheets": [sheet]})
    values = answer(200, {"range": "OKR!A1:B1", "majorDimension": "ROWS", "values": [["ID", "KR"]]})
    clock = Clock()
    with WireServer(described, answer(503), described, values) as server, client_of(server, clock) as client:
        book = cast("Any", gspread.Client)(None, http_client=lambda *_: client).open_by_key(ID)
        assert book.worksheet("OKR").get_all_values() == [["ID", "KR"]]
    assert isinstance(client, gspread.HTTPClient)
    assert [seen.method for seen in server.seen] == ["GET"] * 4
    assert len(clock.slept) == 1


@pytest.mark.parametrize("fault", PASSING)
def test_a_read_outlives_every_passing_fault(fault: str) -> None:
    """Shows that each fault that may pass is followed by another attempt, four times if need be."""
    clock = Clock()
    good = answer(200, {"spreadsheetId": ID})
    with WireServer(*[PASSING[fault]] * 4, good) as server, client_of(server, clock) as client:
        assert read(client) == {"spreadsheetId": ID}
    assert len(server.seen) == 5


@pytest.mark.parametrize("fault", PASSING)
def test_a_read_gives_up_after_five_attempts(fault: str) -> None:
    """Shows that a fault that stays ends the read after five attempts, as something to try again later."""
    clock = Clock()
    with (
        WireServer(default=PASSING[fault]) as server,
        client_of(server, clock, deadline=3000) as client,
        pytest.raises(TemporaryFailure) as raised,
    ):
        read(client)
    assert len(server.seen) == 5
    assert raised.value.params["link"] == LINK
    assert len(clock.slept) == 4
    assert sum(clock.slept) <= (120 if "429" in fault else 15)


@pytest.mark.parametrize("fault", PASSING)
def test_a_change_is_never_repeated_by_itself(fault: str) -> None:
    """Shows that a change that may have been made is told as such at once, and one that was not as throttled."""
    clock = Clock()
    kind = Throttled if "429" in fault else Ambiguous
    with (
        WireServer(PASSING[fault]) as server,
        client_of(server, clock) as client,
        pytest.raises(kind) as raised,
    ):
        client.batch_update_raw(ID, BODY)
    assert len(server.seen) == 1
    assert clock.slept == []
    if isinstance(raised.value, Throttled):
        assert raised.value.wait >= (7 if fault == "429" else 4)


def test_a_change_that_crossed_another_is_to_be_looked_at() -> None:
    """Shows that 409 leads to another look at the spreadsheet, not to a failed run."""
    aborted = {"error": {"code": 409, "message": "Conflict", "status": "ABORTED"}}
    with WireServer(answer(409, aborted)) as server, client_of(server) as client, pytest.raises(Ambiguous):
        client.batch_update_raw(ID, BODY)


def closed_port() -> WireServer:
    """Give a server that listens no more."""
    with WireServer() as server:
        return server


def test_a_change_that_never_left_is_sent_once_more_and_is_no_riddle() -> None:
    """Shows that a refused connection is tried twice in a moment, and told as certainly not made."""
    clock = Clock()
    with WireServer() as server:
        made = Credentials.from_service_account_info(server.key(), scopes=scopes(writing=True))
        with client_of(server, credentials=made) as client:
            client.sign_in()
    with client_of(server, clock, credentials=made) as client, pytest.raises(Throttled) as raised:
        client.batch_update_raw(ID, BODY)
    assert raised.value.key == "google.unreachable"
    assert len(clock.slept) == 1
    assert clock.slept[0] <= 1


def test_an_unknown_host_is_a_passing_fault() -> None:
    """Shows that a failed search for the host's address is tried five times and told as unreachable."""
    clock = Clock()
    with WireServer() as server:
        key = {**server.key(), "token_uri": "http://no-such-host.invalid/token"}
        made = Credentials.from_service_account_info(key)
        with client_of(server, clock, credentials=made) as client, pytest.raises(TemporaryFailure) as raised:
            client.sign_in()
    assert raised.value.key == "google.unreachable"
    assert len(clock.slept) == 4


def test_retry_after_is_obeyed() -> None:
    """Shows that a read waits as long as Google asks, in seconds or until a date."""
    clock = Clock()
    long_ago = answer(503, headers={"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"})
    with (
        WireServer(answer(429, headers={"Retry-After": "33"}), long_ago) as server,
        client_of(server, clock, random=lambda: 0.0) as client,
    ):
        read(client)
    assert clock.slept == [33.0, 0.0]


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    """Shows that a Retry-After longer than the time that is left ends the work at once."""
    clock = Clock()
    reply = answer(429, headers={"Retry-After": "301"})
    with WireServer(reply) as server, client_of(server, clock) as client, pytest.raises(TemporaryFailure) as raised:
        read(client)
    assert raised.value.key == "google.rate_limit"
    assert clock.slept == []


def test_a_new_token_is_fetched_once_when_google_refuses_the_old() -> None:
    """Shows that 401 fetches a new token and repeats the request, also one that changes something."""
    with WireServer(answer(401)) as server, client_of(server) as client:
        client.batch_update_raw(ID, BODY)
    assert [seen.headers["authorization"] for seen in server.seen] == ["Bearer token-1", "Bearer token-2"]


def test_a_second_401_is_an_error() -> None:
    """Shows that a token that is refused twice ends the work."""
    with WireServer(default=answer(401)) as server, client_of(server) as client, pytest.raises(AccessDenied) as raised:
        read(client)
    assert raised.value.key == "google.unauthorized"
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    ("error", "key"),
    [
        ({"error": "invalid_grant", "error_description": "Invalid grant: account not found"}, "account_gone"),
        ({"error": "invalid_grant", "error_description": "Invalid JWT Signature."}, "key_gone"),
        ({"error": "invalid_grant", "error_description": "Token has been expired or revoked."}, "sign_in_over"),
        (
            {
                "error": "invalid_grant",
                "error_description": "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable "
                "timeframe. Check your iat and exp values in the JWT claim.",
            },
            "clock",
        ),
        ({"error": "unauthorized_client"}, "no_token"),
    ],
)
def test_a_refused_sign_in_says_why(error: dict[str, str], key: str) -> None:
    """Shows that what the token service refuses becomes a sentence about the clock, the key or the account."""
    with WireServer() as server, client_of(server) as client:
        server.token_replies.append(answer(400, error))
        with pytest.raises(AccessDenied) as raised:
            client.sign_in()
    assert raised.value.key == f"google.{key}"
    assert raised.value.params["account"] == EMAIL
    assert raised.value.params["reason"].startswith(error["error"])
    assert "PRIVATE" not in str(raised.value)


def test_who_may_not_see_a_spreadsheet_is_told_with_whom_to_share_it() -> None:
    """Shows that the account of the credentials stands in the refusal, and one that was handed in before it."""
    no = answer(403, {"error": {"code": 403, "message": "The caller does not have permission"}})
    for given, named in (("", EMAIL), ("group@acme.example", "group@acme.example")):
        with WireServer(no) as server, client_of(server, email=given) as client, pytest.raises(AccessDenied) as raised:
            read(client)
        assert raised.value.key == "google.not_shared"
        assert raised.value.params == {"link": LINK, "email": named}


def test_the_token_service_may_have_a_bad_moment() -> None:
    """Shows that a connection that breaks while the token is fetched is tried again, and makes no change a riddle."""
    clock = Clock()
    with WireServer() as server, client_of(server, clock) as client:
        server.token_replies += [hang_up, hang_up]
        read(client)
    assert len(clock.slept) == 2
    with WireServer() as server, client_of(server, clock) as client, pytest.raises(Throttled):
        server.token_replies += [hang_up, hang_up]
        client.batch_update_raw(ID, BODY)
    assert server.seen == []


@pytest.mark.parametrize("status", [429, 500, 503])
@pytest.mark.parametrize("told", ["40", "date"])
def test_the_token_service_may_ask_for_a_wait(status: int, told: str) -> None:
    """Shows that its Retry-After is obeyed in both forms, and that nothing is asked of the spreadsheet meanwhile."""
    clock = Clock()
    later = (datetime.now(UTC) + timedelta(seconds=40)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    with WireServer() as server, client_of(server, clock) as client:
        server.token_replies.append(answer(status, headers={"Retry-After": later if told == "date" else told}))
        read(client)
    assert clock.slept == [pytest.approx(40, abs=4)]
    assert len(server.seen) == 1


def test_threads_share_one_token() -> None:
    """Shows that of twenty threads that need a token at once, one fetches it and the others use it."""
    with WireServer() as server:
        made = Credentials.from_service_account_info(server.key(), scopes=scopes(writing=True))

        def work() -> None:
            with client_of(server, credentials=made) as client:
                read(client)

        threads = [threading.Thread(target=work) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.tokens) == 1
    assert len(server.seen) == 20


def test_a_redirect_is_not_followed() -> None:
    """Shows that an answer that points elsewhere takes the token nowhere."""
    with WireServer() as other:
        reply = answer(302, headers={"Location": f"{other.url}/v4/spreadsheets/{ID}"})
        with WireServer(reply) as server, client_of(server) as client, pytest.raises(ReadRefused):
            read(client)
    assert len(server.seen) == 1
    assert other.seen == []


def test_the_token_goes_to_google_only() -> None:
    """Shows that no request to another host gets the token, whoever asks for it."""
    with WireServer() as server, WireServer() as other, client_of(server) as client:
        for url in (f"{other.url}/x", "http://sheets.googleapis.com.evil.example/", "https://evil.example/v4"):
            with pytest.raises(RuntimeError):
                client.request("get", url)
    assert server.seen == other.seen == []


def test_a_client_for_reading_changes_nothing() -> None:
    """Shows that what check and plan open cannot send a change."""
    with WireServer() as server, client_of(server, writing=False) as client, pytest.raises(RuntimeError):
        client.batch_update_raw(ID, BODY)
    assert server.seen == []


@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_that_is_too_large_is_refused(packed: bool) -> None:
    """Shows that the size counts once unpacked: 5 MB that come as 5 kB do not pass a limit of 1 MB."""
    reply = answer(200, {"x": "0" * 5_000_000}, packed=packed)
    with (
        WireServer(reply) as server,
        client_of(server, largest=1024 * 1024) as client,
        pytest.raises(ReadRefused) as raised,
    ):
        read(client)
    assert raised.value.key == "google.too_large"
    assert raised.value.params == {"link": LINK, "limit": 1}


def test_requests_wait_for_the_quota() -> None:
    """Shows that reads and writes are counted apart, and the one too many waits for the next minute."""
    clock = Clock()
    with WireServer() as server, client_of(server, clock, limits=Limits(2, 1)) as client:
        read(client)
        client.batch_update_raw(ID, BODY)
        read(client)
        assert clock.slept == []
        read(client)
    assert len(clock.slept) == 1
    assert clock.slept[0] >= 60
    assert len(server.seen) == 4


def test_the_quota_never_waits_beyond_the_deadline() -> None:
    """Shows that a wait for the quota that would outlast the deadline ends the work at once."""
    clock = Clock()
    with WireServer() as server, client_of(server, clock, limits=Limits(1, 1), deadline=30) as client:
        read(client)
        with pytest.raises(TemporaryFailure) as raised:
            read(client)
    assert raised.value.key == "google.deadline"
    assert clock.slept == []


def test_sleep_keeps_the_deadline() -> None:
    """Shows that a wait within the deadline is slept, and one beyond it raises instead."""
    clock = Clock()
    with WireServer() as server, client_of(server, clock, deadline=10) as client:
        client.sleep(8)
        with pytest.raises(TemporaryFailure):
            client.sleep(3)
    assert clock.slept == [8]
