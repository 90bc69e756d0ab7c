"""Turns the digest of a page into one self-contained HTML file, and the list of several pages into another.

Both come from the templates in ``report/``, over plain data; Jinja is imported only when something is rendered.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetsync.adding import added
from sheetsync.language import Phrases
from sheetsync.report.brand import ACCENT, Brand, drawn
from sheetsync.report.chart_labels import labels
from sheetsync.report.view import filters, plain
from sheetsync.report.wording import worded
from sheetsync.results import Digest

if TYPE_CHECKING:
    from jinja2 import Environment

_BETWEEN = re.compile(r">\s*\n\s*<")
_ENDS = re.compile(r"</t[dhr]>(?=\s*<(?:t[dhr]\b|/t(?:r|body|head)>))")
_MARGIN = re.compile(r"\n\s+")


def render_page(digest: Digest, phrases: Phrases, templates: Path, brand: Brand | None = None) -> str:
    """Render the page of one workbook in the language of the phrases, with a folder that holds ``report/``."""
    return _rendered("page", digest.data, phrases, templates, brand)


def render_index(
    pages: Sequence[Mapping[str, Any]], today: date, phrases: Phrases, templates: Path, brand: Brand | None = None
) -> str:
    """Render the list of pages. Each is what ``listed`` gives, with ``file``, the address of its page (None: none)."""
    return _rendered("index", {"pages": pages, "today": today}, phrases, templates, brand)


def listed(digest: Digest, file: str) -> dict[str, Any]:
    """Give what the list of pages tells of one."""
    data = digest.data
    return {
        "file": file,
        "name": data["company"],
        "place": data["workbook"]["name"],
        "failed": None,
        "cycle": data["cycle"],
        "verdict": data["verdict"],
        "kpis": data["kpis"],
        "left_out": data["left_out"],
        "progress": data["overall"]["progress"],
        "expected": data["overall"]["expected"],
        "statuses": data["statuses"],
    }


def not_listed(name: str, reason: str) -> dict[str, Any]:
    """Give what the list of pages tells of a workbook that could not be read."""
    nothing = dict.fromkeys(("file", "cycle", "verdict", "kpis", "progress", "expected"))
    return {**nothing, "name": name, "place": name, "failed": reason, "left_out": False, "statuses": []}


def _rendered(name: str, data: Mapping[str, Any], phrases: Phrases, templates: Path, brand: Brand | None) -> str:
    chosen = brand or Brand()
    words = worded(phrases, chosen)
    view = {**plain(data), "brand": _seen(chosen, words.language), "language": words.language}
    html = _environment(words, templates).get_template(f"report/{name}.html.j2").render(view)
    return _close(html)


_GROUNDS, _DARK_GROUNDS = ("#ffffff", "#e2e8f0"), ("#131c31", "#33415e")
"""What curves and bars are drawn on, by day and in the dark: a card, and what is still empty of a bar."""
_DARK_ACCENT = "#2dd4bf"
"""Our own colour in the dark."""


def _seen(brand: Brand, language: str) -> dict[str, str | None]:
    """Give what the templates see of a brand: the logo stands in the page, curves can be told from what is below."""
    logo = brand.logo
    return {
        **brand.seen(language),
        "logo": None if logo is None else f"data:image/{logo.kind};base64,{b64encode(logo.data).decode()}",
        "line": drawn(brand.accent, *_GROUNDS),
        "line_dark": _DARK_ACCENT if brand.accent == ACCENT else drawn(brand.accent, *_DARK_GROUNDS),
    }


WIDE, HIGH, EDGE = 84, 20, 2
"""The room of a small curve in pixels, and what is left free around it for its dot."""


def curve(weeks: Sequence[float | None]) -> dict[str, Any]:
    """Give the path of a small curve over the weeks, as SVG writes it, and where its last point (the dot) is.

    All curves of a page rise over the same height, which is 100 %, or the highest value above it. A week that is not
    known leaves a gap.
    """
    step = WIDE // max(len(weeks) - 1, 1)
    top = max([1.0, *(week for week in weeks if week is not None)])
    parts: list[str] = []
    x = y = 0
    for joined, found in groupby(enumerate(weeks), key=lambda one: one[1] is not None):
        if joined:
            points = [
                (EDGE + number * step, EDGE + 1 + HIGH - round(HIGH * max(week or 0.0, 0.0) / top))
                for number, week in found
            ]
            parts.append(_path(points))
            x, y = points[-1]
    return {"path": "".join(parts), "x": x, "y": y}


def _path(points: Sequence[tuple[int, int]]) -> str:
    """Give one line without gaps; what goes on in the same direction is one step."""
    ways = [(after[0] - before[0], after[1] - before[1]) for before, after in pairwise(points)]
    steps = ((added(x for x, _ in same), added(y for _, y in same)) for _, group in groupby(ways) if (same := [*group]))
    told = " ".join(f"{x}{'' if y < 0 else ' '}{y}" for x, y in steps)
    return f"M{points[0][0]} {points[0][1]}" + (f"l{told}" if told else "")


def _close(html: str) -> str:
    """Take out what no browser needs: white space between elements, and the ends of cells and rows within tables."""
    return _ENDS.sub("", _MARGIN.sub("\n", _BETWEEN.sub(">\n<", html))).strip() + "\n"


@lru_cache(maxsize=4)
def _environment(phrases: Phrases, templates: Path) -> Environment:
    """Prepare what the pages of a run share: compiling the templates takes longer than filling them."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from sheetsync.report.sandbox import shown

    # These templates are ours alone: the sandbox of mails, which packs may change, would take half of the time.
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters(phrases))
    environment.globals.update(_functions(phrases))
    return environment


def _functions(phrases: Phrases) -> dict[str, Callable[..., Any]]:
    def t(key: str, **params: Any) -> str:
        return phrases.text(f"page.{key}", **params)

    def n(key: str, count: int, **params: Any) -> str:
        return phrases.plural(f"page.{key}", count, **params)

    def span(first: date, last: date) -> str:
        together = (first.year, first.month) == (last.year, last.month)
        return t("span_month", first=first.day, last=last) if together else t("span", first=first, last=last)

    return {
        "t": t,
        "n": n,
        "word": phrases.text,
        "word_n": phrases.plural,
        "span": span,
        "curve": curve,
        "labels": labels,
    }
