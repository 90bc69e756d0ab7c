"""That templates are given plain data and nothing else."""

from __future__ import annotations

import math

from hypothesis import HealthCheck, given, settings

from sheetsync.report.digest import Source
from sheetsync.report.digest.coding import dumps, loads, semantic_hash
from tests.report.digest.making import sources
from tests.report.digest.walking import digests, leaves, strangers


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(sources())
def test_digests_of_any_workbook_are_plain_data_that_survives_writing(source: Source) -> None:
    """Shows for every kind, team and owner: only plain types, finite numbers, safe links, and the same after JSON."""
    for digest in digests(source):
        assert strangers(digest) == []
        assert loads(dumps(digest)) == digest
        assert len(semantic_hash(digest)) == 64
        for path, value in leaves(digest.data):
            assert not isinstance(value, float) or math.isfinite(value), path
            if path.endswith(".url") and value is not None:
                assert value.startswith("https://")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(sources())
def test_nothing_is_lost_by_a_cap(source: Source) -> None:
    """Shows that every list with a count of more is as long as the verdict says, and never longer than its cap."""
    for digest in digests(source):
        data = digest.data
        for name in [name for name in data if name.startswith("more_")]:
            assert data[name] >= 0
            assert data[name] == 0 or len(data[name.removeprefix("more_")]) > 0
    for digest in digests(source):
        if digest.kind == "company":
            verdict = digest.data["verdict"]
            assert verdict["decisions"] == len(digest.data["decisions"]) + digest.data["more_decisions"]
            assert verdict["objectives"] == len(digest.data["objectives"]) + digest.data["more_objectives"]
        if digest.kind == "owner":
            assert digest.data["verdict"]["cells"] == len(digest.data["due_cells"]) + digest.data["more_due_cells"]
