"""``sheetsync rule``: the manual page of a rule, or the list of all."""

from __future__ import annotations

import click

from sheetsync.cli import exits, options
from sheetsync.cli.forms import to_text
from sheetsync.cli.frame import SpokenCommand
from sheetsync.cli.manual import manual_lines, show
from sheetsync.cli.speech import phrases, say, spoken_language
from sheetsync.rules import RULES, Rule, page, title


@click.command(cls=SpokenCommand, help=say("cli.rule.help"), short_help=say("cli.rule.short"))
@click.argument("code", required=False, metavar=say("cli.rule.code_metavar"))
@options.spoken
@options.as_json
def command(code: str | None, as_json: bool) -> int:
    """Show one rule, or all of them."""
    if code is None:
        return _list(as_json)
    rule = _find(code)
    if rule is None:
        from difflib import get_close_matches

        names = [name for one in RULES.values() for name in (one.code, one.name)]
        near = get_close_matches(code, [*names, *(name.lower() for name in names)], n=3, cutoff=0.4)
        click.echo(say("cli.rule.unknown", code=code, near=", ".join(near) or "WS101"), err=True)
        return exits.USAGE
    if as_json:
        click.echo(to_text({"schema": "sheetsync.rule.v1", **_form(rule)}))
    else:
        show(manual_lines(rule, phrases(spoken_language())))
    return exits.COMPLETE


def _find(text: str) -> Rule | None:
    wanted = text.strip().casefold()
    return next((rule for rule in RULES.values() if wanted in (rule.code.casefold(), rule.name.casefold())), None)


def _list(as_json: bool) -> int:
    if as_json:
        click.echo(to_text({"schema": "sheetsync.rules.v1", "rules": [_form(rule) for rule in RULES.values()]}))
        return exits.COMPLETE
    spoken = phrases(spoken_language())
    for rule in RULES.values():
        severity = spoken.text(f"severity.{rule.severity}") if rule.on else say("cli.rule.off")
        click.echo(f"{rule.code}  {severity:<9}  {title(rule.code, spoken)}")
    return exits.COMPLETE


def _form(rule: Rule) -> dict[str, object]:
    spoken = phrases(spoken_language())
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "on": rule.on,
        "title": title(rule.code, spoken),
        "page": page(rule.code, spoken),
    }
