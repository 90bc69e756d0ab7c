"""The state of a spreadsheet: everything that a batch of requests changes, and that is copied before it does."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.sheets_server.area import Area, Box, Json, a1, area_of, parse_a1, quoted, split_title
from tests.sheets_server.defaults import spreadsheet_properties
from tests.sheets_server.errors import ApiError
from tests.sheets_server.grid import Grid
from tests.sheets_server.serials import EPOCH

#: Who asks: the service account of the recordings.
ROBOT = "robot@example.iam.gserviceaccount.com"
PROTECTED = (
    "You are trying to edit a protected cell or object. "
    "Please contact the spreadsheet owner to remove protection if you need to edit."
)
DIMENSIONS = ("ROWS", "COLUMNS")


class Sheet:
    """One sheet: its grid, its properties, and what lies on it.

    `properties` holds what SheetProperties has beyond id, title, index and the size of the grid. `objects` holds lists
    of resources by their name in Google's Sheet, with GridRanges in them that follow the grid.
    """

    def __init__(self, sheet_id: int, title: str, rows: int = 1000, columns: int = 26) -> None:
        self.id = sheet_id
        self.title = title
        self.grid = Grid(rows, columns)
        self.properties: Json = {}
        self.merges: list[Area] = []
        self.lines: dict[str, dict[int, Json]] = {"ROWS": {}, "COLUMNS": {}}
        self.groups: dict[str, list[Json]] = {"ROWS": [], "COLUMNS": []}
        self.objects: dict[str, list[Json]] = {}

    def copy(self) -> Sheet:
        """Give another sheet that says the same."""
        found = Sheet(self.id, self.title)
        found.grid = self.grid.copy()
        found.properties = copy.deepcopy(self.properties)
        found.merges = list(self.merges)
        found.lines = copy.deepcopy(self.lines)
        found.groups = copy.deepcopy(self.groups)
        found.objects = copy.deepcopy(self.objects)
        return found

    @property
    def box(self) -> Box:
        """All of its grid."""
        return Box(0, self.grid.row_count, 0, self.grid.column_count)

    def size(self, dimension: str) -> int:
        """Give how many rows or columns it has."""
        return self.grid.row_count if dimension == "ROWS" else self.grid.column_count

    def written(self, box: Box) -> str:
        """Write a rectangle of it in A1 notation, with its title."""
        return f"{quoted(self.title)}!{a1(box)}"

    def listed(self, name: str) -> list[Json]:
        """Give the list of its resources of that name, to be changed in place."""
        return self.objects.setdefault(name, [])


class Book:
    """The spreadsheet's properties, sheets in their order, named ranges and developer metadata.

    `broken_names` are those of named ranges whose cells are gone: the API shows them no more, yet they stay taken.
    `moment` is when the change that is being made happens, in the spreadsheet's time zone; `others_edit` says that
    another user makes it.
    """

    def __init__(self, spreadsheet_id: str, title: str, locale: str, time_zone: str) -> None:
        self.id = spreadsheet_id
        self.properties: Json = spreadsheet_properties(title, locale, time_zone)
        self.sheets: list[Sheet] = [Sheet(0, "Sheet1")]
        self.named_ranges: list[Json] = []
        self.broken_names: list[str] = []
        self.metadata: list[Json] = []
        self.others_edit = False
        self.moment: datetime = EPOCH
        self.random = random.Random(spreadsheet_id)  # noqa: S311 - ids, not secrets

    def copy(self) -> Book:
        """Give another book that says the same; the random numbers go on."""
        found = copy.copy(self)
        found.properties = copy.deepcopy(self.properties)
        found.sheets = [sheet.copy() for sheet in self.sheets]
        found.named_ranges = copy.deepcopy(self.named_ranges)
        found.broken_names = list(self.broken_names)
        found.metadata = copy.deepcopy(self.metadata)
        return found

    def new_id(self) -> int:
        """Draw an id that nothing has yet."""
        return self.random.randrange(100_000_000, 2_000_000_000)

    def sheet(self, sheet_id: int, *, kind: str = "grid") -> Sheet:
        """Give the sheet with that id; without one the request is refused."""
        for sheet in self.sheets:
            if sheet.id == sheet_id:
                return sheet
        raise ApiError(400, f"No {kind} with id: {sheet_id}")

    def titled(self, title: str) -> Sheet | None:
        """Give the sheet with that title, in whatever case."""
        folded = title.casefold()
        return next((sheet for sheet in self.sheets if sheet.title.casefold() == folded), None)

    def named(self, name: str) -> Area | None:
        """Give the area of a named range, or of a table, in whatever case."""
        folded = name.casefold()
        for resource in self.named_ranges:
            if resource["name"].casefold() == folded:
                return area_of(resource["range"])
        for _, table in self.objects("tables"):
            if table.get("name", "").casefold() == folded:
                return area_of(table["range"])
        return None

    def keep_names(self, kept: list[Json]) -> None:
        """Keep only these named ranges; the names of the others are broken from now on (`#REF!` in the browser)."""
        ids = {one["namedRangeId"] for one in kept}
        self.broken_names += [one["name"] for one in self.named_ranges if one["namedRangeId"] not in ids]
        self.named_ranges = kept

    def objects(self, name: str) -> Iterator[tuple[Sheet, Json]]:
        """Go through all resources of that name on all sheets."""
        for sheet in self.sheets:
            for resource in sheet.objects.get(name, ()):
                yield sheet, resource

    def found(self, name: str, field: str, value: Any, what: str) -> tuple[Sheet, Json]:
        """Give the resource whose field has that value; without one the request is refused."""
        for sheet, resource in self.objects(name):
            if resource.get(field) == value:
                return sheet, resource
        raise ApiError(400, f"No {what} with ID: {value}")

    def area(self, text: str) -> Area:
        """Read a range in A1 notation, the title of a sheet, or the name of a range."""
        title, rest = split_title(text)
        if title is None:
            found = (parse_a1(rest, self._first().id) or self.named(rest)) if rest is not None else None
            if found is None and rest is not None and (sheet := self.titled(rest)):
                found = Area(sheet.id)
        else:
            sheet = self.titled(title)
            found = None if sheet is None else Area(sheet.id) if rest is None else parse_a1(rest, sheet.id)
        if found is None:
            raise ApiError(400, f"Unable to parse range: {text}")
        return found

    def _first(self) -> Sheet:
        return next((sheet for sheet in self.sheets if not sheet.properties.get("hidden")), self.sheets[0])

    def box(self, area: Area) -> Box:
        """Give the part of an area that its sheet has; one that begins beyond the grid is refused."""
        sheet = self.sheet(area.sheet)
        grid = sheet.grid
        if (area.top or 0) >= grid.row_count or (area.left or 0) >= grid.column_count:
            raise ApiError(400, self.exceeding(sheet, area))
        return area.within(grid.row_count, grid.column_count)

    def exact(self, area: Area) -> Box:
        """Give a rectangle that is to be written: one that ends beyond the grid is refused too."""
        box = self.box(area)
        if (area.bottom or 0) > box.bottom or (area.right or 0) > box.right:
            raise ApiError(400, self.exceeding(self.sheet(area.sheet), area))
        return box

    def exceeding(self, sheet: Sheet, area: Area) -> str:
        """Word the refusal of a range that the grid does not have."""
        grid = sheet.grid
        bottom = area.bottom or max(grid.row_count, (area.top or 0) + 1)
        right = area.right or max(grid.column_count, (area.left or 0) + 1)
        written = sheet.written(Box(area.top or 0, bottom, area.left or 0, right))
        return f"Range ({written}) exceeds grid limits. Max rows: {grid.row_count}, max columns: {grid.column_count}"

    def permit(self, area: Area) -> None:
        """Refuse to change cells that somebody protected against the robot; other users may edit everything."""
        if self.others_edit:
            return
        for resource in self.sheet(area.sheet).objects.get("protectedRanges", ()):
            if self.editable(resource) or not self.protected(resource).meets(area):
                continue
            free = [area_of({"sheetId": area.sheet, **one}) for one in resource.get("unprotectedRanges", ())]
            if not any(one.holds(area) for one in free):
                raise ApiError(400, PROTECTED)

    def protected(self, resource: Json) -> Area:
        """Give the area of a protection: its own, or that of its named range."""
        for named in self.named_ranges:
            if resource.get("namedRangeId") == named["namedRangeId"]:
                return area_of(named["range"])
        return area_of(resource.get("range") or {})

    def editable(self, resource: Json) -> bool:
        """Say whether a protection lets the robot edit."""
        return bool(resource.get("warningOnly")) or ROBOT in resource.get("editors", {}).get("users", ())
