"""The token office knows what it gave out, and for how long."""

from __future__ import annotations

import base64
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from google.auth import crypt, jwt

from tests.sheets_server.errors import ApiError
from tests.sheets_server.tokens import EMAIL, GRANT, Holder, TokenOffice, TokenRefused

SHEETS = "https://www.googleapis.com/auth/spreadsheets"
NOW = 1_760_000_000.0


@pytest.fixture
def office() -> TokenOffice:
    """Give an office whose clock stands still."""
    return TokenOffice(lambda: NOW)


@pytest.fixture
def asserted(office: TokenOffice, tmp_path: Path) -> Callable[..., dict[str, str]]:
    """Give what a client posts, signed with the key that the office gave it; claims can be changed."""
    key = json.loads(office.key_file(tmp_path, "http://127.0.0.1:1").read_text(encoding="utf-8"))
    signer = crypt.RSASigner.from_string(key["private_key"], key["private_key_id"])

    def made(**changed: Any) -> dict[str, str]:
        claims = {"iss": EMAIL, "scope": SHEETS, "aud": "x", "iat": int(NOW), "exp": int(NOW) + 3600} | changed
        return {"grant_type": GRANT, "assertion": jwt.encode(signer, claims).decode()}

    return made


def test_signed_request_gets_a_token(office: TokenOffice, asserted: Callable[..., dict[str, str]]) -> None:
    """Shows that a token names its bearer and holds the scopes that were signed."""
    answer = office.exchange(asserted())
    assert office.holder(f"Bearer {answer['access_token']}") == Holder(EMAIL, frozenset({SHEETS}))


@pytest.mark.parametrize(
    ("changed", "code", "word"),
    [
        ({"iss": "nobody@example.com"}, "invalid_grant", "account not found"),
        ({"iat": int(NOW) + 900, "exp": int(NOW) + 1800}, "invalid_grant", "reasonable timeframe"),
        ({"iat": int(NOW) - 4000, "exp": int(NOW) - 400}, "invalid_grant", "reasonable timeframe"),
        ({"exp": int(NOW) + 90_000}, "invalid_grant", "short-lived"),
        ({"scope": "https://www.googleapis.com/auth/tables"}, "invalid_scope", "Invalid OAuth scope"),
        ({"scope": ""}, "invalid_scope", "Invalid OAuth scope"),
    ],
)
def test_claims_are_checked(
    office: TokenOffice, asserted: Callable[..., dict[str, str]], changed: dict[str, Any], code: str, word: str
) -> None:
    """Shows that issuer, times and scope are refused as Google refuses them."""
    with pytest.raises(TokenRefused, match=word) as refusal:
        office.exchange(asserted(**changed))
    assert refusal.value.body["error"] == code


def test_foreign_signature_is_refused(office: TokenOffice, asserted: Callable[..., dict[str, str]]) -> None:
    """Shows that claims changed after they were signed get no token."""
    form = asserted()
    head, claims, signature = form["assertion"].split(".")
    padded = base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)).replace(b"spreadsheets", b"drive")
    form["assertion"] = f"{head}.{base64.urlsafe_b64encode(padded).decode().rstrip('=')}.{signature}"
    with pytest.raises(TokenRefused, match="Invalid JWT Signature"):
        office.exchange(form)


@pytest.mark.parametrize("assertion", ["", "a.b", "a.b.c", "!.!.!"])
def test_nonsense_is_refused(office: TokenOffice, assertion: str) -> None:
    """Shows that what is no signed token at all is refused and not tripped over."""
    with pytest.raises(TokenRefused):
        office.exchange({"grant_type": GRANT, "assertion": assertion})


def test_other_grants_are_refused(office: TokenOffice) -> None:
    """Shows that no other way of asking is served."""
    with pytest.raises(TokenRefused, match="Invalid grant_type: password"):
        office.exchange({"grant_type": "password"})


def test_tokens_run_out() -> None:
    """Shows that a token is good until its hour is over, by the clock that was handed in."""
    now = [NOW]
    office = TokenOffice(lambda: now[0])
    token = office.issue(Holder(EMAIL, frozenset()))["access_token"]
    now[0] += 3599
    assert office.holder(f"Bearer {token}").email == EMAIL
    now[0] += 1
    with pytest.raises(ApiError) as refusal:
        office.holder(f"Bearer {token}")
    assert refusal.value.status == 401


@pytest.mark.parametrize("header", [None, "", "Basic x", "Bearer ya29.unknown"])
def test_no_token_is_a_401(office: TokenOffice, header: str | None) -> None:
    """Shows that a request without a token of ours is not authenticated."""
    with pytest.raises(ApiError) as refusal:
        office.holder(header)
    assert (refusal.value.status, refusal.value.reason) == (401, "UNAUTHENTICATED")


def test_key_is_for_its_owner_only(office: TokenOffice, tmp_path: Path) -> None:
    """Shows that a key file is written as Google's console would be told to keep it: mode 0600."""
    path = office.key_file(tmp_path, "http://127.0.0.1:1")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "http://127.0.0.1:1/token" in json.loads(path.read_text(encoding="utf-8")).values()
