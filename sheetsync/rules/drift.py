"""DR5xx: what happened since the last night: to the computed columns (the write-back finds it), and to ids."""

from __future__ import annotations

from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, name_of, title_place
from sheetsync.rules.registry import Hit, Hits, declare, rule

declare(
    "DR501",
    "computed-cell-typed-over",
    Severity.WARNING,
    title="Somebody typed into a computed cell",
    message=(
        "“{value}” was typed into the computed column {column}. It was left alone; clear the cell to have it computed."
    ),
    manual="""Report a cell of a computed column that holds something sheetsync did not write.

    ## Why is this bad?
    The column looks computed, but this cell is not: it keeps what was typed, whatever happens to the goal.

    ## Example
    Somebody types "nearly done" into the column Status.

    ## Use instead
    Clear the cell; write remarks into the column Notes, and new values into Current.
    """,
)

declare(
    "DR502",
    "formula-in-computed-cell",
    Severity.WARNING,
    title="Somebody put a formula into a computed cell",
    message="A formula stands in the computed column {column}. It was left alone; move it to a column of your own.",
    manual="""Report a formula in a cell of a computed column.

    ## Why is this bad?
    Two hands would write the same cell. The formula is kept, so this cell is no longer computed.

    ## Example
    =F6/E6 in the column Progress

    ## Use instead
    The same formula in a column of your own, with a header of your own.
    """,
)

declare(
    "DR503",
    "computed-header-renamed",
    Severity.WARNING,
    title="The header of a computed column was changed",
    message="The computed column {column} now has another header. It is not written until its header is back.",
    manual="""Report a column that carries sheetsync's mark, but not its header any more.

    ## Why is this bad?
    Mark and header disagree on whose column it is. To be safe it is taken as yours, and is not written.

    ## Example
    The header Status was replaced by "Comment of the boss".

    ## Use instead
    Put the old header back; or delete the column, and remarks go into a column of your own.
    """,
)

declare(
    "DR504",
    "computed-column-deleted",
    Severity.WARNING,
    title="A computed column was deleted",
    message=(
        "The computed column {column} was deleted on worksheet {sheet}. To have it back, delete its name (it begins "
        "with _ss.) in the name manager; to do without it, leave it out of “columns” in sheetsync.toml."
    ),
    manual="""Report a computed column whose mark is left, but whose cells were deleted.

    ## Why is this bad?
    What it showed is no longer seen in the worksheet; charts and formulas over it show an error.

    ## Example
    Somebody deleted the column Why to save space.

    ## Use instead
    Hide the column rather than deleting it.
    """,
)

declare(
    "DR510",
    "note-of-others",
    Severity.HINT,
    title="Somebody's own note stands where findings would be told",
    message=(
        "A note that sheetsync did not write, or that was changed since, stands on this cell. It was left alone; "
        "delete it, and the findings of the row are told here again."
    ),
    manual="""Report a note (in Excel a comment) of somebody else's where a note would tell the findings of the row.

    ## Why is this bad?
    A cell has one note. Yours is never touched, so the findings of this row are only told by "sheetsync check".

    ## Example
    A manager comments on the cell in the column Why: "Please call me about this."

    ## Use instead
    The same note on a cell of your own, such as the title of the key result.
    """,
)

declare(
    "DR511",
    "notes-not-writable",
    Severity.HINT,
    title="A worksheet cannot take notes",
    message=(
        "No notes were written on this worksheet, because its file keeps them in a form that cannot be changed safely."
    ),
    manual="""Report a worksheet on which the findings are not told in notes, though the configuration asks for them.

    ## Why is this bad?
    Nothing is wrong with the numbers; but who reads only the worksheet does not see what was found in it.

    ## Example
    A workbook that was saved as "Strict Open XML Spreadsheet".

    ## Use instead
    Open the workbook in Excel and save it as a usual workbook (.xlsx), or leave out notes = true.
    """,
)

declare(
    "DR512",
    "computed-cell-restored",
    Severity.WARNING,
    title="What was typed over a computed cell is put back",
    message=(
        "“{value}” was typed over “{before}” in the computed column {column}, after {until:date}. The sync puts back "
        "what was computed; the history keeps what was typed."
    ),
    manual="""Report a computed cell that no longer holds what sheetsync last wrote there, and that is written again.

    It is told for a week, so that the mail of the week tells it too.

    ## Why is this bad?
    A status that somebody typed looks like one that was computed. Whoever reads it decides by a number that nothing
    stands behind.

    ## Example
    Somebody types "On track" over "Off track" in the column Status.

    ## Use instead
    Put a new value into Current, and remarks into Notes. With on_conflict = "keep" in sheetsync.toml what was typed
    stays, and is reported every night.
    """,
)


@rule(
    "DR513",
    "id-reused",
    Severity.WARNING,
    title="An ID was given to another thing",
    message=(
        "{id} named “{before}” until {until:date}, and has named this row since {day:date}. What was remembered of "
        "that ends, and this row begins anew."
    ),
)
def id_reused(facts: Facts) -> Hits:
    """Report a row whose ID belonged to another goal or KPI before: another title, another owner, other numbers.

    Runs where an earlier night is remembered; told for a week.

    ## Why is this bad?
    The ID is the name by which a goal keeps its history. One name for two things would give the new goal the progress
    of the old one.

    ## Example
    KR-3: Cut delivery cost (Hà), and on the next day
    KR-3: Hire two drivers (Bảo)

    ## Use instead
    KR-3: Cut delivery cost (Hà)
    KR-12: Hire two drivers (Bảo)
    """
    for key, replaced in facts.reused.items():
        item = facts.items.get(key)
        if item is not None:
            told = {"before": replaced.title, "until": replaced.until, "day": replaced.day or facts.today}
            yield Hit(title_place(item), key, {"id": name_of(item), **told})
