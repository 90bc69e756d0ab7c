"""The one mail that somebody gets of several parts."""

from __future__ import annotations

from sheetsync.packaged import templates_dir
from sheetsync.report.render import render, render_parts
from tests.report.mails import digest
from tests.report.minh_long import PHRASES


def test_a_lead_who_owns_goals_is_told_of_each_win_once() -> None:
    """Show that the owner's part of a mail has no block of wins where the team's part has told all of them."""
    wins = {name: digest("team", "vi").data[name] for name in ("wins", "more_wins")}
    shown = render_parts([digest("owner", "vi", **wins), digest("team", "vi")], PHRASES["vi"], templates_dir())
    assert shown.text.count("ĐIỂM SÁNG") == shown.html.count("Điểm sáng") == 1
    assert "ĐIỂM SÁNG" in render(digest("owner", "vi", **wins), PHRASES["vi"], templates_dir()).text
