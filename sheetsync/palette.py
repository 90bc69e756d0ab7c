"""The colours by which a status is known, wherever one is shown."""

from __future__ import annotations

STATUS_COLOURS = {
    "on_track": ("#166534", "#DCFCE7"),
    "at_risk": ("#854D0E", "#FEF3C7"),
    "off_track": ("#991B1B", "#FEE2E2"),
    "missed": ("#991B1B", "#FECACA"),
    "achieved": ("#1E40AF", "#DBEAFE"),
    "not_started": ("#475569", "#E2E8F0"),
    "not_scored": ("#6B21A8", "#F3E8FF"),
}
"""Text and background of each status; each pair has a contrast of at least 5."""


def rgb(colour: str) -> dict[str, float]:
    """Give a colour such as ``#0F766E`` as shares of red, green and blue, 0..1 each."""
    return {name: int(colour[start : start + 2], 16) / 255 for name, start in (("red", 1), ("green", 3), ("blue", 5))}
