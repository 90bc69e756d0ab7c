"""A person's own sign-in, for those who cannot have a service account: once in a browser, then kept in a file."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sheetsync.errors import AccessDenied, ConfigError
from sheetsync.home import config_home

Flow = Callable[[Mapping[str, Any], Sequence[str]], Any]
"""Leads a person through the sign-in: takes the OAuth client and the scopes, gives google-auth's credentials."""


def kept_at() -> Path:
    """Give the file in which the sign-in is kept, in the user's folder for configurations of this system."""
    return config_home() / "google-sign-in.json"


def sign_in(client: Path, scopes: Sequence[str], *, terminal: bool, kept: Path, flow: Flow | None = None) -> Path:
    """Lead a person through the sign-in of an OAuth client (its JSON file), and keep it readable for him alone.

    Only ever asked at a terminal: AccessDenied elsewhere, and where the person declines. ConfigError where the file
    is no OAuth client for installed applications.
    """
    if not terminal:
        raise AccessDenied("google.sign_in_needed")
    described = _client(client)
    try:
        made = (flow or _in_browser)(described, scopes)
    except Exception as error:  # noqa: BLE001 - oauthlib has dozens of kinds, all of which mean that it did not succeed
        raise AccessDenied("google.sign_in_failed", reason=type(error).__name__) from None
    _keep(kept, {**json.loads(made.to_json(strip=("token", "expiry"))), "type": "authorized_user"})
    return kept


def _in_browser(client: Mapping[str, Any], scopes: Sequence[str]) -> Any:
    from gspread.auth import local_server_flow

    return local_server_flow(client, scopes)


def _client(path: Path) -> dict[str, Any]:
    try:
        described = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError("google.key_missing", source=str(path)) from None
    except OSError as error:
        raise AccessDenied("google.key_unreadable", source=str(path), reason=error.strerror or str(error)) from None
    except ValueError:
        raise ConfigError("google.not_client", source=str(path)) from None
    if not isinstance(described, dict) or not isinstance(described.get("installed"), dict):
        raise ConfigError("google.not_client", source=str(path))
    return described


def _keep(path: Path, held: dict[str, Any]) -> None:
    """Write the sign-in whole or not at all; the file is never readable by others, not even while it is written."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".google-sign-in-")  # mkstemp makes it 0600
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            json.dump(held, file)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
