"""How a number looks under a number format: Google's patterns, in the marks of a locale."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

from tests.sheets_server.cells import CellError, Value
from tests.sheets_server.locales import Forms
from tests.sheets_server.serials import moment_of

#: What stands for a type of format that names no pattern; dates come from the locale.
PATTERNS = {
    "NUMBER": "#,##0.00",
    "PERCENT": "0.00%",
    "SCIENTIFIC": "0.00E+00",
    "TIME": "h:mm:ss am/pm",
    "TEXT": "@",
}
DATES = {"DATE", "TIME", "DATE_TIME"}
TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|(\[[hms]+\])|(am/pm|a/p)|(y+|m+|d+|h+|s+(?:\.0+)?)|([0#?][0#?,]*(?:\.[0#?]+)?|\.[0#?]+)'
    r"|(E[+-]?0+)|(%)|(@)|(\[[^\]]*\])|(_.)|(.)",
    re.IGNORECASE | re.DOTALL,
)


def pattern_of(number_format: dict[str, Any], forms: Forms) -> str:
    """Give the pattern of a format: its own, or the default of its type."""
    if number_format.get("pattern"):
        return str(number_format["pattern"])
    kind = number_format.get("type", "NUMBER")
    if kind == "DATE":
        return forms.date_pattern
    if kind == "DATE_TIME":
        return f"{forms.date_pattern} h:mm:ss"
    if kind == "CURRENCY":
        return f'"{forms.currency}"#,##0.00' if forms.currency_first else f'#,##0.00"{forms.currency}"'
    return PATTERNS.get(kind, "General")


def shown(value: Value, number_format: dict[str, Any] | None, forms: Forms) -> str:
    """Give what a cell with that value and format shows."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, CellError):
        return value.text
    if number_format is None:
        return general(value, forms)
    pattern = pattern_of(number_format, forms)
    if pattern in {"General", "@"}:
        return general(value, forms)
    if number_format.get("type") in DATES:
        moment = moment_of(value)
        return general(value, forms) if moment is None else _date(moment, value, pattern, forms)
    return _number(value, pattern, forms)


def general(value: float, forms: Forms) -> str:
    """Give a number without a format: ten significant digits, a power of ten where it is very large or small."""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    short = repr(value)
    if len(short) <= 11 and "e" not in short:
        return short if forms.decimal == "." else short.replace(".", forms.decimal)
    return _general(value, forms)


@lru_cache(maxsize=4096)
def _general(value: float, forms: Forms) -> str:
    if abs(value) >= 1e15 or abs(value) < 1e-9:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        if "." in mantissa:
            mantissa = mantissa.rstrip("0").rstrip(".")
        return f"{mantissa}E{exponent}".replace(".", forms.decimal)
    digits = max(10, len(str(int(abs(value)))))
    text = f"{Decimal(f'{value:.{digits}g}'):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", forms.decimal)


def _number(value: float, pattern: str, forms: Forms) -> str:
    sections = _sections(pattern)
    section = sections[0]
    if value < 0 and len(sections) > 1:
        section, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        section = sections[2]
    tokens = [found for found in TOKEN.finditer(section) if not found[10]]
    if any(found[5] or found[3] for found in tokens) and not any(found[6] for found in tokens):
        moment = moment_of(value)
        return general(value, forms) if moment is None else _date(moment, value, section, forms)
    scale = 100 ** sum(1 for found in tokens if found[8])
    return _filled(Decimal(repr(value)) * scale, tokens, forms)


@lru_cache(maxsize=256)
def _sections(pattern: str) -> tuple[str, ...]:
    return tuple(re.findall(r'((?:"[^"]*"|\\.|[^;"\\])*)(?:;|$)', pattern)[: pattern.count(";") + 1]) or ("",)


def _filled(value: Decimal, tokens: list[re.Match[str]], forms: Forms) -> str:
    out, done = [], False
    sign = "-" if value < 0 else ""
    exponent = next((found[7] for found in tokens if found[7]), None)
    value = abs(value)
    power = value.adjusted() if exponent and value else 0
    if exponent:
        value = value.scaleb(-power)
    for found in tokens:
        if found[6] and not done:
            text, done = _digits(value, found[6], forms), True
            out.append((sign if text.strip("0" + forms.decimal) else "") + text)
        elif found[7]:
            out.append(f"E{'-' if power < 0 else '+'}{abs(power):0{found[7].count('0')}d}")
        elif found[9]:
            out.append(general(float(value), forms))
        elif found[11]:
            out.append(" ")
        elif not found[6]:
            out.append(found[1] if found[1] is not None else found[2] or found[0])
    return "".join(out)


def _digits(value: Decimal, picture: str, forms: Forms) -> str:
    whole, _, fraction = picture.partition(".")
    while whole.endswith(","):
        whole, value = whole[:-1], value / 1000
    rounded = value.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    digits, _, decimals = f"{rounded:f}".partition(".")
    while len(decimals) > len(fraction.rstrip("#?")) and decimals.endswith("0"):
        decimals = decimals[:-1]
    digits = digits.lstrip("0").rjust(whole.replace(",", "").count("0"), "0")
    if "," in whole:
        digits = f"{int(digits or 0):,}".replace(",", forms.group).rjust(len(digits), "0") if digits else ""
    return digits + (forms.decimal + decimals if decimals else "")


def _date(moment: datetime, value: float, pattern: str, forms: Forms) -> str:
    tokens = list(TOKEN.finditer(pattern))
    half = any(found[4] for found in tokens)
    out: list[str] = []
    for at, found in enumerate(tokens):
        if found[5]:
            minutes = found[5][0] in "mM" and _minutes(tokens, at)
            out.append(_date_part(moment, found[5], half=half, minutes=minutes, forms=forms))
        elif found[3]:
            seconds = round(value * 86_400)
            out.append(str(seconds // {"h": 3600, "m": 60, "s": 1}[found[3][1].lower()]))
        elif found[4]:
            out.append("AM" if moment.hour < 12 else "PM")
        elif not found[10]:
            out.append(found[1] if found[1] is not None else found[2] or found[0])
    return "".join(out)


def _minutes(tokens: list[re.Match[str]], at: int) -> bool:
    """Whether an `m` means minutes: an hour stands before it, or a second after it."""
    before = [found[0].strip("[]")[:1].lower() for found in tokens[:at] if found[5] or found[3]]
    after = [found[0].strip("[]")[:1].lower() for found in tokens[at + 1 :] if found[5] or found[3]]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _date_part(moment: datetime, token: str, *, half: bool, minutes: bool, forms: Forms) -> str:
    letter, width = token[0].lower(), len(token)
    if letter == "y":
        return f"{moment.year:04d}" if width > 2 else f"{moment.year % 100:02d}"
    if letter == "d":
        return _day(moment, width, forms)
    if letter == "m" and not minutes:
        return _month(moment, width, forms)
    if letter == "s":
        return f"{moment.second:0{min(token.lower().count('s'), 2)}d}" + (
            token[token.index(".") :] if "." in token else ""
        )
    hour = (moment.hour % 12 or 12) if half else moment.hour
    return f"{moment.minute if letter == 'm' else hour:0{min(width, 2)}d}"


def _day(moment: datetime, width: int, forms: Forms) -> str:
    if width >= 3:
        return (forms.short_days if width == 3 else forms.days)[moment.weekday()]
    return f"{moment.day:0{width}d}"


def _month(moment: datetime, width: int, forms: Forms) -> str:
    if width >= 3:
        return (forms.short_months if width == 3 else forms.months)[moment.month - 1]
    return f"{moment.month:0{width}d}"
