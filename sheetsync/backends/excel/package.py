"""The parts of an Excel file and how they hang together: which worksheet is which part, styles, names, properties."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.container import Container
from sheetsync.backends.excel.markup import Element, parse
from sheetsync.errors import ReadRefused
from sheetsync.record import NamedTuple

TYPES = "[Content_Types].xml"
"""The part that tells of what type each part is."""
STRICT = b"http://purl.oclc.org/ooxml/"
"""Begins the namespaces of the strict form of the format."""


class Relation(NamedTuple):
    """One relation of a part: the last word of its type (``worksheet``, ``table``) and the part it points at."""

    kind: str
    target: str


class SheetPart(NamedTuple):
    """One worksheet: its name, its part, its position among all tabs (from 0), and whether it is hidden."""

    name: str
    part: str
    position: int
    hidden: bool


class DefinedName(NamedTuple):
    """One name of the workbook: its text is a formula; ``sheet`` is the tab it is local to, or None."""

    name: str
    text: str
    sheet: int | None


class Package:
    """The parts of a workbook. Raises ReadRefused where a part that every workbook has is missing or malformed."""

    def __init__(self, container: Container) -> None:
        """Follow the relations from the root to the workbook, its worksheets, styles and shared strings."""
        self.container = container
        self.path = container.path
        root = self.relations("")
        self.workbook_part = self._only(root, "officeDocument")
        if self.workbook_part.lower().endswith(".bin"):
            raise ReadRefused("excel.binary", path=self.path)
        self.workbook = self.tree(self.workbook_part)
        if self.workbook.name != "workbook":
            raise ReadRefused("excel.not_a_workbook", path=self.path)
        relations = self.relations(self.workbook_part)
        kinds = {relation.kind: relation.target for relation in relations.values()}
        self.styles_part = container.find(kinds.get("styles", ""))
        self.strings_part = container.find(kinds.get("sharedStrings", ""))
        self.sheets = tuple(self._sheets(relations))
        self.tabs = tuple(element.attributes.get("name", "") for element in self._sheet_elements())
        properties = self.workbook.child("workbookPr")
        self.date1904 = properties is not None and properties.attributes.get("date1904") in ("1", "true")
        self.names = tuple(self._names())
        self.signed = any(relation.kind == "origin" for relation in root.values())

    @cached_property
    def strict(self) -> bool:
        """Whether the workbook is of the strict form of the format, whose namespaces are others."""
        return STRICT in self.container.read(self.workbook_part)[:4_000]

    @cached_property
    def styles(self) -> Element | None:
        """The styles part, parsed once; a workbook need not have one."""
        return self.tree(self.styles_part) if self.styles_part else None

    def tree(self, part: str) -> Element:
        """Parse one small part."""
        return parse(self.container.read(part), part, self.path)

    def relations(self, part: str) -> dict[str, Relation]:
        """Give the relations of a part (of the package for ``""``) by their id; outside targets are left out."""
        folder = part.rpartition("/")[0]
        own = self.container.find(self.relations_part(part))
        if own is None:
            return {}
        found = {}
        for element in self.tree(own).all("Relationship"):
            given = element.attributes
            if given.get("TargetMode") != "External" and "Id" in given and "Target" in given:
                kind = given.get("Type", "").rstrip("/").rpartition("/")[2]
                found[given["Id"]] = Relation(kind, self._resolved(folder, given["Target"]))
        return found

    def relations_part(self, part: str) -> str:
        """Give the name of the part that holds the relations of a part, whether or not there is one."""
        folder, _, name = part.rpartition("/")
        wanted = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        return self.container.find(wanted) or wanted

    def properties(self) -> dict[str, str]:
        """Give the custom document properties as text."""
        for relation in self.relations("").values():
            part = self.container.find(relation.target)
            if relation.kind in ("custom-properties", "customProperties") and part is not None:
                elements = self.tree(part).all("property")
                return {element.attributes.get("name", ""): element.whole_text.strip() for element in elements}
        return {}

    def _resolved(self, folder: str, target: str) -> str:
        """Give the name of the part that a target points at; as in a link, ``%20`` may stand for a space."""
        steps = [] if target.startswith("/") else [step for step in folder.split("/") if step]
        for step in target.split("/"):
            if step == "..":
                del steps[-1:]
            elif step not in ("", "."):
                steps.append(step)
        name = "/".join(steps)
        if "%" in name and self.container.find(name) is None:
            from urllib.parse import unquote

            name = unquote(name)
        return self.container.find(name) or name

    def _only(self, relations: dict[str, Relation], kind: str) -> str:
        for relation in relations.values():
            if relation.kind == kind and self.container.find(relation.target):
                return relation.target
        raise ReadRefused("excel.not_a_workbook", path=self.path)

    def _sheet_elements(self) -> list[Element]:
        sheets = self.workbook.child("sheets")
        return [element for element in sheets.children if element.name == "sheet"] if sheets else []

    def _sheets(self, relations: dict[str, Relation]) -> Iterator[SheetPart]:
        names: set[str] = set()
        parts: set[str] = set()
        for index, element in enumerate(self._sheet_elements()):
            name, relation = element.attributes.get("name", ""), relations.get(element.attributes.get("id", ""))
            if relation is None and not element.attributes.get("id"):
                continue  # a macro module of Excel 5, kept in the list of tabs without a part
            if relation is None or self.container.find(relation.target) is None:
                raise ReadRefused("excel.missing_part", path=self.path, sheet=name)
            if relation.kind != "worksheet":
                continue
            if not name:
                raise ReadRefused("excel.malformed", path=self.path, part=self.workbook_part)
            if name.casefold() in names or relation.target in parts:
                raise ReadRefused("excel.sheets_twice", path=self.path, sheet=name)
            names.add(name.casefold())
            parts.add(relation.target)
            hidden = element.attributes.get("state", "visible") != "visible"
            if self.container.members[relation.target].size > limits.SHEET:
                limit = limits.SHEET // limits.MEBIBYTE
                raise ReadRefused("excel.part_too_large", path=self.path, part=relation.target, limit=limit)
            yield SheetPart(name, relation.target, index, hidden)

    def _names(self) -> Iterator[DefinedName]:
        holder = self.workbook.child("definedNames")
        for element in holder.children if holder else ():
            local = element.attributes.get("localSheetId", "")
            sheet = int(local) if local.isdecimal() else None
            yield DefinedName(element.attributes.get("name", ""), element.whole_text.strip(), sheet)
