"""What is declared, locked and explained as a dependency is the same everywhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = Path(__file__).parents[1]
META = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
EXTRAS = META["optional-dependencies"]


def declared(lines: list[str]) -> dict[str, Requirement]:
    """Give requirements by their canonical names."""
    found = [Requirement(line) for line in lines]
    return {canonicalize_name(one.name): one for one in found}


def locked() -> dict[str, str]:
    """Give the pinned version of each package in the lock."""
    return {canonicalize_name(name): version for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s;]+)", LOCK)}


@pytest.mark.parametrize("lines", [META["dependencies"], EXTRAS["test"]], ids=["runtime", "test"])
def test_lock_pins_every_declared_dependency(lines: list[str]) -> None:
    """Each declared package is in the lock, with a version that the declaration allows."""
    pinned = locked()
    for name, requirement in declared(lines).items():
        assert name in pinned, f"{name} is not in requirements.lock; docs/dependencies.md says how to renew it"
        assert requirement.specifier.contains(pinned[name], prereleases=True), f"{name} {pinned[name]} does not fit"


def test_lock_has_a_hash_for_every_version_and_no_address() -> None:
    """Nothing can be installed from the lock but the very files that were locked, wherever they come from."""
    entries = re.split(r"(?m)^(?=[\w.-]+==)", LOCK)
    assert entries[0] == ""
    assert [entry.split("\n")[0] for entry in entries[1:] if "--hash=sha256:" not in entry] == []
    assert "://" not in LOCK
    assert not re.search(r"(?m)^\s*(-|#|/)(?!-hash)", LOCK)


@pytest.mark.parametrize(
    ("heading", "lines"),
    [("To run", META["dependencies"]), ("To test", EXTRAS["test"]), ("To develop", EXTRAS["dev"])],
)
def test_every_dependency_is_justified(heading: str, lines: list[str]) -> None:
    """docs/dependencies.md has one line with a reason for each declared package, and for no other."""
    page = (PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    (section,) = [part for part in page.split("\n## ") if part.startswith(heading)]
    rows = re.findall(r"(?m)^\| ([\w-]+)[^|]*\| (.+) \|$", section)
    reasons = {canonicalize_name(name): reason for name, reason in rows if name not in {"package", "---"}}
    assert set(reasons) == set(declared(lines))
    assert all(len(reason) > 10 for reason in reasons.values())
