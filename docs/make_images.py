"""Makes the pictures in ``docs/images`` from the demo: the workbook before and after, the dashboard, and the mail.

Needs LibreOffice, pdftoppm, ImageMagick and Chromium: ``python docs/make_images.py``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

IMAGES = Path(__file__).parent / "images"
TODAY = "2026-11-21"
GUIDE, DASHBOARD, OKR, KPI = 1, 2, 3, 4
"""Pages of the printed workbook."""
OKR_PARTS = ((0.0, 43.5), (67.4, 91.6))
"""The columns of the OKR sheet that a picture shows, in percent of its width; those between them are left out."""


MAIL = 700
"""The width of a window for a mail; the page is wider, and keeps some of its margin."""


def main() -> None:
    """Make the pictures in both languages."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for language in ("en", "vi"):
            folder = Path(scratch) / language
            demo = [sys.executable, "-m", "sheetsync", "demo", "--lang", language, "--dir", str(folder)]
            subprocess.run([*demo, "--today", TODAY], check=True, capture_output=True)
            after = printed(folder / "minh-long-food.xlsx")
            before = printed(folder / "minh-long-food.before.xlsx")
            page(before, OKR, f"workbook-before-{language}", keep=OKR_PARTS)
            page(after, OKR, f"workbook-after-{language}", keep=OKR_PARTS)
            page(after, KPI, f"kpi-{language}")
            page(after, DASHBOARD, f"dashboard-{language}")
            page(after, GUIDE, f"guide-{language}")
            mail(folder / "summary.html", f"mail-{language}", height=2300)
            mail(folder / "report.html", f"page-{language}", height=1440, width=1100)
        mail(folder / "summary.html", "mail-vi-dark", height=2300, dark=True)
        mail(folder / "report.html", "page-vi-dark", height=1440, width=1100, dark=True)


def printed(workbook: Path) -> Path:
    """Print a workbook to a PDF beside it."""
    profile = workbook.parent / "office"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(workbook.parent), str(workbook)], check=True, capture_output=True)
    return workbook.with_suffix(".pdf")


def page(document: Path, number: int, name: str, keep: tuple[tuple[float, float], ...] = ()) -> None:
    """Make a picture of one page down to its last row; ``keep`` are the parts of its width to show, in percent."""
    target = document.parent / f"{document.stem}-{number}.png"
    pick = ["-f", str(number), "-l", str(number), "-singlefile", "-r", "130", "-png"]
    subprocess.run(["pdftoppm", *pick, str(document), str(target.with_suffix(""))], check=True)
    convert(target, ["-gravity", "south", "-chop", "0x6%", "+gravity", "-trim", "+repage"], target)
    if keep:
        width = int(subprocess.check_output(["identify", "-format", "%w", str(target)], text=True))
        parts = [f"{int(width * (end - start) / 100)}x0+{int(width * start / 100)}+0" for start, end in keep]
        crops = [piece for part in parts for piece in ("(", "-clone", "0", "-crop", part, "+repage", ")")]
        convert(target, [*crops, "-delete", "0", "+append"], target)
    convert(target, ["-bordercolor", "white", "-border", "16"], IMAGES / f"{name}.png")


def convert(source: Path, steps: list[str], target: Path) -> None:
    """Change a picture; few colours and no dither keep the file small and its areas even."""
    subprocess.run(["convert", str(source), *steps, "+dither", "-colors", "160", str(target)], check=True)


def mail(document: Path, name: str, *, height: int, width: int = MAIL, dark: bool = False) -> None:
    """Make a picture of a mail, or of the page, as a browser shows it."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    more = "--disable-component-update --disable-sync --hide-scrollbars"
    shown = ["--blink-settings=preferredColorScheme=0"] if dark else []
    target = document.parent / f"{name}.png"
    subprocess.run(
        [
            browser,
            *flags.split(),
            *more.split(),
            *shown,
            f"--user-data-dir={document.parent / 'browser'}",
            f"--window-size={width},{height}",
            f"--screenshot={target}",
            document.as_uri(),
        ],
        check=True,
        capture_output=True,
    )
    margin = "#0b1120" if dark else "#f1f5f9"
    steps = ["-trim", "+repage"] if width <= MAIL else ["-trim", "-bordercolor", margin, "-border", "16", "+repage"]
    convert(target, steps, IMAGES / f"{name}.png")


if __name__ == "__main__":
    main()
