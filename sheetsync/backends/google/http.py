"""The client through which all of Google is asked: gspread's own, with time limits, bounded repeats and quotas.

Imports gspread and google-auth, so it is itself imported only where Google is really asked for something.
"""

from __future__ import annotations

import json as json_text
import os
import random as chance
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote, urlsplit

import gspread
import requests
from google.auth import exceptions as by_google
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from sheetsync.backends.google import faults
from sheetsync.backends.google.address import sheet_link
from sheetsync.backends.google.deadline import Deadline, Watch
from sheetsync.backends.google.endpoint import Endpoint, endpoint_of
from sheetsync.backends.google.faults import Fault
from sheetsync.backends.google.quota import Limits, Quota, shared
from sheetsync.backends.google.refusals import Ambiguous, Asked, Throttled, is_throttled, refused, told_in
from sheetsync.backends.google.token import Bearer, Unanswered, token_on, token_refused
from sheetsync.backends.google.wire import LARGEST, TooLargeError, WireSession
from sheetsync.errors import ReadRefused, SheetsyncError, TemporaryFailure

if TYPE_CHECKING:
    from gspread.http_client import FileType, ParamsType

Json = dict[str, Any]
_SHEETS = "https://sheets.googleapis.com/"
_WRITE_TRIES = 2  # of a change that was never sent; more would make the look at the spreadsheet too old


class Surroundings:
    """What a client takes from the outside: clock, sleep and chance, each of which a test can hand in."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        random: Callable[[], float] = chance.random,
    ) -> None:
        self.clock = clock
        self.sleep = sleep
        self.random = random


class SheetsClient(gspread.HTTPClient):
    """Asks Google for one spreadsheet (or one folder), within one deadline; for one thread.

    What only reads is sent up to five times; a change only once, except where it certainly never left. Every error is
    a ``SheetsyncError``: ``Ambiguous`` and ``Throttled`` for changes, TemporaryFailure, or what ``refusals`` says.
    """

    def __init__(
        self,
        credentials: Any,
        *,
        endpoint: Endpoint,
        deadline: Deadline,
        quota: Quota,
        email: str = "",
        writing: bool = False,
        largest: int = LARGEST,
        around: Surroundings | None = None,
    ) -> None:
        session = WireSession(endpoint, deadline, largest)
        self._token_session = WireSession(endpoint, deadline, largest)
        self._bearer = Bearer(credentials, self._token_session)
        session.auth = self._bearer
        super().__init__(auth=credentials, session=session)
        self._email = email
        self.deadline = deadline
        self._endpoint = endpoint
        self._quota = quota
        self._writing = writing
        self._largest = largest
        self._around = around or Surroundings()
        self._link = ""
        self._data: Json | None = None

    def get_spreadsheet(self, id: str, *, fields: str, ranges: Sequence[str] = ()) -> Json:  # noqa: A002 - gspread's
        """Read a spreadsheet in one request; ``fields`` is the mask of what is wanted, ``ranges`` are in A1 form."""
        self._link = sheet_link(id)
        params: ParamsType = {"fields": fields, "prettyPrint": "false"}
        if ranges:
            params["ranges"] = list(ranges)
        return self._json("get", SPREADSHEET_URL % quote(id, safe=""), params=params)

    def batch_update_raw(self, id: str, body: Json, *, fields: str | None = None) -> Json:  # noqa: A002 - gspread's
        """Change a spreadsheet in one request, whole or not at all; ``fields`` is the mask of the answer.

        Raises Ambiguous where nobody knows whether the change was made, Throttled where it certainly was not.
        """
        self._link = sheet_link(id)
        params: ParamsType = {"prettyPrint": "false"}
        if fields is not None:
            params["fields"] = fields
        data = json_text.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        url = SPREADSHEET_BATCH_UPDATE_URL % quote(id, safe="")
        return self._json("post", url, params=params, data=data, headers={"Content-Type": "application/json"})

    def get_json(self, url: str, params: ParamsType, link: str) -> Json:
        """Read anything else of Google's, such as a folder of Drive; ``link`` names it in errors."""
        self._link = link
        return self._json("get", url, params=params)

    def request(
        self,
        method: str,
        endpoint: str,
        params: ParamsType | None = None,
        data: bytes | None = None,
        json: Any = None,
        files: FileType = None,
        headers: Any = None,
    ) -> requests.Response:
        """Carry one request of gspread's, as often as is safe, and give its answer (status 200 to 299)."""
        reading = method.lower() in ("get", "head")
        if not reading and not self._writing:
            raise RuntimeError("this client was opened for reading only")
        if not self._endpoint.may_see_token(self._endpoint.at(endpoint)):
            raise RuntimeError(f"no token for {urlsplit(endpoint).hostname}")
        asked = Asked(self._link, self.email, not reading, folder="/drive/v3/" in endpoint)
        tries = 0
        while True:
            tries += 1
            got = self._attempt(asked, method, endpoint, params, data, json, files, headers)
            if isinstance(got, requests.Response):
                return got
            self._go_on(got, tries, asked)

    def sleep(self, seconds: float) -> None:
        """Wait within the deadline; raises TemporaryFailure at once where it would end first."""
        if seconds >= self.deadline.left():
            raise self._too_late()
        self._around.sleep(seconds)

    def sign_in(self) -> None:
        """Fetch the token now, once, before many threads need it; raises AccessDenied where there is none to be had."""
        tries = 0
        while True:
            tries += 1
            fault = self._token_step(self._bearer.ensure)
            if fault is None:
                return
            self._go_on(fault, tries, Asked(self._link, self.email))

    @property
    def email(self) -> str:
        """What a spreadsheet must be shared with; "" where a person signed in. Some know it only with their token."""
        return self._email or _email_of(self._bearer.credentials)

    def close(self) -> None:
        """Close the connections."""
        self.session.close()
        self._token_session.close()

    def __enter__(self) -> SheetsClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _json(self, method: str, url: str, **kwargs: Any) -> Json:
        self.request(method, url, **kwargs)
        return self._data or {}

    def _attempt(self, asked: Asked, method: str, url: str, *rest: Any) -> requests.Response | Fault:
        """Send a request once (twice where the token had ended); raises what repeating cannot mend."""
        if self.deadline.left() <= 0:
            raise self._too_late()
        if not url.startswith(_SHEETS):
            return self._sent(asked, method, url, *rest)
        try:
            with self._quota.slot("write" if asked.writing else "read", self.deadline.left):
                return self._sent(asked, method, url, *rest)
        except TimeoutError:
            raise self._too_late() from None

    def _sent(self, asked: Asked, method: str, url: str, *rest: Any) -> requests.Response | Fault:
        got = self._once(asked, method, url, *rest)
        if isinstance(got, requests.Response) and got.status_code == 401:
            refused_token = token_on(got.request)
            renewed = self._token_step(lambda: self._bearer.renew(refused_token))
            got = renewed or self._once(asked, method, url, *rest)
        return self._judged(got, asked) if isinstance(got, requests.Response) else got

    def _once(self, asked: Asked, method: str, url: str, *rest: Any) -> requests.Response | Fault:
        with Watch(self.deadline.left()) as watch:
            try:
                got = super().request(method, url, *rest)
                return self._late() if watch.over else got  # headers that end in the middle pass for whole ones
            except gspread.exceptions.APIError as error:
                return self._late() if watch.over else error.response
            except TooLargeError:
                raise self._too_large(asked) from None
            except by_google.GoogleAuthError as error:
                return self._token_fault(error, watch)
            except OSError as error:  # all errors of requests are such
                return self._late() if watch.over else faults.of_exception(error)

    def _judged(self, response: requests.Response, asked: Asked) -> requests.Response | Fault:
        """Tell a good answer from a fault that may pass; raises what stays refused."""
        status = response.status_code
        if response.ok and status < 300:
            self._data = _data_of(response)
            return response if self._data is not None else Fault("broken", f"HTTP {status}")
        told = told_in(response.content)
        throttled = is_throttled(status, told)
        if throttled or status in faults.REPEATED or status >= 500 or (status == 409 and asked.writing):
            return faults.of_status(status, response.headers, throttled=throttled, now=datetime.now(UTC))
        raise refused(status, told, asked)

    def _go_on(self, fault: Fault, tries: int, asked: Asked) -> None:
        """Wait for the next attempt, or raise where there must be none."""
        wait = faults.backoff(fault, tries, self._around.random)
        most = _WRITE_TRIES if asked.writing else faults.TRIES
        held = asked.writing and (fault.lost_time or not fault.unmade)
        if held or not fault.passing or tries >= most or wait >= self.deadline.left():
            self._give_up(fault, wait, asked)
        self._around.sleep(wait)

    def _give_up(self, fault: Fault, wait: float, asked: Asked) -> NoReturn:
        known = {"link": asked.link or _SHEETS, "cause": fault.cause, "seconds": round(self.deadline.seconds)}
        if not asked.writing or (not fault.passing and fault.unmade):
            raise TemporaryFailure(f"google.{fault.key}", **known)
        if fault.unmade:
            raise Throttled(f"google.{fault.key}", wait=wait, **known)
        raise Ambiguous("google.unsure", **known)

    def _token_step(self, step: Callable[[], None]) -> Fault | None:
        with Watch(self.deadline.left()) as watch:
            try:
                step()
            except by_google.GoogleAuthError as error:
                return self._token_fault(error, watch)
        return None

    def _token_fault(self, error: by_google.GoogleAuthError, watch: Watch) -> Fault:
        """Give the fault of a token that did not come because of the network; raises where Google refuses it."""
        if watch.over:
            return self._late()._replace(unmade=True)
        if isinstance(error, Unanswered):
            return error.fault
        if isinstance(error, by_google.TransportError):
            return faults.of_exception(error)._replace(unmade=True)
        raise token_refused(error, self.email) from None

    def _late(self) -> Fault:
        return Fault("deadline", "deadline", passing=False)

    def _too_late(self) -> SheetsyncError:
        return TemporaryFailure("google.deadline", link=self._link or _SHEETS, seconds=round(self.deadline.seconds))

    def _too_large(self, asked: Asked) -> SheetsyncError:
        limit = self._largest // (1024 * 1024)
        if asked.writing:  # the answer to a change was too large to see what became of it
            return Ambiguous("google.unsure", link=asked.link, cause=f"> {limit} MB")
        return ReadRefused("google.too_large", link=asked.link, limit=limit)


def connect(
    credentials: Any,
    *,
    writing: bool = False,
    limits: Limits = Limits(),  # noqa: B008 - a tuple
    deadline: float = 300.0,
    email: str = "",
    endpoint: Endpoint | None = None,
    quota: Quota | None = None,
    largest: int = LARGEST,
    around: Surroundings | None = None,
) -> SheetsClient:
    """Open a client for one spreadsheet; its ``deadline`` (seconds) begins now.

    ``credentials`` are google-auth's, and may be shared by threads. ``email`` is what a user must share his
    spreadsheet with; by default the one that the credentials know. All clients of one account count their requests
    together (``limits``), unless a ``quota`` is handed in. ConfigError where ``SHEETSYNC_GOOGLE_ENDPOINT`` is wrong.
    """
    endpoint = endpoint if endpoint is not None else endpoint_of(os.environ)
    around = around or Surroundings()
    email = email or _email_of(credentials)
    account = f"{endpoint.base or ''} {email or id(credentials)}"
    return SheetsClient(
        credentials,
        endpoint=endpoint,
        deadline=Deadline(deadline, around.clock),
        quota=quota or shared(account, limits),
        email=email,
        writing=writing,
        largest=largest,
        around=around,
    )


def _email_of(credentials: Any) -> str:
    email = getattr(credentials, "service_account_email", None) or ""
    return email if "@" in email else ""  # an attached account says "default" until its first token


def _data_of(response: requests.Response) -> Json | None:
    """Give the JSON of an answer; None where it is a page of some proxy, or half an answer.

    Only what says that it is something else (an exported file) need not be JSON, nor an answer without content.
    """
    kind = response.headers.get("Content-Type", "").lower()
    if response.status_code == 204 or (kind and not any(word in kind for word in ("json", "html", "text/plain"))):
        return {}
    try:
        data = json_text.loads(response.content)
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None
