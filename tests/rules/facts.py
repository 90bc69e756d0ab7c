"""Facts for the tests of rules, with real scores by the real profiles."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync.language import Lexicon, Phrases
from sheetsync.locales import load
from sheetsync.model import Cycle, Settings, Table
from sheetsync.profiles import load as load_profile
from sheetsync.reading import with_unlike
from sheetsync.results import Finding
from sheetsync.rules import Facts, RuleSettings, check
from sheetsync.scoring import profile_from, score
from tests.factories import cell, goals

TODAY = date(2025, 11, 20)
CYCLE = Cycle("Q4/2025", date(2025, 10, 1), date(2025, 12, 31))
LEXICON = Lexicon(load("en"), load("vi"))
WORDS = LEXICON.lists
ENGLISH = Phrases(load("en"))
VIETNAMESE = Phrases(load("vi"), load("en"))
OKR_COLUMNS = ("id", "objective", "key_result", "owner", "unit", "baseline", "target", "current", "check_in_date")
KPI_COLUMNS = ("id", "kpi", "owner", "target", "actual")


def table(key: str = "okr", sheet: str = "OKR", without: tuple[str, ...] = (), **columns: tuple[int, ...]) -> Table:
    """Make a table with the usual columns, less some, with others where given."""
    usual = KPI_COLUMNS if key.startswith("kpi") else OKR_COLUMNS
    mapped = {name: (place,) for place, name in enumerate(usual, 1) if name not in without}
    return Table(key, key.rstrip("0123456789"), sheet, 4, 5, 99, {**mapped, **columns})


def settings(**given: Any) -> Settings:
    """Make the Settings sheet; what is not given is blank."""
    names = ("company", "cycle", "profile", "kpi_profile", "language")
    return Settings(**{name: cell(given.get(name), 2, row, "Settings") for row, name in enumerate(names, 2)})


def facts(
    *items: Any, cycle: Cycle | None = CYCLE, today: date = TODAY, profile: str = "default@1", **given: Any
) -> Facts:
    """Make facts of items: scored by the default profiles, with one OKR and one KPI table unless told otherwise."""
    names = ("workbook", "profiles", "languages", "past", "kin", "reused", "fiscal_start")
    own = {name: given.pop(name) for name in names if name in given}
    given.setdefault("tables", (table(), table("kpi", "KPI")))
    read = with_unlike(goals(*items, cycle=cycle, **given), LEXICON)
    chosen = profile_from(load_profile(profile))
    scorecard = score(read, chosen, profile_from(load_profile("vn-kpi@1")), today)
    return Facts(read, scorecard, today, profile=chosen, words=WORDS, **own)


def found(code: str, seen: Facts) -> list[Finding]:
    """Run one rule alone, even if it is off by default, and give what it found."""
    from sheetsync.rules import RULES

    alone = RuleSettings({**dict.fromkeys(RULES), code: RULES[code].severity})
    return [finding for finding in check(seen, alone) if finding.code == code]
