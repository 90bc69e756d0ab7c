"""Workbooks of one company in one run: each is read for the others before any of them is scored.

Which workbooks belong together is what the configuration says (``company``); a workbook that it does not know belongs
to the company that its own Settings sheet names. A name in a sheet never brings together what the configuration keeps
apart: a consultant's clients may all have left the name of the template in theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import NoReturn

import click

from sheetsync.backends.memory import MemoryBackend
from sheetsync.cli import tell
from sheetsync.cli.wiring import Selected, prefix_of, workers_of
from sheetsync.config.shape import WorkbookConfig
from sheetsync.errors import SheetsyncError
from sheetsync.fleet import Errand, Survey, survey_all
from sheetsync.model import Goals
from sheetsync.record import NamedTuple
from sheetsync.scoring.company.kin import plain_name
from sheetsync.scoring.company.together import Surveyed, related
from sheetsync.workbook import Backend, Changes, Workbook

ErrandOf = Callable[[WorkbookConfig], Errand]


def peers_of(
    own: WorkbookConfig, selected: Sequence[Selected], told: Mapping[str, WorkbookConfig]
) -> tuple[WorkbookConfig, ...] | None:
    """Give the workbooks of the configuration that are of the same company, ``own`` too; None where it is alone.

    Empty for a workbook that the configuration does not know: the other such workbooks of the call are looked at.
    """
    if own.company is None:
        known = own.name in told or own.name.partition("/")[0] in told
        return None if known or sum(_unknown(one, told) for one in selected) == 1 else ()
    wanted = plain_name(own.company)
    same = [one for one in told.values() if one.company is not None and plain_name(one.company) == wanted]
    listed = [one for one in same if one.enabled or any(_is(chosen, one) for chosen in selected)]
    return tuple(listed) if len(listed) > 1 or any(one.folder is not None for one in listed) else None


def _unknown(one: Selected, told: Mapping[str, WorkbookConfig]) -> bool:
    return one.config.company is None and one.config.name.partition("/")[0] not in told


def _is(one: Selected, settings: WorkbookConfig) -> bool:
    """Say whether a workbook is that of the configuration, or a spreadsheet of its folder."""
    return settings.name in (one.config.name, one.config.name.partition("/")[0])


class _Read(NamedTuple):
    """A workbook of a company, read or not; ``place`` is the one of ``selected``, None for what the call left out."""

    name: str
    company: str
    rank: tuple[int, str]
    survey: Survey | None
    place: int | None = None


def acquaint(selected: list[Selected], errand_of: ErrandOf, *, keep: bool) -> list[Selected]:
    """Read the workbooks that may have others of their company, and let each know what the others are to it.

    Workbooks of the company that the call leaves out are read too where goals of others count in the scores, so that a
    number never hangs on which workbooks a call names.
    """
    chosen = {place: one for place, one in enumerate(selected) if one.peers is not None}
    surveys = survey_all([one.errand for one in chosen.values()], keep=keep, workers=workers_of(chosen.values()))
    read = [_read(one, survey, place) for (place, one), survey in zip(chosen.items(), surveys.results(), strict=True)]
    companies: dict[str, list[_Read]] = {}
    for one in _apart(read):
        if one.company:
            companies.setdefault(one.company, []).append(one)
    known = list(selected)
    for members in companies.values():
        for place, errand in _introduced(members, selected, errand_of).items():
            known[place] = known[place]._replace(errand=errand)
    return known


def _introduced(members: Sequence[_Read], selected: Sequence[Selected], errand_of: ErrandOf) -> dict[int, Errand]:
    """Give the errands of one company anew. A bug in what is made of them fails these workbooks, and no others."""
    own = {one.place: selected[one.place] for one in members if one.place is not None}
    try:
        everybody = sorted([*members, *_left_out(members, list(own.values()), errand_of)], key=lambda one: one.rank)
        return _errands(everybody, selected) if len(everybody) > 1 else {}
    except SheetsyncError:
        raise
    except Exception as bug:  # noqa: BLE001 - told for each of them, where bugs are told; it ends in exit code 70
        return {place: one.errand._replace(open_backend=partial(_fail, bug)) for place, one in own.items()}


def _fail(bug: Exception) -> NoReturn:
    raise bug


def _read(one: Selected, survey: Survey, place: int) -> _Read:
    name = one.errand.job.name
    names = [peer.name for peer in one.peers or ()]
    rank = next((number for number, peer in enumerate(names) if peer in (name, name.partition("/")[0])), place)
    company = one.config.company or _told(survey.goals)
    return _Read(name, plain_name(company or ""), (rank, name if names else ""), survey, place)


def _apart(read: Iterable[_Read]) -> Iterator[_Read]:
    """Give files of the same name, which a call may name, names of their own by which their goals are told apart."""
    taken: set[tuple[str, str]] = set()
    for one in read:
        folder = Path(one.survey.errand.location).parent.name if one.survey is not None else ""
        names = chain((one.name, f"{folder}/{one.name}"), (f"{one.name}-{number}" for number in count(2)))
        name = next(name for name in names if (one.company, plain_name(name)) not in taken)
        taken.add((one.company, plain_name(name)))
        yield one._replace(name=name)


def _told(goals: Goals | None) -> str | None:
    """Give the company that a workbook itself names."""
    return goals.settings.company.value if goals is not None and goals.settings is not None else None


def _left_out(members: Sequence[_Read], own: Sequence[Selected], errand_of: ErrandOf) -> list[_Read]:
    """Give the workbooks of the company that the call left out: read where goals of others count, else only named."""
    peers = max((one.peers or () for one in own), key=len)
    missing = [peer for peer in peers if peer.folder is not None or not any(_is(one, peer) for one in own)]
    if not missing:
        return []
    counting = any(one.survey and one.survey.profiles and one.survey.profiles[0].child_weight > 0 for one in members)
    if not counting:
        named = [peer for peer in missing if not any(_is(one, peer) for one in own)]
        return [_Read(one.name, members[0].company, (peers.index(one), one.name), None) for one in named]
    others = [one for one in _listed(missing, errand_of) if not any(_same(one, known) for known in own)]
    surveys = survey_all([one.errand for one in others], keep=False, workers=workers_of(others))
    read = []
    for one, survey in zip(others, surveys.results(), strict=True):
        _tell(one, survey)
        read.append(_read(one._replace(peers=peers), survey, 0)._replace(place=None))
    return read


def _listed(missing: Sequence[WorkbookConfig], errand_of: ErrandOf) -> list[Selected]:
    if any(one.folder is not None for one in missing):
        from sheetsync.cli.folders import of_folders

        return of_folders(missing, (), None, errand_of)
    return [Selected(errand_of(one), one) for one in missing]


def _same(one: Selected, other: Selected) -> bool:
    return (one.config.path, one.config.spreadsheet) == (other.config.path, other.config.spreadsheet)


def _tell(one: Selected, survey: Survey) -> None:
    """Say why a workbook that nobody asked for could not be read; its company's numbers lack something now."""
    if survey.error is not None:
        tell(survey.error, prefix_of(one) if one.config.path is None else "")
    elif survey.bug is not None:
        click.echo(survey.bug, err=True)


def _errands(members: Sequence[_Read], selected: Sequence[Selected]) -> dict[int, Errand]:
    """Give the errands of one company anew, each with what the others are to its workbook."""
    own = [(one, one.place, one.survey) for one in members if one.place is not None and one.survey is not None]
    titles = (selected[place].config.company or _told(survey.goals) for _, place, survey in own)
    kin = related(next((title for title in titles if title), ""), [_surveyed(one) for one in members])
    found = {}
    for one, place, survey in own:
        errand = selected[place].errand
        found[place] = _kept(errand._replace(job=errand.job._replace(kin=kin[one.name])), survey)
    return found


def _surveyed(one: _Read) -> Surveyed:
    survey = one.survey
    if survey is None or survey.goals is None:
        return Surveyed(one.name, failed=survey is not None)
    return Surveyed(one.name, survey.goals, survey.profiles, survey.errand.job.today)


class _ReadAlready(MemoryBackend):
    """A workbook that was read already; what a write would meet, the backend says that read it."""

    def __init__(self, workbook: Workbook, reader: Backend) -> None:
        """Take the workbook and its backend."""
        super().__init__(workbook)
        self._reader = reader

    def rehearse(self, changes: Changes, revision: str) -> None:
        """Raise what writing the changes would be refused with."""
        self._reader.rehearse(changes, revision)


def _kept(errand: Errand, survey: Survey | None) -> Errand:
    """Let an errand that only reads take the workbook that was read already."""
    if survey is None or survey.workbook is None or survey.backend is None:
        return errand
    workbook, reader = survey.workbook, survey.backend
    return errand._replace(open_backend=lambda: _ReadAlready(workbook, reader), patience=None)
