"""The endpoint: a stand-in only on this machine, and the token only to Google and to it."""

from __future__ import annotations

import pytest

from sheetsync.backends.google.endpoint import VARIABLE, Endpoint, endpoint_of
from sheetsync.errors import ConfigError

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets/x?a=1"


@pytest.mark.parametrize(
    ("told", "base"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.9.9.9:1/", "http://127.9.9.9:1"),
        ("http://localhost:8080", "http://localhost:8080"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("http://127.0.0.1", "http://127.0.0.1"),
    ],
)
def test_this_machine_may_stand_in(told: str, base: str) -> None:
    """Shows that every address of the loopback is taken, and that Google's addresses lead there."""
    endpoint = endpoint_of({VARIABLE: told})
    assert endpoint.base == base
    assert endpoint.at(SHEETS) == f"{base}/v4/spreadsheets/x?a=1"
    assert endpoint.at("https://oauth2.googleapis.com/token") == f"{base}/token"
    assert endpoint.may_see_token(endpoint.at(SHEETS))


@pytest.mark.parametrize(
    "told",
    [
        "http://evil.example",
        "http://127.0.0.1.evil.example:80",
        "http://127.0.0.1@evil.example",
        "http://127.0.0.1:80@evil.example/",
        "http://localhost.evil.example",
        "http://evil.example\\@127.0.0.1",
        "http://10.0.0.1:8080",
        "http://0.0.0.0:8080",
        "http://[::ffff:10.0.0.1]:80",
        "http://2130706433:80",
        "ftp://127.0.0.1",
        "127.0.0.1:8080",
        "http://127.0.0.1:99999",
        "http://127.0.0.1/elsewhere",
        "http://[::1",
    ],
)
def test_nobody_else_may(told: str) -> None:
    """Shows that every other host, and every way to disguise one, is refused before a token is fetched."""
    with pytest.raises(ConfigError) as raised:
        endpoint_of({VARIABLE: told})
    assert raised.value.exit_code == 2
    assert raised.value.params == {"variable": VARIABLE, "value": told}


def test_without_the_variable_it_is_google() -> None:
    """Shows that nothing is turned by default, and that only Google gets the token, over TLS."""
    endpoint = endpoint_of({VARIABLE: " "})
    assert endpoint == Endpoint()
    assert endpoint.at(SHEETS) == SHEETS
    assert endpoint.may_see_token(SHEETS)
    assert endpoint.may_see_token("https://www.googleapis.com/drive/v3/files")
    for url in ("http://sheets.googleapis.com/", "https://googleapis.com.evil.example/", "https://evilgoogleapis.com/"):
        assert not endpoint.may_see_token(url)


def test_a_stand_in_does_not_vouch_for_its_neighbours() -> None:
    """Shows that a base that only begins alike gets no token."""
    endpoint = Endpoint("http://127.0.0.1:80")
    assert not endpoint.may_see_token("http://127.0.0.1:8080/v4")
    assert not endpoint.may_see_token("http://127.0.0.1:80@evil.example/")
