"""What goes wrong between us and Google: what kind of fault it is, whether repeating is safe, how long to wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from sheetsync.record import NamedTuple

TRIES = 5
"""How often a request is sent at most, the first time included."""

REPEATED = frozenset({408, 429, 500, 502, 503, 504})
"""Answers after which a request that changes nothing is sent again."""

_LONGEST_WAIT = 64.0
_SHORTEST_THROTTLE = 4.0


class Fault(NamedTuple):
    """An attempt that failed in a way that may pass.

    ``key`` names the text (``error.google.<key>``), ``cause`` says it in technical words ("HTTP 503"). ``unmade`` is
    True where Google certainly changed nothing, ``lost_time`` where the attempt may have taken long. ``wait`` is what
    Google asked for, in seconds. ``passing`` is False where another attempt cannot go better.
    """

    key: str
    cause: str
    unmade: bool = False
    lost_time: bool = True
    wait: float | None = None
    passing: bool = True


def of_status(status: int, headers: Mapping[str, str], *, throttled: bool, now: datetime) -> Fault:
    """Give the fault of an answer that Google may take back: too many requests, or something broken at its end."""
    wait = retry_after(headers.get("Retry-After"), now)
    if throttled:
        return Fault("rate_limit", f"HTTP {status}", unmade=True, wait=wait)
    return Fault("unavailable", f"HTTP {status}", wait=wait)


def of_exception(error: BaseException) -> Fault:
    """Give the fault of an exception of requests, urllib3 or google-auth."""
    from requests import exceptions as by_requests
    from urllib3 import exceptions as by_urllib3

    chain = list(_chain(error))
    cause = type(chain[-1]).__name__

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(one, kinds) for one in chain)

    if "SSLCertVerificationError" in {type(one).__name__ for one in chain}:
        return Fault("tls", str(chain[-1])[:200], unmade=True, passing=False)
    if isinstance(error, OSError) and not isinstance(error, by_requests.RequestException):
        # such as a file of certificates that is not there
        return Fault("tls", str(chain[-1])[:200], unmade=True, passing=False)
    if has(by_requests.ProxyError, by_urllib3.ProxyError):
        return Fault("unreachable", cause, unmade=True)
    if has(by_urllib3.NewConnectionError):
        return Fault("unreachable", cause, unmade=True, lost_time=False)
    if has(by_requests.ConnectTimeout, by_urllib3.ConnectTimeoutError):
        return Fault("timeout", cause, unmade=True)
    if has(by_requests.Timeout, by_urllib3.TimeoutError):
        return Fault("timeout", cause)
    return Fault("broken", cause)


def backoff(fault: Fault, tries: int, random: Callable[[], float]) -> float:
    """Give the seconds to wait after the ``tries``-th attempt (1, 2, ...); ``random`` gives 0 to 1.

    Full jitter, up to 1, 2, 4, 8 seconds; where Google counts too many requests, 4 to 8, 8 to 16 and so on, so that
    four waits outlast the minute in which it counts. Never less than Google asked for.
    """
    if fault.key == "rate_limit":
        floor: float = min(_LONGEST_WAIT / 2, _SHORTEST_THROTTLE * 2.0 ** (tries - 1))
        drawn = floor + floor * random()
    else:
        drawn = random() * min(_LONGEST_WAIT, 2.0 ** (tries - 1))
    return max(drawn, fault.wait or 0.0)


def retry_after(told: str | None, now: datetime) -> float | None:
    """Read a Retry-After header (seconds, or a date); None where there is none that makes sense."""
    if told is None:
        return None
    text = told.strip()
    if text.isascii() and text.isdigit():
        return float(text) if len(text) < 10 else None
    try:
        day = parsedate_to_datetime(text)
    except ValueError:
        return None
    day = day if day.tzinfo else day.replace(tzinfo=UTC)
    return max(0.0, (day - now).total_seconds())


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Give an exception and those that it wraps, the innermost last."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        inner = [getattr(current, "reason", None), *current.args, current.__cause__, current.__context__]
        current = next((one for one in inner if isinstance(one, BaseException)), None)
