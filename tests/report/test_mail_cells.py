"""How mails call the cells that they name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.report.mails import amount, cell, item
from tests.report.test_render import mail


def waiting(*cells: dict[str, Any], silent: int = 0) -> dict[str, Any]:
    """Give an owner who must fill some cells, and is not asked any more for the last of them."""
    told = {"owner": "Võ Mỹ Hạnh", "given": "Hạnh", "nudged": 3 if silent else 0, "escalated": bool(silent)}
    return {**told, "cells": list(cells), "confidence_cells": [], "escalated_cells": list(cells[len(cells) - silent :])}


def test_cells_are_named_with_their_worksheet_where_there_are_several() -> None:
    """Shows that U8 of the KPI sheet is no U8 of the OKR sheet, and that of one worksheet the cell is enough."""
    both = mail("team", remind=[waiting(cell("K8"), cell("U8", "KPI"))], unowned=[cell("F16")])
    for told in (both.text, both.html):
        assert "OKR!K8" in told
        assert "KPI!U8" in told
        assert "OKR!F16" in told
    alone = mail("team", remind=[waiting(cell("K8"), cell("K9"))], unowned=[])
    assert "2 values (K8, K9)" in alone.text
    assert "(KPI!U8)" in mail("team", remind=[waiting(cell("U8", "KPI"))], unowned=[]).text


def test_the_lead_reads_for_which_cells_nobody_asks_any_more() -> None:
    """Shows the cells where they are some of several, and no list where they are all."""
    some = mail("team", remind=[waiting(cell("K8"), cell("K9"), silent=1)], unowned=[])
    assert "2 values (K8, K9); reminded several times; please ask in person (K9)" in some.text
    assert ">K9</a>)</p>" in some.html
    every = mail("team", remind=[waiting(cell("K8"), silent=1)], unowned=[])
    assert "1 value (K8); reminded several times; please ask in person\n" in every.text


@pytest.mark.parametrize(
    ("kinds", "vietnamese", "english"),
    [
        (("key_result",), "Còn 1 ô OKR cần cập nhật", "1 OKR cell to update"),
        (("kpi", "kpi"), "Còn 2 ô KPI cần cập nhật", "2 KPI cells to update"),
        (("key_result", "kpi"), "Còn 2 ô OKR và KPI cần cập nhật", "2 OKR and KPI cells to update"),
    ],
)
def test_the_cells_of_kpis_are_called_so(kinds: tuple[str, ...], vietnamese: str, english: str) -> None:
    """Shows the subject by what the cells are of, and that the reason for the mail holds for all of them."""
    plain = {"what": "current", "title": "Revenue", "last": amount(3.7e9), "last_day": None, "expected_value": None}
    rows = [{**plain, "item": item(kind=kind), "cell": cell("F12")} for kind in kinds]
    reasons = {"vi": "vì đang phụ trách các mục nói trên.", "en": "because you own what is listed above."}
    for language, subject in (("vi", vietnamese), ("en", english)):
        shown = mail("owner", language, due_cells=rows, deadline=None)
        assert shown.subject == subject
        assert reasons[language] in shown.text
