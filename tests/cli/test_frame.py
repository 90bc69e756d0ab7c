"""The frame of every help text: placeholders in the language of the call, and one-line helps that are sentences."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache

import pytest

from tests.cli.conftest import PROJECT, Caller

WALK = """
import sys
import click
from sheetsync.cli import group

def show(command, name, parent):
    width = int(sys.argv[3])
    sizes = {"terminal_width": width, "max_content_width": width}
    ctx = command.context_class(command, info_name=name, parent=parent, **sizes)
    print("==", ctx.command_path, "|", command.get_short_help_str(200) if parent else "")
    print(ctx.get_help())
    for each in command.list_commands(ctx) if isinstance(command, click.Group) else ():
        show(command.get_command(ctx, each), each, ctx)

show(group, "sheetsync", None)
"""
ENGLISH = re.compile(
    r"\b(OPTIONS|COMMAND|ARGS|TEXT|CODE|NAME|KIND|FILE|FOLDER|WORKBOOK|COPY|PACK)\b|\[(required|default)"
)
UNACCENTED = re.compile(r"\b(TEP|TEN|THU_MUC|DIA_CHI|BANG_TINH)\b")


@cache
def helps(language: str, width: int = 10_000) -> str:
    """Give the help of every command, each after a line with its path and its one line in lists."""
    done = subprocess.run(
        [sys.executable, "-c", WALK, "--lang", language, str(width)],
        check=True,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        timeout=60,
    )
    return done.stdout


def test_no_help_in_vietnamese_holds_english_placeholders() -> None:
    """Shows that placeholders, and what is said of required options and defaults, are Vietnamese in every command."""
    lines = helps("vi").splitlines()
    assert [line for line in lines if ENGLISH.search(line) or UNACCENTED.search(line)] == []


@pytest.mark.parametrize("width", [64, 80, 100])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_lines_are_broken_between_words(language: str, width: int) -> None:
    """Shows that no name with a hyphen, such as mail-preview or --add-ids, is cut in two, and no line is too long."""
    shown = helps(language, width)
    assert shown.split() == helps(language).split()
    assert [line for line in shown.splitlines() if len(line) > width and not line.startswith("==")] == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_line_of_a_list_of_commands_is_a_sentence(language: str) -> None:
    """Shows that each command tells what it does in a line that ends with a full stop, as the others do."""
    lines = [line for line in helps(language).splitlines() if line.startswith("== sheetsync ")]
    assert len(lines) > 25
    assert [line for line in lines if not line.endswith((".", "| "))] == []


def test_a_placeholder_says_what_is_taken() -> None:
    """Shows that a page is written to a file, that several messages may be named, and no TEXT stands for a word."""
    told = helps("en")
    assert "-o, --output FILE  " in told.split("== sheetsync report ")[1]
    assert "sheetsync mail outbox drop [OPTIONS] ID..." in told
    assert "sheetsync mail outbox show [OPTIONS] ID\n" in told
    assert "TEXT" not in told


def test_a_wrong_choice_of_an_argument_is_told_in_its_language(process: Caller) -> None:
    """Shows that the argument is named by the word that stands for it in the help."""
    done = process("template", "new", "okrs", "-o", "a.xlsx", "--lang", "vi")
    assert "MẪU chỉ nhận một trong các giá trị" in done.err
