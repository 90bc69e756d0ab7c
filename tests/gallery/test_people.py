"""The People sheet of the templates: its columns, and what its dropdowns offer."""

from __future__ import annotations

import pytest

from sheetsync.kinds import MailKind, Role
from sheetsync.language import Lexicon
from sheetsync.locales import load
from sheetsync.model import MailWish
from sheetsync.reading.wishes import wish_of
from tests.gallery.opened import Template

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")
LEXICON = Lexicon(load("vi"), load("en"))
HEADER, ROLE, MAILS = 3, "H", "I"


def offered(template: Template, column: str) -> list[str]:
    """Give the words of the dropdown of a column of the People sheet."""
    sheet = template.book[template.words("sheets.people")[0]]
    rules = [one for one in sheet.data_validations.dataValidation if f"{column}{HEADER + 1}" in str(one.sqref)]
    assert [one.type for one in rules] == ["list"]
    assert sheet[f"{column}{HEADER}"].value == template.words(f"headers.people.{_NAMES[column]}")[0]
    return str(rules[0].formula1).strip('"').split(",")


_NAMES = {ROLE: "role", MAILS: "mails"}


def test_the_dropdown_of_roles_is_read_back(template: Template) -> None:
    """Shows that each word of the dropdown is a role, and that every role is offered once."""
    read = [LEXICON.value("role", word) for word in offered(template, ROLE)]
    assert sorted(map(str, read)) == sorted(role.value for role in Role)


def test_the_dropdown_of_mails_is_read_back(template: Template) -> None:
    """Shows that each word of the dropdown says which mails are wanted: none, each kind alone, or all."""
    read = [wish_of(word, LEXICON) for word in offered(template, MAILS)]
    single = [MailWish(frozenset({kind})) for kind in MailKind]
    assert read == [MailWish(frozenset()), *single, MailWish(frozenset(MailKind))]
