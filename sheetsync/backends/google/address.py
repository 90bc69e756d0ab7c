"""Addresses of spreadsheets, worksheets, cells and Drive folders: out of what people paste, and into links."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, urlsplit

_ID = re.compile(r"[A-Za-z0-9_-]+")
_SHORTEST_BARE_ID = 20  # Google's have 44 characters today and had 23 once; a name typed by hand is seldom as long
_IN_DOCS = re.compile(r"/spreadsheets/(?:u/\d+/)?d/(?!e/)([A-Za-z0-9_-]+)(?:/|$)")
_IN_DRIVE = re.compile(r"/file/(?:u/\d+/)?d/([A-Za-z0-9_-]+)(?:/|$)")
_FOLDER = re.compile(r"/folders/([A-Za-z0-9_-]+)(?:/|$)")
_HOSTS = frozenset({"docs.google.com", "drive.google.com", "spreadsheets.google.com"})


def spreadsheet_id(text: str) -> str | None:
    """Give the id in a spreadsheet's link, or the text itself where it is an id; None where it is neither.

    Published copies (``/d/e/2PACX-...``) have no id, and links to other hosts are none of ours.
    """
    parts = _google(text)
    if parts is None:
        return _bare(text)
    path, query = parts
    found = _IN_DOCS.search(path) or _IN_DRIVE.search(path)
    return found[1] if found else _asked(query, "key", "id")


def folder_id(text: str) -> str | None:
    """Give the id in the link of a Drive folder, or the text itself where it is an id; None where it is neither."""
    parts = _google(text)
    if parts is None:
        return _bare(text)
    path, query = parts
    found = _FOLDER.search(path)
    return found[1] if found else _asked(query, "id")


def sheet_link(spreadsheet: str, gid: int | None = None) -> str:
    """Give the link that opens a spreadsheet, on the worksheet with this ``gid`` where one is named."""
    link = f"https://docs.google.com/spreadsheets/d/{quote(spreadsheet, safe='')}/edit"
    return link if gid is None else f"{link}#gid={gid}"


def folder_link(folder: str) -> str:
    """Give the link that opens a Drive folder."""
    return f"https://drive.google.com/drive/folders/{quote(folder, safe='')}"


def _google(text: str) -> tuple[str, str] | None:
    """Part a link into path and query; None for what is no link of Google's, with or without ``https://``."""
    text = text.strip()
    if "://" not in text and text.split("/", 1)[0].lower() in _HOSTS:
        text = "https://" + text
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    host = (parts.hostname or "").lower()
    return (parts.path, parts.query) if parts.scheme in ("http", "https") and host in _HOSTS else None


def _asked(query: str, *names: str) -> str | None:
    """Give the id that stands in a link's query under one of these names, as in ``open?id=...``."""
    values = parse_qs(query)
    found = next((values[name][0] for name in names if name in values), "")
    return found if _ID.fullmatch(found) else None


def _bare(text: str) -> str | None:
    text = text.strip()
    return text if len(text) >= _SHORTEST_BARE_ID and _ID.fullmatch(text) else None
