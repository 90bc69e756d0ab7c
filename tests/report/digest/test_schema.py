"""The published form of the digests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator, FormatChecker

from sheetsync import gallery
from sheetsync.cli.demo_past import remember_weeks
from sheetsync.cli.remembering import HistoryAt
from sheetsync.cli.speech import phrases
from sheetsync.cli.summary import source_of
from sheetsync.cli.wiring import errand
from sheetsync.config.shape import WorkbookConfig
from sheetsync.report.digest import Recipient, Source
from sheetsync.report.digest.schema import report_schema
from sheetsync.results import Digest
from sheetsync.sync import run
from tests.making import script
from tests.report.digest.book import TODAY
from tests.report.digest.making import sources
from tests.report.digest.walking import digests, strangers

STRICT = Draft202012Validator(report_schema(strict=True), format_checker=FormatChecker())


def in_json(value: Any) -> Any:
    """Give plain data in the JSON form that the schema tells of."""
    if isinstance(value, dict):
        return {name: in_json(one) for name, one in value.items()}
    if isinstance(value, list):
        return [in_json(one) for one in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def complaints(digest: Digest) -> list[str]:
    """Give what the strict schema has against a digest: of the branch of its own kind alone."""
    schema = {**STRICT.schema, "oneOf": [{"$ref": f"#/$defs/{digest.kind}_digest"}]}
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [
        f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}"
        for error in validator.iter_errors(in_json(digest.data))
        for one in error.context or [error]
    ]


def test_the_published_file_is_up_to_date() -> None:
    """Shows that docs/report.v1.schema.json is what the script writes."""
    told = script("write_report_schema").told()
    published = Path(__file__).parents[3] / "docs" / "report.v1.schema.json"
    assert published.read_text(encoding="utf-8") == told, "run docs/write_report_schema.py"


def test_the_schema_is_one_and_tells_of_every_field() -> None:
    """Shows that it is sound JSON Schema, that nothing lacks a description, and that every shape is used."""
    schema = report_schema()
    Draft202012Validator.check_schema(schema)
    shapes = schema["$defs"]
    for name, shape in shapes.items():
        assert len(shape["description"]) > 3, name
        for field, form in shape["properties"].items():
            assert len(form["description"]) > 3, f"{name}.{field}"
            assert form["description"][0].isupper() or form["description"].startswith("and"), f"{name}.{field}"
    text = json.dumps(schema)
    assert [name for name in shapes if f'"#/$defs/{name}"' not in text] == []


def demo(folder: Path, language: str) -> Source:
    """Give the source of the demo workbook with its history, as ``sheetsync demo`` makes it."""
    path, day = folder / "okr.xlsx", TODAY
    gallery.build_demo(path, phrases(language), day)
    history = HistoryAt(folder / "history.sqlite3")
    one = errand(WorkbookConfig(name="okr", path=path, history=history.path), day)
    remember_weeks(one.open_backend().read(), one.job, history)
    evaluation = run(one.open_backend(), one.job, one.lock, histories=one.histories).evaluation
    return source_of(evaluation, one.job, evaluation.phrases)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_every_digest_of_the_demo_has_the_published_form(tmp_path: Path, language: str) -> None:
    """Shows all kinds, teams and owners of a workbook that was really read, with a history and a reader."""
    moment = datetime(2026, 11, 21, 2, 10).astimezone()
    source = demo(tmp_path, language)._replace(
        recipient=Recipient("Trần Quốc Bảo", "owner", "anh"), read_at=moment, zone="GMT+7"
    )
    found = list(digests(source))
    assert {digest.kind for digest in found} == {"company", "team", "owner", "kpi", "wins", "page"}
    for digest in found:
        assert strangers(digest) == []
        assert complaints(digest) == []
        assert STRICT.is_valid(in_json(digest.data))
    company = next(digest.data for digest in found if digest.kind == "company")
    assert len(company["overall"]["weeks"]) == 8
    assert company["overall"]["change"] > 0
    assert all(item["weeks"] and item["why"] for item in company["decisions"])
    assert any(item["forecast"] for item in company["objectives"])
    owners = [digest.data for digest in found if digest.kind == "owner"]
    assert any(data["same_value_column"] for data in owners)


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(sources())
def test_every_digest_of_any_workbook_has_the_published_form(source: Source) -> None:
    """Shows that no workbook, however odd, gives a digest that the schema does not know."""
    for digest in digests(source):
        assert complaints(digest) == []


def _changes(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield {**data, "today": "soon"}
    yield {**data, "verdict": {**data["verdict"], "objectives": -1}}
    yield {**data, "news": 1}
    yield {name: value for name, value in data.items() if name != "overall"}
    yield {**data, "kind": "team"}
    yield {**data, "decisions": data["decisions"] * 4}


def test_the_strict_form_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    """Shows that a wrong type, a missing field, one too many, another kind, and too many rows are found."""
    data = next(in_json(digest.data) for digest in digests(demo(tmp_path, "en")) if digest.kind == "company")
    assert STRICT.is_valid(data)
    for wrong in _changes(data):
        assert not STRICT.is_valid(wrong)
    assert Draft202012Validator(report_schema()).is_valid({**data, "news": 1})
