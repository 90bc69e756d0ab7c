"""The JSON Schema of a configuration, made from the same table of keys that the checker uses.

Editors that know TOML complete and check ``sheetsync.toml`` with it. It knows less than the checker: which profiles and
rules there are, which time zones, and what is named twice.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sheetsync.config.check_tables import CELL, LETTERS, MOST_HEADER_ROWS
from sheetsync.config.keys import ROOT, Key
from sheetsync.config.profile_keys import own_profile_schema
from sheetsync.mapping import SHEET_NAME

if TYPE_CHECKING:
    from sheetsync.language import Phrases

Schema = dict[str, Any]


def config_schema(phrases: Phrases) -> Schema:
    """Give the schema (draft 7, which editors know best), described in the language of the phrases."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "sheetsync.toml",
        **_schema(ROOT, phrases),
    }


def _schema(key: Key, phrases: Phrases) -> Schema:
    about = key.about or key.name
    described = {"description": phrases.text(f"config.about.{about}")} if about else {}
    return {**described, **KINDS[key.kind](key, phrases)}


def _text(_key: Key, _phrases: Phrases) -> Schema:
    return {"type": "string", "minLength": 1}


def _choice(key: Key, _phrases: Phrases) -> Schema:
    return {"type": "string", "enum": list(key.allowed)}


def _integer(key: Key, _phrases: Phrases) -> Schema:
    return {"type": "integer", "minimum": key.low, "maximum": key.high}


def _boolean(_key: Key, _phrases: Phrases) -> Schema:
    return {"type": "boolean"}


def _list(key: Key, phrases: Phrases) -> Schema:
    return {"type": "array", "items": _entry(key, phrases), "uniqueItems": True}


def _table(key: Key, phrases: Phrases) -> Schema:
    required = [child.name for child in key.keys if child.required]
    return {
        "type": "object",
        "properties": {child.name: _schema(child, phrases) for child in key.keys},
        "additionalProperties": False,
        **({"required": required} if required else {}),
        **({"oneOf": [{"required": [name]} for name in key.one_of]} if key.one_of else {}),
    }


def _names(key: Key, phrases: Phrases) -> Schema:
    return {"type": "object", "additionalProperties": _entry(key, phrases)}


def _variable(_key: Key, _phrases: Phrases) -> Schema:
    return {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$"}


def _key_file(_key: Key, _phrases: Phrases) -> Schema:
    # A path begins with none of the signs with which a key in JSON or PEM begins.
    return {"type": "string", "minLength": 1, "pattern": "^[^{-]"}


def _secret(key: Key, phrases: Phrases) -> Schema:
    return {"oneOf": [_key_file(key, phrases), _table(key, phrases)]}


def _history(key: Key, phrases: Phrases) -> Schema:
    return {"oneOf": [_text(key, phrases), _boolean(key, phrases)]}


def _address(_key: Key, _phrases: Phrases) -> Schema:
    return {"type": "string", "pattern": "^[^@\\s]+@[^@\\s]+$"}


def _web(_key: Key, _phrases: Phrases) -> Schema:
    return {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]://[^ ]+$"}


def _mailbox(_key: Key, _phrases: Phrases) -> Schema:
    return {"type": "string", "pattern": "[^@\\s]+@[^@\\s]+$"}


def _hour(_key: Key, _phrases: Phrases) -> Schema:
    return {"type": "string", "pattern": "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"}


def _days(_key: Key, _phrases: Phrases) -> Schema:
    day = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    return {"type": "string", "pattern": f"^(vn|{day}(\\.\\.{day})?)$"}


def _weekdays(key: Key, phrases: Phrases) -> Schema:
    return {**_list(key, phrases), "maxItems": 6}


def _rules(key: Key, phrases: Phrases) -> Schema:
    return {
        "type": "object",
        "patternProperties": {"^[A-Z]{2}[0-9]{3}$": _entry(key, phrases)},
        "additionalProperties": False,
    }


def _some(key: Key, phrases: Phrases) -> Schema:
    entry = _entry(key, phrases)
    return {"oneOf": [entry, {"type": "array", "items": entry, "minItems": 1, "uniqueItems": True}]}


def _rows(key: Key, phrases: Phrases) -> Schema:
    return {**_list(key, phrases), "minItems": 1, "maxItems": MOST_HEADER_ROWS}


def _letters(_key: Key, _phrases: Phrases) -> Schema:
    return {"type": "string", "pattern": f"^{LETTERS.pattern}$"}


def _cell(_key: Key, _phrases: Phrases) -> Schema:
    return {"type": "string", "pattern": f"^({SHEET_NAME}|{CELL.pattern})$"}


def _concepts(key: Key, phrases: Phrases) -> Schema:
    pattern = f"^({'|'.join(key.allowed)})$"
    return {"type": "object", "patternProperties": {pattern: _entry(key, phrases)}, "additionalProperties": False}


def _profiles(key: Key, phrases: Phrases) -> Schema:
    # Letters of any language and - in a word, which JSON Schema has no short name for: what is no sign or space.
    return {
        "type": "object",
        "patternProperties": {"^[^@.\\s]+$": _entry(key, phrases)},
        "additionalProperties": False,
    }


def _own_profile(_key: Key, _phrases: Phrases) -> Schema:
    return own_profile_schema()


def _tables(key: Key, phrases: Phrases) -> Schema:
    return {"type": "array", "items": _entry(key, phrases)}


def _entry(key: Key, phrases: Phrases) -> Schema:
    return _schema(key.entry, phrases) if key.entry else {}


KINDS: Mapping[str, Callable[[Key, Phrases], Schema]] = {
    "text": _text,
    "choice": _choice,
    "integer": _integer,
    "boolean": _boolean,
    "timezone": _text,
    "profile": _text,
    "profiles": _profiles,
    "own_profile": _own_profile,
    "cycle": _text,
    "file": _text,
    "history": _history,
    "spreadsheet": _text,
    "folder": _text,
    "variable": _variable,
    "key_file": _key_file,
    "secret": _secret,
    "password": _table,
    "mail_server": _table,
    "address": _address,
    "mailbox": _mailbox,
    "web": _web,
    "cell_address": _web,
    "hour": _hour,
    "days": _days,
    "weekdays": _weekdays,
    "list": _list,
    "table": _table,
    "names": _names,
    "rules": _rules,
    "words": _text,
    "texts": _some,
    "places": _some,
    "concepts": _concepts,
    "rows": _rows,
    "letters": _letters,
    "cell": _cell,
    "tables": _tables,
}
"""How each kind of key is said in JSON Schema."""
