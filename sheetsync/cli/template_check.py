"""``sheetsync template check``: try a pack of mail templates before anybody gets a mail made with it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheetsync.cli import exits
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.screen import COLOURS, coloured
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.results import Severity

if TYPE_CHECKING:
    from sheetsync.cli.pack_check import Finding, Sample, Tried

_KINDS = ("company", "team", "owner", "kpi", "wins", "merged")
_LANGUAGES = ("vi", "en")


@click.command(
    "check", cls=SpokenCommand, help=say("cli.template.check.help"), short_help=say("cli.template.check.short")
)
@click.argument("pack", required=False, metavar=say("cli.template.check.metavar"))
@click.option("--kind", type=click.Choice(_KINDS), help=say("cli.template.check.kind"))
@click.option("--lang", type=click.Choice(_LANGUAGES), help=say("cli.template.check.lang"))
@click.option("--json", "as_json", is_flag=True, help=say("cli.option.json"))
def command(pack: str | None, kind: str | None, lang: str | None, as_json: bool) -> int:
    """Check a pack, or our own templates."""
    from sheetsync.cli.pack_check import check_pack

    tried = check_pack(Path(pack) if pack else None, (kind,) if kind else _KINDS, (lang,) if lang else _LANGUAGES)
    if as_json:
        from sheetsync.cli.forms import to_text

        click.echo(to_text(_form(tried)))
    else:
        for finding in tried.findings:
            click.echo(_line(finding))
        if sys.stderr.isatty():
            click.echo(_summary(tried), err=True)
    return exits.FINDINGS if _count(tried, Severity.ERROR) else exits.COMPLETE


def _count(tried: Tried, severity: Severity) -> int:
    return sum(1 for finding in tried.findings if finding.flaw.severity is severity)


def _line(finding: Finding) -> str:
    severity = say(f"severity.{finding.flaw.severity}")
    if coloured():
        severity = click.style(severity, fg=COLOURS[finding.flaw.severity])
    told = _message(finding)
    line = say("cli.template.check.line", place=finding.place, severity=severity, rule=finding.flaw.rule, message=told)
    return f"{line} {_where(finding.samples)}".rstrip()


def _message(finding: Finding) -> str:
    """Say what is wrong and what to do, without the place, which stands before it."""
    if finding.error is not None and finding.error.key == "pack.template":
        return say("lint.template", reason=finding.error.params["reason"])
    if finding.error is not None:
        told = say(f"error.{finding.error.key}", **finding.error.params)
        return told.removeprefix(f"{finding.error.params.get('path')}: ")
    flaw = finding.flaw
    clients = ", ".join(say(f"lint.client.{one}") for one in flaw.clients)
    names = ", ".join(f"{one}.html.j2" for one in _KINDS[:-1])
    wanted = {"what": flaw.what, "element": flaw.element, "clients": clients, "names": names}
    text = phrases(spoken_language()).text
    return text(f"lint.{flaw.rule}", **wanted)


def _where(samples: tuple[Sample, ...]) -> str:
    if not samples:
        return ""
    key = "cli.template.check.where_more" if len(samples) > 1 else "cli.template.check.where"
    return say(key, **samples[0]._asdict(), count=len(samples) - 1)


def _summary(tried: Tried) -> str:
    from sheetsync.report.lint.support import updated

    largest = tried.largest_sample
    return say(
        "cli.template.check.done",
        mails=tried.mails,
        errors=_count(tried, Severity.ERROR),
        warnings=_count(tried, Severity.WARNING),
        largest=round(tried.largest / 1000),
        kind=largest.kind if largest else "–",
        fixture=largest.fixture if largest else "–",
        updated=updated(),
    )


def _form(tried: Tried) -> dict[str, Any]:
    from sheetsync.report.lint.support import updated

    return {
        "schema": "sheetsync.template-check.v1",
        "mails": tried.mails,
        "largest": {"bytes": tried.largest, **(tried.largest_sample._asdict() if tried.largest_sample else {})},
        "clients_updated": updated(),
        "findings": [_finding_form(finding) for finding in tried.findings],
    }


def _finding_form(finding: Finding) -> dict[str, Any]:
    flaw = finding.flaw
    return {
        "place": finding.place,
        "severity": flaw.severity.value,
        "rule": flaw.rule,
        "element": flaw.element,
        "what": flaw.what,
        "clients": list(flaw.clients),
        "message": _message(finding),
        "mails": [sample._asdict() for sample in finding.samples],
    }
