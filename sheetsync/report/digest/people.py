"""Names as they stand in cells, for the digests."""

from __future__ import annotations

from sheetsync.names import folded, names_in

__all__ = ["folded", "names_in"]
