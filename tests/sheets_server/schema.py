"""Does a body fit Google's schema? In Google's own words where it does not.

Google reads JSON into protocol buffers: `null` stands for "not given" everywhere, a whole number may be written 3.0,
names in messages are in snake case, and all that is wrong is told at once. The check here is stricter in two points,
on purpose: numbers in quotes and names in snake case, which Google would read, are refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from tests.sheets_server.discovery import document
from tests.sheets_server.errors import ApiError

#: Where the body of a request stands in Google's request message; elsewhere the body is the message itself.
BODY_FIELD = {"ValueRange": "data", "Spreadsheet": "spreadsheet"}
#: Names of enumerations that are not the name of the field.
ENUM_NAMES = {
    "majorDimension": "Dimension",
    "shiftDimension": "Dimension",
    "dateTimeRenderOption": "DateTimeRenderOption",
    "type": "NumberFormat.NumberFormatType",
}
SCALARS = {"string": "TYPE_STRING", "boolean": "TYPE_BOOL", "integer": "TYPE_INT32", "number": "TYPE_DOUBLE"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
PACKAGE = "type.googleapis.com/google.apps.sheets.v4"


class Misfit(NamedTuple):
    """One thing that does not fit: the field in snake case, and Google's sentence about it."""

    field: str
    description: str


def misfits(api: str, schema: str, body: Any) -> list[Misfit]:
    """Give everything in a body that does not fit the schema of that name."""
    return [] if fits(api, schema, body) else every_misfit(api, schema, body)


def fits(api: str, schema: str, body: Any) -> bool:
    """Say whether a body fits: ten times as fast as looking for everything that does not."""
    return _checker(api, schema)(body)


def every_misfit(api: str, schema: str, body: Any) -> list[Misfit]:
    """Look at every part of a body, and give what does not fit."""
    return list(_object(api, schema, body, ""))


def check_request(api: str, schema: str, body: Any) -> None:
    """Refuse a body that does not fit with a 400 as Google words it."""
    if fits(api, schema, body):
        return
    root = BODY_FIELD.get(schema, "") if api == "sheets" else ""
    found = list(_object(api, schema, body, root))
    violations = [{"field": one.field, "description": one.description} for one in found]
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": violations}]
    raise ApiError(400, "\n".join(one.description for one in found), details=details)


@cache
def _checker(api: str, schema: str) -> Callable[[Any], bool]:
    spec = document(api)["schemas"][schema]
    known, more = spec.get("properties", {}), "additionalProperties" in spec
    checks: dict[str, Callable[[Any], bool]] = {}

    def check_all(value: Any) -> bool:
        if not isinstance(value, dict):
            return False
        for name, item in value.items():
            check = checks.get(name)
            if check is None:
                check = checks[name] = _part_checker(api, known[name]) if name in known else lambda _: more
            if item is not None and not check(item):
                return False
        return True

    return check_all


def _part_checker(api: str, spec: dict[str, Any]) -> Callable[[Any], bool]:
    if "$ref" in spec:
        return _checker(api, spec["$ref"])
    if spec["type"] == "array":
        item = _part_checker(api, spec["items"])
        return lambda value: isinstance(value, list) and all(map(item, value))
    if spec["type"] == "object":
        each = _part_checker(api, spec["additionalProperties"]) if "additionalProperties" in spec else lambda _: True
        return lambda value: isinstance(value, dict) and all(map(each, value.values()))
    return lambda value: (not isinstance(value, list) or spec["type"] == "any") and _fits(spec, value)


def _object(api: str, schema: str, value: Any, path: str) -> Iterator[Misfit]:
    if not isinstance(value, dict):
        yield _invalid(path, f"{PACKAGE}.{schema}", value)
        return
    spec = document(api)["schemas"][schema]
    known = spec.get("properties", {})
    for name, item in value.items():
        if item is None:
            continue
        if name in known:
            yield from _value(api, name, known[name], item, _below(path, name))
        elif "additionalProperties" not in spec:
            place = f" at '{path}'" if path else ""
            sentence = f'Invalid JSON payload received. Unknown name "{name}"{place}: Cannot find field.'
            yield Misfit(path, sentence)


def _value(api: str, name: str, spec: dict[str, Any], value: Any, path: str) -> Iterator[Misfit]:
    if "$ref" in spec:
        if isinstance(value, list):
            yield _not_repeating(name, path)
        else:
            yield from _object(api, spec["$ref"], value, path)
    elif spec["type"] == "array":
        yield from _array(api, name, spec["items"], value, path)
    elif spec["type"] == "object":
        yield from _map(api, name, spec, value, path)
    elif isinstance(value, list) and spec["type"] != "any":
        yield _not_repeating(name, path)
    elif not _fits(spec, value):
        yield _invalid(path, _kind(name, spec), value)


def _array(api: str, name: str, items: dict[str, Any], value: Any, path: str) -> Iterator[Misfit]:
    if not isinstance(value, list):
        nested = items.get("type") == "array"
        yield _invalid(path, "type.googleapis.com/google.protobuf.ListValue" if nested else _kind(name, items), value)
        return
    for at, item in enumerate(value):
        yield from _value(api, name, items, item, f"{path}[{at}]")


def _map(api: str, name: str, spec: dict[str, Any], value: Any, path: str) -> Iterator[Misfit]:
    if not isinstance(value, dict):
        yield _invalid(path, "type.googleapis.com/google.protobuf.Struct", value)
        return
    items = spec.get("additionalProperties")
    for key, item in value.items() if items else ():
        yield from _value(api, name, items or {}, item, f"{path}.{key}")


def _fits(spec: dict[str, Any], value: Any) -> bool:
    kind = spec["type"]
    if kind == "any":
        return True
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "integer":
        return not isinstance(value, bool) and isinstance(value, int | float) and value == int(value)
    if kind == "number":
        return not isinstance(value, bool) and isinstance(value, int | float)
    if not isinstance(value, str):
        return False
    if spec.get("format") in {"google-datetime", "date-time"}:
        return TIME.fullmatch(value) is not None
    return "enum" not in spec or value in spec["enum"]


def _kind(name: str, spec: dict[str, Any]) -> str:
    if "$ref" in spec:
        return f"{PACKAGE}.{spec['$ref']}"
    if "enum" in spec:
        return f"{PACKAGE}.{ENUM_NAMES.get(name, name[0].upper() + name[1:])}"
    if spec.get("format") == "float":
        return "TYPE_FLOAT"
    return SCALARS.get(spec["type"], "TYPE_MESSAGE")


def _below(path: str, name: str) -> str:
    snake = re.sub(r"[A-Z]", lambda found: "_" + found[0].lower(), name)
    return f"{path}.{snake}" if path else snake


def _invalid(path: str, kind: str, value: Any) -> Misfit:
    return Misfit(path, f"Invalid value at '{path}' ({kind}), {json.dumps(value, ensure_ascii=False)}")


def _not_repeating(name: str, path: str) -> Misfit:
    parent = path.rpartition(".")[0]
    place = f" at '{parent}'" if parent else ""
    sentence = f'Unknown name "{name}"{place}: Proto field is not repeating, cannot start list.'
    return Misfit(parent, f"Invalid JSON payload received. {sentence}")
