"""The layouts that reading knows: one file each, which reads the rows of a table of one kind.

To add a layout, write its file and name it in LAYOUTS; a new kind of table also gets its headers in the locales and
its conditions in ``tables``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheetsync.reading.layouts.check_ins import read_check_ins
from sheetsync.reading.layouts.draft import Draft
from sheetsync.reading.layouts.kpis import read_kpis
from sheetsync.reading.layouts.okrs import read_okrs
from sheetsync.reading.layouts.people import read_people
from sheetsync.reading.tables import Found

Layout = Callable[[Draft, Found, str], None]

LAYOUTS: Mapping[str, Layout] = {
    "okr": read_okrs,
    "kpi": read_kpis,
    "people": read_people,
    "check-ins": read_check_ins,
}
"""How a table of each kind is read, in the order in which kinds are read: check-ins name key results."""
