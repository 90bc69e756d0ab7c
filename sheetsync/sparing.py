"""Imports click and ``pathlib`` without those parts of the standard library that a run hardly ever needs of them.

click imports ``inspect`` (with ``ast``, ``dis`` and ``tokenize``) to clean help texts of many lines, ``uuid`` (with
``platform``) for a kind of option that we do not have, and ``gettext`` (with ``locale``) for translations of its words,
of which there are none: what we say is in our own locales. It takes one class of ``threading``, which is there without
it. ``pathlib`` of Python 3.11 imports ``urllib.parse`` (with ``ipaddress``) to write a path as an address. Together
that is a third of what Python and click take to start. While the two are imported a stand-in answers to each name; the
module itself is loaded when something else of it is needed.
"""

from __future__ import annotations

import sys
from _thread import _local as local  # as ``threading`` has it
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
    for one in spared:
        one.stand()
    try:
        import_module("pathlib")
        import_module("click")
    finally:
        for one in spared:
            one.leave()
        del uuid.UUID


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
