"""``NamedTuple`` as ``typing`` has it, but cheap to define.

The program has about a hundred kinds of rows. ``typing`` compiles and checks the type of every field of each at every
start, which takes a twentieth of the time in which a small workbook is brought up to date, and nothing at run time asks
for these types. Type checkers see the original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple
    from types import GenericAlias

    class _Definition(type):
        """Turns a class with annotated fields, defaults and methods into a named tuple."""

        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            fields = namespace.get("__annotations__", {})
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace["__module__"])
            made.__annotations__ = fields
            for key, value in namespace.items():
                if key not in ("__annotations__", "__module__", "__qualname__", "__orig_bases__"):
                    setattr(made, key, value)
            if "__orig_bases__" in namespace:  # Generic[T] beside us: it may be subscripted
                made.__class_getitem__ = classmethod(GenericAlias)
            return made

    class NamedTuple(metaclass=_Definition):
        """What a row derives from; the class that comes of it is a plain tuple with names."""
