"""Python's cycle collector, held for a while."""

from __future__ import annotations

import gc

import pytest

from sheetsync.uncollected import uncollected


@pytest.mark.parametrize("running", [True, False])
def test_the_collector_is_left_as_it_was(running: bool) -> None:
    """Shows that nothing is collected inside, and that whoever had stopped the collector still has."""
    before = gc.isenabled()
    (gc.enable if running else gc.disable)()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() is running
        with pytest.raises(KeyError), uncollected():
            raise KeyError
        assert gc.isenabled() is running
    finally:
        (gc.enable if before else gc.disable)()
