"""What the nights with faults share: one stand-in a module, and what must be there in the end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.backends.google.judging import Scenes, scenes
from tests.backends.google.rebuilt import Goals, goals
from tests.sheets_server.server import SheetsServer


@pytest.fixture(scope="module")
def server() -> Iterator[SheetsServer]:
    """Give one stand-in for all tests of a module."""
    with SheetsServer() as made:
        yield made
    assert made.violations == []


@pytest.fixture(scope="module")
def scene_of(server: SheetsServer, tmp_path_factory: pytest.TempPathFactory) -> Scenes:
    """Give the scenes by name."""
    return scenes(server, tmp_path_factory.mktemp("scenes"))


@pytest.fixture(scope="module")
def goal_of(scene_of: Scenes, server: SheetsServer, tmp_path_factory: pytest.TempPathFactory) -> Goals:
    """Give what must be there in the end, by scene and edit."""
    return goals(scene_of, server, tmp_path_factory.mktemp("goals"))
