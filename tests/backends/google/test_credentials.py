"""Finding credentials: where they are looked for, what is refused with which sentence, and that nothing is shown."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import google.auth.aws
import google.auth.external_account_authorized_user
import google.auth.identity_pool
import google.auth.impersonated_credentials
import google.auth.pluggable
import google.oauth2.credentials
import google.oauth2.service_account
import pytest

from sheetsync.backends.google import person
from sheetsync.backends.google.credentials import ATTACHED, Found, find_credentials, load, scopes
from sheetsync.errors import AccessDenied, ConfigError, SheetsyncError
from sheetsync.language import Phrases
from sheetsync.locales import load as locale
from tests.backends.google.clocks import client_of
from tests.backends.google.wire_server import EMAIL, WireServer, answer, key_of

KEY = key_of("http://127.0.0.1:1")
SECRET = KEY["private_key"].splitlines()[1]
IMPERSONATED = f"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/{EMAIL}:generateAccessToken"
PERSON = {"type": "authorized_user", "client_id": "c", "client_secret": "s3cret", "refresh_token": "r3fresh"}
FEDERATED: dict[str, Any] = {
    "type": "external_account",
    "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
    "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
    "token_url": "https://sts.googleapis.com/v1/token",
    "service_account_impersonation_url": IMPERSONATED,
    "credential_source": {"file": "/var/run/token"},
}
AWS = {
    **FEDERATED,
    "subject_token_type": "urn:ietf:params:aws:token-type:aws4_request",
    "credential_source": {
        "environment_id": "aws1",
        "regional_cred_verification_url": "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity",
    },
}
PLUGGED = {**FEDERATED, "credential_source": {"executable": {"command": "/bin/true"}}}
STAND_IN = {
    "type": "impersonated_service_account",
    "service_account_impersonation_url": IMPERSONATED,
    "source_credentials": PERSON,
}
WORKFORCE = {
    "type": "external_account_authorized_user",
    "audience": "//iam.googleapis.com/locations/global/workforcePools/p/providers/q",
    "refresh_token": "r3fresh",
    "token_url": "https://sts.googleapis.com/v1/oauthtoken",
    "client_id": "c",
    "client_secret": "s3cret",
}
MODES = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of files; icacls shows who may read them")


class Setting(NamedTuple):
    """What the configuration says."""

    file: Path | None = None
    env: str | None = None
    command: tuple[str, ...] = ()


def kept(folder: Path, content: Any, name: str = "key.json", mode: int = 0o600) -> Path:
    """Write a file of credentials."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    path.chmod(mode)
    return path


def refused(setting: Setting | None, environment: Mapping[str, str] | None = None) -> SheetsyncError:
    """Give the error of looking for credentials; its text must be there in both languages, and hold no secret."""
    with pytest.raises((ConfigError, AccessDenied)) as raised:
        find_credentials(setting, environment or {})
    for language in ("en", "vi"):
        text = Phrases(locale(language)).text(f"error.{raised.value.key}", **raised.value.params)
        assert SECRET not in text
        assert "s3cret" not in text
    return raised.value


def test_a_key_file_is_found_with_its_account(tmp_path: Path) -> None:
    """Shows what is told of a key: its kind, place, e-mail and age, and that only its owner can read it."""
    path = kept(tmp_path, KEY)
    found = find_credentials(Setting(file=path), {})
    assert (found.kind, found.source, found.email) == ("service_account", str(path), EMAIL)
    assert found.modified == path.stat().st_mtime
    assert found.guarded is (None if os.name == "nt" else True)
    made = load(found, scopes(writing=False))
    assert isinstance(made, google.oauth2.service_account.Credentials)
    assert made.scopes == ["https://www.googleapis.com/auth/spreadsheets.readonly"]


def test_the_rights_are_as_few_as_can_be() -> None:
    """Shows the rights for reading, for writing, and with a folder."""
    auth = "https://www.googleapis.com/auth/"
    assert scopes(writing=False) == (f"{auth}spreadsheets.readonly",)
    assert scopes(writing=True) == (f"{auth}spreadsheets",)
    assert scopes(writing=True, folders=True) == (f"{auth}spreadsheets", f"{auth}drive.metadata.readonly")


def test_places_are_looked_at_in_their_order(tmp_path: Path) -> None:
    """Shows that the configuration comes first, then each place of the environment, and the machine last."""
    here = {
        "SHEETSYNC_CREDENTIALS_JSON": json.dumps({**KEY, "client_email": "b@x"}),
        "GOOGLE_APPLICATION_CREDENTIALS": str(kept(tmp_path, {**KEY, "client_email": "c@x"}, "c.json")),
        "HOME": str(tmp_path),
        "APPDATA": str(tmp_path),
        "K_SERVICE": "sheetsync",
    }
    folder = tmp_path if os.name == "nt" else tmp_path / ".config"
    kept(folder / "gcloud", {**STAND_IN}, "application_default_credentials.json")
    signed_in = kept(tmp_path, PERSON, "person.json")
    first = Setting(file=kept(tmp_path, {**KEY, "client_email": "a@x"}, "a.json"))
    assert find_credentials(first, here, signed_in=signed_in).email == "a@x"
    assert find_credentials(None, here, signed_in=signed_in).email == "b@x"
    del here["SHEETSYNC_CREDENTIALS_JSON"]
    assert find_credentials(None, here, signed_in=signed_in).email == "c@x"
    del here["GOOGLE_APPLICATION_CREDENTIALS"]
    assert find_credentials(None, here, signed_in=signed_in).kind == "authorized_user"
    assert find_credentials(None, here).kind == "impersonated_service_account"
    del here["HOME"], here["APPDATA"]
    assert find_credentials(None, here).kind == ATTACHED


def test_nothing_anywhere_is_told() -> None:
    """Shows that without credentials the sentence names the places, and no network is asked."""
    error = refused(None, {"NO_GCE_CHECK": "true"})
    assert (error.key, error.exit_code) == ("google.no_credentials", 2)


@pytest.mark.parametrize(
    ("info", "kind", "email"),
    [
        (KEY, google.oauth2.service_account.Credentials, EMAIL),
        (PERSON, google.oauth2.credentials.Credentials, ""),
        (FEDERATED, google.auth.identity_pool.Credentials, EMAIL),
        (AWS, google.auth.aws.Credentials, EMAIL),
        (PLUGGED, google.auth.pluggable.Credentials, EMAIL),
        (STAND_IN, google.auth.impersonated_credentials.Credentials, EMAIL),
        (WORKFORCE, google.auth.external_account_authorized_user.Credentials, ""),
    ],
)
def test_each_kind_is_loaded_by_its_own_loader(info: dict[str, Any], kind: type, email: str) -> None:
    """Shows that every kind of JSON becomes google-auth's credentials, without a loader that is deprecated."""
    found = find_credentials(None, {"SHEETSYNC_CREDENTIALS_JSON": json.dumps(info)})
    assert (found.kind, found.email, found.source) == (info["type"], email, "SHEETSYNC_CREDENTIALS_JSON")
    assert isinstance(load(found, scopes(writing=True)), kind)


@MODES
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o666, 0o620])
def test_a_key_that_others_can_read_is_refused_with_the_command_that_mends_it(tmp_path: Path, mode: int) -> None:
    """Shows that any right of others refuses the key, and that the command that is told really mends it."""
    path = kept(tmp_path, KEY, "our key's.json", mode)
    error = refused(Setting(file=path))
    assert (error.key, error.exit_code) == ("google.key_open", 2)
    assert os.system(error.params["command"]) == 0  # noqa: S605 - the command that the user is told to run
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert find_credentials(Setting(file=path), {}).guarded is True


@MODES
def test_a_link_does_not_hide_an_open_key(tmp_path: Path) -> None:
    """Shows that the rights of the file itself count, not those of a link to it."""
    link = tmp_path / "link.json"
    link.symlink_to(kept(tmp_path, KEY, mode=0o644))
    assert refused(Setting(file=link)).key == "google.key_open"
    kept(tmp_path, KEY, mode=0o600)
    assert find_credentials(Setting(file=link), {}).guarded is True


@MODES
def test_what_holds_no_secret_may_be_read_by_all(tmp_path: Path) -> None:
    """Shows that the description of a federation is not refused for its mode, and a person's sign-in is."""
    found = find_credentials(Setting(file=kept(tmp_path, FEDERATED, mode=0o644)), {})
    assert found.guarded is None
    for secret in (PERSON, STAND_IN, WORKFORCE):
        assert refused(Setting(file=kept(tmp_path, secret, mode=0o644))).key == "google.key_open"
    assert find_credentials(Setting(file=kept(tmp_path, {**STAND_IN, "source_credentials": FEDERATED}, mode=0o644)), {})


@pytest.mark.parametrize(
    ("content", "key", "params"),
    [
        ("AIzaSyD-1234567890", "api_key", {}),
        ("", "not_json", {"reason": "1:1"}),
        ('{"type": "service_account",\n "private_key": "-----BEGIN', "not_json", {"reason": "2:17"}),
        ("-----BEGIN PRIVATE KEY-----\nMIIE", "not_json", {"reason": "1:1"}),
        ("[" * 100_000, "not_json", {"reason": "RecursionError"}),
        ({"installed": {"client_id": "c", "client_secret": "s3cret"}}, "client_secret", {}),
        ({"web": {"client_id": "c", "client_secret": "s3cret"}}, "client_secret", {}),
        ([], "unknown_kind", {"kind": "–"}),
        ("7", "unknown_kind", {"kind": "–"}),
        ({"type": "gdch_service_account"}, "unknown_kind", {"kind": "gdch_service_account"}),
        ({"type": ["service_account"]}, "unknown_kind", {"kind": "–"}),
        ({**KEY, "client_email": "", "private_key": None}, "missing_fields", {"fields": "client_email, private_key"}),
        ({"type": "authorized_user"}, "missing_fields", {"fields": "client_id, client_secret, refresh_token"}),
    ],
)
def test_what_is_no_key_has_its_own_sentence(tmp_path: Path, content: Any, key: str, params: dict[str, str]) -> None:
    """Shows that each wrong kind of file is told apart, in a file and in a variable, without any of its content."""
    path = kept(tmp_path, content)
    error = refused(Setting(file=path))
    assert (error.key, error.exit_code, error.params) == (f"google.{key}", 2, {"source": str(path), **params})
    if content != "":
        error = refused(Setting(env="ROBOT"), {"ROBOT": path.read_text("utf-8")})
        assert (error.key, error.params) == (f"google.{key}", {"source": "ROBOT", **params})


def test_a_damaged_private_key_is_told_when_it_is_loaded() -> None:
    """Shows that a key whose line breaks were escaped twice, or that was cut, is told as damaged."""
    for damaged in (KEY["private_key"].replace("\n", "\\n"), KEY["private_key"][:300], "no key"):
        text = json.dumps({**KEY, "private_key": damaged})
        with pytest.raises(ConfigError) as raised:
            load(find_credentials(None, {"SHEETSYNC_CREDENTIALS_JSON": text}), scopes(writing=True))
        assert raised.value.key == "google.bad_key"
        assert raised.value.__cause__ is None


def test_a_file_that_is_not_there_or_cannot_be_read(tmp_path: Path) -> None:
    """Shows that a missing file and a folder in its place are two sentences."""
    assert refused(Setting(file=tmp_path / "none.json")).key == "google.key_missing"
    error = refused(Setting(file=tmp_path))
    assert (error.key, error.exit_code) == ("google.key_unreadable", 4)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Shows that a key that an editor on Windows saved again is still read."""
    path = tmp_path / "key.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(KEY).encode())
    path.chmod(0o600)
    assert find_credentials(Setting(file=path), {}).email == EMAIL


def test_an_empty_variable_is_told() -> None:
    """Shows that a variable that the configuration names must hold something."""
    assert refused(Setting(env="ROBOT"), {"ROBOT": "  "}).params == {"source": "ROBOT"}
    assert refused(Setting(env="ROBOT")).key == "google.variable_missing"


def test_a_command_may_print_the_key(tmp_path: Path) -> None:
    """Shows that what a command prints is used, and that a command that fails is told by its name alone."""
    path = kept(tmp_path, KEY)
    printing = (sys.executable, "-c", "import sys; print(open(sys.argv[1]).read())", str(path))
    assert find_credentials(Setting(command=printing), {}).email == EMAIL
    error = refused(Setting(command=(sys.executable, "-c", "raise SystemExit(3)", "s3cret")))
    assert error.params == {"source": sys.executable, "reason": "exit 3"}
    assert refused(Setting(command=("no-such-command-at-all",))).params["reason"] == "FileNotFoundError"


def test_nothing_shows_a_secret() -> None:
    """Shows that neither what was found nor its hidden part can be printed by mistake."""
    found = find_credentials(None, {"SHEETSYNC_CREDENTIALS_JSON": json.dumps(KEY)})
    assert isinstance(found, Found)
    for shown in (repr(found), str(found), f"{found.info}", repr([found])):
        assert SECRET not in shown


def test_a_person_signs_in_once(tmp_path: Path) -> None:
    """Shows that the sign-in of a person is kept for him alone, without the short-lived token, and found again."""
    client = kept(tmp_path, {"installed": {"client_id": "c", "client_secret": "s3cret"}}, "client.json")
    asked: list[Any] = []

    def flow(described: Mapping[str, Any], wanted: Any) -> Any:
        asked.append((described, wanted))
        info = {**PERSON, "token": "sh0rt", "scopes": list(wanted)}
        return google.oauth2.credentials.Credentials.from_authorized_user_info(info)

    at = tmp_path / "config" / "sheetsync" / "google-sign-in.json"
    with pytest.raises(AccessDenied) as raised:
        find_credentials(None, {}, signed_in=at)
    assert raised.value.key == "google.sign_in_needed"
    with pytest.raises(AccessDenied):
        person.sign_in(client, scopes(writing=True), terminal=False, kept=at, flow=flow)
    assert asked == []
    assert person.sign_in(client, scopes(writing=True), terminal=True, kept=at, flow=flow) == at
    assert asked[0][1] == scopes(writing=True)
    assert "sh0rt" not in at.read_text("utf-8")
    found = find_credentials(None, {}, signed_in=at)
    assert (found.kind, found.email) == ("authorized_user", "")
    assert load(found, scopes(writing=True)).refresh_token == PERSON["refresh_token"]
    assert [path.name for path in at.parent.iterdir()] == [at.name]


def test_a_sign_in_that_fails_keeps_nothing(tmp_path: Path) -> None:
    """Shows that a declined sign-in is one sentence, and a file that is no OAuth client another."""
    client = kept(tmp_path, {"installed": {"client_id": "c", "client_secret": "s3cret"}}, "client.json")
    at = tmp_path / "kept.json"

    def declined(_described: Any, _wanted: Any) -> Any:
        raise ValueError("access_denied s3cret")

    with pytest.raises(AccessDenied) as raised:
        person.sign_in(client, (), terminal=True, kept=at, flow=declined)
    assert raised.value.params == {"reason": "ValueError"}
    assert not at.exists()
    for wrong in (KEY, {"web": {"client_id": "c"}}, "no JSON"):
        with pytest.raises(ConfigError) as told:
            person.sign_in(kept(tmp_path, wrong, "wrong.json"), (), terminal=True, kept=at, flow=declined)
        assert told.value.key == "google.not_client"


def test_a_person_reads_with_his_refresh_token() -> None:
    """Shows that a person's sign-in fetches a token through the same bounded session, at the stand-in."""
    with WireServer() as server:
        info = {**PERSON, "token_uri": f"{server.url}/token"}
        made = load(find_credentials(None, {"SHEETSYNC_CREDENTIALS_JSON": json.dumps(info)}), scopes(writing=False))
        server.token_replies.append(answer(200, {"access_token": "personal", "expires_in": 3600}))
        with client_of(server, credentials=made) as client:
            client.get_spreadsheet("x" * 44, fields="spreadsheetId")
            assert client.email == ""
    assert server.seen[0].headers["authorization"] == "Bearer personal"
