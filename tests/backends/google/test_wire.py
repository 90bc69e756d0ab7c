"""The session over TLS: trusted certificates only, and the watch ends encrypted connections as well."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from sheetsync.backends.google import faults
from sheetsync.backends.google.deadline import Deadline, Watch
from sheetsync.backends.google.endpoint import Endpoint
from sheetsync.backends.google.wire import WireSession
from tests.backends.google.wire_server import Reply, WireServer, answer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for 127.0.0.1 that nobody has vouched for, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


@contextmanager
def session_of(certificate: Path, *replies: Reply, seconds: float = 5.0) -> Iterator[tuple[WireServer, WireSession]]:
    """Open a server that speaks TLS, and a session that trusts it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with (
        WireServer(*replies, tls=context) as server,
        WireSession(Endpoint(server.url), Deadline(seconds)) as session,
    ):
        session.verify = str(certificate)
        yield server, session


def test_an_encrypted_answer_is_read_whole(certificate: Path) -> None:
    """Shows that requests go through TLS over one connection that is kept."""
    with session_of(certificate, answer(200, {"a": 1}), answer(200, {"a": 2})) as (_, session):
        url = "https://sheets.googleapis.com/v4/x"
        assert [session.get(url).json() for _ in range(2)] == [{"a": 1}, {"a": 2}]


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    """Shows that without trust no request is sent, and that this is a fault that does not pass by itself."""
    with session_of(certificate) as (server, session):
        session.verify = True
        with pytest.raises(requests.exceptions.SSLError) as raised:
            session.get(server.url)
        fault = faults.of_exception(raised.value)
    assert (fault.key, fault.passing, fault.unmade) == ("tls", False, True)
    assert server.seen == []


def drip(head: bytes) -> Reply:
    """Send something, then one byte every 20 ms."""

    def reply(connection: socket.socket) -> None:
        connection.sendall(head)
        for _ in range(1000):
            connection.sendall(b"a")
            time.sleep(0.02)

    return reply


@pytest.mark.parametrize(
    "head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"], ids=["headers", "body"]
)
def test_an_encrypted_drip_ends_with_the_watch(certificate: Path, head: bytes) -> None:
    """Shows that bytes that trickle through TLS for 20 s hold nothing up beyond 0.3 s."""
    with session_of(certificate, drip(head)) as (server, session):
        began = time.monotonic()
        with Watch(0.3) as watch:
            try:
                session.get(server.url)
            except requests.RequestException as error:
                assert faults.of_exception(error).key == "broken"
        assert watch.over
        assert time.monotonic() - began < 2


def test_a_server_that_never_agrees_on_tls_ends_with_the_watch() -> None:
    """Shows that a handshake without an answer, before there is any encrypted connection, is ended as well."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"https://127.0.0.1:{silent.getsockname()[1]}"
        began = time.monotonic()
        with (
            WireSession(Endpoint(url), Deadline(20)) as session,
            Watch(0.3) as watch,
            pytest.raises(requests.RequestException),
        ):
            session.get(url)
        assert watch.over
        assert time.monotonic() - began < 2


def test_handles_do_not_pile_up(certificate: Path) -> None:
    """Shows that a hundred requests over connections that end leave no open file behind."""
    open_files = Path("/proc/self/fd")
    if not open_files.exists():
        pytest.skip("this system does not list a process's open files")
    closing = answer(200, {}, {"Connection": "close"})
    with WireServer(default=closing) as server, WireSession(Endpoint(server.url), Deadline(20)) as session:
        session.get(server.url)
        before = len(list(open_files.iterdir()))
        for _ in range(100):
            with Watch(5):
                session.get(server.url)
        after = len(list(open_files.iterdir()))
    assert after - before <= 20  # the last few may still be closing at the server


def test_no_password_of_the_user_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that a .netrc, which requests would obey, signs neither our requests nor those for a token."""
    netrc = tmp_path / ".netrc"
    netrc.write_text("default login lan password geheim\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with WireServer() as server, WireSession(Endpoint(server.url), Deadline(5)) as session:
        session.trust_env = True
        session.get(server.url)
    assert "authorization" not in server.seen[0].headers
