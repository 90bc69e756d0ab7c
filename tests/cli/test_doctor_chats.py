"""``sheetsync doctor`` and the chats: what is said of a webhook, and the one test message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Caller, configure
from tests.delivery.chat_programs import JUDGES, PATHS
from tests.delivery.web_server import Said, answering

CANARY = "canary"


def hook(here: Path, more: str = "") -> None:
    """Configure a Telegram chat whose address stands in the environment."""
    configure(
        here,
        f'[webhook.team]\ntemplate = "telegram"\nurl.env = "CHAT_URL"\nchat = "-100"\n{more}\n'
        '[workbook.a]\npath = "okr.xlsx"\n',
    )


def checks(call: Caller, *arguments: str) -> tuple[int, dict[str, dict[str, str]]]:
    """Give the exit code and the checks of the chats by name; the address stands nowhere."""
    done = call("doctor", "--json", *arguments)
    assert CANARY not in done.out + done.err
    return done.code, {one["name"]: one for one in json.loads(done.out)["checks"] if one["part"] == "chats"}


def test_a_chat_is_looked_at_and_told_nothing(
    call: Caller, here: Path, okr: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that a webhook in order is said to be, without a word to the chat."""
    hook(here)
    with answering(JUDGES["telegram"]) as server:
        monkeypatch.setenv("CHAT_URL", server.url + PATHS["telegram"])
        code, found = checks(call)
        assert (code, found["chat.webhook"]["state"], server.asked) == (0, "ok", [])


def test_a_test_message_is_told_when_asked_for(
    call: Caller, here: Path, okr: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shows that one message in the person's language arrives."""
    hook(here)
    with answering(JUDGES["telegram"]) as server:
        monkeypatch.setenv("CHAT_URL", server.url + PATHS["telegram"])
        done = call("--lang", "vi", "doctor", "--chat-to", "team")
        assert done.code == 0
        (asked,) = server.asked
    assert asked.json["chat_id"] == "-100"
    assert asked.json["text"].startswith("Tin nhắn thử của sheetsync\n\nTin này do lệnh")
    assert "webhook.team: tin thử đã được nhận." in done.out


def test_what_can_be_wrong_with_a_chat(call: Caller, here: Path, okr: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows one line each for a variable not set, an address that is none, a refusal, and an unknown name."""
    hook(here)
    monkeypatch.delenv("CHAT_URL", raising=False)
    code, found = checks(call)
    assert (code, "CHAT_URL" in found["chat.webhook"]["text"]) == (2, True)
    monkeypatch.setenv("CHAT_URL", "http://chat.example/canary")
    code, found = checks(call)
    assert (code, "https://" in found["chat.webhook"]["text"]) == (3, True)
    with answering(lambda _asked: Said(400, {"ok": False, "description": "chat not found"})) as server:
        monkeypatch.setenv("CHAT_URL", server.url + PATHS["telegram"])
        code, found = checks(call, "--chat-to", "team")
        assert (code, "chat not found" in found["chat.test"]["text"]) == (3, True)
        code, found = checks(call, "--chat-to", "taem")
        assert (code, "team" in found["chat.test"]["fix"]) == (2, True)
