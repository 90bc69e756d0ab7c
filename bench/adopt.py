"""How well workbooks that people made themselves are understood, and how long that takes.

    python bench/adopt.py [--cases 40] [--misses] [FOLDER...]

Prints, for what ``adopt`` takes where nobody can be asked (columns in doubt stay unmapped), for generated workbooks of
every layout family, in every language: the share of tables whose header rows are
exactly right (goal 95 %), of core columns that were found (goal 90 %) and of those told that are wrong (goal 2 %), the
longest time, and the time for a workbook of 2,000 rows against reading it (goal 2 in all); then the same three figures
with a part of the words left out, which tells how words fare that nobody foresaw; then for headers of tables that
people published, of those that were looked at and of those that never were. Workbooks in a FOLDER are only run
through: none may crash or take longer than five seconds.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from sheetsync.cli.adopt_doubts import questions, settled
from sheetsync.errors import SheetsyncError
from sheetsync.locales import word_lists
from sheetsync.reading.understanding import Vocabulary, understand
from sheetsync.workbook import Workbook
from tests.reading.understanding.found_sheets import found as found_cases
from tests.reading.understanding.judging import judge
from tests.reading.understanding.wild import FAMILIES
from tests.reading.understanding.wild_page import LANGUAGES, Case
from tests.reading.understanding.wild_sizes import SIZES

LONGEST = 5.0
_BOUNDLESS = ("noise", "labels down the side", "empty rows above")
"""The worksheets that are made as large as Excel allows; the others take too long to make."""


def cases(count: int) -> Iterator[Case]:
    """Make the workbooks: each family in each language, Vietnamese and English as often as all others together."""
    for family, make in FAMILIES.items():
        for number in range(count):
            others = [language for language in LANGUAGES if language not in ("vi", "en")]
            language = ("vi", "en", others[number // 3 % len(others)])[number % 3]
            yield make(Random(f"{family} {number}"), language)  # noqa: S311 - the same cases every time


def accuracy(vocabulary: Vocabulary, made: Iterator[Case], tell: bool, groups: Sequence[str] = ()) -> None:
    """Print the three figures, by family, by language and in all."""
    totals: dict[str, list[int]] = {}
    wrongs: Counter[str] = Counter()
    longest = 0.0
    for case in made:
        begun = time.perf_counter()
        understood = understand(case.workbook, vocabulary)
        longest = max(longest, time.perf_counter() - begun)
        understood = settled(understood, questions(understood, vocabulary), {})
        family, _, language = case.family.rpartition(" ")
        for expected in case.tables:
            judged = judge(expected, understood)
            for group in (f"family {family}", f"language {language}", "ALL"):
                sums = totals.setdefault(group, [0] * 6)
                for place, value in enumerate(
                    (1, judged.header, judged.wanted, judged.found, judged.told, judged.wrong)
                ):
                    sums[place] += value
            wrongs.update(miss.split(" in ")[0] for miss in judged.misses)
            if tell and judged.misses:
                print(f"  {case.family}: {'; '.join(judged.misses)}")
    print(f"{'':32}{'tables':>8}{'header':>9}{'found':>9}{'wrong':>9}")
    for group, (tables, header, wanted, found, told, wrong) in totals.items():
        if groups and group not in groups:
            continue
        share = f"{found / wanted:9.1%}" if wanted else f"{'-':>9}"
        print(f"{group:32}{tables:8}{header / tables:9.1%}{share}{wrong / max(told, 1):9.1%}")
    print(f"longest: {longest * 1000:.0f} ms; most frequent: {wrongs.most_common(12)}")


def thinned(share: float) -> list[dict[str, Any]]:
    """Give the word lists without a share of their headers, as if nobody had foreseen them."""
    random = Random(7)  # noqa: S311 - the same words every time
    return [
        {
            **data,
            **{name: _thinner(data.get(name, {}), random, share) for name in ("columns", "also", "computed")},
            "headers": {kind: _thinner(words, random, share) for kind, words in data.get("headers", {}).items()},
        }
        for data in word_lists()
    ]


def _thinner(words: Mapping[str, Sequence[str]], random: Random, share: float) -> dict[str, list[str]]:
    return {concept: [word for word in told if random.random() >= share] for concept, told in words.items()}


HEADER = (
    "STT", "Mục tiêu", "Kết quả then chốt", "ĐVT", "Giá trị ban đầu", "Kế hoạch", "Thực hiện", "Trọng số",
    "Người phụ trách", "Phòng ban", "Ghi chú",
)  # fmt: skip


def large(path: Path, *, computed: bool) -> None:
    """Write a workbook of 2,000 rows: typed alone, or with formulas, a dropdown list, a filter and hidden rows."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("OKR")
        sheet.write_row(0, 0, [*HEADER, *(["Tiến độ", "Điểm"] if computed else [])])
        for row in range(1, 2001):
            told = [row, f"Mục tiêu số {row // 4}", f"Kết quả then chốt thứ {row}", "%", 10, 100, row % 100, 0.25]
            sheet.write_row(row, 0, [*told, "Trần Thị Bình", "Kinh doanh", f"Ghi chú {row}"])
            if computed:
                line, share = row + 1, (row % 100 - 10) / 90
                sheet.write_formula(row, 11, f"=IFERROR((G{line}-E{line})/(F{line}-E{line}),0)", None, share)
                sheet.write_formula(row, 12, f"=H{line}*L{line}", None, share / 4)
                sheet.set_row(row, options={"hidden": row % 7 == 0})
        if computed:
            sheet.data_validation("D2:D3000", {"validate": "list", "source": ["%", "người", "triệu đồng"]})
            sheet.autofilter("A1:M2001")


def cost(vocabulary: Vocabulary) -> None:
    """Print what understanding a workbook of 2,000 rows costs beside reading it, in time of the processor."""
    from sheetsync.backends.excel import ExcelBackend

    with tempfile.TemporaryDirectory() as folder:
        for name in ("typed", "computed"):
            path = Path(folder) / f"{name}.xlsx"
            large(path, computed=name == "computed")
            reading, understanding = [], []
            for _ in range(7):
                begun = time.process_time()
                workbook = ExcelBackend(path).read()
                middle = time.process_time()
                understand(workbook, vocabulary)
                reading.append(middle - begun)
                understanding.append(time.process_time() - middle)
            begun = time.process_time()
            understand(workbook, Vocabulary(word_lists()))
            first = time.process_time() - begun
            read, understood = sorted(reading)[3], sorted(understanding)[3]
            print(
                f"2,000 rows, {name}: reading {read * 1000:.0f} ms, understanding {understood * 1000:.0f} ms "
                f"({first * 1000:.0f} ms with the words), in all {(read + understood) / read:.2f}x reading"
            )


def largest(vocabulary: Vocabulary) -> None:
    """Print the longest times for the largest worksheets, such as noise in 100,000 rows of 60 columns."""
    times = []
    for name, make in SIZES.items():
        workbook = Workbook("large.xlsx", "memory", (make(1_000 if name in _BOUNDLESS else 100),), "1")
        begun = time.perf_counter()
        understand(workbook, vocabulary)
        times.append((time.perf_counter() - begun, name))
    slowest = ", ".join(f"{name} {seconds:.2f} s" for seconds, name in sorted(times, reverse=True)[:4])
    print(f"largest worksheets (goal {LONGEST:.0f} s each): {slowest}")


def run_through(vocabulary: Vocabulary, folder: Path) -> None:
    """Understand every workbook in a folder; print what came of them, and every crash or long run."""
    from sheetsync.backends.excel import ExcelBackend

    kinds: Counter[str] = Counter()
    longest = (0.0, "")
    for path in sorted(folder.rglob("*.xls[xm]")):
        try:
            workbook = ExcelBackend(path).read()
        except SheetsyncError:
            kinds["not readable"] += 1
            continue
        begun = time.perf_counter()
        understood = understand(workbook, vocabulary)
        seconds = time.perf_counter() - begun
        longest = max(longest, (seconds, path.name))
        kinds.update({table.kind for table in understood.tables} or {"no table"})
        for table in understood.goals:
            print(
                f"  {path.name}: {table.sheet} {table.kind} {table.layout} {table.header_rows}",
                " ".join(table.concepts),
            )
        if seconds > LONGEST:
            print(f"  TOO LONG {path.name}: {seconds:.1f} s")
    print(f"{folder}: {dict(kinds)}; longest {longest[0] * 1000:.0f} ms ({longest[1]})")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--cases", type=int, default=40, help="workbooks of each family")
    parser.add_argument("--misses", action="store_true", help="print what was missed")
    chosen = parser.parse_args()
    vocabulary = Vocabulary(word_lists())
    accuracy(vocabulary, cases(chosen.cases), chosen.misses)
    for share in (0.1, 0.25):
        print(f"without {share:.0%} of the words:")
        accuracy(Vocabulary(thinned(share)), cases(chosen.cases), tell=False, groups=("ALL",))
    print("found sheets, looked at when words and rules were chosen:")
    accuracy(vocabulary, found_cases("tuning"), chosen.misses)
    print("found sheets, only ever measured:")
    accuracy(vocabulary, found_cases("measuring"), tell=False)
    cost(vocabulary)
    largest(vocabulary)
    for folder in chosen.folders:
        run_through(vocabulary, folder)


if __name__ == "__main__":
    main()
