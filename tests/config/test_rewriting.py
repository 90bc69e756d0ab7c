"""Tables are put into a configuration that somebody wrote, and every other byte of it stays as it was."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync import locales
from sheetsync.config.load import load_config
from sheetsync.config.rewriting import BYTE_ORDER_MARK, CannotRewriteError, with_tables, with_workbook
from sheetsync.config.starter import Answers, render_config, toml_key
from sheetsync.config.tables import in_order, render_tables
from sheetsync.language import Phrases
from sheetsync.mapping import CONCEPTS, LAYOUTS, TABLE_KINDS, TURNED, ColumnMapping, TableMapping
from tests.config.conftest import Load

ENGLISH = Phrases(locales.load("en"))
EXAMPLE = Path(__file__).parents[2] / "config.example.toml"

ONE = TableMapping(("KPI T10",), "kpi", "sections", (8, 9), (ColumnMapping("kpi", 2, "Nội dung"),))
TWO = TableMapping(("A", "B *"), "okr", "flat", (1,), (ColumnMapping("key_result", 3, "KR"),), "worksheet")

WORDS = st.text(max_size=20).map(lambda text: " ".join(text.split()))
NAMES = st.text(min_size=1, max_size=10)


@st.composite
def mappings(draw: st.DrawFn) -> TableMapping:
    """Make the mapping of one table that the checker accepts."""
    first, count = draw(st.integers(1, 5000)), draw(st.integers(1, 4))
    places = draw(st.lists(st.integers(1, 700), unique=True, max_size=6))
    columns = [ColumnMapping(draw(st.sampled_from(CONCEPTS)), place, draw(WORDS)) for place in places]
    cells = st.sampled_from(["worksheet", "C5", "AB120"])
    return TableMapping(
        tuple(draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))),
        draw(st.sampled_from(TABLE_KINDS)),
        draw(st.sampled_from(LAYOUTS)),
        tuple(range(first, first + count)),
        in_order(columns),
        draw(st.sampled_from(["beside", "worksheet"])),
        draw(st.dictionaries(st.sampled_from(CONCEPTS), cells, max_size=2)),
    )


TABLES = st.lists(mappings(), max_size=3).map(tuple)
GAP = st.sampled_from(["", "\n", "\n\n", "# a remark\n", "\n# a remark\n", "\n#enabled = false\n\n# for the next\n"])
BEFORE = st.sampled_from(["", "[defaults]\n", '# mine\n[defaults]\nlanguage = "vi" # here\n', 'include = [ "x*" ]\n'])
AFTER = st.sampled_from(
    [
        "",
        '[workbook."b c"]\npath = "b.xlsx"\n',
        '[[workbook."b c".table]]\nkind = "okr"\n[workbook."b c"]\npath = """\n[[workbook.a.table]]\n"""\n',
        "[google]\nworkers = 2\n",
        '  [ google ]   # with a remark\n\tcredentials.env = "X"',
    ]
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the path of a configuration that each example writes anew."""
    return tmp_path_factory.mktemp("tables") / "sheetsync.toml"


@given(tables=TABLES, name=NAMES.filter(str.isprintable).filter(str.strip))
def test_what_is_written_reads_back(file: Path, tables: tuple[TableMapping, ...], name: str) -> None:
    """Shows that tables come back as they were, whatever their worksheets and headers are called."""
    head = f'[workbook.{toml_key(name)}]\npath = "a.xlsx"\n\n'
    file.write_bytes((head + render_tables(name, tables)).encode())
    assert load_config(file, ENGLISH).workbooks[name].tables == tables


@given(
    parts=st.tuples(BEFORE, GAP, GAP, AFTER), old=TABLES.filter(bool), new=TABLES.filter(bool),
    crlf=st.booleans(), mark=st.booleans(),
)  # fmt: skip
def test_former_tables_give_way_and_all_else_stays(
    parts: tuple[str, str, str, str],
    old: tuple[TableMapping, ...],
    new: tuple[TableMapping, ...],
    crlf: bool,
    mark: bool,
) -> None:
    """Shows that before and behind the tables every byte is kept: remarks, blank lines, line ends, order."""
    head, gap, behind, after = parts

    def text(tables: tuple[TableMapping, ...]) -> str:
        own = f'{head}[workbook.a]\npath = "a.xlsx"\n{gap}{render_tables("a", tables)}{behind}{after}'
        return (BYTE_ORDER_MARK if mark else "") + (own.replace("\n", "\r\n") if crlf else own)

    assert with_tables(text(old), "a", new) == text(new)


@given(
    parts=st.tuples(BEFORE, GAP, AFTER), new=TABLES.filter(bool), crlf=st.booleans(), mark=st.booleans()
)  # fmt: skip
def test_first_tables_are_put_in_at_one_place(
    parts: tuple[str, str, str], new: tuple[TableMapping, ...], crlf: bool, mark: bool
) -> None:
    """Shows that one run of new lines is all that differs, and that putting the same in again changes nothing."""
    head, gap, after = parts
    own = f'{head}[workbook.a]\npath = "a.xlsx"\n{gap}{after}'
    text = (BYTE_ORDER_MARK if mark else "") + (own.replace("\n", "\r\n") if crlf else own)
    changed = with_tables(text, "a", new)
    block = render_tables("a", new).replace("\n", "\r\n" if crlf else "\n")
    before, found, behind = changed.partition(block)
    assert found
    assert _without_room(before) + _without_room(behind) == _without_room(text.replace(block, ""))
    assert with_tables(changed, "a", new) == changed


def _without_room(text: str) -> str:
    """Give a text without its blank lines and the end of its last line."""
    return "".join(line.rstrip("\r\n") + "\n" for line in text.split("\n") if line.strip())


def test_a_remark_between_two_former_tables_is_kept() -> None:
    """Shows that nothing which somebody wrote between the tables is lost."""
    text = f'[workbook.a]\npath = "a"\n\n{render_tables("a", [ONE])}\n# the second\n{render_tables("a", [TWO])}# end\n'
    assert with_tables(text, "a", [TWO]) == (
        f'[workbook.a]\npath = "a"\n\n{render_tables("a", [TWO])}\n# the second\n# end\n'
    )


def test_a_setting_that_is_switched_off_stays_with_its_workbook() -> None:
    """Shows that new tables come after the settings that can be switched on, and before what the next heading says."""
    text = '[workbook.a]\npath = "a"\n\n# Off.\n#enabled = false\n# The second.\n[workbook.b]\npath = "b"\n'
    told = '[workbook.a]\npath = "a"\n\n# Off.\n#enabled = false\n\n'
    assert with_tables(text, "a", [ONE]) == (
        f'{told}{render_tables("a", [ONE])}\n# The second.\n[workbook.b]\npath = "b"\n'
    )


def test_a_table_written_in_braces_is_replaced_too() -> None:
    """Shows that a former table may stand in any form that TOML has for it."""
    text = '[workbook.a]\ntable = [\n  { kind = "okr" },\n]\npath = "a"\n'
    assert with_tables(text, "a", [ONE]) == f'[workbook.a]\npath = "a"\n\n{render_tables("a", [ONE])}'


def test_the_example_and_the_starter_take_tables(load: Load) -> None:
    """Shows both files that we hand out, with tables put in: all else in them still says the same."""
    starter = render_config(Answers("minh-long", "a.xlsx"), ENGLISH)
    for text in (EXAMPLE.read_text(encoding="utf-8"), starter):
        changed = with_tables(text, "minh-long", [ONE, TWO])
        assert load(changed).workbooks["minh-long"].tables == (ONE, TWO)
        assert changed.replace(f"\n{render_tables('minh-long', [ONE, TWO])}", "") == text


def test_a_further_workbook_comes_last(load: Load) -> None:
    """Shows a workbook that the file did not name, with its place and its tables, behind everything else."""
    text = '[workbook.a]\npath = "a.xlsx"'
    changed = with_workbook(text, "b c", {"path": "x/b.xlsx"}, [ONE])
    assert changed == f'{text}\n\n[workbook."b c"]\npath = "x/b.xlsx"\n\n{render_tables("b c", [ONE])}'
    assert load(changed).workbooks["b c"].tables == (ONE,)


def test_an_empty_file_takes_a_workbook(load: Load) -> None:
    """Shows that a file with nothing in it begins with the workbook."""
    assert load(with_workbook("", "a", {"path": "a.xlsx"}, [ONE])).workbooks["a"].tables == (ONE,)


@pytest.mark.parametrize(
    "text", ['[workbook]\na = { path = "a" }\n', 'workbook = { a = { path = "a" } }\n', '[workbook.b]\npath = "b"\n']
)
def test_what_cannot_be_changed_safely_is_refused(text: str) -> None:
    """Shows that a workbook in one line of braces, and one that is not there, are not written to."""
    with pytest.raises(CannotRewriteError):
        with_tables(text, "a", [ONE])


def test_a_workbook_is_not_added_twice() -> None:
    """Shows that a name that is taken is refused, and so is a file whose workbooks stand in braces."""
    with pytest.raises(CannotRewriteError):
        with_workbook('[workbook.a]\npath = "a"\n', "a", {"path": "b"}, [ONE])
    with pytest.raises(CannotRewriteError):
        with_workbook('workbook = { a = { path = "a" } }\n', "b", {"path": "b"}, [ONE])


def test_a_turned_table_is_written_with_rows() -> None:
    """Shows the text of a transposed table, and that a long list has a line for each of its columns."""
    table = TableMapping(("S",), "okr", TURNED, (3,), (ColumnMapping("objective", 3), ColumnMapping("target", 5, "x")))
    data = tomllib.loads(render_tables("a", [table]))["workbook"]["a"]["table"][0]
    assert data["columns"] == {"objective": {"row": 3}, "target": {"row": 5, "header": "x"}}
    many = ONE._replace(columns=tuple(ColumnMapping("key_result", place, f"KR{place}") for place in range(2, 7)))
    assert '\n    { column = "B", header = "KR2" },\n' in render_tables("a", [many])
