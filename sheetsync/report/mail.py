"""Makes the bytes of a mail (MIME) out of a subject, a sender, one recipient, an HTML part and a text part.

The same letter gives the same bytes: boundaries and Message-ID come from its key, the date is handed in. Nothing here
is left to the standard library's ``email``, whose folding damages Vietnamese (see ``mail_headers``).
"""

from __future__ import annotations

import re
from binascii import b2a_base64, b2a_qp
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from urllib.parse import quote

from sheetsync.post import Image, Mailbox, Message
from sheetsync.record import NamedTuple
from sheetsync.report.mail_headers import address_line, checked, date_line, label, subject_line

_ID = re.compile(r"[A-Za-z0-9._-]+")
_KIND_OF_IMAGE = re.compile(r"[a-z0-9.+-]+")


class Letter(NamedTuple):
    """What a mail is made of.

    ``key`` names it among all mails for ever (who, which kind, which period): the same key gives the same Message-ID.
    ``at`` is the moment of its making, in the company's time zone. ``kind`` and ``workspace`` name the list that it
    belongs to, for the filters of mail programs. ``language`` is such as ``vi``.
    """

    subject: str
    sender: Mailbox
    recipient: Mailbox
    html: str
    text: str
    key: str
    at: datetime
    kind: str
    workspace: str
    language: str
    reply_to: Mailbox | None = None
    images: tuple[Image, ...] = ()


def compose(letter: Letter) -> Message:
    """Give the message; DeliveryRefused for an address that is none, ValueError for a date without time zone."""
    sender, recipient = checked(letter.sender), checked(letter.recipient)
    name = sha256(letter.key.encode("utf-8")).hexdigest()[:32]
    message_id = f"<{name}@{sender.address.rpartition('@')[2]}>"
    lines = [_line(header, value) for header, value in _headers(letter, message_id)]
    data = "\r\n".join([*lines, *_body(letter, name)])
    return Message(message_id, sender.address, recipient.address, data.encode("ascii"))


def _headers(letter: Letter, message_id: str) -> Iterator[tuple[str, str]]:
    domain = letter.sender.address.rpartition("@")[2]
    answers = letter.reply_to or letter.sender
    yield "Date", date_line(letter.at)
    yield "From", address_line(letter.sender, "From")
    yield "To", address_line(letter.recipient, "To")
    if letter.reply_to is not None:
        yield "Reply-To", address_line(letter.reply_to, "Reply-To")
    yield "Subject", subject_line(letter.subject)
    yield "Message-ID", message_id
    yield "List-Id", f"<{label(letter.kind)}.{label(letter.workspace)}.sheetsync.{domain}>"
    # A person reads these, and writes STOP into the People sheet: a one-click link would need a server of ours.
    yield (
        "List-Unsubscribe",
        f"<mailto:{quote(checked(answers).address, safe='@')}?subject=STOP%20{label(letter.kind)}>",
    )
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    yield "Content-Language", label(letter.language)
    yield "MIME-Version", "1.0"


def _line(header: str, value: str) -> str:
    """Give one header; a value that would begin another header is a mistake of ours, and stops everything."""
    told = f"{header}: {value}"
    if re.search(r"\r\n(?! [^\r\n])|\r(?!\n)|(?<!\r)\n", told) or not told.isascii():
        raise ValueError(f"the value of {header} does not stay in its header")
    return told


def _body(letter: Letter, name: str) -> Iterator[str]:
    """Give the lines after the headers: the text first, because a mail program shows the last part that it can."""
    html: Sequence[str] = _text_part("html", letter.html)
    if letter.images:
        pictures = [_image_part(image) for image in letter.images]
        html = _joined("related", f"related-{name}", [html, *pictures], '; type="text/html"')
    yield from _joined("alternative", f"alternative-{name}", [_text_part("plain", letter.text), html])
    yield ""


def _joined(kind: str, boundary: str, parts: Sequence[Sequence[str]], more: str = "") -> list[str]:
    # A line of quoted-printable or base64 never begins like a boundary, which holds an underline after an equals sign.
    mark = f"=_{boundary}"
    lines = [f"Content-Type: multipart/{kind};", f' boundary="{mark}"{more}', ""]
    for part in parts:
        lines += [f"--{mark}", *part]
    return [*lines, f"--{mark}--"]


def _text_part(kind: str, text: str) -> list[str]:
    return [
        f"Content-Type: text/{kind}; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        *_quoted(text),
    ]


def _quoted(text: str) -> list[str]:
    """Give the lines of a text in quoted-printable: ASCII, and no longer than 76."""
    lines = re.split(r"\r\n|\r|\n", text.removesuffix("\n"))
    octets = "\r\n".join(lines).encode("utf-8", "replace") + b"\r\n"
    told = b2a_qp(octets, istext=True, quotetabs=False).decode("ascii")
    return told.removesuffix("\r\n").split("\r\n")


def _image_part(image: Image) -> list[str]:
    if not _ID.fullmatch(image.id) or not _KIND_OF_IMAGE.fullmatch(image.kind):
        raise ValueError(f"no name for a picture in a mail: {image.id!r}, {image.kind!r}")
    encoded = b2a_base64(image.data, newline=False).decode("ascii")
    return [
        f"Content-Type: image/{image.kind}",
        "Content-Transfer-Encoding: base64",
        f"Content-ID: <{image.id}>",
        f'Content-Disposition: inline; filename="{image.id}.{image.kind}"',
        "",
        *(encoded[start : start + 76] for start in range(0, len(encoded), 76)),
    ]
