"""Says what a sending run did: one clear line for each thing that somebody should know, and the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import click

from sheetsync.cli import exits, tell
from sheetsync.cli.screen import flowed
from sheetsync.cli.sending import Post, Sent, acknowledge
from sheetsync.cli.speech import phrases, say, say_many, spoken_language
from sheetsync.errors import SheetsyncError
from sheetsync.outgoing import LOST, Later, Parcel, Part, Reason, State
from sheetsync.posting import Refusal, Report

NAMED = 10
"""How many recipients are named one by one; a server that is away for days would fill the screen."""


def reason_told(reason: Reason) -> str:
    """Give the sentence of a reason; empty where there is none."""
    return say(f"error.{reason.text}", **reason.params) if reason.text else ""


def code_of(sent: Sent, *, nightly: bool) -> int:
    """Give the exit code. A nightly run is partial rather than denied, and waits quietly for the first confirmation."""
    report, codes = sent.report, [error.exit_code for error in sent.report.stops.values()]
    if nightly:
        codes = [code if code == exits.TEMPORARY else exits.PARTIAL for code in codes]
    if not report.stops and (report.retrying or report.capped):
        codes.append(exits.TEMPORARY)
    if report.held is not None and report.held.people:
        codes.append(_code_held(report.held.why, nightly=nightly))
    codes += [exits.BUG if one.bug else exits.PARTIAL for one in report.refusals]
    codes += [exits.PARTIAL for _ in (*sent.unread, *sent.grown.names)]
    if any(one.parcels or one.parts for one in sent.losses):
        codes.append(exits.PARTIAL)
    return exits.worst(codes)


def _code_held(why: str, *, nightly: bool) -> int:
    if why == "resting":
        return exits.TEMPORARY
    return exits.COMPLETE if nightly and why in ("unconfirmed", "new") else exits.PARTIAL


def tell_unread(errors: Iterable[SheetsyncError], known: set[str]) -> None:
    """Tell why a history cannot be used, or nothing sent from it; each once for all senders that need it."""
    for error in errors:
        if str(error) not in known:
            known.add(str(error))
            tell(error, f"{say('cli.mail.mail')}: ")


def tell_sent(sent: Sent, known: set[str]) -> None:
    """Tell what went wrong or still waits on stderr, and remember that losses were told.

    ``known`` are histories of which other senders told already that they cannot be used; it is added to.
    """
    report = sent.report
    tell_unread(sent.unread, known)
    for error in report.stops.values():
        tell(error, f"{say('cli.mail.mail')}: ")
    for line in _lines(sent):
        click.echo(flowed(line), err=True)
    for refusal in report.refusals:
        if refusal.bug:
            click.echo(refusal.bug, err=True)
            click.echo(f"{refusal.waiting.recipient}: {say('cli.bug')}", err=True)
    acknowledge(sent)


def _lines(sent: Sent) -> Iterator[str]:
    report, held = sent.report, sent.report.held
    told = held is not None and held.people > 0
    if held is not None and told:
        sender = sent.post.sender or say("cli.mail.here")
        why = "no_chat" if held.why == "unconfirmed" and sent.post.mail is None else held.why
        yield say_many(f"cli.mail.held.{why}", held.people, most=held.most, sender=sender)
    if held is None or not told or held.why == "new":  # else nothing was tried
        left = report.waiting + len(report.retrying) if report.stops else 0
        yield from [say_many("cli.mail.waiting", left)] if left else _later(report)
    if sent.grown.names:
        names = names_told(sent.grown.names)
        yield say_many("cli.mail.held.grown", sent.grown.people, workbooks=names)
    yield from _refused(report.refusals)
    yield from lost_lines(losses_of(sent))


def _later(report: Report) -> Iterator[str]:
    """Say what goes with the next run."""
    if report.capped:
        yield say_many("cli.mail.capped", report.capped)
    if report.retrying:
        names = names_told(one.recipient for one in report.retrying)
        reason = next((told for told in map(reason_told, (one.reason for one in report.retrying)) if told), "")
        yield f"{say_many('cli.mail.retrying', len(report.retrying), names=names)} {reason}".strip()


def tell_later(later: Iterable[Later], post: Post) -> None:
    """Say what does not leave now, why, and until when it waits in the company's time zone."""
    for one in later:
        until = moment_told(one.until, post.timezone, hour=one.why == "early") if one.until is not None else ""
        click.echo(flowed(say_many(f"cli.mail.later.{one.why}", one.messages, until=until)))


def moment_told(moment: datetime, zone: str | None, *, hour: bool = True) -> str:
    """Give a moment in a time zone, the day alone without ``hour``; None stands for the zone of this computer."""
    from zoneinfo import ZoneInfo

    there = moment.astimezone(ZoneInfo(zone) if zone is not None else None)
    day = phrases(spoken_language()).date(there.date())
    return f"{day} {there:%H:%M}" if hour else day


def _refused(refusals: Iterable[Refusal]) -> Iterator[str]:
    """Say for whom no mail could be made: people with the same reason in one line."""
    by_reason: dict[str, list[str]] = {}
    for one in refusals:
        if one.error is not None:
            by_reason.setdefault(say(f"error.{one.error.key}", **one.error.params), []).append(one.waiting.recipient)
    for told, people in by_reason.items():
        yield say("cli.mail.not_made", names=names_told(people), reason=told)


def losses_of(sent: Sent) -> list[Parcel | Part]:
    """Give everything that was lost, messages first."""
    parcels = [one for losses in sent.losses for one in losses.parcels]
    return [*parcels, *(one for losses in sent.losses for one in losses.parts)]


def lost_lines(lost: Iterable[Parcel | Part]) -> Iterator[str]:
    """Say who did not get a mail, or may not have; what has the same reason stands in one line."""
    by_reason: dict[tuple[State, str], list[Parcel | Part]] = {}
    for one in lost:
        by_reason.setdefault((one.state, reason_told(one.reason)), []).append(one)
    for state in LOST:
        for (of_state, reason), some in by_reason.items():
            if of_state is state:
                names = names_told(dict.fromkeys(one.recipient for one in some))
                line = say(f"cli.mail.lost.{state}", names=names)
                yield f"{line} {reason}".strip()


def names_told(names: Iterable[str]) -> str:
    """Give names in a row; beyond ``NAMED`` the others are counted."""
    told = list(names)
    return ", ".join([*told[:NAMED], *([say("cli.mail.others", count=len(told) - NAMED)] if len(told) > NAMED else [])])


def form_of(sent: Sent, *, nightly: bool) -> dict[str, Any]:
    """Give what was done for another program."""
    report = sent.report
    return {
        "sender": sent.post.sender,
        "exit_code": code_of(sent, nightly=nightly),
        "sent": report.sent,
        "waiting": report.waiting,
        "capped": report.capped,
        "held": report.held._asdict() if report.held is not None else None,
        "stopped": {channel: say(f"error.{error.key}", **error.params) for channel, error in report.stops.items()},
        "retrying": [lost_form(one) for one in report.retrying],
        "later": [one._asdict() for one in report.later],
        "not_made": [{"recipient": one.waiting.recipient, "reason": one.bug or _said(one)} for one in report.refusals],
        "lost": [lost_form(one) for one in losses_of(sent)],
        "grown": sent.grown._asdict() if sent.grown.names else None,
        "unread": [say(f"error.{error.key}", **error.params) for error in sent.unread],
    }


def form_of_failure(post: Post, code: int, reason: str) -> dict[str, Any]:
    """Give for another program that nothing could be sent for a sender, and why."""
    return {"sender": post.sender, "exit_code": code, "error": reason}


def _said(refusal: Refusal) -> str:
    error = refusal.error
    return say(f"error.{error.key}", **error.params) if error is not None else ""


def lost_form(one: Parcel | Part) -> dict[str, Any]:
    """Give one message, or a part that is in none, for another program."""
    kinds = list(one.kinds) if isinstance(one, Parcel) else [one.kind]
    return {
        "id": ident(one),
        "channel": one.channel,
        "recipient": one.recipient,
        "kinds": kinds,
        "state": str(one.state),
        "reason": reason_told(one.reason) or None,
    }


def ident(one: Parcel | Part) -> str:
    """Give what a person calls a message by, or a part that is in none yet."""
    return str(one.number) if isinstance(one, Parcel) else f"p{one.number}"
