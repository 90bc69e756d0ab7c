"""The data of what mail clients support: that our judgements name what is there, and how they are made."""

from __future__ import annotations

import json
import runpy
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sheetsync.locales import load
from sheetsync.report.lint.support import BREAKING, HARMLESS, gaps, sought, updated
from sheetsync.results import Severity

PROJECT = Path(__file__).parents[3]
SCRIPT = PROJECT / "docs" / "make_mail_clients.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """Give what the script that makes the data defines."""
    return runpy.run_path(str(SCRIPT))


def test_our_judgements_are_about_features_in_the_data() -> None:
    """Shows that no name of a feature is misspelt or has gone, and that none is judged both ways."""
    assert not HARMLESS & BREAKING
    assert not (HARMLESS | BREAKING) - {gap.slug for gap in gaps()}


def test_every_client_of_the_data_has_a_name(script: dict[str, Any]) -> None:
    """Shows that each client can be named in both languages, and each is one that the data were made for."""
    clients = {client for gap in gaps() for client in (*gap.no, *gap.partly)}
    assert clients <= set(script["CLIENTS"])
    for language in ("en", "vi"):
        assert set(load(language)["lint"]["client"]) == set(script["CLIENTS"])


def test_the_data_know_what_everybody_knows() -> None:
    """Shows some gaps that any list of mail clients has."""
    assert "outlook-classic" in sought("pair")["display:flex"].no
    assert "gmail-web" in sought("element")["svg"].no
    assert sought("function")["linear-gradient"].severity is Severity.ERROR
    assert "border-radius" not in sought("property")
    assert "padding" not in sought("property")


def test_the_data_are_not_old() -> None:
    """Shows of which day the data are; a later one may stand here after they were made anew."""
    assert updated() >= date(2026, 5, 13)


def test_the_licence_of_the_data_travels_with_them() -> None:
    """Shows that the notice names the source and its licence, and that packages are built with it."""
    notice = (PROJECT / "NOTICE").read_text(encoding="utf-8")
    assert "caniemail" in notice
    assert "MIT License" in notice
    built = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "NOTICE" in built["project"]["license-files"]


def test_the_script_distils_what_clients_lack(script: dict[str, Any]) -> None:
    """Shows that the newest test of each client counts, and that what all support is left out."""
    data = {
        "last_update_date": "2026-05-13 14:45:41 +0000",
        "data": [
            feature("css-display-flex", "display:flex", {"2016": "y", "2019": "n #1"}, {"2020": "a #2"}),
            feature("html-div", "<div> element", {"2019": "y"}, {"2020": "y"}),
            feature("html-input-text", '<input type="text"> element', {"2019": "u"}, {"2020": "n"}),
        ],
    }
    made = tomllib.loads("\n".join(script["lines"](data)))
    assert made["updated"] == date(2026, 5, 13)
    assert made["feature"] == {
        "css-display-flex": {
            "title": "display:flex",
            "pair": ["display:flex"],
            "no": ["outlook-classic"],
            "partly": ["gmail-web"],
        },
        "html-input-text": {"title": '<input type="text"> element', "element": ["input[text]"], "no": ["gmail-web"]},
    }


def test_a_feature_that_nobody_knows_how_to_find_stops_the_script(script: dict[str, Any]) -> None:
    """Shows that new kinds of features in the data are not left out in silence."""
    with pytest.raises(SystemExit, match="add it to SPECIAL"):
        script["sought"]({"slug": "css-new", "title": "Something (new) & strange"})


def feature(slug: str, title: str, outlook: dict[str, str], gmail: dict[str, str]) -> dict[str, Any]:
    """Make a feature as the data have it."""
    stats = {"outlook": {"windows": outlook}, "gmail": {"desktop-webmail": gmail}}
    return json.loads(json.dumps({"slug": slug, "title": title, "stats": stats}))  # type: ignore[no-any-return]
