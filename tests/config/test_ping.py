"""``[ping]``: what it may say, and that it is read though the rest of the file is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsync.config.ping import ping_of
from sheetsync.config.shape import PingConfig, Secret
from tests.config.conftest import Complain, Load

PING = '[ping]\nurl.file = "ping.txt"\n'
BOOK = '[workbook.a]\npath = "a.xlsx"\n'
CANARY = "canary-of-the-address"


def read(folder: Path, text: str | bytes) -> PingConfig | None:
    """Write a configuration and read its [ping] alone."""
    path = folder / "sheetsync.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return ping_of(path)


def test_the_address_counts_from_the_file(tmp_path: Path) -> None:
    """Shows the place of the secret, as of every other one, and that services know exit codes unless it is said."""
    found = PingConfig(Secret(file=tmp_path / "ping.txt"))
    assert read(tmp_path, PING + BOOK) == found
    assert read(tmp_path, f"{PING}only_success = true\n{BOOK}") == found._replace(only_success=True)
    assert read(tmp_path, BOOK) is None
    assert ping_of(tmp_path / "nowhere.toml") is None


@pytest.mark.parametrize(
    "text",
    [
        f'{PING}[workbook.a]\npath = "a.xlsx\n',
        f'[workbook.a\npath = "a.xlsx"\n{PING}[defaults]\nlanguage = "xx"\n',
        f"{PING}[nonsense]\n",
        f'include = ["nowhere/*.toml"]\n{PING}{BOOK}',
        b'[defaults]\nlanguage = "v\xe2"\n' + PING.encode(),
        f"x = {'[' * 5000}\n{PING}",
    ],
    ids=["quote", "bracket", "unknown", "include", "letters", "deep"],
)
def test_it_is_read_whatever_else_is_wrong(tmp_path: Path, text: str | bytes) -> None:
    """Shows that a slip elsewhere in the file does not keep the address from who must tell of the slip."""
    assert read(tmp_path, text) == PingConfig(Secret(file=tmp_path / "ping.txt"))


@pytest.mark.parametrize(
    "text", ["[ping]\n", '[ping]\nurl = "x"\n', f"{PING}every = 5\n", "ping = 5\n", '[ping]\nurl.file = "\n']
)
def test_what_is_wrong_with_itself_is_no_address(tmp_path: Path, text: str) -> None:
    """Shows that nothing is told by a section that a run would refuse."""
    assert read(tmp_path, text + BOOK) is None


def test_a_run_accepts_it(load: Load) -> None:
    """Shows that a configuration may have it beside everything else."""
    assert list(load(f"{PING}only_success = true\n{BOOK}").workbooks) == ["a"]


def test_an_included_file_has_none(complain: Complain) -> None:
    """Shows one clear line for an address that no run would ever tell."""
    (told,) = complain(f'include = ["c/*.toml"]\n{BOOK}', **{"c/b.toml": f'[workbook.b]\npath = "b.xlsx"\n{PING}'})
    assert told.startswith("c/b.toml:3:2: ping: stands in an included file")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("[ping]\n", "ping.url", "is missing"),
        (f'[ping]\nurl = "https://hc-ping.com/{CANARY}"\n', "2:1: ping.url", "must never stand in this file"),
        (f"{PING}only_succes = true\n", "3:1: ping.only_succes", 'did you mean "only_success"?'),
        (f"{PING}only_success = 1\n", "3:1: ping.only_success", "true or false"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(complain: Complain, text: str, place: str, words: str) -> None:
    """Shows one clear line for each mistake, and never the address itself."""
    (told,) = complain(f"{text}{BOOK}")
    assert place in told
    assert words in told
    assert CANARY not in told
