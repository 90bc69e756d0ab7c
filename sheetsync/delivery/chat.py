"""Makes the JSON that a chat program wants out of a text and a Jinja template, cut to what the program takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sheetsync.errors import DeliveryRefused
from sheetsync.post import WEBHOOKS
from sheetsync.record import NamedTuple

_LONGEST_TITLE = 200
_MOST_LINES = 40
"""Characters and lines beyond which nobody reads on in a chat; a card of Teams has room for these."""


class Chat(NamedTuple):
    """What is to be told: a title, a text of several lines, and a link (https) that may be empty, with its words."""

    title: str
    text: str
    link: str = ""
    link_title: str = ""


class Told(NamedTuple):
    """The body of a request, and where its answer says that it worked; empty where any answer 2xx does."""

    body: bytes
    success: str


def told_as(name: str, template: str, chat: Chat, number: str, limit: int | None, templates: Path) -> Told:
    """Render a template that comes with the program (``post.WEBHOOKS``) or lies at a path, for one webhook's name.

    ``number`` is the chat that it goes to. Raises DeliveryRefused where the template is not there, wrong, or gives no
    JSON.
    """
    folder, file = templates / "webhook", f"{template}.json.j2"
    if template not in WEBHOOKS:
        folder, file = Path(template).parent, Path(template).name
    text, success = _rendered(name, folder, file, _view(chat, number, limit))
    try:
        document = json.loads(text)
    except ValueError as error:
        place = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise DeliveryRefused("webhook.not_json", name=name, path=file, reason=place) from None
    return Told(json.dumps(document, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"), success)


def _view(chat: Chat, number: str, limit: int | None) -> dict[str, Any]:
    return {
        **chat._asdict(),
        "title": cut(chat.title, _LONGEST_TITLE),
        "chat": number,
        "limit": limit,
        "message": lambda most: message(chat, most),
        "lines": lambda most: _lines(cut(chat.text, most)),
    }


def _lines(text: str) -> list[str]:
    """Give the lines of a text that say something, for programs that want each on its own."""
    told = [line for line in text.splitlines() if line.strip()]
    return told if len(told) <= _MOST_LINES else [*told[: _MOST_LINES - 1], "…"]


def _rendered(name: str, folder: Path, file: str, view: dict[str, Any]) -> tuple[str, str]:
    from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    try:
        module = environment.get_template(file).make_module(view)
    except TemplateNotFound as error:
        raise DeliveryRefused("webhook.no_template", name=name, path=error.name or file) from None
    except (TemplateError, ValueError, TypeError, ArithmeticError, LookupError, AttributeError, OSError) as error:
        reason = str(getattr(error, "message", None) or type(error).__name__)
        raise DeliveryRefused("webhook.template", name=name, path=file, reason=reason.rstrip(".")) from None
    success = getattr(module, "success", "")
    return str(module), success if isinstance(success, str) else ""


def message(chat: Chat, most: int) -> str:
    """Give title, text and link as one text of at most ``most`` characters; only the text between is cut.

    Characters are counted as chat programs count them: one beyond the first 65,536 is two.
    """
    tail = f"\n\n{chat.link}" if chat.link else ""
    title = cut(chat.title, max(1, most - units(tail)))
    room = most - units(title) - units(tail) - 2
    text = cut(chat.text, room) if room > 0 else ""
    return f"{title}\n\n{text}{tail}" if text else f"{title}{tail}"


def cut(text: str, most: int) -> str:
    """Cut a text to ``most`` characters, at the end of a line where there is one in its second half, else at a word."""
    plain = text.strip()
    if units(plain) <= most:
        return plain
    head = _first(plain, most - 1)
    if plain[len(head)].isspace():
        return head.rstrip() + "…"
    for sign in ("\n", " "):
        place = head.rfind(sign)
        if place > len(head) // 2:
            return head[:place].rstrip() + "…"
    return head + "…"


def units(text: str) -> int:
    """Count the characters of a text in UTF-16."""
    return len(text) + sum(char > "\uffff" for char in text)


def _first(text: str, most: int) -> str:
    left = most
    for place, char in enumerate(text):
        left -= 2 if char > "\uffff" else 1
        if left < 0:
            return text[:place]
    return text
