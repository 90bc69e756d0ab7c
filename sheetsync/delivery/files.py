"""Puts messages into a folder instead of sending them: the mail itself, its two parts to look at, and a page of all."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from sheetsync.errors import AccessDenied, TemporaryFailure
from sheetsync.post import Message
from sheetsync.record import NamedTuple

INDEX = "index.html"
GENERATOR = b'<meta name="generator" content="sheetsync mail">'
"""Stands in the head of our page of messages, so that it is told from a page of somebody else's."""


class Filed(NamedTuple):
    """One message with what it was made of, so that it can be looked at without a mail program.

    Without ``html`` it is one for a chat, and only its text is written.

    ``day`` is the one on which it would be sent, as it is to be read. ``data`` are the digests that it was made of: the
    end of each file's name, such as ``team.json``, and its bytes.
    """

    message: Message
    subject: str
    html: str
    text: str
    day: str = ""
    data: tuple[tuple[str, bytes], ...] = ()


class Words(NamedTuple):
    """The words of the page: its title and the three headings (recipient, subject, files), in one language.

    ``day`` is the heading over the days of the messages; without it none are shown.
    """

    language: str
    title: str
    headings: tuple[str, str, str]
    day: str = ""


def write(folder: Path, filed: Sequence[Filed], words: Words, templates: Path) -> Path:
    """Write each mail as ``.eml``, ``.html`` and ``.txt``, a chat's as ``.txt``, their data, and an index; give that.

    The same message gets the same names, so that a second run writes over the first. Each file is there whole or not
    at all. Raises AccessDenied or TemporaryFailure where the folder cannot be written.
    """
    names = [_name(one.message) for one in filed]
    page = _page(filed, names, words, templates)
    place = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one, name in zip(filed, names, strict=True):
            for kind, content in _contents(one):
                place = folder / f"{name}.{kind}"
                _put(place, content)
        place = folder / INDEX
        _put(place, page.encode())
    except PermissionError:
        raise AccessDenied("mail.files_denied", path=str(place)) from None
    except OSError as error:
        raise TemporaryFailure("mail.files_failed", path=str(place), reason=error.strerror or str(error)) from None
    return folder / INDEX


def is_page(content: bytes) -> bool:
    """Say whether the content of a file is a page of messages that ``write`` made."""
    return GENERATOR in content.partition(b"</head>")[0]


def _name(message: Message) -> str:
    """Give the name of a message's files: who gets it, and letters of its Message-ID, which is its own for ever."""
    who = re.sub(r"[^a-z0-9.-]+", "-", message.recipient.lower().replace("@", "-at-")).strip("-.")[:60]
    return f"{who or 'x'}-{sha256(message.message_id.encode()).hexdigest()[:8]}"


def _page(filed: Sequence[Filed], names: Sequence[str], words: Words, templates: Path) -> str:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(templates / "files"), undefined=StrictUndefined, autoescape=True, trim_blocks=True
    )
    rows = [
        {
            "recipient": one.message.recipient,
            "day": one.day,
            "subject": one.subject,
            "files": [f"{name}.{kind}" for kind, _ in _contents(one)],
        }
        for one, name in zip(filed, names, strict=True)
    ]
    return environment.get_template("index.html.j2").render(**words._asdict(), rows=rows)


def _contents(one: Filed) -> tuple[tuple[str, bytes], ...]:
    """Give the files of a message: the end of the name of each, and its bytes."""
    mail = (("html", one.html.encode()), ("eml", one.message.data)) if one.html else ()
    return (*mail[:1], ("txt", one.text.encode()), *mail[1:], *one.data)


def _put(path: Path, content: bytes) -> None:
    """Write a file beside its place, then move it there."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
