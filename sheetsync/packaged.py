"""Finds the templates that come with the program, in an installed copy as well as in a checkout."""

from __future__ import annotations

from pathlib import Path


def templates_dir() -> Path:
    """Give the folder of the templates: inside the installed package, else at the top of the checkout."""
    package = Path(__file__).parent
    installed = package / "templates"
    return installed if installed.is_dir() else package.parent / "templates"
