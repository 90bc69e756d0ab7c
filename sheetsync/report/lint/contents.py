"""Finds what no mail should hold, whatever clients make of it: code, forms, what is fetched, what nobody can read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheetsync.report.lint.apart import declarations, rules
from sheetsync.report.lint.flaws import Declaration, Element, Flaw, Page
from sheetsync.results import Severity

LARGEST = 80_000
"""Bytes of HTML that a mail may have: below what Gmail clips, with room for the coding of the transport."""

CLIPPED = 100_000
"""Bytes from which Gmail (at 102,400 with what stands around) shows the beginning alone."""

LARGEST_SHEET = 16_000
"""Bytes of style elements; Gmail throws away what goes beyond 16 KB."""

_FRAMES = ("applet", "canvas", "embed", "frame", "frameset", "iframe", "object")
_CONTROLS = ("button", "form", "input", "option", "select", "textarea")
_LINKED = ("https://", "mailto:", "tel:", "#")
_SIZED = ("src", "background", "poster", "srcset")
_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]*)")
_SPACED_COLOUR = re.compile(r"rgba?\([^),]*\s[^),]*\)")


def contents(page: Page) -> Iterator[Flaw]:
    """Give what is wrong with the mail as such."""
    for element in page.elements:
        yield from _dangerous(element)
        yield from _fetched(element)
        yield from _linked(element)
        yield from _unread(element)
    yield from _layout(page)
    yield from _sheets(page)
    yield from _whole(page)


def _error(rule: str, element: Element, what: str) -> Flaw:
    return Flaw(rule, Severity.ERROR, element.at, element.shown, what)


def _dangerous(element: Element) -> Iterator[Flaw]:
    name, attributes = element.name, element.attributes
    if name == "script":
        yield _error("script", element, "<script>")
    elif name in _FRAMES:
        yield _error("frame", element, f"<{name}>")
    elif name in _CONTROLS:
        yield _error("form", element, f"<{name}>")
    elif name == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield _error("refresh", element, "http-equiv=refresh")
    yield from (_error("handler", element, f"{one}=") for one in attributes if one.startswith("on"))


def _fetched(element: Element) -> Iterator[Flaw]:
    """Find what a client would have to fetch: it asks the reader first, or tells the sender that the mail was read."""
    if element.name == "link":
        yield _error("remote_css", element, element.attributes.get("href", "<link>"))
    for name in _SIZED:
        address = element.attributes.get(name)
        if address is not None and element.name != "a":
            yield from _picture(element, address)
    for one in declarations(element.attributes.get("style", "")):
        yield from _written(element, one)


def _written(element: Element, one: Declaration) -> Iterator[Flaw]:
    """Find pictures in a style, and colours in a form for which Gmail throws the whole style away."""
    for address in _ADDRESS.findall(one.value):
        yield from _picture(element, address)
    if _SPACED_COLOUR.search(one.value):
        yield _error("spaced_colour", element, f"{one.property}: {one.value}")


def _picture(element: Element, address: str) -> Iterator[Flaw]:
    shown = address.strip()[:80]
    if shown.lower().startswith("data:"):
        yield _error("data_uri", element, shown[:40])
    elif not shown.lower().startswith("cid:"):
        yield _error("remote", element, shown)


def _linked(element: Element) -> Iterator[Flaw]:
    target = element.attributes.get("href")
    if element.name not in ("a", "area") or target is None:
        return
    if not target.strip().lower().startswith(_LINKED):
        yield _error("link", element, target.strip()[:80])


def _unread(element: Element) -> Iterator[Flaw]:
    """Find what somebody who listens to the mail, or sees no pictures, would miss."""
    if element.name == "img" and "alt" not in element.attributes:
        yield _error("alt", element, element.attributes.get("src", "")[:80])
    if element.name == "a" and not element.attributes.get("href", "").strip():
        yield _error("no_target", element, "<a>")


def _layout(page: Page) -> Iterator[Flaw]:
    """Find tables that only arrange, and are read aloud as if they held data."""
    with_heads = {one.table for one in page.elements if one.name == "th"}
    for element in page.elements:
        arranges = element.attributes.get("role", "").lower() in ("presentation", "none")
        if element.name == "table" and not arranges and element.number not in with_heads:
            yield Flaw("layout_table", Severity.WARNING, element.at, element.shown, "<table>")
        if element.name == "th" and "scope" not in element.attributes:
            yield Flaw("scope", Severity.WARNING, element.at, element.shown, "<th>")


def _sheets(page: Page) -> Iterator[Flaw]:
    for element, sheet in page.sheets:
        if "body" in element.parents:
            yield Flaw("style_in_body", Severity.WARNING, element.at, "style", "<style>")
        for rule in rules(sheet):
            if rule.head.lower().startswith("@import"):
                yield _error("remote_css", element, rule.head)
            for one in rule.declarations:
                yield from _written(element, one)
    size = sum(len(sheet.encode()) for _, sheet in page.sheets)
    if size > LARGEST_SHEET:
        yield Flaw("style_size", Severity.ERROR, page.sheets[0][0].at, "style", str(size))


def _whole(page: Page) -> Iterator[Flaw]:
    root = next((one for one in page.elements if one.name == "html"), None)
    if root is None or not root.attributes.get("lang", "").strip():
        yield Flaw("lang", Severity.ERROR, root.at if root else "", "html", "<html>")
    if not page.title:
        yield Flaw("title", Severity.ERROR, root.at if root else "", "head", "<title>")
    if page.size > LARGEST:
        rule = "clipped" if page.size > CLIPPED else "size"
        yield Flaw(rule, Severity.ERROR, what=str(page.size // 1000))
