"""The profiles that come with the program."""

from __future__ import annotations

import pytest

from sheetsync import profiles
from sheetsync.errors import ConfigError
from sheetsync.scoring import profile_from


@pytest.mark.parametrize("name", profiles.names())
def test_every_profile_is_valid_and_called_what_its_file_is_called(name: str) -> None:
    """Each file reads without a problem, and its name and version are those of the file."""
    assert profile_from(profiles.load(name)).full_name == name


def test_both_profiles_are_there() -> None:
    """The two profiles of the design come with the program."""
    assert {"default@1", "vn-kpi@1"} <= set(profiles.names())


def test_a_name_without_version_is_the_newest() -> None:
    """``default`` means the newest version of it."""
    assert profiles.load("default") == profiles.load("default@1")


@pytest.mark.parametrize("name", ["defualt", "default@99", "", "@", "../default@1"])
def test_an_unknown_name_is_told_with_those_that_exist(name: str) -> None:
    """A name that no file has, even one that looks like a path, is a configuration error that lists what exists."""
    with pytest.raises(ConfigError) as error:
        profiles.load(name)
    assert error.value.key == "unknown_profile"
    assert error.value.exit_code == 2
    assert "vn-kpi@1" in error.value.params["known"]
