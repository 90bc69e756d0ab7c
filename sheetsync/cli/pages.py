"""Makes the pages of workbooks and puts them into files; ``sheetsync report`` calls it, and the nightly job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sheetsync.cli import tell
from sheetsync.cli.files import file_stem
from sheetsync.cli.summary import source_of
from sheetsync.config.shape import WorkbookConfig
from sheetsync.errors import AccessDenied, ConfigError, TemporaryFailure
from sheetsync.language import Phrases
from sheetsync.packaged import templates_dir
from sheetsync.record import NamedTuple
from sheetsync.report.brand import Brand
from sheetsync.report.digest import Source
from sheetsync.report.digest.page import page_digest, scope_of
from sheetsync.report.digest.page_past import first_known, source_on
from sheetsync.report.page import listed, render_index, render_page
from sheetsync.results import Digest
from sheetsync.scoring.owned.owners import Owner
from sheetsync.sync import Evaluation, Job
from sheetsync.text_file import put_text

INDEX = "index.html"
_FORBIDDEN = b"style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_DEEPEST = 9
"""Parts of a path at which nobody looks for what tells two workbooks apart any more."""


class Wish(NamedTuple):
    """What page is wanted: of whom (None: of all), and as of which earlier day (None: as it stands today)."""

    owner: Owner | None = None
    day: date | None = None


PLAIN = Wish()


class NothingKnownError(Exception):
    """The history knows nothing of the day that is asked for; ``first`` is the first that it knows, if any."""

    def __init__(self, first: date | None) -> None:
        """Take the first day that is known."""
        super().__init__(first)
        self.first = first


def page_of(
    evaluation: Evaluation, job: Job, phrases: Phrases, wish: Wish = PLAIN, moment: datetime | None = None
) -> Digest:
    """Give what the page of a workbook shows; ``moment`` is when it was read, where the company is.

    Raises NothingKnownError where an earlier day is asked for that the history does not know.
    """
    source = _with_moment(source_of(evaluation, job, phrases), moment)
    scope = scope_of(wish.owner) if wish.owner is not None else None
    if wish.day is None or wish.day >= job.today:
        return page_digest(source, scope)
    then = source_on(source, wish.day)
    if then is None:
        raise NothingKnownError(first_known(source))
    return page_digest(then, scope, past=True)


def _with_moment(source: Source, moment: datetime | None) -> Source:
    """Add when the workbook was read; a day that somebody set by hand has no hour."""
    if moment is None or moment.date() != source.today:
        return source
    return source._replace(read_at=moment, zone=zone_of(moment))


def now_at(timezone: str | None) -> datetime:
    """Give the moment, with the clock of where the company is."""
    if timezone is None:
        return datetime.now().astimezone()
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo(timezone))


def zone_of(moment: datetime) -> str | None:
    """Give a moment's time zone as people read it: GMT+7, GMT+5:30; None for one that has none."""
    offset = moment.utcoffset()
    if offset is None:
        return None
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"GMT{sign}{hours}{f':{rest:02}' if rest else ''}"


def is_own_page(content: bytes) -> bool:
    """Say whether a file is a page or a list of pages of ours: by what it forbids the browser, in these very words."""
    return _FORBIDDEN in content[:2000]


def page_text(digest: Digest, phrases: Phrases, brand: Brand | None = None) -> str:
    """Give a page as HTML; ConfigError where the brand has words that there are not."""
    return render_page(digest, phrases, templates_dir(), brand)


def index_text(pages: Sequence[Mapping[str, Any]], today: date, phrases: Phrases, brand: Brand | None = None) -> str:
    """Give the list of several pages as HTML; ConfigError as for a page."""
    return render_index(pages, today, phrases, templates_dir(), brand)


def brand_of(config: WorkbookConfig) -> Brand | None:
    """Give the brand of a workbook's page: that of [report], else that of [mail]; what it goes without is told once.

    Of a pack with templates of its own only colour, logo, footer and words are taken. ConfigError where it cannot be
    used.
    """
    folder = config.report_pack or config.mail_pack
    return _brand(folder) if folder is not None else None


def brand_of_all(configs: Iterable[WorkbookConfig]) -> Brand | None:
    """Give the brand of a list of pages: that which all of them have. ConfigError as above.

    Where clients have brands of their own none of these stands over the others' names.
    """
    packs = {config.report_pack or config.mail_pack: config for config in configs}
    return brand_of(next(iter(packs.values()))) if len(packs) == 1 else None


@lru_cache
def _brand(folder: Path) -> Brand:
    """Read a pack once a run, so that what the pages of a hundred workbooks go without is one line."""
    from sheetsync.report.brand import load_pack

    pack = load_pack(folder)
    for doubt in pack.doubts:
        tell(doubt)
    return pack.brand


def file_name(config: WorkbookConfig, name: str) -> str:
    """Give the name of a workbook's page; ``name`` is the workbook's, in a folder of Drive not that of ``config``."""
    return f"{file_stem(name, config.apart_by)}.html"


def told_apart(entries: Sequence[Mapping[str, Any]], locations: Sequence[str]) -> list[Mapping[str, Any]]:
    """Let entries of the list of pages that look alike say in which folder their workbooks are, as far as is needed.

    ``locations`` are where the workbooks are, in the order of the entries.
    """
    shown = list(entries)
    for depth in range(2, _DEEPEST):
        often = Counter((one["name"], one["place"]) for one in shown)
        shown = [
            {**one, "place": "/".join(Path(where).parts[-depth:])} if often[one["name"], one["place"]] > 1 else one
            for one, where in zip(shown, locations, strict=True)
        ]
    return shown


def put_page(path: Path, html: str) -> None:
    """Put a page in its place at once; AccessDenied or TemporaryFailure where that is impossible.

    ConfigError where something that is no file stands there: a folder, or a device, which a file must not replace.
    """
    try:
        if path.exists() and not path.is_file():
            raise ConfigError("report_no_file", path=str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        put_text(path.resolve(), html)
    except PermissionError as error:
        raise AccessDenied("report_denied", path=str(path)) from error
    except OSError as error:
        raise TemporaryFailure("report_failed", path=str(path), reason=error.strerror or str(error)) from error


def entry(digest: Digest, file: str) -> dict[str, Any]:
    """Give what the list of pages tells of one."""
    return listed(digest, file)
