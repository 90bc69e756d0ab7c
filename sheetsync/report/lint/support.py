"""What mail clients support: the distilled data, and which gaps a mail may have all the same."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sheetsync.record import NamedTuple
from sheetsync.results import Severity

HARMLESS = frozenset(
    {
        # Corners are square, shadows missing, lines broken elsewhere: nobody misses anything.
        *("css-border-radius", "css-box-shadow", "css-white-space", "css-word-break", "css-word-wrap"),
        *("css-overflow-wrap", "css-hyphens", "css-text-overflow", "css-font-kerning", "css-letter-spacing"),
        *("css-text-underline-offset", "css-text-decoration-thickness", "css-text-decoration-line", "css-cursor"),
        *("css-transition", "css-list-style-position", "css-widows", "css-orphans", "html-wbr", "html-abbr"),
        # Tables collapse by ``border-collapse``, and Outlook keeps to the widths of cells.
        *("css-border-spacing", "css-table-layout", "css-box-sizing", "css-caption-side", "css-empty-cells"),
        # Yahoo makes ``min-height`` of it, which comes to the same in a cell.
        "css-height",
        # What hides the preheader; Outlook has ``mso-hide`` for it.
        *("css-max-height", "css-overflow"),
        # Dark colours and phones are on top of a mail that works without them. What stands inside ``@media`` is not
        # looked at further: a client that does not know it leaves all of it out.
        *("css-at-media", "css-color-scheme", "html-meta-color-scheme", "html-style"),
        # For screen readers; others lose nothing.
        *("html-aria-hidden", "html-aria-label", "html-aria-describedby", "html-aria-labelledby", "html-role"),
        # Every client makes its own of these, and keeps what stands inside.
        *("html-body", "html-target", "html-lang", "html-dir", "html-base"),
        # A link that looks different under the mouse, in clients that know how.
        *("css-pseudo-class-hover", "css-pseudo-class-link", "css-pseudo-class-visited", "css-pseudo-class-active"),
        "css-pseudo-class-focus",
        # With other fonts named after it.
        "css-sytem-ui",
    }
)
"""Features whose absence takes nothing from the reader: they may be used."""

BREAKING = frozenset(
    {
        *("css-display-flex", "css-display-grid", "css-grid-template", "css-flex-direction", "css-flex-wrap"),
        *("css-position", "css-left-right-top-bottom", "css-float", "css-column-count", "css-column-layout-properties"),
        *("css-linear-gradient", "css-radial-gradient", "css-conic-gradient", "css-background-image"),
        *("css-variables", "css-unit-calc", "css-function-clamp", "css-function-max", "css-function-min"),
        *("css-transform", "css-clip-path", "css-mask-image", "css-filter", "css-visibility", "css-opacity"),
        *("css-at-font-face", "css-at-import", "css-at-keyframes", "css-animation", "css-modern-color"),
        *("css-function-light-dark", "css-inline-size", "css-block-inline-size", "css-inset", "css-writing-mode"),
        *("css-pseudo-element-after", "css-pseudo-element-before", "css-intrinsic-size", "css-aspect-ratio"),
        *("html-audio", "html-video", "html-svg", "html-object", "html-picture", "html-dialog", "html-marquee"),
        *("html-meter", "html-progress", "html-hidden", "html-popover", "html-image-maps", "html-link"),
        *("html-ruby", "html-rp", "html-rt"),
    }
)
"""Features that carry meaning or hold a mail together: without them something is missing, hidden or out of place."""


class Gap(NamedTuple):
    """A feature that not every client has: who has it not, and who in part; ``forms`` say how it shows."""

    slug: str
    title: str
    forms: Mapping[str, tuple[str, ...]]
    no: tuple[str, ...]
    partly: tuple[str, ...]

    @property
    def severity(self) -> Severity | None:
        """How much it weighs to use it; None where it may be used, as partial support may."""
        if not self.no or self.slug in HARMLESS:
            return None
        return Severity.ERROR if self.slug in BREAKING else Severity.WARNING


@cache
def gaps() -> tuple[Gap, ...]:
    """Give the features that some client lacks."""
    return tuple(_gap(slug, told) for slug, told in _data()["feature"].items())


@cache
def updated() -> date:
    """Give the day of the data."""
    day: date = _data()["updated"]
    return day


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("clients.toml").read_text(encoding="utf-8"))


def _gap(slug: str, told: Mapping[str, Any]) -> Gap:
    forms = {name: tuple(value) for name, value in told.items() if name not in ("title", "no", "partly")}
    return Gap(slug, told["title"], forms, tuple(told.get("no", ())), tuple(told.get("partly", ())))


@cache
def sought(form: str) -> Mapping[str, Gap]:
    """Give the features that show in a form, by what is looked for: ``sought("element")["svg"]``; those that matter."""
    return dict(_sought(form))


def _sought(form: str) -> Iterator[tuple[str, Gap]]:
    for gap in gaps():
        if gap.severity is not None:
            for word in gap.forms.get(form, ()):
                yield word, gap
