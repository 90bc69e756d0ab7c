"""Whatever stands in a configuration, it loads or its problems are told; there is never a traceback."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync import locales
from sheetsync.config.keys import SHARED, WORKBOOK
from sheetsync.config.load import load_config
from sheetsync.errors import ConfigError
from sheetsync.language import Phrases

PHRASES = Phrases(locales.load("en"))
NAMES = st.sampled_from([key.name for key in WORKBOOK] + ["okr", "kpi", "folder", "RO203", "a b", ""])
WORDS = st.sampled_from(["vi", "keep", "never", "why", "a.xlsx", "~/b", "Asia/Ho_Chi_Minh", "*.toml", "..", "\0", "é"])
PLAIN = st.one_of(WORDS, st.integers(-1, 13), st.booleans(), st.floats(), st.dates(), st.datetimes(), st.times())
VALUES = st.recursive(PLAIN, lambda some: st.lists(some, max_size=3) | st.dictionaries(NAMES, some, max_size=3))
SECTION = st.dictionaries(st.sampled_from([key.name for key in SHARED]) | NAMES, VALUES, max_size=4)
FILES = st.fixed_dictionaries(
    {},
    optional={
        "include": VALUES | st.lists(WORDS, max_size=3),
        "defaults": SECTION,
        "workbook": VALUES | st.dictionaries(st.sampled_from(["a", "b"]), SECTION, max_size=2),
        "other": VALUES,
    },
)


def toml(value: Any) -> str:
    """Write a value as inline TOML."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(name)} = {toml(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the path of a configuration that each example writes anew."""
    return tmp_path_factory.mktemp("any") / "sheetsync.toml"


def loads_or_complains(file: Path) -> None:
    """Load the file; where that fails, check that there is at least one problem, and each is one line with a place."""
    try:
        assert load_config(file, PHRASES).workbooks
    except ConfigError as error:
        assert error.problems
        for problem in error.problems:
            line, column = problem.removeprefix(f"{file}:").split(":")[:2]
            assert int(line) >= 1
            assert int(column) >= 1
            assert problem.isprintable()


@given(data=FILES)
def test_any_values_load_or_are_told(file: Path, data: dict[str, Any]) -> None:
    """Right and wrong values under known and unknown names never break the checker."""
    file.write_text("".join(f"{name} = {toml(value)}\n" for name, value in data.items()), encoding="utf-8")
    loads_or_complains(file)


@given(content=st.binary(max_size=60) | st.text("[]{}=.,#\"'\\\n abc1", max_size=40).map(str.encode))
def test_any_bytes_load_or_are_told(file: Path, content: bytes) -> None:
    """A file that is no configuration at all is told with a place."""
    file.write_bytes(content)
    loads_or_complains(file)
