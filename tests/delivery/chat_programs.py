"""Stand-ins for chat programs: each judges a request by what its maker documents, and answers as it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.delivery.web_server import Asked, Said

BOT = "123456:canary-AAE7bot"
PATHS = {
    "slack": "/services/T00000000/B00000000/canaryXXXXXXXXXXXX",
    "google-chat": "/v1/spaces/AAA/messages?key=canary-key-0001&token=canary-token-0002",
    "telegram": f"/bot{BOT}/sendMessage",
    "zalo": f"/bot{BOT}/sendMessage",
    "teams": "/workflows/canary0123456789/triggers/manual/paths/invoke?sig=canary-signature",
}


def slack(asked: Asked) -> Said:
    """Judge an incoming webhook: a text that is not empty; & < > stand for themselves only written out."""
    text = asked.json.get("text")
    if not isinstance(text, str) or not text:
        return Said(400, "no_text")
    marks = [piece for piece in text.split("&")[1:] if not piece.startswith(("amp;", "lt;", "gt;"))]
    return Said(400, "invalid_payload") if marks or "<" in text or len(text) > 40_000 else Said(200, "ok")


def google_chat(asked: Asked) -> Said:
    """Judge an incoming webhook: a text of at most 4096 characters, in JSON that says that it is UTF-8."""
    text = asked.json.get("text")
    if asked.headers["content-type"] != "application/json; charset=utf-8" or not text or len(text) > 4096:
        return Said(400, {"error": {"code": 400, "status": "INVALID_ARGUMENT"}})
    return Said(200, {"name": "spaces/AAA/messages/BBB.BBB", "text": text})


def bot(most: int) -> Callable[[Asked], Said]:
    """Judge ``sendMessage`` of a bot whose texts are at most so long."""

    def judge(asked: Asked) -> Said:
        text, chat = asked.json.get("text"), asked.json.get("chat_id")
        if asked.path != f"/bot{BOT}/sendMessage":
            return Said(404, {"ok": False, "error_code": 404, "description": "Not Found"})
        if not chat:
            return Said(400, {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"})
        if not text or len(text.encode("utf-16-le")) // 2 > most:
            return Said(400, {"ok": False, "error_code": 400, "description": "Bad Request: message is too long"})
        return Said(200, {"ok": True, "result": {"message_id": 7}})

    return judge


def teams(asked: Asked) -> Said:
    """Judge a workflow's request: adaptive cards alone, of at most 28 kB, whose elements are known."""
    document = asked.json
    if len(asked.body) > 28 * 1024 or document["type"] != "message":
        return Said(413, "")
    for attachment in document["attachments"]:
        card = attachment["content"]
        right = attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
        if not right or card["type"] != "AdaptiveCard" or not all(map(_is_text, card["body"])):
            return Said(400, {"error": {"code": "InvalidRequestContent"}})
        if any(action["type"] != "Action.OpenUrl" or not action["url"] for action in card["actions"]):
            return Said(400, {"error": {"code": "InvalidRequestContent"}})
    return Said(202, "")


def _is_text(element: Any) -> bool:
    runs = element.get("inlines", ())
    known = all(run["type"] == "TextRun" and isinstance(run["text"], str) and run["text"] for run in runs)
    return element["type"] == "RichTextBlock" and bool(runs) and known


JUDGES: dict[str, Callable[[Asked], Said]] = {
    "slack": slack,
    "google-chat": google_chat,
    "telegram": bot(4096),
    "zalo": bot(2000),
    "teams": teams,
}
