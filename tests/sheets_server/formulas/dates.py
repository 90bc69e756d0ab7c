"""Functions about dates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.sheets_server.formulas.operands import Failed, Operand, numeric
from tests.sheets_server.formulas.registry import function
from tests.sheets_server.serials import moment_of, serial


@function("DATE")
def _date(year: Operand, month: Operand, day: Operand) -> float:
    months = int(numeric(year)) * 12 + int(numeric(month)) - 1
    try:
        first = date(months // 12, months % 12 + 1, 1)
        return serial(first + timedelta(days=int(numeric(day)) - 1))
    except (ValueError, OverflowError):
        raise Failed("NUM", "Function DATE evaluates to an out of bounds number.") from None


def _moment(operand: Operand) -> datetime:
    found = moment_of(numeric(operand))
    if found is None:
        raise Failed("NUM", "Value is out of the range of dates.")
    return found


@function("YEAR")
def _year(operand: Operand) -> float:
    return _moment(operand).year


@function("MONTH")
def _month(operand: Operand) -> float:
    return _moment(operand).month


@function("DAY")
def _day(operand: Operand) -> float:
    return _moment(operand).day


@function("WEEKDAY")
def _weekday(operand: Operand, kind: Operand = 1) -> float:
    day = _moment(operand).weekday()
    return {1: (day + 1) % 7 + 1, 2: day + 1}.get(int(numeric(kind)), day)


@function("DAYS")
def _days(end: Operand, start: Operand) -> float:
    return int(numeric(end)) - int(numeric(start))


@function("EDATE")
def _edate(start: Operand, months: Operand) -> float:
    moment = _moment(start)
    total = moment.year * 12 + moment.month - 1 + int(numeric(months))
    return serial(date(total // 12, total % 12 + 1, min(moment.day, _last_day(total))))


@function("EOMONTH")
def _eomonth(start: Operand, months: Operand) -> float:
    moment = _moment(start)
    total = moment.year * 12 + moment.month - 1 + int(numeric(months))
    return serial(date(total // 12, total % 12 + 1, _last_day(total)))


def _last_day(months: int) -> int:
    following = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return (following - timedelta(days=1)).day
