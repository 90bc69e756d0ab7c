"""``sheetsync init``: a configuration that works, and questions only about what the workbook does not say."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from tests.cli.conftest import DAY, Caller


def written(folder: Path) -> dict[str, object]:
    """Read the configuration that was written."""
    told: dict[str, object] = tomllib.loads((folder / "sheetsync.toml").read_text(encoding="utf-8"))
    return told


def test_a_configuration_is_written_that_works(call: Caller, okr: Path, here: Path) -> None:
    """Without a terminal nothing is asked; what was seen is told, and sync works with the file at once."""
    done = call("init", "okr.xlsx", *DAY)
    assert (done.code, done.out) == (0, "")
    assert "objectives 1, key results 3, KPIs 0; cycle Q4/2026" in done.err
    assert written(here) == {"defaults": {"language": "en"}, "workbook": {"okr": {"path": "okr.xlsx"}}}
    assert call("sync", *DAY) == (0, "", "")


def test_comments_speak_the_language_of_the_call(call: Caller, okr: Path, here: Path) -> None:
    """Every key that is not set stands in a comment; with --lang vi the comments are Vietnamese."""
    assert call("--lang", "vi", "init", "okr.xlsx", *DAY).code == 0
    text = (here / "sheetsync.toml").read_text(encoding="utf-8")
    assert "#timezone = " in text
    assert "Múi giờ" in text
    assert written(here)["defaults"] == {"language": "en"}


def test_the_language_of_the_workbook_is_seen(call: Caller, firm: str, here: Path) -> None:
    """The workbook's language, not the caller's, is set for its columns."""
    assert call("init", "firm.xlsx", *DAY).code == 0
    assert written(here)["defaults"] == {"language": firm}


def test_a_configuration_that_is_there_stays(call: Caller, okr: Path, here: Path) -> None:
    """Without --force nothing is replaced."""
    (here / "sheetsync.toml").write_text("mine", encoding="utf-8")
    done = call("init", "okr.xlsx", *DAY)
    assert done.code == 2
    assert "--force replaces the whole file" in done.err
    assert (here / "sheetsync.toml").read_text(encoding="utf-8") == "mine"
    assert call("init", "okr.xlsx", "--force", *DAY).code == 0
    assert "workbook" in written(here)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_a_further_workbook_is_told_how_it_is_added(call: Caller, okr: Path, here: Path, language: str) -> None:
    """Shows that the lines which are told make a configuration of two workbooks, so that none is lost by --force."""
    first = here / "first.xlsx"
    first.write_bytes(okr.read_bytes())
    assert call("init", "first.xlsx", *DAY).code == 0
    done = call("--lang", language, "init", "okr.xlsx", *DAY)
    assert done.code == 2
    lines = [line.strip() for line in done.err.splitlines() if line.startswith("    ")]
    with (here / "sheetsync.toml").open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    assert written(here)["workbook"] == {"first": {"path": "first.xlsx"}, "okr": {"path": "okr.xlsx"}}
    assert call("check", "--only", "okr", *DAY).code == 0


def test_a_configuration_never_takes_the_place_of_the_workbook(call: Caller, okr: Path) -> None:
    """Shows that -o with the workbook's own name is refused, with --force too."""
    before = okr.read_bytes()
    assert call("init", "okr.xlsx", "-o", "okr.xlsx", "--force", *DAY).code == 2
    assert okr.read_bytes() == before


def test_what_comes_next_names_a_configuration_that_lies_elsewhere(call: Caller, okr: Path, here: Path) -> None:
    """Shows that the next step works where the configuration is not the one that is found by itself."""
    assert "sheetsync check, then" in call("--lang", "en", "init", "okr.xlsx", *DAY).err
    done = call("--lang", "en", "init", "okr.xlsx", "-o", "other.toml", *DAY)
    assert "sheetsync check --config other.toml, then sheetsync sync --config other.toml" in done.err


def test_the_path_is_told_from_the_folder_of_the_configuration(call: Caller, okr: Path, here: Path) -> None:
    """Workbook and configuration can be moved together; one that lies elsewhere gets its whole path."""
    (here / "etc").mkdir()
    assert call("init", "okr.xlsx", "-o", "etc/one.toml", *DAY).code == 0
    told = tomllib.loads((here / "etc/one.toml").read_text(encoding="utf-8"))
    assert told["workbook"]["okr"]["path"] == str(okr)
    assert call("--config", "etc/one.toml", "sync", *DAY) == (0, "", "")


@pytest.mark.parametrize("output", ["missing/sheetsync.toml", "okr.xlsx/sheetsync.toml"])
def test_a_place_that_cannot_be_is_told(call: Caller, okr: Path, output: str) -> None:
    """A folder that is not there is one line on stderr, with code 2."""
    done = call("init", "okr.xlsx", "-o", output, *DAY)
    assert done.code == 2
    assert done.err.splitlines()[-1].startswith(output.partition("/")[0])
    assert "Traceback" not in done.err


@pytest.mark.parametrize(("language", "words"), [("en", "no such file"), ("vi", "không có tệp này")])
def test_a_workbook_that_is_not_there_is_told(call: Caller, here: Path, language: str, words: str) -> None:
    """Nothing is written for a workbook that does not exist."""
    done = call("--lang", language, "init", "nothere.xlsx", *DAY)
    assert done.code == 2
    assert words in done.err
    assert list(here.iterdir()) == []


terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo terminals of this kind")


@terminal
def test_only_what_the_workbook_does_not_say_is_asked(okr: Path, here: Path) -> None:
    """A workbook that names company and cycle is only asked for its short name, with a proposal."""
    from tests.cli.terminal import at_terminal

    seen = at_terminal(here, "init", "okr.xlsx", "--lang", "en", *DAY, typed="\n")
    assert seen.code == 0
    assert "Short name of this workbook [okr]" in seen.screen
    assert "Company:" not in seen.screen
    assert "Cycle (" not in seen.screen
    assert written(here)["workbook"] == {"okr": {"path": "okr.xlsx"}}


@terminal
@pytest.mark.parametrize(
    ("language", "company", "cycle", "wrong"),
    [("en", "Company:", "Cycle (such as Q4/2026):", "soon is not a cycle"),
     ("vi", "Công ty:", "Chu kỳ (ví dụ Quý 4/2026):", "soon không phải là chu kỳ")],
)  # fmt: skip
def test_what_is_missing_is_asked_until_it_can_be_read(
    okr: Path, here: Path, language: str, company: str, cycle: str, wrong: str
) -> None:
    """Without Settings and dates company and cycle are asked; a cycle that cannot be read is asked again."""
    from tests.cli.terminal import at_terminal

    book = load_workbook(okr)
    del book["Settings"]
    for row in book["OKR"].iter_rows(4, 7, 9, 10):
        for cell in row:
            cell.value = None
    book.save(okr)
    typed = "south\nPhở Việt\nsoon\nQ4/2026\n"
    seen = at_terminal(here, "init", "okr.xlsx", "--lang", language, *DAY, typed=typed)
    assert seen.code == 0, seen.screen
    for part in (company, cycle, wrong):
        assert part in seen.screen
    assert written(here)["workbook"] == {"south": {"path": "okr.xlsx", "cycle": "Q4/2026", "company": "Phở Việt"}}


@terminal
def test_no_input_asks_nothing_at_a_terminal(okr: Path, here: Path) -> None:
    """--no-input takes what can be seen and leaves out the rest, before the command and after it."""
    from tests.cli.terminal import at_terminal

    assert at_terminal(here, "init", "okr.xlsx", "--no-input", "--lang", "en", *DAY).code == 0
    assert at_terminal(here, "--no-input", "init", "okr.xlsx", "--force", "--lang", "en", *DAY).code == 0
    assert written(here)["workbook"] == {"okr": {"path": "okr.xlsx"}}


@terminal
def test_a_question_that_is_cancelled_ends_with_130(okr: Path, here: Path) -> None:
    """Ctrl-D at a question leaves no configuration, and no traceback."""
    from tests.cli.terminal import at_terminal

    seen = at_terminal(here, "init", "okr.xlsx", "--lang", "en", *DAY, typed="\x04")
    assert seen.code == 130
    assert "Traceback" not in seen.screen
    assert not (here / "sheetsync.toml").exists()


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", "fill it in, then: sheetsync check"), ("vi", "hãy điền số liệu, rồi chạy: sheetsync check")],
)
def test_an_empty_template_is_filled_in_next(call: Caller, here: Path, language: str, told: str) -> None:
    """Shows that a template which holds nothing but its examples is not taken for a form that must be adopted."""
    assert call("--lang", language, "template", "new", "okr-kpi", "-o", "okr.xlsx", *DAY).code == 0
    done = call("--lang", language, "init", "okr.xlsx", *DAY)
    assert done.code == 0
    assert told in done.err
    assert "adopt" not in done.err


@pytest.mark.parametrize(
    ("language", "told"), [("en", "next: sheetsync adopt own.xlsx"), ("vi", "tiếp theo: sheetsync adopt own.xlsx")]
)
def test_a_form_of_their_own_leads_to_adopt(call: Caller, here: Path, language: str, told: str) -> None:
    """A workbook without a table in the form of our templates gets its configuration, and the next step is told."""
    with xlsxwriter.Workbook(str(here / "own.xlsx")) as book:
        book.add_worksheet("KD").write_row(0, 0, ["Nội dung đánh giá", "Mức", "Đạt được"])
    done = call("--lang", language, "init", "own.xlsx", *DAY)
    assert done.code == 0
    assert told in done.err
    assert "own" in tomllib.loads((here / "sheetsync.toml").read_text(encoding="utf-8"))["workbook"]
