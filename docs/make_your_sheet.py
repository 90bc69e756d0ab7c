"""Writes what the program says of sheets as people keep them into docs/your-sheet*.md, and makes their pictures.

``python docs/make_your_sheet.py`` (the pictures need LibreOffice, pdftoppm and ImageMagick; ``--texts`` leaves them).
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import openpyxl
from your_sheets import DOUBTFUL, SHEETS
from your_sheets.drawing import Say
from your_sheets.others import REFUSED, export
from your_sheets.picturing import picture, printed
from your_sheets.running import alone, said, told

from sheetsync.backends.excel import ExcelBackend
from sheetsync.cli.adopt_asking import ask_meanings
from sheetsync.cli.adopt_doubts import questions
from sheetsync.cli.shipped import vocabulary
from sheetsync.cli.speech import say
from sheetsync.reading.understanding import understand

FOLDER = Path(__file__).parent
PAGES = {"en": FOLDER / "your-sheet.md", "vi": FOLDER / "your-sheet.vi.md"}
IMAGES = FOLDER / "images" / "your-sheet"
FIRST, APART = "sections", "kr-lines"
"""The sheet that the page begins with, and one whose computed columns stand on a worksheet of their own."""
SYNCED = {FIRST: 1, "merged-objectives": 1, APART: 2}
"""The sheets that are shown after a sync as well, each with the page of the picture."""


def main(arguments: list[str]) -> None:
    """Fill both pages anew, and make the pictures unless only texts are wanted."""
    for language, path in PAGES.items():
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch)
            path.write_text(filled(path.read_text(encoding="utf-8"), parts(folder, language)), "utf-8", newline="\n")
            if "--texts" not in arguments:
                _pictures(folder, language)


def filled(page: str, made: Mapping[str, str]) -> str:
    """Give a page with every part between its marks made anew; parts and marks must be the same."""
    marks = re.findall(r"<!-- made: ([\w-]+) -->", page)
    if sorted(marks) != sorted(made):
        raise ValueError(f"marks and parts differ: {sorted(set(marks) ^ set(made))}")
    for name, text in made.items():
        begin, end = f"<!-- made: {name} -->", f"<!-- end: {name} -->"
        before, _, rest = page.partition(begin)
        page = f"{before}{begin}\n\n{text}\n\n{end}{rest.partition(end)[2]}"
    return page


def parts(folder: Path, language: str) -> dict[str, str]:
    """Run the program on every sheet in an empty folder, and give what it says by the name of each part."""
    pick: Say = lambda vi, en: vi if language == "vi" else en  # noqa: E731 - the type says what it is
    made: dict[str, str] = {}
    for name, drawn in SHEETS.items():
        home = folder / name
        home.mkdir()
        drawn.write(home, language)
        with alone(home, language):
            made |= _first(drawn.file(language), pick) if name == FIRST else {}
            made[name] = _family(name, drawn.file(language), language)
            shutil.copy(drawn.file(language), "before.xlsx") if name in SYNCED else None
            said("sync") if name in SYNCED else None
    made |= _edges(folder, language, pick)
    return made


def _first(file: str, pick: Say) -> dict[str, str]:
    """Give the three commands as they go, the mapping that is written, and what is said once a header has changed."""
    made = {"adopt": _block(f"$ sheetsync adopt {file} --yes\n\n{said('adopt', file, '--yes')}")}
    text = Path("sheetsync.toml").read_text(encoding="utf-8")
    made["toml"] = _block(text[text.index("[[workbook.") :].strip(), "toml")
    tomllib.loads(text)
    made["check"] = _block(f"$ sheetsync check\n\n{said('check')}")
    kept = Path(file).read_bytes()
    made["renamed"] = _drift(file, lambda sheet: sheet.cell(2, 5, pick("Kế hoạch Q4", "Target Q4")))
    Path(file).write_bytes(kept)
    made["moved"] = _drift(file, lambda sheet: sheet.move_range("G2:G8", cols=3))
    Path(file).write_bytes(kept)
    return made


def _drift(file: str, edit: Callable[[Any], object]) -> str:
    """Edit the first worksheet, and give the lines about headers that a check prints."""
    book = openpyxl.load_workbook(file)
    edit(book.worksheets[0])
    book.save(file)
    return _block("\n".join(line for line in said("check").splitlines() if " DR5" in line))


def _family(name: str, file: str, language: str) -> str:
    """Give the picture, what adopt says of a sheet, and where a sync puts its columns."""
    screen = said("adopt", file, "--yes").splitlines()
    found = told("adopt", file, "--json")["tables"]
    tables = [line for line in screen[: screen.index(_heading(screen))] if line.strip()]
    kept = list(_without_columns(tables))
    scores = screen[screen.index(_heading(screen, "scores")) :]
    last = next(place for place, line in enumerate(scores) if not line.strip() or place == len(scores) - 1)
    picture_of = f"![{file}](images/your-sheet/{name}-{language}.png)"
    columns = "\n".join(f"- {line}" for line in dict.fromkeys(map(_columns, found)))
    shown = _block("\n".join([*kept, "", *scores[: last or None]]))
    return "\n\n".join([picture_of, _keys(found[0]), shown, columns, _computed(name, language)])


def _keys(table: Mapping[str, Any]) -> str:
    """Give kind and layout as they stand in sheetsync.toml, and the traits that come with them."""
    traits = "".join(f" + `{trait}`" for trait in table["traits"])
    return f'`kind = "{table["kind"]}"`, `layout = "{table["layout"]}"`{traits}'


def _heading(screen: list[str], which: str = "findings") -> str:
    """Give the line of the screen with which findings or scores begin."""
    opening = say(f"adopt.result.{which}", errors=0, warnings=0, hints=0, objectives=0, key_results=0, kpis=0)
    return next(line for line in screen if line.startswith(opening.partition(":")[0] + ":"))


def _without_columns(lines: list[str]) -> Iterator[str]:
    """Leave the tables of columns out: a line below says the same in short."""
    inside = False
    for line in lines:
        if line.startswith(say("adopt.table_head.concept") + "  "):
            inside = True
        elif not inside or _begins_table(line) or line.strip().startswith(_left_alone()):
            inside = False
            yield line


def _begins_table(line: str) -> bool:
    kinds = [say(f"adopt.kind.{kind}") for kind in ("okr", "kpi")]
    return any(f": {kind}, " in line for kind in kinds) and not line.startswith(" ")


def _left_alone() -> tuple[str, ...]:
    return say("adopt.unmapped", columns="").strip(), say("adopt.refused").strip()


def _columns(table: Mapping[str, Any]) -> str:
    """Give the columns of a table in one line, each with what it means."""
    meanings = [
        f"{' '.join(_span(places))} {say(f'adopt.concept.{concept}')}" for concept, places in _placed(table).items()
    ]
    return " · ".join(meanings)


def _placed(table: Mapping[str, Any]) -> Mapping[str, list[str]]:
    """Give the columns of each concept, or the rows where the table lies on its side."""
    lying = {name: [str(place) for place in places] for name, places in table.get("rows", {}).items()}
    return lying or table["columns"]


def _span(places: list[str]) -> list[str]:
    return places if len(places) < 4 else [f"{places[0]}–{places[-1]}"]


def _computed(name: str, language: str) -> str:
    """Say where a sync puts its columns, as plan tells."""
    (planned,) = told("plan", "--json")["workbooks"]
    after = f"\n\n![sheetsync sync](images/your-sheet/{name}-after-{language}.png)" if name in SYNCED else ""
    if planned.get("sheets"):
        sheet = planned["sheets"][0]
        return f"→ `{sheet['sheet']}`: {_listed(sheet['columns'])}{after}"
    first = [one for one in planned["columns"] if _sheet(one) == _sheet(planned["columns"][0])]
    return f"→ {_listed(first)}{after}"


def _listed(columns: list[Mapping[str, Any]]) -> str:
    """Give columns by letters and header."""
    letters = [re.sub(r"\d+$", "", str(one["header"]).rpartition("!")[2]) for one in columns]
    return " · ".join(f"{place} {one['text']}" for place, one in zip(letters, columns, strict=True))


def _sheet(column: Mapping[str, Any]) -> str:
    return str(column["header"]).rpartition("!")[0]


def _edges(folder: Path, language: str, pick: Say) -> dict[str, str]:
    """Give what is asked about doubtful columns, what is refused, and what becomes of other files and of ids."""
    home = folder / "edges"
    home.mkdir()
    doubtful = DOUBTFUL.write(home, language)
    made = {}
    with alone(home, language):
        made["doubt"] = _block(_asked(doubtful))
        lines = []
        for names, write in REFUSED.items():
            write(Path(pick(*names)), pick)
            lines += [f"$ sheetsync adopt {pick(*names)}", said("adopt", pick(*names)), ""]
        made["refused"] = _block("\n".join(lines).strip())
        made["other-files"] = _block(_converted("kpi.csv", pick("kpi-moi.xlsx", "kpi-new.xlsx"), pick))
        drawn = SHEETS["flat"]
        drawn.write(home, language)
        file = drawn.file(language)
        said("adopt", file, "--yes")
        shown = said("adopt", file, "--add-ids", "--yes").splitlines()
        begin = max(place for place, line in enumerate(shown) if not line.strip())
        made["ids"] = _block("\n".join([f"$ sheetsync adopt {file} --add-ids", *shown[begin:]]))
    return made


def _converted(text: str, new: str, pick: Say) -> str:
    """Give what is said of a text file that is to be written, and of the workbook that is made of it."""
    export(Path(text), pick)
    shown = said("adopt", text, "--to", new).splitlines()
    first = next(place for place, line in enumerate(shown) if new in line)
    lines = [f"$ sheetsync sync {text}", said("sync", text), "", f"$ sheetsync adopt {text} --to {new}", "…"]
    return "\n".join([*lines, *shown[first:]])


def _asked(path: Path) -> str:
    """Give the questions about a workbook as they stand at the terminal, each answered with mere Enter."""
    understood = understand(ExcelBackend(path).read(), vocabulary())
    screen, typed, kept = io.StringIO(), io.StringIO("\n" * 9), sys.stdin
    sys.stdin = typed
    try:
        with redirect_stdout(screen), redirect_stderr(screen):
            ask_meanings(understood, questions(understood, vocabulary()))
    finally:
        sys.stdin = kept
    return screen.getvalue().strip()


def _block(text: str, kind: str = "text") -> str:
    return f"```{kind}\n{text.rstrip()}\n```"


def _pictures(folder: Path, language: str) -> None:
    """Make the pictures of the sheets that ``parts`` has left in a folder."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    before, after = folder / "before", folder / "after"
    for place in (before, after):
        place.mkdir()
    sheets: list[Path] = []
    for name, drawn in SHEETS.items():
        home = folder / name
        source = home / ("before.xlsx" if name in SYNCED else drawn.file(language))
        sheets.append(Path(shutil.copy(source, before / f"{name}.xlsx")))
    synced = [
        Path(shutil.copy(folder / name / SHEETS[name].file(language), after / f"{name}-after.xlsx")) for name in SYNCED
    ]
    out = folder / "printed"
    out.mkdir()
    printed([*sheets, *synced], out)
    for name in SHEETS:
        picture(out / f"{name}.pdf", 1, IMAGES / f"{name}-{language}.png")
    for name, page in SYNCED.items():
        picture(out / f"{name}-after.pdf", page, IMAGES / f"{name}-after-{language}.png")


if __name__ == "__main__":
    main(sys.argv[1:])
