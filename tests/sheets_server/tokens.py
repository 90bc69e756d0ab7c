"""The token office: keys of service accounts, and bearer tokens for what was signed with them.

The flow is that of RFC 7523 as Google runs it: the client signs a JWT with its private key, posts it to `/token`, and
gets a bearer token for an hour. Nothing is taken on trust: signature, issuer, scope and both times are checked.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.sheets_server.errors import ApiError

EMAIL = "robot@sheetsync-test.iam.gserviceaccount.com"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
#: How long a token holds, and how long a signed request may; seconds.
LIFETIME = 3600
#: How far a client's clock may run ahead; seconds.
SKEW = 300
TIMES = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
    "Check your iat and exp values in the JWT claim."
)
SCOPES = "https://www.googleapis.com/auth/"
KNOWN = {"spreadsheets", "spreadsheets.readonly", "drive", "drive.file", "drive.readonly", "drive.metadata.readonly"}
KNOWN |= {"drive.metadata", "cloud-platform", "userinfo.email"}


class Holder(NamedTuple):
    """Who asks, and what the token allows."""

    email: str
    scopes: frozenset[str]


class TokenRefused(Exception):
    """What `/token` answers instead of a token: always a 400, with a code of OAuth and Google's sentence."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.body = {"error": code, "error_description": description}


class _Issued(NamedTuple):
    holder: Holder
    until: float


@cache
def _key() -> rsa.RSAPrivateKey:
    """Give a key of this process's own: made anew each time, and only once because that takes a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class TokenOffice:
    """Gives out keys and tokens, and knows both again; `clock` gives the seconds since 1970."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.emails = {EMAIL}
        self.issued: dict[str, _Issued] = {}

    def key_file(self, folder: Path, url: str, *, email: str = EMAIL) -> Path:
        """Write the key of a service account as Google Cloud's console gives it out, readable by its owner only."""
        self.emails.add(email)
        pem = _key().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        content = {
            "type": "service_account",
            "project_id": "sheetsync-test",
            "private_key_id": secrets.token_hex(20),
            "private_key": pem.decode(),
            "client_email": email,
            "client_id": "113400000000000000000",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": f"{url}/token",
            "auth_provider_x509_cert_url": "https://www.googleapis.com/oauth2/v1/certs",
            "client_x509_cert_url": f"https://www.googleapis.com/robot/v1/metadata/x509/{email.replace('@', '%40')}",
            "universe_domain": "googleapis.com",
        }
        path = folder / f"{email.partition('@')[0]}.json"
        path.touch(mode=0o600)
        path.chmod(0o600)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")
        return path

    def exchange(self, form: dict[str, str]) -> dict[str, Any]:
        """Give a bearer token for a signed request, or raise TokenRefused."""
        grant = form.get("grant_type", "")
        if grant != GRANT:
            raise TokenRefused("unsupported_grant_type", f"Invalid grant_type: {grant}")
        claims = self._claims(form.get("assertion", ""))
        return self.issue(Holder(claims["iss"], frozenset(claims["scope"].split())))

    def issue(self, holder: Holder, *, lifetime: float = LIFETIME) -> dict[str, Any]:
        """Give a token without asking, good for `lifetime` seconds, in the form of `/token`'s answer."""
        token = f"ya29.{secrets.token_urlsafe(48)}"
        self.issued[token] = _Issued(holder, self.clock() + lifetime)
        return {"access_token": token, "expires_in": int(lifetime) - 1, "token_type": "Bearer"}

    def revoke(self) -> None:
        """Make every token that is out invalid, as a deleted key or a removed account does."""
        self.issued.clear()

    def holder(self, authorization: str | None) -> Holder:
        """Who the bearer of a token is; a 401 without one, or with one that is unknown or has run out."""
        if not authorization or not authorization.startswith("Bearer "):
            raise unauthenticated("CREDENTIALS_MISSING", "Request is missing required authentication credential.")
        known = self.issued.get(authorization.removeprefix("Bearer "))
        if known is None or known.until <= self.clock():
            raise unauthenticated("ACCESS_TOKEN_EXPIRED", "Request had invalid authentication credentials.")
        return known.holder

    def _claims(self, assertion: str) -> dict[str, Any]:
        signed, _, signature = assertion.rpartition(".")
        header, _, payload = signed.partition(".")
        if not _signed(signed, signature) or _decoded(header).get("alg") != "RS256":
            raise TokenRefused("invalid_grant", "Invalid JWT Signature.")
        claims = _decoded(payload)
        if claims.get("iss") not in self.emails:
            raise TokenRefused("invalid_grant", "Invalid grant: account not found")
        begin, end, now = float(claims.get("iat", 0)), float(claims.get("exp", 0)), self.clock()
        if begin > now + SKEW or end <= now or end - begin > LIFETIME:
            raise TokenRefused("invalid_grant", TIMES)
        asked = claims.get("scope", "").split()
        if not asked or any(one.removeprefix(SCOPES) not in KNOWN for one in asked):
            raise TokenRefused("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        return claims


def unauthenticated(reason: str, sentence: str) -> ApiError:
    """Give the 401 that Google answers, with the reason that stands in its details."""
    message = (
        f"{sentence} Expected OAuth 2 access token, login cookie or other valid authentication credential. "
        "See https://developers.google.com/identity/sign-in/web/devconsole-project."
    )
    detail = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"}
    return ApiError(401, message, details=[detail])


def _signed(signed: str, signature: str) -> bool:
    try:
        _key().public_key().verify(_bytes(signature), signed.encode(), padding.PKCS1v15(), hashes.SHA256())
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def _decoded(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_bytes(part))
    except (binascii.Error, ValueError) as error:
        raise TokenRefused("invalid_grant", "Invalid JWT: Failed to parse the token.") from error
    return found if isinstance(found, dict) else {}


def _bytes(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
