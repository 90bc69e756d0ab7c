"""Which workbooks a run can still take where some of the configuration is wrong: one client's slip is not another's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from sheetsync.config.problem import KeyPath
from sheetsync.config.shape import WorkbookConfig
from sheetsync.names import folded
from sheetsync.record import NamedTuple


class Fault(NamedTuple):
    """Something wrong in a file: its line for people, and the one workbook that it is about; empty: the whole file."""

    line: str
    file: Path
    workbook: str = ""


def workbook_of(path: KeyPath) -> str:
    """Give the workbook that a key belongs to; empty for one that holds for more."""
    return str(path[1]) if len(path) > 1 and path[0] == "workbook" else ""


class Spared(NamedTuple):
    """The workbooks that can be taken, and what is left out: a workbook's name, or the file that cannot be used."""

    workbooks: Mapping[str, WorkbookConfig]
    left_out: tuple[str, ...]


def spared(
    workbooks: Mapping[str, WorkbookConfig],
    files: Mapping[str, Path],
    lost: Mapping[Path, str],
    faulty: Mapping[str, str],
    near_by: Mapping[Path, str],
) -> Spared:
    """Leave out what cannot be used, and the workbooks of a company that a part of it is missing for.

    ``files`` is where each workbook stands. ``lost`` are files that cannot be used, with all that they say, ``faulty``
    are workbooks that cannot, with their companies. Goals of one company may count in each other's scores, so it is
    taken whole or not at all.
    """
    out = {name for name, file in files.items() if file in lost} | set(faulty)
    companies = {folded(one) for one in faulty.values()} | {
        folded(workbooks[name].company) for name in out & set(files)
    }
    told = [folded(text) for text in lost.values()]

    def torn(one: WorkbookConfig) -> bool:
        company = folded(one.company)
        return bool(company) and (company in companies or any(company in text for text in told))

    out |= {name for name, one in workbooks.items() if torn(one)}
    names = [near_by[file] for file in lost]
    names += [name for name in (*faulty, *workbooks) if name in out and files.get(name) not in lost]
    kept = {name: one for name, one in workbooks.items() if name not in out}
    return Spared(kept, tuple(dict.fromkeys(names)))


def only_parts(faults: Iterable[Fault], top: Path, known: Collection[str]) -> bool:
    """Say whether what is wrong leaves some of the workbooks ``known`` alone: the top file itself is in order."""
    return bool(known) and not any(fault.file == top and not fault.workbook for fault in faults)
