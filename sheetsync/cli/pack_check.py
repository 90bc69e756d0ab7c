"""Tries the templates of a pack: every kind of mail on every fixture in every language, each judged by the lint."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from sheetsync.cli.pack_samples import KINDS, MERGED, sample_digests
from sheetsync.errors import SheetsyncError
from sheetsync.limited.mails import Copies, PackMails
from sheetsync.packaged import templates_dir
from sheetsync.record import NamedTuple
from sheetsync.report.digest.coding import dumps
from sheetsync.report.fixtures import FIXTURES, Fixture
from sheetsync.report.lint.flaws import Flaw
from sheetsync.report.lint.looking import lint
from sheetsync.report.lint.marking import Marked, marked
from sheetsync.report.render import Rendered
from sheetsync.results import Digest, Severity

PATIENCE = 3
"""Mails of one kind that may fail until no more of it are tried: each may take all the time that a mail has."""

OURS = "sheetsync"
"""Stands before the name of a template of ours, as where a pack extends it."""


class Sample(NamedTuple):
    """One mail that was tried."""

    kind: str
    language: str
    fixture: str


class Finding(NamedTuple):
    """What is wrong, and the mails that show it; a mail that could not be made has the ``error`` instead of a rule."""

    place: str
    flaw: Flaw
    samples: tuple[Sample, ...]
    error: SheetsyncError | None = None


class Tried(NamedTuple):
    """What came of it; ``largest`` is in bytes, and 0 where no mail could be made."""

    findings: tuple[Finding, ...]
    mails: int
    largest: int
    largest_sample: Sample | None


def check_pack(
    pack: Path | None, kinds: Sequence[str], languages: Sequence[str], fixtures: Sequence[Fixture] = FIXTURES
) -> Tried:
    """Try a pack (None: our own templates) on fixtures.

    Raises ConfigError where the pack cannot be read at all, DeliveryRefused where reading it takes too much.
    """
    with ExitStack() as opened:
        mails = opened.enter_context(PackMails(pack))
        doubts = [Finding(_path_in(one), _failure(Severity.WARNING), (), one) for one in mails.look()]
        folders = mails.folders()
        trial = _Trial(mails, pack, folders, opened)
        for language in languages:
            for fixture in fixtures:
                trial.render(sample_digests(fixture, language), kinds, language, fixture.name)
    findings = (*doubts, *_unused(folders), *trial.findings())
    return Tried(findings, trial.mails, trial.largest, trial.largest_sample)


class _Trial:
    """Renders and judges mails one by one, and gathers what was found."""

    def __init__(self, mails: PackMails, pack: Path | None, folders: tuple[Path, ...], opened: ExitStack) -> None:
        self.mails = 0
        self.largest = 0
        self.largest_sample: Sample | None = None
        self._plain = mails
        self._pack = pack
        self._folders = (*folders, templates_dir())
        self._opened = opened
        self._marked: Marked | None = None
        self._located: PackMails | None = None
        self._failed: dict[str, int] = {}
        self._found: dict[tuple[str, Flaw, str], list[Sample]] = {}
        self._errors: dict[str, SheetsyncError] = {}
        self._most: dict[str, int] = {}

    def render(self, digests: Mapping[str, Digest], kinds: Iterable[str], language: str, fixture: str) -> None:
        """Try a fixture in some kinds."""
        contents = {kind: dumps(digest) for kind, digest in digests.items()}
        for kind in kinds:
            parts = [contents[one] for one in KINDS] if kind == MERGED else [contents[kind]]
            if self._failed.get(kind, 0) < PATIENCE and not (kind == MERGED and self._failed):
                self._try(parts, Sample(kind, language, fixture))

    def _try(self, parts: Sequence[bytes], sample: Sample) -> None:
        self.mails += 1
        try:
            mail = self._plain.render(parts, sample.language, check_links=False)
        except SheetsyncError as error:
            self._failed[sample.kind] = self._failed.get(sample.kind, 0) + 1
            self._add(self._shown(_path_in(error)), _failure(Severity.ERROR), sample, error)
            return
        size = len(mail.html.encode())
        if size > self.largest:
            self.largest, self.largest_sample = size, sample
        flaws = _judged(mail)
        if flaws:
            marks = self._marks(parts, sample)
            for flaw in flaws:
                self._add(self._place(flaw, marks, sample), flaw, sample)

    def _marks(self, parts: Sequence[bytes], sample: Sample) -> Mapping[Flaw, str]:
        """Render once more with marks in the templates, and give where each flaw stands."""
        if self._located is None:
            room = self._opened.enter_context(TemporaryDirectory(prefix="sheetsync-"))
            self._marked = marked(self._folders, Path(room))
            *folders, templates = self._marked.folders
            copies = Copies(tuple(folders), (templates,))
            self._located = self._opened.enter_context(PackMails(self._pack, copies=copies))
        try:
            mail: Rendered = self._located.render(parts, sample.language, check_links=False)
        except SheetsyncError:
            return {}  # where the marks alone break a mail its flaws are told without a line
        return {flaw._replace(at=""): flaw.at for flaw in reversed(_judged(mail))}

    def _place(self, flaw: Flaw, marks: Mapping[Flaw, str], sample: Sample) -> str:
        assert self._marked is not None  # noqa: S101 - made with the marks
        at = self._marked.place(marks.get(flaw, ""))
        written = self._marked.written(flaw.what) if flaw.clients and ":" in flaw.what else ""
        ending = {"no_text": "txt", "tags_in_text": "txt", "no_subject": "subject", "long_subject": "subject"}
        kind = KINDS[0] if sample.kind == MERGED else sample.kind
        name = f"{kind}.{ending.get(flaw.rule, 'html')}.j2"
        return self._shown(written or at or self._nearest(name))

    def _nearest(self, name: str) -> str:
        """Give the template of a name that is taken: the pack's own, else that of a pack below, else ours."""
        return str(next(path for folder in self._folders if (path := folder / "email" / name).exists()))

    def _shown(self, place: str) -> str:
        """Give a place as a person at the terminal would write it; one of ours with our name before it."""
        ours = str(templates_dir() / "email")
        if place.startswith(ours):
            return f"{OURS}{place.removeprefix(ours)}"
        return place.removeprefix(f"{Path.cwd()}{os.sep}")

    def _add(self, place: str, flaw: Flaw, sample: Sample, error: SheetsyncError | None = None) -> None:
        key = str(error) if error is not None else ""
        if error is not None:
            self._errors[key] = error
        if flaw.what.isdecimal():  # a size: one finding for all mails, with the largest
            self._most[flaw.rule] = max(self._most.get(flaw.rule, 0), int(flaw.what))
            flaw = flaw._replace(what="")
        self._found.setdefault((place, flaw, key), []).append(sample)

    def findings(self) -> Iterator[Finding]:
        """Give what was found, errors first, each once with the mails that show it."""
        rank = {Severity.ERROR: 0, Severity.WARNING: 1}
        for (place, flaw, key), samples in sorted(self._found.items(), key=lambda one: rank[one[0][1].severity]):
            told = flaw._replace(what=str(self._most[flaw.rule])) if flaw.rule in self._most else flaw
            yield Finding(place, told, tuple(samples), self._errors.get(key))


def _judged(mail: Rendered) -> tuple[Flaw, ...]:
    return lint(mail.html, mail.text, mail.subject, [image.id for image in mail.images])


def _failure(severity: Severity) -> Flaw:
    return Flaw("template", severity)


def _path_in(error: SheetsyncError) -> str:
    return str(error.params.get("path", ""))


def _unused(folders: Sequence[Path]) -> Iterator[Finding]:
    """Find templates of a pack that neither stand for one of ours nor are named in another."""
    ours = {path.name for path in (templates_dir() / "email").iterdir()}
    for folder in folders:
        own = [path for path in sorted(folder.glob("email/**/*")) if path.suffix == ".j2" and path.is_file()]
        texts = {path: path.read_text(encoding="utf-8", errors="replace") for path in own}
        for path in own:
            named = any(path.name in text for other, text in texts.items() if other != path)
            if path.name not in ours and not named:
                yield Finding(str(path), Flaw("unused", Severity.WARNING, what=path.name), ())
