"""What the nightly job writes beside the workbook: the summary, the page, and the list of all pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheetsync.cli import exits, tell
from sheetsync.errors import SheetsyncError
from sheetsync.record import NamedTuple

if TYPE_CHECKING:
    from sheetsync.cli.wiring import Selected
    from sheetsync.config.shape import WorkbookConfig
    from sheetsync.sync import Evaluation


class Written(NamedTuple):
    """The files that were written for one workbook, and the code of a failure to write them.

    ``listed`` is what the list of pages tells of it, None where it has no page, and ``lack`` then says why.
    """

    summary: tuple[str, ...] = ()
    page: str | None = None
    listed: Mapping[str, Any] | None = None
    code: int = exits.COMPLETE
    lack: str = ""


def wanted(config: WorkbookConfig) -> bool:
    """Say whether any file is wanted for a workbook."""
    return config.mail_folder is not None or config.report_folder is not None


def write_files(one: Selected, evaluation: Evaluation) -> Written:
    """Write what is wanted for a workbook; a failure is told, and the rest is still written."""
    codes: list[int] = []
    lack = ""
    summary: tuple[str, ...] = ()
    page: str | None = None
    listed: Mapping[str, Any] | None = None
    if one.config.mail_folder is not None:
        from sheetsync.cli.files import file_stem
        from sheetsync.cli.summary import write_summary

        try:
            stem = file_stem(one.errand.job.name, one.config.apart_by)
            summary = write_summary(evaluation, one.errand.job, one.config.mail_folder / stem, one.config.mail_pack)
        except SheetsyncError as error:
            tell(error, f"{one.shown}: ")
            codes.append(error.exit_code)
    if one.config.report_folder is not None:
        try:
            page, listed = _write_page(one, evaluation, one.config.report_folder)
        except SheetsyncError as error:
            from sheetsync.cli.wiring import said

            lack = said(error)
            tell(error, f"{one.shown}: ")
            codes.append(error.exit_code)
    return Written(summary, page, listed, exits.worst(codes), lack)


def _write_page(one: Selected, evaluation: Evaluation, folder: Path) -> tuple[str, Mapping[str, Any]]:
    from sheetsync.cli.pages import brand_of, entry, file_name, now_at, page_of, page_text, put_page

    job = one.errand.job
    digest = page_of(evaluation, job, evaluation.phrases, moment=now_at(one.config.timezone))
    file = file_name(one.config, job.name)
    put_page(folder / file, page_text(digest, evaluation.phrases, brand_of(one.config)))
    return str(folder / file), entry(digest, _quoted(file))


class Night(NamedTuple):
    """What became of one workbook tonight; ``reason`` is why it has no page, or empty."""

    one: Selected
    written: Written
    reason: str

    @property
    def listed(self) -> Mapping[str, Any]:
        """What the list of pages tells of it."""
        from sheetsync.report.page import not_listed

        if self.written.listed is not None:
            return self.written.listed
        return not_listed(self.one.errand.job.name, self.written.lack or self.reason)


def write_indexes(nights: Iterable[Night]) -> Iterator[int]:
    """Write the list of pages into each folder that has some; gives the codes of failures, which are told."""
    folders: dict[Path, list[Night]] = {}
    for night in nights:
        if night.one.config.report_folder is not None:
            folders.setdefault(night.one.config.report_folder, []).append(night)
    for folder, mine in folders.items():
        try:
            _write_index(folder, mine)
        except SheetsyncError as error:
            tell(error)
            yield error.exit_code


def _write_index(folder: Path, nights: Sequence[Night]) -> None:
    """Write one list, in the language and with the brand that its workbooks share."""
    from sheetsync.cli.pages import INDEX, brand_of_all, index_text, put_page, told_apart
    from sheetsync.cli.speech import phrases, spoken_language

    pages = told_apart([night.listed for night in nights], [night.one.errand.location for night in nights])
    configs, today = [night.one.config for night in nights], nights[0].one.errand.job.today
    languages = {config.language for config in configs}
    words = phrases((languages.pop() if len(languages) == 1 else None) or spoken_language())
    put_page(folder / INDEX, index_text(pages, today, words, brand_of_all(configs)))


def page_address(config: WorkbookConfig, name: str) -> str | None:
    """Give the address of a workbook's page, which mails lead to; None where the configuration tells none.

    ``name`` is the workbook's own, which in a folder of Drive is not that of the configuration.
    """
    if config.report_folder is None or config.report_url is None:
        return None
    from sheetsync.cli.pages import file_name

    return f"{config.report_url.rstrip('/')}/{_quoted(file_name(config, name))}"


def _quoted(file: str) -> str:
    from urllib.parse import quote

    return quote(file)
