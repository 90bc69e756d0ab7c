"""``NamedTuple`` as ``typing`` has it, but cheap to define.

The program has about a hundred kinds of rows. ``typing`` compiles a constructor for each and checks the type of every
field at every start, which takes a twentieth of the time in which a small workbook is brought up to date, and nothing
at run time asks for these types. Type checkers see the original.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from _collections import _tuplegetter  # what ``collections`` builds its named tuples of
    from functools import cache
    from types import FunctionType, GenericAlias

    class _Definition(type):
        """Turns a class with annotated fields, defaults and methods into a named tuple."""

        def __new__(cls, name, bases, namespace):
            if not bases:
                return super().__new__(cls, name, bases, namespace)
            annotations = namespace.get("__annotations__", {})
            fields = tuple(annotations)
            defaults = {field: namespace.pop(field) for field in fields if field in namespace}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one that has a default")
            made = {
                "__doc__": f"{name}({', '.join(fields)})",
                "__slots__": (),
                "__match_args__": fields,
                "_fields": fields,
                "_field_defaults": defaults,
                "__new__": _constructor(fields, tuple(defaults.values())),
                **_METHODS,
            }
            for place, field in enumerate(fields):
                made[field] = _tuplegetter(place, "")
            if namespace.pop("__orig_bases__", None):  # Generic[T] beside us: it may be subscripted
                made["__class_getitem__"] = classmethod(GenericAlias)
            # A class that is born whole costs a fraction of one whose attributes are set one by one.
            return type(name, (tuple,), {**made, **namespace})

    def _constructor(fields, defaults):
        """Give ``__new__`` with the fields as its parameters.

        Compiling is what costs, so that is done at most once for each number of fields; the parameters are renamed
        afterwards.
        """
        pattern = _pattern(len(fields))
        code = pattern.__code__.replace(co_varnames=("_cls", *fields))
        return FunctionType(code, pattern.__globals__, "__new__", defaults)

    @cache
    def _pattern(count):
        if 0 < count <= len(_PATTERNS):
            return _PATTERNS[count - 1]
        names = "".join(f"_{place}, " for place in range(count))
        return eval(f"lambda _cls, {names}: new(_cls, ({names}))", {"new": new})  # noqa: S307 - only numbers

    new = tuple.__new__
    # Those of most records, of one field to fifteen, are compiled once and for all.
    _PATTERNS = (
        lambda c, a: new(c, (a,)),
        lambda c, a, b: new(c, (a, b)),
        lambda c, a, b, d: new(c, (a, b, d)),
        lambda c, a, b, d, e: new(c, (a, b, d, e)),
        lambda c, a, b, d, e, f: new(c, (a, b, d, e, f)),
        lambda c, a, b, d, e, f, g: new(c, (a, b, d, e, f, g)),
        lambda c, a, b, d, e, f, g, h: new(c, (a, b, d, e, f, g, h)),
        lambda c, a, b, d, e, f, g, h, i: new(c, (a, b, d, e, f, g, h, i)),
        lambda c, a, b, d, e, f, g, h, i, j: new(c, (a, b, d, e, f, g, h, i, j)),
        lambda c, a, b, d, e, f, g, h, i, j, k: new(c, (a, b, d, e, f, g, h, i, j, k)),
        lambda c, a, b, d, e, f, g, h, i, j, k, m: new(c, (a, b, d, e, f, g, h, i, j, k, m)),
        lambda c, a, b, d, e, f, g, h, i, j, k, m, o: new(c, (a, b, d, e, f, g, h, i, j, k, m, o)),
        lambda c, a, b, d, e, f, g, h, i, j, k, m, o, p: new(c, (a, b, d, e, f, g, h, i, j, k, m, o, p)),
        lambda c, a, b, d, e, f, g, h, i, j, k, m, o, p, q: new(c, (a, b, d, e, f, g, h, i, j, k, m, o, p, q)),
        lambda c, a, b, d, e, f, g, h, i, j, k, m, o, p, q, r: new(c, (a, b, d, e, f, g, h, i, j, k, m, o, p, q, r)),
    )

    def _make(cls, iterable):
        made = tuple.__new__(cls, iterable)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **changed):
        made = self._make(map(changed.pop, self._fields, self))
        if changed:
            raise ValueError(f"Got unexpected field names: {list(changed)!r}")
        return made

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def _repr(self):
        shown = (f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
        return f"{self.__class__.__name__}({', '.join(shown)})"

    def _getnewargs(self):
        return tuple(self)

    _METHODS = {
        "_make": classmethod(_make),
        "_replace": _replace,
        "_asdict": _asdict,
        "__repr__": _repr,
        "__getnewargs__": _getnewargs,
    }

    class NamedTuple(metaclass=_Definition):
        """What a row derives from; the class that comes of it is a plain tuple with names."""
