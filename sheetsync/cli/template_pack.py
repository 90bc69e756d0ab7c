"""``sheetsync template pack``: a brand for the mails to begin with."""

from __future__ import annotations

from pathlib import Path

import click

from sheetsync.cli import exits, options
from sheetsync.cli.files import put_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.speech import say, spoken_language
from sheetsync.errors import ConfigError
from sheetsync.packaged import templates_dir


@click.command("pack", cls=SpokenCommand, help=say("cli.template.pack.help"), short_help=say("cli.template.pack.short"))
@click.argument("folder", metavar=say("cli.template.pack.metavar"))
@options.spoken
def command(folder: str) -> int:
    """Write the files of a pack, with remarks in the language of the person at the terminal, into a new folder."""
    target = Path(folder).expanduser()
    source = templates_dir() / "packs" / spoken_language()
    files = sorted(path for path in source.rglob("*") if path.is_file())
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise ConfigError("pack.exists", path=folder)
        for path in files:
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            put_text(place, path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError("pack.unwritable", path=folder, reason=error.strerror or type(error).__name__) from error
    click.echo(say("cli.template.pack.written", path=folder), err=True)
    click.echo(say("cli.template.pack.next", path=folder), err=True)
    return exits.COMPLETE
