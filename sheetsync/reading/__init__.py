"""Workbook to Goals: finds the tables, maps their headers, reads their rows. It never complains."""

from __future__ import annotations

from sheetsync.reading.cycles import parse_cycle

__all__ = ["parse_cycle"]
