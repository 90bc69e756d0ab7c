"""Turns a checked ``[mail]`` and ``[webhook.NAME]`` into plain data with every default filled in."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sheetsync.config.secret import absolute, secret
from sheetsync.config.shape import MailConfig, OauthConfig, WebhookConfig
from sheetsync.post import PORTS, PROVIDERS, WEBHOOKS


def mail_server(table: Mapping[str, Any], folder: Path) -> MailConfig:
    """Give the mail server; what the provider says holds where the table says nothing."""
    values = {name: told for name, told in table.items() if name not in ("to", "when")}
    known = PROVIDERS.get(values.get("provider", ""))
    if known is not None:
        values = {"host": known.host, "security": known.security, **values}
        if values["security"] == known.security:
            values.setdefault("port", known.port)
    values.setdefault("security", "starttls")
    values.setdefault("port", PORTS[values["security"]])
    if "password" in values:
        values["password"] = secret(values["password"], folder)
    if "oauth" in values:
        values["oauth"] = _oauth(values["oauth"], folder)
    if "pack" in values:
        values["pack"] = absolute(values["pack"], folder)
    return MailConfig(**values)


def with_own_look(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a workbook with what is said of its own mails (``mail_own``) in its mail server."""
    values = dict(values)
    own, server = values.pop("mail_own", {}), values.get("mail_server")
    pack = own.get("pack", server.pack if server is not None else None)
    if server is not None:
        values["mail_server"] = server._replace(**own)
    return values if pack is None else {**values, "mail_pack": pack}


def _oauth(table: Mapping[str, Any], folder: Path) -> OauthConfig:
    values = dict(table)
    for name in ("google", "secret"):
        if name in values:
            values[name] = secret(values[name], folder)
    return OauthConfig(**values)


def webhook(name: str, table: Mapping[str, Any], folder: Path) -> WebhookConfig:
    """Give one webhook; a template that does not come with the program is a file beside the configuration."""
    values = {**table, "url": secret(table["url"], folder)}
    if values["template"] not in WEBHOOKS:
        values["template"] = str(absolute(values["template"], folder))
    if "headers" in values:
        values["headers"] = {header: secret(told, folder) for header, told in values["headers"].items()}
    return WebhookConfig(name=name, **values)
