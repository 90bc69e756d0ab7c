"""Checks the data of one TOML file against the table of keys, and reports everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, time
from typing import Any

from sheetsync.config.cadence import all_week, days, hour, mailbox
from sheetsync.config.check_mail import across_mail, address
from sheetsync.config.check_tables import across, cell_address, following, letters
from sheetsync.config.keys import ROOT, Accepted, Key
from sheetsync.config.problem import KeyPath, Problem, listed, nearest, shown
from sheetsync.config.shape import CELL_PLACES
from sheetsync.names import holds_unseen


def check(data: Mapping[str, Any], accepted: Accepted) -> list[Problem]:
    """Check a whole file; an empty list means that every value can be taken as it is."""
    return list(_value(ROOT, data, (), accepted))


TYPES = (
    (bool, "boolean"),
    (str, "text"),
    (int, "integer"),
    (float, "number"),
    (list, "list"),
    (dict, "table"),
    ((date, time), "date"),
)


def _found(value: object) -> str:
    return next((name for kind, name in TYPES if isinstance(value, kind)), "text")


def _value(key: Key, value: Any, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    kind, judge = KINDS[key.kind]
    if _found(value) not in SEVERAL.get(kind, (kind,)):
        yield Problem(path, "wrong_type", {"expected": kind, "found": _found(value)})
    elif value == "" and kind == "text":
        yield Problem(path, "empty", {})
    else:
        yield from judge(key, value, path, accepted)


def _not_allowed(path: KeyPath, value: str, allowed: Collection[str]) -> Problem:
    params = {"value": shown(value), "allowed": listed(allowed)}
    return Problem(path, "not_allowed", params, nearest(value, allowed))


def _text(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    if _unseen(value):
        yield Problem(path, "not_printable", {"value": shown(value)})


def _unseen(text: str) -> bool:
    # A no-break space may well come from a sheet.
    return not text.strip() or holds_unseen(text)


def _choice(key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    if value not in key.allowed:
        yield _not_allowed(path, value, key.allowed)


def _integer(key: Key, value: int, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    if not key.low <= value <= key.high:
        yield Problem(path, "out_of_range", {"value": shown(value), "low": key.low, "high": key.high})


def _boolean(_key: Key, _value: bool, _path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    return iter(())


def _timezone(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    from zoneinfo import ZoneInfo, available_timezones

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        yield Problem(path, "unknown_timezone", {"value": shown(value)}, nearest(value, available_timezones()))


def _profile(_key: Key, value: str, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    if accepted.profiles and value not in accepted.profiles:
        yield _not_allowed(path, value, accepted.profiles)


def _own_profile(_key: Key, value: dict[str, Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    # What it extends may stand in another file, so that the rest is judged where all of them are known (``profiles``).
    if "extends" in value:
        yield from _value(Key("extends", "text"), value["extends"], (*path, "extends"), accepted)
    else:
        yield Problem((*path, "extends"), "missing", {})


def _cycle(_key: Key, value: str, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    if accepted.cycle and not accepted.cycle(value):
        yield Problem(path, "unreadable_cycle", {"value": shown(value)})


def _file(key: Key, value: str, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    if value.lower().startswith(("http://", "https://")):
        yield Problem(path, "web_address", {"value": shown(value)})
    else:
        yield from _text(key, value, path, accepted)


def _history(key: Key, value: str | bool, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    # true is the usual place and false none at all.
    if isinstance(value, str):
        yield from _value(Key(key.name, "file"), value, path, accepted)


def _cell_address(key: Key, value: str, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    """Judge the address of a workbook in which the places of worksheet and cell may stand."""
    bare = value
    for place in CELL_PLACES:
        bare = bare.replace(place, "A1")
    if "{" in bare or "}" in bare:
        yield Problem(path, "no_cell_address", {"value": shown(value), "allowed": listed(CELL_PLACES)})
    else:
        yield from _web(key, value, path, accepted)


def _web(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    scheme, mark, rest = value.partition("://")
    if scheme.lower() != "https" or not mark or not rest.strip("/") or _unseen(value) or " " in value:
        yield Problem(path, "no_web_address", {"value": shown(value)})


def _spreadsheet(_key: Key, value: str, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    if accepted.spreadsheet and accepted.spreadsheet(value) is None:
        yield Problem(path, "no_spreadsheet", {"value": shown(value)})


def _folder(_key: Key, value: str, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    if accepted.folder and accepted.folder(value) is None:
        yield Problem(path, "no_drive_folder", {"value": shown(value)})


def _secret(key: Key, value: str | dict[str, Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    """Judge where a secret comes from; what looks like the secret itself is refused and never shown."""
    if any(map(_is_secret, _texts(value))):
        yield Problem(path, "secret_in_file", {})
    elif isinstance(value, str):
        yield from _value(Key(key.name, "key_file"), value, path, accepted)
    else:
        yield from _table(key, value, path, accepted)


def _password(key: Key, value: str | dict[str, Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    """Judge where a password comes from; a text in its place is taken for the password, and never shown."""
    if isinstance(value, str):
        yield Problem(path, "password_in_file", {})
    else:
        yield from _table(key, value, path, accepted)


def _mail_server(key: Key, value: dict[str, Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    problems = list(_table(key, value, path, accepted))
    yield from problems or across_mail(value, path)


def _key_file(key: Key, value: str, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    if _is_secret(value):
        yield Problem(path, "secret_in_file", {})
    else:
        yield from _file(key, value, path, accepted)


def _texts(value: Any) -> Iterator[str]:
    """Give every text in a value, the names of keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for item in value for text in _texts(item))


def _is_secret(text: str) -> bool:
    # The beginnings that Google's keys have: JSON, JSON in base64, PEM, and its tokens.
    begins = text.lstrip().startswith(("{", "eyJ", "ewog", "ewoJ", "ewok", "ya29.", "AIza", "GOCSPX-", "1//"))
    return begins or any(word in text for word in ("-----BEGIN", "private_key", "client_secret", "refresh_token"))


def _variable(_key: Key, value: str, path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    # What is no name may be the secret itself, so the message does not show it.
    if not (value.isascii() and value.isidentifier()):
        yield Problem(path, "no_variable", {})


def _list(key: Key, value: list[Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    entry = _entry(key)
    for index, item in enumerate(value):
        yield from _value(entry, item, (*path, index), accepted)
        if item in value[:index]:
            yield Problem((*path, index), "listed_twice", {"value": shown(item)})


_ELSEWHERE = {"holidays": "holidays_in_profile", "week": "holidays_in_profile"}
"""Keys that people look for here and that stand in another place, each with the text that says where."""


def _table(key: Key, value: dict[str, Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    known = {child.name: child for child in key.keys}
    for name, item in value.items():
        if name in known:
            yield from _value(known[name], item, (*path, name), accepted)
        elif name in _ELSEWHERE:
            yield Problem((*path, name), _ELSEWHERE[name], {})
        else:
            yield Problem((*path, name), "unknown_key", {"allowed": listed(known)}, nearest(name, known))
    for child in key.keys:
        if child.required and child.name not in value:
            yield Problem((*path, child.name), "missing", {})
        if child.needs and child.name in value and not set(child.needs) & set(value):
            yield Problem((*path, child.name), "stands_alone", {"allowed": listed(child.needs)})
    yield from _exactly_one(key.one_of, value, path)


def _exactly_one(names: tuple[str, ...], value: Collection[str], path: KeyPath) -> Iterator[Problem]:
    given = [name for name in value if name in names]
    if names and not given:
        yield Problem(path, "none_given", {"allowed": listed(names)})
    for name in given[1:]:
        yield Problem((*path, name), "one_too_many", {"name": given[0], "allowed": listed(names)})


def _names(key: Key, value: dict[str, Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    entry = _entry(key)
    for name, item in value.items():
        if _unseen(name):
            yield Problem((*path, name), "not_printable", {"value": shown(name)})
        yield from _value(entry, item, (*path, name), accepted)


def _each(key: Key, value: dict[str, Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    """Judge the values of a table whose keys are judged elsewhere."""
    for name, item in value.items():
        yield from _value(_entry(key), item, (*path, name), accepted)


def _rules(key: Key, value: dict[str, Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    entry = _entry(key)
    for code, item in value.items():
        if not _is_rule(code, accepted.rules):
            near = nearest(code, accepted.rules) if accepted.rules else None
            yield Problem((*path, code), "unknown_rule", {"code": shown(code)}, near)
        yield from _value(entry, item, (*path, code), accepted)


def _is_rule(code: str, known: Collection[str]) -> bool:
    if known:
        return code in known
    return len(code) == 5 and code[:2].isalpha() and code[:2].isupper() and code[2:].isdigit()


def _words(_key: Key, _value: str, _path: KeyPath, _accepted: Accepted) -> Iterator[Problem]:
    # What a worksheet or a header is called is not ours to judge.
    return iter(())


def _some(key: Key, value: Any, path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    """Judge what may be one, or a list of several."""
    if isinstance(value, list):
        yield from _list(key, value, path, accepted) if value else (Problem(path, "empty_list", {}),)
    else:
        yield from _value(_entry(key), value, path, accepted)


def _rows(key: Key, value: list[Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    problems = list(_list(key, value, path, accepted))
    yield from problems or following(value, path)


def _weekdays(key: Key, value: list[Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    problems = list(_list(key, value, path, accepted))
    yield from problems or all_week(value, path)


def _concepts(key: Key, value: dict[str, Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    entry = _entry(key)
    for name, item in value.items():
        if name in key.allowed:
            yield from _value(entry, item, (*path, name), accepted)
        else:
            params = {"value": shown(name), "allowed": listed(key.allowed)}
            yield Problem((*path, name), "unknown_concept", params, nearest(name, key.allowed))


def _tables(key: Key, value: list[Any], path: KeyPath, accepted: Accepted) -> Iterator[Problem]:
    for index, item in enumerate(value):
        yield from _value(_entry(key), item, (*path, index), accepted)
        yield from across(item, (*path, index))


def _entry(key: Key) -> Key:
    if key.entry is None:
        raise TypeError(f"the table of keys gives no entry for {key.name!r}")
    return key.entry


SEVERAL: Mapping[str, tuple[str, ...]] = {
    "secret": ("text", "table"),
    "history": ("text", "boolean"),
    "texts": ("text", "list"),
    "places": ("table", "list"),
}
"""The types of a kind that may be written in more than one way."""

KINDS: Mapping[str, tuple[str, Callable[[Key, Any, KeyPath, Accepted], Iterator[Problem]]]] = {
    "text": ("text", _text),
    "choice": ("text", _choice),
    "integer": ("integer", _integer),
    "boolean": ("boolean", _boolean),
    "timezone": ("text", _timezone),
    "profile": ("text", _profile),
    "profiles": ("table", _each),
    "own_profile": ("table", _own_profile),
    "cycle": ("text", _cycle),
    "file": ("text", _file),
    "history": ("history", _history),
    "spreadsheet": ("text", _spreadsheet),
    "folder": ("text", _folder),
    "variable": ("text", _variable),
    "key_file": ("text", _key_file),
    "secret": ("secret", _secret),
    "password": ("secret", _password),
    "mail_server": ("table", _mail_server),
    "address": ("text", address),
    "mailbox": ("text", mailbox),
    "web": ("text", _web),
    "cell_address": ("text", _cell_address),
    "hour": ("text", hour),
    "days": ("text", days),
    "weekdays": ("list", _weekdays),
    "list": ("list", _list),
    "table": ("table", _table),
    "names": ("table", _names),
    "rules": ("table", _rules),
    "words": ("text", _words),
    "texts": ("texts", _some),
    "places": ("places", _some),
    "concepts": ("table", _concepts),
    "rows": ("list", _rows),
    "letters": ("text", letters),
    "cell": ("text", cell_address),
    "tables": ("list", _tables),
}
"""The type of each kind of key as TOML names it, and the function that judges a value of that type."""
