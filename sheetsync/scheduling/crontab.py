"""What stands in a crontab: its lines, its settings, our blocks, and the lines by which a person calls the program."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path

from sheetsync.home import CONFIG_NAME, CONFIG_VARIABLE

BEGIN = "# BEGIN sheetsync "
END = "# END sheetsync "
NAME = "sheetsync"
_SETTING = re.compile(r"""^\s*["']?(\w+)["']?\s*=\s*["']?(.*?)["']?\s*$""")
_LINES = re.compile(r"(?<=\n)")
_HOME = re.compile(r"^~(?=/|$)|\$HOME\b|\$\{HOME\}")


def lines_of(table: str) -> list[str]:
    """Give the lines of a crontab with their ends; only a line feed ends one."""
    return [line for line in _LINES.split(table) if line]


def told(line: str) -> str:
    """Give what a line says: an editor of Windows leaves a carriage return at its end."""
    return line.rstrip("\r\n")


def configs(table: str) -> list[Path]:
    """Give the configurations for which a crontab has a block of ours."""
    return [Path(told(line).removeprefix(BEGIN)) for line in lines_of(table) if line.startswith(BEGIN)]


def outside(table: str) -> Iterator[str]:
    """Give the lines that stand in no block of ours and are no remarks."""
    ours = False
    for line in map(told, lines_of(table)):
        if line.startswith(BEGIN):
            ours = True
        elif line.startswith(END):
            ours = False
        elif not ours and line.strip() and not line.lstrip().startswith("#"):
            yield line


def settings(table: str) -> dict[str, str]:
    """Give the variables that a crontab sets, each as it was set last."""
    found = (_SETTING.match(line) for line in outside(table))
    return {match[1]: match[2] for match in found if match}


def other_calls(table: str, config: Path) -> Iterator[str]:
    """Give the lines, outside our blocks, that sync what a configuration names: a second run of every night."""
    known: dict[str, str] = {}
    for line in outside(table):
        setting = _SETTING.match(line)
        if setting is not None:
            known[setting[1]] = setting[2]
        elif NAME in line and _syncs(line.replace("\\%", "%"), config, known, Path.home()):
            yield line


def _syncs(command: str, config: Path, known: Mapping[str, str], folder: Path) -> bool:
    """Say whether a command of the shell that begins in a folder calls ``sync`` with a configuration."""
    words = _words(command)
    named = known.get(CONFIG_VARIABLE)
    for place, word in enumerate(words):
        if place and words[place - 1] == "cd":
            folder = folder / word
        elif word.startswith(f"{CONFIG_VARIABLE}="):
            named = word.partition("=")[2]
        elif " " in word and NAME in word and _syncs(word, config, known, folder):  # sh -c "cd /srv/okr && …"
            return True
        elif Path(word).name == NAME:
            given = _arguments(words[place + 1 :])
            path = folder / (_option(given, "--config") or named or CONFIG_NAME)
            if "sync" in given and os.path.realpath(path) == os.path.realpath(config):
                return True
    return False


def _words(command: str) -> list[str]:
    """Split a command as a shell does, with the signs between two commands as words of their own."""
    reader = shlex.shlex(command, posix=True, punctuation_chars=True)
    reader.whitespace_split = True
    reader.commenters = ""
    try:
        words = list(reader)
    except ValueError:  # quotes without an end
        words = command.split()
    home = str(Path.home())
    return [_HOME.sub(lambda _: home, word) for word in words]


def _arguments(words: list[str]) -> list[str]:
    """Give the words of one call: what stands before the sign that begins the next."""
    signs = (place for place, word in enumerate(words) if word and not word.strip("();<>|&"))
    return words[: next(signs, len(words))]


def _option(words: list[str], name: str) -> str | None:
    for place, word in enumerate(words):
        if word == name and place + 1 < len(words):
            return words[place + 1]
        if word.startswith(f"{name}="):
            return word.removeprefix(f"{name}=")
    return None
