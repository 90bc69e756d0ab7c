"""Makes pictures of worksheets: printed by LibreOffice, cropped, with few colours."""

from __future__ import annotations

import subprocess
import warnings
from pathlib import Path

import openpyxl
from openpyxl.worksheet.properties import PageSetupProperties

COLOURS = 24
DOTS = 80


def printed(workbooks: list[Path], folder: Path) -> None:
    """Print workbooks to PDF files of the same names in another folder, each worksheet on a page with its letters."""
    copies = [_prepared(path, folder) for path in workbooks]
    profile = (folder / "office").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*command, str(folder), *map(str, copies)], check=True, capture_output=True)


def _prepared(path: Path, folder: Path) -> Path:
    """Copy a workbook, with every worksheet to be printed on one page together with its row and column headings."""
    copy = folder / path.name
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = sheet.PAPERSIZE_A3
        sheet.page_setup.fitToHeight = sheet.page_setup.fitToWidth = 1
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.headings = True
    book.save(copy)
    return copy


def picture(document: Path, page: int, target: Path) -> None:
    """Make a picture of one page, cropped to what stands on it."""
    raw = document.with_name(f"{document.stem}-{page}.png")
    pick = ["-f", str(page), "-l", str(page), "-singlefile", "-r", str(DOTS), "-png"]
    subprocess.run(["pdftoppm", *pick, str(document), str(raw.with_suffix(""))], check=True)
    steps = ["-trim", "+repage", "-bordercolor", "white", "-border", "6", "+dither", "-colors", str(COLOURS)]
    squeeze = ["-define", "png:compression-level=9", "-define", "png:exclude-chunks=all", "-strip"]
    subprocess.run(["convert", str(raw), *steps, *squeeze, f"PNG8:{target}"], check=True)
