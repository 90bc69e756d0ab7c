"""Running the rules: severities, switched off rules, Ignore cells, order, grouping, and no exception for any data."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheetsync.model import Bounds, Link, Metric, PerPeriod, Quantity, Relative
from sheetsync.model import Frequency as Often
from sheetsync.results import Finding, Severity
from sheetsync.rules import RULES, RuleSettings, check, message
from sheetsync.workbook import CellRef
from tests.factories import check_in, key_result, kpi, objective, person, raw
from tests.rules.facts import CYCLE, ENGLISH, VIETNAMESE, WORDS, facts, found
from tests.rules.situation_parts import one, result
from tests.rules.situations import SITUATIONS


def codes(findings: Any) -> list[str]:
    """Give the codes of findings, in order."""
    return [finding.code for finding in findings]


def test_severity_can_be_changed_by_code_name_and_family() -> None:
    """A code wins over a name, a name over a family, and the rest keep their own severity."""
    seen = one(target=None)()
    assert [one.severity for one in check(seen)] == [Severity.ERROR]
    for key in ("RO208", "target-missing", "RO"):
        assert [one.severity for one in check(seen, RuleSettings({key: Severity.HINT}))] == [Severity.HINT]
    both = RuleSettings({"RO": Severity.HINT, "target-missing": Severity.WARNING})
    assert [one.severity for one in check(seen, both)] == [Severity.WARNING]


def test_rules_can_be_switched_off() -> None:
    """None switches a rule or a family off; a code can be kept on in a family that is off."""
    seen = one(target=None, confidence=700)()
    assert codes(check(seen)) == ["RO208", "RO226"]
    assert codes(check(seen, RuleSettings({"RO208": None}))) == ["RO226"]
    assert codes(check(seen, RuleSettings({"RO": None}))) == []
    assert codes(check(seen, RuleSettings({"RO": None, "RO226": Severity.ERROR}))) == ["RO226"]


def test_rules_that_are_off_run_only_when_asked_for() -> None:
    """Digits in an objective are no finding by default, nor when the whole family is set, but are when asked for."""
    seen = SITUATIONS["PR412"].bad()
    assert codes(check(seen)) == []
    assert codes(check(seen, RuleSettings({"PR": Severity.WARNING}))) == []
    assert codes(check(seen, RuleSettings({"PR412": Severity.HINT}))) == ["PR412"]


def test_words_come_with_the_settings() -> None:
    """The word lists of the settings are used; without any lists the rules that judge words find nothing."""
    seen = SITUATIONS["PR406"].bad()._replace(words={})
    assert codes(check(seen)) == []
    assert codes(check(seen, RuleSettings(words=WORDS))) == ["PR406"]


@pytest.mark.parametrize("said", ["RO208", "ro208", "RO", "RO2", "target-missing"])
def test_the_ignore_cell_silences(said: str) -> None:
    """A code, the start of one, or a rule's name in the Ignore cell silences that row and no other."""
    rows = (result(target=None, ignore=frozenset({said})), result("KR-2", 7, target=None))
    findings = check(facts(objective(), *rows, result("KR-3", 8), result("KR-4", 9)))
    assert [finding.item for finding in findings if finding.code == "RO208"] == ["KR-2"]


@pytest.mark.parametrize("said", ["R", "", "WS", "target", "RO20"])
def test_the_ignore_cell_silences_no_more_than_it_says(said: str) -> None:
    """One letter, nothing, another family, a part of a name or the start of other codes silence nothing here."""
    findings = check(one(confidence=700, ignore=frozenset({said}))())
    assert "RO226" in codes(findings)


def test_findings_of_the_log_are_silenced_by_their_key_result() -> None:
    """A check-in that cannot be read belongs to its key result, whose Ignore cell counts for it."""
    entry = check_in("kr-1", date=date(2025, 11, 18), value=raw("many"))
    loud = facts(objective(), result(), result("KR-2", 7), entry)
    quiet = facts(objective(), result(ignore=frozenset({"RO201"})), result("KR-2", 7), entry)
    assert [(one.code, one.item, str(one.cell)) for one in check(loud)] == [("RO201", "KR-1", "'Check-ins'!E2")]
    assert check(quiet) == ()


def test_findings_are_sorted_by_sheet_row_and_code() -> None:
    """Findings without a cell come first, then worksheets in the order of their tables, then rows, then codes."""
    rows = (result("KR-2", 9, confidence=700, target=None), result(confidence=700), result("KR-3", 8))
    low = kpi(target=100, actual=None, direction="higher", owner="Lan")
    findings = check(facts(objective(), *rows, low, today=date(2026, 1, 2)))
    told = [
        (finding.cell.sheet if finding.cell else "", finding.cell.row if finding.cell else 0, finding.code)
        for finding in findings
    ]
    assert told[0] == ("", 0, "WS114")
    assert told[1:] == sorted(told[1:], key=lambda place: (["OKR", "KPI"].index(place[0]), place[1], place[2]))
    assert {sheet for sheet, _, _ in told} == {"", "OKR", "KPI"}


def test_settings_are_applied_to_findings_of_other_parts() -> None:
    """Findings of the write-back get the severity that is set, are left out where it is off, and are sorted in."""
    late = Finding("DR501", Severity.WARNING, CellRef("OKR", 3, 2), {"value": "x", "column": "why"})
    first = Finding("RO208", Severity.ERROR, CellRef("OKR", 6, 2), {}, "KR-1")
    chosen = RuleSettings({"DR501": Severity.ERROR})
    assert chosen.applied((first, late)) == (late._replace(severity=Severity.ERROR), first)
    assert RuleSettings({"DR": None}).applied((first, late)) == (first,)


@pytest.mark.parametrize(
    ("cause", "given"),
    [
        ("RO202", {"target": raw("as much as we can"), "baseline": None, "current": None}),
        ("RO201", {"baseline": raw("lots"), "metric": Metric.DECREASE}),
        ("RO201", {"current": raw("nearly")}),
        ("RO208", {"target": None, "baseline": None, "current": None}),
        ("RO213", {"metric": Metric.DECREASE, "baseline": None}),
        ("RO214", {"metric": None, "baseline": None, "falls": True}),
        ("RO204", {"due": raw("later")}),
        ("RO205", {"metric": raw("better")}),
    ],
)
def test_one_finding_for_one_cause(cause: str, given: dict[str, Any]) -> None:
    """What is wrong once is told once: an unreadable target is not missing too, a missing one needs no baseline."""
    assert codes(check(one(**given)())) == [cause]


def test_a_missing_column_is_told_once() -> None:
    """A table without a column for targets has one finding, however many rows it has."""
    from tests.rules.facts import table
    from tests.rules.situation_parts import without_column

    rows = [result(f"KR-{row}", row, target=without_column(row)) for row in (6, 7, 8)]
    findings = check(facts(objective(), *rows, tables=(table(without=("target",)),)))
    assert [(one.code, one.params.get("concepts")) for one in findings] == [("WS102", ("target",)), ("PR402", None)]


NUMBERS = st.one_of(
    st.none(),
    st.sampled_from([0.0, -1.0, 1.0, 100.0, 1e300, 1e-300, 5e-324]),
    st.builds(Quantity, st.floats(-1e6, 1e6), st.booleans()),
    st.just(raw("what?")),
)
TARGETS = st.one_of(
    NUMBERS,
    st.builds(Bounds, st.one_of(st.none(), st.floats(-10, 10)), st.floats(-10, 10)),
    st.builds(Relative, st.floats(-2, 2), st.booleans()),
    st.builds(PerPeriod, st.floats(-1, 5), st.sampled_from(Often)),
)
DATES = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(9999, 12, 31)), st.just(raw("soon")))
NAMES = st.one_of(st.none(), st.sampled_from(["Lan", "lan; Tuấn", "Thưởng ✓", "{x}", "KR-1"]))
PARENTS = st.one_of(st.none(), st.lists(st.sampled_from(["O-1", "O-2", "KR-1", "nobody"]), max_size=2).map(tuple))


@st.composite
def results(draw: st.DrawFn) -> Any:
    """Make a key result out of anything that a cell can hold."""
    row = draw(st.integers(6, 9))
    return key_result(
        f"KR-{row}@{draw(st.integers(0, 10**9))}",
        row=row,
        id=draw(NAMES),
        title=draw(NAMES),
        objective=draw(st.sampled_from([None, "O-1", "O-2"])),
        metric=draw(st.one_of(st.none(), st.sampled_from(Metric), st.just(raw("better")))),
        link=draw(st.one_of(st.none(), st.sampled_from(Link))),
        aligned_to=draw(PARENTS),
        owner=draw(NAMES),
        baseline=draw(NUMBERS),
        target=draw(TARGETS),
        current=draw(NUMBERS),
        weight=draw(NUMBERS),
        confidence=draw(NUMBERS),
        start=draw(DATES),
        due=draw(DATES),
        check_in_date=draw(DATES),
        falls=draw(st.booleans()),
    )


@settings(max_examples=150)
@given(st.lists(results(), max_size=5, unique_by=lambda item: item.key), PARENTS, st.booleans())
def test_any_data_gives_findings_and_messages(rows: list[Any], parents: Any, cycle: bool) -> None:
    """Whatever stands in the cells, check gives findings in real cells, each with a message in both languages.

    And what is not scored is always reported: by a finding of its own, or by one for the whole table or workbook.
    """
    upper = (objective(aligned_to=parents), objective("O-2", row=8, aligned_to=("O-1",)))
    seen = facts(
        *upper, *rows, check_in("KR-6", date=date(2025, 11, 1), value=5), person("Lan"), cycle=CYCLE if cycle else None
    )
    findings = check(seen)
    for finding in findings:
        assert finding.cell is None or (finding.cell.row >= 1 and finding.cell.column >= 1)
        assert message(finding, ENGLISH)
        assert message(finding, VIETNAMESE)
    told = {finding.item for finding in findings}
    whole = {"WS107", "WS102"} & {finding.code for finding in findings}
    silent = [
        (key, one.not_scored)
        for key, one in seen.scorecard.scores.items()
        if one.not_scored is not None and key not in told and not whole
    ]
    assert silent == []


def test_every_code_is_listed_in_order() -> None:
    """RULES begins with worksheets and ends with drift, so that lists and pages need no sorting."""
    numbers = [int(code[2:]) for code in RULES]
    assert numbers == sorted(set(numbers))
    assert list(dict.fromkeys(code[:2] for code in RULES)) == ["WS", "RO", "LI", "PR", "DR"]


STANDS_FOR_OTHERS = "DR524"
"""Two headers that changed places are told in place of the rows that are read wrongly for it; no other rule does so."""


@pytest.mark.parametrize("code", [code for code in list(SITUATIONS)[::8] if code != STANDS_FOR_OTHERS])
def test_all_rules_together_find_what_each_finds_alone(code: str) -> None:
    """Shows that no rule disturbs another one: the findings of a run are those of every rule by itself."""
    seen = SITUATIONS[code].bad()
    every = RuleSettings({name: rule.severity for name, rule in RULES.items()})
    alone = [finding for name in RULES for finding in found(name, seen)]
    together = check(seen, every)
    assert sorted(map(repr, together)) == sorted(map(repr, alone))
