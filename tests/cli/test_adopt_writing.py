"""What adopt writes down can be read again, whatever a workbook looks like."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

import pytest

from sheetsync.cli.adopt_writing import Target, is_written, write_mapping
from sheetsync.cli.shipped import vocabulary
from sheetsync.cli.speech import phrases
from sheetsync.config.load import load_config
from sheetsync.errors import ConfigError, SheetsyncError, WriteRefused
from sheetsync.mapping import ColumnMapping, TableMapping
from sheetsync.reading.adopted.proposal import proposed
from sheetsync.reading.understanding import understand
from tests.reading.understanding.wild import FAMILIES

TABLE = TableMapping(("KD",), "kpi", "flat", (3,), (ColumnMapping("kpi", 2, "KPI"), ColumnMapping("target", 4, "Goal")))


@pytest.mark.parametrize("family", FAMILIES)
def test_every_proposal_can_be_written_and_read_back(here: Path, family: str) -> None:
    """Shows, for every family of layouts, that the configuration takes what adopt proposes and gives it back."""
    proposals = []
    for language in ("vi", "en", "ja", "pt"):
        case = FAMILIES[family](Random(f"{family} {language}"), language)  # noqa: S311 - the same cases every time
        proposals.append(proposed(understand(case.workbook, vocabulary())))
    assert any(proposals)
    for number, tables in enumerate(filter(None, proposals)):
        target = Target(here / f"{number}.toml", "a", {"path": "a.xlsx"}, new=True)
        write_mapping(target, tables, "vi")
        assert is_written(load_config(target.path, phrases("en")).workbooks["a"].tables, tables)


def test_the_order_of_columns_does_not_count() -> None:
    """Shows when a mapping is the same as that of the configuration, and when it is not."""
    turned = TABLE._replace(columns=TABLE.columns[::-1])
    assert is_written([TABLE], [turned])
    assert not is_written([TABLE], [TABLE._replace(header_rows=(4,))])
    assert not is_written([], [TABLE])


def test_a_file_that_has_appeared_is_not_replaced(here: Path) -> None:
    """Shows that a configuration which somebody made while the questions were asked stays as it is."""
    path = here / "sheetsync.toml"
    path.write_text("# mine", encoding="utf-8")
    with pytest.raises(ConfigError):
        write_mapping(Target(path, "a", {"path": "a.xlsx"}, new=True), [TABLE], "en")
    assert path.read_text(encoding="utf-8") == "# mine"


@pytest.mark.parametrize(
    ("text", "error"),
    [("[workbook.a]\npath = \n", ConfigError), ('workbook = { a = { path = "a.xlsx" } }\n', WriteRefused)],
)
def test_a_file_that_cannot_be_changed_stays(here: Path, text: str, error: type[SheetsyncError]) -> None:
    """Shows that a file which is broken by now, or whose workbooks stand in braces, is told and left alone."""
    path = here / "sheetsync.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(error):
        write_mapping(Target(path, "a", {}, new=False), [TABLE], "en")
    assert path.read_text(encoding="utf-8") == text


def test_a_link_to_the_configuration_stays_a_link(here: Path) -> None:
    """Shows that the file behind a symbolic link is written, with its own line ends, and the link stays."""
    real = here / "real.toml"
    real.write_bytes(b'[workbook.a]\r\npath = "a.xlsx"\r\n')
    (here / "sheetsync.toml").symlink_to(real)
    write_mapping(Target(here / "sheetsync.toml", "a", {}, new=False), [TABLE], "en")
    assert (here / "sheetsync.toml").is_symlink()
    assert b"\n" not in real.read_bytes().replace(b"\r\n", b"")
    assert len(tomllib.loads(real.read_bytes().decode())["workbook"]["a"]["table"]) == 1
