"""Where the configuration is: as the call says, as the environment says, or in the current folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sheetsync.home import CONFIG_NAME, CONFIG_VARIABLE


def find_config(flag: Path | None, environ: Mapping[str, str], folder: Path) -> Path | None:
    """Give the configuration's path: the flag, the environment's, or the one in the folder; None where there is none.

    A path that was named is given whether or not it exists, so that a misspelt one is an error and not ignored.
    """
    if flag is not None:
        return flag
    named = environ.get(CONFIG_VARIABLE)
    if named:
        return Path(named)
    usual = folder / CONFIG_NAME
    return usual if usual.is_file() else None
