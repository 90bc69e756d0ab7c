"""``sheetsync report``: a page for one workbook, for a part of it, for an earlier day, and for all."""

from __future__ import annotations

import json
import re
import stat
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from sheetsync.cli.files import file_stem
from sheetsync.cli.night_files import page_address
from sheetsync.cli.pages import zone_of
from sheetsync.config.shape import WorkbookConfig
from tests.books import TODAY
from tests.cli.conftest import DAY, Caller, configure
from tests.cli.terminal import at_terminal
from tests.report.packs import pack, png
from tests.test_bad_input import call as powerless

LATER = ("--today", (TODAY + timedelta(days=1)).isoformat())


def page(path: str = "report.html") -> str:
    """Give a page that was written."""
    return Path(path).read_text(encoding="utf-8")


def heading(html: str) -> str:
    """Give the verdict of a page."""
    found = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    assert found is not None
    return " ".join(re.sub("<[^>]+>", "", found.group(1)).split())


def test_a_page_is_written_and_nothing_is_said_off_a_terminal(call: Caller, okr: Path) -> None:
    """Shows that a call makes one file, touches nothing else, and is silent where nobody looks."""
    before = okr.read_bytes()
    done = call("report", "okr.xlsx", "-o", "out.html", *DAY)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert heading(page("out.html")) == "0 of 1 objective on pace. 1 matter needs your decision this week."
    assert okr.read_bytes() == before
    assert sorted(one.name for one in Path.cwd().iterdir()) == ["okr.xlsx", "out.html"]


def test_at_a_terminal_it_says_where_the_page_is(here: Path, okr: Path) -> None:
    """Shows that a person is told the name of the file, which is report.html if nobody says another."""
    done = at_terminal(here, "report", okr.name, *DAY)
    assert (done.code, done.screen.strip()) == (0, "The page stands in report.html.")
    assert Path("report.html").is_file()


def test_the_language_is_the_workbooks_or_that_of_the_call(call: Caller, firm: str) -> None:
    """Shows that without --lang the page speaks as the workbook does, and with it as it says."""
    call("report", "firm.xlsx", *DAY)
    assert f'<html lang="{firm}">' in page()
    for language in ("vi", "en"):
        call("report", "firm.xlsx", "--lang", language, *DAY)
        assert f'<html lang="{language}">' in page()


def test_a_team_or_a_person_has_a_page_of_its_own(call: Caller, firm: str) -> None:
    """Shows that a page can be limited to a part, with the goals above it, and that no other part is on it."""
    team, other = ("Kinh doanh", "Kho vận") if firm == "vi" else ("Sales", "Logistics")
    assert call("report", "firm.xlsx", "--team", team.upper(), "-o", "team.html", *DAY).code == 0
    told = page("team.html")
    assert f"· {team}" in told
    assert "<fieldset" not in told
    assert f">{other}</th>" not in told
    done = call("report", "firm.xlsx", "--owner", "Trần Quốc Bảo", "-o", "owner.html", *DAY)
    assert done.code == 0
    assert "· Trần Quốc Bảo" in page("owner.html")
    rows = [html.count("<tr role=row") for html in (page("owner.html"), told)]
    call("report", "firm.xlsx", *DAY)
    assert 0 < rows[0] < rows[1] < page().count("<tr role=row")


@pytest.mark.parametrize("option", ["--team", "--owner"])
def test_a_name_that_is_nobodys_is_told_with_those_that_there_are(call: Caller, firm: str, option: str) -> None:
    """Shows that a wrong name writes no page, and names the teams or the people of the workbook."""
    done = call("report", "firm.xlsx", option, "Zorro", *DAY)
    assert done.code == 2
    assert ("Trần Quốc Bảo" in done.err) is (option == "--owner")
    assert "Zorro" in done.err
    assert not Path("report.html").exists()


def test_an_earlier_day_comes_from_history(call: Caller, okr: Path) -> None:
    """Shows that a page of yesterday has yesterday's numbers, says so, and shows no decision or cell."""
    call("sync", "okr.xlsx", *DAY)
    done = call("report", "okr.xlsx", "--as-of", TODAY.isoformat(), "-o", "then.html", *LATER)
    assert (done.code, done.err) == (0, "")
    then = page("then.html")
    assert "This is how it stood on 21 Nov 2026" in then
    assert "OKR!" not in then
    call("report", "okr.xlsx", *DAY)
    now = page()
    assert "This is how it stood" not in now
    row = re.compile(r"<td role=cell>(\d+%|–)<")
    assert row.findall(then) == row.findall(now)[: len(row.findall(then))] != []


def test_a_day_that_the_history_does_not_know_has_no_page(call: Caller, okr: Path) -> None:
    """Shows that the first day that is known is told, and what to do where nothing is known at all."""
    done = call("report", "okr.xlsx", "--as-of", "2026-11-01", *DAY)
    assert (done.code, Path("report.html").exists()) == (2, False)
    assert "history import" in done.err
    call("sync", "okr.xlsx", *DAY)
    done = call("report", "okr.xlsx", "--as-of", "2026-11-01", *LATER)
    assert done.code == 2
    assert "it begins on 21 Nov 2026" in done.err


def test_a_day_that_was_imported_has_a_page_before_any_night(call: Caller, firm: str) -> None:
    """Shows that what the workbook told of itself makes a page, as it answers ``history as-of``."""
    del firm
    call("history", "import", "--into", "firm.xlsx", *DAY)
    listed = json.loads(call("history", "as-of", "2026-11-07", "-w", "firm.xlsx", "--json").out)["items"]
    done = call("report", "firm.xlsx", "--as-of", "2026-11-07", *DAY)
    assert (done.code, done.err) == (0, "")
    assert len(listed) > 5
    assert all(one["title"] in page() for one in listed)
    done = call("report", "firm.xlsx", "--lang", "en", "--as-of", "2025-11-07", *DAY)
    assert (done.code, "it begins on" in done.err) == (2, True)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_an_earlier_day_where_nothing_is_remembered_has_no_page(call: Caller, okr: Path, language: str) -> None:
    """Shows that who switched the history off is told so, rather than to wait for nights that nobody remembers."""
    configure(okr.parent, '[defaults]\nhistory = false\n[workbook.okr]\npath = "okr.xlsx"\n')
    done = call("report", "--as-of", "2026-11-01", *DAY, "--lang", language)
    assert (done.code, Path("report.html").exists()) == (2, False)
    assert "history = false" in done.err
    assert "sheetsync sync" not in done.err


def test_all_pages_stand_in_a_folder_with_a_list(call: Caller, okr: Path, flawed: Path) -> None:
    """Shows a page a workbook and a list that leads to each; one that cannot be read is named, and makes the code."""
    del okr, flawed
    configure(
        Path.cwd(),
        '[workbook."Minh Long"]\npath = "okr.xlsx"\n'
        '[workbook.b]\npath = "flawed.xlsx"\n[workbook.c]\npath = "no.xlsx"\n',
    )
    done = call("report", "--all", "-o", "pages", *DAY)
    assert done.code == call("check", "--only", "c", *DAY).code != 0
    assert sorted(one.name for one in Path("pages").iterdir()) == ["Minh Long.html", "b.html", "index.html"]
    index = page("pages/index.html")
    assert 'href="Minh%20Long.html"' in index
    assert 'href="b.html"' in index
    assert "no.xlsx" in index
    assert "<script" not in index


def test_several_workbooks_need_to_be_told_apart(call: Caller, okr: Path, flawed: Path) -> None:
    """Shows that one file is never written over by the next workbook: the call says what to do instead."""
    del okr, flawed
    done = call("report", "okr.xlsx", "flawed.xlsx", *DAY)
    assert done.code == 2
    assert "--all -o" in done.err
    assert not Path("report.html").exists()


@pytest.mark.parametrize(
    "options", [("--team", "a", "--owner", "b"), ("--all", "--team", "a"), ("--as-of", "yesterday")]
)
def test_options_that_do_not_go_together_are_refused(call: Caller, okr: Path, options: tuple[str, ...]) -> None:
    """Shows that a wrong call is a usage error before anything is read."""
    del okr
    assert call("report", "okr.xlsx", *options, *DAY).code == 2


def test_a_folder_that_may_not_be_written_is_said(here: Path, okr: Path) -> None:
    """Shows that a missing right is told with the place, and exit code 4, also to somebody who runs it as root."""
    (here / "locked").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    done = powerless(here, "report", okr.name, "-o", "locked/page.html", *DAY)
    assert (done.returncode, done.stdout) == (4, "")
    assert "locked" in done.stderr
    assert list((here / "locked").iterdir()) == []


def test_a_place_that_is_no_folder_is_said(call: Caller, okr: Path) -> None:
    """Shows that a page which cannot be written is told, and leaves no half of it."""
    del okr
    Path("file").write_text("x", encoding="utf-8")
    done = call("report", "okr.xlsx", "-o", "file/page.html", *DAY)
    assert done.code == 5
    assert "file/page.html" in done.err
    assert Path("file").read_text(encoding="utf-8") == "x"


@pytest.mark.parametrize(
    ("minutes", "text"), [(420, "GMT+7"), (330, "GMT+5:30"), (-210, "GMT−3:30"), (0, "GMT+0"), (-720, "GMT−12")]
)
def test_a_time_zone_is_told_as_people_read_it(minutes: int, text: str) -> None:
    """Shows whole and half hours on both sides of Greenwich."""
    assert zone_of(datetime(2026, 11, 21, tzinfo=timezone(timedelta(minutes=minutes)))) == text
    assert zone_of(datetime(2026, 11, 21)) is None


def test_the_hour_of_reading_stands_on_todays_page_alone(call: Caller, okr: Path) -> None:
    """Shows that a page of the very day tells when it was read, and one of a day set by hand does not."""
    del okr
    today = datetime.now(UTC).astimezone().date()
    call("report", "okr.xlsx", "--today", today.isoformat())
    read = re.search(r"Read at \d\d:\d\d on .* \(GMT[+−]\d.*\) from", page())
    if datetime.now(UTC).astimezone().date() == today:  # midnight has not passed meanwhile
        assert read is not None
    call("report", "okr.xlsx", "--today", date(2026, 11, 21).isoformat() if today.year != 2026 else "2025-11-21")
    assert "Read at" not in page()


NIGHTLY = '[report]\nfolder = "pages"\nurl = "https://okr.firm.vn/pages/"\n'


def test_the_nightly_job_writes_pages_and_their_list(call: Caller, okr: Path, flawed: Path) -> None:
    """Shows that sync leaves a page for each workbook and a list, with what failed named in it."""
    del okr, flawed
    books = '[workbook.a]\npath = "okr.xlsx"\n[workbook.b]\npath = "flawed.xlsx"\n[workbook.c]\npath = "no.xlsx"\n'
    configure(Path.cwd(), NIGHTLY + books)
    done = call("sync", *DAY)
    assert done.out == ""
    assert "no.xlsx" in done.err
    assert sorted(one.name for one in Path("pages").iterdir()) == ["a.html", "b.html", "index.html"]
    index = page("pages/index.html")
    assert 'href="a.html"' in index
    assert "no.xlsx" in index
    before = index
    assert call("sync", "--only", "a", *LATER).code == 0
    assert page("pages/index.html") == before  # a run of one workbook knows nothing of the others
    assert "22 Nov 2026" in page("pages/a.html")


def test_a_page_that_cannot_be_written_never_loses_the_sync(call: Caller, okr: Path) -> None:
    """Shows that the workbook is written and remembered, the reason is told, and the code says that it is not all."""
    before = okr.read_bytes()
    configure(Path.cwd(), NIGHTLY.replace('"pages"', '"sheetsync.toml"') + '[workbook.a]\npath = "okr.xlsx"\n')
    done = call("sync", *DAY)
    assert done.code == 5
    assert done.err.count("sheetsync.toml") == 2  # the page, and the list
    assert okr.read_bytes() != before
    assert call("history", "as-of", TODAY.isoformat()).out.count("KR-1") == 1


def test_the_nightly_page_is_told_as_json_and_at_a_terminal(call: Caller, here: Path, okr: Path) -> None:
    """Shows that other programs and people learn where the page of a workbook is."""
    del okr
    configure(here, NIGHTLY + '[workbook.a]\npath = "okr.xlsx"\n')
    (told,) = json.loads(call("sync", "--json", *DAY).out)["workbooks"]
    assert Path(told["page"]) == here / "pages" / "a.html"
    assert "pages/a.html" in at_terminal(here, "sync", *DAY, columns=400).screen


def test_a_dry_run_writes_no_page(call: Caller, okr: Path) -> None:
    """Shows that nothing at all is written by a dry run."""
    del okr
    configure(Path.cwd(), NIGHTLY + '[workbook.a]\npath = "okr.xlsx"\n')
    assert call("sync", "--dry-run", *DAY).code == 0
    assert not Path("pages").exists()


def test_mails_lead_to_the_page_where_the_configuration_tells_its_address() -> None:
    """Shows the address of a page, and that there is none without a folder and an address."""
    config = WorkbookConfig(name="a", report_folder=Path("pages"), report_url="https://okr.firm.vn/pages/")
    assert page_address(config, "Minh Long") == "https://okr.firm.vn/pages/Minh%20Long.html"
    assert page_address(config, "clients/minh") == f"https://okr.firm.vn/pages/{file_stem('clients/minh')}.html"
    assert page_address(config._replace(apart_by="a"), "A") == f"https://okr.firm.vn/pages/{file_stem('A', 'a')}.html"
    assert page_address(config._replace(report_url=None), "a") is None
    assert page_address(config._replace(report_folder=None), "a") is None


@pytest.mark.parametrize("url", ["http://okr.vn/", "okr.vn", "https://", "https://a b", "javascript:alert(1)"])
def test_an_address_that_a_mail_may_not_lead_to_is_refused(call: Caller, okr: Path, url: str) -> None:
    """Shows that the configuration takes https addresses alone, and says what is wrong with another."""
    del okr
    configure(Path.cwd(), f'[report]\nfolder = "pages"\nurl = "{url}"\n[workbook.a]\npath = "okr.xlsx"\n')
    done = call("sync", *DAY)
    assert done.code == 2
    assert "report.url" in done.err
    assert "https://okr.company.vn" in done.err


PACK = 'accent = "#b91c1c"\nlogo = "logo.png"\nalt = "ABC"\nfooter = "ABC · okr@abc.vn"'


def test_the_brand_of_the_mails_is_on_the_pages_too(call: Caller, here: Path, okr: Path) -> None:
    """Shows colour, footer and logo of the pack of [mail] on the nightly page, the list, and one made by hand."""
    del okr
    pack(here / "own", PACK, logo_png=png())
    sender = '[mail]\nhost = "mail.invalid"\nsender = "okr@abc.vn"\npack = "own"\n'
    configure(here, NIGHTLY + sender + '[workbook.a]\npath = "okr.xlsx"\n')
    call("sync", *DAY)
    call("report", "--only", "a", *DAY)
    for path in ("pages/a.html", "pages/index.html", "report.html"):
        html = page(path)
        assert "--accent:#b91c1c" in html
        assert "ABC · okr@abc.vn" in html
        assert f'src="data:image/png;base64,{b64encode(png()).decode()}" alt="ABC"' in html
        assert "img-src data:" in html


def test_pages_may_have_a_brand_of_their_own(call: Caller, here: Path, okr: Path) -> None:
    """Shows that [report] pack holds before [mail] pack, and that a missing logo is told and the page written."""
    del okr
    pack(here / "own", PACK)
    configure(here, NIGHTLY + 'pack = "own"\n[workbook.a]\npath = "okr.xlsx"\n')
    done = call("--lang", "en", "report", "--only", "a", *DAY)
    assert done.code == 0
    assert done.err.count("logo.png") == 1
    assert "<img" not in page()
    assert "--accent:#b91c1c" in page()


def test_a_pack_needs_no_folder_of_pages(call: Caller, here: Path, okr: Path) -> None:
    """Shows that [report] with a pack alone brands pages made by hand, and that no page is written at night."""
    del okr
    pack(here / "own", 'accent = "#b91c1c"')
    configure(here, '[report]\npack = "own"\n[workbook.a]\npath = "okr.xlsx"\n')
    assert call("report", "--only", "a", "-o", "by-hand.html", *DAY).code == 0
    assert "--accent:#b91c1c" in page("by-hand.html")
    assert call("sync", *DAY).code == 0
    assert sorted(one.name for one in here.iterdir() if one.suffix == ".html") == ["by-hand.html"]


def test_an_address_of_pages_needs_their_folder(call: Caller, okr: Path) -> None:
    """Shows that [report] url without folder is a mistake: no page is ever there, and no mail would lead to it."""
    del okr
    configure(Path.cwd(), '[report]\nurl = "https://okr.firm.vn/"\n[workbook.a]\npath = "okr.xlsx"\n')
    done = call("--lang", "en", "sync", *DAY)
    assert done.code == 2
    assert "report.url" in done.err
    assert "folder" in done.err


def test_a_pack_that_cannot_be_used_is_told_and_its_page_not_written(call: Caller, here: Path, okr: Path) -> None:
    """Shows one line with the file, its exit code, and no page that looks like somebody else's."""
    del okr
    pack(here / "own", 'accent = "red"')
    configure(here, NIGHTLY + 'pack = "own"\n[workbook.a]\npath = "okr.xlsx"\n')
    done = call("report", "--only", "a", *DAY)
    assert done.code == 2
    assert "own/brand.toml" in done.err
    assert not Path("report.html").exists()


def test_a_page_can_go_to_the_standard_output(call: Caller, okr: Path) -> None:
    """Shows that -o - writes the page and nothing else to where another program reads, and no file."""
    del okr
    call("report", "okr.xlsx", *DAY)
    done = call("report", "okr.xlsx", "-o", "-", *DAY)
    assert (done.code, done.err, done.out) == (0, "", page())
    assert not Path("-").exists()


def test_a_day_to_come_has_no_page(call: Caller, okr: Path) -> None:
    """Shows that --as-of of tomorrow is said to be wrong rather than answered with today."""
    del okr
    done = call("--lang", "en", "report", "okr.xlsx", "--as-of", (TODAY + timedelta(days=1)).isoformat(), *DAY)
    assert done.code == 2
    assert "22 Nov 2026 is still to come" in done.err
    assert not Path("report.html").exists()
    assert call("report", "okr.xlsx", "--as-of", TODAY.isoformat(), *DAY).code == 0
