"""Walks through a digest, and gives all digests of a source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sheetsync.report.digest import (
    Source,
    company_digest,
    kpi_digest,
    owner_digest,
    prepared,
    team_digest,
    wins_digest,
)
from sheetsync.report.digest.page import page_digest, scope_of
from sheetsync.report.digest.page_past import source_on
from sheetsync.report.digest.source import known_of
from sheetsync.results import Digest
from sheetsync.scoring.owned.owners import owners

PLAIN = (dict, list, str, int, float, bool, date, datetime, type(None))
"""The only types that a template is ever given; not even their subclasses."""


def digests(source: Source) -> Iterator[Digest]:
    """Give the digests of every kind, of every team and every owner, and the pages of all that."""
    source = prepared(source)
    known = known_of(source)
    yield company_digest(source)
    yield kpi_digest(source)
    yield wins_digest(source)
    for team in known.of_team:
        yield team_digest(source, team, nudged=lambda *_: 2)
        yield kpi_digest(source, team)
    for owner in known.owned:
        yield owner_digest(source, owner, deadline=source.today, hour="17:00")
    yield page_digest(source)
    for part in owners(source.goals):
        yield page_digest(source, scope_of(part))
    nights = source.past.nights if source.past is not None else ()
    if then := next((found for night in nights if (found := source_on(source, night)) is not None), None):
        yield page_digest(then, past=True)


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Give everything that stands in a digest, with the way to it; lists and dicts too."""
    yield path, value
    if isinstance(value, dict):
        for name, one in value.items():
            yield f"{path}.{name}#", name
            yield from leaves(one, f"{path}.{name}")
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from leaves(one, f"{path}[{place}]")


def strangers(digest: Digest) -> list[str]:
    """Give the ways to whatever is no plain data."""
    return [f"{path}: {type(value)}" for path, value in leaves(digest.data) if type(value) not in PLAIN]
