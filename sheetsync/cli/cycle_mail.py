"""The monthly mail that still leaves from a workbook whose cycle is over, or is about to be."""

from __future__ import annotations

from contextlib import nullcontext

from sheetsync.cli.mails import Desk, Month
from sheetsync.cli.pages import now_at
from sheetsync.cli.wiring import Selected
from sheetsync.model import Cycle
from sheetsync.sync import Evaluation


def month_to_come(chosen: Selected, evaluation: Evaluation, cycle: Cycle) -> Month | None:
    """Give the last month of a cycle whose KPI mail is still to leave; None where no mail is due, or none is set up."""
    if chosen.config.mail_server is None or not evaluation.goals.kpis:
        return None
    histories = chosen.errand.histories
    with histories.look() if histories is not None else nullcontext() as looked:
        box = getattr(getattr(looked, "reader", None), "outbox", None)
        desk = Desk(evaluation, chosen.errand.job, chosen.config, box, now_at(chosen.config.timezone))
        return next((one for one in reversed(desk.months_open(cycle)) if one.says_something), None)
