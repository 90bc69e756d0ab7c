"""What a night records of a workbook: only what has changed, and all of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sheetsync.history import History
from sheetsync.snapshot import Said, Snapshot
from tests.history.nights import DAY, SetClock, run, seen

Says = Mapping[str, Said]
TEXTS = st.sampled_from(["", "a", "b", "ab", "ba", "\0", "a\0b", "ô", "\ud800"])
SAID = st.builds(Said, TEXTS, st.none() | st.sampled_from([0.0, 1.0, 2.5]), st.booleans())
NIGHT = st.fixed_dictionaries(
    {key: st.dictionaries(st.sampled_from(["title", "owner", "unit"]), SAID) for key in ("KR-1", "KR-2")}
)


def night(says: Mapping[str, Says], later: int = 0) -> Snapshot:
    """Give a night on which two items say these things."""
    day = DAY + timedelta(days=later)
    return Snapshot(day, tuple(seen(key, day=day, says=one) for key, one in says.items()))


@settings(max_examples=80)
@given(st.lists(NIGHT, min_size=2, max_size=4))
@example([{"KR-1": {"title": Said("ab"), "unit": Said("a")}}, {"KR-1": {"title": Said("a"), "unit": Said("ba")}}])
@example([{"KR-1": {"title": Said("a")}, "KR-2": {}}, {"KR-1": {}, "KR-2": {"title": Said("a")}}])
@example([{"KR-1": {"title": Said("a")}}, {"KR-1": {"owner": Said("a")}}])
@example([{"KR-1": {"title": Said("1", 1.0)}}, {"KR-1": {"title": Said("1", 1.0, formula=True)}}])
def test_every_cell_that_says_something_else_is_recorded_once(nights: list[Mapping[str, Says]]) -> None:
    """Shows that as many statements are stored as cells changed, however much a night looks like the one before."""
    clock, known = SetClock(), dict[tuple[str, str], tuple[object, ...]]()
    with TemporaryDirectory() as folder, History.open(Path(folder) / "h.sqlite3", clock) as history:
        for later, says in enumerate(nights):
            made = history.commit(run(DAY + timedelta(days=later)), night(says, later))
            cells = {
                (key, name): (said.text.encode(errors="replace"), *said[1:])
                for key, one in says.items()
                for name, said in one.items()
            }
            assert made.statements == sum(known.get(place) != cell for place, cell in cells.items())
            known.update(cells)
