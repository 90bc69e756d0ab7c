"""How the work of a client ends: at the deadline, at the quota of its account, at a size, and what is then told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from google.oauth2.service_account import Credentials

from sheetsync.backends.google.credentials import scopes
from sheetsync.backends.google.endpoint import Endpoint
from sheetsync.backends.google.http import connect
from sheetsync.backends.google.quota import Limits
from sheetsync.backends.google.refusals import Ambiguous
from sheetsync.errors import ReadRefused, TemporaryFailure
from sheetsync.language import Phrases
from sheetsync.locales import load
from tests.backends.google.clocks import Clock, client_of
from tests.backends.google.test_http import BODY, ID, LINK, PASSING, read
from tests.backends.google.wire_server import WireServer, answer


def test_nothing_is_asked_when_the_time_is_over() -> None:
    """Shows that after the deadline neither a read nor a change is sent, and that the message says how long it was."""
    clock = Clock()
    with WireServer() as server, client_of(server, clock, deadline=10) as client:
        clock.now += 10
        assert client.deadline.left() == 0
        for ask in (lambda: read(client), lambda: client.batch_update_raw(ID, BODY)):
            with pytest.raises(TemporaryFailure) as raised:
                ask()
            assert (raised.value.key, raised.value.params["seconds"]) == ("google.deadline", 10)
            assert raised.value.params["link"] == LINK
        clock.now += 5
        assert client.deadline.left() == 0
    assert server.seen == []


def test_clients_of_one_account_count_their_requests_together() -> None:
    """Shows that what one client has asked counts for the next one of its account, and for no other account."""
    with WireServer() as server:
        key = {**server.key(), "client_email": "together@acme.iam.gserviceaccount.com"}
        other = {**key, "client_email": "apart@acme.iam.gserviceaccount.com"}

        def ask(info: dict[str, Any]) -> dict[str, object]:
            made = Credentials.from_service_account_info(info, scopes=scopes(writing=False))
            with connect(made, limits=Limits(1, 1), deadline=20, endpoint=Endpoint(server.url)) as client:
                return read(client)

        ask(key)
        with pytest.raises(TemporaryFailure) as raised:
            ask(key)
        assert raised.value.key == "google.deadline"
        ask(other)
    assert len(server.seen) == 2


@pytest.mark.parametrize("fault", ["503", "reset", "HTML with 200", "truncated", "429"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_ends_the_work_is_told_in_whole_sentences(fault: str, language: str) -> None:
    """Shows that what is left of a read or a change names the spreadsheet, and why Google gave no answer."""
    causes = {
        "503": "HTTP 503",
        "reset": "RemoteDisconnected",
        "HTML with 200": "HTTP 200",
        "truncated": "IncompleteRead",
    }
    with WireServer(default=PASSING[fault]) as server, client_of(server, Clock(), deadline=3000) as client:
        for ask in (lambda: read(client), lambda: client.batch_update_raw(ID, BODY)):
            with pytest.raises(TemporaryFailure) as raised:
                ask()
            text = Phrases(load(language)).text(f"error.{raised.value.key}", **raised.value.params)
            assert LINK in text
            assert causes.get(fault, "HTTP 429") in (text if fault != "429" else str(raised.value.params["cause"]))


def test_a_change_whose_answer_is_too_large_is_a_riddle() -> None:
    """Shows that a change was made perhaps where what came back could not be looked at; it is not sent again."""
    reply = answer(200, {"x": "0" * 2_000_000})
    with (
        WireServer(reply) as server,
        client_of(server, largest=1024 * 1024) as client,
        pytest.raises(Ambiguous) as told,
    ):
        client.batch_update_raw(ID, BODY)
    assert len(server.seen) == 1
    assert told.value.params == {"link": LINK, "cause": "> 1 MB"}
    assert told.value.key == "google.unsure"


def test_an_answer_of_just_the_largest_size_is_read() -> None:
    """Shows the bound itself: as many bytes as are allowed pass."""
    body = json.dumps({"x": "0" * 1000})
    with WireServer(answer(200, body)) as server, client_of(server, largest=len(body)) as client:
        assert read(client) == {"x": "0" * 1000}
    with (
        WireServer(answer(200, body)) as server,
        client_of(server, largest=len(body) - 1) as client,
        pytest.raises(ReadRefused),
    ):
        read(client)
