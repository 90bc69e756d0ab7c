"""What teaches at a terminal: manual pages, findings with their reasons, and the quality of objectives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sheetsync.cli.manual import SHOWN, WIDTH
from sheetsync.rules import RULES
from tests import hostile
from tests.cli.conftest import DAY, FLAWED, HEADERS, SOUND, Caller
from tests.cli.terminal import at_terminal

HEADINGS = {
    "en": ("What it does", "Why is this bad?", "Example", "Use instead", "Message"),
    "vi": ("Quy tắc này làm gì", "Vì sao không tốt", "Ví dụ", "Nên viết", "Thông báo"),
}


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_page_is_plain_and_fits(call: Caller, language: str) -> None:
    """Shows that a page of any rule has its five headings, no sign of Markdown, and no line that is too long."""
    for code in RULES:
        lines = call("--lang", language, "rule", code).out.splitlines()
        assert lines[0].startswith(f"{code} {RULES[code].name} (")
        assert [line for line in lines if line in HEADINGS[language]] == list(HEADINGS[language])
        assert not [line for line in lines if line.startswith(("#", "```", "**", "> "))]
        assert max(map(len, lines)) <= WIDTH, code


def test_what_stands_in_cells_keeps_its_lines(call: Caller) -> None:
    """Shows that an example is indented and keeps its lines, while a text flows, with its paragraphs apart."""
    out = call("rule", "RO203").out
    assert "Example\n    Metric | decrease\n    Baseline | 10\n    Target | 50\n" in out
    assert "What it does\n  Report a stated direction" in out
    assert "\n\n  Numbers may carry a unit" in call("rule", "RO201").out


def test_a_rule_that_is_off_says_so_on_its_page(call: Caller) -> None:
    """Shows that the first line of a page tells the severity, and whether the rule must be switched on."""
    assert call("rule", "PR412").out.startswith("PR412 digits-in-objective (hint, off unless switched on)\n")
    assert call("rule", "PR411").out.startswith("PR411 no-follow-up (warning)\n")


def test_headings_are_bold_at_a_terminal_only(here: Path, call: Caller) -> None:
    """Shows that a terminal gets bold headings, and a pipe none."""
    told = at_terminal(here, "rule", "RO203", columns=60)
    assert "\x1b[1mExample\x1b[0m" in told.screen
    assert "\x1b" not in call("rule", "RO203").out


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        (
            "en",
            ("RO201 error: A number cannot be read", "  Why is this bad?", "  Example", "  Use instead", "7/7  O-1"),
        ),
        ("vi", ("RO201 lỗi: Không đọc được một con số", "  Vì sao không tốt", "  Ví dụ", "  Nên viết", "7/7  O-1")),
    ],
)
def test_check_explains(call: Caller, flawed: Path, language: str, parts: tuple[str, ...]) -> None:
    """Shows that each finding comes with reason, example and cure, then the quality of each objective."""
    done = call("--lang", language, "check", "flawed.xlsx", "--explain", *DAY)
    assert done.code == 1
    for part in (*parts[:-1], "  OKR!H7: ", "O-1"):
        assert part in done.out
    assert max(map(len, done.out.splitlines())) <= WIDTH


def test_a_rule_is_explained_once_however_many_rows_it_reports(call: Caller, here: Path) -> None:
    """Shows that the first findings of a rule are listed and the rest counted, and graver rules come first."""
    flawed = FLAWED[3]
    rows = tuple((f"KR-{place}", *flawed[1:]) for place in range(SHOWN + 3))
    hostile.sound(here / "many.xlsx", headers=HEADERS, rows=(SOUND[0], *rows))
    out = call("check", "many.xlsx", "--explain", *DAY).out
    assert out.count("RO201 error") == 1
    assert out.count("about ten") == SHOWN
    assert out.count("  … and 3 more") == 1
    ranks = [("error", "warning", "hint").index(line.split()[1].strip(":")) for line in out.splitlines()
             if line[:5] in RULES]  # fmt: skip
    assert ranks == sorted(ranks)
    assert len(ranks) > 1


def test_json_carries_the_quality(call: Caller, flawed: Path) -> None:
    """Shows that every objective has its points, letter and seven attributes in JSON, reasons as code and text."""
    told = json.loads(call("--lang", "vi", "check", "flawed.xlsx", "--json", *DAY).out)
    (grade,) = told["workbooks"][0]["quality"]
    assert (grade["key"], grade["of"], len(grade["attributes"])) == ("O-1", 7, 7)
    measured = grade["attributes"][1]
    assert (measured["attribute"], measured["standing"]) == ("measurable", "partly")
    (reason,) = measured["reasons"]
    assert (reason["code"], reason["params"]) == ("unmeasured", {"count": 1, "total": len(FLAWED) - 1})
    assert reason["text"].startswith("số kết quả then chốt chưa đo được: 1 trên")


def test_explain_tells_the_quality_of_an_objective_only(call: Caller, okr: Path) -> None:
    """Shows that an objective's explanation ends with its quality and the scale; a key result has none."""
    out = call("explain", "O-1", "okr.xlsx", *DAY).out
    assert "\nQuality of this objective: A, 7/7\n  ● met: specific, measurable" in out
    assert " ".join(out.split()).endswith("A needs all 7, B at least 6 with none missing, C at least 4; else D.")
    assert "Quality" not in call("explain", "KR-1", "okr.xlsx", *DAY).out
    objective, result = (
        json.loads(call("explain", item, "okr.xlsx", "--json", *DAY).out)["explanations"][0] for item in ("O-1", "KR-1")
    )
    assert (objective["quality"]["grade"], result["quality"]) == ("A", None)
