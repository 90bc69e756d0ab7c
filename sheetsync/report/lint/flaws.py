"""What the lint gives, and what a mail is to it: elements with their places, and rules of style."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sheetsync.record import NamedTuple
from sheetsync.results import Severity

MARK = "data-at"
"""The attribute by which an element says where in which template it was written: ``3:12``, file and line."""


class Flaw(NamedTuple):
    """Something in a mail that some reader will not see as it is meant.

    ``rule`` names it (``lint.<rule>`` in the locales), ``at`` is the mark of the element, ``element`` shows it as
    ``td.card``, ``what`` is what was found, ``clients`` those that it concerns; empty: all.
    """

    rule: str
    severity: Severity
    at: str = ""
    element: str = ""
    what: str = ""
    clients: tuple[str, ...] = ()


class Declaration(NamedTuple):
    """One property with its value, both in lower case but for what stands in quotes and brackets."""

    property: str
    value: str


class StyleRule(NamedTuple):
    """A rule of a style sheet: its selectors or its ``@`` words, and the ``@`` words around it, the outermost first."""

    head: str
    declarations: tuple[Declaration, ...] = ()
    around: tuple[str, ...] = ()


class Element(NamedTuple):
    """One element of a mail; ``parents`` are the names of those around it, the outermost first."""

    name: str
    attributes: Mapping[str, str] = MappingProxyType({})
    parents: tuple[str, ...] = ()
    number: int = 0
    table: int = 0
    """The number of the nearest table around it; 0: none."""
    at: str = ""

    @property
    def shown(self) -> str:
        """The element as a selector would name it: ``td.card``."""
        first = self.attributes.get("class", "").split()[:1]
        return ".".join([self.name, *first])


class Page(NamedTuple):
    """The HTML of a mail, taken apart. ``sheets`` are the texts of its style elements, ``title`` that of its title."""

    elements: tuple[Element, ...]
    sheets: tuple[tuple[Element, str], ...]
    title: str
    size: int
    """Bytes of the HTML as it is sent, without our marks."""
