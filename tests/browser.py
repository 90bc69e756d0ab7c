"""Opens a file in headless Chromium and gives what its own script found out about it."""

from __future__ import annotations

import subprocess
from html import escape
from pathlib import Path
from shutil import which

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
DARK = "--blink-settings=preferredColorScheme=0"


def dumped(page: Path, *flags: str, budget: int = 4000) -> str:
    """Give the document of a page once its scripts have run; ``budget`` is their time in milliseconds."""
    browser = which("chromium") or which("chromium-browser") or which("google-chrome")
    assert browser is not None
    profile = f"--user-data-dir={page.parent / 'profile'}"
    command = [browser, *FLAGS, *flags, f"--virtual-time-budget={budget}", profile, "--dump-dom", page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def framed(html: str, width: int, folder: Path) -> Path:
    """Write a page that shows another one in a frame of a width, and says how wide its content is: ``scroll=375``."""
    frame = f'<iframe id="f" srcdoc="{escape(html)}" style="width:{width}px;height:3000px;border:0"></iframe>'
    script = (
        "onload=()=>{const d=document.getElementById('f').contentDocument.documentElement;"
        "document.getElementById('w').textContent='scroll='+d.scrollWidth}"
    )
    path = folder / "frame.html"
    path.write_text(f'<!doctype html>{frame}<p id="w"></p><script>{script}</script>', encoding="utf-8")
    return path
