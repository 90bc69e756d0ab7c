"""Imports click, ``pathlib`` and platformdirs without what a run hardly ever needs of the standard library.

click imports ``inspect`` (with ``ast``, ``dis`` and ``tokenize``) to clean help texts of many lines, ``uuid`` (with
``platform``) for a kind of option that we do not have, and ``gettext`` (with ``locale``) for translations of its words,
of which there are none: what we say is in our own locales. It takes one class of ``threading``, which is there without
it. ``pathlib`` of Python 3.11 imports ``urllib.parse`` (with ``ipaddress``) to write a path as an address. Together
that is a third of what Python and click take to start. platformdirs imports ``tempfile`` (with ``shutil``, ``random``
and all ways to pack files) for a folder that we never ask for. While they are imported a stand-in answers to each name;
the module itself is loaded when something else of it is needed.

``datetime`` of Python 3.11 defines everything once in Python before it takes its classes from ``_datetime``; later
Pythons take them at once, and so do we.
"""

from __future__ import annotations

import sys
from _thread import _local as local  # as ``threading`` has it
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any


class StandIn(ModuleType):
    """A module that is loaded once something is asked of it that was not put here beforehand."""

    def __init__(self, name: str, **offered: Any) -> None:
        """Take the name of the module, and what serves in the place of what it has."""
        super().__init__(name)
        self.__dict__.update(offered)

    def __getattr__(self, name: str) -> Any:
        """Give what the module itself has."""
        if name == "__path__":  # asked by every ``from … import`` to see whether this is a package
            raise AttributeError(name)
        self.leave()
        return getattr(import_module(self.__name__), name)

    def stand(self) -> None:
        """Answer to the name from now on, unless the module is loaded already."""
        sys.modules.setdefault(self.__name__, self)

    def leave(self) -> None:
        """Answer to the name no more: who imports it from now on gets the module itself."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]


def import_click() -> None:
    """Import ``pathlib`` and click; nothing is spared of what is loaded already."""
    uuid = StandIn("uuid", UUID=object)  # while click is imported the class is only noted as the type of an option
    spared = (
        uuid,
        StandIn("inspect", cleandoc=cleandoc),
        StandIn("gettext", gettext=str, ngettext=counted),
        StandIn("threading", local=local),
        StandIn("urllib.parse", quote_from_bytes=quote_from_bytes),
    )
    spare_datetime()
    try:
        import_sparing(("pathlib", "click"), spared)
    finally:
        del uuid.UUID


def import_platformdirs() -> None:
    """Import platformdirs; nothing is spared of what is loaded already."""
    import_sparing(("platformdirs",), (StandIn("tempfile", gettempdir=gettempdir),))


def import_sparing(names: Sequence[str], spared: Sequence[StandIn]) -> None:
    """Import some modules while stand-ins answer for what they import themselves; these leave in any case."""
    for one in spared:
        one.stand()
    try:
        for name in names:
            import_module(name)
    finally:
        for one in spared:
            one.leave()


def spare_datetime() -> None:
    """Let ``datetime`` be no more than what it takes from ``_datetime``; its other names load the module itself."""
    if sys.version_info < (3, 12):
        taken = vars(import_module("_datetime"))
        StandIn("datetime", **{name: taken[name] for name in taken if not name.startswith("__")}).stand()


def cleandoc(text: str) -> str:
    """Take the indentation from a text as ``inspect.cleandoc`` does; most help texts, of one line, have none."""
    if text.isprintable():  # neither line breaks nor tabs
        return text.lstrip()
    from inspect import cleandoc

    return cleandoc(text)


def counted(one: str, many: str, count: int) -> str:
    """Choose between the English forms of a text, as ``gettext.ngettext`` does where there is no translation."""
    return one if count == 1 else many


def quote_from_bytes(text: bytes, safe: str = "/") -> str:
    """Write bytes as a part of an address, as ``urllib.parse.quote_from_bytes`` does."""
    from urllib.parse import quote_from_bytes

    return quote_from_bytes(text, safe)


def gettempdir() -> str:
    """Give the system's folder for passing files, as ``tempfile.gettempdir`` does."""
    from tempfile import gettempdir

    return gettempdir()
