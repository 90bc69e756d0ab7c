"""The requests of each template in each language, made once."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from sheetsync.gallery.content import template_content
from sheetsync.gallery.google import requests
from tests.gallery.conftest import CYCLE, EACH, PHRASES
from tests.sheets_server.spreadsheet import Spreadsheet

COMPANY = "Minh Long Food"


class Made(NamedTuple):
    """The requests of one template."""

    kind: str
    language: str
    requests: list[dict[str, Any]]

    def of(self, name: str) -> list[dict[str, Any]]:
        """Give what the requests of one name hold, in order."""
        return [one[name] for one in self.requests if name in one]

    def id_of(self, role: str) -> int:
        """Give the id of the worksheet with a role, such as ``okr``."""
        title = PHRASES[self.language].words(f"sheets.{role}")[0]
        added = (one["properties"] for one in self.of("addSheet"))
        return next(int(one["sheetId"]) for one in added if one["title"] == title)


def make(kind: str, language: str, **told: Any) -> Made:
    """Make the requests of a template for the company and cycle of the Excel templates."""
    phrases = PHRASES[language]
    content = template_content(phrases, CYCLE, COMPANY)
    return Made(kind, language, requests(kind, phrases, content, **told))


@pytest.fixture(scope="session", params=EACH, ids="-".join)
def made(request: pytest.FixtureRequest) -> Made:
    """Give the requests of each template in each language, for a new spreadsheet."""
    return make(*request.param)


@pytest.fixture(scope="session")
def built_in(made: Made) -> Spreadsheet:
    """Give a spreadsheet that was blank, with each template in it, as the stand-in of Google has built it."""
    spreadsheet = Spreadsheet("1TemplateTemplateTemplateTemplateTemplate", title="Plans")
    spreadsheet.batch_update({"requests": made.requests})
    return spreadsheet
