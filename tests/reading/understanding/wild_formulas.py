"""Makes workbooks whose columns are told by formulas and by dropdown lists, more than by their words.

As in ``wild``, everything is drawn from a seeded generator. Formulas stand with the values of a calculated file, or
without any, as programs leave them that do not calculate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from random import Random

from sheetsync.workbook import CellValue, Worksheet
from tests.reading.understanding.detailed import Formula, Line, worksheet
from tests.reading.understanding.wild_page import Case, Expected, Page, above, below, case, cell, truth, words_for
from tests.reading.understanding.wild_words import PEOPLE, TEAMS, UNITS

RATIOS = (
    "={c}#/{t}#", "=IFERROR({c}#/{t}#,0)", '=IF({t}#=0,"",{c}#/{t}#)', "=MIN({c}#/{t}#,1.25)",
    "=ROUND({c}#/{t}#*100,1)",    "=MIN({c}#/{t}#;1,25)", "=+{c}#/{t}#", 'IF(A#="Thấp",{t}#/{c}#,{c}#/{t}#)',
    'IFERROR(__xludf.DUMMYFUNCTION("ARRAYFORMULA({c}2:{c}/{t}2:{t})"),0.5)',
)  # fmt: skip
FROM_BASE = (
    "=({c}#-{b}#)/({t}#-{b}#)", "=IFERROR(MAX(0,MIN(1,({c}#-{b}#)/({t}#-{b}#))),0)", "=({b}#-{c}#)/({b}#-{t}#)"
)  # fmt: skip
FETCHED = (
    "=VLOOKUP($A#,Data!$A:$F,4,0)",
    '=IMPORTRANGE("1AbC","Log!D#")',
    "=SUMIFS(Log!$C:$C,Log!$A:$A,$A#)",
    "=Data!C#",
)
RESULTS = {
    "vi": ("Kết quả", "% Thực hiện", "Thực hiện (%)", "Tỷ lệ đạt", "KQ đạt"),
    "en": ("Result %", "Achieved", "% to Goal", "Progress", "Done"),
}
STATES = {
    "vi": ("Đúng tiến độ", "Có rủi ro", "Chậm tiến độ", "Hoàn thành"),
    "en": ("On track", "At risk", "Off track", "Completed"),
}
NAMELESS = ("Số liệu SAP", "Col F", "BI-07")


class FormulaPage(Page):
    """A page whose cells may hold formulas, and columns dropdown lists."""

    def __init__(self, random: Random, language: str) -> None:
        super().__init__(random, language)
        self.lists: dict[str, Sequence[str]] = {}
        self.formulas: dict[int, Line] = {}

    def write(self, *cells: CellValue | Formula) -> None:
        """Add a row in which formulas may stand."""
        row = self.add(*(one.value if isinstance(one, Formula) else one for one in cells))
        self.formulas[row] = [*[None] * self.left, *cells]

    def sheet(self, name: str) -> Worksheet:
        """Give the worksheet with its formulas and lists."""
        lines: list[Line] = [self.formulas.get(row, values) for row, values in enumerate(self.rows, 1)]
        made = worksheet(lines, name=name, lists=self.lists.items())
        return made._replace(merges=tuple(self.merges))


def formulas(random: Random, language: str) -> Case:
    """Make a table whose progress and weighted score are computed, under words that may mean something else."""
    page, kind = FormulaPage(random, language), random.choice(["okr", "kpi"])
    based, weighed = random.random() < 0.4, random.random() < 0.5
    concepts = ["order", *(["objective", "key_result"] if kind == "okr" else ["kpi"])]
    inputs = [*(["baseline"] if based else []), "target", "current", *(["weight"] if weighed else [])]
    if random.random() < 0.3:
        inputs.insert(random.randint(0, len(inputs)), "owner")
    concepts += [*inputs, "progress", *(["score"] if weighed else [])]
    names: list[CellValue] = [*words_for(random, language, concepts)]
    names[concepts.index("progress")] = random.choice(RESULTS.get(language, (str(names[concepts.index("progress")]),)))
    if random.random() < 0.2:
        names[concepts.index("current")] = random.choice(NAMELESS)
    above(page)
    row = page.add(*names)
    made = _computed(page, concepts, based)
    cached = random.random() < 0.6
    for number in range(random.randint(3, 8)):
        page.write(*(_cell(random, language, concept, number, made, cached) for concept in concepts))
    below(page, concepts)
    return case("formulas", page, Expected("Sheet1", kind, (row,), truth(page, concepts)))


def _computed(page: FormulaPage, concepts: Sequence[str], based: bool) -> Mapping[str, str]:
    """Choose the formulas of the computed columns."""
    random = page.random
    letters = {concept: page.letters(place) for place, concept in enumerate(concepts)}
    text = random.choice(FROM_BASE if based and random.random() < 0.7 else RATIOS)
    places = {"c": letters["current"], "t": letters["target"], "b": letters.get("baseline", "")}
    found = {"progress": text.format(**places)}
    if "score" in letters:
        found["score"] = f"={letters['weight']}#*{letters['progress']}#"
    if random.random() < 0.25:
        found["current"] = random.choice(FETCHED)
    return found


def _cell(
    random: Random, language: str, concept: str, row: int, made: Mapping[str, str], cached: bool
) -> CellValue | Formula:
    if concept not in made:
        value = cell(random, language, concept, row, 5)
        return 10 * (row + 2) if concept == "target" else value
    value = 8 * (row + 1) if concept == "current" else 0.8 - row / 20
    return Formula(made[concept], value if cached else None)


def lists(random: Random, language: str) -> Case:
    """Make a table in which units, teams, owners and statuses are chosen from lists, and hardly chosen yet."""
    page = FormulaPage(random, language)
    chosen = random.sample(["unit", "team", "owner", "status"], random.randint(1, 3))
    concepts = ["order", "kpi", *chosen, "target", "current"]
    above(page)
    row = page.add(*words_for(random, language, concepts))
    texts: Mapping[str, Sequence[str]] = {
        "unit": UNITS.get(language, UNITS["en"]),
        "team": TEAMS.get(language, TEAMS["en"]),
        "owner": PEOPLE.get(language, PEOPLE["en"]),
        "status": STATES.get(language, STATES["en"]),
    }
    for concept in chosen:
        page.lists[page.letters(concepts.index(concept))] = tuple(dict.fromkeys(texts[concept]))
    filled = random.choice([0, 0, 1])
    for number in range(random.randint(3, 7)):
        page.write(
            *(
                cell(random, language, concept, number, 5) if concept not in chosen or number < filled else None
                for concept in concepts
            )
        )
    return case("lists", page, Expected("Sheet1", "kpi", (row,), truth(page, concepts)))


FORMULA_FAMILIES: Mapping[str, Callable[[Random, str], Case]] = {"formulas": formulas, "lists": lists}
