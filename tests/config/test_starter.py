"""The configuration that is written for a first workbook."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync import locales
from sheetsync.config.load import load_config
from sheetsync.config.shape import Secret
from sheetsync.config.starter import Answers, render_config, toml_key, toml_text, workbook_name
from sheetsync.language import Phrases

ANSWERS = Answers(name="minh-long", path=r"C:\Sổ\Quý 4.xlsx", language="vi", cycle="Q4/2025", company='Minh "Long"')
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_starter_loads_with_and_without_its_optional_settings(language: str, tmp_path: Path) -> None:
    """What init writes is right as it is, and with every setting switched on."""
    phrases = Phrases(locales.load(language))
    text = render_config(ANSWERS, phrases)
    path = tmp_path / "sheetsync.toml"
    for content in (text, re.sub(r"(?m)^#(?=[a-z])", "", text)):
        path.write_text(content, encoding="utf-8")
        workbook = load_config(path, phrases).workbooks["minh-long"]
        assert (workbook.cycle, workbook.company) == ("Q4/2025", 'Minh "Long"')
    assert workbook.language == "vi"
    assert all(len(line) <= 100 for line in text.splitlines())


def test_starter_explains_itself_in_the_language_of_the_phrases(english: Phrases, vietnamese: Phrases) -> None:
    """The comments are translated; the settings are not."""
    texts = [render_config(ANSWERS, phrases) for phrases in (english, vietnamese)]
    assert "Múi giờ" in texts[1]
    assert "Múi giờ" not in texts[0]
    settings = [[line for line in text.splitlines() if not line.startswith("# ")] for text in texts]
    assert settings[0] == settings[1]


def test_a_spreadsheet_stands_there_by_its_address(english: Phrases, tmp_path: Path) -> None:
    """What init writes of a Google spreadsheet loads, with a place for the credentials and without a path."""
    link = "https://docs.google.com/spreadsheets/d/1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ4aB5c/edit"
    text = render_config(Answers(name="acme", spreadsheet=link), english)
    assert tomllib.loads(text) == {"defaults": {}, "google": {}, "workbook": {"acme": {"spreadsheet": link}}}
    path = tmp_path / "sheetsync.toml"
    path.write_text(re.sub(r"(?m)^#(?=[a-z])", "", text), encoding="utf-8")
    workbook = load_config(path, english).workbooks["acme"]
    assert workbook.google.credentials == Secret(file=tmp_path / "service-account.json")
    assert workbook.worksheets == ("OKR", "KPI")


def test_unknown_answers_stay_in_comments(english: Phrases) -> None:
    """Only what is known is set."""
    data = tomllib.loads(render_config(Answers(name="a", path="a.xlsx"), english))
    assert data == {"defaults": {}, "workbook": {"a": {"path": "a.xlsx"}}}


@given(name=TEXTS, path=TEXTS, company=TEXTS)
def test_any_text_survives(name: str, path: str, company: str) -> None:
    """Names and paths with quotes, backslashes, accents and control characters read back as they were."""
    phrases = Phrases(locales.load("en"))
    text = render_config(Answers(name=name, path=path, company=company), phrases)
    assert tomllib.loads(text)["workbook"] == {name: {"path": path, "company": company}}


def test_windows_paths_stay_readable() -> None:
    """A path with backslashes stands in single quotes, as a person would write it."""
    assert toml_text(r"C:\OKR\Quý 4.xlsx") == r"'C:\OKR\Quý 4.xlsx'"
    assert toml_text(r"it's\here") == r'"it' + "'" + r's\\here"'
    assert toml_text('a"b') == r'"a\"b"'
    assert toml_key("a-b_1") == "a-b_1"
    assert toml_key("Quý 4") == '"Quý 4"'
    assert toml_key("") == '""'


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("OKR Quý 4", "okr-quy-4"),
        ("Đội Kinh doanh (2025)", "doi-kinh-doanh-2025"),
        ("plain", "plain"),
        ("表", "workbook"),
        ("", "workbook"),
    ],
)
def test_name_of_a_workbook_is_easy_to_type(stem: str, name: str) -> None:
    """Accents, spaces and signs go; a bare TOML key is left."""
    assert workbook_name(stem) == name
    assert toml_key(name) == name
