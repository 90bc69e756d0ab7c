"""Tests of how places move, against rows that carry names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server.shifts import Delete, Insert, Move, Shift

SIZE = 12


@st.composite
def shifts(draw: st.DrawFn) -> Shift:
    """Draw an insertion, a deletion or a move on SIZE places."""
    kind = draw(st.sampled_from(["insert", "delete", "move"]))
    start = draw(st.integers(0, SIZE - 1))
    if kind == "insert":
        return Insert(start, draw(st.integers(1, 4)))
    end = draw(st.integers(start + 1, SIZE))
    return Delete(start, end) if kind == "delete" else Move(start, end, draw(st.integers(0, SIZE)))


def shifted(places: list[int | None], shift: Shift) -> list[int | None]:
    """Do to a list what the shift says."""
    if isinstance(shift, Insert):
        return places[: shift.at] + [None] * shift.size + places[shift.at :]
    if isinstance(shift, Delete):
        return places[: shift.start] + places[shift.end :]
    if shift.start <= shift.to <= shift.end:
        return places
    block, rest = places[shift.start : shift.end], places[: shift.start] + places[shift.end :]
    return rest[: shift.first] + block + rest[shift.first :]


@given(shifts(), st.integers(0, SIZE - 1))
def test_single_place_is_followed(shift: Shift, place: int) -> None:
    """Shows that a range of one place stands where its content went, and is gone with it."""
    after = shifted(list(range(SIZE)), shift)
    expected = (after.index(place), after.index(place) + 1) if place in after else None
    assert shift.span(place, place + 1) == expected


@given(shifts(), st.data())
def test_range_keeps_what_does_not_move(shift: Shift, data: st.DataObject) -> None:
    """Shows that of a range all that was neither deleted nor moved stays in it, and nothing else that stood still."""
    start = data.draw(st.integers(0, SIZE - 1))
    end = data.draw(st.integers(start + 1, SIZE))
    span = shift.span(start, end)
    after = shifted(list(range(SIZE)), shift)
    block = set(range(shift.start, shift.end)) if isinstance(shift, Move) else set()
    if start in block and end - 1 in block:
        block = set()
    inside = set() if span is None else {one for one in after[span[0] : span[1]] if one is not None}
    assert {one for one in inside if one not in block} == {
        one for one in range(start, end) if one in after and one not in block
    }


@given(shifts())
def test_open_range_stays_open(shift: Shift) -> None:
    """Shows that a range without ends is the same afterwards."""
    assert shift.span(None, None) == (None, None)
