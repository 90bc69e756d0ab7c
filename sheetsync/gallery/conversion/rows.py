"""The rows of the template's tables, made of the objectives, key results and KPIs that were read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from sheetsync.gallery.content import Row, Verbatim
from sheetsync.gallery.conversion.fitting import has_own_target, periods_of
from sheetsync.gallery.conversion.values import WORDS, amount, day, span, text, word
from sheetsync.language import Phrases
from sheetsync.model import CheckIn, Frequency, KeyResult, Kpi, Metric, Objective, PeriodValue, Person, Quantity
from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell

Share = Callable[[Kpi, PeriodValue], Cell[Any]]
_AMOUNTS = frozenset(
    (
        *("baseline", "target", "current", "actual", "weight", "confidence"),
        *("section_weight", "bonus", "penalty", "target_to_date", "actual_to_date"),
    )
)
_DAYS = frozenset(("start", "due", "check_in_date"))
_SPANS = frozenset(("cycle", "period"))
_SHARED = (
    *("level", "horizon", "aligned_to", "link", "owner", "team", "weight", "cycle", "start", "due", "commitment"),
    *("agreed", "blocker", "ask", "notes", "ignore"),
)
_RESULT = ("metric", "unit", "baseline", "target", "current", "confidence", "check_in_date")
_KPI = (
    *("perspective", "owner", "team", "unit", "metric", "direction", "frequency", "aggregation", "critical", "weight"),
    *("baseline", "target", "actual", "period", "notes", "ignore", "aligned_to", "kpi_link"),
    *("section_weight", "bonus", "penalty", "target_to_date", "actual_to_date"),
)


class Manner(NamedTuple):
    """How cells are written: the words for yes and no, new ids by key, and whose amounts stay as they were read."""

    yes_no: tuple[str, str]
    names: Mapping[str, str]
    as_read: Collection[str] = ()
    shared: Collection[str] = ()
    """Keys of the KPIs whose target for the year is shared out over its periods."""
    to_date: str = "YTD"
    """The aggregation of values that hold those before them; the new headers do not tell it."""


def manner_of(phrases: Phrases, names: Mapping[str, str], as_read: Collection[str], shared: Collection[str]) -> Manner:
    """Give the manner for a workbook in the language of the phrases."""
    yes_no = (phrases.words("values.yes_no.yes")[0], phrases.words("values.yes_no.no")[0])
    return Manner(yes_no, names, as_read, shared, phrases.words("values.to_date.sure")[0])


def okr_rows(objectives: Sequence[Objective], results: Sequence[KeyResult], manner: Manner) -> Iterator[Row]:
    """Give an objective's row and those of its key results below it; key results without an objective come first."""
    below: dict[str | None, list[KeyResult]] = {}
    known = {item.key for item in objectives}
    for result in results:
        below.setdefault(result.objective if result.objective in known else None, []).append(result)
    yield from (_result(result, manner) for result in below.get(None, ()))
    for item in objectives:
        yield {"id": manner.names[item.key], "objective": text(item.title), **_fields(item, _SHARED, manner)}
        yield from (_result(result, manner) for result in below.get(item.key, ()))


def _result(item: KeyResult, manner: Manner) -> Row:
    told = _fields(item, (*_SHARED, *_RESULT), manner)
    if _falls_unseen(item, manner):
        told["metric"] = str(Metric.DECREASE.value)
    return {"id": manner.names[item.key], "key_result": text(item.title), **_with_unit(told, item, manner)}


def _falls_unseen(item: KeyResult, manner: Manner) -> bool:
    """Say whether less is better by a word that only the source's language knows, with nothing else to tell it."""
    alone = item.metric.blank and item.baseline.value is None and isinstance(item.target.value, Quantity)
    return item.falls and alone and item.key in manner.as_read


def _with_unit(told: dict[str, Any], item: KeyResult | Kpi, manner: Manner) -> dict[str, Any]:
    """Put a unit that stood beside the numbers into the column of units, where nothing stands there."""
    if told.get("unit") is None and item.key not in manner.as_read:
        cells = (item.baseline, item.target, item.current if isinstance(item, KeyResult) else item.actual)
        units = {cell.value.unit for cell in cells if isinstance(cell.value, Quantity) and cell.value.unit}
        if len(units) == 1:
            return {**told, "unit": units.pop()}
    return told


def kpi_rows(items: Sequence[Kpi], manner: Manner, share: Share) -> Iterator[Row]:
    """Give the row of each KPI, with its values by period."""
    periods = {period: place for place, period in enumerate(periods_of(items))}
    for item in items:
        told = _to_date(_with_unit(_fields(item, _KPI, manner), item, manner), item, share)
        row = {"id": manner.names[item.key], "section": item.section, "kpi": text(item.title), **told}
        if item.to_date and item.periods:
            row["aggregation"] = Verbatim(manner.to_date)
        as_read = item.key in manner.as_read
        for value in item.periods:
            place = periods[value.period]
            row[f"actual{place}"] = amount(value.actual, manner.yes_no, as_read=as_read)
            if item.key in manner.shared:
                row[f"target{place}"] = _number(share(item, value))
            elif has_own_target(item, value.period):
                row[f"target{place}"] = amount(value.target, manner.yes_no, as_read=as_read)
        yield row


def _to_date(told: dict[str, Any], item: Kpi, share: Share) -> dict[str, Any]:
    """Put values to date into columns of their own; of a target for the year, the part up to the row's period."""
    for plain, to_date in (("target", "target_to_date"), ("actual", "actual_to_date")):
        if told[to_date] is not None and getattr(item, plain).column == getattr(item, to_date).column:
            told[plain] = None
    if not item.yearly or item.periods or item.actual_to_date.blank or told["target_to_date"] is not None:
        return told
    period = item.period.value
    if period is None:
        return {**told, "target": None, "target_to_date": told["target"]}
    year = period._replace(start=period.start.replace(month=1, day=1), frequency=Frequency.MONTH)
    due = share(item, PeriodValue(year, item.target, item.actual))
    return {**told, "target": None, "target_to_date": _number(due)}


def _number(cell: Cell[Any]) -> Any:
    """Give a shared target, which no longer is what stood in its cell."""
    return amount(cell._replace(raw=None), ("", ""))


def _fields(item: Any, concepts: Sequence[str], manner: Manner) -> dict[str, Any]:
    return {concept: _field(item, concept, manner) for concept in concepts}


def _field(item: Any, concept: str, manner: Manner) -> Any:
    cell: Cell[Any] = getattr(item, concept)
    if concept in WORDS:
        return word(cell)
    if concept in _AMOUNTS:
        return amount(cell, manner.yes_no, as_read=item.key in manner.as_read)
    if concept in _DAYS:
        return day(cell)
    if concept in _SPANS:
        return span(cell)
    if concept == "aligned_to" and isinstance(cell.value, tuple):
        return "; ".join(manner.names.get(name, name) for name in cell.value)
    return text(cell._replace(value=None)) if concept == "ignore" else text(cell)


def check_in_rows(items: Sequence[CheckIn], manner: Manner) -> list[Row]:
    """Give the rows of the check-in log."""
    return [
        {
            "date": day(item.date),
            "item": manner.names.get(item.item.value or "", text(item.item)),
            "value": amount(item.value, manner.yes_no),
            "confidence": amount(item.confidence, manner.yes_no),
            "blocker": text(item.blocker),
            "note": text(item.note),
        }
        for item in items
    ]


def people_rows(items: Sequence[Person]) -> list[Row]:
    """Give the rows of the people, as they stood there."""
    concepts = ("name", "email", "team", "manager", "honorific", "language", "leave", "role", "mails")
    return [{concept: text(getattr(item, concept)._replace(value=None)) for concept in concepts} for item in items]
