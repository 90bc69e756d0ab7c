"""The layouts that reading knows: one file each, which reads the rows of a table of one kind.

To add a layout, write its file and name it in LAYOUTS; a new kind of table also gets its headers in the locales and
its conditions in ``tables``. Only goals are always there; the other layouts are imported where there is such a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.layouts.okrs import read_okrs
from sheetsync.reading.tables import Found

Layout = Callable[[Draft, Found, str], None]


def _kpis(draft: Draft, table: Found, key: str) -> None:
    from sheetsync.reading.layouts.kpis import read_kpis

    read_kpis(draft, table, key)


def _people(draft: Draft, table: Found, key: str) -> None:
    from sheetsync.reading.layouts.people import read_people

    read_people(draft, table, key)


def _check_ins(draft: Draft, table: Found, key: str) -> None:
    from sheetsync.reading.layouts.check_ins import read_check_ins

    read_check_ins(draft, table, key)


LAYOUTS: Mapping[str, Layout] = {
    "okr": read_okrs,
    "kpi": _kpis,
    "people": _people,
    "check-ins": _check_ins,
}
"""How a table of each kind is read, in the order in which kinds are read: check-ins name key results."""
