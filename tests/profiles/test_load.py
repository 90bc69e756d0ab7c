"""The profiles that come with the program."""

from __future__ import annotations

import pytest

from sheetsync import profiles
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
def test_an_unknown_name_is_a_key_error(name: str) -> None:
    """A name that no file has, even one that looks like a path, is refused."""
    with pytest.raises(KeyError):
        profiles.load(name)
