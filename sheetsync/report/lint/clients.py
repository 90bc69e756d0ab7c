"""Finds what a mail uses and some client lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sheetsync.report.lint.apart import declarations, rules
from sheetsync.report.lint.flaws import Declaration, Element, Flaw, Page
from sheetsync.report.lint.support import Gap, sought

_FUNCTION = re.compile(r"([a-z-]+)\(")
_PSEUDO = re.compile(r"::?([a-z-]+)")
_UNIT = re.compile(r"(?<![\w#-])-?[\d.]+([a-z]+|%)")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_COMBINED = {">": re.compile(r">"), "+": re.compile(r"\+"), "~": re.compile(r"~"), "[": re.compile(r"\[")}
_ENDING = re.compile(r"\.([a-z0-9]+)(?:[?#].*)?$", re.IGNORECASE)
_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]*)")


def unsupported(page: Page) -> Iterator[Flaw]:
    """Give what some client does not support, wherever it is used."""
    for element in page.elements:
        yield from _in_element(element)
        yield from (_flaw(gap, element, what) for gap, what in _in_style(element.attributes.get("style", "")))
    for element, sheet in page.sheets:
        yield from _in_sheet(element, sheet)


@lru_cache(maxsize=4096)
def _in_style(style: str) -> tuple[tuple[Gap, str], ...]:
    return tuple((gap, _written(one)) for one in declarations(style) for gap in _in_declaration(one))


def _in_element(element: Element) -> Iterator[Flaw]:
    attributes = element.attributes
    for name in (element.name, f"{element.name}[{attributes.get('type', '')}]"):
        if (gap := sought("element").get(name)) is not None:
            yield _flaw(gap, element, f"<{element.name}>")
    for name in attributes:
        if (gap := sought("attribute").get(name)) is not None:
            yield _flaw(gap, element, f"{name}=")
    if element.name == "img" and (gap := _of_picture(attributes.get("src", ""))) is not None:
        yield _flaw(gap, element, attributes["src"])
    if (gap := _of_link(attributes.get("href", ""))) is not None:
        yield _flaw(gap, element, attributes["href"])


def _of_picture(source: str) -> Gap | None:
    found = _ENDING.search(source)
    return sought("image").get(found[1].lower()) if found and not source.startswith("data:") else None


def _of_link(target: str) -> Gap | None:
    return next((gap for start, gap in sought("link").items() if target.startswith(start)), None)


def _in_sheet(element: Element, sheet: str) -> Iterator[Flaw]:
    for rule in rules(sheet):
        if any(one.startswith("@media") for one in (*rule.around, rule.head)):
            continue
        found = [*_in_at(rule.head)] if rule.head.startswith("@") else [*_in_selector(rule.head)]
        yield from (_flaw(gap, element, rule.head) for gap in found)
        for one in rule.declarations:
            yield from (_flaw(gap, element, _written(one)) for gap in _in_declaration(one))


def _in_at(head: str) -> Iterator[Gap]:
    word = head[1:].split("(")[0].split()[0].lower()
    if (gap := sought("at").get(word)) is not None:
        yield gap


def _in_selector(head: str) -> Iterator[Gap]:
    known = sought("selector")
    yield from (known[mark] for mark, form in _COMBINED.items() if mark in known and form.search(head))
    if "*" in known and re.search(r"(?<![~|^$*])\*(?!=)", head):
        yield known["*"]
    for found in _PSEUDO.finditer(head):
        if (gap := sought("pseudo").get(found[1])) is not None:
            yield gap


def _in_declaration(one: Declaration) -> Iterator[Gap]:
    plain = _QUOTED.sub("''", one.value.lower())
    bare = plain.replace("!important", "").strip()
    words = set(re.split(r"[\s,]+", bare))
    yield from _found("property", (one.property,))
    yield from _found("pair", (f"{one.property}:{bare}",))
    yield from _found("value", words)
    yield from _found("function", {found[1] for found in _FUNCTION.finditer(plain)})
    yield from _found("unit", {found[1] for found in _UNIT.finditer(plain)})
    for address in _ADDRESS.findall(one.value):
        if (gap := _of_picture(address)) is not None:
            yield gap


def _found(form: str, words: set[str] | tuple[str, ...]) -> Iterator[Gap]:
    known = sought(form)
    yield from (known[word] for word in sorted(words) if word in known)


def _written(one: Declaration) -> str:
    return f"{one.property}: {one.value}"


def _flaw(gap: Gap, element: Element, what: str) -> Flaw:
    severity = gap.severity
    assert severity is not None  # noqa: S101 - ``sought`` gives those alone that matter
    return Flaw("unsupported", severity, element.at, element.shown, what, gap.no)
