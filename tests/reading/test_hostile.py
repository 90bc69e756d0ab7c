"""Texts that were made to keep a reader busy: none may crash it, or take more than a moment."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reading.sheets import read

LENGTH = 30_000  # a cell of Excel holds 32,767 characters
MOMENT = 2.0  # seconds for one text in every column; a quadratic reader would take minutes
HEADERS = (
    "Key result",
    "Owner",
    "Baseline",
    "Target",
    "Current",
    "Weight",
    "Start",
    "Due",
    "Cycle",
    "Confidence",
    "Unit",
)
PIECES = (
    *(
        "1",
        "1.",
        "1,",
        "1.234.",
        "1 ",
        "1'",
        "-",
        "– ",
        "(",
        ")",
        "%",
        "$",
        "${",
        "{{",
        "}}",
        "<insert ",
        "[",
        "1/",
        "/",
    ),
    *("5 tháng ", "tháng ", "năm ", "Q", "T1 ", "quý i", "ngày ", "thứ hai ", "Jan ", "12:30 ", "tỷ ", "1 tr ", "m² "),
    *(
        "từ 1 đến ",
        "1 - ",
        "a ",
        "per ",
        "1 a ",
        "; ",
        "1. A; ",
        "\n",
        "1\n",
        ", ",
        "≥ ",
        "±",
        "+",
        "x",
        "🟢 ",
        "\u0301",
        "…",
    ),
)


def seconds(text: str) -> float:
    """Read a worksheet with a text in every column, and say how long that took."""
    started = process_time()
    read(OKR=[HEADERS, [text] * len(HEADERS)])
    return process_time() - started


@pytest.mark.parametrize("piece", PIECES)
def test_a_text_of_one_piece_over_and_over_takes_a_moment(piece: str) -> None:
    """The longest cell that Excel holds, of any piece that a form begins with, ended by what no form ends with."""
    count = LENGTH // len(piece)
    assert max(seconds(piece * count + end) for end in ("¤", "1")) < MOMENT


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=12), beside=st.sampled_from(["12,5", "31/12/2026", ""]))
def test_any_mixture_of_pieces_is_read_or_left(pieces: list[str], beside: str) -> None:
    """Whatever is put together, reading gives goals, and every cell keeps its text or counts as empty."""
    text = "".join(pieces)
    goals = read(OKR=[HEADERS, ["A", "An", *[text] * 9], ["B", "An", *[beside] * 9]])
    item = goals.key_results[0]
    for cell in (item.baseline, item.target, item.current, item.weight, item.due, item.cycle, item.confidence):
        assert cell.raw in (text, None)
        assert cell.value is None or cell.raw is not None or cell.column == item.target.column
