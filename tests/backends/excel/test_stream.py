"""A worksheet part as a stream: however it is cut into chunks, blocks hold whole rows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sheetsync.backends.excel.stream import OVERLAP, SheetStream


def chunks(data: bytes, sizes: list[int]) -> list[bytes]:
    """Cut bytes into chunks of such sizes, again and again."""
    found, at, turn = [], 0, 0
    while at < len(data):
        size = sizes[turn % len(sizes)]
        found.append(data[at : at + size])
        at, turn = at + size, turn + 1
    return found


@given(
    lengths=st.lists(st.integers(0, 400), max_size=12),
    sizes=st.lists(st.integers(OVERLAP, 300), min_size=1, max_size=5),
    prefix=st.sampled_from(["", "x:"]),
)
def test_blocks_begin_and_end_between_rows(lengths: list[int], sizes: list[int], prefix: str) -> None:
    """Shows that rows longer than a chunk are never cut, and that nothing is lost or changed."""
    rows = [
        f'<{prefix}row r="{number}">{"v" * length}</{prefix}row>'.encode() for number, length in enumerate(lengths, 1)
    ]
    head, tail = (
        f"<{prefix}worksheet><{prefix}sheetData>".encode(),
        f"</{prefix}sheetData></{prefix}worksheet>".encode(),
    )
    stream = SheetStream(iter(chunks(head + b"".join(rows) + tail, sizes)), "x.xlsx", "sheet1.xml")
    blocks = list(stream.blocks())
    assert (stream.head, b"".join(blocks), stream.tail) == (head, b"".join(rows), tail)
    opening = f"<{prefix}row".encode()
    assert all(block.startswith(opening) and block.endswith(b"row>") for block in blocks if block)
