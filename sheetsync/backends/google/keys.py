"""Key files and other JSON that signs in to Google: read, checked, and turned into google-auth's credentials."""

from __future__ import annotations

import json
import os
import re
import shlex
import stat
from pathlib import Path
from typing import Any

from sheetsync.errors import AccessDenied, ConfigError
from sheetsync.record import NamedTuple

_LARGEST = 1 << 20
_NEEDED = {
    "service_account": ("client_email", "private_key", "token_uri"),
    "authorized_user": ("client_id", "client_secret", "refresh_token"),
    "external_account": ("audience", "subject_token_type", "token_url", "credential_source"),
    "external_account_authorized_user": ("audience", "refresh_token", "token_url", "client_id", "client_secret"),
    "impersonated_service_account": ("service_account_impersonation_url", "source_credentials"),
}
_IMPERSONATED = re.compile(r"/serviceAccounts/([^/:]+@[^/:]+):generateAccessToken$")
_AWS = "urn:ietf:params:aws:token-type:aws4_request"


class Held(NamedTuple):
    """A file as it was read; ``guarded`` is None where the system has no such bits."""

    text: str
    modified: float
    guarded: bool | None

    def __repr__(self) -> str:
        return "<hidden>"


def read(path: Path) -> Held:
    """Read a key file, and whether anybody but its owner could; the rights are those of the very file that is read."""
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            data = file.read(_LARGEST)
    except FileNotFoundError:
        raise ConfigError("google.key_missing", source=str(path)) from None
    except OSError as error:
        raise AccessDenied("google.key_unreadable", source=str(path), reason=error.strerror or str(error)) from None
    guarded = None if os.name == "nt" else not stat.S_IMODE(about.st_mode) & (stat.S_IRWXG | stat.S_IRWXO)
    return Held(data.decode("utf-8-sig", "replace"), about.st_mtime, guarded)


def mending(path: Path) -> str:
    """Give the command that leaves a file to its owner alone."""
    return f"chmod 600 {shlex.quote(str(path))}"


def parse(text: str, source: str) -> dict[str, Any]:
    """Read credentials; ConfigError with one clear sentence for everything that is none. No secret is in it."""
    if text.strip().startswith("AIza"):
        raise ConfigError("google.api_key", source=source)
    try:
        info = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigError("google.not_json", source=source, reason=_place(error)) from None
    if isinstance(info, dict) and ("installed" in info or "web" in info):
        raise ConfigError("google.client_secret", source=source)
    kind = info.get("type") if isinstance(info, dict) else None
    if not isinstance(kind, str) or kind not in _NEEDED:
        raise ConfigError("google.unknown_kind", source=source, kind=kind if isinstance(kind, str) else "–")
    missing = [name for name in _NEEDED[kind] if not info.get(name)]
    if missing:
        raise ConfigError("google.missing_fields", source=source, fields=", ".join(missing))
    return dict(info)


def is_secret(info: dict[str, Any]) -> bool:
    """Say whether whoever reads these credentials can sign in with them; a federation's description opens nothing."""
    if info["type"] == "impersonated_service_account":
        source = info["source_credentials"]
        return not isinstance(source, dict) or source.get("type") != "external_account"
    return bool(info["type"] != "external_account")


def email_of(info: dict[str, Any]) -> str:
    """Give the e-mail of the account that credentials act as; "" for a person's own."""
    found = _IMPERSONATED.search(str(info.get("service_account_impersonation_url", "")))
    return found[1] if found else str(info.get("client_email", ""))


def load(kind: str, info: dict[str, Any], scopes: tuple[str, ...], source: str) -> Any:
    """Make google-auth's credentials of one kind; its loader for any kind is deprecated, because it trusts any file."""
    wanted = list(scopes)
    try:
        if kind == "service_account":
            from google.oauth2 import service_account

            return service_account.Credentials.from_service_account_info(info, scopes=wanted)
        if kind == "authorized_user":
            from google.oauth2 import credentials

            # without scopes: the person chose them when signing in, and to ask for others is refused
            return credentials.Credentials.from_authorized_user_info(info)
        return _keyless(kind, info, wanted)
    except ValueError as error:
        if kind == "service_account":
            raise ConfigError("google.bad_key", source=source) from None
        reason = "private_key" if "key" in str(error).lower() else type(error).__name__
        raise ConfigError("google.missing_fields", source=source, fields=reason) from None


def _keyless(kind: str, info: dict[str, Any], wanted: list[str]) -> Any:
    """Make the credentials that stand for a service account without holding its key."""
    if kind == "impersonated_service_account":
        from google.auth import impersonated_credentials

        return impersonated_credentials.Credentials.from_impersonated_service_account_info(info, scopes=wanted)
    if kind == "external_account_authorized_user":
        from google.auth import external_account_authorized_user

        return external_account_authorized_user.Credentials.from_info(info)
    if info["subject_token_type"] == _AWS:
        from google.auth import aws

        return aws.Credentials.from_info(info, scopes=wanted)
    if "executable" in info["credential_source"]:
        from google.auth import pluggable

        return pluggable.Credentials.from_info(info, scopes=wanted)
    from google.auth import identity_pool

    return identity_pool.Credentials.from_info(info, scopes=wanted)


def _place(error: Exception) -> str:
    """Say where JSON breaks, without any of its text: it may be half a key."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.lineno}:{error.colno}"
    return type(error).__name__
