"""Cells that are wrong, and what was moved since the start of the cycle: findings, each told once."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime
from typing import Any

from sheetsync.report.digest.cells import cell_or_none
from sheetsync.report.digest.items import told
from sheetsync.report.digest.source import Source
from sheetsync.results import Finding, Severity

PROBLEMS = 5
"""Cells with bad data, and drifts, that are named; the others are counted."""
DRIFT = ("DR5", "PR424")
"""The codes of what changed behind sheetsync's back, or against what was agreed, begin so."""
UNREACHED = ("LI341", "LI342", "LI343", "LI345")
"""The codes of what keeps mail from somebody; a mail to the company's leads names them, since nobody else may know."""
OF_ALL = (*UNREACHED, "RO262")
"""The codes of warnings that the company's leads are told too: those, and a year that nobody moved on, by which all
that the summary says of the KPIs is wrong."""
_GRAVITY = {severity: place for place, severity in enumerate(Severity)}


def problems(source: Source, keys: Container[str] | None = None) -> dict[str, Any]:
    """Give the cells that are wrong (errors alone), each with what to do; ``keys`` limits them to these items.

    What somebody reads of the whole workbook names below them whom no mail can reach, and values of another year.
    """
    found = [
        finding
        for finding in source.findings
        if finding.severity is Severity.ERROR and not is_drift(finding) and _wanted(finding, keys)
    ]
    if keys is None and source.recipient is not None:
        found += [one for one in source.findings if one.code in OF_ALL and one.severity is not Severity.ERROR]
    return told(found, PROBLEMS, "problems", problem_of, source)


def problem_of(finding: Finding, source: Source) -> dict[str, Any]:
    """Give one cell that is wrong."""
    cell = cell_or_none(finding.cell, source.place)
    return {"cell": cell, "code": finding.code, "message": source.message(finding)}


def is_drift(finding: Finding) -> bool:
    """Say whether a finding tells of something that was moved, typed over, renamed or taken away."""
    return finding.code.startswith(DRIFT)


def _wanted(finding: Finding, keys: Container[str] | None) -> bool:
    return keys is None or (finding.item is not None and finding.item in keys)


def drift(source: Source, keys: Container[str] | None = None) -> dict[str, Any]:
    """Give what drifted, the gravest first; ``day`` is since when it did, if known.

    A new owner or another wording is a hint only, and yet what people ask about, so that hints are told too.
    """
    found = [finding for finding in source.findings if is_drift(finding) and _wanted(finding, keys)]
    found.sort(key=lambda finding: _GRAVITY[finding.severity])
    return told(found, PROBLEMS, "drift", drift_of, source)


def drift_of(finding: Finding, source: Source) -> dict[str, Any]:
    """Give one drift."""
    return {**problem_of(finding, source), "day": since(finding)}


def since(finding: Finding) -> date | None:
    """Give the day since when something drifted; None where it is not known."""
    value = finding.params.get("day")
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
