"""Secrets: where they come from, and that nothing says them."""

from __future__ import annotations

import logging
import sys
import traceback
from base64 import b64encode
from pathlib import Path

import pytest

from sheetsync.config.shape import Secret
from sheetsync.delivery.secret import fetch, redacted
from sheetsync.errors import ConfigError, SheetsyncError
from sheetsync.hidden import Hidden
from tests.delivery.certificates import Certificate
from tests.delivery.conftest import USER, MailerTo, written
from tests.delivery.mail_server import drop, hold, serving

CANARY = "canary-Zk3!9"


def test_a_secret_comes_from_three_places(tmp_path: Path) -> None:
    """Shows a secret from a variable, from a file, and from a command; the end of its line is left out."""
    file = tmp_path / "secret"
    file.write_text(f"{CANARY}\n", encoding="utf-8")
    file.chmod(0o600)
    command = (sys.executable, "-c", f"print({CANARY!r})")
    for source in (Secret(env="MAIL"), Secret(file=file), Secret(command=command)):
        assert fetch(source, {"MAIL": CANARY}).shown() == CANARY


def test_spaces_around_a_password_are_part_of_it(tmp_path: Path) -> None:
    """Shows that only the end of the line is left out."""
    file = tmp_path / "secret"
    file.write_bytes(b" two words \r\n")
    file.chmod(0o600)
    assert fetch(Secret(file=file), {}).shown() == " two words "


def wrong(tmp_path: Path) -> list[tuple[Secret, str]]:
    """Give secrets that are not to be had, each with the key of its sentence."""
    opened, empty, lines = (tmp_path / name for name in ("open", "empty", "lines"))
    opened.write_text(CANARY, encoding="utf-8")
    opened.chmod(0o644)
    empty.write_text("\n", encoding="utf-8")
    empty.chmod(0o600)
    lines.write_text(f"{CANARY}\nuser\n", encoding="utf-8")
    lines.chmod(0o600)
    return [
        (Secret(env="NOT_SET"), "secret_missing"),
        (Secret(file=tmp_path / "none"), "secret_unreadable"),
        (Secret(file=tmp_path), "secret_open"),
        (Secret(file=opened), "secret_open"),
        (Secret(file=empty), "secret_missing"),
        (Secret(file=lines), "secret_lines"),
        (Secret(command=(str(tmp_path / "no-such-program"),)), "secret_unreadable"),
        (Secret(command=(sys.executable, "-c", f"print({CANARY!r}); raise SystemExit(3)")), "secret_unreadable"),
    ]


def test_a_secret_that_is_not_to_be_had(tmp_path: Path) -> None:
    """Shows one sentence for each reason, with the place and never with the secret."""
    tmp_path.chmod(0o755)
    for source, key in wrong(tmp_path):
        with pytest.raises(ConfigError) as caught:
            fetch(source, {})
        assert caught.value.key == f"mail.{key}"
        assert CANARY not in str(caught.value.params)


def test_what_holds_a_secret_does_not_show_it() -> None:
    """Shows that neither repr nor a format nor a traceback's local tells a secret."""
    hidden = Hidden(CANARY)
    assert CANARY not in f"{hidden} {hidden!r} {[hidden]} {(hidden,)!s}"


def test_a_server_that_says_secrets_back_is_not_quoted() -> None:
    """Shows that what a server says is shown without the secret, in any form in which it was carried."""
    octets = b64encode(CANARY.encode()).decode()
    told = redacted(f"bad {CANARY} and {octets} and canary-Zk3%219", Hidden(CANARY))
    assert told == "bad … and … and …"
    assert len(redacted("x" * 999)) == 200


@pytest.mark.parametrize("said", [f"535 5.7.8 {CANARY} is wrong", f"454 4.7.0 {CANARY}", drop, hold], ids=range(4))
def test_a_password_is_never_told(
    to: MailerTo, known: Certificate, said: object, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """Shows that a failing login tells the password in no error, no traceback, no log, and on no stream."""
    caplog.set_level(logging.DEBUG)
    with serving(known.server, users={USER: "other"}) as server:
        server.answers("AUTH", said)  # type: ignore[arg-type]
        with pytest.raises(SheetsyncError) as caught:
            to(server, Hidden(CANARY), seconds=0.3).send(written())
    told = "".join(traceback.format_exception(caught.value))
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("mail.")]
    everything = f"{told} {caught.value.params} {ours} {capfd.readouterr()}"
    assert CANARY not in everything
    assert b64encode(CANARY.encode()).decode().rstrip("=") not in everything
