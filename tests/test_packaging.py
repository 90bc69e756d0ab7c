"""What is installed is whole: from a wheel, from a source archive, and in place (editable)."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
DATA = (".toml", ".j2", ".html", ".txt", ".css", ".sql")
PROBE = """
import json, sheetsync
from sheetsync.packaged import templates_dir
folder = templates_dir()
files = [path for path in folder.rglob("*") if path.is_file()]
print(json.dumps([sheetsync.__file__, str(folder), sorted(path.relative_to(folder).as_posix() for path in files)]))
"""


def run(command: list[str], folder: Path) -> str:
    """Run a command in a folder and give its output; where it fails, so does the test, with what it said."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(target: str, source: Path, folder: Path) -> Path:
    """Build a wheel or a source archive with the backend that pyproject.toml names, and give its path."""
    folder.mkdir()
    run([sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)], source)
    (built,) = folder.iterdir()
    return built


def files_of(folder: Path) -> set[str]:
    """Give the names of the files below a folder, as they stand in an archive."""
    found = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix() for path in found}


def expected_files() -> set[str]:
    """Give what must stand in a wheel: the package and the templates inside it."""
    package = {f"sheetsync/{name}" for name in files_of(PROJECT / "sheetsync")}
    return package | {f"sheetsync/templates/{name}" for name in files_of(PROJECT / "templates")}


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the Python of an environment that has nothing installed."""
    folder = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(folder, with_pip=importlib.util.find_spec("pip") is None)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def installed(python: Path, wheel: Path) -> tuple[Path, Path, set[str]]:
    """Install a wheel into the environment; give the package's file, the folder of templates, and the templates."""
    pip = [str(python), "-m", "pip"]
    if importlib.util.find_spec("pip"):
        pip = [sys.executable, "-m", "pip", "--python", str(python)]
    options = ["--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--force-reinstall"]
    run([*pip, "install", *options, str(wheel)], python.parent)
    told = run([str(python), "-I", "-c", PROBE], python.parent)
    package, folder, names = json.loads(told)
    return Path(package), Path(folder), set(names)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a wheel that was built from the sources."""
    return build("wheel", PROJECT, tmp_path_factory.mktemp("build") / "wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a source archive that was built from the sources."""
    return build("sdist", PROJECT, tmp_path_factory.mktemp("build") / "sdist")


def test_wheel_holds_every_module_template_and_data_file(wheel: Path) -> None:
    """Nothing of the package or of the templates is left out, data files are there, and the command is declared."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry,) = [name for name in names if name.endswith(".dist-info/entry_points.txt")]
        commands = archive.read(entry).decode()
    assert expected_files() - names == set()
    assert "sheetsync/locales/vi.toml" in names
    assert any(name.startswith("sheetsync/templates/") and name.endswith(DATA) for name in names)
    assert "sheetsync = sheetsync.__main__:main" in commands
    assert not any(name.split("/")[0] in {"tests", "docs", "bench", "templates"} for name in names)


def test_templates_are_found_after_installing_a_wheel(wheel: Path, python: Path) -> None:
    """In a fresh environment the templates lie inside the package and are all there."""
    package, folder, names = installed(python, wheel)
    assert package.is_relative_to(python.parents[1])
    assert folder == package.parent / "templates"
    assert names == files_of(PROJECT / "templates")


def test_templates_are_found_after_installing_from_a_source_archive(sdist: Path, python: Path, tmp_path: Path) -> None:
    """A wheel that was built from the source archive holds the same as one from the sources."""
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    rebuilt = build("wheel", source, tmp_path / "wheel")
    with zipfile.ZipFile(rebuilt) as archive:
        assert expected_files() - set(archive.namelist()) == set()
    assert installed(python, rebuilt)[2] == files_of(PROJECT / "templates")


def test_source_archive_holds_what_a_reader_needs(sdist: Path) -> None:
    """Licence, readme, change log, example and tests travel with the sources."""
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"LICENSE", "README.md", "CHANGELOG.md", "config.example.toml", "pyproject.toml", "requirements.lock"}
    assert wanted | {"tests/test_packaging.py"} <= names


def test_templates_are_found_in_an_editable_install(python: Path, tmp_path: Path) -> None:
    """Installed in place, the package is the checkout's and the templates are the ones at its top."""
    hook = "import sys; from hatchling.build import build_editable; build_editable(sys.argv[1])"
    run([sys.executable, "-c", hook, str(tmp_path)], PROJECT)
    (editable,) = tmp_path.glob("*.whl")
    package, folder, _ = installed(python, editable)
    assert package == PROJECT / "sheetsync" / "__init__.py"
    assert folder == PROJECT / "templates"
