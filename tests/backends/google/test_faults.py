"""Faults that may pass: how long to wait, and what Retry-After says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_certificate_that_is_not_trusted_does_not_pass() -> None:
    """Shows that a proxy that looks into TLS, and a missing file of certificates, are not tried again."""
    import ssl

    untrusted = ssl.SSLCertVerificationError("self-signed certificate in certificate chain")
    for error in (requests.exceptions.SSLError(untrusted), OSError("no such CA bundle: /etc/x.pem")):
        fault = faults.of_exception(error)
        assert (fault.key, fault.passing, fault.unmade) == ("tls", False, True)
        assert str(error)[-12:] in fault.cause
