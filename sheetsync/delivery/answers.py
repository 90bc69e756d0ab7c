"""What a mail server's answers mean: for one message, or for the login.

Code and enhanced code decide (RFC 5321, RFC 3463), with what Google and Microsoft say in their own ways.
"""

from __future__ import annotations

import re

from sheetsync.errors import AccessDenied, DeliveryRefused, SheetsyncError, TemporaryFailure
from sheetsync.post import Fate, Receipt
from sheetsync.record import NamedTuple

_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
_LOGIN_WANTED = (530, 535)
_APP_PASSWORD = 534
_STOPPED = 421


class Answer(NamedTuple):
    """One answer: its code, and what was said with it on one line, without any secret."""

    code: int
    said: str

    @property
    def enhanced(self) -> str:
        """The enhanced code such as ``5.7.30``, empty where there is none."""
        found = _ENHANCED.match(self.said)
        return found[0] if found else ""

    @property
    def shown(self) -> str:
        """The answer as a person reads it."""
        return f"{self.code} {self.said}".strip()


def judged(stage: str, answer: Answer) -> Receipt:
    """Say what an answer makes of a message; ``stage`` is ``sender``, ``recipient``, ``data`` or ``end``."""
    fate, key = _meaning(stage, answer)
    return Receipt(fate, f"mail.{key}" if key else "", {"said": answer.shown})


def _meaning(stage: str, answer: Answer) -> tuple[Fate, str]:
    code = answer.code
    if stage == "end" and 200 <= code < 300:
        return Fate.SENT, ""
    if not 400 <= code < 600:  # an answer that this step cannot have
        return (Fate.UNKNOWN if stage == "end" else Fate.RETRY), "odd_answer"
    return _whole_run(stage, answer) or _one_message(stage, answer)


def _whole_run(stage: str, answer: Answer) -> tuple[Fate, str] | None:
    """Say what stops every message; None where only this one is meant."""
    said = answer.said.lower()
    if answer.enhanced == "5.4.5" or "daily user sending" in said:
        return Fate.STOP, "daily_limit"
    if answer.enhanced == "5.7.30":
        return Fate.STOP, "password_ended_now"
    if answer.code == _STOPPED:
        return Fate.STOP, "stopped"
    if answer.code in _LOGIN_WANTED or answer.enhanced == "5.7.57":
        return Fate.STOP, "login_wanted"
    if answer.code >= 500 and (stage == "sender" or answer.enhanced == "5.7.60" or "sendasdenied" in said):
        return Fate.STOP, "sender_refused"
    if answer.code >= 500 and stage == "recipient" and "relay" in said:
        return Fate.STOP, "relay_refused"
    return None


def _one_message(stage: str, answer: Answer) -> tuple[Fate, str]:
    if answer.code < 500:
        return Fate.RETRY, "later"
    return Fate.FAILED, "recipient_refused" if stage == "recipient" else "message_refused"


def login_refused(answer: Answer, host: str, user: str, *, token: bool) -> SheetsyncError:
    """Give the error for a login that was not accepted, with what to do at that provider."""
    params = {"host": host, "user": user, "said": answer.shown}
    said = answer.said.lower()
    if answer.code == _STOPPED or 400 <= answer.code < 500:
        return TemporaryFailure("mail.login_later", **params)
    if answer.enhanced == "5.7.30":
        return AccessDenied("mail.password_ended", **params)
    if answer.enhanced == "5.7.139" or "smtpclientauthentication is disabled" in said:
        return AccessDenied("mail.login_off", **params)
    if answer.code in (_LOGIN_WANTED[0], 538) and "starttls" in said:
        return DeliveryRefused("mail.no_starttls", host=host)
    if token:
        return AccessDenied("mail.token_refused", **params)
    if answer.code == _APP_PASSWORD or "application-specific" in said:
        return AccessDenied("mail.app_password", **params)
    return AccessDenied(f"mail.login_refused{_whose(host)}", **params)


def _whose(host: str) -> str:
    name = host.lower()
    if name.endswith((".gmail.com", ".google.com", ".googlemail.com")):
        return "_google"
    return "_microsoft" if name.endswith((".office365.com", ".outlook.com")) else ""
