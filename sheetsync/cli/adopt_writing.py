"""Where the mapping of a workbook is written: into the configuration that names it, or a new one."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from sheetsync.cli.files import placing
from sheetsync.cli.init import relative
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.cli.wiring import Selected
from sheetsync.config.rewriting import CannotRewriteError, with_tables, with_workbook
from sheetsync.config.shape import Config
from sheetsync.config.starter import Answers, render_config, workbook_name
from sheetsync.config.tables import in_order, render_tables
from sheetsync.errors import ConfigError, WriteRefused
from sheetsync.home import CONFIG_NAME
from sheetsync.mapping import TableMapping
from sheetsync.record import NamedTuple
from sheetsync.text_file import put_text
from sheetsync.workbook import Workbook


class Target(NamedTuple):
    """The file that takes the mapping, and the workbook's name in it.

    ``place`` says where the workbook is (``path`` or ``spreadsheet``) and what else was told of it (``cycle``); it is
    empty where the file names the workbook already.
    """

    path: Path
    name: str
    place: Mapping[str, str]
    new: bool

    @property
    def shown(self) -> str:
        """The path as a person at the terminal names it."""
        return os.path.relpath(self.path)


def target_of(chosen: Selected, called: str, config: Config | None, workbook: Workbook) -> Target:
    """Find the file that names the workbook of a call; else the configuration in use, or a new one, that will."""
    own = chosen.config
    if config is not None and config.workbooks.get(own.name) == own:
        return Target(_home(config, own.name), own.name, {}, new=False)
    path = config.path if config is not None else Path(CONFIG_NAME)
    taken = config.workbooks if config is not None else {}
    if own.spreadsheet is not None:
        place = {"spreadsheet": workbook.location}
        return Target(path, _free(workbook_name(workbook.name), taken), place, new=config is None)
    name = _free(workbook_name(Path(called).stem), taken)
    return Target(path, name, {"path": relative(Path(called), path)}, new=config is None)


def _home(config: Config, name: str) -> Path:
    """Give the file that names a workbook: the configuration, or one that it includes."""
    for source in config.sources:
        if name in tomllib.loads(source.read_bytes().decode("utf-8-sig")).get("workbook", {}):
            return source
    return config.path


def _free(name: str, taken: Mapping[str, object]) -> str:
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    return found


def write_mapping(target: Target, tables: Sequence[TableMapping], language: str) -> None:
    """Write the tables of a workbook down; nothing else in a file that is there changes.

    ``language`` is that of the workbook, for a new file. Raises WriteRefused where a file cannot be changed so.
    """
    with placing(target.path):
        try:
            put_text(target.path.resolve(), _text(target, tables, language))
        except CannotRewriteError as refused:
            wanted = render_tables(target.name, tables)
            raise WriteRefused("config_form", path=target.shown, name=target.name, text=wanted) from refused


def _text(target: Target, tables: Sequence[TableMapping], language: str) -> str:
    if target.new:
        if target.path.exists():
            raise ConfigError("appeared", path=target.shown)
        answers = Answers(name=target.name, language=language, **target.place)
        return f"{render_config(answers, phrases(spoken_language()))}\n{render_tables(target.name, tables)}"
    text = target.path.read_bytes().decode("utf-8")
    try:
        if target.place:
            return with_workbook(text, target.name, target.place, tables)
        return with_tables(text, target.name, tables)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(problems=(say("adopt.write.broken", path=target.shown, reason=str(error)),)) from error


def is_written(former: Sequence[TableMapping], tables: Sequence[TableMapping]) -> bool:
    """Say whether the configuration says of a workbook what is to be written; the order of columns does not count."""
    return [_in_order(table) for table in former] == [_in_order(table) for table in tables]


def _in_order(table: TableMapping) -> TableMapping:
    return table._replace(columns=in_order(table.columns), fixed=dict(table.fixed))
