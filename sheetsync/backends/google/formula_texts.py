"""Pseudonyms inside formulas, ranges and number formats: functions and references stay, the words in them go."""

from __future__ import annotations

import re
from functools import cache

from sheetsync.backends.google.pseudonyms import Pseudonyms

_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"]|"")*")
    |(?P<quoted>'(?:[^']|'')*')
    |(?P<error>\#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|ERROR!))
    |(?P<cell>\$?[A-Za-z]{1,3}\$?[0-9]{1,7}(?![\w.(!]))
    |(?P<number>[0-9]+(?:\.[0-9]+)?(?![\w]))
    |(?P<name>\$?\w(?:[\w.\\?]*\w)?)
    """,
    re.VERBOSE,
)
_CELLS = re.compile(r"\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?")
_MARK = re.compile(
    r"_ss_(?:okr|kpi|dash|check)\d*_(?:progress|expected|score|status|change|forecast|why|synced|achievement|"
    r"weighted_score|grade|trend)(?:__\d)?",
)
GOOGLE_FUNCTIONS = frozenset(
    (
        "ARRAYFORMULA", "ARRAY_CONSTRAIN", "BYCOL", "BYROW", "CHOOSECOLS", "CHOOSEROWS", "COUNTUNIQUE",
        "FILTER", "FLATTEN", "GOOGLEFINANCE", "GOOGLETRANSLATE", "HSTACK", "HYPERLINK", "IFNA", "IFS", "IMAGE",
        "IMPORTDATA", "IMPORTHTML", "IMPORTRANGE", "IMPORTXML", "ISEMAIL", "ISURL", "JOIN", "LAMBDA", "LET",
        "MAKEARRAY", "MAP", "MAXIFS", "MINIFS", "QUERY", "REDUCE", "REGEXEXTRACT", "REGEXMATCH", "REGEXREPLACE",
        "SCAN", "SEQUENCE", "SORT", "SORTN", "SPARKLINE", "SPLIT", "SWITCH", "TEXTJOIN", "TOCOL", "TOROW",
        "TO_DATE", "TO_PERCENT", "TO_TEXT", "UNIQUE", "VSTACK", "WRAPCOLS", "WRAPROWS", "XLOOKUP", "XMATCH",
    )
)  # fmt: skip
_WORDS = frozenset(("TRUE", "FALSE"))
LONG_CONSTANT = 4
"""Digits from which on a number in a formula is taken for somebody's figure rather than for an argument."""


def scrubbed_formula(formula: str, names: Pseudonyms) -> str:
    """Replace the texts, sheet names, named ranges and large numbers of a formula.

    Functions that Google or Excel know, references, errors and small numbers stay.
    """
    parts = []
    at = 0
    for found in _TOKEN.finditer(formula):
        parts += [names.text(formula[at : found.start()]), _token(found, formula, names)]
        at = found.end()
    parts.append(names.text(formula[at:]))
    return "".join(parts)


def scrubbed_range(text: str, names: Pseudonyms) -> str:
    """Replace the worksheet of a range such as ``'Bảng lương'!A1:C5``; a range may be a worksheet's name alone."""
    sheet, mark, cells = text.rpartition("!")
    if mark:
        return f"{_sheet(sheet, names)}!{scrubbed_formula(cells, names)}"
    return text if _CELLS.fullmatch(text) else _sheet(text, names)


def _sheet(name: str, names: Pseudonyms) -> str:
    if len(name) > 1 and name[0] == name[-1] == "'":
        return "'" + names.text(name[1:-1].replace("''", "'")).replace("'", "''") + "'"
    return names.text(name)


def _token(found: re.Match[str], formula: str, names: Pseudonyms) -> str:
    text = found.group()
    if found.lastgroup in ("string", "quoted"):
        mark = text[0]
        inner = names.text(text[1:-1].replace(mark * 2, mark))
        return f"{mark}{inner.replace(mark, mark * 2)}{mark}"
    if found.lastgroup == "number":
        return _constant(text, names)
    if found.lastgroup == "name":
        return text if _known(text, formula[found.end() :].lstrip()[:1]) else names.text(text)
    return text


def _constant(text: str, names: Pseudonyms) -> str:
    if sum(map(str.isdigit, text)) < LONG_CONSTANT:
        return text
    return repr(names.number(float(text) if "." in text else int(text)))


def _known(text: str, after: str) -> bool:
    """Say whether a word is one of the language of formulas, or too short to say anything (``A``, ``$AB``)."""
    if after == "(":
        return text.upper() in functions()
    if after == "!":
        return False
    return text.upper() in _WORDS or bool(_MARK.fullmatch(text)) or (text.isascii() and len(text.lstrip("$")) <= 3)


@cache
def functions() -> frozenset[str]:
    """Give the names of the functions of Excel and Google Sheets."""
    from openpyxl.utils import FORMULAE

    return GOOGLE_FUNCTIONS | FORMULAE


_FORMAT_TOKEN = re.compile(
    r"""(?P<string>"[^"]*")|(?P<escape>\\.)|(?P<pad>[_*].)|(?P<symbol>\[\$[^\]]*\])|(?P<bracket>\[[^\]]*\])
    |(?P<word>[^\W\d_]+)""",
    re.VERBOSE | re.DOTALL,
)
_FORMAT_WORDS = re.compile(r"(?i:general|standard|[ymdhs]+|am/pm|am|pm|e|x)")
_BRACKET = re.compile(r"\[(?:(?i:black|blue|cyan|green|magenta|red|white|yellow|color\d+|h+|m+|s+)|[<>=]+-?[\d.]+)\]")


def scrubbed_format(pattern: str, names: Pseudonyms) -> str:
    """Replace the words that a number format adds (``#,##0 "triệu"``); its places, colours and conditions stay."""
    return _FORMAT_TOKEN.sub(lambda found: _format_token(found, names), pattern)


def _format_token(found: re.Match[str], names: Pseudonyms) -> str:
    text = found.group()
    if found.lastgroup == "string":
        return f'"{names.text(text[1:-1])}"'
    if found.lastgroup == "symbol":
        symbol, dash, language = text[2:-1].partition("-")
        return f"[${names.text(symbol) if len(symbol) > 3 else symbol}{dash}{language}]"
    if found.lastgroup == "bracket":
        return text if _BRACKET.fullmatch(text) else names.text(text)
    if found.lastgroup == "word":
        return text if _FORMAT_WORDS.fullmatch(text) else names.text(text)
    return text
