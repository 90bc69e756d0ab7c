"""Faults that may pass: how long to wait, and what Retry-After says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    MaxRetryError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
)

from sheetsync.backends.google import faults
from sheetsync.backends.google.faults import Fault

NOW = datetime(2025, 11, 21, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        (" 30 ", 30.0),
        ("Fri, 21 Nov 2025 22:00:45 GMT", 45.0),
        ("Fri, 21 Nov 2025 22:00:45 -0000", 45.0),
        ("Fri, 21 Nov 2025 21:00:00 GMT", 0.0),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("٣", None),
        ("9" * 400, None),
    ],
)
def test_retry_after_is_read_in_both_forms(told: str | None, seconds: float | None) -> None:
    """Shows that seconds and dates are understood, and nonsense is as if nothing had been said."""
    assert faults.retry_after(told, NOW) == seconds


@given(st.integers(1, 10), st.floats(0, 1), st.one_of(st.none(), st.floats(0, 1000)))
def test_waits_grow_within_bounds_and_obey_google(tries: int, drawn: float, asked: float | None) -> None:
    """Shows that every wait lies between what Google asked for and the bound of its attempt."""
    wait = faults.backoff(Fault("unavailable", "HTTP 503", wait=asked), tries, lambda: drawn)
    assert wait >= (asked or 0)
    assert wait <= max(asked or 0, min(64, 2 ** (tries - 1)))


def test_four_waits_after_throttling_outlast_the_minute() -> None:
    """Shows that even with the least luck a read that is throttled waits until Google's minute is over."""
    fault = Fault("rate_limit", "HTTP 429")
    assert sum(faults.backoff(fault, tries, lambda: 0.0) for tries in (1, 2, 3, 4)) >= 60


def test_a_date_far_off_is_told_as_it_is() -> None:
    """Shows that the caller, who knows the deadline, decides about long waits."""
    later = (NOW + timedelta(days=1)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert faults.retry_after(later, NOW) == 86400


POOL = HTTPConnectionPool("example.com")
REFUSED = NewConnectionError(HTTPConnection("example.com"), "refused")
EXCEPTIONS: list[tuple[BaseException, Fault]] = [
    # certainly not sent, and at once
    (
        requests.ConnectionError(MaxRetryError(POOL, "/", REFUSED)),
        Fault("unreachable", "NewConnectionError", unmade=True, lost_time=False),
    ),
    # certainly not sent, after a wait
    (requests.exceptions.ProxyError("no way"), Fault("unreachable", "ProxyError", unmade=True)),
    (
        requests.ConnectionError(MaxRetryError(POOL, "/", ProxyError("no way", OSError("down")))),
        Fault("unreachable", "OSError", unmade=True),
    ),
    (requests.exceptions.ConnectTimeout("slow"), Fault("timeout", "ConnectTimeout", unmade=True)),
    (
        requests.ConnectionError(MaxRetryError(POOL, "/", ConnectTimeoutError("slow"))),
        Fault("timeout", "ConnectTimeoutError", unmade=True),
    ),
    # sent perhaps: nobody knows what came of it
    (requests.exceptions.ReadTimeout("slow"), Fault("timeout", "ReadTimeout")),
    (requests.ConnectionError(ReadTimeoutError(POOL, "/", "slow")), Fault("timeout", "ReadTimeoutError")),
    (requests.ConnectionError(ProtocolError("gone", ConnectionResetError())), Fault("broken", "ConnectionResetError")),
    (requests.exceptions.ChunkedEncodingError("half"), Fault("broken", "ChunkedEncodingError")),
    (requests.exceptions.ContentDecodingError("no gzip"), Fault("broken", "ContentDecodingError")),
]


@pytest.mark.parametrize(("error", "fault"), EXCEPTIONS)
def test_only_what_never_left_counts_as_not_made(error: BaseException, fault: Fault) -> None:
    """Shows which failures of a connection are certainly no change of Google's, so that it may be sent again."""
    assert faults.of_exception(error) == fault


def test_errors_that_name_one_another_have_an_end() -> None:
    """Shows that a ring of errors is looked at once round."""
    first, second = requests.ConnectionError("a"), ProtocolError("b")
    first.__cause__, second.__cause__ = second, first
    assert faults.of_exception(first) == Fault("broken", "ProtocolError")


@pytest.mark.parametrize("status", [408, 409, 500, 503])
def test_an_answer_of_a_broken_server_says_nothing_of_a_change(status: int) -> None:
    """Shows that only too many requests are certainly not made; what was asked for as a wait is kept for both."""
    headers = {"Retry-After": "9"}
    told = faults.of_status(status, headers, throttled=False, now=NOW)
    assert told == Fault("unavailable", f"HTTP {status}", unmade=False, wait=9.0)
    told = faults.of_status(429, headers, throttled=True, now=NOW)
    assert told == Fault("rate_limit", "HTTP 429", unmade=True, wait=9.0)
    assert faults.of_status(status, {}, throttled=False, now=NOW).wait is None


@pytest.mark.parametrize(("tries", "least"), [(1, 4), (2, 8), (3, 16), (4, 32), (5, 32), (9, 32)])
def test_the_wait_after_throttling_lies_between_its_bounds(tries: int, least: float) -> None:
    """Shows that it doubles up to a bound, that chance spreads it to twice its least, and that Google's word counts."""
    fault = Fault("rate_limit", "HTTP 429", unmade=True, wait=2.0)
    waits = [faults.backoff(fault, tries, iter([drawn]).__next__) for drawn in (0.0, 0.5, 1.0)]
    assert waits == [least, 1.5 * least, 2 * least]
    assert faults.backoff(fault._replace(wait=999.0), tries, lambda: 1.0) == 999.0


@pytest.mark.parametrize(("tries", "most"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 64), (9, 64)])
def test_the_wait_after_another_fault_lies_below_its_bound(tries: int, most: float) -> None:
    """Shows full jitter: from nothing up to a bound that doubles until it is a minute."""
    fault = Fault("unavailable", "HTTP 503")
    assert [faults.backoff(fault, tries, iter([drawn]).__next__) for drawn in (0.0, 1.0)] == [0.0, most]


def test_a_certificate_that_is_not_trusted_does_not_pass() -> None:
    """Shows that a proxy that looks into TLS, and a missing file of certificates, are not tried again."""
    import ssl

    untrusted = ssl.SSLCertVerificationError("self-signed certificate in certificate chain")
    for error in (requests.exceptions.SSLError(untrusted), OSError("no such CA bundle: /etc/x.pem")):
        fault = faults.of_exception(error)
        assert (fault.key, fault.passing, fault.unmade) == ("tls", False, True)
        assert str(error)[-12:] in fault.cause
