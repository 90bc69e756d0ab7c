"""Whether everything in a mail can be read: each colour of text on each ground that it may stand on, light and dark."""

from __future__ import annotations

import re

import pytest

from sheetsync.packaged import templates_dir
from sheetsync.report.brand import NEEDED, contrast

EMAIL = templates_dir() / "email"
GRAPHIC = 3.0
"""The least contrast of signs that are no text, such as the mark of the pace (WCAG 2.2, success criterion 1.4.11)."""
STATUSES = ("on_track", "achieved", "at_risk", "off_track", "missed", "not_started", "not_scored")


def rules(dark: bool) -> dict[str, dict[str, str]]:
    """Give the colours of each selector in the style sheet of the frame, as declared for light or dark."""
    text = (EMAIL / "layout.html.j2").read_text(encoding="utf-8")
    light, _, rest = text.partition('<style data-css-inline="keep">')
    sheet = rest.partition("prefers-color-scheme: dark")[2] if dark else light
    found: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(
        r"([^{}]+)\{([^{}]*(?:\{\{[^{}]*\}\}[^{}]*)*)\}", sheet.partition("<style>")[2] or sheet
    ):
        for selector in selectors.split(","):
            declared = re.findall(r"(?<![\w-])(color|background-color): (#[0-9a-f]{6})", body)
            found.setdefault(selector.strip(), {}).update(declared)
    return found


def grounds(dark: bool) -> dict[str, str]:
    """Give every colour that text may stand on."""
    known = rules(dark)
    tints = re.search(r"set tints = \{(.*?)\}", (EMAIL / "parts.html.j2").read_text(encoding="utf-8"))
    assert tints is not None
    found: dict[str, str] = {
        name: known[name]["background-color"] for name in (".mail", ".panel", ".card") if name in known
    }
    if not dark:
        found |= dict(re.findall(r'"(\w+)": "(#[0-9a-f]{6})"', tints[1]))
    return found


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_can_be_read_on_every_ground(dark: bool) -> None:
    """Shows that text, quiet text, links and the word of each status reach the contrast that small text needs."""
    known = rules(dark)
    texts = ("h1", "h2", "h3", "a", ".quiet", ".head", ".foot", ".part", *(f".{name}" for name in STATUSES))
    if not dark:
        texts = (*texts, "body")
    colours = {name: known[name]["color"] for name in texts}
    assert len(grounds(dark)) == (3 if dark else 5)
    weak = {
        (name, ground): round(contrast(colour, on), 2)
        for name, colour in colours.items()
        for ground, on in grounds(dark).items()
        if contrast(colour, on) < NEEDED
    }
    assert weak == {}


@pytest.mark.parametrize("dark", [False, True])
def test_the_outlined_button_can_be_read(dark: bool) -> None:
    """Shows that the second button has text of its own on a ground of its own, in light and in dark."""
    second = rules(dark)[".second"]
    assert contrast(second["color"], second["background-color"]) >= NEEDED


def test_the_mark_of_the_pace_stands_out() -> None:
    """Shows that the mark can be told from the empty part of a bar, and in light from the part that is done."""
    dark = rules(dark=True)
    assert contrast(dark[".mark"]["background-color"], dark[".track"]["background-color"]) >= GRAPHIC
    parts = (EMAIL / "parts.html.j2").read_text(encoding="utf-8")
    filled = re.search(r"set colours = \{(.*?)\}", parts)
    assert filled is not None
    for _, colour in [("track", "#e2e8f0"), *re.findall(r'"(\w+)": "(#[0-9a-f]{6})"', filled[1])]:
        assert contrast("#0f172a", colour) >= GRAPHIC
