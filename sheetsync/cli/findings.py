"""Findings as lines of text."""

from __future__ import annotations

import os

import click

from sheetsync.cli.links import addresses, cell_link, linked
from sheetsync.cli.screen import COLOURS, coloured
from sheetsync.language import Phrases
from sheetsync.results import Finding
from sheetsync.rules import message
from sheetsync.sync import Evaluation
from sheetsync.workbook import CellRef


def findings_text(evaluation: Evaluation, phrases: Phrases) -> str:
    """Give one line for each finding: place, severity, code, sentence; the form that editors and grep understand."""
    return "\n".join(_finding_line(evaluation, finding, phrases) for finding in evaluation.findings)


def _finding_line(evaluation: Evaluation, finding: Finding, phrases: Phrases) -> str:
    severity = phrases.text(f"severity.{finding.severity}")
    if coloured():
        severity = click.style(severity, fg=COLOURS[finding.severity])
    cell = f" {finding.cell}:" if finding.cell else ""
    others = [value for value in finding.params.values() if isinstance(value, CellRef)]
    known = addresses(evaluation.links, (finding.cell, *others))
    return linked(f"{place_of(evaluation)}:{cell} {severity} {finding.code}: {message(finding, phrases)}", known)


def left_unwritten(evaluation: Evaluation, phrases: Phrases) -> list[str]:
    """Say of each worksheet or column that a run leaves unwritten why, with the address of its cell or the workbook."""
    links = evaluation.links
    return [
        f"{cell_link(links, one.cell) or evaluation.location}: {message(one, phrases)}" for one in evaluation.unwritten
    ]


def place_of(evaluation: Evaluation) -> str:
    """Give the workbook as a line names it: a file by its path from here, a spreadsheet by its name."""
    return evaluation.name if evaluation.links else os.path.relpath(evaluation.location)
