"""The shapes that several kinds of digests share, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sheetsync.record import NamedTuple
from sheetsync.results import Status

Form = Mapping[str, Any]
Fields = Mapping[str, tuple[Form, str]]


class Shape(NamedTuple):
    """An object: what it is, and its fields with their form and what they mean. ``open`` ones may have any others.

    The fields that ``rare`` names are not always there.
    """

    doc: str
    fields: Fields
    open: bool = False
    rare: frozenset[str] = frozenset()


TEXT: Form = {"type": "string"}
YES_NO: Form = {"type": "boolean"}
NUMBER: Form = {"type": "number"}
COUNT: Form = {"type": "integer", "minimum": 0}
DAY: Form = {"type": "string", "format": "date"}


def maybe(form: Form) -> Form:
    """Give the form of what may be missing."""
    if isinstance(form.get("type"), str) and "enum" not in form and "const" not in form:
        return {**form, "type": [form["type"], "null"]}
    return {"anyOf": [form, {"type": "null"}]}


def shaped(name: str) -> Form:
    """Give the form of an object of a shape."""
    return {"$ref": f"#/$defs/{name}"}


def rows(form: Form | str, most: int | None = None) -> Form:
    """Give the form of a list, of at most so many where there is a cap."""
    told: dict[str, Any] = {"type": "array", "items": shaped(form) if isinstance(form, str) else form}
    return told if most is None else {**told, "maxItems": most}


def one_of(*names: str) -> Form:
    """Give the form of a word out of a few."""
    return {"type": "string", "enum": list(names)}


STATUS = one_of(*Status)
KIND = one_of("objective", "key_result", "kpi")
QUESTIONS = ("not_readable", "blocked", "stale", "falling", "flat_weeks", "target_far")
PROGRESS = (maybe(NUMBER), "How much of the way is done (1 is the target, more and less than 0 are possible).")
EXPECTED = (maybe(NUMBER), "What the pace asks for by today.")
OWNER = (maybe(TEXT), "Who owns it, as the sheet says: beside it, else beside its objective.")
GIVEN = (maybe(TEXT), "What its owner is called by: the last word of the name.")
TEAM = (maybe(TEXT), "Its team: its own, else its owner's by the People sheet, else its objective's.")
ROW_STATUS = (STATUS, "Where it stands; the word is the text status.<status> of the language.")

SHAPES: Mapping[str, Shape] = {
    "week": Shape("A week or another span of days.", {
        "start": (DAY, "Its first day."),
        "end": (DAY, "Its last day."),
    }),
    "cycle": Shape("The time frame of the goals.", {
        "label": (TEXT, "As the sheet calls it, such as Q4/2026."),
        "start": (DAY, "Its first day."),
        "due": (DAY, "Its last day."),
        "week": (maybe(COUNT), "Number of the week that it reports, from 1; null outside the cycle."),
        "weeks": (COUNT, "How many weeks it has, those of its first and last day included."),
        "over": (YES_NO, "Whether it has ended: from the day after its last day on."),
    }),
    "workbook": Shape("The workbook that was read.", {
        "name": (TEXT, "What people call it."),
        "place": (TEXT, "Its path or address, to be read."),
        "url": (maybe(TEXT), "Where it opens, https; null for a file."),
    }),
    "recipient": Shape("Who reads this.", {
        "name": (TEXT, "The full name."),
        "given": (TEXT, "What to call them: the last word of the name."),
        "honorific": (maybe(TEXT), "What stands before it, as in the People sheet, such as anh or chị."),
        "role": (one_of("company", "team", "owner", "watcher"), "As what they read it."),
        "team": (maybe(TEXT), "The team that they lead."),
    }),
    "links": Shape("Where to go from here.", {
        "report": (maybe(TEXT), "The whole report, https."),
        "stop": (maybe(TEXT), "Asks for no more mails of this kind, mailto."),
    }),
    "amount": Shape("A number with what it counts.", {
        "number": (NUMBER, "The number; a percentage is a fraction."),
        "percent": (YES_NO, "Whether it is to be shown as a percentage."),
        "unit": (maybe(TEXT), "What it counts, as the sheet says."),
        "to": (NUMBER, "The upper end of a range, whose lower one is the number; only there where it is a range."),
    }, rare=frozenset({"to"})),
    "cell": Shape("The place of a cell.", {
        "text": (TEXT, "With its worksheet, such as OKR!F12."),
        "a1": (TEXT, "Without, such as F12."),
        "sheet": (TEXT, "The worksheet."),
        "url": (maybe(TEXT), "Opens the workbook at this cell, https."),
    }),
    "week_point": Shape("How the whole stood at the end of a week.", {
        "week": (COUNT, "Week of the cycle, from 1."),
        "day": (DAY, "Its Sunday; of the running week today."),
        "progress": PROGRESS,
        "expected": (maybe(NUMBER), "What the pace asked for by then."),
    }),
    "question": Shape("The one question that helps most with an item.", {
        "code": (one_of(*QUESTIONS), "Which; the words are the template's."),
        "params": (shaped("params"), "What the words need."),
    }),
    "params": Shape(
        "not_readable: raw, concept (current, target, baseline). blocked: nothing. stale: since (day or null), days. "
        "falling: change. flat_weeks: weeks, since. target_far: gap (expected less progress), final (forecast or "
        "null).",
        {},
        open=True,
    ),
    "forecast": Shape("Where an item ends if it goes on so.", {
        "final": (NUMBER, "Progress on its last day, the middle of what is likely."),
        "low": (NUMBER, "In 80 of 100 cases it ends above this"),
        "high": (NUMBER, "and below this."),
        "reach": (maybe(DAY), "When the target is reached at this pace; null where that is too far off."),
        "chance": (maybe(NUMBER), "Probability (0 to 1) that it is reached in time."),
        "value": (maybe(shaped("amount")), "The end in the unit of the item."),
    }),
    "item": Shape("An objective, key result or KPI.", {
        "key": (TEXT, "Names it in this workbook; not meant to be shown."),
        "kind": (KIND, "What it is."),
        "title": (TEXT, "As it stands in the sheet."),
        "owner": OWNER,
        "given": GIVEN,
        "team": TEAM,
        "level": (maybe(one_of("company", "team", "individual")), "Whose goal it is, where the sheet says so."),
        "status": ROW_STATUS,
        "progress": PROGRESS,
        "expected": EXPECTED,
        "change": (maybe(NUMBER), "What progress gained since the last weekly mark (0.04 is 4 points)."),
        "current": (maybe(shaped("amount")), "Its value; null where it is no number, and of objectives."),
        "target": (maybe(shaped("amount")), "Its target."),
        "expected_value": (maybe(shaped("amount")), "The value that the pace asks for today, where it is linear."),
        "last_update": (maybe(DAY), "When it was last updated."),
        "stale": (YES_NO, "Whether that is longer ago than its own rhythm allows, leave of its owner left out."),
        "blocker": (maybe(TEXT), "What stands in the way, as somebody wrote it."),
        "ask": (maybe(TEXT), "What is asked for, as somebody wrote it."),
        "question": (maybe(shaped("question")), "Only where one is to be asked: agenda, decisions without an ask."),
        "why": (maybe(TEXT), "The reason for its status as one sentence, in the language of the digest."),
        "weeks": (rows(maybe(NUMBER)), "Progress at the end of each week of the cycle up to now, null where unknown."),
        "forecast": (maybe(shaped("forecast")), "Where it ends."),
        "cell": (shaped("cell"), "Where to look: what the question is about, else the current value, else the title."),
    }),
    "linked_kpi": Shape("A KPI that serves an objective.", {
        "title": (TEXT, "As it stands in the sheet."),
        "link": (one_of("measures", "supports", "guards"), "What it does for the objective."),
        "status": ROW_STATUS,
        "achievement": (maybe(NUMBER), "What it reached of its target."),
        "cell": (shaped("cell"), "Where it stands."),
    }),
    "win": Shape("Something that was reached.", {
        "title": (TEXT, "As it stands in the sheet."),
        "owner": OWNER,
        "given": GIVEN,
        "team": TEAM,
        "kind": (KIND, "What it is."),
        "progress": PROGRESS,
        "early_days": (maybe(COUNT), "How many days before its due day it was reached; null where not before."),
        "day": (maybe(DAY), "The day on which it was first seen reached; null where no history tells."),
    }),
    "drift": Shape("Something that was moved, typed over, renamed or taken away.", {
        "code": (TEXT, "The rule, such as DR514."),
        "message": (TEXT, "What happened and what to do, in the language of the digest."),
        "cell": (maybe(shaped("cell")), "Where."),
        "day": (maybe(DAY), "Since when, where it is known."),
    }),
    "problem": Shape("A cell that is wrong.", {
        "cell": (maybe(shaped("cell")), "Where."),
        "code": (TEXT, "The rule, such as RO201."),
        "message": (TEXT, "What is wrong and what to do, in the language of the digest."),
    }),
    "group": Shape("The total of a group of KPIs.", {
        "name": (TEXT, "A section, a person, or the worksheet."),
        "total": (YES_NO, "Whether it is the total of the whole worksheet."),
        "weighted_score": (maybe(NUMBER), "Sum of weight times achievement; 1 is 100 points."),
        "grade": (maybe(TEXT), "Its grade by the profile."),
        "zeroed_by": (maybe(TEXT), "The title of the critical KPI that made it 0."),
        "missing": (COUNT, "KPIs that counted as 0 because they have no actual."),
        "members": (COUNT, "KPIs in it."),
    }),
    "low_kpi": Shape("A KPI far below its target.", {
        "title": (TEXT, "As it stands in the sheet."),
        "group": (maybe(TEXT), "Its section, else its team, else its owner."),
        "critical": (YES_NO, "Whether its group is made 0 by it."),
        "achievement": (maybe(NUMBER), "What it reached of its target over its complete periods."),
        "status": ROW_STATUS,
        "cell": (shaped("cell"), "Where it stands."),
    }),
}  # fmt: skip
