"""Goals to Scorecard: metrics, weights, roll-up, pace and status, by a named profile. Pure; never reads findings.

What explains a score is loaded when it is first asked for: the nightly run has no use for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheetsync.scoring.card import score
from sheetsync.scoring.metrics import METRICS
from sheetsync.scoring.profile import Profile, ProfileError, profile_from

if TYPE_CHECKING:
    from sheetsync.scoring.explaining import explain
    from sheetsync.scoring.explaining.explanation import Explanation
    from sheetsync.scoring.explaining.lines import explain_lines

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


def __getattr__(name: str) -> Any:
    if name == "explain":
        from sheetsync.scoring.explaining import explain

        return explain
    if name == "Explanation":
        from sheetsync.scoring.explaining.explanation import Explanation

        return Explanation
    if name == "explain_lines":
        from sheetsync.scoring.explaining.lines import explain_lines

        return explain_lines
    raise AttributeError(name)
