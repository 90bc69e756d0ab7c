"""What templates of mails can call: filters that write values in the reader's language, and the texts of the catalogue.

Everything else that a template sees is plain data, checked here: dicts, lists, texts, numbers, dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from html import escape
from typing import Any

from sheetsync.language import Phrases
from sheetsync.names import folded
from sheetsync.past import legible

NO_BREAK = "\u00a0"
LONGEST_UNIT = 12
"""Characters of an amount's last part that stay on the line of the number."""
_PLACES = 4
"""Decimal places of a percentage at most: a small share needs them, see ``legible``."""
LONGEST_TITLE = 70
"""Characters of a title; a tab shows fewer, and a search engine no more."""

_PLAIN = frozenset({str, int, float, bool, date, datetime, type(None)})
_LINKS = frozenset({"url", "report", "stop"})

LATER: Mapping[str, Any] = {
    "recipient": None,
    "links": {"report": None, "stop": None},
    "read_at": None,
    "zone": None,
    "drift": (),
    "more_drift": 0,
    "wins": (),
    "more_wins": 0,
    "problems": (),
    "more_problems": 0,
}
"""Fields that a digest of an older version lacks: one may wait in the outbox while the program is updated."""

_LATER_WITHIN: Mapping[str, Mapping[str, Any]] = {
    "cycle": {"over": False},
    "verdict": {"key_results": 0, "achieved": 0, "kpis": 0, "reached": 0},
}
"""The same, of fields that were objects before."""


def completed(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give the data of a digest with what one of an older version lacks."""
    found = {**LATER, **data}
    return found | {name: {**more, **found[name]} for name, more in _LATER_WITHIN.items() if found.get(name)}


def plain(value: Any, field: str = "") -> Any:
    """Give a copy of plain data with lists for tuples, and None for links that no mail client should open.

    TypeError names what is none: an object with methods would be a way out of the sandbox.
    """
    kind = type(value)
    if kind in _PLAIN:
        return safe(value) if kind is str and field in _LINKS else value
    if isinstance(value, Mapping):
        return {name: plain(item, name) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, field) for item in value]
    if isinstance(value, str):
        return plain(str(value), field)
    raise TypeError(f"{field}: {kind.__name__} is no plain data")


def shortened(view: Mapping[str, Any], most: int) -> dict[str, Any]:
    """Give a view whose lists have at most so many rows, the others counted; an agenda keeps at least two items."""
    short = dict(view)
    agenda = view.get("agenda") or []
    if len(agenda) > max(most, 2):  # how many there are to discuss stands in the verdict
        short["agenda"] = agenda[: max(most, 2)]
        short["minutes"] = view["minutes"] * len(short["agenda"]) // len(agenda)
    for name in view:
        rows = view.get(name.removeprefix("more_")) if name.startswith("more_") else None
        if isinstance(rows, list) and len(rows) > most:
            short[name.removeprefix("more_")] = rows[:most]
            short[name] = view[name] + len(rows) - most
    return short


def once(views: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give the views of one mail with each win of a workbook in one of them: in the part of wins, else in the first."""
    told: set[tuple[Any, ...]] = set()
    kept: dict[int, list[Any]] = {}
    for place, view in sorted(enumerate(views), key=lambda one: one[1]["kind"] != "wins"):
        named = [(view["workbook"]["place"], won["kind"], won["title"], won["owner"]) for won in view["wins"]]
        kept[place] = [won for won, name in zip(view["wins"], named, strict=True) if name not in told]
        told.update(named)
    return [{**view, "wins": kept[place]} for place, view in enumerate(views)]


def safe(link: str) -> str | None:
    """Let through links that a mail client may open: https and mailto."""
    return link if link.lower().startswith(("https://", "mailto:")) else None


def filters(phrases: Phrases) -> dict[str, Callable[..., Any]]:
    """Give the filters that write values."""

    def amount(value: Mapping[str, Any] | str | None) -> str:
        return _amount(value, phrases)

    def weekday(day: date) -> str:
        return phrases.words("mail.weekdays")[day.weekday()]

    def days(first: date, last: date) -> str:
        together = (first.year, first.month) == (last.year, last.month)
        return phrases.text("mail.days_month" if together else "mail.days", first=first, day=first.day, last=last)

    def month(day: date) -> str:
        return phrases.text("mail.month", month=phrases.words("marks.months")[day.month - 1], year=day.year)

    def as_team(name: str, form: str = "of") -> str:
        return team_called(name, phrases, form)

    return {
        "amount": amount,
        "as_team": as_team,
        "as_title": as_title,
        "clock": lambda moment: f"{moment:%H:%M}",
        "cut": cut,
        "date": phrases.date,
        "days": days,
        "grade": phrases.grade,
        "month": month,
        "number": phrases.number,
        "percent": phrases.percent,
        "short": phrases.short,
        "signed": signed,
        "weekday": weekday,
    }


def functions(phrases: Phrases) -> dict[str, Callable[..., str]]:
    """Give the functions that find texts: ``t`` and ``n`` (with a number) below ``mail.``, ``word`` anywhere."""

    def t(key: str, **params: Any) -> str:
        return phrases.told(f"mail.{key}", params)

    def n(key: str, count: int, **params: Any) -> str:
        return phrases.plural(f"mail.{key}", count, **params)

    def word(key: str) -> str:
        return phrases.text(key)

    return {"t": t, "n": n, "word": word}


def addressed(phrases: Phrases, recipient: Mapping[str, Any] | None) -> tuple[Phrases, str]:
    """Give the phrases that speak to a person as the People sheet says, and the name to greet by, empty for nobody.

    A language that has two words for the reader names them with a stroke (``anh/chị``); the person's own honorific
    stands in their place, and before the given name.
    """
    generic = phrases.text("mail.you")
    given = (recipient or {}).get("given") or ""
    if "/" not in generic:
        return phrases, cut(given, 40)
    own = " ".join(((recipient or {}).get("honorific") or "").split()).lower()
    if not own or len(own) > 12 or not own.replace(" ", "").isalpha():
        return phrases, cut(f"{generic} {given}".strip(), 40)

    def revise(text: str) -> str:
        return text.replace(generic, own).replace(generic.capitalize(), own.capitalize())

    return phrases.reworded({}, revise), cut(f"{own} {given}".strip(), 40)


def summed(views: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Give a view that counts the parts of the first one's kind together, for the subject of a mail of them all.

    Verdicts are added up, lists put one behind another; a cycle, team or company stands for all where it is theirs.
    """
    first, *others = (view for view in views if view["kind"] == views[0]["kind"])
    total = dict(first)
    for view in others:
        for name in (name for name in first if f"more_{name}" in first):
            total[name] = [*total[name], *view[name]]
            total[f"more_{name}"] += view[f"more_{name}"]
        if "verdict" in first:
            total["verdict"] = {name: count + view["verdict"][name] for name, count in total["verdict"].items()}
        if total["cycle"] != view["cycle"]:
            total["cycle"] = None
    for name in ("team", "company"):
        told = dict.fromkeys(view[name] for view in (first, *others) if view.get(name))
        total[name] = ", ".join(told) if told else total.get(name)
    wanted = [view["deadline"] for view in (first, *others) if view.get("deadline")]
    if wanted:
        total["deadline"] = min(wanted, key=lambda one: (one["day"], one["hour"] or ""))
    return total


def footing(views: Sequence[Mapping[str, Any]], phrases: Phrases) -> dict[str, Any]:
    """Give what the foot of a mail of some parts says: why this person gets it, and where the numbers come from.

    ``reasons`` are one sentence for all parts; each kind of part that can be paused by itself is among its ``stops``.
    """
    told = _reasons(views, phrases)
    stops = {view["kind"]: view["links"]["stop"] for view in reversed(views) if view["links"]["stop"]}
    names = dict.fromkeys(cut(view["workbook"]["name"], 60) for view in views)
    first = views[0]
    params: dict[str, Any] = {"workbooks": ", ".join(names)}
    if first["read_at"] is None:
        origin = phrases.told("mail.foot.read_on", {**params, "day": first["today"]})
    else:
        moment = first["read_at"]
        zone = first["zone"] or f"GMT{moment:%z}"
        origin = phrases.told("mail.foot.read", {**params, "time": f"{moment:%H:%M}", "day": moment, "zone": zone})
    why = phrases.told("mail.foot.because", {"reasons": _joined(told, phrases)}) if told else ""
    ways = [{"kind": kind, "url": stops[kind]} for kind in reversed(stops)]
    return {"reasons": [{"text": why, "stops": ways}] if why else [], "origin": origin}


def _joined(reasons: Sequence[str], phrases: Phrases) -> str:
    *before, last = reasons
    return phrases.told("mail.foot.joined", {"first": ", ".join(before), "last": last}) if before else last


def _reasons(views: Sequence[Mapping[str, Any]], phrases: Phrases) -> list[str]:
    """Say as what somebody gets the parts of a mail; each once, with the companies and teams that it holds for."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    for view in views:
        recipient = view["recipient"]
        if recipient is None:
            continue
        team = cut(recipient.get("team") or "", 60)
        role = "company" if recipient["role"] == "team" and not team else recipient["role"]
        names = found.setdefault(view["kind"] if view["kind"] in ("kpi", "wins") else role, {"company": {}, "team": {}})
        names["company"][cut(view["company"], 60)] = None
        names["team"][team_called(team, phrases, "within")] = None
    return [
        phrases.told(f"mail.foot.{key}", {kind: _joined(list(some), phrases) for kind, some in names.items()})
        for key, names in found.items()
    ]


def signed(points: float | None) -> str:
    """Write a change in points with its sign (a real minus); a dash where nothing is known."""
    if points is None:
        return "–"
    whole = round(points * 100)
    return f"+{whole}" if whole > 0 else f"−{-whole}" if whole < 0 else "0"


def cut(text: str, longest: int) -> str:
    """Cut a text from the sheet at a word, with an ellipsis, so that one cell cannot fill a screen."""
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    head = flat[: longest - 1]
    return f"{head[: head.rfind(' ')] if ' ' in head[longest // 2 :] else head}…"


def team_called(name: str, phrases: Phrases, form: str = "of") -> str:
    """Give what a team is called, in front (``of``) or in a sentence (``within``).

    A name that says itself what it is, such as a department or a group, stands as it is.
    """
    words = folded(name.replace(".", " ")).split()
    for unit in phrases.words("mail.team.units"):
        said = folded(unit).split()
        if len(words) > len(said) and said in (words[: len(said)], words[-len(said) :]):
            return name
    return phrases.text(f"mail.team.{form}", team=name)


def as_title(text: str) -> str:
    """Cut a text to what a title of HTML may be long, counted as it is written there."""
    longest = LONGEST_TITLE
    while len(escape(told := cut(text, longest))) > LONGEST_TITLE:
        longest -= 1
    return told


def _percent(number: float, phrases: Phrases) -> str:
    """Write a value that is a percentage with the places that it has: 0.5% is neither 0% nor 1%."""
    told = legible(number * 100)
    return phrases.percent(number, next((digits for digits in range(_PLACES) if round(told, digits) == told), _PLACES))


def _amount(value: Mapping[str, Any] | str | None, phrases: Phrases) -> str:
    if value is None or isinstance(value, str):
        return cut(value, 60) if value else "–"
    number, unit, upper = value["number"], value["unit"], value.get("to")
    if value["percent"]:
        write = partial(_percent, phrases=phrases) if not unit or "%" in unit else phrases.number
        shown = write(number) if upper is None else f"{write(number)}–{write(upper)}"
    elif upper is None:
        shown = phrases.money(number, unit)
    else:
        shown = f"{phrases.number(number)}–{phrases.money(upper, unit)}"
    head, gap, last = shown.partition(" ")
    return f"{head}{NO_BREAK}{last.replace(' ', NO_BREAK)}" if gap and len(last) <= LONGEST_UNIT else shown
