"""The mapping of a table: what the configuration says of it, and what is told when that is wrong."""

from __future__ import annotations

import pytest

from sheetsync.locales import load as words
from sheetsync.locales import word_lists
from sheetsync.mapping import CONCEPTS, FIXED_CONCEPTS, LAYOUTS, TABLE_KINDS, ColumnMapping, TableMapping
from sheetsync.reading.layouts import LAYOUTS as READ
from sheetsync.reading.understanding import Vocabulary
from tests.config.conftest import Complain, Load

TABLE = """[workbook.sales]
path = "sales.xlsx"

[[workbook.sales.table]]
worksheet = "KPI T10"
kind = "kpi"
layout = "sections"
header_rows = [8, 9]
computed = "worksheet"
[workbook.sales.table.columns]
kpi = { column = "B", header = "Nội dung  đánh giá" }
target = { column = "G", header = "Chỉ số đo lường › Chỉ tiêu" }
notes = [{ column = "aa" }, { column = "D", header = "Ý kiến" }]
[workbook.sales.table.fixed]
owner = "C5"
team = "worksheet"
"""
TURNED = TABLE.replace('"sections"', '"transposed"')


def test_a_table_is_read_in_the_order_of_its_columns(load: Load) -> None:
    """Shows every key of a table, the list of several columns, and that white space in a header does not count."""
    assert load(TABLE).workbooks["sales"].tables == (
        TableMapping(
            worksheets=("KPI T10",),
            kind="kpi",
            layout="sections",
            header_rows=(8, 9),
            columns=(
                ColumnMapping("kpi", 2, "Nội dung đánh giá"),
                ColumnMapping("notes", 4, "Ý kiến"),
                ColumnMapping("target", 7, "Chỉ số đo lường › Chỉ tiêu"),
                ColumnMapping("notes", 27),
            ),
            computed="worksheet",
            fixed={"owner": "C5", "team": "worksheet"},
        ),
    )


def test_what_is_left_out_has_its_default(load: Load) -> None:
    """Shows that computed columns go beside the table, and that a workbook has no tables unless it says so."""
    config = load(TABLE.replace('computed = "worksheet"\n', "") + '[workbook.other]\npath = "b.xlsx"\n')
    assert config.workbooks["sales"].tables[0].computed == "beside"
    assert config.workbooks["other"].tables == ()


def test_several_tables_keep_their_order_and_may_have_many_worksheets(load: Load) -> None:
    """Shows two tables of one workbook, the second for every worksheet whose name fits."""
    second = TABLE.split("\n\n")[1].replace('"KPI T10"', '["KPI *", "Tháng 1"]')
    tables = load(f"{TABLE}\n{second}").workbooks["sales"].tables
    assert [table.worksheets for table in tables] == [("KPI T10",), ("KPI *", "Tháng 1")]


def test_rows_stand_for_columns_in_a_turned_table(load: Load) -> None:
    """Shows that the place in a transposed table is the number of a row."""
    text = TURNED.replace('column = "B"', "row = 5").replace('column = "G"', "row = 6")
    text = text.replace('[{ column = "aa" }, { column = "D", header = "Ý kiến" }]', "{ row = 12 }")
    columns = load(text).workbooks["sales"].tables[0].columns
    assert [(column.concept, column.place) for column in columns] == [("kpi", 5), ("target", 6), ("notes", 12)]


def test_objective_and_key_result_may_share_a_column(load: Load) -> None:
    """Shows that a column may hold objectives and key results by turns; the objective comes first."""
    text = TABLE.replace("notes = [", 'key_result = { column = "C" }\nobjective = { column = "C" }\nnotes = [')
    concepts = [column.concept for column in load(text).workbooks["sales"].tables[0].columns]
    assert concepts == ["kpi", "objective", "key_result", "notes", "target", "notes"]


def test_all_that_is_wrong_in_a_table_is_told_at_once(complain: Complain) -> None:
    """Shows place, key and advice of every kind of mistake in one table."""
    text = """[workbook.sales]
path = "sales.xlsx"
[[workbook.sales.table]]
worksheet = []
kind = "kpis"
layout = "flat"
header_rows = [8, 10]
computed = "left"
[workbook.sales.table.columns]
kpi = { column = "B2" }
targt = { column = "G" }
owner = { column = "D" }
team = [{ column = "d" }, { row = 4 }]
unit = "C"
[workbook.sales.table.fixed]
due = "row 5"
"""
    where = "workbook.sales.table[1]"
    assert complain(text) == (
        f"sheetsync.toml:4:1: {where}.worksheet: names nothing; give at least one, or leave the line out",
        f'sheetsync.toml:5:1: {where}.kind: "kpis" is not allowed; did you mean "kpi"? '
        "Allowed: okr, kpi, check-ins, people",
        f"sheetsync.toml:7:1: {where}.header_rows: [8, 10] are not the rows of a header; "
        "give one to 4 rows that follow each other, such as [8, 9]",
        f'sheetsync.toml:8:1: {where}.computed: "left" is not allowed; allowed: beside, worksheet',
        f'sheetsync.toml:10:9: {where}.columns.kpi.column: "B2" is no column; '
        "give its letters as the worksheet shows them, such as B or AA",
        f'sheetsync.toml:11:1: {where}.columns.targt: "targt" is nothing that a column can mean; '
        'did you mean "target"?',
        f'sheetsync.toml:13:11: {where}.columns.team[1].column: column "d" stands for owner already; '
        "a column means one thing",
        f"sheetsync.toml:13:29: {where}.columns.team[2].row: says a row, which is for the layout transposed; "
        "give the letters of the column: column = B in quotes",
        f"sheetsync.toml:14:1: {where}.columns.unit: must be a table in braces with column and header, "
        "or a list of such tables, not a text in quotes",
        f'sheetsync.toml:16:1: {where}.fixed.due: "row 5" is no cell; '
        "give its address, such as C5, or worksheet for the worksheet's name",
    )


@pytest.mark.parametrize("rows", ["[]", "[1, 2, 3, 4, 5]", "[3, 2]", "[0]", '["1"]', "1"])
def test_a_header_has_one_to_four_following_rows(complain: Complain, rows: str) -> None:
    """Shows that no other rows are taken for those of a header."""
    (told,) = complain(TABLE.replace("[8, 9]", rows))
    assert told.startswith("sheetsync.toml:8:")
    assert "header_rows" in told


def test_a_turned_table_has_no_columns(complain: Complain) -> None:
    """Shows that letters are refused where each meaning has a row, as often as they stand there."""
    told = complain(TURNED)
    assert len(told) == 4
    assert all("has a row; give its number" in one for one in told)


def test_a_row_of_a_turned_table_means_one_thing(complain: Complain) -> None:
    """Shows that a row named twice is told."""
    text = TURNED.split("kpi = {")[0] + "kpi = { row = 3 }\ntarget = { row = 3 }\n"
    (told,) = complain(text)
    assert "row 3 stands for kpi already" in told


def test_a_table_lacks_what_it_must_have(complain: Complain) -> None:
    """Shows that worksheet, kind, layout, header rows and columns may not be left out."""
    told = complain('[workbook.a]\npath = "a.xlsx"\n[[workbook.a.table]]\ncomputed = "beside"\n')
    missing = {one.split(": ")[1].rpartition(".")[2] for one in told if "is missing" in one}
    assert missing == {"worksheet", "kind", "layout", "header_rows", "columns"}


def test_concepts_are_those_of_understanding() -> None:
    """Shows that a mapping can name what the words of any language name, and nothing that has no name for people."""
    named = set(words("en")["adopt"]["concept"])
    known = {concept for phrase in Vocabulary(word_lists())._index.values() for concept in phrase.meanings}
    assert set(FIXED_CONCEPTS) == named - {"objective_and_key_result"}
    assert known - {"objective_and_key_result"} <= set(CONCEPTS)
    assert len(CONCEPTS) == len(set(CONCEPTS))


def test_kinds_and_layouts_are_those_of_understanding() -> None:
    """Shows that every kind of table is read and has a word, as has every family of layouts; a trait is no family."""
    assert set(TABLE_KINDS) == set(READ) == set(words("en")["adopt"]["kind"]) - {"other"}
    assert {*LAYOUTS, "annual-target"} == set(words("en")["adopt"]["layout"])
