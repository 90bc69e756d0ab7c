"""How well the cells of a column fit a concept: -1 (cannot be) to 1 (just so), from what they look like."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheetsync.reading.understanding.shapes import Shape, is_wordy

VETO = -0.85
"""A fit at or below this refuses the concept, whatever the header says."""
_MOSTLY = 0.6


def fit(concept: str, shape: Shape) -> float:
    """Weigh the cells of a column against a concept; 0 where nothing stands there, or anything may."""
    if shape.size == 0:
        return 0.0
    return _FITS.get(concept, _anything)(shape)


def _anything(_: Shape) -> float:
    return 0.0


def _title(shape: Shape) -> float:
    if shape.number >= 0.7 or shape.date >= _MOSTLY:
        return -1.0
    if shape.numeric >= 0.7 or shape.mail >= 0.5 or (shape.unit >= 0.7 and shape.distinct < 1.0):
        return -0.9
    if shape.unit >= 0.7:  # Leads, Deals, Visits: what is counted is also how its KPI is called
        return -0.4
    if (shape.code >= 0.7 and shape.length < 9) or shape.status >= 0.7 or shape.frequency >= 0.7:
        return -0.7
    if is_wordy(shape):
        return 0.6 if shape.name < 0.7 else 0.2
    return 0.1 if shape.length >= 5 else -0.4


def _amount(shape: Shape) -> float:
    if shape.date >= _MOSTLY:
        return -0.9
    if shape.name >= 0.7 and shape.numeric < 0.2:
        return -1.0
    if shape.rising and shape.size >= 4:
        return -0.3
    if shape.numeric >= 0.6:
        return 0.6
    if shape.numeric >= 0.25:
        return 0.3
    if shape.numeric == 0 and (shape.unit >= 0.7 or shape.mail >= 0.5):
        return -1.0
    if shape.length > 45 and shape.numeric < 0.15:
        return -0.9
    return -0.3 if shape.status >= 0.5 or shape.length <= 25 else -0.6


def _current(shape: Shape) -> float:
    return -0.75 if shape.status >= 0.7 and shape.numeric < 0.2 else _amount(shape)


def _weight(shape: Shape) -> float:
    if shape.numeric < 0.5:
        return -0.5 if shape.unit < 0.5 and shape.length < 12 else -1.0
    if shape.low < 0 or shape.high > 120:
        return -0.9
    if any(abs(shape.total - whole) <= 0.02 * whole for whole in (1, 2, 3, 4, 100, 200, 300, 400)) and shape.size >= 2:
        return 0.9
    return 0.2


def _ratio(shape: Shape) -> float:
    if shape.date >= _MOSTLY or (shape.plain_text >= 0.6 and shape.length > 40):
        return -0.9
    if shape.numeric < 0.4:
        return -0.7
    if shape.percent >= 0.5:
        return 0.8
    if shape.low >= -3 and shape.high <= 3:
        return 0.5
    return 0.1 if shape.high <= 300 and shape.low >= -100 else -0.8


def _score(shape: Shape) -> float:
    if shape.numeric >= 0.5:
        return 0.4 if shape.high <= 1000 else -0.6
    return -0.5 if shape.length <= 12 else -0.9


def _word(shape: Shape) -> float:
    """Weigh a column of few short words."""
    if shape.length > 45:
        return -0.7
    if shape.number >= 0.7:
        return -0.5
    return 0.4 if shape.length <= 20 else 0.0


def _status(shape: Shape) -> float:
    if shape.status >= 0.4:
        return 0.9
    if shape.number >= 0.5 or shape.numeric >= 0.6 or shape.date >= _MOSTLY:
        return -0.8
    return _word(shape)


def _unit(shape: Shape) -> float:
    if shape.number >= 0.5 or shape.numeric >= 0.6 or shape.date >= 0.5:
        return -1.0
    if shape.unit >= 0.4:
        return 0.4 + 0.6 * shape.unit
    if shape.length > 22 or shape.name >= 0.8 or shape.team >= 0.6:
        return -0.9
    return 0.2 if shape.length <= 14 else -0.3


def _owner(shape: Shape) -> float:
    if shape.number >= 0.5 or shape.date >= 0.5 or shape.numeric >= 0.6:
        return -1.0
    if shape.unit >= 0.6 and shape.given < 0.6:  # Lan and Tuấn, without accents, are the units lần and tuần
        return -1.0
    if shape.length > 60 or shape.status >= 0.7:
        return -0.9
    if shape.mail >= 0.5 or shape.name >= 0.5:
        return 0.8
    return 0.1 if shape.length <= 35 else -0.4


def _team(shape: Shape) -> float:
    if shape.number >= 0.5 or shape.date >= 0.5 or shape.unit >= 0.6 or shape.numeric >= 0.6:
        return -1.0
    if shape.length > 50 or shape.mail >= 0.5:
        return -0.9
    if shape.team >= 0.4:
        return 0.8
    return -0.2 if shape.name >= 0.8 and shape.distinct > 0.8 else 0.2


def _day(shape: Shape) -> float:
    if shape.date >= 0.5:
        return 1.0
    if shape.period >= 0.5:
        return 0.5
    if shape.numeric >= 0.7:
        return -0.9
    return -0.3 if shape.length <= 30 else -0.9


def _period(shape: Shape) -> float:
    if shape.period >= 0.5:
        return 0.9
    if shape.length > 40 or shape.name >= 0.8:
        return -0.8
    if shape.number >= 0.7:
        return 0.5 if shape.low >= 1 and (shape.high <= 53 or 1990 <= shape.low <= shape.high <= 2100) else -0.7
    return 0.2


def _code(shape: Shape) -> float:
    if shape.length > 25 or shape.name >= 0.7:
        return -0.9
    return 0.6 if shape.code >= 0.6 or shape.rising else 0.0


def _order(shape: Shape) -> float:
    if shape.length > 12 or shape.name >= 0.7:
        return -1.0
    return 0.7 if shape.rising or shape.code >= 0.5 else 0.1


def _confidence(shape: Shape) -> float:
    if shape.length > 25:
        return -0.8
    if shape.status >= 0.7:
        return 0.0
    return 0.4 if shape.numeric < 0.5 or (shape.low >= 0 and shape.high <= 100) else -0.7


def _prose(shape: Shape) -> float:
    return -0.6 if shape.numeric >= 0.7 else 0.3 if is_wordy(shape) else 0.0


def _group(shape: Shape) -> float:
    """Weigh a column of groups: words that come again."""
    return -0.7 if shape.number >= 0.7 or shape.date >= 0.5 else 0.4 if shape.distinct <= 0.7 else 0.1


def _mail(shape: Shape) -> float:
    return 1.0 if shape.mail >= 0.5 else -0.9


def _frequency(shape: Shape) -> float:
    if shape.frequency >= 0.4:
        return 0.9
    return -0.9 if shape.numeric >= 0.7 or shape.length > 30 else 0.0


_WORDS = ("grade", "direction", "level", "priority", "commitment", "trend", "critical", "horizon", "link", "agreed")
_FITS: Mapping[str, Callable[[Shape], float]] = {
    **dict.fromkeys(("objective", "key_result", "objective_and_key_result", "kpi"), _title),
    **dict.fromkeys(("target", "baseline", "current_to_date", "target_to_date"), _amount),
    "current": _current,
    **dict.fromkeys(("weight", "section_weight"), _weight),
    **dict.fromkeys(("progress", "expected", "variance"), _ratio),
    **dict.fromkeys(("score", "weighted_score"), _score),
    **dict.fromkeys(
        _WORDS, _word
    ),
    "status": _status,
    "unit": _unit,
    **dict.fromkeys(("owner", "supporters", "name", "manager"), _owner),
    "team": _team,
    **dict.fromkeys(("start", "due", "check_in_date"), _day),
    "period": _period,
    "id": _code,
    "order": _order,
    "confidence": _confidence,
    **dict.fromkeys(
        ("notes", "initiative", "blocker", "ask", "formula", "source", "metric", "why"), _prose
    ),
    **dict.fromkeys(("section", "perspective"), _group),
    "email": _mail,
    "frequency": _frequency,
}  # fmt: skip
