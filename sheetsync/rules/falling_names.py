"""RO2xx: KPIs whose name says that less is better, while nothing says so where it counts."""

from __future__ import annotations

from operator import attrgetter

from sheetsync.model import Kpi
from sheetsync.results import Severity
from sheetsync.rules.facts import Facts, place
from sheetsync.rules.registry import Hit, Hits, rule
from sheetsync.rules.words import WordFinder


@rule(
    "RO263",
    "name-says-less",
    Severity.WARNING,
    title="A KPI's name says less, and more is taken as better",
    message=(
        "The name begins with “{word}”, and without a direction more is taken as better. Write lower is better under "
        "Direction, or higher is better where the numbers say by how much it fell."
    ),
)
def name_says_less(facts: Facts) -> Hits:
    """Report a KPI that begins with a word such as reduce or cut, and whose direction is empty.

    Its numbers may count what is to become less (complaints), or by how much it became less (10 % saved): nobody but
    its owner can tell, and higher is taken as better until then. A KPI with a row for each month is told once.

    ## Why is this bad?
    Five complaints where four are allowed count as 125 %, and the best month is the worst.

    ## Example
    KPI | Reduce complaints | Direction (empty) | Target 4

    ## Use instead
    KPI | Reduce complaints | Direction lower is better | Target 4
    """
    words = WordFinder(facts.words.get("falls.words", ()), facts.words.get("falls.except", ()), leading=True)
    assumed = [item for item, _ in facts.notes("direction_assumed_higher") if isinstance(item, Kpi)]
    told = set()
    for item, word in words.among(assumed, attrgetter("title.value")):
        if (item.table, item.section, item.title.value) not in told:
            told.add((item.table, item.section, item.title.value))
            yield Hit(place(item.title, item), item.key, {"word": word})
