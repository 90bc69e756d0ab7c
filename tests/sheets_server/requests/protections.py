"""Requests about named ranges and protected ranges."""

from __future__ import annotations

import re

from tests.sheets_server.area import Json, area_of, parse_a1
from tests.sheets_server.book import PROTECTED, ROBOT, Book, Sheet
from tests.sheets_server.errors import ApiError
from tests.sheets_server.fields import update_mask
from tests.sheets_server.requests.registry import needed, request, sheet_area
from tests.sheets_server.resource import protected_range

NAME = re.compile(r"[^\W\d]\w{0,249}|_\w{0,249}")


def normal(book: Book, resource: Json) -> Json:
    """Give a GridRange as Google gives it back; its sheet must exist and have its cells."""
    sheet, area = sheet_area(book, resource)
    if (area.bottom or 0) > sheet.grid.row_count or (area.right or 0) > sheet.grid.column_count:
        raise ApiError(400, book.exceeding(sheet, area))
    book.box(area)
    return area.resource()


@request("addNamedRange")
def add_named_range(book: Book, body: Json) -> Json:
    """Give a range a name."""
    given = needed(body, "namedRange")
    _check_name(book, given.get("name") or "", None)
    named_id = given.get("namedRangeId") or str(book.new_id())
    if any(one["namedRangeId"] == named_id for one in book.named_ranges):
        raise ApiError(400, f"A named range with the ID {named_id} already exists.")
    named = {"namedRangeId": named_id, "name": given["name"], "range": normal(book, needed(given, "range"))}
    book.named_ranges.append(named)
    return {"namedRange": named}


def _check_name(book: Book, name: str, own: Json | None) -> None:
    if (
        not NAME.fullmatch(name)
        or parse_a1(name)
        or name.upper() in {"TRUE", "FALSE"}
        or re.fullmatch(r"[Rr]\d*[Cc]\d*", name)
    ):
        raise ApiError(400, f"Name '{name}' is not a valid name for a named range.")
    taken = [*book.broken_names, *(one["name"] for one in book.named_ranges if one is not own)]
    if name.casefold() in map(str.casefold, taken):
        raise ApiError(400, f"Cannot add named range with name: {name}, a named range with that name already exists.")


def _named(book: Book, named_id: str | None) -> Json:
    for one in book.named_ranges:
        if one["namedRangeId"] == named_id:
            return one
    raise ApiError(400, f"No named range with id: {named_id}")


@request("updateNamedRange")
def update_named_range(book: Book, body: Json) -> None:
    """Change the name or the place of a named range."""
    given = needed(body, "namedRange")
    mask = update_mask(body.get("fields"), "NamedRange")
    named = _named(book, given.get("namedRangeId"))
    if "name" in mask:
        _check_name(book, given.get("name") or "", named)
        named["name"] = given["name"]
    if "range" in mask:
        named["range"] = normal(book, needed(given, "range"))


@request("deleteNamedRange")
def delete_named_range(book: Book, body: Json) -> None:
    """Take a name away."""
    book.named_ranges.remove(_named(book, body.get("namedRangeId")))


@request("addProtectedRange")
def add_protected_range(book: Book, body: Json) -> Json:
    """Protect a range or a sheet; whoever asks may always edit it."""
    given = needed(body, "protectedRange")
    sheet, resource = _protection(book, given)
    resource = {"protectedRangeId": given.get("protectedRangeId") or book.new_id(), **resource}
    reply = {**resource, "requestingUserCanEdit": True, "editors": _editors(given)}
    if not book.others_edit:
        resource["editors"] = _with_robot(resource["editors"])
    sheet.listed("protectedRanges").append(resource)
    return {"protectedRange": reply}


def _protection(book: Book, given: Json) -> tuple[Sheet, Json]:
    found: Json = {}
    if given.get("namedRangeId"):
        named = _named(book, given["namedRangeId"])
        sheet = book.sheet(area_of(named["range"]).sheet)
        found["range"], found["namedRangeId"] = named["range"], named["namedRangeId"]
    else:
        area = area_of(needed(given, "range"))
        sheet = book.sheet(area.sheet)
        found["range"] = normal(book, given["range"])
    if given.get("description"):
        found["description"] = given["description"]
    if given.get("warningOnly"):
        if _editors(given):
            raise ApiError(400, "Cannot specify editors on a warning-only protected range.")
        found["warningOnly"] = True
    if given.get("unprotectedRanges"):
        found["unprotectedRanges"] = [normal(book, one) for one in given["unprotectedRanges"]]
    found["editors"] = _editors(given)
    return sheet, found


def _editors(given: Json) -> Json:
    return {name: value for name, value in (given.get("editors") or {}).items() if value}


def _with_robot(editors: Json) -> Json:
    users = editors.get("users", [])
    return {**editors, "users": users if ROBOT in users else [*users, ROBOT]}


def _own(book: Book, protected_id: int | None) -> tuple[Sheet, Json]:
    sheet, resource = book.found("protectedRanges", "protectedRangeId", protected_id, "protected range")
    if not book.others_edit and not book.editable(resource):
        raise ApiError(400, PROTECTED)
    return sheet, resource


@request("updateProtectedRange")
def update_protected_range(book: Book, body: Json) -> Json | None:
    """Change a protection that the robot may edit."""
    given = needed(body, "protectedRange")
    mask = update_mask(body.get("fields"), "ProtectedRange")
    sheet, resource = _own(book, given.get("protectedRangeId"))
    merged = mask.merged(resource, given)
    _, found = _protection(book, merged)
    found = {"protectedRangeId": resource["protectedRangeId"], **found}
    if not book.others_edit:
        found["editors"] = _with_robot(found["editors"])
    listed = sheet.listed("protectedRanges")
    listed[listed.index(resource)] = found
    return {"protectedRange": protected_range(book, found)}


@request("deleteProtectedRange")
def delete_protected_range(book: Book, body: Json) -> None:
    """Take a protection away that the robot may edit."""
    sheet, resource = _own(book, body.get("protectedRangeId"))
    sheet.listed("protectedRanges").remove(resource)
