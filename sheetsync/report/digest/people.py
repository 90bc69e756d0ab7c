"""Names as they stand in cells: split where a cell names several people, and compared without case."""

from __future__ import annotations

import unicodedata

from sheetsync.scoring.owned.owners import names_in

__all__ = ["folded", "names_in"]


def folded(text: str | None) -> str:
    """Give a name as it is compared: without case and surplus space; accents tell Hòa from Hoa, and stay."""
    return " ".join(unicodedata.normalize("NFC", text or "").split()).casefold()
