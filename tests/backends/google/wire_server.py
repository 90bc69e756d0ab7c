"""A small server on a plain socket that answers as it is told, byte by byte if need be, and a token for every key.

It knows nothing of spreadsheets; it is there to break in every way in which a connection can.
"""

from __future__ import annotations

import base64
import gzip
import json
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

EMAIL = "robot@acme.iam.gserviceaccount.com"
_REASONS = {200: "OK", 302: "Found", 400: "Bad Request", 429: "Too Many Requests", 503: "Service Unavailable"}
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Seen(NamedTuple):
    """A request as it came."""

    method: str
    path: str
    params: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes


Reply = bytes | Callable[[socket.socket], None]
"""What is sent for one request; a function does with the connection what it likes, and then it is closed."""


def answer(
    status: int = 200,
    body: Any = None,
    headers: Mapping[str, str] | None = None,
    *,
    kind: str = "application/json; charset=UTF-8",
    packed: bool = False,
) -> bytes:
    """Give a whole answer; a body that is no text is sent as JSON."""
    data = body.encode() if isinstance(body, str) else json.dumps({} if body is None else body).encode()
    more = dict(headers or {})
    if packed:
        data = gzip.compress(data)
        more["Content-Encoding"] = "gzip"
    lines = [f"HTTP/1.1 {status} {_REASONS.get(status, 'Whatever')}", f"Content-Type: {kind}"]
    lines += [f"Content-Length: {len(data)}", *(f"{name}: {value}" for name, value in more.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def hang_up(connection: socket.socket) -> None:
    """End the connection without any answer."""
    connection.shutdown(socket.SHUT_RDWR)


class WireServer:
    """Sends ``replies`` one after the other, then ``default``; what came stands in ``seen`` and ``tokens``."""

    def __init__(self, *replies: Reply, default: Reply | None = None, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.replies = list(replies)
        self.default: Reply = default if default is not None else answer(200, {"spreadsheetId": "x"})
        self.seen: list[Seen] = []
        self.tokens: list[dict[str, Any]] = []
        self.token_replies: list[Reply] = []
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._listening.getsockname()[1]}"
        self._threads: list[threading.Thread] = []
        self._connections: list[socket.socket] = []

    def __enter__(self) -> WireServer:
        self._run(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stopped.set()
        for one in [self._listening, *self._connections]:
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it has ended by itself
            finally:
                one.close()
        for thread in self._threads:
            thread.join(5)

    def key(self, **changes: Any) -> dict[str, Any]:
        """Give the content of a service account's key whose token comes from here."""
        return {**key_of(self.url), **changes}

    def key_file(self, folder: Path, **changes: Any) -> Path:
        """Write such a key into a file that only its owner can read."""
        path = folder / "key.json"
        path.write_text(json.dumps(self.key(**changes)), encoding="utf-8")
        path.chmod(0o600)
        return path

    def _run(self, work: Callable[..., None], *args: Any) -> None:
        thread = threading.Thread(target=work, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.stopped.is_set():
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            self._connections.append(connection)
            self._run(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        if self._tls is not None:
            try:
                connection = self._tls.wrap_socket(connection, server_side=True)
            except OSError:
                connection.close()  # the client does not trust us, or says something else than TLS
                return
        with connection, connection.makefile("rb") as stream:
            try:
                while (request := _read(stream)) is not None:
                    reply = self._reply(request)
                    if not isinstance(reply, bytes):
                        reply(connection)
                        return
                    connection.sendall(reply)
            except OSError:
                return  # the client went away, as it does in many of these tests

    def _reply(self, request: Seen) -> Reply:
        with self._lock:
            if request.path == "/token":
                return self.token_replies.pop(0) if self.token_replies else self._token(request)
            self.seen.append(request)
            return self.replies.pop(0) if self.replies else self.default

    def _token(self, request: Seen) -> bytes:
        assertion = parse_qs(request.body.decode())["assertion"][0]
        head, claims, signature = assertion.split(".")
        _KEY.public_key().verify(_unpacked(signature), f"{head}.{claims}".encode(), padding.PKCS1v15(), hashes.SHA256())
        self.tokens.append(json.loads(_unpacked(claims)))
        granted = {"access_token": f"token-{len(self.tokens)}", "expires_in": 3600, "token_type": "Bearer"}
        return answer(200, granted)


def key_of(url: str) -> dict[str, Any]:
    """Give the content of a service account's key whose tokens come from the server at ``url``."""
    pem = _KEY.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return {
        "type": "service_account",
        "project_id": "acme",
        "private_key_id": "1",
        "private_key": pem.decode(),
        "client_email": EMAIL,
        "client_id": "1",
        "token_uri": f"{url}/token",
    }


def _unpacked(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _read(stream: Any) -> Seen | None:
    first = stream.readline().decode().split()
    if len(first) != 3:
        return None
    headers: dict[str, str] = {}
    while (line := stream.readline().decode().strip()) != "":
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = stream.read(int(headers.get("content-length", "0")))
    parts = urlsplit(first[1])
    return Seen(first[0], parts.path, parse_qs(parts.query), headers, body)
