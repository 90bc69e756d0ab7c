"""The kinds of digests, field by field."""

from __future__ import annotations

from collections.abc import Mapping

from sheetsync.report.digest.agenda import AGENDA
from sheetsync.report.digest.decisions import CARDS
from sheetsync.report.digest.due import ORDER
from sheetsync.report.digest.items import ROWS
from sheetsync.report.digest.kpi_month import STRIP
from sheetsync.report.digest.kpis import LOW
from sheetsync.report.digest.objectives import LINKED
from sheetsync.report.digest.problems import PROBLEMS
from sheetsync.report.digest.schema_page import PAGE, PAGE_PARTS
from sheetsync.report.digest.schema_shapes import (
    COUNT,
    DAY,
    EXPECTED,
    GIVEN,
    NUMBER,
    OWNER,
    PROGRESS,
    ROW_STATUS,
    SHAPES,
    STATUS,
    TEAM,
    TEXT,
    YES_NO,
    Fields,
    Shape,
    maybe,
    one_of,
    rows,
    shaped,
)
from sheetsync.report.digest.wins import WINS


def _head(kind: str) -> Fields:
    return {
        "schema": ({"const": "report.v1"}, "The version of this form."),
        "kind": ({"const": kind}, "Which digest this is."),
        "company": (TEXT, "The company's name."),
        "today": (DAY, "The company's day that it tells of."),
        "read_at": (maybe({"type": "string", "format": "date-time"}), "When the workbook was read, with its offset."),
        "zone": (maybe(TEXT), "The time zone of that as people read it, such as GMT+7."),
        "week": (shaped("week"), "Monday and Sunday of the week that it reports: of its check-in."),
        "cycle": (maybe(shaped("cycle")), "The time frame of the workbook."),
        "workbook": (shaped("workbook"), "Where the numbers come from."),
        "recipient": (maybe(shaped("recipient")), "Who reads it."),
        "links": (shaped("links"), "Where to go from here."),
    }


def _wins(most: int = WINS) -> Fields:
    return {
        "wins": (rows("win", most), "What was newly reached, objectives first, in the order of the sheet."),
        "more_wins": (COUNT, "How many more."),
    }


_TROUBLE: Fields = {
    "drift": (rows("drift", PROBLEMS), "What was moved or typed over; never among the problems too."),
    "more_drift": (COUNT, "How many more."),
    "problems": (rows("problem", PROBLEMS), "Cells with errors."),
    "more_problems": (COUNT, "How many more."),
}

PARTS: Mapping[str, Shape] = {
    "company_verdict": Shape("The first sentence.", {
        "objectives": (COUNT, "The company's objectives (all, where none is the company's)."),
        "on_pace": (COUNT, "Those of them on track or achieved."),
        "achieved": (COUNT, "Those of them that are achieved; once the cycle is over, this is how it ended."),
        "decisions": (COUNT, "Key results that must be decided on, also those beyond the cap."),
        "kpis": (COUNT, "KPIs."),
        "reached": (COUNT, "Those that reached their target; a workbook of KPIs alone is judged by these."),
    }),
    "overall": Shape("How the whole stands.", {
        "progress": PROGRESS,
        "expected": EXPECTED,
        "change": (maybe(NUMBER), "What it gained since the last weekly mark, over what was known at both ends."),
        "weeks": (rows("week_point"), "The weeks of the cycle up to now; empty without a history."),
    }),
    "stale_team": Shape("How much of a team is stale.", {
        "team": (maybe(TEXT), "The team; null for what has none."),
        "count": (COUNT, "Stale key results."),
    }),
    "updated": Shape("How fresh the values are.", {
        "fresh": (COUNT, "Key results under way whose value is not stale."),
        "total": (COUNT, "Key results under way."),
        "stale": (COUNT, "Those that nobody updated within their rhythm."),
        "days": (COUNT, "The days of the usual rhythm."),
        "teams": (rows("stale_team"), "The stale ones by team, most first; people are never named here."),
        "known": (YES_NO, "Whether any day of an update is known; else nothing can be said."),
    }),
    "kpis": Shape("The scorecards of the KPIs.", {
        "groups": (rows("group", ROWS), "Their totals."),
        "more_groups": (COUNT, "How many more."),
        "low": (rows("low_kpi", LOW), "KPIs far below their target, critical ones first."),
        "more_low": (COUNT, "How many more."),
    }),
    "objective": Shape("One of the company's objectives.", {
        **SHAPES["item"].fields,
        "scored": (COUNT, "Key results that could be scored."),
        "total": (COUNT, "Key results."),
        "kpis": (rows("linked_kpi", LINKED), "KPIs that serve it, red guards first."),
        "more_kpis": (COUNT, "How many more."),
    }),
    "team_verdict": Shape("The first sentence.", {
        "key_results": (COUNT, "The team's key results."),
        "on_pace": (COUNT, "Those of them on track or achieved."),
        "achieved": (COUNT, "Those of them that are achieved; once the cycle is over, this is how it ended."),
        "to_discuss": (COUNT, "Those that must be decided on or raise a question; the agenda has the first of them."),
    }),
    "contribution": Shape("An objective of the company that the team feeds.", {
        "title": (TEXT, "As it stands in the sheet."),
        "share": (maybe(NUMBER), "How much of its score the team has in its hands; null where it only supports it."),
        "progress": PROGRESS,
        "expected": EXPECTED,
        "status": ROW_STATUS,
    }),
    "reminder": Shape("An owner who must still fill something.", {
        "owner": (TEXT, "The name as the sheet has it."),
        "given": (TEXT, "The last word of it."),
        "cells": (rows("cell"), "Values and dates to fill."),
        "confidence_cells": (rows("cell"), "Confidences to fill."),
        "nudged": (COUNT, "How often the owner was asked in vain, for the cell that was asked for most often."),
        "escalated": (YES_NO, "Whether the owner is not asked any more, for some of the cells at least."),
        "escalated_cells": (rows("cell"), "For which of them."),
    }),
    "deadline": Shape("By when.", {
        "day": (DAY, "The day of the check-in."),
        "hour": (maybe(TEXT), "The hour, such as 17:00."),
    }),
    "owner_verdict": Shape("The first sentence.", {
        "cells": (COUNT, "Cells to fill, also those beyond the cap."),
        "silent": (COUNT, "Further ones for which the owner was asked in vain so often that nobody asks any more."),
        "others": (COUNT, "What the owner has beside that, and needs nothing."),
        "key_results": (COUNT, "The owner's key results."),
        "achieved": (COUNT, "Those of them that are achieved; once the cycle is over, this is how it ended."),
    }),
    "due_cell": Shape("A cell to fill.", {
        "what": (one_of(*ORDER), "What is wanted: a readable value, a newer one, its date, or a confidence."),
        "title": (TEXT, "The key result or KPI."),
        "item": (shaped("item"), "The same whole."),
        "last": (maybe({"anyOf": [shaped("amount"), TEXT]}), "What was last there: a number, or as it stands."),
        "last_day": (maybe(DAY), "When that was."),
        "expected_value": (maybe(shaped("amount")), "What the pace asks for today; the target of a KPI's period."),
        "cell": (shaped("cell"), "The cell to fill."),
    }),
    "month": Shape("The month that a KPI mail tells of.", {
        "label": (TEXT, "Month and year, such as 10/2026."),
        "start": (DAY, "Its first day."),
        "end": (DAY, "Its last day."),
    }),
    "kpi_verdict": Shape("The first sentence.", {
        "kpis": (COUNT, "KPIs that have a period which ends with the month, or no periods at all."),
        "reached": (COUNT, "Those of them that reached their target in it; none without an actual."),
        "missing": (COUNT, "Those of them whose actual is not there."),
    }),
    "span": Shape("Periods that were taken together.", {
        "first": (TEXT, "The first, as the sheet calls it."),
        "last": (TEXT, "The last."),
        "count": (COUNT, "How many."),
    }),
    "kpi_month": Shape("What a KPI did in the month alone.", {
        "whole": (YES_NO, "Whether the row is of this month alone too, so that nothing is left to be said of a span."),
        "achievement": (maybe(NUMBER), "Of the target of the month."),
        "status": (maybe(STATUS), "By that alone."),
        "target": (maybe(shaped("amount")), "Of the month."),
        "actual": (maybe(shaped("amount")), "Of the month."),
    }),
    "strip_point": Shape("What a KPI did in one period.", {
        "label": (TEXT, "The period as the sheet calls it."),
        "achievement": (maybe(NUMBER), "Null where there is no actual."),
        "status": (maybe(STATUS), "By that alone."),
    }),
    "kpi_row": Shape("A KPI over its complete periods.", {
        **SHAPES["low_kpi"].fields,
        "weighted_score": (maybe(NUMBER), "Its weight times its achievement."),
        "target": (maybe(shaped("amount")), "Over its complete periods."),
        "actual": (maybe(shaped("amount")), "Over the same periods."),
        "span": (maybe(shaped("span")), "The periods that these and the achievement are of; null where there is none."),
        "month": (maybe(shaped("kpi_month")), "The month alone; null where it has no period that ends with it."),
        "strip": (rows("strip_point", STRIP), "Its last complete periods, oldest first."),
    }),
    "missing_actual": Shape("A KPI whose actual is missing.", {
        "title": (TEXT, "As it stands in the sheet."),
        "owner": OWNER,
        "given": GIVEN,
        "team": TEAM,
        "periods": (rows(TEXT), "The past periods without one, as the sheet calls them."),
        "cell": (shaped("cell"), "The last cell to fill."),
    }),
    **PAGE_PARTS,
}  # fmt: skip
"""The shapes that only one kind has."""

KINDS: Mapping[str, Shape] = {
    "company": Shape("The company's summary.", {
        **_head("company"),
        "verdict": (shaped("company_verdict"), "The first sentence."),
        "overall": (shaped("overall"), "The whole against its pace."),
        "updated": (shaped("updated"), "How fresh the values are."),
        "decisions": (rows("item", CARDS), "What must be decided, blocked and asked for first."),
        "more_decisions": (COUNT, "How many more."),
        "objectives": (rows("objective", ROWS), "The company's objectives, those that need attention first."),
        "more_objectives": (COUNT, "How many more."),
        "kpis": (maybe(shaped("kpis")), "The scorecards; null where there is no KPI."),
        **_wins(),
        **_TROUBLE,
    }),
    "team": Shape("What a team's lead takes into the check-in.", {
        **_head("team"),
        "team": (TEXT, "The team."),
        "verdict": (shaped("team_verdict"), "The first sentence."),
        "contributes": (rows("contribution"), "The company's objectives that the team feeds or supports."),
        "agenda": (rows("item", AGENDA), "What to talk about, each with a question."),
        "minutes": (COUNT, "What the agenda takes."),
        "key_results": (rows("item", ROWS), "The team's key results, those that need attention first."),
        "more_key_results": (COUNT, "How many more."),
        "remind": (rows("reminder"), "Who must still fill what; nobody who is away."),
        "unowned": (rows("cell"), "Cells to fill that nobody owns."),
        **_wins(),
        **_TROUBLE,
    }),
    "owner": Shape("What an owner must fill before the check-in.", {
        **_head("owner"),
        "owner": (TEXT, "The owner's name as the sheet has it."),
        "verdict": (shaped("owner_verdict"), "The first sentence."),
        "deadline": (maybe(shaped("deadline")), "By when."),
        "minutes": (COUNT, "About how long it takes."),
        "due_cells": (rows("due_cell", ROWS), "What to fill, the most urgent first."),
        "more_due_cells": (COUNT, "How many more."),
        "same_value_column": (maybe(TEXT), "The header of the date column, where today's date is enough if nothing "
                              "changed; else null."),
        "others": (rows("item", ROWS), "What else the owner has; nothing to do."),
        "more_others": (COUNT, "How many more."),
        **_wins(),
    }),
    "kpi": Shape("The month in KPIs.", {
        **_head("kpi"),
        "team": (maybe(TEXT), "The team that it is limited to."),
        "month": (shaped("month"), "The last complete month."),
        "verdict": (shaped("kpi_verdict"), "The first sentence."),
        "groups": (rows("group", ROWS), "The totals of the groups."),
        "more_groups": (COUNT, "How many more."),
        "rows": (rows("kpi_row", ROWS), "The KPIs, those that need attention first."),
        "more_rows": (COUNT, "How many more."),
        "low": (rows("low_kpi", LOW), "KPIs far below their target, critical ones first."),
        "more_low": (COUNT, "How many more."),
        "missing": (rows("missing_actual", ROWS), "Whose actuals are missing."),
        "more_missing": (COUNT, "How many more."),
        **_wins(),
    }),
    "wins": Shape("What was reached in a time.", {
        **_head("wins"),
        "period": (shaped("week"), "The time."),
        **_wins(ROWS),
    }),
    "page": Shape("All that the page of a workbook shows.", {**_head("page"), **PAGE}),
}  # fmt: skip
"""The digests by their kind."""
