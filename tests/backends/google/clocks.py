"""A clock that only moves when somebody sleeps, and a client of a ``WireServer`` that lives by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from google.oauth2.service_account import Credentials

from sheetsync.backends.google.credentials import scopes
from sheetsync.backends.google.endpoint import Endpoint
from sheetsync.backends.google.http import SheetsClient, Surroundings, connect
from sheetsync.backends.google.quota import Limits, Quota
from tests.backends.google.wire_server import WireServer


class Clock:
    """``now`` in seconds; ``slept`` is every wait."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@contextmanager
def client_of(
    server: WireServer,
    clock: Clock | None = None,
    *,
    random: Callable[[], float] = lambda: 0.5,
    limits: Limits = Limits(),  # noqa: B008 - a tuple
    credentials: Any = None,
    **options: Any,
) -> Iterator[SheetsClient]:
    """Open a client of a server with a quota of its own; with a clock handed in, no wait takes time."""
    around = Surroundings(clock, clock.sleep, random) if clock else Surroundings()
    quota = Quota(limits, clock=around.clock, sleep=around.sleep)
    made = credentials or Credentials.from_service_account_info(server.key(), scopes=scopes(writing=True))
    options = {"writing": True, "endpoint": Endpoint(server.url), "quota": quota, "around": around, **options}
    with connect(made, **options) as client:
        yield client
