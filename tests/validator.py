"""What html-validate, a program of others, finds in documents."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from shutil import which

import pytest


def complaints(html: Mapping[str, str], folder: Path, rules_off: Iterable[str] = ()) -> list[str]:
    """Give what its recommended rules find in documents; ``rules_off`` are left out."""
    settings = {"root": True, "extends": ["html-validate:recommended"], "rules": dict.fromkeys(rules_off, "off")}
    (folder / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    for name, text in html.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    command = [_validator(), "-c", "settings.json", "-f", "json", "*.html"]
    with (folder / "told.json").open("w", encoding="utf-8") as out:  # it ends before a pipe has taken all of it
        subprocess.run(command, cwd=folder, stdout=out, timeout=300, check=False)
    told = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return [f"{Path(one['filePath']).name}: {each['message']}" for one in told for each in one["messages"]]


def _validator() -> str:
    """Give the path of html-validate; the test skips where it is not there."""
    found = os.environ.get("SHEETSYNC_HTML_VALIDATE") or which("html-validate")
    if not found:
        pytest.skip("needs html-validate: npm install html-validate, then SHEETSYNC_HTML_VALIDATE=…/.bin/html-validate")
    return found
