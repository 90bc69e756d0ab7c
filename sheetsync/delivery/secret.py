"""Passwords and keys: fetched from a file, a variable or a command when they are needed, and never shown."""

from __future__ import annotations

import os
import stat
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

from sheetsync.errors import ConfigError
from sheetsync.hidden import Hidden, Source
from sheetsync.home import expanded

_COMMAND_SECONDS = 60
_SHORTEST = 4
"""A secret shorter than this is not looked for in what a server says: it would be found in every other word."""


def fetch(source: Source, environment: Mapping[str, str], *, lines: bool = False) -> Hidden[str]:
    """Fetch a secret; without ``lines`` it is one line, and the end of that line is left out.

    Raises ConfigError with one sentence where it is not to be had, and where others can read its file.
    """
    text, place = _read(source, environment)
    text = text if lines else text.strip("\r\n")
    if not text.strip():
        raise ConfigError("mail.secret_missing", source=place)
    if not lines and any(char < " " or char == "\x7f" for char in text):
        raise ConfigError("mail.secret_lines", source=place)
    return Hidden(text)


def _read(source: Source, environment: Mapping[str, str]) -> tuple[str, str]:
    if source.file is not None:
        return _from_file(expanded(source.file)), str(source.file)
    if source.env is not None:
        return environment.get(source.env, ""), source.env
    return _printed(source.command), source.command[0]


def _from_file(path: Path) -> str:
    try:
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ConfigError("mail.secret_open", source=str(path))
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise ConfigError("mail.secret_unreadable", source=str(path), reason=reason) from None


def _printed(command: tuple[str, ...]) -> str:
    """Run the command that prints the secret; what it says on stderr is left to the terminal."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, without a shell
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, timeout=_COMMAND_SECONDS, check=True
        )
        return done.stdout.decode("utf-8")
    except subprocess.CalledProcessError as error:
        reason = f"exit {error.returncode}"
    except (OSError, UnicodeDecodeError, subprocess.TimeoutExpired) as error:
        reason = type(error).__name__
    raise ConfigError("mail.secret_unreadable", source=command[0], reason=reason)


def redacted(text: str, *secrets: Hidden[str]) -> str:
    """Give what a server said on one line, at most 200 characters, without the secrets that it may have said back."""
    told = " ".join(text.split())
    for one in secrets:
        for form in _forms(one.shown()):
            told = told.replace(form, "…")
    return told[:200]


def _forms(secret: str) -> list[str]:
    """Give a secret as it is and as it may have been carried: for an address, for a form, in base64."""
    octets = secret.encode("utf-8")
    forms = {secret, quote(secret, safe=""), quote_plus(secret), b64encode(octets).decode("ascii").rstrip("=")}
    return sorted((form for form in forms if len(form) >= _SHORTEST), key=len, reverse=True)
