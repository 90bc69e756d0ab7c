"""Turns a digest into a mail's subject, HTML and text, by Jinja templates in a sandbox over plain data.

Jinja and the CSS inliner are imported only when something is rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetsync.language import Phrases
from sheetsync.record import NamedTuple
from sheetsync.results import Digest

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

ACCENT = "#0f766e"
"""The colour of the bar at the top and of the button; dark enough for white text on it (contrast 5.5)."""


class Brand(NamedTuple):
    """What a firm or its consultant may put on the mail."""

    accent: str = ACCENT
    footer: str = ""


class Rendered(NamedTuple):
    """A mail that is ready to be sent or looked at."""

    subject: str
    html: str
    text: str


def render(digest: Digest, phrases: Phrases, templates: Path, brand: Brand | None = None) -> Rendered:
    """Render a digest in the language of the phrases, with the templates of a folder that holds ``email/``."""
    environment = _environment(phrases, templates)
    view: dict[str, Any] = {**digest.data, "brand": (brand or Brand())._asdict(), "language": phrases.language}
    html = environment.get_template(f"email/{digest.kind}.html.j2").render(view)
    text = environment.get_template(f"email/{digest.kind}.txt.j2").render(view)
    subject = environment.get_template(f"email/{digest.kind}.subject.j2").render(view)
    return Rendered(" ".join(subject.split()), _inlined(html), _tidy(text))


def _environment(phrases: Phrases, templates: Path) -> ImmutableSandboxedEnvironment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates),
        autoescape=_is_html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(_filters(phrases))
    environment.globals.update(_functions(phrases))
    return environment


def _is_html(name: str | None) -> bool:
    """Escape in everything but the templates of plain text; Jinja's own choice by file ending misses ``.html.j2``."""
    return name is None or not name.endswith((".txt.j2", ".subject.j2"))


def _filters(phrases: Phrases) -> dict[str, Callable[..., str]]:
    def amount(value: Mapping[str, Any]) -> str:
        if value["percent"] and not value["unit"]:
            return phrases.percent(value["number"])
        if value["percent"]:
            return phrases.percent(value["number"]) if "%" in value["unit"] else phrases.number(value["number"])
        return phrases.money(value["number"], value["unit"])

    def signed(points: float) -> str:
        whole = round(points * 100)
        return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"

    return {
        "percent": phrases.percent,
        "number": phrases.number,
        "date": phrases.date,
        "short": phrases.short,
        "amount": amount,
        "signed": signed,
        "cut": cut,
        "grade": phrases.grade,
    }


def _functions(phrases: Phrases) -> dict[str, Callable[..., str]]:
    def t(key: str, **params: Any) -> str:
        return phrases.text(f"mail.{key}", **params)

    def n(key: str, count: int, **params: Any) -> str:
        return phrases.plural(f"mail.{key}", count, **params)

    def word(key: str) -> str:
        return phrases.text(key)

    return {"t": t, "n": n, "word": word}


def cut(text: str, longest: int) -> str:
    """Cut a text from the sheet at a word, with an ellipsis, so that one cell cannot fill a screen."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    head = flat[: longest - 1]
    return f"{head[: head.rfind(' ')] if ' ' in head[longest // 2 :] else head}…"


def _inlined(html: str) -> str:
    """Put the rules of the style sheet on the elements, as mail clients want it; no file or address is ever read."""
    return str(_inliner().inline(html))


@cache
def _inliner() -> Any:
    import css_inline

    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


def _tidy(text: str) -> str:
    """Take out what templates leave behind: white space at the ends of lines, and more than one blank line."""
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place > 0 and lines[place - 1])]
    return "\n".join(kept).strip() + "\n"
