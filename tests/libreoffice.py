"""LibreOffice as a second program that opens, computes and prints what sheetsync wrote."""

from __future__ import annotations

import subprocess
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl

ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode"><value>0</value></prop>
</item>
</oor:items>"""
SECONDS = 180

Values = dict[str, dict[str, Any]]
"""Worksheet -> address -> value, without empty cells."""


def converted(paths: list[Path], out: Path, form: str = "xlsx") -> list[Path]:
    """Open workbooks in LibreOffice, compute every formula anew, and save each in a form such as xlsx or pdf."""
    profile = out / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", str(out), *map(str, paths)], check=True, capture_output=True, timeout=SECONDS)
    return [out / f"{path.stem}.{form}" for path in paths]


def values(path: Path) -> Values:
    """Give what stands in every cell of a workbook; of a formula its stored result."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*extension is not supported")
        with closing(openpyxl.load_workbook(path, data_only=True)) as book:
            return {
                sheet.title: {
                    cell.coordinate: cell.value
                    for row in sheet.iter_rows()
                    for cell in row
                    if cell.value not in (None, "")
                }
                for sheet in book.worksheets
            }
