"""Templates are built once for all tests: they only read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from sheetsync import gallery
from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import Cycle
from tests.gallery.opened import Template

CYCLE = Cycle("Q1/2027", date(2027, 1, 1), date(2027, 3, 31))
TODAY = date(2026, 11, 21)
PHRASES = {"en": Phrases(load("en")), "vi": Phrases(load("vi"), load("en"))}
EACH = [(kind, language) for kind in gallery.KINDS for language in PHRASES]

Built = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give ``built(kind, language)``: the path of a template, or of the demo where the kind is ``demo``."""
    folder = tmp_path_factory.mktemp("templates")
    made: dict[tuple[str, str], Path] = {}

    def build(kind: str, language: str) -> Path:
        path = folder / f"{kind}-{language}.xlsx"
        if (kind, language) not in made:
            if kind == "demo":
                gallery.build_demo(path, PHRASES[language], TODAY)
            else:
                gallery.build(path, kind, PHRASES[language], cycle=CYCLE, company="Minh Long Food")
            made[kind, language] = path
        return path

    return build


@pytest.fixture(params=EACH, ids="-".join)
def template(request: pytest.FixtureRequest, built: Built) -> Template:
    """Give each template in each language, opened."""
    kind, language = request.param
    path = built(kind, language)
    return Template(kind, language, path, openpyxl.load_workbook(path))
