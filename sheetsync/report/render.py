"""Turns digests into a mail's subject, HTML and text, by Jinja templates in a sandbox over plain data.

Jinja and the CSS inliner are imported only when something is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetsync.errors import DeliveryRefused
from sheetsync.language import Phrases
from sheetsync.outgoing import gravity_of
from sheetsync.post import Image
from sheetsync.record import NamedTuple
from sheetsync.report.brand import Brand
from sheetsync.report.view import (
    NO_BREAK,
    addressed,
    completed,
    cut,
    filters,
    footing,
    functions,
    once,
    plain,
    shortened,
    summed,
)
from sheetsync.report.wording import worded
from sheetsync.results import Digest

if TYPE_CHECKING:
    from sheetsync.report.sandbox import Sandbox

__all__ = ["Brand", "Rendered", "cut", "render", "render_parts"]

LARGEST = 70_000
"""Bytes of HTML; Gmail clips at about 102,000, and what is added on the way counts too."""

PARTS = 6
"""Parts that a mail tells in full, whatever room there is; the others are named with their subject."""

NAMED = 12
"""Parts without room that are named; the others are counted."""

_CAPS = ((12, 12), (12, 6), (12, 3), (6, 3), (6, 1), (3, 1), (1, 1))
"""Rows of each list in the first part and in those below, tried in this order until the mail is small enough."""

_ENOUGH = 4
"""So many of these leave three rows of each list, as many decisions as one summary shows."""

_TAG = re.compile(r"""<[a-z](?:[^"'>]|"[^"]*"|'[^']*')*""", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_GAP = re.compile(r"\s*\n\s*")
_NEEDLESS = re.compile(r'</?tbody>|(<td(?: class="[^"]*")?) data-css-inline="ignore"')
"""What the inliner puts in or leaves behind and no client needs. Words of a sheet are no tags: their < is escaped."""
_BEGINNINGS = {
    "href": ("https://", "mailto:", "#"),
    **dict.fromkeys(("src", "srcset", "background", "poster"), ("cid:",)),
}
"""How the value of an attribute may begin that a reader follows, and of those that a mail program fetches by itself."""


class Rendered(NamedTuple):
    """A mail that is ready to be sent or looked at; ``images`` are those that its HTML names.

    ``chat`` is what a chat is told below the subject; only the company's summary has one.
    """

    subject: str
    html: str
    text: str
    images: tuple[Image, ...] = ()
    chat: str = ""


def render(digest: Digest, phrases: Phrases, templates: Path, brand: Brand | None = None) -> Rendered:
    """Render a digest in the language of the phrases, with the templates of a folder that holds ``email/``.

    Raises DeliveryRefused where a template fails, with its file and line; ConfigError for words that do not fit.
    """
    return render_parts((digest,), phrases, templates, brand)


def render_parts(
    digests: Sequence[Digest],
    phrases: Phrases,
    templates: Path,
    brand: Brand | None = None,
    *,
    check_links: bool = True,
) -> Rendered:
    """Render all that one person gets on one day as one mail: subject and frame are those of the gravest part.

    Parts of one kind keep their order. Without ``check_links`` a mail with a link that no mail may have is given too,
    to those who tell of each. Raises as ``render`` does, and ValueError for no part at all.
    """
    if not digests:
        raise ValueError("a mail needs a part")
    parts = sorted(digests, key=lambda one: gravity_of(one.kind))  # the gravest gives frame and subject
    rendered = _renderer(phrases, templates, brand or Brand())(parts)
    if check_links and brand is not None and brand.folders:  # ours name nothing but what the digest was cleaned of
        _check_links(rendered.html, parts[0].kind)
    return rendered


@lru_cache(maxsize=8)
def _renderer(phrases: Phrases, templates: Path, brand: Brand) -> Callable[[Sequence[Digest]], Rendered]:
    """Prepare everything that the mails of a run share: compiling the templates takes longer than filling them."""
    from sheetsync.report.sandbox import Sandbox

    words = worded(phrases, brand)
    environment = Sandbox(_loader(templates, brand), _is_html)
    environment.filters.update(filters(words))
    return _Renderer(environment, words, brand).mail


class _Renderer:
    """Renders mails with one set of templates in one language."""

    def __init__(self, environment: Sandbox, phrases: Phrases, brand: Brand) -> None:
        self._environment = environment
        self._phrases = phrases
        self._brand = brand
        self._spoken: dict[str, Phrases] = {}

    def mail(self, digests: Sequence[Digest]) -> Rendered:
        """Give the mail of some digests, the gravest first."""
        views = once([self._view(digest) for digest in digests])
        views[0].update(footing(views, self._speaking_to(views[0]["recipient"])[0]))
        for place, view in enumerate(views):
            view["repeated"] = _ways(view) in [_ways(one) for one in views[:place]]
            view["several"] = len({one["workbook"]["place"] for one in views}) > 1
        shown, html = self._fitting(views)
        images = (self._brand.logo,) if self._brand.logo is not None and f"cid:{self._brand.logo.id}" in html else ()
        text = self._whole(shown, "txt")
        chat = self._text("company.chat.j2", shown[0]) if shown[0]["kind"] == "company" else ""
        return Rendered(shown[0]["subject"], html, _tidy(text), images, _tidy(chat).strip())

    def _fitting(self, views: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], str]:
        """Give what is shown, and its HTML.

        Where all together grow too large, lists name fewer rows, those of the later parts first; then fewer parts are
        told, and the others named with their subject alone. Of several workbooks few are told well, rather than many
        with one row of each list.
        """
        shown, html = self._cut(views, min(len(views), PARTS), _CAPS[0])
        first = _CAPS[1:_ENOUGH] if views[0]["several"] else _CAPS[1:]
        tries = [(len(shown), caps) for caps in first]
        tries += [(count, first[-1]) for count in range(len(shown) - 1, 0, -1)]
        tries += [(1, caps) for caps in _CAPS[_ENOUGH:]]
        for count, caps in tries:
            if len(html.encode()) <= LARGEST:
                break
            shown, html = self._cut(views, count, caps)
        return shown, html

    def _cut(
        self, views: Sequence[Mapping[str, Any]], count: int, caps: tuple[int, int]
    ) -> tuple[list[dict[str, Any]], str]:
        """Give the first parts with so many rows of each list, and their HTML; the subject counts what is left out."""
        shown = [shortened(view, caps[1] if place else caps[0]) for place, view in enumerate(views[:count])]
        rest = [shortened(view, 0) for view in views[count:]]
        shown[0]["subject"] = self._subject(summed([*shown, *rest]))
        named = list(zip(views[count:], rest, strict=True))[:NAMED]
        parts = [{**view["workbook"], "company": view["company"], "told": self._subject(one)} for view, one in named]
        shown[0]["left_out"] = {"parts": parts, "count": len(rest), "more": len(rest) - len(named)}
        return shown, _inlined(self._whole(shown, "html"))

    def _subject(self, view: Mapping[str, Any]) -> str:
        return " ".join(self._text(f"{view['kind']}.subject.j2", view).split())

    def _whole(self, views: Sequence[Mapping[str, Any]], ending: str) -> str:
        """Give one form of the mail: the frame of the first part, with what the others say below."""
        from markupsafe import Markup

        told = [
            self._text(f"{view['kind']}.{ending}.j2", {**view, "layout": f"email/fragment.{ending}.j2", "level": 2})
            for view in views[1:]
        ]
        parts = [Markup(one) for one in told] if ending == "html" else told  # noqa: S704 - made by the sandbox
        frame = {**views[0], "layout": f"email/layout.{ending}.j2", "level": 1, "below": parts}
        return self._text(f"{views[0]['kind']}.{ending}.j2", frame)

    def _view(self, digest: Digest) -> dict[str, Any]:
        """Give what the templates of a digest see."""
        recipient = digest.data.get("recipient")
        phrases, name = self._speaking_to(recipient)
        return {
            **plain(completed(digest.data)),
            **functions(phrases),
            "kind": digest.kind,
            "brand": self._brand.seen(phrases.language),
            "language": phrases.language,
            "greeted": name,
        }

    def _speaking_to(self, recipient: Mapping[str, Any] | None) -> tuple[Phrases, str]:
        phrases, name = addressed(self._phrases, recipient)
        honorific = str((recipient or {}).get("honorific")).casefold()
        return self._spoken.setdefault(honorific, phrases), name

    def _text(self, name: str, view: Mapping[str, Any]) -> str:
        self._environment.begin()
        try:
            return str(self._environment.get_template(f"email/{name}").render(view))
        except _mistakes() as error:
            raise _told(error, name) from error


def _ways(view: Mapping[str, Any]) -> tuple[str, str | None, str | None]:
    """Give where a mail leads: parts below others need not lead there again."""
    return view["workbook"]["place"], view["workbook"]["url"], view["links"]["report"]


def _mistakes() -> tuple[type[Exception], ...]:
    from jinja2 import TemplateError

    return (TemplateError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError, OSError, RecursionError)


def _loader(templates: Path, brand: Brand) -> Any:
    """Find ``email/x`` in the pack, then in those below it, then in ours; ``sheetsync/x`` is always ours.

    So a template of a pack may extend the one that it stands for.
    """
    from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader

    ours = FileSystemLoader(templates / "email")
    nearest = ChoiceLoader([*(FileSystemLoader(folder / "email") for folder in brand.folders), ours])
    return PrefixLoader({"email": nearest, "sheetsync": ours})


def _is_html(name: str | None) -> bool:
    """Escape in everything but the templates of plain text; Jinja's own choice by file ending misses ``.html.j2``."""
    return name is None or not name.endswith((".txt.j2", ".subject.j2", ".chat.j2"))


def _told(error: Exception, name: str) -> DeliveryRefused:
    """Say in which file and line of a template something went wrong."""
    import traceback

    file, line = getattr(error, "filename", None), getattr(error, "lineno", None)
    if file is None:
        frames = [one for one in traceback.extract_tb(error.__traceback__) if one.filename.endswith(".j2")]
        file, line = (frames[-1].filename, frames[-1].lineno) if frames else (name, None)
    reason = getattr(error, "message", None) or f"{type(error).__name__}: {error}"
    if type(error).__name__ == "TemplateNotFound":  # its message is the bare name
        reason = f"there is no template “{reason}”"
    reason = cut(str(reason), 300).rstrip(".")  # it stands within a sentence
    return DeliveryRefused("pack.template", path=f"{file}:{line}" if line else str(file), reason=reason)


def _check_links(html: str, kind: str) -> None:
    """Refuse what a template of a pack could bring in: pictures from elsewhere, and links that are code."""
    for tag in _TAG.finditer(html):  # in tags alone: a cell may hold the words "src=x", and is shown as they are
        for name, *values in _ATTRIBUTE.findall(tag[0]):
            link = "".join(values).strip()
            allowed = _BEGINNINGS.get(name.lower())
            fetched = name.lower() == "style" and "url(" in link.lower()
            if fetched or (allowed is not None and not link.lower().startswith(allowed)):
                raise DeliveryRefused("pack.link", path=f"{kind}.html.j2", value=cut(link, 80))


def _inlined(html: str) -> str:
    """Put the rules of the style sheet on the elements, as mail clients want it; no file or address is ever read."""
    inlined = str(_inliner().inline(_GAP.sub("\n", html)))
    return _NEEDLESS.sub(r"\1", inlined).replace("&nbsp;", NO_BREAK)


@cache
def _inliner() -> Any:
    import css_inline

    return css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False, minify_css=True)


def _tidy(text: str) -> str:
    """Take out what templates leave behind: white space at the ends of lines, and more than one blank line."""
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place > 0 and lines[place - 1])]
    return "\n".join(kept).strip() + "\n"
