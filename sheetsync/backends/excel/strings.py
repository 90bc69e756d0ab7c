"""The shared strings of a workbook, as a list of texts."""

from __future__ import annotations

from xml.parsers import expat

from sheetsync.backends.excel import limits
from sheetsync.backends.excel.markup import MALFORMED
from sheetsync.backends.excel.package import Package
from sheetsync.backends.excel.values import unescaped_text
from sheetsync.errors import ReadRefused


class _Strings:
    """Collects the text of every ``<si>``: its ``<t>`` elements, those of phonetic runs (``<rPh>``) left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._phonetic = self._inside = False

    def start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "rPh":
            self._phonetic = True
        elif local == "t":
            self._inside = not self._phonetic

    def stop(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self._inside = False
        if local == "rPh":
            self._phonetic = False
        elif local == "si":
            self.texts.append(unescaped_text("".join(self._pieces)))
            self._pieces.clear()

    def characters(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)


def shared_strings(package: Package) -> list[str]:
    """Read the shared strings; an empty list where the workbook has none."""
    if package.strings_part is None:
        return []
    found = _Strings()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = found.start, found.stop
    parser.CharacterDataHandler = found.characters
    try:
        for chunk in package.container.chunks(package.strings_part, limits.SHEET):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except MALFORMED as error:
        raise ReadRefused("excel.malformed", path=package.path, part=package.strings_part) from error
    return found.texts
