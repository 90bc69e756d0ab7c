"""The form ``report.v1`` as a JSON Schema: the contract with everybody who writes templates.

Written down as data, so that the published file, the tests, and what is told of a field cannot differ. Dates have
their JSON form in it (``YYYY-MM-DD``); templates get them as dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetsync.report.digest.schema_kinds import KINDS, PARTS
from sheetsync.report.digest.schema_shapes import SHAPES, Shape

ADDRESS = "https://json-schema.org/draft/2020-12/schema"


def report_schema(*, strict: bool = False) -> dict[str, Any]:
    """Give the schema of all kinds of digests; ``strict`` forbids fields that it does not name, as tests want it.

    Later versions of ``report.v1`` may add fields and never change or remove one.
    """
    told = {**SHAPES, **PARTS, **{f"{kind}_digest": shape for kind, shape in KINDS.items()}}
    return {
        "$schema": ADDRESS,
        "title": "report.v1",
        "description": "What templates of mails and pages are given. Fractions: 1 is 100 %. Dates: YYYY-MM-DD.",
        "oneOf": [{"$ref": f"#/$defs/{kind}_digest"} for kind in KINDS],
        "$defs": {name: _object(shape, strict) for name, shape in told.items()},
    }


def _object(shape: Shape, strict: bool) -> dict[str, Any]:
    properties: dict[str, Mapping[str, Any]] = {
        name: {**form, "description": text} for name, (form, text) in shape.fields.items()
    }
    told: dict[str, Any] = {"description": shape.doc, "type": "object", "properties": properties}
    told["required"] = [name for name in properties if name not in shape.rare]
    if strict and not shape.open:
        told["additionalProperties"] = False
    return told
