"""How fast the page of 300 key results is made and how large it is, beside a bare table of the same rows.

``python bench/page.py [--key-results 300] [--weeks 12] [--runs 5]``

Each contestant is a process of its own, in turn; the times are those of its work, without the start of Python and
without reading and scoring the workbook, which both need alike:
  usual  one Jinja loop writes title, owner, percent and status of the same rows into a table, and nothing else
  ours   gathers all that the page shows, with the weeks before, and renders it; ``again`` is a second page of the same
         process, whose templates are compiled already
The goals: a page in less than 1 s, at most 300 kB of HTML for 300 key results with a history of twelve weeks.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from measure import asked, in_turn
from scoring import make

if TYPE_CHECKING:
    from sheetsync.report.digest import Source

TODAY = date(2026, 12, 26)
LAST_MARK = date(2026, 12, 21)
LANGUAGE = "vi"
GOALS = {"seconds": 1.0, "kilobytes": 300.0}
"""For 300 key results."""
KPIS = 24
TABLE = """<!doctype html><html><body><table>{% for row in rows %}
<tr><td>{{ row.title }}</td><td>{{ row.owner or "" }}</td><td>{{ row.progress or 0 }}</td><td>{{ row.status }}</td></tr>
{% endfor %}</table></body></html>"""


def source_of(path: str, weeks: int) -> Source:
    """Read and score the workbook, and give what a page is made of, with so many weeks remembered of it."""
    from sheetsync.cli import summary
    from sheetsync.cli.wiring import errand, workbook_at
    from sheetsync.evaluating import evaluate
    from sheetsync.past import Past

    one = errand(workbook_at(path, None), TODAY)
    found = evaluate(one.open_backend().read(), one.job)
    nights = [LAST_MARK - timedelta(weeks=number) for number in reversed(range(weeks))]
    past = Past(dict(_remembered(found.scorecard.scores, nights)), tuple(nights))
    return summary.source_of(found._replace(past=past), one.job, one.job.phrases[LANGUAGE])


def _remembered(scores: Any, nights: Sequence[date]) -> Iterator[tuple[str, Any]]:
    """Remember every item as one that rose to its value of today, by steps of its own."""
    from sheetsync.past import Observation, Remembered

    for key, score in scores.items():
        chance = random.Random(key)  # noqa: S311 - sample data
        shares = sorted(chance.random() for _ in nights)
        told = tuple(
            Observation(night, progress=(score.progress or 0.0) * share, expected=score.expected, status=score.status)
            for night, share in zip(nights, shares, strict=True)
        )
        yield key, Remembered(key, score.kind, nights[0], nights[-1], told)


def ours(source: Source) -> dict[str, float]:
    """Make the page twice."""
    from sheetsync.packaged import templates_dir
    from sheetsync.report.digest.page import page_digest
    from sheetsync.report.page import render_page

    words = _phrases()
    begun = time.perf_counter()
    digest = page_digest(source)
    gathered = time.perf_counter()
    html = render_page(digest, words, templates_dir())
    first = time.perf_counter()
    again = render_page(page_digest(source._replace(known=None)), words, templates_dir())
    last = time.perf_counter()
    assert again == html
    rows = sum(1 for row in digest.data["tree"] if row["kind"] == "key_result")
    weeks = digest.data["weeks_shown"]
    told = {"gather": gathered - begun, "render": first - gathered, "page": first - begun, "again": last - first}
    return {**told, "kilobytes": len(html.encode()) / 1000, "key results": rows, "weeks": weeks}


def usual(source: Source) -> dict[str, float]:
    """Write the same rows as a bare table."""
    from jinja2 import Environment

    from sheetsync.report.digest.page import page_digest

    rows = page_digest(source).data["tree"]
    begun = time.perf_counter()
    html = Environment(autoescape=True).from_string(TABLE).render(rows=rows)
    return {"page": time.perf_counter() - begun, "kilobytes": len(html.encode()) / 1000}


def _phrases() -> Any:
    from sheetsync.language import Phrases
    from sheetsync.locales import load

    return Phrases(load(LANGUAGE), load("en"))


def main() -> int:
    """Measure, print, and give 1 where a goal is missed."""
    told = asked(__doc__, key_results=300, weeks=12, runs=5)
    if told.one:
        who, path = told.one
        print(json.dumps({"usual": usual, "ours": ours}[who](source_of(path, told.weeks))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.xlsx"
        make(path, told.key_results, KPIS)
        return report(*in_turn(__file__, path, told.runs, weeks=told.weeks))


def report(bare: dict[str, float], page: dict[str, float]) -> int:
    """Print what was measured, and whether the goals are reached."""
    print(f"{page['key results']:.0f} key results, {page['weeks']:.0f} weeks")
    print(f"  bare table  {bare['page']:.3f} s  {bare['kilobytes']:.0f} kB")
    print(f"  page        {page['page']:.3f} s  {page['kilobytes']:.0f} kB", end="")
    print(f"  (gather {page['gather']:.3f}, render {page['render']:.3f}; the next page {page['again']:.3f} s)")
    larger = page["kilobytes"] / bare["kilobytes"]
    print(f"  ratio       {page['page'] / bare['page']:.1f} times the time, {larger:.1f} times the size")
    missed = [name for name, most in GOALS.items() if page[{"seconds": "page"}.get(name, name)] > most]
    for name, most in GOALS.items():
        print(f"  goal        at most {most:g} {name}: {'MISSED' if name in missed else 'reached'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
