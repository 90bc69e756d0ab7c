"""What a run has read is let go at once: in a night over many workbooks none waits for the cycle collector."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from sheetsync.uncollected import uncollected
from tests.cli.conftest import DAY, Caller


@contextmanager
def waiting(found: set[type]) -> Iterator[None]:
    """Gather the classes of ours of which something was left for the collector inside."""
    gc.collect()
    gc.freeze()  # what an earlier test holds, and lets go in the meantime, is none of this one
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        with uncollected():
            yield
        gc.collect()
        found |= {type(one) for one in gc.garbage if type(one).__module__.startswith("sheetsync")}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.unfreeze()


def typed_as_text(path: Path) -> None:
    """Type some numbers as people write them, so that their marks have to be found."""
    book = openpyxl.load_workbook(path)
    sheet = book["OKR"]
    for number, row in enumerate(sheet.iter_rows(min_row=5)):
        for cell in row:
            if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                cell.value = f"{cell.value:,.1f}" if number % 2 else f"{cell.value:.2f} %"
    book.save(path)


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl drops the template's data bars
@pytest.mark.parametrize("options", [(), ("--no-history",)], ids=["history", "no history"])
@pytest.mark.parametrize("change", [lambda _path: None, typed_as_text], ids=["as it is", "numbers as texts"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_run_leaves_nothing_for_the_collector(
    call: Caller, here: Path, language: str, change: Callable[[Path], None], options: tuple[str, ...]
) -> None:
    """Shows that no class of ours takes part in a cycle, with a history and without, whatever the cells look like."""
    assert call("demo", "--lang", language, "--dir", "d", *DAY).code == 0
    path = here / "d" / "minh-long-food.xlsx"
    change(path)
    left: set[type] = set()
    with waiting(left):
        code = call("sync", str(path), *DAY, *options, "--accept-removed").code
    assert code in (0, 1)
    assert not left
