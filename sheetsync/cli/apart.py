"""Files of one name in one call: messages tell them apart. Their names stay, by which pages and mails are stored."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sheetsync.cli.wiring import Selected


def told_apart(selected: list[Selected]) -> list[Selected]:
    """Let messages show the paths of files of one name, as far from the end as is needed."""
    paths = [
        one.config.path.parts[1:] if one.config.path is not None else () for one in selected
    ]  # the root names none
    for depth in range(1, max(map(len, paths), default=0) + 1):
        often = Counter(one.shown for one in selected)
        selected = [
            one._replace(apart="/".join(parts[-depth:])) if parts and often[one.shown] > 1 else one
            for one, parts in zip(selected, paths, strict=True)
        ]
    return selected
