"""``sheetsync template pack``: a brand for the mails to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from sheetsync.cli import exits, options
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.speech import say, spoken_language
from sheetsync.config.starter import toml_text
from sheetsync.errors import ConfigError
from sheetsync.home import expanded
from sheetsync.locales import languages, load
from sheetsync.packaged import templates_dir
from sheetsync.text_file import put_text

_TEXTS = "texts.toml"
"""The file whose words stand above the texts of each language."""


@click.command("pack", cls=SpokenCommand, help=say("cli.template.pack.help"), short_help=say("cli.template.pack.short"))
@click.argument("folder", metavar=say("cli.template.pack.metavar"))
@options.spoken
def command(folder: str) -> int:
    """Write the files of a pack, with remarks in the language of the person at the terminal, into a new folder."""
    target = expanded(folder)
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise ConfigError("pack.exists", path=folder)
        for name, text in _files(spoken_language()):
            place = target / name
            place.parent.mkdir(parents=True, exist_ok=True)
            put_text(place, text)
    except OSError as error:
        raise ConfigError("pack.unwritable", path=folder, reason=error.strerror or type(error).__name__) from error
    click.echo(say("cli.template.pack.written", path=folder), err=True)
    click.echo(say("cli.template.pack.next", path=folder), err=True)
    return exits.COMPLETE


def _files(language: str) -> Iterator[tuple[str, str]]:
    """Give the files of a new pack by their paths, with remarks in a language; the words of mails in each of ours."""
    source = templates_dir() / "packs" / language
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        if path.name != _TEXTS:
            yield str(path.relative_to(source)), text
            continue
        for other in languages():
            words = load(other)
            yield (
                f"texts.{other}.toml",
                text + "".join(_words("mail", words["mail"])) + "".join(_words("status", words["status"])),
            )


def _words(table: str, words: Mapping[str, Any]) -> Iterator[str]:
    """Give a table of texts as TOML, each switched off; a list of words is nothing that a pack can change."""
    yield f"\n[{table}]\n"
    yield from (f"#{name} = {toml_text(text)}\n" for name, text in words.items() if isinstance(text, str))
    for name, below in words.items():
        if isinstance(below, Mapping):
            yield from _words(f"{table}.{name}", below)
