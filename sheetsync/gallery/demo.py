"""The firm of the demo: its goals, log, people and notes, dated around today."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sheetsync.gallery.content import Content
from sheetsync.gallery.design import load_texts
from sheetsync.model import Cycle
from sheetsync.packaged import templates_dir

EDGE_DAYS = 21
"""A quarter is shown from this many days after its first day until as many before its last; else a cycle of its own."""
ELAPSED_DAYS, LENGTH_DAYS = 50, 91
"""Of a cycle of its own: the days that have gone by, and all of them."""


def demo_content(language: str, today: date) -> Content:
    """Give the firm's workbook as it stands on a day."""
    plan = tomllib.loads((templates_dir() / f"demo/{language}.toml").read_text(encoding="utf-8"))
    rows = [_dated(row, today, "check_in_date") for row in plan["okr"]]
    return Content(
        texts=load_texts(language),
        company=plan["company"],
        cycle=demo_cycle(today),
        okr=rows,
        kpi=[_until(row, today) for row in plan["kpi"]],
        check_ins=sorted((_log_entry(row, today) for row in plan["check_in"]), key=lambda row: row["date"]),
        people=plan["person"],
        extra=_extra(plan["extra"], rows),
        notes=_meeting(plan["meeting"]),
    )


def demo_cycle(today: date) -> Cycle:
    """Give the quarter that a day lies in; near its ends, or in January, a cycle that the day lies in the middle of."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    last = (first + timedelta(days=95)).replace(day=1) - timedelta(days=1)
    inside = first + timedelta(days=EDGE_DAYS) <= today <= last - timedelta(days=EDGE_DAYS)
    if inside and today.month > 1:
        return Cycle(f"Q{(today.month + 2) // 3}/{today.year}", first, last)
    start = today - timedelta(days=ELAPSED_DAYS)
    return Cycle("", start, start + timedelta(days=LENGTH_DAYS))


def _dated(row: Mapping[str, Any], today: date, concept: str) -> dict[str, Any]:
    dated = dict(row)
    days = dated.pop("days_ago", None)
    if days is not None:
        dated[concept] = today - timedelta(days=days)
    return dated


def _log_entry(row: Mapping[str, Any], today: date) -> dict[str, Any]:
    entry = _dated(row, today, "date")
    confidence = entry.get("confidence")
    return {**entry, "confidence": float(confidence.rstrip("%")) / 100} if confidence else entry


def _until(row: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Leave out the months that are not over yet."""
    cycle = demo_cycle(today)
    over = today.month - 1 if cycle.start.year == today.year else 12
    return {**row, "months": list(row["months"])[:over]}


def _extra(plan: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Give the firm's own columns: remarks, and a formula over its own numbers with the value it has."""
    known = {row["id"]: row for row in rows}
    gaps = {
        item: ("={target}{row}-{current}{row}", known[item]["target"] - known[item]["current"])
        for item in plan["gap_items"]
    }
    return {plan["notes_header"]: dict(plan["notes"]), plan["gap_header"]: gaps}


def _meeting(plan: Mapping[str, Any]) -> tuple[str, list[list[Any]]]:
    rows = [list(plan["head"]), [plan["progress_label"], f"=progress({plan['progress_of']})"], list(plan["other"])]
    return plan["name"], rows
