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
            page(before, OKR, f"workbook-before-{language}", crop="100%x40%+0+0")
            page(after, OKR, f"workbook-after-{language}", crop="100%x40%+0+0")
            page(after, KPI, f"kpi-{language}", crop="100%x30%+0+0")
            page(after, DASHBOARD, f"dashboard-{language}")
            page(after, GUIDE, f"guide-{language}")
            mail(folder / "summary.html", f"mail-{language}", height=2300)
        mail(folder / "summary.html", "mail-vi-dark", height=2300, dark=True)


def printed(workbook: Path) -> Path:
    """Print a workbook to a PDF beside it."""
    profile = workbook.parent / "office"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(workbook.parent), str(workbook)], check=True, capture_output=True)
    return workbook.with_suffix(".pdf")


def page(document: Path, number: int, name: str, crop: str | None = None) -> None:
    """Make a picture of one page, without its margins."""
    target = document.parent / f"{document.stem}-{number}"
    pick = ["-f", str(number), "-l", str(number), "-singlefile", "-r", "130", "-png"]
    subprocess.run(["pdftoppm", *pick, str(document), str(target)], check=True)
    shape = ["-crop", crop, "+repage"] if crop else []
    picture = [f"{target}.png", *shape, "-trim", "-bordercolor", "white", "-border", "16"]
    subprocess.run(["convert", *picture, "-colors", "128", str(IMAGES / f"{name}.png")], check=True)


def mail(document: Path, name: str, *, height: int, dark: bool = False) -> None:
    """Make a picture of a mail as a browser shows it."""
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
            f"--window-size=700,{height}",
            f"--screenshot={target}",
            document.as_uri(),
        ],
        check=True,
        capture_output=True,
    )
    subprocess.run(["convert", str(target), "-trim", "-colors", "128", str(IMAGES / f"{name}.png")], check=True)


if __name__ == "__main__":
    main()
