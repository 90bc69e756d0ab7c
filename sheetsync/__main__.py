"""``python -m sheetsync`` is the same as ``sheetsync``."""

from __future__ import annotations

from sheetsync.cli import main

if __name__ == "__main__":
    main()
