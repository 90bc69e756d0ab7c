"""Goals to Scorecard: metrics, weights, roll-up, pace and status, by a named profile. Pure; never reads findings."""

from __future__ import annotations

from sheetsync.scoring.card import score
from sheetsync.scoring.explanation import Explanation, explain
from sheetsync.scoring.explanation_lines import explain_lines
from sheetsync.scoring.metrics import METRICS
from sheetsync.scoring.profile import Profile, ProfileError, profile_from

__all__ = [
    "METRICS",
    "Explanation",
    "Profile",
    "ProfileError",
    "explain",
    "explain_lines",
    "profile_from",
    "score",
]
