"""How well rows without ids are known again after people have edited a sheet.

    python bench/identity.py [--sheets 400] [--misses]

Makes sheets of goals without ids, in three forms and several sizes, edits each as people do (insert, delete,
replace, sort, retarget, reassign, move to another objective, reword, reword the objective, rename the worksheet), reads
both states, and prints of the matches what share is right (precision), and of the rows that are in both what share was
found (recall): of all rows, and of those whose key changed, which alone are work. Then the time for 20,000 rows.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from sheetsync.reading.matching import Known, match
from tests.reading.edited import Sheet, edit

FORMS = ("flat", "tree", "kpi")
SIZES = (6, 15, 40, 150)
SHARES = (0.05, 0.15, 0.4)


def accuracy(count: int, tell: bool, seed: str) -> None:
    """Print precision and recall by share of edited rows, and in all."""
    totals: dict[str, Counter[str]] = {}
    for number in range(count):
        share, size = SHARES[number % 3], SIZES[number // 3 % 4]
        random = Random(f"{seed} {number}")  # noqa: S311 - the same sheets every time
        sheet = Sheet(FORMS[number // 12 % 3], size, random)
        before, were = sheet.known()
        done = edit(sheet, max(1, round(size * share)))
        after, are = sheet.known()
        found = match(before, after)
        counts = _counts(found, were, are)
        told = "titles and targets alone" if sheet.bare else "owners and units too"
        for group in (f"{share:.0%} of the rows edited", f"{size} rows", f"form {sheet.form}", told, "ALL"):
            totals.setdefault(group, Counter()).update(counts)
        if tell:
            _tell(found, before, after, were, are, done)
    print(f"{'':28}{'precision':>10}{'recall':>9}   of rows with a new key: {'right':>6}{'wrong':>7}{'missed':>8}")
    for group, sums in sorted(totals.items(), key=lambda pair: (pair[0] == "ALL", pair[0])):
        precision, recall = sums["right"] / sums["matched"], sums["right"] / sums["true"]
        hard = f"{sums['right hard']:>7}{sums['wrong hard']:>7}{sums['missed hard']:>8}"
        print(f"{group:28}{precision:>10.3%}{recall:>9.2%}{'':25}{hard}")


def _counts(found: dict[str, str], were: dict[str, int], are: dict[str, int]) -> Counter[str]:
    """Count what was matched rightly, wrongly, or not at all; ``hard`` are rows whose key is new."""
    counts: Counter[str] = Counter()
    there = set(were.values())
    for key, number in are.items():
        hard = "" if key in were and were[key] == number else " hard"
        counts["true"] += number in there
        if key in found:
            right = were[found[key]] == number
            counts["matched"] += 1
            counts["right"] += right
            if hard or not right:
                counts["right hard" if right else "wrong hard"] += 1
        elif number in there:
            counts["missed hard"] += 1
    return counts


def _tell(
    found: dict[str, str],
    before: tuple[Known, ...],
    after: tuple[Known, ...],
    were: dict[str, int],
    are: dict[str, int],
    done: list[str],
) -> None:
    """Print every match that is wrong or missing."""
    old, numbers = {item.key: item for item in before}, {number: key for key, number in were.items()}
    for item in after:
        truth = numbers.get(are[item.key])
        if found.get(item.key) != truth:
            word = "WRONG" if item.key in found else "missed"
            print(word, ", ".join(done))
            for label, key in (("was", truth), ("took", found.get(item.key))):
                if key is not None:
                    print("  ", label, old[key][1:])
            print("   now", item[1:])


def speed() -> None:
    """Print the time to match 20,000 rows: unchanged, and with one in fifty reworded."""
    random = Random("speed")  # noqa: S311 - the same sheet every time
    items = [
        Known(
            f"k{row}",
            "kpi",
            "KPI",
            row,
            f"Tăng doanh thu cửa hàng số {row} khu vực {row % 63}",
            "",
            f"Người {row % 97}",
        )
        for row in range(20_000)
    ]
    reworded = [
        item._replace(title=item.title.replace("Tăng", "Nâng"), key=f"n{item.row}") if random.random() < 0.02 else item
        for item in items
    ]
    for name, now in (("unchanged", items), ("one row in fifty reworded", reworded)):
        begun = time.process_time()
        found = match(items, now)
        print(f"20,000 rows, {name}: {time.process_time() - begun:.2f} s, {len(found):,} matched")


def main() -> None:
    """Measure what the call asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=400)
    parser.add_argument("--misses", action="store_true", help="print every match that is wrong or missing")
    parser.add_argument("--seed", default="measuring", help="other sheets than those of the printed figures")
    called = parser.parse_args()
    accuracy(called.sheets, called.misses, called.seed)
    speed()


if __name__ == "__main__":
    main()
