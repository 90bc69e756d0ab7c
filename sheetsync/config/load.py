"""Reads ``sheetsync.toml`` with the files that it includes, and tells every problem at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from sheetsync.cadence import MailTo, MailWhen
from sheetsync.config.cadence import mail_to, mail_when
from sheetsync.config.check import check
from sheetsync.config.keys import LANGUAGES, PLACES, Accepted
from sheetsync.config.left_out import Fault, only_parts, spared, workbook_of
from sheetsync.config.mail import mail_server, webhook, with_own_look
from sheetsync.config.problem import Problem, shown
from sheetsync.config.profiles import own_profiles
from sheetsync.config.secret import absolute, secret
from sheetsync.config.shape import Config, GoogleConfig, WorkbookConfig
from sheetsync.config.tables import mapping_of
from sheetsync.errors import ConfigError
from sheetsync.home import expanded
from sheetsync.record import NamedTuple
from sheetsync.results import Severity

if TYPE_CHECKING:
    from sheetsync.language import Phrases


def load_config(
    path: Path,
    phrases: Phrases,
    accepted: Accepted | None = None,
    speaking: Callable[[str], Phrases] | None = None,
    *,
    sparing: bool = False,
) -> Config:
    """Read a configuration; raises ConfigError with all its problems as ``file:line:column: key: text``.

    ``speaking`` is told the language that it sets, and gives the phrases in which what is wrong is said from then on.
    With ``sparing`` what is wrong with some workbooks, or with some files that are included, is no failure where others
    are in order: the configuration has these, and says what is wrong.
    """
    top = expanded(path)
    loader = _Loader(phrases, accepted or Accepted(), speaking)
    loader.visit(top, {}, ())
    if not loader.workbooks and not loader.faults:
        loader.report(_Source(path, "", {}), Problem((), "no_workbook", {}))
    told = {one.name: one for one in _told_apart(entry.workbook for entry in loader.workbooks.values())}
    problems = tuple(fault.line for fault in loader.faults)
    left_out: tuple[str, ...] = ()
    if problems:
        told, left_out = loader.spared(told) if sparing and only_parts(loader.faults, top, told) else ({}, ())
        if not told:
            raise ConfigError(problems=problems)
    return Config(path, tuple(loader.sources), loader.defaults, told, problems, left_out)


def _told_apart(workbooks: Iterable[WorkbookConfig]) -> Iterator[WorkbookConfig]:
    """Mark each name that a disk may take for an earlier one: it differs in nothing but case, or how accents are coded.

    The first keeps its name as it is, whatever is added below it.
    """
    taken: set[str] = set()
    for one in workbooks:
        folded = normalize("NFC", one.name).casefold()
        yield one._replace(apart_by=one.name) if folded in taken else one
        taken.add(folded)


class _Source(NamedTuple):
    path: Path
    text: str
    data: Mapping[str, Any]


class _Entry(NamedTuple):
    source: _Source
    workbook: WorkbookConfig


class _Loader:
    """What has been read so far, and what was wrong with it."""

    def __init__(self, phrases: Phrases, accepted: Accepted, speaking: Callable[[str], Phrases] | None = None) -> None:
        self.phrases = phrases
        self.speaking = speaking
        self.accepted = accepted
        self.faults: list[Fault] = []
        self.lost: dict[Path, str] = {}
        """Files that cannot be used, with what they say: of themselves, or as a file above them cannot."""
        self.faulty: dict[str, str] = {}
        """Workbooks that cannot be used, with their companies."""
        self.sources: list[Path] = []
        self.workbooks: dict[str, _Entry] = {}
        self.defaults: dict[str, Any] = {}
        self.profiles: dict[str, str] = {}
        """The file of every profile by its name in lower case."""

    def visit(self, path: Path, inherited: Mapping[str, Any], above: tuple[Path, ...]) -> None:
        """Read one file and those that it includes; ``inherited`` are the defaults of the files ``above`` it."""
        source = self._source(path)
        self.sources.append(path.resolve())
        if source is None:
            return
        if not above:
            self._speak(source.data.get("defaults"))
        inherited, wrong = self._with_profiles(source, inherited)
        accepted = self.accepted._replace(profiles=self._known(inherited["profiles"]))
        problems = [*check(source.data, accepted), *wrong]
        if above and "ping" in source.data:
            problems.append(Problem(("ping",), "ping_included", {}))
        defaults = inherited
        if all(workbook_of(problem.path) for problem in problems):
            defaults = _inherited(inherited, source.data, path.parent)
            if not above:
                self.defaults = with_own_look(defaults)
            problems += self._take(source, defaults, {workbook_of(problem.path) for problem in problems})
        included: list[Path] = []
        if not any(problem.path[:1] == ("include",) for problem in problems):
            included, astray = self._included(source, (*above, path.resolve()))
            problems = [*problems, *astray]
        self._report_all(source, problems)
        whole = any(not workbook_of(problem.path) for problem in problems)
        if whole or (above and above[-1] in self.lost):
            self.lost[path.resolve()] = source.text
        for file in included:
            self.visit(file, defaults, (*above, path.resolve()))

    def _speak(self, defaults: Any) -> None:
        """Say what is wrong in the language that the file sets, where it sets one that we know."""
        language = defaults.get("language") if isinstance(defaults, dict) else None
        if self.speaking is not None and isinstance(language, str) and language in LANGUAGES:
            self.phrases = self.speaking(language)

    def _with_profiles(
        self, source: _Source, inherited: Mapping[str, Any]
    ) -> tuple[Mapping[str, Any], Sequence[Problem]]:
        """Add a file's own profiles to what it inherits."""
        above = inherited.get("profiles", {})
        own = own_profiles(source.data.get("profile"), above, self.profiles, self.accepted, _near_by(source.path))
        names = source.data.get("profile")
        for name in names if isinstance(names, dict) else ():
            self.profiles.setdefault(name.casefold(), _near_by(source.path))
        return {**inherited, "profiles": {**above, **own.profiles}}, own.problems

    def _known(self, own: Mapping[str, Any]) -> tuple[str, ...]:
        """Give every name that a workbook may choose a profile by; none where nobody knows any."""
        known = tuple(self.accepted.profiles)
        return (*known, *(name for own_name, data in own.items() for name in _called(own_name, data))) if known else ()

    def report(self, source: _Source, problem: Problem) -> None:
        """Note a problem of a file, with its place."""
        self._report_all(source, [problem])

    def _report_all(self, source: _Source, problems: list[Problem]) -> None:
        if not problems:
            return
        from sheetsync.config.locate import dotted, locate, place_of

        places = locate(source.text)
        ordered = sorted(problems, key=lambda problem: place_of(problem.path, places))
        for problem in ordered:
            place = place_of(problem.path, places)
            where = f"{_near_by(source.path)}:{place.line}:{place.column}"
            key = dotted(problem.path)
            line = f"{where}: {key}: {self._words(problem)}" if key else f"{where}: {self._words(problem)}"
            self.faults.append(Fault(line, source.path, workbook_of(problem.path)))

    def _words(self, problem: Problem) -> str:
        params = dict(problem.params)
        for name in ("expected", "found"):
            if name in params:
                params[name] = self.phrases.text(f"config.type.{params[name]}")
        if problem.near is not None:
            return self.phrases.text(f"config.{problem.text}_near", near=problem.near, **params)
        return self.phrases.text(f"config.{problem.text}", **params)

    def _source(self, path: Path) -> _Source | None:
        text = ""
        try:
            text = path.read_bytes().decode("utf-8-sig")
            return _Source(path, text, tomllib.loads(text))
        except FileNotFoundError:
            self._unread(path, 1, 1, "file_missing")
        except OSError as error:
            self._unread(path, 1, 1, "file_unreadable", reason=error.strerror or type(error).__name__)
        except UnicodeDecodeError as error:
            self._unread(path, error.object.count(b"\n", 0, error.start) + 1, 1, "not_utf8")
        except tomllib.TOMLDecodeError as error:
            reason, line, column = _syntax(str(error), text)
            self._unread(path, line, column, "syntax", reason=reason)
        except RecursionError:
            self._unread(path, 1, 1, "too_deep")
        self.lost[path.resolve()] = text
        return None

    def _unread(self, path: Path, line: int, column: int, text: str, **params: str) -> None:
        words = self.phrases.text(f"config.{text}", **params)
        self.faults.append(Fault(f"{_near_by(path)}:{line}:{column}: {words}", path))

    def spared(self, told: Mapping[str, WorkbookConfig]) -> tuple[dict[str, WorkbookConfig], tuple[str, ...]]:
        """Give the workbooks that can be used all the same, and the names of what cannot."""
        files = {name: entry.source.path.resolve() for name, entry in self.workbooks.items()}
        near_by = {file: _near_by(file) for file in self.lost}
        found = spared(told, files, self.lost, self.faulty, near_by)
        return dict(found.workbooks), found.left_out

    def _take(self, source: _Source, defaults: Mapping[str, Any], faulty: Collection[str]) -> list[Problem]:
        problems: list[Problem] = []
        tables = source.data.get("workbook", {})
        for name in faulty:
            company = tables[name].get("company") if isinstance(tables.get(name), dict) else None
            self.faulty[name] = company if isinstance(company, str) else ""
        for name, table in tables.items():
            if name in faulty:
                continue
            values = with_own_look(merged(defaults, settled(table, source.path.parent)))
            workbook = self._identified(WorkbookConfig(name=name, **values))
            problem = self._twice(workbook)
            if problem:
                problems.append(problem)
                self.faulty[name] = workbook.company or ""
            else:
                self.workbooks[name] = _Entry(source, workbook)
        return problems

    def _twice(self, workbook: WorkbookConfig) -> Problem | None:
        same = self.workbooks.get(workbook.name)
        if same:
            self.faulty[workbook.name] = same.workbook.company or ""
            return Problem(("workbook", workbook.name), "workbook_twice", {"file": _near_by(same.source.path)})
        for other in self.workbooks.values():
            for place in PLACES:
                told = getattr(workbook, place)
                if told is not None and getattr(other.workbook, place) == told:
                    # Nobody knows which of the two is meant, so whom its numbers are for: neither is taken.
                    self.faulty[other.workbook.name] = other.workbook.company or ""
                    params = {"name": shown(other.workbook.name)}
                    return Problem(("workbook", workbook.name, place), f"{place}_twice", params)
        return None

    def _identified(self, workbook: WorkbookConfig) -> WorkbookConfig:
        """Put ids in the place of addresses; the check has seen that each has one."""
        told, known = workbook, self.accepted
        if told.spreadsheet is not None and known.spreadsheet:
            told = told._replace(spreadsheet=known.spreadsheet(told.spreadsheet))
        if told.folder is not None and known.folder:
            told = told._replace(folder=known.folder(told.folder))
        return told

    def _included(self, source: _Source, stack: tuple[Path, ...]) -> tuple[list[Path], list[Problem]]:
        files: list[Path] = []
        problems: list[Problem] = []
        for index, pattern in enumerate(source.data.get("include", ())):
            for file, text in _matches(source.path.parent, pattern):
                text = text or self._clash(file, files, stack)
                if text:
                    params = {"value": shown(pattern), "file": _near_by(file)}
                    problems.append(Problem(("include", index), text, params))
                else:
                    files.append(file)
        return files, problems

    def _clash(self, file: Path, files: list[Path], stack: tuple[Path, ...]) -> str:
        real = file.resolve()
        if real in stack:
            return "include_cycle"
        seen = {*self.sources, *(other.resolve() for other in files)}
        return "include_twice" if real in seen else ""


def _called(name: str, data: Mapping[str, Any]) -> tuple[str, str]:
    return name, f"{name}@{data.get('version', 1)}"


def _matches(folder: Path, pattern: str) -> list[tuple[Path, str]]:
    """Give the files that a pattern names, each with the key of what is wrong with it (or an empty text)."""
    shape = PureWindowsPath(pattern)  # knows both kinds of slash, drives and network shares
    if shape.anchor or ".." in shape.parts:
        return [(folder, "include_outside")]
    inside = folder.resolve()
    try:
        files = sorted(file for file in folder.glob(pattern) if file.is_file())
    except (ValueError, IndexError):  # no pattern at all to pathlib, such as "." or "**x"
        files = []
    if not files:
        return [(folder, "include_nothing")]
    return [(file, "" if file.resolve().is_relative_to(inside) else "include_outside") for file in files]


def _syntax(message: str, text: str) -> tuple[str, int, int]:
    """Take tomllib's message apart into reason, line and column."""
    reason, _, place = message.rpartition(" (at ")
    words = place.rstrip(")").replace(",", "").split()
    if len(words) == 4:
        return reason, int(words[1]), int(words[3])
    lines = text.splitlines() or [""]
    return reason or message, len(lines), len(lines[-1]) + 1


def _near_by(path: Path) -> str:
    """Show a path relative to the current folder where it lies inside."""
    try:
        return str(path.absolute().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def settled(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Turn a checked table into fields of a WorkbookConfig; paths count from ``folder``."""
    values = dict(table)
    mail = values.pop("mail", {})
    if "folder" in mail:
        values["mail_folder"] = absolute(mail["folder"], folder)
    values.update({f"mail_{name}": mail[name] for name in ("to", "when") if name in mail})
    own = {name: mail[name] for name in ("sender_name", "reply_to") if name in mail}
    if "pack" in mail:
        own["pack"] = absolute(mail["pack"], folder)
    if own:
        values["mail_own"] = own
    if "history" in values:
        values.update(_remembered(values["history"], folder))
    if "path" in values:
        values["path"] = absolute(values["path"], folder)
    if "worksheets" in values:
        values["worksheets"] = tuple(values["worksheets"])
    if "table" in values:
        values["tables"] = tuple(map(mapping_of, values.pop("table")))
    if "columns" in values:
        values["columns"] = {kind: tuple(wanted) for kind, wanted in values["columns"].items()}
    if "rules" in values:
        rules = values["rules"].items()
        values["rules"] = {code: None if said == "off" else Severity(said) for code, said in rules}
    return values


def _remembered(history: str | bool, folder: Path) -> dict[str, Any]:
    """Say where days are remembered (true: in the usual place), and whether they are at all."""
    place = absolute(history, folder) if isinstance(history, str) else None
    return {"history": place, "remembered": history is not False}


def _inherited(above: Mapping[str, Any], data: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Lay what a file says for all its workbooks over what the files above it say."""
    told = {f"mail_{name}": data["mail"][name] for name in ("to", "when") if name in data.get("mail", {})}
    if "mail" in data:  # says all of the mails anew, also what the files above say of theirs
        above = {name: told for name, told in above.items() if name != "mail_own"}
    values = merged(merged(above, told), settled(data.get("defaults", {}), folder))
    if "google" in data:
        values["google"] = values.get("google", GoogleConfig())._replace(**_reached(data["google"], folder))
    if "mail" in data:
        values["mail_server"] = mail_server(data["mail"], folder)
    if "report" in data:
        if "folder" in data["report"]:
            values["report_folder"] = absolute(data["report"]["folder"], folder)
            values["report_url"] = data["report"].get("url")
        if "pack" in data["report"]:
            values["report_pack"] = absolute(data["report"]["pack"], folder)
    if "webhook" in data:
        own = {name: webhook(name, table, folder) for name, table in data["webhook"].items()}
        values["webhooks"] = {**values.get("webhooks", {}), **own}
    return values


def _reached(table: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Turn a checked [google] into fields of a GoogleConfig."""
    values = dict(table)
    if "credentials" in values:
        values["credentials"] = secret(values["credentials"], folder)
    if "oauth_client" in values:
        values["oauth_client"] = absolute(values["oauth_client"], folder)
    return values


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Lay fields over fields; columns, rules and what holds of mail are laid over each other entry by entry."""
    values = {**under, **over}
    for name in ("columns", "rules", "mail_own"):
        if name in under and name in over:
            values[name] = {**under[name], **over[name]}
    if "mail_to" in over:
        values["mail_to"] = mail_to(over["mail_to"], under.get("mail_to", MailTo()))
    if "mail_when" in over:
        values["mail_when"] = mail_when(over["mail_when"], under.get("mail_when", MailWhen()))
    return values
