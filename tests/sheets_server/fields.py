"""Google's field masks: `sheets(properties,data.rowData.values(note))`, `gridProperties/rowCount`, `*`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from tests.sheets_server.area import Json
from tests.sheets_server.discovery import document
from tests.sheets_server.errors import ApiError

TOKEN = re.compile(r"\s*([A-Za-z_]\w*|[*.,/()])\s*")


class Mask:
    """Which fields of a resource are meant; a mask without parts means all of them."""

    def __init__(self, parts: dict[str, Mask] | None = None) -> None:
        self.parts = parts or {}

    @property
    def everything(self) -> bool:
        """Whether it leaves nothing out."""
        return not self.parts

    def __contains__(self, name: object) -> bool:
        return not self.parts or name in self.parts

    def below(self, name: str) -> Mask:
        """Give the mask for a field's own fields."""
        return self.parts.get(name, EVERYTHING)

    def names(self) -> frozenset[str]:
        """Give the fields that are named at this level."""
        return frozenset(self.parts)

    def picked(self, resource: Any) -> Any:
        """Give the resource with the fields meant; lists are gone through."""
        if self.everything:
            return resource
        if isinstance(resource, list):
            return [self.picked(item) for item in resource]
        if not isinstance(resource, dict):
            return resource
        return {name: self.parts[name].picked(value) for name, value in resource.items() if name in self.parts}

    def merged(self, old: Json | None, new: Json | None) -> Json:
        """Give the old resource with the fields meant taken from the new one; what the new one lacks is cleared."""
        given = {name: value for name, value in (new or {}).items() if value is not None}
        if self.everything:
            return dict(given)
        found = dict(old or {})
        for name, part in self.parts.items():
            if part.everything or not isinstance(given.get(name, {}), dict):
                value = given.get(name)
            else:
                value = part.merged(found.get(name), given.get(name)) or None
            if value is None:
                found.pop(name, None)
            else:
                found[name] = value
        return found


EVERYTHING = Mask()


@lru_cache(maxsize=256)
def response_mask(text: str, schema: str) -> Mask:
    """Give the mask of a `fields` parameter over an answer of that schema; an unknown path is a 400."""
    mask = parse(text)
    spaced = re.search(r"\s[^,()]*", text)  # Sheets takes a space for a part of the name; Drive does not
    wrong = spaced[0] if spaced else unknown_path(mask, schema)
    if mask is None or wrong is not None:
        description = f"Error expanding 'fields' parameter. Cannot find matching fields for path '{wrong or text}'."
        violation = {"field": wrong or text, "description": description}
        detail = {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}
        raise ApiError(400, "Request contains an invalid argument.", details=[detail])
    return mask


@lru_cache(maxsize=256)
def update_mask(text: str | None, schema: str) -> Mask:
    """Give the mask of a request's `fields`, which must name at least one field of that schema."""
    if not (text or "").strip():
        raise ApiError(400, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    mask = parse(text or "")
    wrong = unknown_path(mask, schema)
    if mask is None or wrong is not None:
        raise ApiError(400, f"Invalid field: {wrong or text}")
    return mask


def parse(text: str) -> Mask | None:
    """Give the mask that a text means, or None where it is none."""
    tokens = TOKEN.findall(text)
    if "".join(tokens) != re.sub(r"\s", "", text) or not tokens:
        return None
    parts, rest = _paths(tokens, 0)
    return parts if rest == len(tokens) else None


def _paths(tokens: list[str], at: int) -> tuple[Mask | None, int]:
    found: dict[str, Mask] = {}
    whole = False
    while True:
        path, below, at = _path(tokens, at)
        if path is None or below is None:
            return None, at
        whole = whole or path == ["*"]
        if "*" not in path:
            _add(found, path, below)
        elif path[-1] == "*" and len(path) > 1:
            _add(found, path[:-1], EVERYTHING)
        if at >= len(tokens) or tokens[at] != ",":
            return (EVERYTHING if whole else Mask(found)), at
        at += 1


def _path(tokens: list[str], at: int) -> tuple[list[str] | None, Mask | None, int]:
    path: list[str] = []
    while at < len(tokens) and (tokens[at] == "*" or tokens[at][0].isalpha() or tokens[at][0] == "_"):
        path.append(tokens[at])
        at += 1
        if at < len(tokens) and tokens[at] == "(":
            below, at = _paths(tokens, at + 1)
            closed = at < len(tokens) and tokens[at] == ")"
            return path, below if closed else None, at + 1
        if at >= len(tokens) or tokens[at] not in "./":
            return path, EVERYTHING, at
        at += 1
    return None, None, at


def _add(found: dict[str, Mask], path: list[str], below: Mask) -> None:
    name = path[0]
    if len(path) > 1:
        inner: dict[str, Mask] = {}
        _add(inner, path[1:], below)
        below = Mask(inner)
    known = found.get(name)
    if known is None:
        found[name] = below
    elif known.everything or below.everything:
        found[name] = EVERYTHING
    else:
        both = dict(known.parts)
        for inner_name, part in below.parts.items():
            _add(both, [inner_name], part)
        found[name] = Mask(both)


def unknown_path(mask: Mask | None, schema: str, api: str = "sheets") -> str | None:
    """Give the first path of a mask that the schema does not know."""
    if mask is None:
        return None
    return _unknown(mask, {"$ref": schema}, "", api)


def _unknown(mask: Mask, spec: Json, path: str, api: str) -> str | None:
    while spec.get("type") == "array":
        spec = spec["items"]
    if "$ref" in spec:
        spec = document(api)["schemas"][spec["$ref"]]
    if mask.everything or "additionalProperties" in spec:
        return None
    known = spec.get("properties", {})
    for name, part in mask.parts.items():
        here = f"{path}.{name}" if path else name
        if name not in known:
            return here
        wrong = _unknown(part, known[name], here, api)
        if wrong is not None:
            return wrong
    return None
