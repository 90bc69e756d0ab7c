"""Paths below a person's own folder, where there is one, and where nobody knows it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from sheetsync.errors import ConfigError
from sheetsync.home import config_home, expanded, state_home


def test_the_sign_for_home_is_the_persons_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that ``~`` is taken for the home folder, and that other paths stay as they are."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    assert expanded("~/okr.xlsx") == tmp_path / "okr.xlsx"
    assert expanded(Path("okr.xlsx")) == Path("okr.xlsx")


def test_the_folder_of_nobody_is_no_failure() -> None:
    """Shows that a path with the name of an unknown person is a path like others, of a file that is not there."""
    assert expanded("~nobody-of-that-name/okr.xlsx") == Path("~nobody-of-that-name/okr.xlsx")


@pytest.mark.parametrize("asked", [state_home, config_home])
@pytest.mark.parametrize("release", ["old", "new"])
def test_a_user_without_a_home_is_told(
    monkeypatch: pytest.MonkeyPatch, asked: Callable[[], Path], release: str
) -> None:
    """Shows that both ways in which platformdirs answers for an unknown user end with the same message."""

    def unknown(*_: object, **__: object) -> Path:
        if release == "new":
            raise RuntimeError("could not determine the home directory")
        return Path("~/.local/state/sheetsync")

    for name in ("user_state_path", "user_config_path"):
        monkeypatch.setattr(platformdirs, name, unknown)
    with pytest.raises(ConfigError) as told:
        asked()
    assert told.value.key == "no_home"


def test_the_folders_are_those_of_the_platform() -> None:
    """Shows that what earlier versions remembered is found again."""
    assert state_home() == platformdirs.user_state_path("sheetsync", appauthor=False)
    assert config_home() == platformdirs.user_config_path("sheetsync", appauthor=False)
