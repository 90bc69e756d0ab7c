"""The JSON Schema and the example say the same as the checker."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sheetsync.config.keys import CREDENTIALS, ROOT, Accepted, Key
from sheetsync.config.load import load_config
from sheetsync.config.profile_keys import TABLES
from sheetsync.config.schema import config_schema
from sheetsync.language import Phrases
from tests.config.conftest import Load

PROJECT = Path(__file__).parents[2]
COMMITTED = PROJECT / "docs" / "sheetsync.schema.json"
EXAMPLE = PROJECT / "config.example.toml"
TABLE = "[workbook.a]\npath = 'a'\n[[workbook.a.table]]\nworksheet = 'OKR'\nkind = 'okr'\nlayout = 'flat'\n"
COLUMNS = "[workbook.a.table.columns]\nkey_result = { column = 'B' }\n"
TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Judge a value by the part of JSON Schema that ours uses; a word that is not known here is an error."""
    known = {"$schema", "title", "description", "type", "enum", "minLength", "minimum", "maximum", "items"}
    known |= {
        "uniqueItems",
        "minItems",
        "maxItems",
        "properties",
        "patternProperties",
        "additionalProperties",
        "required",
        "pattern",
        "oneOf",
    }
    assert set(schema) <= known, set(schema) - known
    if "oneOf" in schema and [_fits_way(value, way) for way in schema["oneOf"]].count(True) != 1:
        return False
    if "type" not in schema:
        return True
    wanted = type(value) if schema["type"] == "number" and type(value) in (int, float) else TYPES.get(schema["type"])
    if type(value) is not wanted or value not in schema.get("enum", [value]):
        return False
    if isinstance(value, dict):
        return _fits_object(value, schema)
    if isinstance(value, list):
        return all(fits(item, schema["items"]) for item in value) and _fits_length(value, schema)
    if isinstance(value, str):
        return len(value) >= int(schema.get("minLength", 0)) and bool(re.search(schema.get("pattern", ""), value))
    low, high = schema.get("minimum", value), schema.get("maximum", value)
    return bool(low <= value <= high)


def _fits_length(value: list[Any], schema: dict[str, Any]) -> bool:
    unique = len(value) == len({json.dumps(item) for item in value})
    return schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)) and (
        unique or not schema.get("uniqueItems")
    )


def _fits_way(value: Any, way: dict[str, Any]) -> bool:
    """Judge a value by one of the ways of a ``oneOf``: a schema of its own, or keys that must be there."""
    if set(way) == {"required"}:
        return not isinstance(value, dict) or set(way["required"]) <= set(value)
    return fits(value, way)


def _fits_object(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    for name, item in value.items():
        patterns = schema.get("patternProperties", {}).items()
        ways = [sub for pattern, sub in patterns if re.search(pattern, name)]
        sub = schema.get("properties", {}).get(name) or (ways[0] if ways else schema.get("additionalProperties", True))
        if sub is False or not (sub is True or fits(item, sub)):
            return False
    return set(schema.get("required", ())) <= set(value)


def uncommented() -> str:
    """Give the example with every setting switched on."""
    return re.sub(r"(?m)^#(?=[a-z\[])", "", EXAMPLE.read_text(encoding="utf-8"))


def test_committed_schema_is_up_to_date(english: Phrases) -> None:
    """docs/sheetsync.schema.json is what the table of keys says; docs/write_schema.py writes it."""
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == config_schema(english)


def test_example_loads_and_fits_the_schema(english: Phrases) -> None:
    """The example can be copied as it is."""
    assert list(load_config(EXAMPLE, english).workbooks) == ["minh-long"]
    assert fits(tomllib.loads(EXAMPLE.read_text(encoding="utf-8")), config_schema(english))


def test_every_setting_of_the_example_can_be_switched_on(load: Load, english: Phrases) -> None:
    """Each commented-out setting is right, and its value fits the schema."""
    text = uncommented()
    config = load(text, **{"clients/a.toml": '[workbook.a]\npath = "a.xlsx"\n'})
    assert config.workbooks["minh-long"].language == "en"
    assert fits(tomllib.loads(text), config_schema(english))


def names_of(key: Key) -> set[str]:
    """Give the dotted names of all keys below one, with * for a free name; a secret is written in one of its ways."""
    found: set[str] = set()
    if key.kind in ("secret", "password"):
        return found
    if key.kind == "tables" and key.entry:
        return names_of(key.entry)
    for child in (*key.keys, *((key.entry._replace(name="*"),) if key.kind == "names" and key.entry else ())):
        found |= {child.name} | {f"{child.name}.{name}" for name in names_of(child)}
    return found


_ONCE = ("mail.t", "mail.w")


def test_example_is_complete() -> None:
    """Every key of the table stands in the example."""
    found = set()

    def walk(data: dict[str, Any], path: tuple[str, ...]) -> None:
        for name, value in data.items():
            here = (*path, "*" if path[-1:] in (("workbook",), ("webhook",), ("headers",), ("teams",)) else name)
            found.add(".".join(here))
            for inside in value if isinstance(value, list) else [value]:
                if isinstance(inside, dict):
                    walk(inside, here)

    walk(tomllib.loads(uncommented()), ())
    # What cannot stand beside another setting is shown in an explanation.
    # Who gets mail, and when, is shown once, and may stand in two more places.
    found |= {f"{place}.{name}" for place in ("defaults", "workbook.*") for name in found if name[:6] in _ONCE}
    explained = set(re.findall(r"(?m)^#  +([a-z_.]+) = ", EXAMPLE.read_text(encoding="utf-8")))
    assert {name for name in names_of(ROOT) - found if name.removeprefix("mail.") not in explained} <= {"mail.oauth"}
    ways = [key.name for key in CREDENTIALS.keys if key.name != "file"]
    assert [way for way in ways if f"credentials.{way} = " not in uncommented()] == []


PACE = {"curve", "steps", "shares", "week", "holidays"}
KPI = {"missing", "falloff", "critical_below", "cap", "bonus_most", "penalty_most", "step", "coefficient"}


def test_example_explains_every_key_of_a_profile() -> None:
    """Shows each key of a scoring profile, switched off or, where two cannot stand together, in an explanation."""
    explained = set(re.findall(r"(?m)^#  +([a-z_.]+) = ", EXAMPLE.read_text(encoding="utf-8")))
    told = tomllib.loads(uncommented())["profile"].values()
    for table, schema in TABLES.items():
        wanted = {"pace": PACE, "kpi": KPI}.get(table) or set(schema.get("properties") or schema["items"]["properties"])
        rows = [one[table] for one in told if table in one]
        found = {key for row in rows for part in (row if isinstance(row, list) else [row]) for key in part}
        assert wanted - found <= explained, table


@pytest.mark.parametrize(
    "wrong",
    [
        "x = 1\n",
        "[workbook.a]\n",
        "[workbook.a]\npath = 5\n",
        "[workbook.a]\npath = 'a'\nspreadsheet = 'b'\n",
        "[google]\ncredentials = '{}'\n",
        "[google]\ncredentials.env = 'not a name'\n",
        "[google]\ncredentials = { env = 'A', file = 'b' }\n",
        "[google]\nworkers = 0\n",
        "[mail]\nprovider = 'gmail'\n",
        "[mail]\nprovider = 'gmial'\nsender = 'a@b.vn'\n",
        "[mail]\nprovider = 'gmail'\nsender = 'nobody'\n",
        "[mail]\nprovider = 'gmail'\nsender = 'a@b.vn'\npassword = 'hunter2'\n",
        "[webhook.team]\ntemplate = 'slack'\nurl = 'https://hooks.slack.com/services/T/B/X'\n",
        "[workbook.a]\npath = ''\n",
        "[workbook.a]\npath = 'a'\nfiscal_start = 13\n",
        "[workbook.a]\npath = 'a'\nfail_on = 'off'\n",
        "[workbook.a]\npath = 'a'\nrules.RO20 = 'off'\n",
        "[workbook.a]\npath = 'a'\ncolumns.okr = ['why', 'why']\n",
        "[workbook.a]\npath = 'a'\nenabled = 'no'\n",
        "[workbook.a]\npath = 'a'\n[[workbook.a.table]]\nworksheet = 'OKR'\n",
        f"{TABLE}header_rows = []\n{COLUMNS}",
        f"{TABLE}header_rows = [1, 2, 3, 4, 5]\n{COLUMNS}",
        f"{TABLE}header_rows = [1]\ncomputed = 'left'\n{COLUMNS}",
        f"{TABLE}header_rows = [1]\n{COLUMNS}targt = {{ column = 'C' }}\n",
        f"{TABLE}header_rows = [1]\n{COLUMNS}target = {{ column = '3' }}\n",
        f"{TABLE}header_rows = [1]\n{COLUMNS}target = {{ column = 'C', row = 3 }}\n",
        f"{TABLE}header_rows = [1]\n{COLUMNS}target = []\n",
        f"{TABLE}header_rows = [1]\n{COLUMNS}[workbook.a.table.fixed]\nowner = '5C'\n",
    ],
)
def test_schema_refuses_what_the_checker_refuses(english: Phrases, wrong: str) -> None:
    """An editor that knows the schema marks the commonest mistakes."""
    assert not fits(tomllib.loads(wrong), config_schema(english))


def test_schema_accepts_a_table(english: Phrases) -> None:
    """The table that the wrong ones are made of is right itself."""
    assert fits(tomllib.loads(f"{TABLE}header_rows = [1]\n{COLUMNS}"), config_schema(english))


def test_schema_describes_every_key_in_both_languages(english: Phrases, vietnamese: Phrases) -> None:
    """Every key has a description in English and in Vietnamese, and they differ."""
    for words, other in zip(descriptions(config_schema(english)), descriptions(config_schema(vietnamese)), strict=True):
        assert words != other


def descriptions(schema: Any) -> list[str]:
    """Give all descriptions of a schema in order."""
    if isinstance(schema, dict):
        own = [schema["description"]] if isinstance(schema.get("description"), str) else []
        return own + [text for value in schema.values() for text in descriptions(value)]
    return []


def test_example_names_only_rules_that_exist(english: Phrases, tmp_path: Path) -> None:
    """The rules and profiles that the example names are real ones."""
    from sheetsync import profiles
    from sheetsync.rules import RULES

    path = tmp_path / "sheetsync.toml"
    path.write_text(uncommented().replace('include = ["clients/*.toml"]', ""), encoding="utf-8")
    load_config(path, english, Accepted(profiles=profiles.names(), rules=RULES))
