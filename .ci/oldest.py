"""Prints the oldest allowed version of each package that sheetsync runs with, as constraints for pip."""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

for line in PROJECT["dependencies"]:
    needed = Requirement(line)
    (oldest,) = (bound.version for bound in needed.specifier if bound.operator == ">=")
    print(f"{needed.name}=={oldest}")
