"""Google's own description of its API, and which operation a request means.

The description is the discovery document that google-api-python-client brings. What it does not know is not there:
a request that fits no operation is refused, and `schema.py` judges bodies against the schemas that it names.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple
from urllib.parse import unquote

from tests.sheets_server.errors import ApiError, invalid

#: The document of each API that is served, and where its paths begin.
APIS = {"sheets": ("sheets.v4", ""), "drive": ("drive.v3", "drive/v3/")}
TRUTHS = {"true": True, "false": False, "1": True, "0": False}


class Operation(NamedTuple):
    """One operation: its id (`sheets.spreadsheets.get`), its API, and what the document says of it."""

    id: str
    api: str
    pattern: re.Pattern[str]
    spec: dict[str, Any]

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes of which one is enough."""
        return frozenset(self.spec.get("scopes", ()))

    @property
    def reads(self) -> bool:
        """Whether Google counts it as a read: it changes nothing."""
        name = self.id.rpartition(".")[2]
        return self.spec["httpMethod"] == "GET" or name in {"getByDataFilter", "batchGetByDataFilter", "search"}

    @property
    def request(self) -> str | None:
        """The name of the schema of the body that is sent, if one is."""
        found: str | None = self.spec.get("request", {}).get("$ref")
        return found

    @property
    def response(self) -> str | None:
        """The name of the schema of the answer, if it is JSON."""
        found: str | None = self.spec.get("response", {}).get("$ref")
        return found


class Target(NamedTuple):
    """What a request means: the operation, and the parts of the path that are parameters."""

    operation: Operation
    path: dict[str, str]


@cache
def document(api: str) -> dict[str, Any]:
    """Give the discovery document of `sheets` or `drive`."""
    folder = files("googleapiclient.discovery_cache") / "documents"
    found: dict[str, Any] = json.loads((folder / f"{APIS[api][0]}.json").read_text(encoding="utf-8"))
    return found


@cache
def operations(api: str) -> tuple[Operation, ...]:
    """Every operation of an API, the longest path first, so that `…/values:batchGet` is never taken for an id."""
    found = [_operation(api, spec) for spec in _methods(document(api)["resources"])]
    return tuple(sorted(found, key=lambda one: -len(re.sub(r"\{\w+\}", "", one.spec["path"]))))


def _methods(resources: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for resource in resources.values():
        found += resource.get("methods", {}).values()
        found += _methods(resource.get("resources", {}))
    return found


def _operation(api: str, spec: dict[str, Any]) -> Operation:
    parts = re.split(r"\{(\w+)\}", APIS[api][1] + spec["path"])
    pattern = "".join(f"(?P<{part}>[^/]+?)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return Operation(spec["id"], api, re.compile(f"/{pattern}"), spec)


def api_of(path: str) -> str:
    """Give the API that a path belongs to."""
    return "sheets" if path.startswith("/v4/") else "drive"


def target(method: str, path: str) -> Target | None:
    """Give the operation that a method and an undecoded path mean, or None where Google has none."""
    for one in operations(api_of(path)):
        if one.spec["httpMethod"] == method and (found := one.pattern.fullmatch(path)):
            return Target(one, {name: unquote(value) for name, value in found.groupdict().items()})
    return None


def parameters(operation: Operation, query: dict[str, list[str]]) -> dict[str, Any]:
    """Give the parameters of a query by their types; an unknown or unfitting one is a 400 in Google's words.

    Drive overlooks what it does not know (its recordings show `includeItemsFromAllDrives` where it means nothing);
    Sheets refuses it.
    """
    known = {**document(operation.api)["parameters"], **operation.spec.get("parameters", {})}
    found: dict[str, Any] = {}
    for name, values in query.items():
        spec = known.get(name)
        if spec is None or spec.get("location") != "query":
            if operation.api == "drive":
                continue
            raise invalid(
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
                f"Field '{name}' could not be found in request message.",
                "",
            )
        typed = [_typed(operation.api, name, spec, value) for value in values]
        found[name] = typed if spec.get("repeated") else typed[-1]
    return found


def _typed(api: str, name: str, spec: dict[str, Any], text: str) -> Any:
    if spec["type"] == "boolean":
        if text.lower() in TRUTHS:
            return TRUTHS[text.lower()]
        raise _unfit(api, name, "TYPE_BOOL", text)
    if spec["type"] == "integer":
        if re.fullmatch(r"-?\d+", text):
            return int(text)
        raise _unfit(api, name, "TYPE_INT32", text)
    if "enum" in spec and text not in spec["enum"]:
        raise _unfit(api, name, f"type.googleapis.com/google.apps.sheets.v4.{name[0].upper()}{name[1:]}", text)
    return text


def _unfit(api: str, name: str, kind: str, text: str) -> ApiError:
    if api == "drive":
        return ApiError(400, f"Invalid value '{text}'. Values must be of the type of {name}.", reason="invalid")
    snake = re.sub(r"[A-Z]", lambda found: "_" + found[0].lower(), name)
    return invalid(f"Invalid value at '{snake}' ({kind}), \"{text}\"", snake)
