"""From worksheets to tables: headers, rows, columns and kind put together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from sheetsync.mapping import SHEET_NAME
from sheetsync.reading.pages import is_page, own_columns
from sheetsync.reading.understanding.arithmetic import ratios
from sheetsync.reading.understanding.evidence import VETO, fit
from sheetsync.reading.understanding.extent import last_data_row
from sheetsync.reading.understanding.families import layout_of
from sheetsync.reading.understanding.formula_evidence import with_formulas
from sheetsync.reading.understanding.grid import Grid
from sheetsync.reading.understanding.header_blocks import Head, HeaderBlock, find_headers
from sheetsync.reading.understanding.hidden import list_sheets, serves_lists, with_hidden, with_hidden_columns
from sheetsync.reading.understanding.home import at_home
from sheetsync.reading.understanding.key_result_groups import key_result_groups, repeated
from sheetsync.reading.understanding.kinds import best_kind, with_shares
from sheetsync.reading.understanding.list_evidence import with_lists
from sheetsync.reading.understanding.mapping import Draft, Mapped
from sheetsync.reading.understanding.nearest import nearest
from sheetsync.reading.understanding.outcome import Column, Left, Reason, Table, Understanding
from sheetsync.reading.understanding.period_columns import Periods, period_columns
from sheetsync.reading.understanding.period_names import YEAR, year_in
from sheetsync.reading.understanding.row_words import told_by_rows
from sheetsync.reading.understanding.shapes import shape_of
from sheetsync.reading.understanding.standing import standings, with_standings
from sheetsync.reading.understanding.surroundings import fixed_above, fixed_by_name
from sheetsync.reading.understanding.turned import turned
from sheetsync.reading.understanding.vocabulary import Vocabulary
from sheetsync.reading.understanding.word_evidence import with_words
from sheetsync.reading.understanding.yearly import is_yearly, with_yearly
from sheetsync.record import NamedTuple
from sheetsync.workbook import CellValue, Workbook, Worksheet, no_percent

_GOALS = ("okr", "kpi")
_MEMBERS, _LEAST_MEMBERS = "sheet-per-member", 3
_SAMPLED, _ENOUGH = 100, 2000
_WIDEST = 400
_MAIN, _AMBIGUOUS = 0.9, 0.7
_GROUP, _GROUP_BESIDE = 0.85, 0.45
_BESIDE, _MOST_BESIDE = 0.5, 12
_NAMELESS = 3  # columns from the left in which a column without a header may name the rows
_MOSTLY = 0.6
_NUMBERED = re.compile(r"\d\s*\W?$")
_OKR = "objective_and_key_result"


class _Part(NamedTuple):
    """A run of columns of a header that may be a table of its own."""

    heads: Mapping[int, Head]
    last: int


def understand(workbook: Workbook, vocabulary: Vocabulary) -> Understanding:
    """Understand every worksheet of a workbook; never raises for what stands in a cell."""
    tables: list[Table] = []
    for sheet in workbook.sheets:
        if not is_page(workbook, sheet.name):
            grid = Grid(sheet, vocabulary, own_columns(workbook, sheet.name))
            tables += (with_hidden(grid, table) for table in _with_fixed(grid, _tables(grid)))
    lists = list_sheets(workbook)
    tables = [table for table in tables if not serves_lists(table, lists)]
    goals = [table for table in tables if table.kind in _GOALS and not _is_shown(workbook, vocabulary, table.sheet)]
    if goals:
        tables = [table for table in tables if not _is_shown(workbook, vocabulary, table.sheet)]
    understood = Understanding(tuple(_with_members(tables, vocabulary)))
    if not understood.goals:
        return understood._replace(nearest=nearest(workbook, vocabulary, tables))
    return understood


def _with_fixed(grid: Grid, tables: Sequence[Table]) -> Iterator[Table]:
    """Add what stands above the tables of a worksheet and holds for all of them."""
    for table in tables:
        goals = table.kind in _GOALS
        yield table._replace(fixed=fixed_above(grid, table, tables)) if goals else table


def _with_members(tables: Sequence[Table], vocabulary: Vocabulary) -> Iterator[Table]:
    """Tell the worksheets that are alike: one for each person, team or month."""
    forms = [(table.kind, tuple((column.concept, column.column) for column in table.columns)) for table in tables]
    for table, form in zip(tables, forms, strict=True):
        sheets = dict.fromkeys(other.sheet for other, alike in zip(tables, forms, strict=True) if alike == form)
        if table.kind not in _GOALS or len(sheets) < _LEAST_MEMBERS:
            yield table
            continue
        named = fixed_by_name(tuple(sheets), vocabulary, table.kind)
        fixed = {**({named: SHEET_NAME} if named and named not in table.concepts else {}), **table.fixed}
        yield table._replace(traits=(*table.traits, _MEMBERS), fixed=fixed)


def _is_shown(workbook: Workbook, vocabulary: Vocabulary, sheet: str) -> bool:
    """Say whether a worksheet only shows what others hold: a dashboard, ours by its marks, or the guide."""
    return is_page(workbook, sheet) or vocabulary.kind_of_sheet(sheet) in ("dashboard", "guide")


def _tables(grid: Grid) -> list[Table]:
    blocks = find_headers(grid)
    found: list[Table] = []
    for place, block in enumerate(blocks):
        following = blocks[place + 1].rows[0] if place + 1 < len(blocks) else grid.last + 1
        found += _of_block(grid, block, following)
    goals = [table for table in found if table.kind != "other"]
    if goals:
        return goals
    other_way = turned(grid)
    return [other_way] if other_way is not None else found


def _of_block(grid: Grid, block: HeaderBlock, following: int) -> list[Table]:
    """Give the table below a header, or the tables side by side."""
    last = last_data_row(grid, block, frozenset(block.heads), following)
    block = block._replace(heads=_with_nameless(grid, block, last))
    parts = _parts(grid, block, last)
    if len(parts) > 1:
        apart = [
            _table(grid, block, _Part(part, last_data_row(grid, block, frozenset(part), following)), True)
            for part in parts
        ]
        goals = [table for table in apart if table.kind != "other"]
        if len(goals) > 1:
            return goals
        if len(goals) == 1:
            rows = _filled(grid, block, parts[apart.index(goals[0])], last)
            joined = [
                part
                for part in parts
                if _filled(grid, block, part, last) >= _BESIDE * rows or _filled(grid, block, part, last) == 0
            ]
            heads = {column: head for part in joined for column, head in part.items()}
            return [_table(grid, block, _Part(heads, last_data_row(grid, block, frozenset(heads), following)), False)]
    return [_table(grid, block, _Part(block.heads, last), False)]


def _with_nameless(grid: Grid, block: HeaderBlock, last: int) -> dict[int, Head]:
    """Add the columns of texts just left of the target, or inside the table, that have no header at all."""
    rows = [row for row in grid.filled if block.first_data_row <= row <= last][:_SAMPLED]
    first = min(block.heads)
    found = dict(block.heads)
    for column in range(max(1, first - 1), first + _NAMELESS):
        told = sum(1 for row in rows if isinstance(grid.row(row).get(column), str))
        covered = any(grid.merge_at(row, column) is not None for row in block.rows)
        if column not in found and not covered and told >= _MOSTLY * len(rows):
            found[column] = Head("")
    return dict(sorted(found.items()))


def _filled(grid: Grid, block: HeaderBlock, part: Mapping[int, Head], last: int) -> int:
    return sum(1 for row in _rows_of(grid, block, last) if not part.keys().isdisjoint(grid.row(row)))


def _rows_of(grid: Grid, block: HeaderBlock, last: int) -> Sequence[int]:
    """Give the first rows of data of a table, enough to tell which columns are empty."""
    return grid.filled[bisect_left(grid.filled, block.first_data_row) : bisect_right(grid.filled, last)][:_ENOUGH]


def _parts(grid: Grid, block: HeaderBlock, last: int) -> list[dict[int, Head]]:
    """Part a header where a column lies between that is empty all the way down."""
    columns = sorted(block.heads)
    if columns[-1] - columns[0] + 1 == len(columns):
        return [dict(block.heads)]
    filled = {column for row in _rows_of(grid, block, last) for column in grid.row(row)}
    parts: list[dict[int, Head]] = [{}]
    for place, column in enumerate(columns):
        if place and any(gap not in filled for gap in range(columns[place - 1] + 1, column)):
            parts.append({})
        parts[-1][column] = block.heads[column]
    return [part for part in parts if part] if len(parts) <= _MOST_BESIDE else [dict(block.heads)]


def _table(grid: Grid, block: HeaderBlock, part: _Part, beside: bool) -> Table:
    rows = sampled_rows(grid, block.first_data_row, part.last)
    drafts = at_home(
        [draft_of(grid, rows, column, head) for column, head in list(part.heads.items())[:_WIDEST]], grid.vocabulary
    )
    drafts = with_words(drafts, grid.vocabulary)
    drafts, stated = with_formulas(grid, rows, with_lists(grid, rows, drafts))
    drafts = with_hidden_columns(grid, drafts)
    days = standings(drafts)
    inside = {
        draft.column: period
        for draft in drafts
        if draft.head.period is None
        and draft.column not in days
        and (period := grid.vocabulary.periods.inside(draft.head.own)) is not None
    }
    periods = period_columns(drafts, inside)
    apart = {column.column for column in periods.columns} | {left.column for left in periods.totals}
    again = repeated(key_result_groups(part.heads, grid.vocabulary))
    rest = [draft for draft in drafts if draft.column not in apart and draft.column not in again]
    rest = _histories(with_standings(rest, days))
    likely = {draft.column: frozenset(draft.meanings) for draft in rest}
    proven = [*stated, *ratios({draft.column: draft.values for draft in rest if draft.shape.number >= 0.5}, likely)]
    kind, mapped = best_kind(rest, proven, grid.vocabulary.kind_of_sheet(grid.sheet.name), len(periods.columns))
    mapped = mapped if again or periods.columns else with_shares(mapped, rest, kind)
    mapped = _with_repeated(mapped, again, {draft.column: draft for draft in drafts})
    told = [*_told_apart(mapped.columns), *wanted_periods(periods, kind, mapped.columns)]
    columns = tuple(sorted(told, key=lambda column: column.column))
    layout, traits = layout_of(grid, block, part.last, columns, periods, beside)
    table = Table(
        grid.sheet.name,
        kind,
        layout,
        block.rows,
        block.first_data_row,
        part.last,
        columns,
        tuple(sorted((*mapped.unmapped, *periods.totals), key=lambda left: left.column)),
        mapped.refused,
        traits,
        block.score,
    )
    table = told_by_rows(grid, table, rows, periods)
    return with_yearly(table) if table.kind == "kpi" and is_yearly(grid, table) else table


def _with_repeated(mapped: Mapped, again: Mapping[int, int], drafts: Mapping[int, Draft]) -> Mapped:
    """Let the columns of a second and third key result mean what those of the first do, where their cells allow it."""
    firsts = {column.column: column for column in mapped.columns}
    columns, unmapped = list(mapped.columns), list(mapped.unmapped)
    for place, first in again.items():
        draft, model = drafts.get(place), firsts.get(first)
        if draft is None:
            continue
        if model is not None and fit(model.concept, draft.shape) > VETO:
            columns.append(model._replace(column=place, header=draft.head.text, samples=draft.samples))
        else:
            unmapped.append(Left(place, draft.head.text, Reason("unsure"), "", draft.samples))
    return mapped._replace(columns=tuple(columns), unmapped=tuple(unmapped))


def wanted_periods(periods: Periods, kind: str, columns: Sequence[Column]) -> Sequence[Column]:
    """Give the columns of periods; beside a column that says where things stand they only tell how it came there."""
    if kind not in _GOALS:
        return ()
    if not any(column.concept == "current" for column in columns):
        return periods.columns
    return [
        one._replace(concept="period_value") if one.reason.key == "period_alone" else one for one in periods.columns
    ]


def _told_apart(columns: Sequence[Column]) -> list[Column]:
    """Turn a column of objectives and key results alike into both, or into the one that has no other column."""
    concepts = {column.concept for column in columns}
    found = []
    for column in columns:
        if column.concept != _OKR:
            found.append(column)
        else:
            both = [name for name in ("objective", "key_result") if name not in concepts] or ["objective"]
            found += [column._replace(concept=name) for name in both]
    return found


def sampled_rows(grid: Grid, first: int, last: int) -> list[int]:
    """Give at most a hundred rows of data, spread over the table; totals and headings over all columns are none."""
    rows = [row for row in grid.filled if first <= row <= last]
    step = max(1, len(rows) // _SAMPLED)
    return [row for row in rows[::step][:_SAMPLED] if not grid.is_total(row) and not grid.is_band(row)]


def draft_of(grid: Grid, rows: Sequence[int], column: int, head: Head) -> Draft:
    """Give what is known of a column before it is decided, by its header and its cells in some rows."""
    values: list[CellValue] = [grid.row(row).get(column) for row in rows]
    sheet = grid.sheet
    percents = 0 if sheet.is_percent is no_percent else _percents(sheet, rows, values, column)
    formulas = sum(1 for row in rows if (row, column) in sheet.formulas) if sheet.formulas else 0
    meanings, inside = _meanings(grid.vocabulary, head)
    return Draft(
        column,
        head,
        meanings,
        shape_of(values, percents, formulas, grid.vocabulary),
        values,
        _NUMBERED.search(head.own) is not None,
        inside,
    )


def _percents(sheet: Worksheet, rows: Sequence[int], values: Sequence[CellValue], column: int) -> int:
    return sum(
        1
        for row, value in zip(rows, values, strict=True)
        if isinstance(value, int | float) and not isinstance(value, bool) and sheet.is_percent(row, column)
    )


def _meanings(vocabulary: Vocabulary, head: Head) -> tuple[Mapping[str, float], bool]:
    """Give what a header may mean with its group's words, and whether that was only found in part of its words."""
    own = _own_meanings(vocabulary, head) if head.period is None else {}
    group = vocabulary.meanings(head.group) if head.group and head.group_period is None else {}
    if not group:
        return own, not vocabulary.exactly(head.own)
    if vocabulary.only_names(head.own):
        own = {concept: strength * _GROUP_BESIDE for concept, strength in own.items()}
    if not own or vocabulary.periods.is_kind(head.own) or vocabulary.only_names(head.own):
        return {**own, **{concept: strength * _GROUP for concept, strength in group.items()}}, True
    found = {concept: strength + (0.1 if concept in group else 0.0) for concept, strength in own.items()}
    for concept, strength in group.items():
        found.setdefault(concept, strength * _GROUP_BESIDE)
    return {concept: min(strength, 1.0) for concept, strength in found.items()}, False


def _own_meanings(vocabulary: Vocabulary, head: Head) -> Mapping[str, float]:
    """Give what the own words of a header may mean: as one name, or by its lines, which say it in two languages."""
    told = vocabulary.meanings(head.own)
    if not head.lines or max(told.values(), default=0.0) >= _MAIN:
        return told
    by_line = vocabulary.of_lines(head.lines)
    return by_line if max(by_line.values(), default=0.0) > max(told.values(), default=0.0) else told


def _histories(drafts: list[Draft]) -> list[Draft]:
    """Read an actual of a year before that of the target as where things stood; an older target is none any more."""
    years = {draft.column: year_in(draft.head.text) for draft in drafts}
    drafts = _of_the_last_year(drafts, years)
    targets = {years[draft.column] for draft in drafts if draft.meanings.get("target", 0.0) >= _MAIN}
    aims = [years[draft.column] for draft in drafts if "target" in draft.meanings and years[draft.column]]
    if not aims:
        return drafts
    found = []
    for draft in drafts:
        actual = draft.meanings.get("current", 0.0)
        if draft.meanings.get("target", 0.0) >= _MAIN and 0 < years[draft.column] < max(targets):
            found.append(draft._replace(meanings={}))
        elif actual >= _AMBIGUOUS and 0 < years[draft.column] < max(aims):
            found.append(draft._replace(meanings={"baseline": actual}))
        else:
            found.append(draft)
    return found


def _of_the_last_year(drafts: list[Draft], years: Mapping[int, int]) -> list[Draft]:
    """Leave of several targets that differ but in their year the last one: Ziel 2024, Ziel 2025."""
    last: dict[str, int] = {}
    for draft in drafts:
        if years[draft.column] and "target" in draft.meanings:
            words = YEAR.sub("", draft.head.text)
            last[words] = max(last.get(words, 0), years[draft.column])
    return [
        draft._replace(meanings={})
        if years[draft.column]
        and "target" in draft.meanings
        and years[draft.column] < last[YEAR.sub("", draft.head.text)]
        else draft
        for draft in drafts
    ]
