"""Workbooks of one company through the command line: links between them, numbers, the tree, and what is missing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from openpyxl import load_workbook

from sheetsync.cli.check import command as check
from sheetsync.cli.wiring import acquainted, select
from sheetsync.fleet import Errand, run_all
from tests.books import TODAY
from tests.cli.conftest import DAY, PROJECT, Caller
from tests.cli.firms import COMPANY, FIRM, PLANT, SALES, VIETNAMESE_FIRM, firm, goal, result, write
from tests.cli.terminal import at_terminal
from tests.cli.test_startup import loaded
from tests.making import DOCS

COUNTING = "viindoo@1"


def test_links_between_workbooks_are_no_error(call: Caller, here: Path) -> None:
    """Shows that ids with and without a workbook's name are found, and that a goal without a link is told."""
    firm(here)
    done = call("check", *DAY)
    assert done.code == 0
    assert [line.split(": ")[2] for line in done.out.splitlines()] == ["warning PR405"]
    assert done.out.startswith("plant.xlsx: OKR!C5: ")


def test_one_workbook_of_a_company_says_what_it_did_not_look_at(call: Caller, here: Path) -> None:
    """Shows a hint instead of an error where a call names one workbook whose links lead into others."""
    firm(here)
    done = call("check", "sales.xlsx", *DAY)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("sales.xlsx: OKR!C2: hint LI322: “company:O-1” may stand in company")


@pytest.mark.parametrize(
    ("link", "code"),
    [("company:O-9", "LI320"), ("compnay:O-1", "LI321"), ("KR-9", "LI301"), ("plant:P-1; KR-4", "LI323")],
)
def test_broken_links_are_told_apart(call: Caller, here: Path, link: str, code: str) -> None:
    """Shows an id that the other workbook lacks, an unknown workbook, an id that none has, and one that two have."""
    rows = (goal("O-1", "team", link, "Win the north", "Minh"), *SALES[1:3])
    firm(here, {**FIRM, "sales": rows, "plant": PLANT})
    done = call("check", "--only", "sales", "--only", "company", "--only", "plant", *DAY)
    assert [line.split(": ")[2] for line in done.out.splitlines() if line.startswith("sales")] == [f"error {code}"]
    assert done.code == 1


def test_without_a_company_workbooks_stay_apart(call: Caller, here: Path) -> None:
    """Shows that workbooks of different companies know nothing of each other, whatever their Settings sheets say."""
    firm(here, sales="An Phú")
    done = call("check", *DAY)
    assert "sales.xlsx: OKR!C2: error LI301: Aligned to “company:O-1”" in done.out


def test_workbooks_that_no_configuration_knows_go_by_their_settings(call: Caller, here: Path) -> None:
    """Shows two files of a call with the same company in Settings, and one of another company left out."""
    write(here / "company.xlsx", COMPANY)
    write(here / "sales.xlsx", SALES, company="minh long  FOOD")
    write(here / "plant.xlsx", PLANT, company="An Phú")
    done = call("check", "company.xlsx", "sales.xlsx", "plant.xlsx", *DAY)
    assert [line.split(": ")[:3] for line in done.out.splitlines()] == [["plant.xlsx", "OKR!C2", "error LI301"]]


def test_files_of_the_same_name_are_told_apart_by_their_folders(call: Caller, here: Path) -> None:
    """Shows that two files called okr.xlsx are okr and sales/okr in their company's tree."""
    for folder, rows in (("top", COMPANY), ("sales", SALES)):
        (here / folder).mkdir()
        write(here / folder / "okr.xlsx", [(*row[:2], row[2] and "okr:O-1", *row[3:]) for row in rows])
    done = call("check", "--tree", "top/okr.xlsx", "sales/okr.xlsx", *DAY)
    assert "Goals of Minh Long Food, from the top down (okr, sales/okr)" in done.out
    assert "├─ ■ sales/okr:O-1 Win the north" in done.out


TREE = """Goals of Minh Long Food, from the top down (company, sales, plant)
▲ company:O-1 Grow and stay healthy  45%, At risk, Lan
└─ ■ sales:O-1 Win the north  25%, Off track, Minh, counts 33% there
   └─ ● sales:S-2 Learn to sell abroad  57%, On track, Hoa, supports
      └─ ● plant:P-1 Make what the world wants  55%, On track, Tuấn, counts 33% there
● company:O-2 Be loved by our people  53%, On track, Mai
Aligned to no goal of the company:
● plant:P-2 Tidy up the store  58%, On track, Tuấn
"""
VIETNAMESE_TREE = """Cây mục tiêu của Minh Long Food, từ trên xuống (cong-ty, kinh-doanh, nha-may)
● cong-ty:O-1 Tăng trưởng lành mạnh  55%, Đúng tiến độ, Lan
└─ ■ kinh-doanh:O-1 Chiếm lĩnh miền Bắc  25%, Nguy cơ không đạt, Minh, đóng góp
   └─ ● kinh-doanh:S-2 Biết cách bán hàng ra nước ngoài  58%, Đúng tiến độ, Hoa, hỗ trợ
      └─ ● nha-may:P-1 Làm ra hàng đạt chuẩn xuất khẩu  55%, Đúng tiến độ, Tuấn, đóng góp
● cong-ty:O-2 Nơi nhân viên muốn gắn bó  53%, Đúng tiến độ, Mai
Không gắn với mục tiêu nào của công ty:
● nha-may:P-2 Kho bãi gọn gàng  58%, Đúng tiến độ, Tuấn
Theo default@1, mục tiêu đóng góp không được tính vào mục tiêu bên trên.
"""


def test_the_tree_of_a_company(call: Caller, here: Path) -> None:
    """Shows the goals of three workbooks as one tree, with the share of what counts, after the findings."""
    firm(here, profile=COUNTING)
    findings, tree = call("check", "--tree", *DAY).out.split("\n\n")
    assert "PR405" in findings
    assert tree == TREE


def test_the_tree_in_vietnamese(call: Caller, here: Path) -> None:
    """Shows the same company by default@1, in Vietnamese."""
    firm(here, VIETNAMESE_FIRM)
    assert call("--lang", "vi", "check", "--tree", *DAY).out.split("\n\n")[1] == VIETNAMESE_TREE


@pytest.mark.parametrize(("page", "tree"), [("alignment.md", TREE), ("alignment.vi.md", VIETNAMESE_TREE)])
def test_the_manual_shows_a_tree_as_it_is_printed(page: str, tree: str) -> None:
    """Shows that the page about alignment has the very lines of the company above, in its language."""
    assert f"```\n{tree}```\n" in (DOCS / page).read_text(encoding="utf-8")


def test_a_narrow_terminal_shortens_titles_and_nothing_else(here: Path) -> None:
    """Shows at 64 columns the statuses in colour, and a long title cut with an ellipsis before what matters."""
    firm(here, profile=COUNTING)
    screen = at_terminal(here, "check", "--tree", *DAY, columns=64).screen
    plain = re.sub(r"\x1b\[[0-9;]*m", "", screen).replace("\r", "")
    lines = plain[plain.index("▲ company:O-1") :].splitlines()
    assert lines[3] == "      └─ ● plant:P-1 Make what the world…  55%, On track, Tuấn, counts 33% there"
    assert lines[1] == TREE.splitlines()[2]
    assert "\x1b[33m" in screen


def test_the_tree_as_json(call: Caller, here: Path) -> None:
    """Shows each goal once, with the names of those above and below it."""
    firm(here, profile=COUNTING)
    (tree,) = json.loads(call("check", "--tree", "--json", *DAY).out)["trees"]
    goals = {one["name"]: one for one in tree["goals"]}
    assert (tree["company"], tree["tops"], tree["orphans"]) == (
        "Minh Long Food",
        ["company:O-1", "company:O-2"],
        ["plant:P-2"],
    )
    assert goals["company:O-1"]["below"] == ["sales:O-1"]
    (above,) = goals["sales:O-1"]["above"]
    assert above == {"name": "company:O-1", "contributes": True, "share": pytest.approx(1 / 3), "through": None}
    assert goals["plant:P-1"]["cell"] == "OKR!E2"


def test_a_tree_has_no_csv(call: Caller, here: Path) -> None:
    """Shows a usage error where a tree and a CSV are asked for at once."""
    firm(here)
    assert call("check", "--tree", "--format", "csv", *DAY).code == 2


def test_explain_shows_where_a_goal_stands_and_what_counts_in_it(call: Caller, here: Path) -> None:
    """Shows the part of another workbook among the parts, and the tree around the goal alone."""
    firm(here, profile=COUNTING)
    done = call("explain", "company:O-1", *DAY)
    assert done.code == 0
    assert "  sales:O-1 Win the north: 25%, weight 33%, Off track\n" in done.out
    assert done.out.endswith("\n\n" + "\n".join(TREE.splitlines()[:5]) + "\n")
    assert "company:O-2" not in done.out


def test_explain_knows_other_workbooks_ids(call: Caller, here: Path) -> None:
    """Shows sales:O-1 explained alone, an id of one workbook without its name, and an id that is not there."""
    firm(here)
    forms = json.loads(call("explain", "sales:O-1", "--json", *DAY).out)["explanations"]
    assert [(one["workbook"], one["key"]) for one in forms] == [("sales", "O-1")]
    assert [goal["name"] for goal in forms[0]["tree"]["goals"]] == [
        "company:O-1",
        "sales:O-1",
        "sales:S-2",
        "plant:P-1",
    ]
    assert call("explain", "P-2", *DAY).out.startswith("P-2: Tidy up the store")
    assert call("explain", "sales:P-2", *DAY).code == 2


def written(path: Path) -> dict[object, object]:
    """Give what stands in the column Progress, by the id of the row."""
    rows = list(load_workbook(path)["OKR"].iter_rows(values_only=True))
    return {row[0]: row[rows[0].index("Progress")] for row in rows[1:]}


def test_sync_counts_goals_of_other_workbooks_and_a_second_run_writes_nothing(call: Caller, here: Path) -> None:
    """Shows the company's progress with the team's part in it, whichever workbooks a call names."""
    firm(here, profile=COUNTING)
    assert call("sync", "--only", "company", *DAY) == (0, "", "")
    assert written(here / "company.xlsx")["O-1"] == 0.45
    assert call("sync", *DAY) == (0, "", "")
    again = json.loads(call("sync", "--json", *DAY).out)["workbooks"]
    assert [one["written"] for one in again] == [None, None, None]


def test_a_plan_shows_what_a_sync_writes(call: Caller, here: Path) -> None:
    """Shows that plan and sync count the same goals."""
    firm(here, profile=COUNTING)
    (planned,) = json.loads(call("plan", "--only", "company", "--json", *DAY).out)["workbooks"]
    call("sync", *DAY)
    header = next(one["header"] for one in planned["columns"] if one["concept"] == "progress")
    assert {one["cell"]: one["after"] for one in planned["cells"]}[f"{header[:-1]}2"] == 0.45


def test_a_workbook_that_cannot_be_read_is_missed_aloud(call: Caller, here: Path) -> None:
    """Shows the company scored without the team's part, an error that says so, exit 3, and all well once it is back."""
    firm(here, profile=COUNTING)
    (here / "sales.xlsx").rename(here / "away.xlsx")
    done = call("sync", *DAY)
    assert done.code == 3
    assert written(here / "company.xlsx")["O-1"] == 0.55
    assert "company.xlsx: The workbook “sales” could not be read." in done.err
    assert "LI324" in call("check", "--only", "company", *DAY).out
    (here / "away.xlsx").rename(here / "sales.xlsx")
    assert call("sync", *DAY).code == 0
    assert written(here / "company.xlsx")["O-1"] == 0.45


def test_a_broken_workbook_is_no_matter_where_nothing_counts(call: Caller, here: Path) -> None:
    """Shows that by default@1 the company's own sync is complete without its team's workbook."""
    firm(here)
    (here / "sales.xlsx").write_bytes(b"no workbook")
    assert call("sync", "--only", "company", *DAY) == (0, "", "")


def test_a_loop_through_three_workbooks_is_told_in_each(call: Caller, here: Path) -> None:
    """Shows one error in each workbook, with the whole way around, and no number that comes of it."""
    books = {
        "company": (goal("O-1", None, "plant:O-1", "Grow", "Lan", "contributes"), result("KR-1", "Orders", 60)),
        "sales": (goal("O-1", None, "company:O-1", "Sell", "Minh", "contributes"), result("KR-1", "Shops", 20)),
        "plant": (goal("O-1", None, "sales:O-1", "Make", "Tuấn", "contributes"), result("KR-1", "Lots", 50)),
    }
    firm(here, books, profile=COUNTING)
    done = call("check", *DAY)
    loops = [line for line in done.out.splitlines() if "LI302" in line]
    assert len(loops) == 3
    assert "company:O-1 → plant:O-1 → sales:O-1 → company:O-1" in loops[0]
    assert call("sync", *DAY).code == 0
    assert written(here / "company.xlsx")["O-1"] == 0.6


def test_a_bug_with_one_company_leaves_the_others_alone(here: Path) -> None:
    """Shows that what breaks while workbooks are scored together fails each of them, as a bug, and no other one."""
    firm(here, {**FIRM, "other": COMPANY}, profile=COUNTING, other="An Phú")
    context = click.Context(check, obj={})
    selected = select(context, (), (), None, TODAY)

    def broken(errand: Errand) -> Errand:
        wrong = errand.job.profile_of(COUNTING)._replace(grades=None)  # type: ignore[arg-type]
        return errand._replace(job=errand.job._replace(profile_of=lambda _: wrong))

    selected = [*(one._replace(errand=broken(one.errand)) for one in selected[:3]), selected[3]]
    known = acquainted(selected, TODAY, keep=True)
    done = list(run_all([one.errand for one in known], dry_run=True).results())
    assert ["TypeError" in (one.bug or "") for one in done] == [True, True, True, False]
    assert done[3].outcome is not None


def test_two_clients_with_files_of_the_same_name_keep_their_names(call: Caller, here: Path) -> None:
    """Shows that a file's name in the tree of its company does not hang on another company's files."""
    for client in ("An Phú", "Minh Long"):
        (here / client).mkdir()
        write(here / client / "okr.xlsx", COMPANY, company=client)
        write(here / client / "sales.xlsx", SALES[:3], company=client)
    paths = [f"{client}/{name}.xlsx" for client in ("An Phú", "Minh Long") for name in ("okr", "sales")]
    heads = [line for line in call("check", "--tree", *paths, *DAY).out.splitlines() if line.startswith("Goals of")]
    assert heads == [f"Goals of {one}, from the top down (okr, sales)" for one in ("An Phú", "Minh Long")]


def test_a_single_workbook_loads_nothing_of_all_this(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that the nightly run of one workbook, though it names its company, imports none of this."""
    firm(here, {"company": COMPANY})
    monkeypatch.setenv("PYTHONPATH", str(PROJECT))
    modules = loaded(
        "import sys; sys.argv = ['sheetsync', 'sync']; from sheetsync.cli import run; assert run(['sync']) == 0"
    )
    assert "sheetsync.fleet" in modules
    assert not {"sheetsync.cli.company", "sheetsync.cli.tree"} & modules
    assert not any(name.startswith("sheetsync.scoring.company") for name in modules)


def test_a_cycle_is_closed_with_what_other_workbooks_contributed(call: Caller, here: Path) -> None:
    """Shows that the final grade of the company's objective has the team's part in it, as every night before."""
    firm(here, profile=COUNTING)
    day = ("--today", "2027-01-02")
    closed = json.loads(call("cycle", "close", "--only", "company", "--dry-run", "--json", *day).out)
    nightly = json.loads(call("check", "--only", "company", "--json", *day).out)
    known = {one["key"]: one["score"] for one in nightly["workbooks"][0]["scores"]}
    assert known["O-1"] == pytest.approx((0.6 + 0.5 + 0.25) / 3)
    assert f'"score": {known["O-1"]}' in json.dumps(closed)


CSV = (
    "ID,Level,Aligned to,Link,Objective,Key result,Owner,Baseline,Target,Current,Check-in,Unit\n"
    "C-1,team,O-1,contributes,Sell by e-mail,,Hà,,,,,\n"
    "CK-1,,,,,More letters,Hà,0,100,15,2026-11-21,letters\n"
)


def test_a_text_file_is_a_workbook_of_the_company_too(call: Caller, here: Path) -> None:
    """Shows a goal in a CSV file, which has no Settings sheet, below one in Excel, and its part in the number there."""
    config = firm(here, {"company": COMPANY}, profile=COUNTING)
    (here / "mail.csv").write_text(CSV, encoding="utf-8")
    more = '[workbook.mail]\npath = "mail.csv"\ncycle = "Q4/2026"\ncompany = " minh long food"\n'
    config.write_text(f"{config.read_text(encoding='utf-8')}\n{more}", encoding="utf-8")
    tree = call("check", "--tree", *DAY).out.split("\n\n")[-1]
    assert "└─ ■ mail:C-1 Sell by e-mail  15%, Off track, Hà, counts 33% there\n" in tree
