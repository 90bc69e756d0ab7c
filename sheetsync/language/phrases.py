"""The texts that a person reads, in one language, from the data of its locale."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sheetsync.language.forms import Forms
from sheetsync.model import Quantity
from sheetsync.record import NamedTuple

if TYPE_CHECKING:
    import re

_DASH = "–"
_SHAPES = {
    "percent": r"-?[\d.,]+(?:E\+\d+)?\s?%|–",
    "number": r"-?[\d.,]+(?:E\+\d+)?|–",
    "date": r"[\d/.-]+|\d{1,2} \w+ \d{4}|–",
    "short": r"[\d/.-]+|\d{1,2} \w+|–",
}


_Show = Callable[[Any, Mapping[str, Any]], str]
"""Writes the value of one parameter; an amount of money may look for its unit among the others."""


class _Filling(NamedTuple):
    """A text ready to be filled: a ``%`` template, and each of its parameters with the way it is shown."""

    template: str
    shows: tuple[tuple[str, _Show], ...]


class _Part(NamedTuple):
    """A stretch of a text: plain words, and the parameter after them with the way it is shown."""

    plain: str
    name: str | None
    spec: str


class Phrases:
    """Gives texts by their key (``section.key``), with numbers, dates and cells in the form of the language.

    Braces in a text take a parameter and how it is shown: ``{progress:percent}``, ``{value:number}`` (or
    ``number.2``), ``{day:date}``, ``{day:short}``, ``{ref:cell}``, ``{value:money}``; a plain ``{x}`` is ``str(x)``.
    None is shown as a dash.
    """

    def __init__(self, data: Mapping[str, Any], fallback: Mapping[str, Any] | None = None) -> None:
        """Take the language's data, and the data (English) that serves where a text is missing."""
        self._data = data
        self._fallback: Mapping[str, Any] = fallback if fallback is not None else {}
        self.language: str = data["language"]
        self._forms = Forms(self.language, data)
        self._fillings: dict[str, _Filling] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        self._own: Mapping[str, str] = {}
        self._revise: Callable[[str], str] | None = None
        self.number = self._forms.number
        self.percent = self._forms.percent
        self.date = self._forms.date
        self.short = self._forms.short
        self.money = self._forms.money

    def reworded(self, texts: Mapping[str, str], revise: Callable[[str], str] | None = None) -> Phrases:
        """Give phrases that say some texts, by their keys, in other words; ``revise`` changes every text once more.

        A form of a plural has a key of its own (``mail.items.other``).
        """
        other = Phrases(self._data, self._fallback)
        other._own = {**self._own, **texts}
        other._revise = revise or self._revise
        return other

    def has(self, key: str) -> bool:
        """Say whether this language or its fallback has a text of that key."""
        return self._find(key) is not None

    def grade(self, name: str) -> str:
        """Give the word for a grade: this language's where it knows the grade, else the profile's own name."""
        key = f"grade.{name}"
        return self.told(key, {}) if self.has(key) else name

    def text(self, key: str, **params: Any) -> str:
        """Give the text of a key; of a list of words the first. LookupError names a missing key or parameter."""
        return self.told(key, params)

    def told(self, key: str, params: Mapping[str, Any]) -> str:
        """Give the text of a key as ``text`` does, from parameters that are a mapping already."""
        filling = self._fillings.get(key)
        if filling is None:
            filling = self._fillings[key] = self._filling(key, self._first(key))
        return _filled(filling, key, params)

    def fill(self, template: str, **params: Any) -> str:
        """Give a text that stands in no locale (the English of a rule), filled in the form of this language."""
        filling = self._fillings.get(template)
        if filling is None:
            filling = self._fillings[template] = self._filling(template, template)
        return _filled(filling, template, params)

    def words(self, key: str) -> tuple[str, ...]:
        """Give all words that stand under a key; LookupError where there is none."""
        found = self._find(key)
        if found is None or isinstance(found, Mapping):
            raise LookupError(f"no text {key!r}")
        return (found,) if isinstance(found, str) else tuple(found)

    def keys(self, section: str) -> tuple[str, ...]:
        """Give the keys of all texts in a section; the forms of a plural are one key."""
        found = self._find(section)
        if not isinstance(found, Mapping) or (found and set(found) <= {"one", "other"}):
            return (section,) if found is not None else ()
        return tuple(key for name in found for key in self.keys(f"{section}.{name}"))

    def plural(self, key: str, count: float, **params: Any) -> str:
        """Give the text of ``key.one`` or ``key.other`` as the language counts; the text may use ``{count}``."""
        form = "other"
        if self.has(f"{key}.one"):
            from babel import Locale

            form = Locale.parse(self.language).plural_form(count)
        chosen = f"{key}.{form}" if self.has(f"{key}.{form}") else f"{key}.other"
        return self.text(chosen, count=count, **params)

    def pattern(self, key: str) -> re.Pattern[str]:
        """Give a pattern that matches, as a whole, every text that a key (or its plural forms) can give."""
        if key not in self._patterns:
            import re

            forms = ("".join(map(_shape, parts)) for parts in self._forms_of(key))
            self._patterns[key] = re.compile(rf"\A(?:{'|'.join(forms)})\Z", re.DOTALL)
        return self._patterns[key]

    def opening(self, key: str) -> str:
        """Give what every text of a key begins with: the words before its first parameter. Plural forms may differ."""
        openings = {parts[0].plain if parts else "" for parts in self._forms_of(key)}
        return openings.pop() if len(openings) == 1 else ""

    def _forms_of(self, key: str) -> list[tuple[_Part, ...]]:
        found = self._find(key)
        keys = [f"{key}.{form}" for form in found] if isinstance(found, Mapping) else [key]
        return [_compile(one, self._first(one)) for one in keys]

    def _first(self, key: str) -> str:
        return self.words(key)[0]

    def _find(self, key: str) -> Any:
        if key in self._own:
            return self._own[key]
        found = _walk(self._data, key)
        return found if found is not None else _walk(self._fallback, key)

    def _filling(self, key: str, text: str) -> _Filling:
        """Choose once how each parameter of a text is shown: a large sheet has the same few texts on every row."""
        parts = _compile(key, self._revise(text) if self._revise else text)
        template = "".join(part.plain.replace("%", "%%") + ("%s" if part.name is not None else "") for part in parts)
        return _Filling(template, tuple((part.name, self._show(part.spec)) for part in parts if part.name is not None))

    def _show(self, spec: str) -> _Show:
        """Give the function that writes a parameter in the form that its text asks for; None is shown as a dash."""
        form, _, told = spec.partition(".")
        digits = int(told) if told else None
        if form == "money":
            return self._money
        if form in ("date", "short"):
            return _dated(self.date if form == "date" else self.short)
        if form == "percent":
            return _measured(self.percent, digits or 0)
        return _measured(self.number, digits) if form else _plain

    def _money(self, value: Any, params: Mapping[str, Any]) -> str:
        if value is None:
            return _DASH
        amount, unit = (value.number, value.unit) if isinstance(value, Quantity) else (value, None)
        return self.money(amount, unit or params.get("unit"))


def _filled(filling: _Filling, key: str, params: Mapping[str, Any]) -> str:
    template, shows = filling
    try:
        return template % tuple([show(params[name], params) for name, show in shows])
    except KeyError as missing:
        raise LookupError(f"text {key!r} needs the parameter {missing}") from missing


def _plain(value: Any, params: Mapping[str, Any]) -> str:
    del params
    return _DASH if value is None else str(value)


def _measured(write: Callable[[float, Any], str], digits: int | None) -> _Show:
    def show(value: Any, params: Mapping[str, Any]) -> str:
        del params
        if value.__class__ is float:  # nearly always; the rest need a look
            return write(value, digits)
        if value is None:
            return _DASH
        return write(value.number if isinstance(value, Quantity) else value, digits)

    return show


def _dated(write: Callable[[date], str]) -> _Show:
    def show(value: Any, params: Mapping[str, Any]) -> str:
        del params
        return _DASH if value is None else write(_day(value))

    return show


def _day(value: Any) -> date:
    if not isinstance(value, date):
        raise TypeError(f"not a date: {value!r}")
    return value


def _walk(data: Mapping[str, Any], key: str) -> Any:
    found: Any = data
    for name in key.split("."):
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    return found


def _compile(key: str, text: str) -> tuple[_Part, ...]:
    parts = []
    for plain, name, spec in _cut(text):
        shown = "" if spec == "cell" else spec
        if shown.partition(".")[0] not in ("", "percent", "number", "date", "short", "money"):
            raise LookupError(f"text {key!r} shows {{{name}}} in an unknown form {spec!r}")
        parts.append(_Part(plain, name, shown))
    return tuple(parts)


def _cut(text: str) -> Iterator[tuple[str, str | None, str]]:
    """Cut a text before and after its parameters; raises ValueError where its braces do not pair."""
    if "{{" in text or "}}" in text:  # hardly ever, and ``string`` takes longer to import than this to do
        from string import Formatter

        yield from ((plain, name, spec or "") for plain, name, spec, _ in Formatter().parse(text))
        return
    plain, *rest = text.split("{")
    for part in rest:
        field, closed, after = part.partition("}")
        name, _, spec = field.partition(":")
        if not closed or "}" in plain:
            raise ValueError(f"braces that do not pair in {text!r}")
        yield plain, name, spec
        plain = after
    if "}" in plain:
        raise ValueError(f"braces that do not pair in {text!r}")
    if plain:
        yield plain, None, ""


def _shape(part: _Part) -> str:
    import re

    plain = re.escape(part.plain)
    if part.name is None:
        return plain
    return f"{plain}(?:{_SHAPES.get(part.spec.partition('.')[0], '.*?')})"
