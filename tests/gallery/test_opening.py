"""LibreOffice opens every template and the demo, and shows and prints what was written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gallery.conftest import EACH, Built
from tests.libreoffice import converted, values

pytestmark = pytest.mark.libreoffice
FILES = [*EACH, ("demo", "en"), ("demo", "vi")]


@pytest.fixture(scope="module")
def opened(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with every file as LibreOffice saves and prints it."""
    out = tmp_path_factory.mktemp("opened")
    for form in ("xlsx", "pdf"):
        converted([built(*choice) for choice in FILES], out, form)
    return out


@pytest.mark.parametrize(("kind", "language"), FILES)
def test_every_value_arrives(kind: str, language: str, built: Built, opened: Path) -> None:
    """Each cell of each worksheet has, in LibreOffice, the value that was written."""
    shown = values(opened / f"{kind}-{language}.xlsx")
    written = values(built(kind, language))
    meeting = {"en": "Weekly meeting", "vi": "Họp tuần"}[language]
    if kind == "demo":  # reads a computed cell, which is still empty
        assert (written[meeting].pop("B2"), shown[meeting].pop("B2")) == (0, 0)
    assert shown == written


@pytest.mark.parametrize(("kind", "language"), FILES)
def test_every_file_prints(kind: str, language: str, opened: Path) -> None:
    """Each file becomes a PDF of at least a page for each worksheet, and of not many more."""
    data = (opened / f"{kind}-{language}.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    pages = data.count(b"/Type/Page") - data.count(b"/Type/Pages")
    assert 5 <= pages <= 40
