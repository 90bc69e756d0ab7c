"""Digests as bytes and back."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.report.digest import company_digest, owner_digest, team_digest
from sheetsync.report.digest.coding import dumps, loads, semantic_hash
from sheetsync.report.digest.source import Source
from sheetsync.results import Digest
from sheetsync.trends.series import last_mark
from tests.factories import key_result, objective
from tests.report.digest.book import CYCLE, MARK, TODAY, source, weekly

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
ATOMS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters()) | st.dates() | st.datetimes(timezones=ZONES)
)  # fmt: skip
NAMES = st.text(st.characters(), max_size=8) | st.sampled_from(["$date", "$datetime", "$", "$$date"])
TREES = st.recursive(
    ATOMS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=20
)


@given(st.dictionaries(NAMES, TREES, max_size=6))
def test_what_was_written_is_read_back(data: dict[str, Any]) -> None:
    """Shows the round trip of any plain data: dates, moments, half characters, and keys that look like our marks."""
    read = loads(dumps(Digest("company", data)))
    assert read == Digest("company", data)
    assert _types(read.data) == _types(data)


def _types(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _types(one) for name, one in value.items()}
    return [_types(one) for one in value] if isinstance(value, list) else type(value)


@given(st.dictionaries(NAMES, TREES, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(data: dict[str, Any], chance: Any) -> None:
    """Shows that the bytes are canonical."""
    names = list(data)
    chance.shuffle(names)
    assert dumps(Digest("team", {name: data[name] for name in names})) == dumps(Digest("team", data))


def test_vietnamese_stays_readable_in_the_bytes() -> None:
    """Shows UTF-8 without escapes, and dates with their mark."""
    content = dumps(Digest("owner", {"day": TODAY, "name": "Trần Quốc Bảo"}))
    assert content.decode() == '{"data":{"day":{"$date":"2026-11-21"},"name":"Trần Quốc Bảo"},"kind":"owner"}'


@pytest.mark.parametrize("value", [(1, 2), {1}, object(), b"x"])
def test_what_is_no_plain_data_is_refused(value: Any) -> None:
    """Shows that nothing with behaviour is ever written."""
    with pytest.raises(TypeError, match="plain data"):
        dumps(Digest("company", {"rows": [value]}))


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_are_finite(number: float) -> None:
    """Shows that no reader of JSON stumbles."""
    with pytest.raises(ValueError, match="JSON"):
        dumps(Digest("company", {"number": number}))


@pytest.mark.parametrize("content", [b"[]", b"{}", b'{"kind":1,"data":{}}', b'{"kind":"team","data":[]}', b"no"])
def test_bytes_that_are_no_digest_are_refused(content: bytes) -> None:
    """Shows a ValueError for anything else."""
    with pytest.raises(ValueError, match=r"digest|JSON|Expecting"):
        loads(content)


def items(value: float, **given: Any) -> list[Any]:
    """Give an objective with one key result of Lan's in Sales."""
    fields = {"check_in_date": MARK, "owner": "Lan", "team": "Sales", **given}
    return [objective(), key_result(baseline=0, target=100, current=value, **fields)]


def hashed(value: float = 60, kind: str = "company", **given: Any) -> str:
    """Give the hash of a digest."""
    said = {name: given.pop(name) for name in ("title", "blocker", "check_in_date") if name in given}
    made = source(*items(value, **said), **given)
    made = made._replace(why=lambda score: f"{score.expected} by {made.today}")
    if kind == "team":
        return semantic_hash(team_digest(made, "Sales"))
    if kind == "owner":
        return semantic_hash(owner_digest(made, "Lan", deadline=made.today + timedelta(days=2)))
    return semantic_hash(company_digest(made))


@pytest.mark.parametrize("kind", ["company", "team", "owner"])
def test_days_that_pass_are_no_news(kind: str) -> None:
    """Shows that the day, the week, the pace, and the moment of reading change nothing that a reader would notice."""
    moment = datetime(2026, 11, 21, 2, 10).astimezone()
    same = hashed(kind=kind)
    assert hashed(kind=kind, today=TODAY + timedelta(days=1)) == same
    assert hashed(kind=kind, read_at=moment, zone="GMT+7", report_url="https://a.example/7") == same


def test_a_series_that_goes_on_is_no_news() -> None:
    """Shows that weeks, change and forecast alone say nothing new."""
    nights = list(weekly(lambda week: items(10.0 * min(week, 6), check_in_date=None)))
    then, now = (
        hashed(nights=nights[:count], today=day, check_in_date=None)
        for count, day in ((6, date(2026, 11, 15)), (7, date(2026, 11, 16)))
    )
    assert then == now


@pytest.mark.parametrize(
    "given",
    [{"value": 61.0}, {"title": "Other"}, {"blocker": "Fees"}, {"check_in_date": date(2026, 11, 20)},
     {"today": date(2026, 12, 24)}],
)  # fmt: skip
def test_what_a_reader_would_notice_is_news(given: dict[str, Any]) -> None:
    """Shows a value, a text, an update, and a status that changed because time went by."""
    assert hashed(kind="team", **given) != hashed(kind="team")


def test_a_thousandth_is_no_news() -> None:
    """Shows that progress is compared in whole percent, where no amount is shown."""
    one = {"kind": "company", "objectives": [{"progress": 0.6001, "title": "A"}]}
    other = json.loads(json.dumps(one).replace("0.6001", "0.6012"))
    more = json.loads(json.dumps(one).replace("0.6001", "0.6101"))
    assert semantic_hash(Digest("company", one)) == semantic_hash(Digest("company", other))
    assert semantic_hash(Digest("company", one)) != semantic_hash(Digest("company", more))


def test_the_end_of_a_cycle_is_news_once() -> None:
    """Shows that the day after the due day is news, that wins which leave the list later are none, and a grade is."""

    def ended(days: int, current: int = 10) -> Source:
        def items(week: int) -> list[Any]:
            return [objective(), key_result(baseline=0, target=10, current=current if week > 12 else 5, team="Sales")]

        today = CYCLE.due + timedelta(days=days)
        weeks = (last_mark(today) - CYCLE.start).days // 7 + 1
        return source(*items(14), today=today, nights=weekly(items, weeks, last_mark(today)))

    def told(made: Source) -> tuple[str, str]:
        return semantic_hash(company_digest(made)), semantic_hash(team_digest(made, "Sales"))

    first, later, mended, before = (told(ended(*given)) for given in ((1,), (20,), (20, 3), (0,)))
    assert [len(company_digest(ended(days)).data["wins"]) for days in (1, 20)] == [2, 0]
    assert first == later
    assert not set(first) & {*mended, *before}
