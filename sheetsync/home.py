"""Where a person keeps what is theirs: paths below their own folder, and what the configuration is called.

A container may run as a user whom nobody knows, who has no such folder.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sheetsync.errors import ConfigError
from sheetsync.sparing import import_platformdirs

CONFIG_NAME = "sheetsync.toml"
CONFIG_VARIABLE = "SHEETSYNC_CONFIG"
"""The variable that names another configuration than the one in the current folder."""


def expanded(path: Path | str) -> Path:
    """Give a path with ``~`` as the folder of the person; as it is where nobody is called so, or has a folder."""
    path = Path(path)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def state_home() -> Path:
    """Give the platform's folder for what a program remembers; ConfigError where the person has none."""
    import_platformdirs()
    from platformdirs import user_state_path

    return _known(user_state_path)


def config_home() -> Path:
    """Give the platform's folder for configurations; ConfigError where the person has none."""
    import_platformdirs()
    from platformdirs import user_config_path

    return _known(user_config_path)


def _known(ask: Callable[..., Any]) -> Path:
    try:
        folder: Path = ask("sheetsync", appauthor=False)
    except RuntimeError as error:
        raise ConfigError("no_home") from error
    if not folder.is_absolute():  # earlier releases of platformdirs leave the ~ in it
        raise ConfigError("no_home")
    return folder
