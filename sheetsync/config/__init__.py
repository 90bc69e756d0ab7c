"""The configuration: ``sheetsync.toml`` becomes a frozen Config, or every problem in it is told at once."""

from __future__ import annotations

from sheetsync.config.keys import Accepted
from sheetsync.config.load import CONFIG_NAME, CONFIG_VARIABLE, find_config, load_config
from sheetsync.config.shape import Config, Defaults, WorkbookConfig

__all__ = [
    "CONFIG_NAME",
    "CONFIG_VARIABLE",
    "Accepted",
    "Config",
    "Defaults",
    "WorkbookConfig",
    "find_config",
    "load_config",
]
