"""Values that somebody types beside an item, read as they would be in its row."""

from __future__ import annotations

from typing import Any

from sheetsync.language import Lexicon
from sheetsync.model import Bounds, KeyResult, Kpi, Metric, Objective, Quantity
from sheetsync.reading.confidence import confidence_of
from sheetsync.reading.marks import COMMA, POINT, UNKNOWN
from sheetsync.reading.measures import Measure, is_on_scale, read_beside, whole_of
from sheetsync.reading.scales import share_of
from sheetsync.reading.targets import Texts
from sheetsync.reading.words import Words
from sheetsync.workbook import Cell

_MEASURES = ("baseline", "target", "current")


def read_typed(
    item: Objective | KeyResult | Kpi, field: str, cell: Cell[Any], text: str, lexicon: Lexicon, decimal: str
) -> Cell[Any] | None:
    """Read a text as the ``field`` of an item (baseline, target, current, weight, confidence) that stands in ``cell``.

    ``5,5 tỷ``, ``30 %``, ``9.2e9``, ``>= 60`` and names of milestones are read as in the sheet, in the light of the
    row's metric and unit. ``decimal`` parts the decimals where the text alone does not tell. None where it says
    nothing.
    """
    words = Words(lexicon)
    plain = _native(text)
    for marks in (UNKNOWN, COMMA if decimal == "," else POINT):
        texts = Texts(words, marks)
        value: Any = Quantity(plain) if plain is not None else None
        if value is None and field == "confidence":
            value = confidence_of(text, words)
        if value is None and field in ("weight", "baseline", "confidence"):
            value = texts.quantity(text)
        raw = text if plain is None else plain
        typed = cell._replace(raw=raw, value=value)
        if field in _MEASURES and not isinstance(item, Objective):
            typed = _settled(item, field, typed, texts)
        if typed.value is not None:
            return typed
    return None


def _native(text: str) -> float | None:
    """Give a number in the form of programs (9.2e9, 1200000000), which a sheet holds as a number and not as a text."""
    bare = text.strip().lower()
    if "e" not in bare and not bare.lstrip("-").isdecimal():
        return None
    try:
        number = float(bare)
    except ValueError:
        return None
    return number if abs(number) < 1e300 else None


def _settled(item: KeyResult | Kpi, field: str, typed: Cell[Any], texts: Texts) -> Cell[Any]:
    """Read one cell in the light of the others of its row, which stay as they were read."""
    metric, unit = item.metric.value, item.unit.value
    if typed.value is None and isinstance(typed.raw, str):
        typed = typed._replace(value=_text(field, typed.raw, metric, texts))
    current = item.current if isinstance(item, KeyResult) else item.actual
    stands: dict[str, Cell[Any]] = {"target": item.target, "baseline": item.baseline, "current": current}
    written = {name: _written(name, cell, metric, texts) for name, cell in stands.items()}
    target = None if field == "target" else written["target"].value
    if metric is None and field == "current" and target is None and not isinstance(typed.value, Quantity):
        metric = Metric.YES_NO
    read = read_beside(lambda _: texts, metric, unit, Measure(**{**written, field: typed}), field)
    pairs = ((written[name].value, cell.value) for name, cell in stands.items() if name != field)
    whole = next((whole for pair in pairs if (whole := whole_of(*pair)) is not None), None)
    plain = isinstance(read.value, Quantity | Bounds) and not read.value.percent
    return share_of(read, whole) if plain and whole is not None else read


def _text(field: str, text: str, metric: Metric | None, texts: Texts) -> Any:
    if field == "target":
        return texts.target(text, metric)
    return texts.current(text, metric) if field == "current" else texts.quantity(text)


def _written(field: str, cell: Cell[Any], metric: Metric | None, texts: Texts) -> Cell[Any]:
    """Give a cell of which only the value counts, so that its text is not read a second time.

    One on a scale is given as it was written, as what stands beside it is read by the scale: 4/5, which may have been
    made a percentage since.
    """
    if isinstance(cell.raw, str) and "/" in cell.raw:
        told = cell._replace(value=_text(field, cell.raw, metric, texts))
        if is_on_scale(told):
            return told
    return cell._replace(raw=cell.value.number if isinstance(cell.value, Quantity) else None)
