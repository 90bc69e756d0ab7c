"""Worksheets of the layouts that are unfolded, as people type them, each with the items that a person sees in it.

Everything is drawn from a seeded generator: how many items, which words, which cells are still empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import NamedTuple

from sheetsync.workbook import CellValue, Worksheet
from tests.reading.adopted.adopting import vocabulary
from tests.reading.adopted.unfolding.flattening import Item
from tests.reading.understanding.wild_page import Page, above
from tests.reading.understanding.wild_words import GOALS, HEADERS, MEASURES, PEOPLE, UNITS


class Typed(NamedTuple):
    """A worksheet, and the items that a person sees in it, from top to bottom or from left to right."""

    sheet: Worksheet
    items: Sequence[Item]


class Words(NamedTuple):
    """What differs from language to language in the headers that are not drawn."""

    key_result: str
    target: str
    current: str
    month: str
    unit: str
    owner: str
    both: str


WORDS = {
    "vi": Words(
        "Kết quả then chốt", "Kế hoạch", "Thực hiện", "Tháng", "Đơn vị tính", "Phụ trách", "Mục tiêu/Kết quả chính"
    ),
    "en": Words("Key Result", "Target", "Actual", "Month", "Unit", "Owner", "Objective / Key Result"),
}


def known(random: Random, language: str, concepts: Sequence[str]) -> list[str]:
    """Choose headers that name a concept first: whether others are understood is shown elsewhere."""
    return [random.choice([word for word in HEADERS[language][one] if _first(word) == one]) for one in concepts]


def _first(word: str) -> str:
    told = vocabulary().exactly(word)
    return max(told, key=lambda name: told[name], default="")


def _item(**values: CellValue) -> Item:
    return {name.replace("_month_", " month "): value for name, value in values.items() if value is not None}


def _amounts(random: Random, number: int) -> tuple[CellValue, CellValue]:
    target = 10 * (number + 2)
    return target, random.choice([target // 2, target * 0.8, None])


def key_result_columns(random: Random, language: str) -> Typed:
    """Make an objective with a target and an actual for each of up to four key results in one row."""
    page, words, most = Page(random, language), WORDS[language], random.randint(2, 4)
    style = random.choice(["numbered", "plain", "grouped"])
    titles, owners, measures = GOALS[language], PEOPLE[language], MEASURES[language]
    above(page)
    objective, owner = known(random, language, ["objective", "owner"])
    numbers = range(1, most + 1)
    if style == "grouped":
        row = page.add(objective, *(text for n in numbers for text in (f"KR{n}", None, None)), owner)
        page.add(None, *[words.key_result, words.target, words.current] * most, None)
        for n in numbers:
            page.merge(row, 3 * n - 2, 3 * n)
        for place in (0, 3 * most + 1):
            page.merge(row, place, place, down=1)
    else:
        count = " {}" if style == "numbered" else ""
        page.add(
            objective,
            *(t for n in numbers for t in (f"KR{n}", words.target + count.format(n), words.current + count.format(n))),
            owner,
        )
    found = []
    for goal in range(3):
        who, cells = random.choice(owners), list[CellValue]()
        for n in numbers:
            title = f"{measures[(goal + n) % 6]} {goal}" if n == 1 or random.random() < 0.7 else None
            target, current = _amounts(random, goal + n) if title else (None, None)
            cells += [title, target, current]
            if title:
                found.append(_item(objective=titles[goal], owner=who, key_result=title, target=target, current=current))
        page.add(titles[goal], *cells, who)
    return Typed(page.sheet("OKR"), found)


def key_result_lines(random: Random, language: str) -> Typed:
    """Make several key results as lines of one cell, with targets and owners as lines beside them."""
    page, names = Page(random, language), PEOPLE[language]
    above(page)
    page.add(*known(random, language, ["objective", "key_result", "target", "owner", "due"]))
    marks = ["{}. ", "KR{}: ", "- ", "• ", "{}) ", ""]
    found = []
    for goal in range(3):
        count, mark = random.randint(2, 4), random.choice(marks)
        texts = [f"{MEASURES[language][(goal + n) % 6]} {n}" for n in range(count)]
        targets = [str(10 * (goal + n + 1)) for n in range(count)]
        owners = [random.choice(names) for _ in range(count)] if random.random() < 0.5 else [names[goal]]
        due = f"{15 + goal}/12/2025"
        page.add(
            GOALS[language][goal],
            "\n".join(mark.format(n) + text for n, text in enumerate(texts, 1)),
            "\n".join(targets),
            "\n".join(owners),
            due,
        )
        for n, text in enumerate(texts):
            owner = owners[n] if len(owners) > 1 else owners[0]
            found.append(
                _item(objective=GOALS[language][goal], key_result=text, target=targets[n], owner=owner, due=due)
            )
    return Typed(page.sheet("OKR"), found)


def lying(random: Random, language: str) -> Typed:
    """Make a table on its side: concepts down the first column, a goal in each column."""
    page, concepts = Page(random, language), ["objective", "key_result", "owner", "target", "current"]
    count = random.randint(2, 5)
    found = []
    for goal in range(count):
        target, current = _amounts(random, goal)
        found.append(
            _item(
                objective=GOALS[language][goal % 3] + f" {goal}",
                key_result=MEASURES[language][goal],
                owner=random.choice(PEOPLE[language]),
                target=target,
                current=current,
            )
        )
    if random.random() < 0.5:
        page.add(None, *(f"O{n + 1}" for n in range(count)))
    for concept, word in zip(concepts, known(random, language, concepts), strict=True):
        page.add(word, *(item.get(concept) for item in found))
    return Typed(page.sheet("OKR"), found)


def months_down(random: Random, language: str) -> Typed:
    """Make a row for each month and a column for each KPI, with rows that say more of the KPIs."""
    page, words, count = Page(random, language), WORDS[language], random.randint(2, 5)
    names = MEASURES[language][:count]
    said: dict[str, list[CellValue]] = {
        "unit": [random.choice(UNITS[language]) for _ in names],
        "owner": [random.choice(PEOPLE[language]) for _ in names],
        "target": [100 * (n + 1) for n in range(count)],
    }
    kept = [name for name in said if random.random() < 0.6]
    labels = {"unit": words.unit, "owner": words.owner, "target": words.target}
    below = [name for name in kept if name == "target" and random.random() < 0.5]
    page.add(words.month, *names)
    for name in kept:
        if name not in below:
            page.add(labels[name], *said[name])
    months = range(1, random.randint(3, 12) + 1)
    values = {
        month: [(n + 1) * 10 + month if random.random() < 0.9 else None for n in range(count)] for month in months
    }
    for month in months:
        page.add(f"T{month}" if language == "vi" else f"M{month}", *values[month])
    for name in below:
        page.add(labels[name], *said[name])
    found = []
    for n, title in enumerate(names):
        item: dict[str, CellValue] = {"kpi": title, **{name: said[name][n] for name in kept}}
        item |= {f"current month {month}": value for month in months if (value := values[month][n]) is not None}
        found.append(item)
    return Typed(page.sheet("KPI"), found)


def paired_rows(random: Random, language: str) -> Typed:
    """Make a row of targets above a row of actuals for each KPI, with its name merged or in the first row only."""
    page, words, merged = Page(random, language), WORDS[language], random.random() < 0.5
    above(page)
    kpi, unit = known(random, language, ["kpi", "unit"])
    page.add(
        kpi,
        unit,
        None if random.random() < 0.5 else "",
        *(f"T{m}" if language == "vi" else f"M{m}" for m in (1, 2, 3, 4)),
    )
    found = []
    for number in range(random.randint(2, 4)):
        title, measure = MEASURES[language][number], random.choice(UNITS[language])
        aims = [10 * (number + m) for m in (1, 2, 3, 4)]
        done = [aim - 1 if random.random() < 0.8 else None for aim in aims]
        done[0] = aims[0] - 2
        row = page.add(title, measure, words.target, *aims)
        page.add(None, None, words.current, *done)
        if merged:
            page.merge(row, 0, 0, down=1)
            page.merge(row, 1, 1, down=1)
        item: dict[str, CellValue] = {"kpi": title, "unit": measure}
        for m, (aim, actual) in enumerate(zip(aims, done, strict=True), 1):
            item[f"target month {m}"] = aim
            if actual is not None:
                item[f"current month {m}"] = actual
        found.append(item)
    return Typed(page.sheet("KPI"), found)


def outline(random: Random, language: str) -> Typed:
    """Make objectives and key results in one column, numbered 1, 1.1 or "1,1", or named O1 and KR1."""
    page, words = Page(random, language), WORDS[language]
    above(page)
    style = random.choice(["float", "comma", "roman", "named", "codes"])
    order, owner = known(random, language, ["order", "owner"])
    page.add(order, words.both, words.target, words.current, owner)
    found = []
    for goal in range(1, 4):
        title, who = GOALS[language][goal - 1], random.choice(PEOPLE[language])
        title = f"O{goal}: {title}" if style == "named" else title
        tops: Mapping[str, CellValue] = {
            "float": goal,
            "comma": str(goal),
            "roman": ["I", "II", "III"][goal - 1],
            "codes": f"O{goal}",
        }
        top = tops.get(style)
        page.add(top, title, None, None, who)
        found.append(_item(order=top, objective=title, owner=who))
        for number in range(1, random.randint(1, 3) + 1):
            text, person = f"{MEASURES[language][(goal + number) % 6]} {goal}", random.choice(PEOPLE[language])
            text = f"KR{number}: {text}" if style == "named" else text
            target, current = _amounts(random, number)
            numbers: Mapping[str, CellValue] = {
                "float": goal + number / 10,
                "comma": f"{goal},{number}",
                "roman": number,
                "codes": f"KR{goal}.{number}",
            }
            own = numbers.get(style)
            page.add(own, text, target, current, person)
            found.append(_item(order=own, key_result=text, target=target, current=current, owner=person))
    return Typed(page.sheet("OKR"), found)


def weighted_sections(random: Random, language: str) -> Typed:
    """Make KPIs under headings with a letter and a weight of their own."""
    page, concepts = Page(random, language), ["order", "kpi", "weight", "unit", "target", "current"]
    above(page)
    page.add(*known(random, language, concepts))
    found = []
    for place, letter in enumerate("ABC"):
        count = random.randint(1, 3)
        page.add(letter, GOALS[language][place], 10 * count)
        for number in range(1, count + 1):
            title, unit = f"{MEASURES[language][(place + number) % 6]} {letter}", random.choice(UNITS[language])
            target, current = _amounts(random, number)
            page.add(number, title, 10, unit, target, current)
            found.append(
                _item(
                    order=number,
                    kpi=title,
                    weight=10,
                    unit=unit,
                    target=target,
                    current=current,
                    section=GOALS[language][place],
                    section_weight=10 * count,
                )
            )
    return Typed(page.sheet("KPI"), found)


def weekly(random: Random, language: str) -> Typed:
    """Make key results with a column for each month of check-ins, filled so far."""
    page, words = Page(random, language), WORDS[language]
    above(page)
    count = random.randint(2, 6)
    named = [f"Tháng {m}/2025" if language == "vi" else f"M{m} 2025" for m in range(1, count + 1)]
    objective, owner = known(random, language, ["objective", "owner"])
    page.add(objective, words.key_result, words.target, owner, *named)
    found = []
    for goal in range(4):
        filled = random.randint(1, count)
        values: list[CellValue] = [goal * 10 + m for m in range(1, filled + 1)]
        title, who = MEASURES[language][goal], random.choice(PEOPLE[language])
        page.add(f"{GOALS[language][goal % 3]} {goal}", title, 100 + goal, who, *values)
        found.append(
            _item(
                objective=f"{GOALS[language][goal % 3]} {goal}",
                key_result=title,
                target=100 + goal,
                owner=who,
                current=values[-1],
            )
        )
    return Typed(page.sheet("OKR"), found)


FAMILIES: Mapping[str, Callable[[Random, str], Typed]] = {
    "key result columns": key_result_columns,
    "key result lines": key_result_lines,
    "lying": lying,
    "months down": months_down,
    "paired rows": paired_rows,
    "outline": outline,
    "weighted sections": weighted_sections,
    "weekly": weekly,
}
