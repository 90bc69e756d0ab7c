"""The session under gspread and google-auth: bounded in time and size, to Google or its stand-in, no redirects.

Imports requests and urllib3, so it is itself imported only where Google is really asked for something.
"""

from __future__ import annotations

import io
import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from sheetsync import __version__
from sheetsync.backends.google.deadline import Deadline, hold
from sheetsync.backends.google.endpoint import Endpoint

CONNECT_SECONDS = 10.0
READ_SECONDS = 190.0
"""Longest silence on a connection: Google ends a request after 180 seconds."""

LARGEST = 512 * 1024 * 1024
"""Most bytes of an unpacked answer: a full spreadsheet (10 million cells) is more than memory should hold."""

_CHUNK = 1 << 16


class TooLargeError(Exception):
    """An answer has more bytes, once unpacked, than may be held."""


class _Watched:
    """Keeps a second handle of the connection, through which the watch can end it also while TLS is being agreed."""

    handle: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        made: socket.socket = super()._new_conn()  # type: ignore[misc]
        self._let_go()
        self.handle = made.dup()
        hold(self.handle)
        return made

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.handle is not None:  # a connection that an earlier request left open
            hold(self.handle)
        super().request(*args, **kwargs)  # type: ignore[misc]

    def close(self) -> None:
        super().close()  # type: ignore[misc]
        self._let_go()

    def _let_go(self) -> None:
        if self.handle is not None:
            self.handle.close()
            self.handle = None


class _Connection(_Watched, HTTPConnection):
    pass


class _SecureConnection(_Watched, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    """Opens connections that the watch can end, directly and through proxies. Repeats nothing by itself."""

    _pools = {"http": _Pool, "https": _SecurePool}  # noqa: RUF012 - urllib3 only reads it

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **proxy_kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **proxy_kwargs)
        manager.pool_classes_by_scheme = self._pools
        return manager


class WireSession(requests.Session):
    """A session for one thread whose requests end with the deadline, and whose answers are read whole and bounded.

    Raises ``TooLargeError`` beside the errors of requests and urllib3.
    """

    def __init__(self, endpoint: Endpoint, deadline: Deadline, largest: int = LARGEST) -> None:
        super().__init__()
        self.endpoint = endpoint
        self.deadline = deadline
        self.largest = largest
        self.trust_env = endpoint.base is None  # no proxy stands between us and this machine
        self.auth = _unchanged
        self.headers.update({"Accept-Encoding": "gzip", "User-Agent": f"sheetsync/{__version__} (gzip)"})
        self.mount("https://", _Adapter())
        self.mount("http://", _Adapter())

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Turn the request to where it really goes."""
        request.url = self.endpoint.at(str(request.url))
        return super().prepare_request(request)

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002 - requests asks with it
        """Follow no redirect: Google's services send none, and the token belongs to nobody else."""
        return

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        """Send with the timeouts that the deadline leaves, and read the answer to its end."""
        left = max(self.deadline.left(), 0.001)
        kwargs["timeout"] = (min(CONNECT_SECONDS, left), min(READ_SECONDS, left))
        kwargs["stream"] = True
        response = super().send(request, **kwargs)
        try:
            response.raw = io.BytesIO(_whole(response.raw, self.largest))
        except HTTPError as error:  # requests wraps it only where it reads the answer itself
            response.close()
            raise requests.ConnectionError(error, request=request) from error
        except TooLargeError:
            response.close()
            raise
        return response


def _whole(raw: Any, largest: int) -> bytes:
    """Read and unpack an answer, and stop as soon as it is too large."""
    parts: list[bytes] = []
    size = 0
    for part in raw.stream(_CHUNK, decode_content=True):
        size += len(part)
        if size > largest:
            raise TooLargeError
        parts.append(part)
    return b"".join(parts)


def _unchanged(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Sign nothing: without any signer, requests would look for passwords in the user's ``.netrc``."""
    return request
