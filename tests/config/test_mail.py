"""The mail server and the chats of a configuration: what is filled in, and what is wrong, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetsync.config.shape import MailConfig, OauthConfig, Secret, WebhookConfig
from sheetsync.post import PROVIDERS
from tests.config.conftest import Complain, Load

BOOK = '[workbook.a]\npath = "a.xlsx"\n'
CANARY = "hunter2-canary"


def mail_of(load: Load, text: str) -> MailConfig:
    """Give the mail server of a configuration."""
    told = load(f"[mail]\n{text}\n{BOOK}").workbooks["a"].mail_server
    assert told is not None
    return told


def test_a_provider_fills_in_the_rest(load: Load) -> None:
    """Shows that each provider's host, port and protection hold, and that a password comes from where it is named."""
    told = mail_of(load, 'provider = "gmail"\nuser = "o@a.vn"\npassword.env = "PW"\nsender = "o@a.vn"')
    assert told == MailConfig(
        "smtp.gmail.com", 587, "starttls", "o@a.vn", provider="gmail", user="o@a.vn", password=Secret(env="PW")
    )
    for name, known in PROVIDERS.items():
        login = 'user = "o@a.vn"\npassword.env = "PW"\n' if name != "local" else ""
        told = mail_of(load, f'provider = "{name}"\nsender = "o@a.vn"\n{login}')
        assert (told.host, told.port, told.security) == known


@pytest.mark.parametrize(
    ("text", "port", "security"),
    [
        ('host = "mail.a.vn"', 587, "starttls"),
        ('host = "mail.a.vn"\nsecurity = "tls"', 465, "tls"),
        ('host = "mail.a.vn"\nport = 2525', 2525, "starttls"),
        ('host = "localhost"\nsecurity = "none"', 25, "none"),
        ('host = "::1"\nsecurity = "none"\nport = 1025', 1025, "none"),
        ('provider = "workspace-relay"\nsecurity = "tls"', 465, "tls"),
    ],
)
def test_a_server_of_your_own(load: Load, text: str, port: int, security: str) -> None:
    """Shows which port goes with which protection where only one of them is said."""
    told = mail_of(load, f'{text}\nsender = "o@a.vn"')
    assert (told.port, told.security) == (port, security)


def test_tokens_of_google_and_microsoft(load: Load, tmp_path: Path) -> None:
    """Shows both kinds of tokens, with paths that count from the file."""
    head = 'provider = "workspace"\nuser = "o@a.vn"\nsender = "o@a.vn"\n'
    assert mail_of(load, f'{head}oauth.google = "key.json"').oauth == OauthConfig(Secret(file=tmp_path / "key.json"))
    text = f'{head}oauth.tenant = "t"\noauth.client = "c"\noauth.secret.file = "s.txt"'
    assert mail_of(load, text).oauth == OauthConfig(None, "t", "c", Secret(file=tmp_path / "s.txt"))


def test_a_pack_counts_from_the_file(load: Load, tmp_path: Path) -> None:
    """Shows that the folder of a pack is named from the configuration's own, and that there is none by itself."""
    head = 'provider = "local"\nsender = "o@a.vn"\n'
    assert mail_of(load, f'{head}pack = "packs/minh-long"').pack == tmp_path / "packs" / "minh-long"
    assert mail_of(load, head).pack is None


def test_each_client_may_have_a_look_of_its_own(load: Load, tmp_path: Path) -> None:
    """Shows what wins: the workbook, then the client's file, then the file above; the account is one and the same."""
    config = load(
        'include = ["c/*.toml"]\n[mail]\nprovider = "local"\nsender = "o@a.vn"\npack = "ours"\n'
        '[defaults.mail]\nreply_to = "all@a.vn"\n[workbook.own]\npath = "own.xlsx"\n',
        **{
            "c/a.toml": f'[defaults.mail]\npack = "a"\nsender_name = "A"\n{BOOK}mail.reply_to = "r@a.vn"\n',
            "c/b.toml": '[mail]\nhost = "m.b.vn"\nsender = "b@b.vn"\n[workbook.b]\npath = "b.xlsx"\n',
        },
    )
    own, a, b = (config.workbooks[name].mail_server for name in ("own", "a", "b"))
    assert own is not None and a is not None and b is not None
    assert (own.pack, own.sender_name, own.reply_to) == (tmp_path / "ours", "", "all@a.vn")
    assert (a.pack, a.sender_name, a.reply_to) == (tmp_path / "c" / "a", "A", "r@a.vn")
    assert (a.sender, a.host) == ("o@a.vn", own.host)
    assert (b.pack, b.reply_to) == (None, "")  # a mail account of its own says all of it anew
    assert config.defaults["mail_server"] == own
    assert config.workbooks["a"].mail_pack == a.pack


def test_a_pack_holds_without_a_mail_server(load: Load, tmp_path: Path) -> None:
    """Shows the brand of summaries and pages that nobody sends."""
    told = load(f'[defaults.mail]\npack = "ours"\n{BOOK}').workbooks["a"]
    assert (told.mail_server, told.mail_pack) == (None, tmp_path / "ours")


def test_mail_holds_for_the_files_below(load: Load) -> None:
    """Shows that an included file inherits the mail server and the chats, and may have its own."""
    hook = '[webhook.{0}]\ntemplate = "slack"\nurl.env = "{0}"\n'
    config = load(
        f'include = ["c/*.toml"]\n[mail]\nprovider = "local"\nsender = "o@a.vn"\n{hook.format("one")}',
        **{
            "c/a.toml": f"{hook.format('two')}{BOOK}",
            "c/b.toml": '[mail]\nhost = "m.b.vn"\nsender = "b@b.vn"\n[workbook.b]\npath = "b.xlsx"\n',
        },
    )
    one, two = config.workbooks["a"], config.workbooks["b"]
    assert one.mail_server is not None and two.mail_server is not None
    assert (one.mail_server.sender, two.mail_server.sender) == ("o@a.vn", "b@b.vn")
    assert (list(one.webhooks), list(two.webhooks)) == (["one", "two"], ["one"])
    assert config.defaults["mail_server"] == one.mail_server


def test_a_webhook(load: Load, tmp_path: Path) -> None:
    """Shows everything that a webhook may say, with a template of one's own beside the file."""
    text = (
        '[webhook.team]\ntemplate = "my.json.j2"\nurl.command = ["pass", "x"]\nchat = "-100"\n'
        'success = "ok"\nlimit = 900\nheaders.Authorization.env = "T"\n'
    )
    assert load(f"{text}{BOOK}").workbooks["a"].webhooks["team"] == WebhookConfig(
        "team",
        str(tmp_path / "my.json.j2"),
        Secret(command=("pass", "x")),
        {"Authorization": Secret(env="T")},
        "-100",
        "ok",
        900,
    )


S = 'sender = "o@a.vn"\n'
LOGIN = 'user = "o@a.vn"\npassword.env = "PW"\n'


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (f"[mail]\n{S}", "1:2: mail", "exactly one: provider, host"),
        (f'[mail]\nprovider = "gmial"\n{S}', "2:1: mail.provider", 'did you mean "gmail"?'),
        (f'[mail]\nprovider = "gmail"\nhost = "x.vn"\n{S}{LOGIN}', "3:1: mail.host", "cannot stand beside provider"),
        ('[mail]\nprovider = "local"\n', "mail.sender", "is missing"),
        ('[mail]\nprovider = "local"\nsender = "hương@a.vn"\n', "3:1: mail.sender", "is no mail address"),
        ('[mail]\nprovider = "local"\nsender = "A <a@b.vn>, c@d.vn"\n', "3:1: mail.sender", "is no mail address"),
        (f'[mail]\nprovider = "gmail"\n{S}', "1:2: mail", "exactly one: password, oauth"),
        (f'[mail]\nprovider = "gmail"\n{S}password.env = "PW"\n', "mail.user", "is missing"),
        (f'[mail]\nhost = "m.vn"\nsecurity = "none"\n{S}', "3:1: mail.security", "unprotected"),
        (f'[mail]\nprovider = "gmail"\nsecurity = "none"\n{S}{LOGIN}', "3:1: mail.security", "unprotected"),
        (f'[mail]\nprovider = "gmail"\n{S}{LOGIN}oauth.google = "k.json"\n', "6:1: mail.oauth", "cannot stand beside"),
        (f'[mail]\nhost = "m.vn"\n{S}user = "u"\noauth.tenant = "t"\n', "mail.oauth.client", "is missing"),
        (f'[mail]\nhost = "m.vn"\nport = 0\n{S}', "3:1: mail.port", "out of range"),
        (f'[mail]\nhost = "m.vn"\nsecurty = "tls"\n{S}', "3:1: mail.securty", 'did you mean "security"?'),
        ('[webhook.t]\ntemplate = "slack"\n', "webhook.t.url", "is missing"),
        ('[webhook.t]\nurl.env = "U"\n', "webhook.t.template", "is missing"),
        ('[webhook.t]\ntemplate = "slack"\nurl.env = "U"\nlimit = 5\n', "4:1: webhook.t.limit", "out of range"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(complain: Complain, text: str, place: str, words: str) -> None:
    """Shows one clear line for each mistake, at the line where it stands."""
    told = [line for line in complain(f"{text}{BOOK}") if place in line]
    assert len(told) == 1
    assert told[0].startswith("sheetsync.toml:")
    assert words in told[0]


@pytest.mark.parametrize(
    "line",
    [
        f'[mail]\nprovider = "gmail"\n{S}user = "u"\npassword = "{CANARY}"\n',
        f'[mail]\nprovider = "gmail"\n{S}user = "u"\npassword.env = "{CANARY}!"\n',
        f'[mail]\nhost = "m.vn"\n{S}user = "u"\noauth.tenant = "t"\noauth.client = "c"\noauth.secret = "{CANARY}"\n',
        f'[webhook.t]\ntemplate = "slack"\nurl = "https://hooks.slack.com/services/{CANARY}"\n',
        f'[webhook.t]\ntemplate = "slack"\nurl.env = "U"\nheaders.Authorization = "Bearer {CANARY}"\n',
    ],
)
def test_a_secret_in_the_file_is_refused_and_not_shown(complain: Complain, line: str) -> None:
    """Shows that a password, a client secret or a webhook's address must not stand in the file, and is not told."""
    told = complain(f"{line}{BOOK}")
    assert len(told) == 1
    assert CANARY not in told[0]
