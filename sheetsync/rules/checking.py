"""Runs the rules: severities as set, silenced rows left out, findings in the order of the sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sheetsync.model import NOTHING
from sheetsync.record import NamedTuple
from sheetsync.results import Finding, Severity
from sheetsync.rules.drift_exchanged import without_consequences
from sheetsync.rules.facts import Facts
from sheetsync.rules.registry import RULES, Rule, is_silenced


class RuleSettings(NamedTuple):
    """How much each rule weighs. ``severity`` maps a code, a rule's name or a family (``PR``) to a severity.

    None switches off; a code wins over a name, a name over a family. Rules that are off by default run only where a
    severity is given for their code or name. ``words`` are the word lists of all languages, as ``Lexicon.lists`` joins
    them; without them the rules that judge words find nothing.
    """

    severity: Mapping[str, Severity | None] = NOTHING
    words: Mapping[str, tuple[str, ...]] = NOTHING

    def of(self, rule: Rule) -> Severity | None:
        """Give the severity of a rule, or None where it is switched off."""
        for key in (rule.code, rule.name):
            if key in self.severity:
                return self.severity[key]
        if not rule.on:
            return None
        return self.severity.get(rule.family, rule.severity)

    def applied(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Put the severities as set to findings that other parts made too, leave out what is off, and sort them all.

        Worksheets keep the order in which the findings name them first.
        """
        kept = []
        for finding in findings:
            severity = self.of(RULES[finding.code])
            if severity is not None:
                kept.append(finding if finding.severity is severity else finding._replace(severity=severity))
        return _sorted(kept, dict.fromkeys(finding.cell.sheet for finding in kept if finding.cell is not None))


def check(facts: Facts, settings: RuleSettings | None = None) -> tuple[Finding, ...]:
    """Run every rule that is switched on, and give what they found, sorted by sheet, row and code."""
    chosen = settings or RuleSettings()
    if chosen.words:
        facts = facts._replace(words=chosen.words)
    found: list[Finding] = []
    for rule in RULES.values():
        severity = chosen.of(rule)
        if severity is None or rule.look is None:
            continue
        code = rule.code
        found.extend([Finding(code, severity, hit.cell, hit.params, hit.item) for hit in rule.look(facts)])
    found = without_consequences(found, facts)
    return _sorted(_without_silenced(found, facts), (table.sheet for table in facts.goals.tables))


def _without_silenced(findings: list[Finding], facts: Facts) -> list[Finding]:
    ignored = facts.ignored
    if not ignored:
        return findings
    return [
        finding
        for finding in findings
        if finding.item not in ignored or not is_silenced(finding.code, ignored[finding.item])
    ]


def _sorted(findings: list[Finding], sheets: Iterable[str]) -> tuple[Finding, ...]:
    """Sort by worksheet (in the order given, others by name), row, code and column; those without a cell come first."""
    order = {sheet: number for number, sheet in enumerate(dict.fromkeys(sheets))}
    others = len(order)

    def place(finding: Finding) -> tuple[int, str, int, str, int]:
        cell = finding.cell
        if cell is None:
            return (-1, "", 0, finding.code, 0)
        return (order.get(cell.sheet, others), cell.sheet, cell.row, finding.code, cell.column)

    return tuple(sorted(findings, key=place))
