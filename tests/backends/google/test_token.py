"""The token that threads share: fetched once, and renewed once for all whom Google refused it."""

from __future__ import annotations

from google.oauth2.service_account import Credentials

from sheetsync.backends.google.deadline import Deadline
from sheetsync.backends.google.endpoint import Endpoint
from sheetsync.backends.google.token import Bearer
from sheetsync.backends.google.wire import WireSession
from tests.backends.google.wire_server import WireServer


def test_a_refused_token_is_renewed_once_for_all() -> None:
    """Shows that who was refused an older token takes the one that another thread has fetched in the meantime."""
    with WireServer() as server, WireSession(Endpoint(server.url), Deadline(5)) as session:
        made = Credentials.from_service_account_info(server.key(), scopes=["x"])
        bearer, other = Bearer(made, session), Bearer(made, session)
        bearer.ensure()
        other.renew("token-1")
        bearer.renew("token-1")
        assert len(server.tokens) == 2
        assert made.token == "token-2"  # noqa: S105 - of a server in this test
