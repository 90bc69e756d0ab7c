"""The quality of an objective in words: the grade, what is met, and what is missing and why."""

from __future__ import annotations

from sheetsync.language import Phrases
from sheetsync.quality.grading import Grade, Standing
from sheetsync.results import Reason
from sheetsync.rules.facts import first_few
from sheetsync.rules.messages import title

SIGNS = {Standing.MET: "●", Standing.PARTLY: "◐", Standing.MISSING: "○"}


def points_text(grade: Grade, phrases: Phrases) -> str:
    """Give the points of a grade as people read them, such as ``5.5/7``."""
    return f"{phrases.number(grade.points, None)}/{len(grade.marks)}"


def reason_text(reason: Reason, phrases: Phrases) -> str:
    """Say why an attribute is not wholly met; a rule is named by its title, with the rows that it reported."""
    params = dict(reason.params)
    if reason.code == "rule":
        params = {"title": title(params["rule"], phrases), "rule": params["rule"], "items": first_few(params["items"])}
    return phrases.text(f"quality.reason.{reason.code}", **params)


def grade_lines(grade: Grade, phrases: Phrases) -> list[str]:
    """Give a line for the attributes that are met, and one for each that is not, with its reasons."""
    names = {mark.attribute: phrases.text(f"quality.attribute.{mark.attribute}") for mark in grade.marks}
    met = [names[mark.attribute] for mark in grade.marks if mark.standing is Standing.MET]
    lines = [f"{SIGNS[Standing.MET]} {phrases.text('quality.met')}: {', '.join(met)}"] if met else []
    for mark in grade.marks:
        if mark.standing is not Standing.MET:
            why = "; ".join(reason_text(reason, phrases) for reason in mark.reasons)
            standing = phrases.text(f"quality.{mark.standing}")
            lines.append(f"{SIGNS[mark.standing]} {names[mark.attribute]} ({standing}): {why}")
    return lines
