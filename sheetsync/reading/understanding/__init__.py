"""Understands workbooks that people made themselves: where their tables are, and what each column means.

``understand`` takes a workbook and the words of all languages and never complains: what it is not sure of it leaves
alone, and says why. Steps: ``header_blocks`` finds headers, ``extent`` the rows below, ``mapping`` gives columns their
concepts from words, neighbours, shapes and arithmetic together, ``families`` names the layout.
"""

from __future__ import annotations

from sheetsync.reading.understanding.outcome import CORE, Column, Left, Nearest, Reason, Table, Understanding
from sheetsync.reading.understanding.tables import understand
from sheetsync.reading.understanding.vocabulary import Vocabulary

__all__ = [
    "CORE", "Column", "Left", "Nearest", "Reason", "Table", "Understanding", "Vocabulary", "understand",
]  # fmt: skip
