"""Who signs in to Google: finding the credentials, and making google-auth's object of them.

They are looked for where the configuration says; else in ``SHEETSYNC_CREDENTIALS_JSON`` (the JSON itself), the file of
``GOOGLE_APPLICATION_CREDENTIALS``, a sign-in through ``google.oauth_client``, gcloud's application default, and last
the account that a machine of Google Cloud has attached. What is found is never shown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sheetsync.backends.google import keys
from sheetsync.errors import AccessDenied, ConfigError
from sheetsync.hidden import Hidden, Source
from sheetsync.home import expanded
from sheetsync.record import NamedTuple

VARIABLE = "SHEETSYNC_CREDENTIALS_JSON"
DEFAULT_VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
ATTACHED = "attached"
_COMMAND_SECONDS = 60
_SCOPE = "https://www.googleapis.com/auth/"
_ON_GOOGLE = ("K_SERVICE", "CLOUD_RUN_JOB", "GAE_ENV", "FUNCTION_TARGET", "GCE_METADATA_HOST", "GCE_METADATA_ROOT")


class Found(NamedTuple):
    """Credentials that were found, and checked as far as that goes without asking Google.

    ``kind`` is the JSON's type, or ``attached`` for the account of the machine. ``source`` names the file, variable or
    command. ``email`` is what spreadsheets are shared with, "" for a person or where only Google knows it. ``modified``
    is when the file was last changed (seconds since 1970). ``guarded`` says whether only its owner can read the file;
    None where there is no file with a secret, or the system cannot tell (Windows).
    """

    kind: str
    source: str
    info: Hidden[dict[str, Any]]
    email: str = ""
    path: Path | None = None
    modified: float | None = None
    guarded: bool | None = None


def scopes(*, writing: bool, folders: bool = False) -> tuple[str, ...]:
    """Give the rights to ask for: spreadsheets alone, only to read where nothing is written; names of files in folders.

    The list of a folder needs the names and dates of files (``drive.metadata.readonly``), never their content.
    """
    sheets = f"{_SCOPE}spreadsheets" if writing else f"{_SCOPE}spreadsheets.readonly"
    return (sheets, f"{_SCOPE}drive.metadata.readonly") if folders else (sheets,)


def find_credentials(setting: Source | None, environment: Mapping[str, str], *, signed_in: Path | None = None) -> Found:
    """Find the credentials; ``signed_in`` is the file in which a person's sign-in is kept, where one is wanted.

    Raises ConfigError where there are none or they are not whole, each with its own sentence, and where others can
    read a key file; AccessDenied where we cannot, or nobody has signed in yet.
    """
    if setting is not None:
        return _from_setting(setting, environment)
    if environment.get(VARIABLE, "").strip():
        return _from_text(environment[VARIABLE], VARIABLE)
    if environment.get(DEFAULT_VARIABLE, "").strip():
        return _from_file(Path(environment[DEFAULT_VARIABLE]))
    if signed_in is not None:
        if not signed_in.exists():
            raise AccessDenied("google.sign_in_needed")
        return _from_file(signed_in)
    default = _gcloud_file(environment)
    if default is not None and default.exists():
        return _from_file(default)
    if _on_google(environment):
        return Found(ATTACHED, "metadata.google.internal", Hidden({}))
    raise ConfigError("google.no_credentials")


def load(found: Found, wanted: tuple[str, ...]) -> Any:
    """Make google-auth's credentials with the rights that are wanted (``scopes``); nothing is asked of Google yet.

    Raises ConfigError where the private key in them is damaged.
    """
    if found.kind == ATTACHED:
        import google.auth

        return google.auth.default(scopes=list(wanted))[0]
    return keys.load(found.kind, found.info.shown(), wanted, found.source)


def _from_setting(setting: Source, environment: Mapping[str, str]) -> Found:
    if setting.file is not None:
        return _from_file(expanded(setting.file))
    if setting.env is not None:
        text = environment.get(setting.env, "")
        if not text.strip():
            raise ConfigError("google.variable_missing", source=setting.env)
        return _from_text(text, setting.env)
    return _from_text(_printed(setting.command), setting.command[0])


def _from_text(text: str, source: str) -> Found:
    info = keys.parse(text, source)
    return Found(info["type"], source, Hidden(info), keys.email_of(info))


def _from_file(path: Path) -> Found:
    held = keys.read(path)
    info = keys.parse(held.text, str(path))
    if keys.is_secret(info) and held.guarded is False:
        raise ConfigError("google.key_open", source=str(path), command=keys.mending(path))
    guarded = held.guarded if keys.is_secret(info) else None
    return Found(info["type"], str(path), Hidden(info), keys.email_of(info), path, held.modified, guarded)


def _printed(command: tuple[str, ...]) -> str:
    """Run the command that prints the credentials; what it says on stderr is left to the terminal."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603 - the user's own command, without a shell
            command, stdout=subprocess.PIPE, timeout=_COMMAND_SECONDS, check=True, encoding="utf-8"
        )
    except (OSError, UnicodeDecodeError, subprocess.TimeoutExpired) as error:
        raise ConfigError("google.command_failed", source=command[0], reason=type(error).__name__) from None
    except subprocess.CalledProcessError as error:
        raise ConfigError("google.command_failed", source=command[0], reason=f"exit {error.returncode}") from None
    return done.stdout


def _gcloud_file(environment: Mapping[str, str]) -> Path | None:
    """Give the place at which gcloud keeps the application default, on this system."""
    name = "application_default_credentials.json"
    if environment.get("CLOUDSDK_CONFIG"):
        return Path(environment["CLOUDSDK_CONFIG"]) / name
    home = environment.get("APPDATA" if os.name == "nt" else "HOME")
    if not home:
        return None
    return Path(home) / "gcloud" / name if os.name == "nt" else Path(home) / ".config" / "gcloud" / name


def _on_google(environment: Mapping[str, str]) -> bool:
    """Say whether this machine is one of Google Cloud's: by its environment, or by what its firmware says."""
    if environment.get("NO_GCE_CHECK", "").lower() == "true":
        return False
    if any(environment.get(name) for name in _ON_GOOGLE):
        return True
    try:
        return Path("/sys/class/dmi/id/product_name").read_text("ascii").strip().startswith("Google")
    except (OSError, UnicodeDecodeError):
        return False
