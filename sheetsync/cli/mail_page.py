"""Writes messages into a folder, with a page over them to look at, in the language of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheetsync.cli.files import is_foreign
from sheetsync.cli.speech import say, spoken_language
from sheetsync.packaged import templates_dir

if TYPE_CHECKING:
    from sheetsync.delivery.files import Filed


def refuse_foreign(folder: Path) -> None:
    """Raise UsageError where the page would take the place of one that is none of ours."""
    from sheetsync.delivery.files import INDEX, is_page

    if is_foreign(folder / INDEX, is_page):
        raise click.UsageError(say("cli.mail.files.foreign", path=str(folder / INDEX)))


def write_page(folder: Path, made: Sequence[Filed], title: str, day: str = "") -> Path:
    """Write the messages and their page; give that. ``day`` is the heading over their days, if these are shown."""
    from sheetsync.delivery import files

    headings = say("cli.mail.files.recipient"), say("cli.mail.files.subject"), say("cli.mail.files.files")
    return files.write(folder, made, files.Words(spoken_language(), title, headings, day), templates_dir())
