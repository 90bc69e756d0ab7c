"""Do two answers say the same? What Google makes up freely (ids, times, links) must only be used alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

#: Fields whose values each side makes up: one of ours stands for one of theirs, from its first use on.
MADE_UP = {"spreadsheetId", "id", "sheetId", "namedRangeId", "protectedRangeId", "metadataId", "chartId", "fileId"}
#: Fields whose values mean nothing outside the account; both sides must have them, of the same type.
ACCOUNT = {"etag", "permissionId", "thumbnailLink", "embedLink", "parentLink", "emailAddress", "displayName", "version"}
ACCOUNT |= {"lastModifyingUserName", "ownerNames", "url", "users", "fileSize", "quotaBytesUsed"}
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
#: A made-up text; numbers and shorter texts are exchanged in their own fields only.
LONG = 16


class Names:
    """Which of our made-up values stands for which recorded one, both ways.

    In a `scrubbed` recording what a formula's cell shows is not compared, nor how a number is written.
    """

    def __init__(self, *, scrubbed: bool = False) -> None:
        self.scrubbed = scrubbed
        self.ours: dict[Any, Any] = {}
        self.theirs: dict[Any, Any] = {}

    def bind(self, theirs: Any, ours: Any) -> bool:
        """Let ours stand for theirs; False where either already stands for another."""
        if 0 in (theirs, ours) and theirs != ours:
            return False
        return bool(self.ours.setdefault(theirs, ours) == ours and self.theirs.setdefault(ours, theirs) == theirs)

    def text(self, theirs: str) -> str:
        """Give a recorded text with our made-up texts in it."""
        for known, ours in self.ours.items():
            if isinstance(known, str) and len(known) >= LONG:
                theirs = theirs.replace(known, str(ours))
        return theirs

    def body(self, theirs: Any, field: str = "") -> Any:
        """Give a recorded body with our made-up values in it."""
        if isinstance(theirs, dict):
            return {name: self.body(value, name) for name, value in theirs.items()}
        if isinstance(theirs, list):
            return [self.body(value, field) for value in theirs]
        if field in MADE_UP:
            return self.ours.get(theirs, theirs)
        return self.text(theirs) if isinstance(theirs, str) else theirs


def differences(names: Names, theirs: Any, ours: Any, path: str = "") -> Iterator[str]:
    """Give each place where our answer differs from the recorded one, as `path: theirs, ours`."""
    field = re.sub(r"\[\d+\]$", "", path).rpartition(".")[2]
    if field in ACCOUNT and type(theirs) is type(ours):
        return
    if isinstance(theirs, dict) and isinstance(ours, dict):
        hidden = _not_comparable(theirs) if names.scrubbed else ()
        left, right = ({name: one[name] for name in one if name not in hidden} for one in (theirs, ours))
        yield from _objects(names, left, right, path)
    elif isinstance(theirs, list) and isinstance(ours, list):
        yield from _lists(names, theirs, ours, path)
    elif not _same(names, field, theirs, ours):
        yield f"{path or 'answer'}: theirs {_short(theirs)}, ours {_short(ours)}"


def _not_comparable(cell: dict[str, Any]) -> Collection[str]:
    """Give the fields of a scrubbed cell that no longer follow from its content, which may not have been asked for."""
    formula = "formulaValue" in cell.get("userEnteredValue", {"formulaValue": "perhaps"})
    return ("effectiveValue", "formattedValue") if formula else ("formattedValue",)


def _objects(names: Names, theirs: dict[str, Any], ours: dict[str, Any], path: str) -> Iterator[str]:
    # Made-up values first: other texts may hold them.
    for name in sorted({*theirs, *ours}, key=lambda name: (name not in MADE_UP, name)):
        place = f"{path}.{name}" if path else name
        if name not in ours:
            yield f"{place}: theirs {_short(theirs[name])}, ours missing"
        elif name not in theirs:
            yield f"{place}: theirs missing, ours {_short(ours[name])}"
        else:
            yield from differences(names, theirs[name], ours[name], place)


def _lists(names: Names, theirs: list[Any], ours: list[Any], path: str) -> Iterator[str]:
    if len(theirs) != len(ours):
        yield f"{path}: theirs has {len(theirs)}, ours {len(ours)}: {_short(theirs)}, {_short(ours)}"
        return
    for at, (left, right) in enumerate(zip(theirs, ours, strict=True)):
        yield from differences(names, left, right, f"{path}[{at}]")


def _same(names: Names, field: str, theirs: Any, ours: Any) -> bool:
    if isinstance(theirs, bool) or isinstance(ours, bool):
        return theirs is ours
    if field in MADE_UP and type(theirs) is type(ours):
        return names.bind(theirs, ours)
    if isinstance(theirs, str) and isinstance(ours, str):
        times = TIME.fullmatch(theirs) and TIME.fullmatch(ours)
        return bool(times) or names.text(theirs) == ours
    return bool(theirs == ours)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 90 else f"{text[:87]}..."
