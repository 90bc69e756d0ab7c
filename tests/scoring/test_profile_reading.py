"""Reading plain data key by key: what each kind of key takes, and every word of what is told of the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import inf, nan
from typing import Any

import pytest

from sheetsync.scoring.profile_reading import LARGEST, Flaw, Reader


def read(value: Any, ask: Callable[[Reader], Any], key: str = "key") -> tuple[Any, list[tuple[Any, ...]]]:
    """Read a key that holds a value (None: that is missing), and give what is told of it."""
    flaws: list[Flaw] = []
    found = ask(Reader({} if value is None else {key: value}, flaws, ("top", 1)))
    return found, [(one.text, dict(one.params), one.near, one.told) for one in flaws]


def missing(rule: str) -> tuple[Any, ...]:
    """Give what is told of a key that is missing."""
    return ("missing", {"what": "key"}, None, f"is missing; it must {rule}")


def wrong(expected: str, found: str, rule: str, value: Any) -> tuple[Any, ...]:
    """Give what is told of a value of a wrong type."""
    return ("wrong_type", {"expected": expected, "found": found}, None, f"must {rule}, not {value!r}")


TYPES: list[tuple[Any, str]] = [
    (True, "boolean"),
    ("x", "text"),
    (3, "integer"),
    (0.5, "number"),
    ([1], "list"),
    ({"a": 1}, "table"),
    (date(2026, 1, 1), "date"),
]
KINDS: list[tuple[Callable[[Reader], Any], tuple[str, ...], Any, str, str]] = [
    (lambda r: r.text("key"), ("text",), "", "text", "be a text"),
    (lambda r: r.choice("key", ("a", "b")), ("text",), "a", "text", "be one of a, b"),
    (lambda r: r.number("key"), ("integer", "number"), 0.0, "number", "be a number"),
    (lambda r: r.whole("key", least=2), ("integer",), 2, "integer", "be a whole number"),
]


@pytest.mark.parametrize(("value", "found"), TYPES)
@pytest.mark.parametrize(("ask", "taken", "harmless", "expected", "rule"), KINDS)
def test_a_value_of_a_wrong_type_is_named_and_a_harmless_one_taken(
    ask: Any, taken: tuple[str, ...], harmless: Any, expected: str, rule: str, value: Any, found: str
) -> None:
    """Shows for each kind of key every type that TOML has; a missing key says what it must be."""
    if found not in taken:
        assert read(value, ask) == (harmless, [wrong(expected, found, rule, value)])
    assert read(None, ask) == (harmless, [missing(rule)])


@pytest.mark.parametrize(("value", "found"), TYPES)
@pytest.mark.parametrize("default", [True, False])
def test_yes_and_no(value: Any, found: str, default: bool) -> None:
    """Shows what is taken where nothing stands there, and where something else does."""
    told = [] if found == "boolean" else [wrong("boolean", found, "be true or false", value)]
    assert read(value, lambda r: r.flag("key", default=default)) == (True if found == "boolean" else default, told)
    assert read(False, lambda r: r.flag("key", default=default)) == (False, [])
    assert read(None, lambda r: r.flag("key", default=default)) == (default, [])


def low(value: str, least: str) -> tuple[Any, ...]:
    """Give what is told of a number that is too low."""
    return ("profile_too_low", {"value": value, "low": least}, None, f"must not be below {least}, but is {value}")


def high(value: str, most: str) -> tuple[Any, ...]:
    """Give what is told of a number that is too high."""
    return ("profile_too_high", {"value": value, "high": most}, None, f"must not be above {most}, but is {value}")


@pytest.mark.parametrize(
    ("value", "given", "found", "told"),
    [
        (0.5, {}, 0.5, []),
        (3, {}, 3.0, []),
        (0, {"least": 0.0}, 0.0, []),
        (1, {"most": 1.0}, 1.0, []),
        (-0.1, {"least": 0.0}, -0.1, [low("-0.1", "0")]),
        (1.1, {"most": 1.0}, 1.1, [high("1.1", "1")]),
        (LARGEST, {}, LARGEST, []),
        (-LARGEST, {}, -LARGEST, []),
        (2e9, {}, 0.0, [high("2e+09", "1e+09")]),
        (-2e9, {}, 0.0, [low("-2e+09", "-1e+09")]),
        (2e9, {"most": 5e9}, 0.0, [high("2e+09", "1e+09")]),
        (None, {"default": 0.25}, 0.25, []),
        (0.5, {"default": 0.25}, 0.5, []),
        (10**16, {}, 0.0, [high("100000…", "1e+09")]),
        (-(10**16), {}, 0.0, [low("-100000…", "-1e+09")]),
        (10**15, {}, 0.0, [high("1e+15", "1e+09")]),
        (10**4000, {}, 0.0, [high("…", "1e+09")]),
        (nan, {}, 0.0, [("profile_not_finite", {"value": "nan"}, None, "must be a number, not nan")]),
        (inf, {}, 0.0, [("profile_not_finite", {"value": "inf"}, None, "must be a number, not inf")]),
    ],
)
def test_a_number_and_its_limits(value: Any, given: dict[str, Any], found: float, told: list[Any]) -> None:
    """Shows both limits included, what lies outside, what no float holds, and what is taken for nothing."""
    assert read(value, lambda r: r.number("key", **given)) == (found, told)


@pytest.mark.parametrize(
    ("value", "found", "told"),
    [
        (2, 2, []),
        (3, 3, []),
        (1, 1, [low("1", "2")]),
        (10**9, 10**9, []),
        (10**9 + 1, 10**9 + 1, [high("1e+09", "1e+09")]),
    ],
)
def test_a_whole_number_and_its_limits(value: int, found: int, told: list[Any]) -> None:
    """Shows both limits included."""
    assert read(value, lambda r: r.whole("key", least=2)) == (found, told)


def test_texts_and_words() -> None:
    """Shows a text as it stands, an empty one, a word, one that is nearly right and one that is not."""
    assert read(" a ", lambda r: r.text("key")) == (" a ", [])
    assert read("  ", lambda r: r.text("key")) == ("", [("missing", {"what": "key"}, None, "must not be empty")])

    def ask(reader: Reader) -> str:
        return reader.choice("key", ("linear", "steps"))

    assert read("steps", ask) == ("steps", [])
    params = {"value": '"linea"', "allowed": "linear, steps"}
    told = "must be one of linear, steps, not 'linea'"
    assert read("linea", ask) == ("linear", [("not_allowed", params, "linear", told)])
    far = ("not_allowed", {**params, "value": '"q"'}, None, "must be one of linear, steps, not 'q'")
    assert read("q", ask) == ("linear", [far])


def test_ends_and_what_is_off() -> None:
    """Shows an open end, a number, a key that is off, and one that is not there."""
    assert read("open", lambda r: r.end("key", inf)) == (inf, [])
    assert read(0.5, lambda r: r.end("key", inf)) == (0.5, [])
    assert read(None, lambda r: r.end("key", inf)) == (0.0, [missing("be a number")])
    assert [read(value, lambda r: r.is_on("key"))[0] for value in ("off", 3, None)] == [False, True, False]
    assert [read(value, lambda r: r.has("key"))[0] for value in ("off", None)] == [True, False]


@pytest.mark.parametrize(
    ("value", "found", "told"),
    [
        ([1, 0.5], (1.0, 0.5), []),
        ([0, LARGEST], (0.0, LARGEST), []),
        ([1, 2e9], (1.0, 0.0), [high("2e+09", "1e+09")]),
        ([-1, 2], (-1.0, 2.0), [low("-1", "0")]),
        *(
            (bad, (), [("profile_numbers", {"count": 2}, None, f"must be a list of 2 numbers, not {bad!r}")])
            for bad in ([1], [1, 2, 3], [1, "a"], [1, True], [1, nan], "ab", 3)
        ),
        (None, (), [("profile_numbers", {"count": 2}, None, "is missing; it must be a list of 2 numbers")]),
    ],
)
def test_a_list_of_numbers(value: Any, found: tuple[float, ...], told: list[Any]) -> None:
    """Shows how many there must be, their limits, and what is no number."""
    assert read(value, lambda r: r.numbers("key", count=2)) == (found, told)


@pytest.mark.parametrize(
    ("value", "found", "told"),
    [
        (["1", "2"], (1, 2), []),
        (None, (), []),
        ([], (), []),
        (["1", "x"], (), [("profile_days", {"value": "no x"}, None, "cannot be read: no x")]),
        ([1], (), [("profile_days", {"value": "[1]"}, None, "must be a list of texts, not [1]")]),
        ("y" * 70, (), [("profile_days", {"value": "y" * 60}, None, f"must be a list of texts, not {'y' * 70!r}")]),
    ],
)
def test_a_list_of_texts_that_are_read_on(value: Any, found: tuple[int, ...], told: list[Any]) -> None:
    """Shows what the reading gives, what it cannot take, and what is no list of texts."""

    def parse(texts: list[str]) -> tuple[int, ...]:
        for text in texts:
            if not text.isdigit():
                raise ValueError(f"no {text}")
        return tuple(map(int, texts))

    assert read(value, lambda r: r.parsed("key", parse)) == (found, told)


def test_tables_inside_and_what_nobody_asked_for() -> None:
    """Shows where each flaw stands, rows counted from 1, a near word, and that every table inside is looked at."""
    flaws: list[Flaw] = []
    top = Reader({"a": 1, "in": {"numbr": 1, "zzz": 2}, "row": [{"name": "x"}, {"odd": 1}]}, flaws)
    inner = top.table("in")
    inner.number("number", default=0.0)
    for one in top.rows("row"):
        one.text("name")
    top.finish()
    assert [str(one) for one in flaws] == [
        "row[2].name: is missing; it must be a text",
        "a: unknown key",
        'in.numbr: unknown key; did you mean "number"?',
        "in.zzz: unknown key",
        "row[2].odd: unknown key",
    ]
    assert [one.path for one in flaws] == [
        ("row", 1, "name"),
        ("a",),
        ("in", "numbr"),
        ("in", "zzz"),
        ("row", 1, "odd"),
    ]
    assert [(one.text, dict(one.params), one.near) for one in flaws[1:3]] == [
        ("unknown_key", {"allowed": "in, row"}, None),
        ("unknown_key", {"allowed": "number"}, "number"),
    ]


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, []),
        ({"a": 1}, []),
        ([1], [wrong("table", "list", "be a table", [1])]),
    ],
)
def test_what_is_no_table(value: Any, told: list[Any]) -> None:
    """Shows that a missing table reads as an empty one, and that what is none is told."""
    assert read(value, lambda r: r.table("key").has("a")) == (isinstance(value, dict), told)


@pytest.mark.parametrize(
    ("value", "count", "told"),
    [
        (None, 0, []),
        ([], 0, []),
        ([{}, {}], 2, []),
        ({"a": 1}, 0, [wrong("list", "table", "be a list of tables", {"a": 1})]),
        ([{}, 3], 0, [wrong("table", "integer", "hold nothing but tables", 3)]),
    ],
)
def test_what_is_no_list_of_tables(value: Any, count: int, told: list[Any]) -> None:
    """Shows a missing list, rows, and what is none."""
    assert read(value, lambda r: len(r.rows("key"))) == (count, told)
