"""So many reads and writes a minute, by a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sheets_server.asking import Asker
from tests.sheets_server.quota import Quota
from tests.sheets_server.server import SheetsServer
from tests.sheets_server.spreadsheet import Spreadsheet

BOOK = "1" + "q" * 43
HERE = f"/v4/spreadsheets/{BOOK}"
CLEAR = f"{HERE}/values/A1:clear"


@pytest.fixture
def now() -> list[float]:
    """Give the time, to be moved."""
    return [1_760_000_060.0]


@pytest.fixture
def server(now: list[float]) -> Iterator[SheetsServer]:
    """Give a server that goes by that time."""
    with SheetsServer(clock=lambda: now[0]) as found:
        found.add(Spreadsheet(BOOK))
        yield found
    assert found.violations == []


@pytest.fixture
def ask(server: SheetsServer) -> Iterator[Asker]:
    """Give a client of that server."""
    asker = Asker(server)
    yield asker
    asker.close()


def test_window_is_used_up_and_filled_again(now: list[float], server: SheetsServer, ask: Asker) -> None:
    """Shows that the request beyond the limit is a 429, and that the next minute allows it again."""
    server.quota(reads=2, writes=1, retry_after=True)
    assert [ask("GET", HERE).status for _ in range(3)] == [200, 200, 429]
    refused = ask("GET", HERE)
    assert refused.headers["retry-after"] == "40"
    assert refused.body["error"]["details"][0]["metadata"]["quota_limit_value"] == "2"
    now[0] += 40
    assert ask("GET", HERE).status == 200


def test_writes_have_a_window_of_their_own(server: SheetsServer, ask: Asker) -> None:
    """Shows that reads do not use up writes, and which limit the refusal names."""
    server.quota(reads=1, writes=1)
    assert [ask("POST", CLEAR).status, ask("GET", HERE).status] == [200, 200]
    refused = ask("POST", CLEAR)
    assert refused.body["error"]["details"][0]["metadata"]["quota_limit"] == "WriteRequestsPerMinutePerUser"
    assert "Write requests" in refused.reason
    assert "retry-after" not in refused.headers


def test_drive_is_not_counted(server: SheetsServer, ask: Asker) -> None:
    """Shows that files of Drive have nothing to do with the quota of Sheets."""
    quota = server.quota(reads=0, writes=0)
    assert ask("GET", "/drive/v3/files").status == 200
    assert quota.refused == 0


def test_users_do_not_share(now: list[float]) -> None:
    """Shows that another user has a window of his own."""
    quota = Quota(lambda: now[0], reads=1, writes=1, seconds=60, retry_after=False)
    assert [quota.take(user, "read") for user in ("a", "a", "b")] == [True, False, True]
