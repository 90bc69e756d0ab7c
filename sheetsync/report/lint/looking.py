"""Judges one mail: its HTML, its text and its subject."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from sheetsync.report.lint.apart import page_of
from sheetsync.report.lint.clients import unsupported
from sheetsync.report.lint.contents import contents
from sheetsync.report.lint.flaws import Flaw, Page
from sheetsync.results import Severity

LONGEST_SUBJECT = 150
"""Characters of a subject; phones show about 40 of them."""

_TAG = re.compile(r"</?(?:table|tr|td|th|div|span|p|br|h[1-6])\b[^>]*>", re.IGNORECASE)


def lint(html: str, text: str, subject: str, images: Collection[str] = ("logo",)) -> tuple[Flaw, ...]:
    """Give the flaws of a mail, each once for every place; none for a mail that is as it should be.

    ``images`` are the ids of the pictures that the mail carries.
    The HTML may carry marks (``marking``), which tell where in a template an element was written.
    """
    page = page_of(html)
    found = (*contents(page), *_missing(page, images), *unsupported(page), *_plain(text, subject))
    return tuple(dict.fromkeys(found))


def _missing(page: Page, images: Collection[str]) -> Iterator[Flaw]:
    """Find pictures that are named as the mail's own, and are none of it."""
    for element in page.elements:
        source = element.attributes.get("src", "").strip()
        if source.lower().startswith("cid:") and source[4:] not in images:
            yield Flaw("no_image", Severity.ERROR, element.at, element.shown, source[:80])


def _plain(text: str, subject: str) -> Iterator[Flaw]:
    if not text.strip():
        yield Flaw("no_text", Severity.ERROR, what="txt")
    if (found := _TAG.search(text)) is not None:
        yield Flaw("tags_in_text", Severity.WARNING, what=found[0][:40])
    if not subject.strip():
        yield Flaw("no_subject", Severity.ERROR, what="subject")
    if len(subject) > LONGEST_SUBJECT:
        yield Flaw("long_subject", Severity.WARNING, what=str(len(subject)))
