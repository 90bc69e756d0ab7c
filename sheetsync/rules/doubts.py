"""RO2xx: texts with two meanings, and cells that a template or a broken formula has left behind."""

from __future__ import annotations

from sheetsync.results import Severity
from sheetsync.rules.dates import unreadable_dates
from sheetsync.rules.facts import Facts
from sheetsync.rules.numbers import off_scale, unreadable_targets
from sheetsync.rules.registry import Hit, Hits, rule


@rule(
    "RO238",
    "number-unclear",
    Severity.ERROR,
    title="A number may mean two things",
    message=(
        "“{raw}” may mean {whole} or {less:number}, and nothing on this worksheet shows which. "
        "Type it again as a number, or, if it is the larger one, as {whole}."
    ),
)
def number_unclear(facts: Facts) -> Hits:
    """Report a number text such as 1.234 or 1,234 that is a thousand or one and a bit.

    Where any other number of the column, the table or the worksheet shows which mark parts the decimals (12,5 or
    1.234.567), that decides, and nothing is reported. A language never decides: both forms are in use everywhere.

    ## Why is this bad?
    A wrong guess is wrong by a factor of a thousand, so the row is not scored.

    ## Example
    Target | 1.234

    ## Use instead
    Target | 1234
    """
    for hit in (*facts.unread_numbers, *unreadable_targets(facts)):
        doubt = facts.unclear.get(hit.cell) if hit.cell is not None else None
        if doubt is not None:
            more, less = doubt.readings
            yield hit._replace(params={"raw": doubt.cell.raw, "whole": f"{more:.0f}", "less": less})


@rule(
    "RO239",
    "date-unclear",
    Severity.ERROR,
    title="A date may mean two days",
    message=(
        "{concept} says “{raw}”, which may be {day} or {other_day} (year, month, day), and nothing on this worksheet "
        "shows which. Write the one that is meant, in this form or as a date."
    ),
)
def date_unclear(facts: Facts) -> Hits:
    """Report a date text such as 06/04/2026 whose day and month could stand either way round.

    Where another date of the column, the table or the worksheet shows what comes first (31/12/2026), or only one of
    the two days lies in the cycle, that decides, and nothing is reported.

    ## Why is this bad?
    The date is left out: a wrong guess would move a deadline by months.

    ## Example
    Due | 06/04/2026

    ## Use instead
    Due | 2026-04-06
    """
    for hit in unreadable_dates(facts):
        doubt = facts.unclear.get(hit.cell) if hit.cell is not None else None
        if doubt is not None:
            day, other = doubt.readings
            yield hit._replace(params={**hit.params, "day": day.isoformat(), "other_day": other.isoformat()})


@rule(
    "RO240",
    "placeholder-left",
    Severity.WARNING,
    title="A placeholder of a template is still there",
    message="“{raw}” is a placeholder, so the cell counts as empty. Fill it in, or clear it.",
)
def placeholder_left(facts: Facts) -> Hits:
    """Report a cell of a table in which nothing but a placeholder stands, such as {{owner}} or ${target}.

    ## Why is this bad?
    Whoever or whatever was to fill in the cell did not, and the goal lacks what should stand there.

    ## Example
    Owner | {{owner}}

    ## Use instead
    Owner | Lan
    """
    yield from _left(facts, "placeholder")


@rule(
    "RO241",
    "formula-error",
    Severity.WARNING,
    title="A formula has failed",
    message="The formula in this cell gives {raw}, so it counts as empty. Correct the formula, or clear the cell.",
)
def formula_error(facts: Facts) -> Hits:
    """Report an error such as #REF! where a name or another text should stand; in a column of numbers RO201 tells it.

    ## Why is this bad?
    What the formula was to look up is gone, often since a row or a worksheet was deleted.

    ## Example
    Owner | #REF!

    ## Use instead
    Owner | Lan
    """
    yield from _left(facts, "error")


@rule(
    "RO242",
    "number-rough",
    Severity.HINT,
    title="A number is only about right",
    message="“{raw}” says about how much, and is scored as if it were exact. Write the number alone once it is known.",
)
def number_rough(facts: Facts) -> Hits:
    """Report a number behind a word or sign for about, such as ~80 or “around 80%”.

    ## Why is this bad?
    Two people who both say “about 80%” may be ten points apart, and a target that is only about right is reached when
    somebody says so.

    ## Example
    Current | about 80%

    ## Use instead
    Current | 82%
    """
    yield from _left(facts, "rough")


@rule(
    "RO251",
    "scale-unclear",
    Severity.ERROR,
    title="Numbers on a scale stand beside numbers that are not on it",
    message=(
        "“{raw}” and the numbers beside it are not on one scale. Write them all on the same one (8/10 and 9/10), or "
        "as percentages."
    ),
)
def scale_unclear(facts: Facts) -> Hits:
    """Report a baseline, current value or month that cannot be compared: some numbers of its row are on a scale.

    Beside a percentage, and beside one on another scale, 8/10 counts as 80 %. A plain number counts on the scale of
    the others where it can: 4.5 beside 4/5. It cannot where it lies above the scale, such as a month of 85 among others
    of 8/10, or is one of ten beside 85/100.

    ## Why is this bad?
    Nobody can tell what the plain number is out of, and a wrong guess is wrong by a factor of ten. So the row is not
    scored, or a KPI without that month.

    ## Example
    Target | 9
    Current | 85/100

    ## Use instead
    Target | 90/100
    Current | 85/100
    """
    places = off_scale(facts)
    for hit in facts.unread_numbers:
        if hit.cell in places:
            yield hit._replace(params={"raw": hit.params["raw"]})


def _left(facts: Facts, kind: str) -> Hits:
    for doubt in facts.goals.doubts:
        if doubt.kind == kind:
            place = (doubt.cell.sheet, doubt.cell.row)
            yield Hit(doubt.cell.ref, facts.by_row.get(place), {"raw": doubt.cell.raw})
