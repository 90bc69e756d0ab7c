"""Start-up: importing the backend loads nothing heavy, and neither does writing a small workbook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.backends.excel.workbooks import contract_workbook

HEAVY = ("zipfile", "tempfile", "lxml", "openpyxl", "subprocess", "xlsxwriter", "importlib.metadata", "urllib.request")
WRITE = """
from sheetsync.workbook import CellUpdate, Changes
backend = ExcelBackend(sys.argv[1])
backend.apply(Changes(cells=(CellUpdate("OKR", 4, 4, None, 0.5, "percent"),)), backend.read().revision)
"""


@pytest.mark.parametrize(("more", "heavy"), [("", (*HEAVY, "python_calamine", "hashlib", "pyexpat")), (WRITE, HEAVY)])
def test_nothing_heavy_is_imported(tmp_path: Path, more: str, heavy: tuple[str, ...]) -> None:
    """Shows which modules are loaded after the import, and after reading and writing."""
    code = f"import sys\nfrom sheetsync.backends.excel import ExcelBackend\n{more}\nprint(*sys.modules)"
    command = [sys.executable, "-S", "-c", code, str(contract_workbook(tmp_path / "x.xlsx"))]
    environment = {"PYTHONPATH": ":".join(path for path in sys.path if path)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert set(done.stdout.split()) & set(heavy) == set()
