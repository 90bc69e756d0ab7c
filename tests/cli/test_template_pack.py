"""``sheetsync template pack``: a brand that works from the first minute."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sheetsync.packaged import templates_dir
from sheetsync.report.brand import load_pack
from sheetsync.report.render import render
from tests.cli.conftest import Caller
from tests.report.mails import KINDS, digest
from tests.report.minh_long import PHRASES


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_new_pack_is_used_as_it_is(language: str, call: Caller, tmp_path: Path) -> None:
    """Shows that colour, footer, words and the template of a new pack stand in the mails, in both languages."""
    done = call("--lang", language, "template", "pack", str(tmp_path / "own"))
    assert done.code == 0
    assert "brand.toml" in done.err
    pack = load_pack(tmp_path / "own")
    assert pack.doubts == ()
    shown = render(digest("company", language), PHRASES[language], templates_dir(), pack.brand)
    plain = render(digest("company", language), PHRASES[language], templates_dir())
    assert "#1d4ed8" in shown.html
    assert "okr@abc.vn" in shown.text
    assert pack.brand.texts == ()
    assert shown.html.count("inner quiet") == plain.html.count("inner quiet") + 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_mail_renders_with_a_new_pack(kind: str, language: str, call: Caller, tmp_path: Path) -> None:
    """Shows that a pack written in one language serves mails in the other too."""
    call("--lang", "en" if language == "vi" else "vi", "template", "pack", str(tmp_path / "own"))
    brand = load_pack(tmp_path / "own").brand
    assert "okr@abc.vn" in render(digest(kind, language), PHRASES[language], templates_dir(), brand).text


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_of_a_new_pack_can_be_switched_on(language: str, call: Caller, tmp_path: Path) -> None:
    """Shows that the words which stand there switched off are ours, one for one, and change nothing switched on."""
    own = tmp_path / "own"
    call("--lang", "vi", "template", "pack", str(own))
    file = own / f"texts.{language}.toml"
    file.write_text(re.sub(r"(?m)^#(\w+ = )", r"\1", file.read_text(encoding="utf-8")), encoding="utf-8")
    brand = load_pack(own).brand
    words = dict(dict(brand.texts)[language])
    assert len(words) > 150
    assert {key: PHRASES[language].words(key)[0] for key in words} == words
    (own / "email" / "company.html.j2").unlink()
    for kind in KINDS:
        mail = render(digest(kind, language), PHRASES[language], templates_dir(), brand)
        plain = render(digest(kind, language), PHRASES[language], templates_dir(), brand._replace(texts=()))
        assert mail == plain


def test_nothing_that_is_there_is_written_over(call: Caller, tmp_path: Path) -> None:
    """Shows that a folder with a file in it, and a file in its place, are left as they are."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "brand.toml").write_text("mine", encoding="utf-8")
    for name in ("full", "full/brand.toml"):
        done = call("--lang", "en", "template", "pack", str(tmp_path / name))
        assert done.code == 2
        assert "nothing was written" in done.err
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["brand.toml"]
    assert (tmp_path / "full" / "brand.toml").read_text(encoding="utf-8") == "mine"


def test_a_place_that_cannot_be_written_is_told(call: Caller, tmp_path: Path) -> None:
    """Shows one line for a folder below a file."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = call("--lang", "vi", "template", "pack", str(tmp_path / "file" / "own"))
    assert done.code == 2
    assert "không ghi được vào đây" in done.err
