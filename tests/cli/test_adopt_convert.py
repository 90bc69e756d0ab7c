"""``adopt --to``: a new workbook in the form of our templates, of any that can be read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter

from sheetsync import gallery
from sheetsync.backends.excel import ExcelBackend
from sheetsync.cli.adopt_convert import convert
from sheetsync.cli.shipped import vocabulary
from sheetsync.cli.speech import phrases
from sheetsync.model import Goals, KeyResult, Kpi, Objective
from sheetsync.reading.adopted.proposal import proposed
from sheetsync.reading.understanding import understand
from sheetsync.results import Severity
from sheetsync.sync import Evaluation, evaluate
from sheetsync.workbook import Workbook, Worksheet
from tests.backends.files.old_books import old_book
from tests.backends.files.open_books import plain_book
from tests.books import TODAY, job
from tests.cli.conftest import DAY, Caller
from tests.cli.spreadsheets import firm
from tests.reading.understanding.wild import FAMILIES

if TYPE_CHECKING:
    from tests.sheets_server.server import SheetsServer

ROWS: Sequence[Sequence[Any]] = [
    ["BẢNG KPI PHÒNG KINH DOANH QUÝ 4/2026"],
    [],
    ["STT", "Chỉ tiêu", "ĐVT", "Kế hoạch", "Thực hiện", "Trọng số", "Người phụ trách", "Link Trello"],
    [1, "Doanh thu thuần", "triệu đồng", 1200.5, 950.5, 60, "Trần Thị Bình", "A7"],
    [2, "Số khách hàng mới", "khách", 40, "khoảng chục", 40, "Lê Hoàng Nam", None],
    [None, "Tổng cộng", None, None, None, 100, None, None],
]


def text() -> bytes:
    """Give the rows as text with decimal commas."""
    lines = (";".join("" if value is None else str(value).replace(".", ",") for value in row) for row in ROWS)
    return "\r\n".join(lines).encode()


SOURCES: dict[str, Callable[[], bytes]] = {
    "kpi.csv": text,
    "kpi.xls": lambda: old_book(ROWS),
    "kpi.ods": lambda: plain_book(ROWS),
}


def written(path: Path) -> dict[str, list[list[object]]]:
    """Give what stands in every worksheet of a workbook."""
    return {sheet.name: [list(row) for row in sheet.rows] for sheet in ExcelBackend(path).read().sheets}


def table(sheets: dict[str, list[list[object]]], name: str) -> list[dict[str, object]]:
    """Give the rows below the header of a worksheet, by header; blank cells are left out."""
    rows = sheets[name]
    start = next(place for place, row in enumerate(rows) if len([value for value in row if value]) > 4)
    heads = [str(value) for value in rows[start]]
    return [
        {head: value for head, value in zip(heads, row, strict=False) if value not in (None, "")}
        for row in rows[start + 1 :]
    ]


@pytest.mark.parametrize("name", SOURCES)
def test_every_kind_of_file_becomes_a_workbook(call: Caller, here: Path, name: str) -> None:
    """Shows ids given, numbers as numbers, an unreadable value as it stood, and the exit code of its findings."""
    (here / name).write_bytes(SOURCES[name]())
    done = call("--lang", "vi", "adopt", name, "--to", "moi.xlsx", "--no-input", *DAY)
    assert done.code == 1  # one value cannot be read, in the source as in the new workbook
    assert "Đã ghi: moi.xlsx, tạo từ " in done.err
    assert not (here / "sheetsync.toml").exists()
    first, second = table(written(here / "moi.xlsx"), "KPI")[:2]
    assert first == {
        "Mã": "KPI-1",
        "Tên KPI": "Doanh thu thuần",
        "Người phụ trách": "Trần Thị Bình",
        "Đơn vị tính": "triệu đồng",
        "Trọng số": 60,
        "Chỉ tiêu": 1200.5,
        "Thực hiện": 950.5,
    }
    assert (second["Mã"], second["Chỉ tiêu"], second["Thực hiện"]) == ("KPI-2", 40, "khoảng chục")


@pytest.mark.parametrize("name", SOURCES)
def test_what_has_no_place_is_kept_with_where_it_stood(call: Caller, here: Path, name: str) -> None:
    """Shows titles, unknown columns and totals on a page of their own, and mere numbers of rows left out."""
    (here / name).write_bytes(SOURCES[name]())
    call("--lang", "vi", "adopt", name, "--to", "moi.xlsx", "--no-input", *DAY)
    head, *rows = written(here / "moi.xlsx")["Nguồn"]
    assert head == ["Ở trang", "Tại ô", "Thuộc dòng", "Dưới cột", "Nội dung"]
    told = {str(row[1]): row[2:] for row in rows}
    assert told["A1"] == ["", "", "BẢNG KPI PHÒNG KINH DOANH QUÝ 4/2026"]
    assert told["H4"] == ["KPI-1", "Link Trello", "A7"]
    assert [str(value) for value in told["F6"][2:]] in (["100"], ["100.0"])
    assert "A4" not in told


def test_the_new_workbook_is_checked_and_synced(call: Caller, here: Path) -> None:
    """Shows that the usual commands take the new workbook without any configuration, and the source stays as it was."""
    (here / "kpi.csv").write_bytes(text())
    call("adopt", "kpi.csv", "--to", "new.xlsx", "--no-input", *DAY)
    before, after = (
        json.loads(call("check", name, "--json", *DAY).out)["workbooks"][0] for name in ("kpi.csv", "new.xlsx")
    )
    assert [one["score"] for one in after["scores"]] == [one["score"] for one in before["scores"]]
    assert call("sync", "new.xlsx", *DAY).code == 0
    assert table(written(here / "new.xlsx"), "KPI")[0]["Tỷ lệ hoàn thành"] == pytest.approx(950.5 / 1200.5, abs=0.005)
    assert (here / "kpi.csv").read_bytes() == text()


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("target", ["there.xlsx", "new.csv", "kpi.ods", "."])
def test_a_target_that_cannot_be_is_refused(call: Caller, here: Path, language: str, target: str) -> None:
    """Shows that an existing file, another ending, and the source itself end with 2, and nothing is touched."""
    (here / "kpi.ods").write_bytes(plain_book(ROWS))
    (here / "there.xlsx").write_bytes(b"mine")
    done = call("--lang", language, "adopt", "kpi.ods", "--to", target, "--no-input")
    assert (done.code, done.out) == (2, "")
    assert target in done.err
    assert (here / "there.xlsx").read_bytes() == b"mine"
    assert len(list(here.iterdir())) == 2


def test_force_overwrites_but_never_the_source(call: Caller, here: Path) -> None:
    """Shows that --force replaces a file that is there, and refuses the workbook that is read."""
    (here / "kpi.csv").write_bytes(text())
    (here / "new.xlsx").write_bytes(b"mine")
    assert call("adopt", "kpi.csv", "--to", "new.xlsx", "--force", "--no-input", *DAY).code == 1
    made = (here / "new.xlsx").read_bytes()
    assert made.startswith(b"PK")
    assert call("adopt", "new.xlsx", "--to", "./new.xlsx", "--force", "--no-input", *DAY).code == 2
    assert (here / "new.xlsx").read_bytes() == made


def test_a_folder_that_is_not_there_is_told(call: Caller, here: Path) -> None:
    """Shows that the failure to write names the folder."""
    (here / "kpi.csv").write_bytes(text())
    done = call("adopt", "kpi.csv", "--to", "missing/new.xlsx", "--no-input", *DAY)
    assert done.code == 2
    assert "missing" in done.err


@pytest.mark.usefixtures("signed_in")
def test_a_spreadsheet_becomes_a_file(call: Caller, here: Path, sheets_server: SheetsServer) -> None:
    """Shows that a Google spreadsheet is turned into a workbook with its settings."""
    spreadsheet = sheets_server.add(firm())
    address = f"https://docs.google.com/spreadsheets/d/{spreadsheet.id}/edit"
    done = call("adopt", address, "--to", "new.xlsx", "--no-input", *DAY)
    assert done.code in (0, 1), done.err
    sheets = written(here / "new.xlsx")
    assert [row["ID"] for row in table(sheets, "OKR")] == ["O-1", "KR-1", "KR-2"]
    assert ["Cycle", "Q4/2026"] in [row[:2] for row in sheets["Settings"]]


def source(workbook: Workbook) -> Evaluation | None:
    """Give what is understood of a workbook that was made by other people; None where it holds no goals."""
    understood = understand(workbook, vocabulary())
    if not understood.goals:
        return None
    found = evaluate(workbook, job()._replace(tables=proposed(understood)))
    return found if found.scorecard.scores else None


def scores(found: Evaluation) -> list[tuple[str, float | None, float | None]]:
    """Give title, progress and score of every item, sorted by title."""
    goals: Goals = found.goals
    items: tuple[Objective | KeyResult | Kpi, ...] = (*goals.objectives, *goals.key_results, *goals.kpis)
    told = ((str(item.title.value), found.scorecard.scores.get(item.key)) for item in items)
    rows = [(title, one.progress, one.score) for title, one in told if one is not None]
    return sorted(rows, key=lambda row: (row[0], row[2] is None, row[2] or 0.0, row[1] is None, row[1] or 0.0))


def errors(found: Evaluation) -> Counter[str]:
    """Count the errors by their codes."""
    return Counter(finding.code for finding in found.findings if finding.severity is Severity.ERROR)


def totals(found: Evaluation) -> list[float]:
    """Give the totals of all groups of KPIs, sorted."""
    return sorted(group.weighted_score for group in found.scorecard.groups if group.weighted_score is not None)


def same(before: Evaluation, after: Evaluation) -> None:
    """Demand the same titles, scores and totals, and no error that was not there before."""
    old, new = scores(before), scores(after)
    assert [row[0] for row in new] == [row[0] for row in old]
    for row, again in zip(old, new, strict=True):
        for one, two in zip(row[1:], again[1:], strict=True):
            assert two == (pytest.approx(one, abs=1e-9) if one is not None else None), row
    assert totals(after) == pytest.approx(totals(before), abs=1e-9)
    assert not errors(after) - errors(before)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_scores_the_same_afterwards(tmp_path: Path, family: str, language: str) -> None:
    """Shows that a workbook of any layout has the same goals, scores and totals in the new form, and no new errors."""
    made = 0
    for seed in range(3):
        workbook = FAMILIES[family](Random(seed), language).workbook  # noqa: S311 - made workbooks, no secrets
        before = source(workbook)
        if before is None:
            continue
        made += 1
        path = tmp_path / f"{seed}.xlsx"
        assert convert(workbook, before, job(), str(path)) == 0
        same(before, evaluate(ExcelBackend(path).read(), job()))
    assert made > 0


def book(*sheets: tuple[str, Sequence[Sequence[Any]]]) -> Workbook:
    """Make a workbook in memory."""
    return Workbook(
        "a.xlsx", "a.xlsx", tuple(Worksheet(name, [list(row) for row in rows]) for name, rows in sheets), "1"
    )


MONTHS = [
    [
        "KPI",
        "Chỉ tiêu năm",
        "Cách gộp",
        "T1/2026 KH",
        "T1/2026 TH",
        "T2/2026 KH",
        "T2/2026 TH",
        "T3/2026 KH",
        "T3/2026 TH",
    ],
    ["Doanh thu", 1200, "tổng", 100, 90, 100, 120, 100, 80],
    ["Tỷ lệ đúng hạn", "95%", "trung bình", "95%", "96%", "95%", "91%", None, "97%"],
]
YEARLY = [
    ["KPI", "Kế hoạch năm 2026", "T1/2026", "T2/2026", "T3/2026", "Người phụ trách"],
    ["Doanh thu (tỷ đồng)", 120, 9, 12, 8, "Lan"],
    ["Khách hàng mới", 240, 18, 25, 30, "Bảo"],
]
RANGES = [
    ["Mục tiêu", "Kết quả then chốt", "Giá trị đầu kỳ", "Chỉ tiêu", "Hiện tại", "Hạn", "Ghi chú"],
    ["Tăng trưởng", "Doanh thu từ 35 tỷ lên 68 tỷ", None, "từ 35 tỷ lên 68 tỷ", "50,5 tỷ", "31/12/2026", "xem T4"],
    ["Tăng trưởng", "Tỷ lệ lỗi", "5%", "<= 2,5%", "3%", None, None],
    ["Vận hành", "Thời gian xử lý", "93 ngày", "60 ngày", "70 ngày", None, None],
    ["Vận hành", "Ra mắt kho mới", None, "xong", "chưa", None, None],
]


@pytest.mark.parametrize("rows", [MONTHS, YEARLY, RANGES], ids=["own targets", "target of the year", "forms of values"])
def test_periods_and_forms_of_values_survive(tmp_path: Path, rows: Sequence[Sequence[Any]]) -> None:
    """Shows targets by month, a year's target shared out, ranges, units, percentages and yes or no."""
    workbook = book(("KPI 2026", rows))
    before = source(workbook)
    assert before is not None
    assert any(score.score is not None for score in before.scorecard.scores.values())
    assert convert(workbook, before, job(), str(tmp_path / "new.xlsx")) == 0
    same(before, evaluate(ExcelBackend(tmp_path / "new.xlsx").read(), job()))


def test_tables_of_several_worksheets_stay_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Shows a worksheet for each person, ids that differ over all of them, and what was not taken over named."""
    head = ["Mã", "KPI", "Kế hoạch", "Thực hiện", "Trọng số"]
    sheets: list[tuple[str, Sequence[Sequence[Any]]]] = [
        (name, [head, ["K1", "Doanh thu", 100, value, 1], ["K2", "Khách mới", 10, 4, 3]])
        for name, value in (("Lan", 90), ("Bảo", 50), ("Hà/Nội", 70))
    ]
    workbook = book(*sheets, ("Số liệu thô", [["a", 1], ["b", 2]]))
    before = source(workbook)
    assert before is not None
    assert convert(workbook, before, job(), str(tmp_path / "new.xlsx")) == 0
    after = ExcelBackend(tmp_path / "new.xlsx").read()
    same(before, evaluate(after, job()))
    assert {"Lan", "Bảo", "HàNội"} <= {sheet.name for sheet in after.sheets}
    assert "Số liệu thô" in capsys.readouterr().err


def test_our_own_demo_survives_with_its_log_and_people(tmp_path: Path) -> None:
    """Shows that check-ins, people, settings, agreements between rows and own columns are carried over."""
    gallery.build_demo(tmp_path / "demo.xlsx", phrases("vi"), TODAY)
    workbook = ExcelBackend(tmp_path / "demo.xlsx").read()
    before = source(workbook)
    assert before is not None
    assert convert(workbook, before, job(), str(tmp_path / "new.xlsx")) == 0
    after = evaluate(ExcelBackend(tmp_path / "new.xlsx").read(), job())
    same(before, after)
    for name in ("check_ins", "people"):
        assert len(getattr(after.goals, name)) == len(getattr(before.goals, name)) > 0
    assert after.goals.cycle == before.goals.cycle
    assert [one.status for one in after.scorecard.scores.values()] == [
        one.status for one in before.scorecard.scores.values()
    ]


def test_a_text_without_a_marker_is_never_made_certain(tmp_path: Path) -> None:
    """Shows that 1,250, of which nothing says whether it is a thousand, is not told by the texts of other rows."""
    workbook = book(
        (
            "KPI",
            [
                ["KPI", "Kế hoạch", "Thực hiện"],
                ["Doanh thu", 2000, "1,250"],
                ["Tỷ lệ", "ít nhất 3", 4],
                ["Lỗi", "<= 2", 1],
            ],
        )
    )
    before = source(workbook)
    assert before is not None
    assert errors(before)["RO238"] == 1
    assert convert(workbook, before, job(), str(tmp_path / "new.xlsx")) == 0
    same(before, evaluate(ExcelBackend(tmp_path / "new.xlsx").read(), job()))


def test_every_cell_of_the_source_is_found_again(tmp_path: Path) -> None:
    """Shows that nothing is lost: each text of the source stands somewhere in the new workbook."""
    day = date(2026, 12, 31)
    rows: Sequence[Sequence[Any]] = [
        ["CÔNG TY MINH LONG", None, "Mẫu số 05"],
        ["Mục tiêu", "Kết quả then chốt", "Chỉ tiêu", "Hiện tại", "Hạn", "Màu", "Ý kiến khách"],
        ["Tăng trưởng", "Doanh thu", 100, 40, day, "đỏ", "=HYPERLINK gì đó"],
        ["Tăng trưởng", "Khách mới", 10, "vài người", day, None, "x" * 40_000],
        ["Người lập biểu", None, None, None, "Giám đốc"],
    ]
    workbook = book(("OKR", rows))
    before = source(workbook)
    assert before is not None
    convert(workbook, before, job(), str(tmp_path / "new.xlsx"))
    sheets = written(tmp_path / "new.xlsx")
    found = "\n".join(str(value) for lines in sheets.values() for row in lines for value in row)
    lost = [
        value for row in rows for value in row if isinstance(value, str) and len(value) < 100 and value not in found
    ]
    assert set(lost) <= {"Màu", "Ý kiến khách", *map(str, rows[1][:5])}
    assert sum(str(row[-1]).count("x") for row in sheets["Nguồn"] if str(row[-1]).startswith("xx")) == 40_000


def test_a_workbook_without_goals_makes_no_file(call: Caller, here: Path) -> None:
    """Shows that nothing is written where no goals were found."""
    with xlsxwriter.Workbook(str(here / "list.xlsx")) as made:
        made.add_worksheet().write_row(0, 0, ["Name", "Phone"])
    assert call("adopt", "list.xlsx", "--to", "new.xlsx", "--no-input").code == 1
    assert not (here / "new.xlsx").exists()
