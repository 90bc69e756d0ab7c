"""The cheap named tuple is the one of ``typing`` in everything that the program does with it."""

from __future__ import annotations

import pickle
import typing
from typing import Generic, TypeVar

import pytest

from sheetsync.record import NamedTuple
from sheetsync.workbook import Cell, CellRef

T = TypeVar("T")


class Point(NamedTuple):
    """A place."""

    x: int
    y: int = 2
    name: str = ""

    @property
    def sum(self) -> int:
        """Both together."""
        return self.x + self.y

    def moved(self, by: int) -> Point:
        """Give the place further right."""
        return self._replace(x=self.x + by)


class Box(NamedTuple, Generic[T]):
    """Holds one thing."""

    thing: T


class Original(typing.NamedTuple):
    """A place."""

    x: int
    y: int = 2
    name: str = ""


def test_it_is_a_tuple_with_names_defaults_and_methods() -> None:
    """Show construction by place and by name, defaults, properties, methods and unpacking."""
    point = Point(1, name="a")
    assert point == (1, 2, "a")
    assert (point.x, point.sum) == (1, 3)
    assert point.moved(4) == Point(5, 2, "a")
    assert [*point] == [1, 2, "a"]
    assert repr(point) == "Point(x=1, y=2, name='a')"


def test_what_describes_it_is_what_typing_gives() -> None:
    """Show that fields, defaults, documentation, bases and slots are those of the original."""
    names = ("_fields", "_field_defaults", "__doc__", "__match_args__", "__bases__", "__slots__")
    assert typing.get_type_hints(Point) == typing.get_type_hints(Original)
    for name in names:
        assert getattr(Point, name) == getattr(Original, name), name
    assert Point.__module__ == Original.__module__


def test_what_is_missing_or_unknown_is_refused() -> None:
    """Show that a call without a field, or with one that is not there, raises as the original does."""
    for arguments in ({}, {"x": 1, "z": 2}):
        with pytest.raises(TypeError):
            Point(**arguments)  # type: ignore[arg-type]


def test_it_can_be_generic_and_pickled() -> None:
    """Show that a generic one may be subscripted at run time, and that rows go to another process and come back."""
    assert Box[int](3) == Box(3) == (3,)
    cell: Cell[int] = Cell("OKR", 1, 2, "3", 3)
    for row in (cell, CellRef("OKR", 1, 2)):
        back = pickle.loads(pickle.dumps(row))  # noqa: S301 - our own bytes
        assert back == row
        assert type(back) is type(row)
