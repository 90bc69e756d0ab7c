"""Chats: each template against a server with the documented shape, and what every answer means."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.delivery.chat import Chat, cut, message, units
from sheetsync.delivery.webhook import Webhook, prepared, tell
from sheetsync.errors import DeliveryRefused, SheetsyncError
from sheetsync.hidden import Hidden
from sheetsync.packaged import templates_dir
from sheetsync.post import WEBHOOKS, Fate, Receipt
from tests.delivery.chat_programs import JUDGES, PATHS
from tests.delivery.web_server import Said, WebServer, answering

TEMPLATES = templates_dir()
CHAT = Chat(
    "OKR tuần 7: 3/5 mục tiêu đúng tiến độ",
    'Tiến độ chung 46 %, mốc kỳ vọng 54 %\n■ Doanh thu online: 31 %\nĐề xuất: "duyệt" 150 triệu ₫ \\ & <xem>',
    "https://docs.google.com/spreadsheets/d/ID/edit#gid=0&range=F12",
    "Mở bảng",
)
HOSTILE = (
    '", "text": "x',
    "<!channel> <@U123> <users/all> &lt;",
    "{{ 7 * 7 }} {% for x in y %} {# #}",
    "[here](https://evil.example) **bold** _x_",
    "\x00\x1b\u2028\u2029\ud83d \u202eevil",
    "</script>'\"\\",
    "👩‍💻" * 5000,
    "đ" * 10_000,
    "dòng\n" * 3000,
)


def hook(server: WebServer, template: str, **more: Any) -> Webhook:
    """Give a webhook to a stand-in."""
    url = f"{server.url}{PATHS.get(template, '/hook/canary-own-address')}"
    return Webhook("team", template, Hidden(url), more.pop("headers", {}), more.pop("chat", "-100123"), **more)


def told(server: WebServer, webhook: Webhook, chat: Chat = CHAT, sleeps: list[float] | None = None) -> Receipt:
    """Tell a chat something, without waiting."""
    waited: list[float] = [] if sleeps is None else sleeps
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return tell(webhook, chat, TEMPLATES, sleep=waited.append, now=lambda: now)


@pytest.mark.parametrize("template", WEBHOOKS)
def test_each_template_has_the_documented_shape(template: str) -> None:
    """Shows that each chat program's server takes what its template makes, with every word of the message in it."""
    with answering(JUDGES[template]) as server:
        receipt = told(server, hook(server, template))
        body = server.asked[0].body.decode()
    assert receipt == Receipt(Fate.SENT)
    assert "OKR tuần 7: 3/5 mục tiêu đúng tiến độ" in body
    assert "mốc kỳ vọng 54 %" in body
    assert "range=F12" in body


@pytest.mark.parametrize("template", WEBHOOKS)
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_from_a_sheet_breaks_out(template: str, value: str) -> None:
    """Shows that hostile and endless texts stay text, within the limit of each chat, and call nobody."""
    with answering(JUDGES[template]) as server:
        receipt = told(server, hook(server, template), Chat(value, f"{value}\n{value}", CHAT.link))
        document = server.asked[0].json
    assert receipt.fate is Fate.SENT
    expected = {"text", "unfurl_links", "chat_id", "link_preview_options", "type", "attachments"}
    assert set(document) <= expected
    assert "<!channel>" not in str(document) or template in ("telegram", "zalo", "teams")
    assert "<users/all>" not in str(document) or template in ("telegram", "zalo", "teams")


@given(st.text(max_size=300), st.text(max_size=3000), st.integers(60, 500))
def test_a_message_keeps_to_its_limit(title: str, text: str, most: int) -> None:
    """Shows that whatever the texts, the message is within the limit, and the link is whole."""
    made = message(Chat(title, text, "https://a.vn/x"), most)
    assert units(made) <= most
    assert made.endswith("https://a.vn/x")
    assert units(made) == len(made.encode("utf-16-le", "surrogatepass")) // 2


def test_a_text_is_cut_at_a_line_or_a_word() -> None:
    """Shows where a text is cut, and that the cut can be seen."""
    assert cut("một hai ba bốn", 11) == "một hai ba…"
    assert cut("dòng một\ndòng hai\ndòng ba", 20) == "dòng một\ndòng hai…"
    assert cut("vừa đủ", 6) == "vừa đủ"
    assert cut("x" * 9, 5) == "xxxx…"


NO_CHAT = {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
BUSY = {"ok": False, "error_code": 429, "parameters": {"retry_after": 7}}
ANSWERS = [
    ("telegram", Said(400, NO_CHAT), Fate.FAILED, "refused", None),
    ("telegram", Said(200, {"ok": False, "description": "no"}), Fate.FAILED, "refused", None),
    ("telegram", Said(200, "<html>a hotel's page</html>"), Fate.UNKNOWN, "unanswered", None),
    ("slack", Said(404, "no_service"), Fate.FAILED, "refused", None),
    ("slack", Said(302, "", (("Location", "http://192.0.2.1/"),)), Fate.FAILED, "refused", None),
    ("slack", Said(503, "later"), Fate.RETRY, "later", None),
    ("slack", Said(429, "", (("Retry-After", "900"),)), Fate.RETRY, "later", 900.0),
    ("slack", Said(429, "", (("Retry-After", "Sun, 22 Nov 2026 00:10:00 GMT"),)), Fate.RETRY, "later", 600.0),
    ("slack", Said(500, "oops"), Fate.UNKNOWN, "unanswered", None),
    ("slack", Said(0), Fate.UNKNOWN, "unanswered", None),
]


@pytest.mark.parametrize(("template", "said", "fate", "key", "after"), ANSWERS, ids=range(len(ANSWERS)))
def test_every_answer_has_its_fate(template: str, said: Said, fate: Fate, key: str, after: float | None) -> None:
    """Shows what each answer makes of a message, and that it is told once."""
    with answering() as server:
        server.script.append(said)
        receipt = told(server, hook(server, template))
        assert len(server.asked) == 1
    assert (receipt.fate, receipt.text, receipt.after) == (fate, f"webhook.{key}", after)


@pytest.mark.parametrize(
    "busy", [Said(429, BUSY), Said(429, {"retry_after": 7}), Said(429, BUSY, (("Retry-After", "7"),))]
)
def test_a_busy_chat_gets_the_time_that_it_asks_for(busy: Said) -> None:
    """Shows that Retry-After, or what Telegram and Discord say instead, is honoured, and the third no is the last."""
    waited: list[float] = []
    with answering(JUDGES["telegram"]) as server:
        server.script.append(busy)
        assert told(server, hook(server, "telegram"), sleeps=waited).fate is Fate.SENT
        assert (waited, len(server.asked)) == ([7.0], 2)
        server.script.extend([busy] * 3)
        receipt = told(server, hook(server, "telegram"), sleeps=waited)
        assert (receipt.fate, receipt.after, len(server.asked)) == (Fate.RETRY, 7.0, 5)


@pytest.mark.parametrize("status", [-1, -2, -3])
def test_an_answer_without_an_end_is_left(status: int) -> None:
    """Shows one that trickles, breaks off or falls silent: left in time, and unknown whether the message arrived."""
    with answering() as server:
        server.script.append(Said(status))
        receipt = tell(hook(server, "slack"), CHAT, TEMPLATES, seconds=0.2)
    assert (receipt.fate, receipt.text) == (Fate.UNKNOWN, "webhook.unanswered")


def test_nobody_there() -> None:
    """Shows that a closed port is for later, because nothing can have been told."""
    with answering() as server:
        webhook = hook(server, "slack")
    receipt = told(server, webhook)
    assert (receipt.fate, receipt.text) == (Fate.RETRY, "webhook.unreachable")


@pytest.mark.parametrize(
    ("body", "path", "fate"),
    [
        ({"result": [{"id": 5}]}, "result.0.id", Fate.SENT),
        ({"result": [{"id": 5}]}, "result.1.id", Fate.FAILED),
        ({"result": None}, "result.id", Fate.FAILED),
        ({}, "", Fate.SENT),
    ],
)
def test_success_may_stand_in_the_answer(body: object, path: str, fate: Fate) -> None:
    """Shows that the configuration's own path into the answer decides, and an empty one takes any answer 2xx."""
    with answering(lambda _asked: Said(200, body)) as server:
        assert told(server, hook(server, "telegram", success=path)).fate is fate


def test_a_template_of_ones_own(tmp_path: Path) -> None:
    """Shows a template beside the configuration, with its own success, the limit of the configuration, and headers."""
    own = tmp_path / "own.json.j2"
    own.write_text('{% set success = "done" %}{"body": {{ message(limit) | tojson }}}', encoding="utf-8")
    with answering(lambda _asked: Said(200, {"done": True})) as server:
        webhook = hook(server, str(own), limit=120, headers={"Authorization": Hidden("Bearer canary")})
        assert told(server, webhook).fate is Fate.SENT
        assert server.asked[0].headers["authorization"] == "Bearer canary"
        assert len(server.asked[0].json["body"]) <= 120


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('{"text": "{{ title }}"}', "not_json"),
        ("{{ title", "template"),
        ("{% if title %}", "template"),
        ("{{ titel | tojson }}", "template"),
        ('{{ "".__class__.__mro__ | tojson }}', "template"),
        ('{% include "../other.json.j2" %}', "no_template"),
        ("{{ 1 / 0 }}", "template"),
        ("{{ range(9999999) | list | tojson }}", "template"),
    ],
)
def test_a_wrong_template_is_one_clear_line(tmp_path: Path, text: str, key: str) -> None:
    """Shows that nothing is told with a template that is wrong, reaches outside, or gives no JSON."""
    own = tmp_path / "in" / "own.json.j2"
    own.parent.mkdir()
    own.write_text(text, encoding="utf-8")
    (tmp_path / "other.json.j2").write_text("{}", encoding="utf-8")
    with answering() as server:
        with pytest.raises(DeliveryRefused) as caught:
            told(server, hook(server, str(own)), CHAT._replace(title='a "b'))
        assert server.asked == []
    assert caught.value.key == f"webhook.{key}"
    assert not str(caught.value.params.get("reason", "")).endswith(".")


def test_a_header_that_cannot_be_sent_is_told_without_its_value() -> None:
    """Shows one clear error for a value with accents, before anything is asked, and that the value stands nowhere."""
    with answering() as server:
        with pytest.raises(DeliveryRefused) as caught:
            told(server, hook(server, "slack", headers={"Authorization": Hidden("Bearer cảnary")}))
        assert server.asked == []
    assert (caught.value.key, caught.value.params["header"]) == ("webhook.header", "Authorization")
    assert "cảnary" not in str(caught.value)


def test_a_missing_template_and_a_missing_chat() -> None:
    """Shows one clear line for a template that is not there, and for a bot that knows nobody."""
    with answering() as server:
        with pytest.raises(DeliveryRefused) as missing:
            told(server, hook(server, "/nowhere/own.json.j2"))
        with pytest.raises(DeliveryRefused) as nobody:
            told(server, hook(server, "telegram", chat=""))
        assert server.asked == []
    assert (missing.value.key, nobody.value.key) == ("webhook.no_template", "webhook.no_chat")


@pytest.mark.parametrize("url", ["http://chat.example/x", "ftp://127.0.0.1/x", "https://", "canary", "https://[::1"])
def test_an_address_has_to_be_protected(url: str) -> None:
    """Shows that a message goes out over https alone, but to this computer, and that the address is not told."""
    with pytest.raises(DeliveryRefused) as caught:
        tell(Webhook("team", "slack", Hidden(url), {}), CHAT, TEMPLATES)
    assert (caught.value.key, caught.value.params) == ("webhook.url", {"name": "team"})


@pytest.mark.parametrize("url", ["https://chat.example/x", "HTTPS://chat.example/x", "http://127.0.0.1:1/x"])
def test_a_protected_address_is_taken(url: str) -> None:
    """Shows that a chat of the usual kind is prepared, with the host that it goes to."""
    _, host = prepared(Webhook("team", "slack", Hidden(url), {}), CHAT, TEMPLATES)
    assert host in url


ECHO = "canary"


@pytest.mark.parametrize("template", WEBHOOKS)
@pytest.mark.parametrize("status", [200, 400, 500, 503, 0])
def test_the_address_is_never_told(template: str, status: int, caplog: pytest.LogCaptureFixture) -> None:
    """Shows that a server which says the whole address and header back does not bring it into a receipt or a log."""
    caplog.set_level(logging.INFO)
    with answering(lambda asked: Said(status, f"{asked.path} {asked.headers.get('x-key')} {asked.headers}")) as server:
        webhook = hook(server, template, headers={"X-Key": Hidden("canary-header")})
        receipt = told(server, webhook)
    assert ECHO not in repr(receipt) + repr(webhook) + caplog.text


def test_a_failure_s_traceback_does_not_hold_the_address(tmp_path: Path) -> None:
    """Shows that the address stands in no traceback either."""
    webhook = Webhook("team", str(tmp_path / "none.j2"), Hidden("https://chat.example/canary"), {})
    with pytest.raises(SheetsyncError) as caught:
        tell(webhook, CHAT, TEMPLATES)
    assert ECHO not in "".join(traceback.format_exception(caught.value))
