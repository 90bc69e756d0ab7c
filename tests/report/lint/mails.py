"""A mail without a flaw, into which tests put one."""

from __future__ import annotations

from sheetsync.report.lint.flaws import Flaw
from sheetsync.report.lint.looking import lint

SOUND = """<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Minh Long</title>
<style>@media screen and (max-width: 480px) { .card > td { display: flex !important; } }</style></head>
<body style="margin: 0;"><table role="presentation" width="100%"><tr><td class="card" bgcolor="#ffffff">
<h1>3/5</h1><a href="https://sheets.example.com/x">F12</a><!-- here --></td></tr></table>
<table><tr><th scope="col">KR</th></tr><tr><td>46%</td></tr></table></body></html>
"""


def flaws_of(body: str = "", head: str = "") -> tuple[Flaw, ...]:
    """Give the flaws of the sound mail with something put into its cell, or into its head."""
    html = SOUND.replace("<!-- here -->", body).replace("</head>", f"{head}</head>")
    return lint(html, "46%\n", "OKR")


def rules_of(body: str = "", head: str = "") -> set[str]:
    """Give the names of the rules alone."""
    return {flaw.rule for flaw in flaws_of(body, head)}
