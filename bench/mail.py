"""How fast personal mails are made and how much memory that takes, beside a form letter of the standard library.

``python bench/mail.py [--mails 500] [--key-results 300] [--runs 3]``

Each contestant is a process of its own, in turn; the times are those of its work, without the start of Python and
without reading and scoring the workbook:
  usual   for each owner one Jinja table of the own key results, put into an ``EmailMessage`` with a plain text
  ours    for each owner what is to be filled in (digest), rendered as HTML, text and subject, its style sheet put on
          the elements, and composed to the bytes that are sent; owners come again until there are enough mails
The goals: 500 personal mails in less than 5 s and 200 MB, each at most 80 kB of HTML.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import datetime, timedelta, timezone
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

from measure import asked, in_turn
from page import KPIS, LANGUAGE, TODAY, source_of
from scoring import make

if TYPE_CHECKING:
    from sheetsync.report.digest import Source

MOMENT = datetime(2026, 12, 26, 2, 10, tzinfo=timezone(timedelta(hours=7)))
GOALS = {"seconds": 5.0, "megabytes": 200.0, "kilobytes": 80.0}
"""For 500 mails; the kilobytes are the HTML of the largest."""
HONORIFICS = ("anh", "chị", None)
TABLE = """<!doctype html><html><body><p>Chào {{ name }},</p><table>{% for row in rows %}
<tr><td>{{ row.title }}</td><td>{{ row.progress or 0 }}</td><td>{{ row.status }}</td></tr>{% endfor %}
</table></body></html>"""


def owners_of(source: Source, mails: int) -> list[str]:
    """Give the owner of each mail."""
    from sheetsync.report.digest.source import known_of

    return list(islice(cycle(sorted({name for name in known_of(source).owner.values() if name})), mails))


def ours(source: Source, mails: int) -> dict[str, float]:
    """Make all mails as a night makes them."""
    from sheetsync.language import Phrases
    from sheetsync.locales import load
    from sheetsync.packaged import templates_dir
    from sheetsync.post import Mailbox
    from sheetsync.report.digest import Recipient, owner_digest, prepared
    from sheetsync.report.mail import Letter, compose
    from sheetsync.report.render import render

    words, known = Phrases(load(LANGUAGE), load("en")), prepared(source._replace(read_at=MOMENT, zone="GMT+7"))
    sender, largest, sent = Mailbox("okr@minhlong.vn", "OKR Minh Long"), 0, 0
    owners = owners_of(known, mails)
    begun = time.perf_counter()
    for number, owner in enumerate(owners):
        reader = Recipient(owner, "owner", HONORIFICS[number % len(HONORIFICS)])
        shown = render(owner_digest(known._replace(recipient=reader), owner), words, templates_dir())
        largest = max(largest, len(shown.html.encode()))
        letter = Letter(
            shown.subject, sender, Mailbox(f"a{number}@minhlong.vn", owner), shown.html, shown.text,
            f"{number}", MOMENT, "owner", "minh-long", LANGUAGE,
        )  # fmt: skip
        sent += len(compose(letter).data)
    return {"seconds": time.perf_counter() - begun, "kilobytes": largest / 1000, "sent": sent / 1000}


def usual(source: Source, mails: int) -> dict[str, float]:
    """Make a form letter for each."""
    from email.message import EmailMessage
    from email.policy import SMTP

    from jinja2 import Environment

    from sheetsync.report.digest import owner_digest, prepared

    known = prepared(source)
    template, largest, sent = Environment(autoescape=True).from_string(TABLE), 0, 0
    owners = owners_of(known, mails)
    begun = time.perf_counter()
    for owner in owners:
        rows = [one["item"] for one in owner_digest(known, owner).data["due_cells"]]
        html = template.render(rows=rows, name=owner)
        message = EmailMessage(policy=SMTP)
        message["Subject"], message["From"], message["To"] = "OKR", "okr@minhlong.vn", "a@minhlong.vn"
        message.set_content("\n".join(row["title"] for row in rows))
        message.add_alternative(html, subtype="html")
        largest, sent = max(largest, len(html.encode())), sent + len(message.as_bytes())
    return {"seconds": time.perf_counter() - begun, "kilobytes": largest / 1000, "sent": sent / 1000}


def main() -> int:
    """Measure, print, and give 1 where a goal is missed."""
    told = asked(__doc__, mails=500, key_results=300, runs=3)
    if told.one:
        who, path = told.one
        print(json.dumps({"usual": usual, "ours": ours}[who](source_of(path, 12), told.mails)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mail.xlsx"
        make(path, told.key_results, KPIS)
        return report(told.mails, *in_turn(__file__, path, told.runs, mails=told.mails))


def report(mails: int, form: dict[str, float], mail: dict[str, float]) -> int:
    """Print what was measured, and whether the goals are reached."""
    print(f"{mails} personal mails of {TODAY:%d/%m/%Y}")
    for name, told in (("form letter", form), ("mail", mail)):
        print(f"  {name:<12}{told['seconds']:.2f} s  {told['megabytes']:.0f} MB", end="")
        print(f"  largest {told['kilobytes']:.0f} kB of HTML, {told['sent']:.0f} kB in all")
    missed = [name for name, most in GOALS.items() if mail[name] > most]
    for name, most in GOALS.items():
        print(f"  goal        at most {most:g} {name}: {'MISSED' if name in missed else 'reached'}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
