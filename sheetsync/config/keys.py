"""The table of every key that a configuration may hold; the checker, the JSON Schema and the starter all read it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sheetsync.cadence import WEEKDAYS
from sheetsync.kinds import MailKind
from sheetsync.mapping import APART, BESIDE, CONCEPTS, FIXED_CONCEPTS, LAYOUTS, TABLE_KINDS
from sheetsync.post import PROVIDERS, SECURITIES
from sheetsync.record import NamedTuple
from sheetsync.results import Severity

OKR_COLUMNS = ("progress", "expected", "score", "status", "change", "forecast", "why", "synced")
KPI_COLUMNS = ("achievement", "weighted_score", "grade", "status", "trend", "why", "synced")
LANGUAGES = ("vi", "en")
SEVERITIES = tuple(severity.value for severity in (Severity.ERROR, Severity.WARNING, Severity.HINT))


class Key(NamedTuple):
    """One key: its kind (a function of ``check.KINDS``), and what its value may be.

    ``keys`` are the keys of a ``table``; ``entry`` is what each value of a ``names`` table (whose keys are free) or of
    a ``list`` must be. ``about`` names its description in the locale (``config.about.<about>``), its own name where
    it is empty. Of the keys named in ``one_of`` a table must have exactly one; a key with ``needs`` may only stand
    beside one of those.
    """

    name: str
    kind: str
    allowed: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    required: bool = False
    keys: tuple[Key, ...] = ()
    entry: Key | None = None
    about: str = ""
    one_of: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


class Accepted(NamedTuple):
    """What the caller knows of values that the configuration cannot judge alone; what is left out is not judged.

    ``cycle`` says whether a text can be read as a cycle. ``spreadsheet`` and ``folder`` give the id in an address of
    Google's, or None where there is none. ``profile_data`` gives a built-in profile's plain data by its full name, and
    ``profile_flaws`` what is wrong with such data: path, key of the text, its params, and a word that was meant.
    """

    profiles: Collection[str] = ()
    rules: Collection[str] = ()
    cycle: Callable[[str], bool] | None = None
    spreadsheet: Callable[[str], str | None] | None = None
    folder: Callable[[str], str | None] | None = None
    profile_data: Callable[[str], Mapping[str, Any]] | None = None
    profile_flaws: Callable[[Mapping[str, Any]], Sequence[tuple[Any, str, Mapping[str, Any], str | None]]] | None = None


def _wanted(kind: str, concepts: tuple[str, ...]) -> Key:
    return Key(kind, "list", entry=Key("", "choice", concepts), about=f"columns_{kind}")


def _mailboxes(name: str, about: str) -> Key:
    return Key(name, "texts", entry=Key("", "mailbox"), about=about)


TO = Key(
    "to",
    "table",
    keys=(
        _mailboxes("company", "mail_to_company"),
        _mailboxes("watchers", "mail_to_watchers"),
        Key("teams", "names", entry=_mailboxes("", "mail_to_team"), about="mail_to_teams"),
        Key("owners", "boolean", about="mail_to_owners"),
    ),
    about="mail_to",
)

WHEN = Key(
    "when",
    "table",
    keys=(
        Key("check_in", "choice", WEEKDAYS, about="mail_check_in"),
        Key("hour", "hour", about="mail_hour"),
        Key("send_from", "hour", about="mail_send_from"),
        Key("kinds", "list", entry=Key("", "choice", tuple(MailKind)), about="mail_kinds"),
        Key("owner", "integer", low=0, high=5, about="mail_owner"),
        Key("remind", "integer", low=0, high=10, about="mail_remind"),
        Key("team", "integer", low=0, high=5, about="mail_team"),
        Key("company", "integer", low=0, high=5, about="mail_company"),
        Key("kpi", "integer", low=0, high=25, about="mail_kpi"),
        Key("quiet", "weekdays", entry=Key("", "choice", WEEKDAYS), about="mail_quiet"),
        Key("holidays", "list", entry=Key("", "days"), about="mail_holidays"),
        Key("grace", "integer", low=0, high=5, about="mail_grace"),
    ),
    about="mail_when",
)
"""When which mail is told, and to whom beside the People sheet."""

LOOK = (
    Key("sender_name", "text", about="mail_sender_name"),
    Key("reply_to", "address", about="mail_reply_to"),
    Key("pack", "text", about="mail_pack"),
)
"""What the mails of one client may have of their own, whoever carries them."""

SHARED = (
    Key("language", "choice", LANGUAGES),
    Key("timezone", "timezone"),
    Key("fiscal_start", "integer", low=1, high=12),
    Key("profile", "profile"),
    Key("kpi_profile", "profile"),
    Key("on_conflict", "choice", ("restore", "keep", "ask")),
    Key("fail_on", "choice", (*SEVERITIES, "never")),
    Key("recalc", "choice", ("libreoffice", "never")),
    Key("columns", "table", keys=(_wanted("okr", OKR_COLUMNS), _wanted("kpi", KPI_COLUMNS))),
    Key("scorecard", "boolean"),
    Key("history_worksheet", "boolean"),
    Key("notes", "boolean"),
    Key("rules", "rules", entry=Key("", "choice", (*SEVERITIES, "off"))),
    Key("history", "history"),
    Key("mail", "table", keys=(Key("folder", "text", about="mail_folder"), *LOOK, TO, WHEN)),
)
"""The keys that [defaults] and [workbook.NAME] both take."""

PLACES = ("path", "spreadsheet", "folder")
"""The keys that say where a workbook is."""

LAST_ROW = 10_000_000
"""The last row that any worksheet can have: that of a Google spreadsheet of one column."""

PLACE = Key(
    "",
    "table",
    keys=(
        Key("column", "letters", about="table_column"),
        Key("row", "integer", low=1, high=LAST_ROW, about="table_row"),
        Key("header", "words", about="table_header"),
    ),
    one_of=("column", "row"),
    about="table_place",
)

TABLE = Key(
    "",
    "table",
    keys=(
        Key("worksheet", "texts", entry=Key("", "words"), required=True, about="table_worksheet"),
        Key("kind", "choice", TABLE_KINDS, required=True, about="table_kind"),
        Key("layout", "choice", LAYOUTS, required=True, about="table_layout"),
        Key(
            "header_rows",
            "rows",
            entry=Key("", "integer", low=1, high=LAST_ROW),
            required=True,
            about="table_header_rows",
        ),
        Key("computed", "choice", (BESIDE, APART), about="table_computed"),
        Key(
            "columns", "concepts", CONCEPTS, entry=Key("", "places", entry=PLACE), required=True, about="table_columns"
        ),
        Key("fixed", "concepts", FIXED_CONCEPTS, entry=Key("", "cell"), about="table_fixed"),
    ),
)
"""What [[workbook.NAME.table]] may hold."""

WORKBOOK = (
    Key("path", "file"),
    Key("url", "cell_address", about="workbook_url", needs=("path",)),
    Key("spreadsheet", "spreadsheet"),
    Key("folder", "folder", about="drive_folder"),
    Key("worksheets", "list", entry=Key("", "text"), needs=("spreadsheet", "folder")),
    Key("cycle", "cycle"),
    Key("company", "text"),
    Key("enabled", "boolean"),
    Key("table", "tables", entry=TABLE),
    *SHARED,
)

SECRET_WAYS = (
    Key("env", "variable", about="secret_env"),
    Key("file", "key_file", about="secret_file"),
    Key("command", "list", entry=Key("", "text"), about="secret_command"),
)
ONE_WAY = ("env", "file", "command")
CREDENTIALS = Key("credentials", "secret", keys=SECRET_WAYS, one_of=ONE_WAY)


def _password(name: str, about: str = "", *, required: bool = False) -> Key:
    return Key(name, "password", keys=SECRET_WAYS, one_of=ONE_WAY, about=about, required=required)


GOOGLE = (
    CREDENTIALS,
    Key("reads_per_minute", "integer", low=1, high=6000),
    Key("writes_per_minute", "integer", low=1, high=6000),
    Key("workers", "integer", low=1, high=32),
    Key("deadline", "integer", low=1, high=3600),
    Key("oauth_client", "key_file"),
)

OAUTH = Key(
    "oauth",
    "table",
    keys=(
        Key("google", "secret", keys=SECRET_WAYS, one_of=ONE_WAY, about="oauth_google"),
        Key("tenant", "text", about="oauth_tenant"),
        Key("client", "text", about="oauth_client_id", needs=("tenant",)),
        _password("secret", "oauth_secret")._replace(needs=("tenant",)),
    ),
    one_of=("google", "tenant"),
)

MAIL_SERVER = (
    Key("provider", "choice", tuple(PROVIDERS), about="mail_provider"),
    Key("host", "text", about="mail_host"),
    Key("port", "integer", low=1, high=65535, about="mail_port"),
    Key("security", "choice", SECURITIES, about="mail_security"),
    Key("user", "text", about="mail_user"),
    _password("password", "mail_password"),
    OAUTH,
    Key("sender", "address", required=True, about="mail_sender"),
    *LOOK,
    Key("per_minute", "integer", low=1, high=600, about="mail_per_minute"),
    Key("per_run", "integer", low=1, high=100_000, about="mail_per_run"),
    Key("per_day", "integer", low=1, high=100_000, about="mail_per_day"),
    Key("keep_days", "integer", low=2, high=3660, about="mail_keep_days"),
    Key("timeout", "integer", low=5, high=600, about="mail_timeout"),
    TO,
    WHEN,
)

WEBHOOK = (
    Key("template", "text", required=True, about="webhook_template"),
    _password("url", "webhook_url", required=True),
    Key("headers", "names", entry=_password(""), about="webhook_headers"),
    Key("chat", "text", about="webhook_chat"),
    Key("success", "text", about="webhook_success"),
    Key("limit", "integer", low=100, high=100_000, about="webhook_limit"),
)

REPORT = (
    Key("folder", "text", about="report_folder"),
    Key("url", "web", about="report_url", needs=("folder",)),
    Key("pack", "text", about="report_pack"),
)

PING = (
    _password("url", "ping_url", required=True),
    Key("only_success", "boolean", about="ping_only_success"),
)

ROOT = Key(
    "",
    "table",
    keys=(
        Key("include", "list", entry=Key("", "text")),
        Key("defaults", "table", keys=SHARED),
        Key("google", "table", keys=GOOGLE),
        Key("mail", "mail_server", keys=MAIL_SERVER, one_of=("provider", "host"), about="mail_server"),
        Key("report", "table", keys=REPORT, about="report"),
        Key("ping", "table", keys=PING, about="ping"),
        Key("webhook", "names", entry=Key("", "table", keys=WEBHOOK)),
        Key("profile", "profiles", entry=Key("", "own_profile", about="own_profile"), about="own_profiles"),
        Key("workbook", "names", entry=Key("", "table", keys=WORKBOOK, one_of=PLACES)),
    ),
)
