"""The page for people who have a sheet already: it says what the program says of such sheets now."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

from sheetsync.mapping import LAYOUTS
from tests.making import DOCS, script

PAGES = ["your-sheet.md", "your-sheet.vi.md"]
LARGEST = 40_000  # bytes of a picture


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load the script that makes the page, which stands beside the sheets that it draws."""
    monkeypatch.syspath_prepend(DOCS)
    return script("make_your_sheet")


def text_of(page: str) -> str:
    """Give a page as it stands."""
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_page_says_what_the_program_says(made: ModuleType, language: str, tmp_path: Path) -> None:
    """Shows that every text of the program's on the page is what it says now; if not: docs/make_your_sheet.py."""
    page = made.PAGES[language].read_text(encoding="utf-8")
    parts = made.parts(tmp_path, language)
    assert len(parts) >= 20
    assert made.filled(page, parts) == page


def test_a_changed_page_is_noticed(made: ModuleType) -> None:
    """Shows that a text between the marks is replaced, what stands around it stays, and marks must match the parts."""
    page = "Mine\n<!-- made: flat -->\nold\n<!-- end: flat -->\nmine too\n"
    assert made.filled(page, {"flat": "new"}) == "Mine\n<!-- made: flat -->\n\nnew\n\n<!-- end: flat -->\nmine too\n"
    with pytest.raises(ValueError, match="weeks"):
        made.filled(page, {"flat": "new", "weeks": "more"})


@pytest.mark.parametrize("page", PAGES)
def test_every_family_of_layouts_is_shown(made: ModuleType, page: str) -> None:
    """Shows that each layout that a mapping may name has its own heading, its name and a drawn sheet."""
    text = text_of(page)
    introduced = re.findall(r"^### .+\n\n`([\w-]+)`\.", text, re.MULTILINE)
    assert sorted(introduced) == sorted(LAYOUTS)
    assert set(LAYOUTS) <= set(made.SHEETS)


@pytest.mark.parametrize("page", PAGES)
def test_pictures_are_there_and_small(page: str) -> None:
    """Shows that every picture of the page exists, is small, and has no stranger beside it."""
    language = "vi" if ".vi." in page else "en"
    named = set(re.findall(r"!\[[^]]*\]\(([^)]+)\)", text_of(page)))
    there = {f"images/your-sheet/{path.name}" for path in (DOCS / "images" / "your-sheet").glob(f"*-{language}.png")}
    assert named == there
    assert all((DOCS / name).stat().st_size <= LARGEST for name in named)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Shows that each link leads to a heading of the page or of a page beside it."""
    links = re.findall(r"(?<!!)\[[^]]+\]\((?!https:)([^)#]*)(?:#([^)]+))?\)", text_of(page))
    assert len(links) >= 12
    for name, anchor in links:
        target = (DOCS / name).resolve() if name else DOCS / page
        assert target.exists(), name
        headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors, anchor


def test_both_languages_show_the_same() -> None:
    """Shows that both pages have as many headings of each depth, the same parts in the same order, and valid TOML."""
    pages = [text_of(page) for page in PAGES]
    english, vietnamese = (re.findall(r"^(#+) |<!-- made: (\S+) -->", text, re.MULTILINE) for text in pages)
    assert english == vietnamese
    for text in pages:
        (block,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
        assert tomllib.loads(block)["workbook"]


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_the_readme_leads_to_the_page(readme: str) -> None:
    """Shows that whoever begins with the README finds the page in the same language."""
    page = "docs/your-sheet.vi.md" if ".vi." in readme else "docs/your-sheet.md"
    assert f"]({page})" in (DOCS.parent / readme).read_text(encoding="utf-8")
