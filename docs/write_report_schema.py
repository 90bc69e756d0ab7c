"""Writes docs/report.v1.schema.json from the form of the digests: ``python docs/write_report_schema.py``."""

from __future__ import annotations

import json
from pathlib import Path

from sheetsync.report.digest.schema import report_schema


def told() -> str:
    """Give the text of the file."""
    return json.dumps(report_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(__file__).with_name("report.v1.schema.json").write_text(told(), encoding="utf-8")
