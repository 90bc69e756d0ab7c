"""What remains of a spreadsheet after scrubbing: its form, and nothing of its owner's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.google.formula_texts import functions, scrubbed_format, scrubbed_formula, scrubbed_range
from sheetsync.backends.google.pseudonyms import Pseudonyms
from sheetsync.backends.google.scrubbing import pseudonyms_for, scrubbed

SECRET = b"a secret of the tests"
WORDS = st.one_of(
    st.text(st.characters(categories=["L"]), min_size=4, max_size=12),
    st.sampled_from(
        ["lương", "Nguyễn", "Objective", "Doanh thu", "KR-12 Tăng trưởng", "BÍ MẬT", "secret", "Công ty Minh"]
    ),
)
TEXTS = st.one_of(
    st.text(max_size=20),
    st.lists(WORDS, min_size=1, max_size=4).map(" ".join),
    st.builds("{}@{}.vn".format, WORDS, WORDS),
    st.builds("https://docs.google.com/spreadsheets/d/{}/edit#gid={}".format, WORDS, st.integers(0, 10**9)),
    st.builds("{} ({}: https://{}.vn/{})".format, WORDS, WORDS, WORDS, WORDS),
)
FORMULAS = st.builds(
    "=IF(B2>1500000,\"{}\",VLOOKUP(A2,'{}'!A:C,2,FALSE))+{}*{}(1)".format,
    TEXTS.map(lambda text: text.replace('"', '""')),
    TEXTS.map(lambda text: text.replace("'", "''")),
    WORDS,
    WORDS,
)
VALUES = st.one_of(
    TEXTS.map(lambda text: {"stringValue": text}),
    st.floats(allow_nan=False, allow_infinity=False).map(lambda number: {"numberValue": number}),
    st.booleans().map(lambda truth: {"boolValue": truth}),
    FORMULAS.map(lambda formula: {"formulaValue": formula}),
    TEXTS.map(lambda text: {"errorValue": {"type": "N_A", "message": text}}),
)
FORMATS = st.builds(
    lambda kind, word: {"numberFormat": {"type": kind, "pattern": f'#,##0.00 "{word}" [Red]'}},
    st.sampled_from(["NUMBER", "DATE", "PERCENT"]),
    WORDS.map(lambda word: word.replace('"', "")),
)
CELLS = st.fixed_dictionaries(
    {"userEnteredValue": VALUES}, optional={"effectiveValue": VALUES, "effectiveFormat": FORMATS, "note": TEXTS}
)
PROPERTIES = st.fixed_dictionaries({"title": TEXTS, "locale": st.just("vi_VN"), "timeZone": st.just("Etc/GMT+7")})
EDITORS = st.fixed_dictionaries({"users": st.lists(TEXTS, max_size=2)})
SHEETS = st.fixed_dictionaries(
    {
        "properties": st.fixed_dictionaries({"title": TEXTS, "sheetType": st.just("GRID")}),
        "protectedRanges": st.lists(st.fixed_dictionaries({"description": TEXTS, "editors": EDITORS}), max_size=1),
        "data": st.lists(CELLS, max_size=4).map(lambda cells: [{"rowData": [{"values": cells}]}]),
    }
)
SPREADSHEETS = st.fixed_dictionaries(
    {
        "spreadsheetId": st.text("abcdefghijklmnopqrstuvwxyz0123456789-_", min_size=20, max_size=44),
        "properties": PROPERTIES,
        "namedRanges": st.lists(st.fixed_dictionaries({"namedRangeId": WORDS, "name": WORDS}), max_size=2),
        "anythingNew": TEXTS,
        "sheets": st.lists(SHEETS, max_size=2),
    }
)
KEPT = {"vlookup", "false", "https", "example"}
"""Words that every scrubbed formula or link may hold."""


def leaves(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Give every text with the name of its field."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from leaves(part, key)
    elif isinstance(value, list):
        for part in value:
            yield from leaves(part, field)


def words(text: str) -> set[str]:
    """Give the runs of four and more letters in a text, without regard to case."""
    return {run for run in "".join(sign if sign.isalpha() else " " for sign in text.casefold()).split() if len(run) > 3}


@given(SPREADSHEETS)
def test_no_text_survives(answer: dict[str, Any]) -> None:
    """Shows that no four letters in a row of any text, title, name, address, link, note or formula's text remain."""
    settings = {"locale", "timeZone", "sheetType", "type"}
    known = {word for name in functions() for word in words(name)} | KEPT
    originals = {word for field, text in leaves(answer) if field not in settings for word in words(text)} - known
    remains = [text for field, text in leaves(scrubbed(answer, pseudonyms_for([answer]))) if field not in settings]
    told = re.sub(r"[a-z]+://|\.example|vlookup|red\]", " ", "\n".join(remains).casefold())
    assert [word for word in originals if word in told] == []


@given(SPREADSHEETS)
def test_the_form_stays(answer: dict[str, Any]) -> None:
    """Shows that the scrubbed answer has the same fields in the same places, with values of the same kinds."""

    def form(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: form(part) for key, part in value.items()}
        return [form(part) for part in value] if isinstance(value, list) else type(value)

    assert form(scrubbed(answer, pseudonyms_for([answer], SECRET))) == form(answer)


@given(TEXTS)
def test_a_pseudonym_is_of_the_same_kind(text: str) -> None:
    """Shows that a text without links keeps its length, its case, its punctuation and where its digits stand."""
    made = Pseudonyms([text], SECRET).text(text)
    if "://" in text or "@" in text or max(map(len, words(text)), default=0) > 40:
        return
    assert len(made) == len(text)
    for old, new in zip(text, made, strict=True):
        assert (old.isdecimal(), old.isspace()) == (new.isdecimal(), new.isspace())
        assert not old.isascii() or not old.isalpha() or (old.isupper(), True) == (new.isupper(), new.isascii())
        assert old.isalnum() or not old.isascii() or new == old


@given(st.one_of(st.integers(-(10**15), 10**15), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_number_gets_other_digits(value: float) -> None:
    """Shows that a number keeps sign, kind and size class, and is never itself unless it is 0."""
    made = Pseudonyms(secret=SECRET).number(value)
    assert type(made) is type(value)
    assert (made < 0, made == 0) == (value < 0, value == 0)
    assert made != value or value == 0
    if isinstance(value, int):
        assert len(str(made)) == len(str(value))


def test_equal_texts_stay_equal_only_within_one_recording() -> None:
    """Shows that a key matches its look-up after scrubbing, and that two recordings have nothing in common."""
    one, other = Pseudonyms(), Pseudonyms()
    assert one.text("Nguyễn Văn An") == one.text("Nguyễn Văn An")
    assert one.text("Nguyễn Văn An").casefold() == one.text("NGUYỄN VĂN AN").casefold()
    assert one.text("Nguyễn Văn An") != other.text("Nguyễn Văn An")


def test_formulas_keep_functions_and_references() -> None:
    """Shows what stays of a formula, and that its texts, sheets and names are those that stand elsewhere."""
    names = Pseudonyms(secret=SECRET)
    made = scrubbed_formula(
        "=IF($B$2>=Lương!C$3;\"Đạt\";VLOOKUP(A2;'Bảng lương'!A:C;2;FALSE))*1500000+#N/A+he_so", names
    )
    sheet, other, said, name = (names.text(text) for text in ("Lương", "Bảng lương", "Đạt", "he_so"))
    figure = int(names.number(1_500_000))
    assert made == f"=IF($B$2>={sheet}!C$3;\"{said}\";VLOOKUP(A2;'{other}'!A:C;2;FALSE))*{figure}+#N/A+{name}"
    assert figure != 1_500_000


@pytest.mark.parametrize("formula", ['="Bí mật', "=BẢNG_LƯƠNG(1)", "=Bảng[Tiền lương]", "='Bí mật!A1", "=Công.ty!B2"])
def test_odd_formulas_give_nothing_away(formula: str) -> None:
    """Shows that broken texts, functions of one's own and the columns of tables are replaced too."""
    assert words(scrubbed_formula(formula, Pseudonyms([formula], SECRET))).isdisjoint(words(formula))


def test_ranges_name_the_scrubbed_worksheet() -> None:
    """Shows that a range points at the worksheet under its pseudonym, also where it is the worksheet's name alone."""
    names = Pseudonyms(secret=SECRET)
    title = names.text("Bảng lương")
    assert scrubbed_range("'Bảng lương'!A1:C5", names) == f"'{title}'!A1:C5"
    assert scrubbed_range("OKR", names) == names.text("OKR") != "OKR"
    assert scrubbed_range("A1:B2", names) == "A1:B2"


def test_sheets_are_named_alike_however_they_are_quoted() -> None:
    """Shows that quotes, exclamation marks and short names of worksheets neither stay nor part a range wrongly."""
    names = Pseudonyms(secret=SECRET)
    bang, quoted, short = (names.text(text) for text in ("Lương! 12", "Lan's plan", "ABC"))
    assert scrubbed_range("'Lương! 12'!A1:C5", names) == f"'{bang}'!A1:C5"
    assert scrubbed_range("'Lan''s plan'!A1", names) == "'" + quoted.replace("'", "''") + "'!A1"
    assert scrubbed_formula("='Lan''s plan'!A1&ABC!A1&\"a\"\"b\"", names) == (
        "='" + quoted.replace("'", "''") + f"'!A1&{short}!A1&\"" + names.text('a"b').replace('"', '""') + '"'
    )
    assert scrubbed_range("'", names) == names.text("'")


@pytest.mark.parametrize("figure", ["1234", "12.75", "98765", "1.234"])
def test_a_figure_of_four_digits_is_somebodys(figure: str) -> None:
    """Shows the bound: three digits are an argument, four are a figure, wherever its point stands."""
    made = scrubbed_formula(f"=A1*{figure}+123+1.25", Pseudonyms(secret=SECRET))
    assert made.startswith("=A1*")
    assert figure not in made
    assert made.endswith("+123+1.25")
    assert ("." in made.split("+")[0]) == ("." in figure)


def test_number_formats_lose_their_words() -> None:
    """Shows that the places, colours and conditions of a number format stay, and a unit in it goes."""
    names = Pseudonyms(secret=SECRET)
    made = scrubbed_format('[Red][>=100]#,##0 "triệu";[$₫-42A] dd/mm/yyyy General thùng', names)
    assert made == f'[Red][>=100]#,##0 "{names.text("triệu")}";[$₫-42A] dd/mm/yyyy General {names.text("thùng")}'
    symbols = scrubbed_format("[$USD-409]0[$Minh-42A]0[$Lan]0[Bí mật]", names)
    assert symbols == f"[$USD-409]0[${names.text('Minh')}-42A]0[$Lan]0{names.text('[Bí mật]')}"


def test_dates_are_all_shifted_alike() -> None:
    """Shows that the days between two dates stay what they were, also where another answer leaves their format out."""
    form = {"numberFormat": {"type": "DATE", "pattern": "dd/mm/yyyy"}}
    shown = [{"effectiveValue": {"numberValue": day}, "effectiveFormat": form} for day in (46000, 46012)]
    bare = {"userEnteredValue": {"numberValue": 46012}}
    names = pseudonyms_for([shown, bare])
    first, second = (one["effectiveValue"]["numberValue"] for one in scrubbed(shown, names))
    assert second - first == 12
    assert first >= 46400
    assert scrubbed(bare, names) == {"userEnteredValue": {"numberValue": second}}


def test_what_the_api_says_of_itself_stays() -> None:
    """Shows that locale, time zone, kinds, masks, our own marks and switches are kept as they are."""
    answer = {
        "properties": {"locale": "vi_VN", "timeZone": "Asia/Ho_Chi_Minh"},
        "namedRanges": [
            {"name": "_ss_okr_weighted_score", "range": {"startRowIndex": 4, "endRowIndex": 5}},
            {"name": "_ss_okr_score__2"},
        ],
        "developerMetadata": [{"metadataKey": "sheetsync.template", "visibility": "DOCUMENT"}],
        "sheets": [{"properties": {"sheetType": "GRID", "sheetId": 0, "hidden": True}}],
        "fields": "properties(title),sheets.data(rowData)",
    }
    assert scrubbed(answer, Pseudonyms()) == answer
