"""How precise the rules are: what they report in good OKRs of many firms, and whether they report the bad ones.

    python bench/rules.py

Prints, for each language: the good objectives and key results, errors and warnings among them (goal 0), hints by rule
(goal at most one in ten objectives of a kind), the letters of their quality; then for each rule of the bad set how many
of the bad OKRs it reports, and its precision over both sets together.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from sheetsync.quality import grades
from sheetsync.rules import RULES, RuleSettings, check
from tests.rules.samples import bad, firms, sample_facts
from tests.rules.test_precision import LANGUAGES, tally


def main() -> int:
    """Print the figures of every language; 1 where something grave fires on a good OKR, or a bad one is not found."""
    return max(_language(language) for language in LANGUAGES)


def _language(language: str) -> int:
    hints, grave, objectives, results = tally(language)
    print(f"{language}: {objectives} good objectives, {results} key results")
    print(f"  errors and warnings {len(grave)}, hints {hints.total()} {dict(hints)}")
    letters: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    everything = RuleSettings({code: rule.severity for code, rule in RULES.items()})
    for rows in firms(language).values():
        seen = sample_facts(rows, language)
        letters.update(grade.letter for grade in grades(seen.goals, seen.scorecard, check(seen), seen.today))
        wrong.update(finding.code for finding in check(seen, everything))
    print(f"  quality {dict(sorted(letters.items()))}")
    missed = _bad(language, everything, wrong)
    return 1 if grave or missed else 0


def _bad(language: str, everything: RuleSettings, wrong: Counter[str]) -> int:
    meant: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in bad(language):
        meant[one.code] += 1
        found = {finding.code for finding in check(sample_facts(one.rows, language), everything)}
        right[one.code] += one.code in found
    for code, count in sorted(meant.items()):
        precision = right[code] / max(right[code] + wrong[code], 1)
        state = "" if RULES[code].on else ", off by default"
        print(f"  {code} {right[code]} of {count} bad, {wrong[code]} good reported: precision {precision:.0%}{state}")
    print(f"  bad OKRs found: {right.total()} of {meant.total()}")
    return meant.total() - right.total()


if __name__ == "__main__":
    sys.exit(main())
