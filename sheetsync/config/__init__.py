"""The configuration: ``sheetsync.toml`` becomes a frozen Config, or every problem in it is told at once."""

from __future__ import annotations

from sheetsync.config.keys import Accepted
from sheetsync.config.load import CONFIG_NAME, CONFIG_VARIABLE, find_config, load_config
from sheetsync.config.shape import Config, Defaults, WorkbookConfig
from sheetsync.config.starter import Answers, render_config, workbook_name

__all__ = [
    "CONFIG_NAME",
    "CONFIG_VARIABLE",
    "Accepted",
    "Answers",
    "Config",
    "Defaults",
    "WorkbookConfig",
    "find_config",
    "load_config",
    "render_config",
    "workbook_name",
]
