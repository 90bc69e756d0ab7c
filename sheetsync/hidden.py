"""Secrets: where the configuration says that one is, and how it is held so that it never shows."""

from __future__ import annotations

from pathlib import Path
from typing import Generic, Protocol, TypeVar

Secret = TypeVar("Secret")


class Source(Protocol):
    """Where the configuration says that a secret is: one of a file, a variable, and a command."""

    @property
    def file(self) -> Path | None: ...  # noqa: D102 - said above
    @property
    def env(self) -> str | None: ...  # noqa: D102 - said above
    @property
    def command(self) -> tuple[str, ...]: ...  # noqa: D102 - said above


class Hidden(Generic[Secret]):
    """Holds a secret that no message, log or traceback shows."""

    __slots__ = ("_secret",)

    def __init__(self, secret: Secret) -> None:
        self._secret = secret

    def shown(self) -> Secret:
        """Give the secret itself, to hand it to whom it is for."""
        return self._secret

    def __repr__(self) -> str:
        return "<hidden>"
