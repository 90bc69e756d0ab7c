"""What a pack may say: its colour, logo, footer and words; and what is told where it cannot be used."""

from __future__ import annotations

from colorsys import rgb_to_hls
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.errors import ConfigError, DeliveryRefused
from sheetsync.packaged import templates_dir
from sheetsync.report.brand import (
    ACCENT,
    DARK,
    LARGEST_LOGO,
    NEEDED,
    SEEN,
    WHITE,
    Brand,
    contrast,
    drawn,
    load_pack,
    on,
)
from sheetsync.report.mail import compose
from sheetsync.report.render import Rendered, render, render_parts
from tests.report.letters import letter
from tests.report.mails import KINDS, all_digests, digest
from tests.report.minh_long import PHRASES
from tests.report.packs import pack, png

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def branded(folder: Path, kind: str = "company", language: str = "en", **changed: Any) -> Rendered:
    """Render a mail with the pack of a folder."""
    return render(digest(kind, language, **changed), PHRASES[language], templates_dir(), load_pack(folder).brand)


def test_an_empty_pack_changes_nothing(tmp_path: Path) -> None:
    """Shows that everything in a pack may be left out."""
    loaded = load_pack(pack(tmp_path))
    assert loaded.doubts == ()
    assert loaded.brand == Brand(folders=(tmp_path,))
    assert branded(tmp_path) == render(digest("company", "en"), PHRASES["en"], templates_dir())


def test_contrast_is_that_of_the_guidelines() -> None:
    """Shows the ratio for the ends of the scale, and for greys that are known to stand at the bound."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast(ACCENT, WHITE) > NEEDED


@given(COLOURS)
def test_text_on_an_accent_can_be_read(colour: str) -> None:
    """Shows that text on any accent that is taken is readable, and that none is refused that has such a text."""
    text = on(colour)
    if text is None:
        assert max(contrast(colour, WHITE), contrast(colour, DARK)) < NEEDED
    else:
        assert contrast(colour, text) >= NEEDED


@pytest.mark.parametrize(("accent", "text"), [("#1D4ED8", WHITE), ("#fbbf24", DARK)])
def test_the_accent_chooses_its_text(tmp_path: Path, accent: str, text: str) -> None:
    """Shows that bar and button have the accent, and that the words on the button are white or dark."""
    html = branded(pack(tmp_path, f'accent = "{accent}"')).html
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    (mail,) = [one for one in tree.iter("table") if one.get("class") == "mail"]
    (button,) = [one for one in tree.iter("a") if one.get("class") == "button"]
    assert f"border-top:4px solid {accent.lower()}" in mail.get("style")
    assert f"background-color:{accent.lower()}" in button.get("style")
    assert f";color:{text};" in f";{button.get('style')};"


def test_a_logo_travels_in_the_mail(tmp_path: Path) -> None:
    """Shows that the HTML names the logo by its id, with the company as its text, and that the bytes are enclosed."""
    shown = branded(pack(tmp_path, 'logo = "logo.png"', logo_png=png()))
    (picture,) = html5lib.parse(shown.html, namespaceHTMLElements=False).iter("img")
    assert (picture.get("src"), picture.get("alt")) == ("cid:logo", "Minh Long Food")
    (image,) = shown.images
    assert (image.id, image.kind, image.data) == ("logo", "png", png())
    sent = compose(letter(html=shown.html, images=shown.images)).data
    assert b"multipart/related" in sent
    assert b"Content-ID: <logo>" in sent
    own = branded(pack(tmp_path, 'logo = "logo.png"\nalt = "ABC & Co"'))
    assert 'alt="ABC &amp; Co"' in own.html


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("missing.png", None, "pack.no_logo"),
        ("logo.svg", b"<svg/>", "pack.logo_kind"),
        ("logo.png", png() + b"\0" * LARGEST_LOGO, "pack.logo_size"),
    ],
)
def test_a_logo_that_cannot_be_used_is_left_out(tmp_path: Path, name: str, content: bytes | None, key: str) -> None:
    """Shows that the mail goes without a logo, and that one line says why."""
    pack(tmp_path, f'accent = "#1d4ed8"\nlogo = "{name}"')
    if content is not None:
        (tmp_path / name).write_bytes(content)
    (doubt,) = load_pack(tmp_path).doubts
    assert doubt.key == key
    assert PHRASES["vi"].text(f"error.{key}", **doubt.params)
    shown = branded(tmp_path)
    assert shown.images == ()
    assert "<img" not in shown.html


def test_the_footer_is_a_line_for_each_language(tmp_path: Path) -> None:
    """Shows a line for one language, and one for all; what looks like markup is text."""
    one = branded(pack(tmp_path / "a", '[footer]\nvi = "Tư vấn: <b>ABC</b>"'), language="vi")
    assert "Tư vấn: &lt;b&gt;ABC&lt;/b&gt;" in one.html
    assert "Tư vấn: <b>ABC</b>" in one.text
    assert "ABC" not in branded(tmp_path / "a").text
    every = pack(tmp_path / "b", 'footer = "ABC · okr@abc.vn"')
    assert branded(every).text.endswith("ABC · okr@abc.vn\n")
    assert branded(every, language="vi").text.endswith("ABC · okr@abc.vn\n")


def test_words_of_a_pack_stand_for_ours_and_the_others_stay(tmp_path: Path) -> None:
    """Shows a text, a form of a plural, and the word for a status; in the language of the file alone."""
    words = '[mail]\ndecide = "Your call"\n[mail.items]\nother = "{count} things"\n[status]\nat_risk = "Amber"\n'
    folder = pack(tmp_path, texts_en_toml=words)
    shown = branded(folder)
    assert "Your call" in shown.html
    assert "2 things" in shown.html
    assert "▲\u00a0Amber" in shown.html
    assert "Overall progress" in shown.html
    assert branded(folder, language="vi") == render(digest("company", "vi"), PHRASES["vi"], templates_dir())


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ('[mail]\nnowhere = "x"', "pack.unknown_text"),
        ('[error]\ncancelled = "x"', "pack.unknown_text"),
        ('[mail]\nitems = "x"', "pack.unknown_text"),
        ('[mail]\ndecide = "{who}"', "pack.text_params"),
        ('[mail]\ndecide = "{"', "pack.text_params"),
        ("[mail]\ndecide = 3", "pack.text"),
    ],
)
def test_words_that_do_not_fit_are_told(tmp_path: Path, words: str, key: str) -> None:
    """Shows that each is named before any mail is made of it."""
    with pytest.raises(ConfigError) as caught:
        branded(pack(tmp_path, texts_en_toml=words))
    assert caught.value.key == key
    assert PHRASES["en"].text(f"error.{key}", **caught.value.params)


@pytest.mark.parametrize(
    ("brand", "key", "told"),
    [
        ('accent = "teal"', "pack.no_colour", "teal"),
        ("accent = 7", "pack.no_colour", "7"),
        ('accent = "#7c7c7c"', "pack.contrast", "4.28"),
        ('akzent = "#1d4ed8"', "pack.unknown_key", "akzent"),
        ("accent = #1d4ed8\n", "pack.syntax", "line 1"),
        ("footer = 7", "pack.footer", "vi, en"),
        ('[footer]\nfr = "x"', "pack.footer", "vi, en"),
        ('extends = "../a"', "pack.extends", "../a"),
        ('extends = "../nowhere"', "pack.missing", "nowhere"),
    ],
)
def test_what_is_wrong_in_a_pack_is_told(tmp_path: Path, brand: str, key: str, told: str) -> None:
    """Shows that each mistake is told with its file, what is meant, and what to do, in both languages."""
    with pytest.raises(ConfigError) as caught:
        load_pack(pack(tmp_path / "a", brand))
    assert caught.value.key == key
    for language in ("vi", "en"):
        words = PHRASES[language].text(f"error.{key}", **caught.value.params)
        assert "brand.toml" in words
        assert told in words


def test_a_folder_without_a_brand_is_told(tmp_path: Path) -> None:
    """Shows that a wrong path is told with the command that makes a pack."""
    with pytest.raises(ConfigError) as caught:
        load_pack(tmp_path / "nowhere")
    assert "sheetsync template pack" in PHRASES["en"].text("error.pack.missing", **caught.value.params)


def test_a_pack_may_lie_over_another(tmp_path: Path) -> None:
    """Shows that what the nearer pack says holds, that the rest comes from the one below, templates too."""
    below = 'accent = "#7f1d1d"\nlogo = "logo.png"\nfooter = "ABC"'
    block = '{% extends "sheetsync/company.html.j2" %}{% block wins %}below-wins{% endblock %}'
    pack(tmp_path / "abc", below, logo_png=png(), texts_en_toml='[mail]\ndecide = "Call"', email__company_html_j2=block)
    near = 'extends = "../abc"\naccent = "#1d4ed8"'
    folder = pack(tmp_path / "minh-long", near, texts_en_toml='[mail]\nobjectives = "Goals"')
    brand = load_pack(folder).brand
    assert (brand.accent, brand.on_accent, dict(brand.footer)["vi"]) == ("#1d4ed8", WHITE, "ABC")
    assert brand.logo is not None
    shown = branded(folder)
    assert all(told in shown.html for told in ("Call", ">Goals", "below-wins", "cid:logo"))


@pytest.mark.parametrize("kind", KINDS)
def test_a_block_of_any_mail_can_be_replaced(tmp_path: Path, kind: str) -> None:
    """Shows that a template may extend the one that it stands for, alone and below another mail."""
    own = '{% extends "sheetsync/' + kind + '.html.j2" %}{% block verdict %}Own words for {{ company }}{% endblock %}'
    folder = pack(tmp_path)
    (folder / "email").mkdir()
    (folder / "email" / f"{kind}.html.j2").write_text(own, encoding="utf-8")
    assert branded(folder, kind).html.count("Own words for Minh Long Food") == 1
    assert branded(folder, kind).text == render(digest(kind, "en"), PHRASES["en"], templates_dir()).text
    merged = render_parts(all_digests("en"), PHRASES["en"], templates_dir(), load_pack(folder).brand)
    assert merged.html.count("Own words for Minh Long Food") == 1


def test_a_whole_template_and_the_frame_can_be_replaced(tmp_path: Path) -> None:
    """Shows a mail without anything of ours, and a frame of a firm's own around our words."""
    whole = pack(tmp_path / "a", email__wins_html_j2="<p>{{ wins[0].title }}</p>")
    assert "<p>Products customers trust</p>" in branded(whole, "wins").html
    frame = '{% extends "sheetsync/layout.html.j2" %}{% block footer %}Frame of our own{% endblock %}'
    framed = branded(pack(tmp_path / "b", email__layout_html_j2=frame), "wins").html
    assert "Frame of our own" in framed
    assert "You get this mail" not in framed
    assert "Products customers trust" in framed


@pytest.mark.parametrize(
    ("template", "line", "told"),
    [
        ("one\n{{ nothing }}", 2, "'nothing' is undefined"),
        ("one\ntwo\n{% if %}", 3, "Expected an expression"),
        ("one\n{% if company %}", 2, "closed is 'if')"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ company.__class__ }}", 1, "unsafe"),
        ("{{ 'a' * 9 }}", 1, "* is for numbers alone"),
        ("{% include 'email/../x' %}", 1, "x"),
        ("{{ t('nowhere') }}", 1, "nowhere"),
        ("{% for a in range(900) %}{% for b in range(900) %}{% endfor %}{% endfor %}", 1, "without end"),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", 1, ""),
    ],
)
def test_a_template_that_fails_is_told_with_its_line(tmp_path: Path, template: str, line: int, told: str) -> None:
    """Shows file, line and reason of what is wrong in a template, in words that say what to do."""
    folder = pack(tmp_path, email__wins_html_j2=template)
    with pytest.raises(DeliveryRefused) as caught:
        branded(folder, "wins")
    words = PHRASES["en"].text(f"error.{caught.value.key}", **caught.value.params)
    assert f"email/wins.html.j2:{line}" in words
    assert told in words
    assert "template check" in words
    assert not caught.value.params["reason"].endswith(".")


@pytest.mark.parametrize(
    "tag",
    [
        '<a href=" javascript:alert(1)">x</a>',
        "<a href='http://a.vn'>x</a>",
        "<a href=file:///etc/passwd>x</a>",
        '<img src="https://a.vn/x.png">',
        '<img srcset="https://a.vn/x.png 2x">',
        '<table background="https://a.vn/x.png"></table>',
        "<p style='background: URL(https://a.vn/x.png)'>x</p>",
    ],
)
def test_nothing_is_fetched_and_no_link_is_code(tmp_path: Path, tag: str) -> None:
    """Shows that a picture from elsewhere, and a link that is no https or mailto, are refused."""
    with pytest.raises(DeliveryRefused) as caught:
        branded(pack(tmp_path, email__wins_html_j2=tag), "wins")
    assert caught.value.key == "pack.link"
    assert caught.value.params["path"] == "wins.html.j2"


@given(COLOURS, st.sampled_from([(WHITE, "#e2e8f0"), ("#131c31", "#33415e")]))
def test_what_is_drawn_in_an_accent_can_always_be_seen(accent: str, grounds: tuple[str, ...]) -> None:
    """Shows that an accent is drawn so that it can be told from all below it, and as it is where it can be already."""
    line = drawn(accent, *grounds)
    assert all(contrast(line, ground) >= SEEN for ground in grounds)
    assert (line == accent) is all(contrast(accent, ground) >= SEEN for ground in grounds)


@pytest.mark.parametrize("accent", ["#0b1f4d", "#facc15", "#b91c1c", "#6d28d9"])
@pytest.mark.parametrize("grounds", [(WHITE, "#e2e8f0"), ("#131c31", "#33415e")])
def test_an_accent_keeps_its_hue_and_strength(accent: str, grounds: tuple[str, ...]) -> None:
    """Shows that navy gets a lighter blue and yellow a darker one, and neither a grey."""

    def told(colour: str) -> tuple[float, float]:
        hue, _, saturation = rgb_to_hls(*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)))
        return hue, saturation

    assert told(drawn(accent, *grounds)) == pytest.approx(told(accent), abs=0.03)
