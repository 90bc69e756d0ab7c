"""Shared by the tests of the configuration: texts in English, and a folder with a configuration in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sheetsync import locales
from sheetsync.config.keys import Accepted
from sheetsync.config.load import load_config
from sheetsync.config.shape import Config
from sheetsync.errors import ConfigError
from sheetsync.language import Phrases

Load = Callable[..., Config]
Complain = Callable[..., tuple[str, ...]]


@pytest.fixture(scope="session")
def english() -> Phrases:
    """Give the English texts."""
    return Phrases(locales.load("en"))


@pytest.fixture(scope="session")
def vietnamese() -> Phrases:
    """Give the Vietnamese texts, with nothing to fall back on."""
    return Phrases(locales.load("vi"))


@pytest.fixture
def load(tmp_path: Path, english: Phrases, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Give a function that writes files (the first argument is sheetsync.toml) and loads the configuration."""
    monkeypatch.chdir(tmp_path)

    def write_and_load(text: str, accepted: Accepted | None = None, **files: str) -> Config:
        for name, content in {"sheetsync.toml": text, **files}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return load_config(tmp_path / "sheetsync.toml", english, accepted)

    return write_and_load


@pytest.fixture
def complain(load: Load) -> Complain:
    """Give a function that loads a wrong configuration and gives its problems."""

    def problems(text: str, accepted: Accepted | None = None, **files: str) -> tuple[str, ...]:
        with pytest.raises(ConfigError) as caught:
            load(text, accepted, **files)
        return caught.value.problems

    return problems
