"""A trend and its forecast as lines that a person reads, and as plain data: with the days and numbers it is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sheetsync.language import Phrases
from sheetsync.trends.trend import Forecast, Trend

SHOWN = 6
"""Snapshots that are told one by one, the latest of them."""
_NEEDED = 3


def outlook_lines(trend: Trend, phrases: Phrases) -> list[str]:
    """Tell what moved, what is forecast and from what; or why nothing is."""
    return list(_Teller(trend, phrases).lines())


def outlook_form(trend: Trend) -> dict[str, Any]:
    """Give a trend as JSON takes it: shares are fractions, days are dates."""
    form = trend._asdict()
    form["points"] = [point._asdict() for point in trend.points]
    form["forecast"] = trend.forecast._asdict() if trend.forecast is not None else None
    return form


class _Teller:
    def __init__(self, trend: Trend, phrases: Phrases) -> None:
        self._trend, self._phrases = trend, phrases

    def lines(self) -> Iterator[str]:
        trend = self._trend
        if trend.change is not None and trend.before is not None:
            now = trend.before + trend.change
            change = self._phrases.percent(trend.change, 0)
            signed = f"+{change}" if trend.change > 0 else change
            yield self._text("change", mark=trend.mark, change=signed, before=trend.before, now=now)
        if trend.flat_weeks:
            yield self._text("flat", since=trend.flat_since, weeks=trend.flat_weeks)
        if trend.lack:
            count = self._phrases.number(len(trend.points))
            yield self._text("none", why=self._text(f"lack.{trend.lack}", count=count, needed=_NEEDED))
        if trend.forecast is not None:
            yield from self._forecast(trend.forecast)

    def _forecast(self, ahead: Forecast) -> Iterator[str]:
        yield self._text("forecast", due=self._trend.due, final=ahead.final, low=ahead.low, high=ahead.high)
        if ahead.value is not None and ahead.value_low is not None and ahead.value_high is not None:
            ends = sorted((ahead.value_low, ahead.value_high))
            value, low, high = (self._phrases.number(_short(one)) for one in (ahead.value, *ends))
            yield self._text("value", value=value, low=low, high=high)
        if ahead.method == "trend":
            yield from self._from_snapshots(ahead)
        elif ahead.rate is not None:
            yield self._text(ahead.method, rate=ahead.rate, grown=self._phrases.number(round(ahead.seen or 0.0, 2)))

    def _from_snapshots(self, ahead: Forecast) -> Iterator[str]:
        yield self._reach(ahead)
        if ahead.chance is not None:
            yield self._text("chance", chance=ahead.chance)
        shown = self._trend.points[-SHOWN:]
        told = [self._text("point", day=point.day, progress=point.progress) for point in shown]
        yield self._text("points", count=len(self._trend.points), points="; ".join(told))
        yield self._text("rate", rate=ahead.rate, seen=ahead.seen, weight=ahead.weight, prior=ahead.prior)

    def _reach(self, ahead: Forecast) -> str:
        """Tell the day of the target, with its ends as far as they can be seen."""
        if ahead.reach is not None and ahead.reach == ahead.latest == ahead.earliest:
            return self._text("reached")
        if ahead.reach is None:
            if ahead.earliest is None:
                return self._text("never")
            return self._text("reach_early", earliest=ahead.earliest)
        if ahead.latest is None:
            return self._text("reach_open", reach=ahead.reach, earliest=ahead.earliest)
        return self._text("reach", reach=ahead.reach, earliest=ahead.earliest, latest=ahead.latest)

    def _text(self, key: str, **params: Any) -> str:
        return self._phrases.text(f"outlook.{key}", **params)


def _short(value: float) -> float:
    """Round to three digits that count: a forecast knows no more."""
    return float(f"{value:.3g}")
