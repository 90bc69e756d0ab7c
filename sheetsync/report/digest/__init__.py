"""What mails and pages show, as plain data: the form ``report.v1``.

Dicts, lists, texts, numbers, dates and nothing else. It is the contract for everybody who writes templates
(``docs/report.v1.schema.json``): no object with behaviour ever reaches one, and no sentence either. Texts are what
somebody wrote into the sheet, and the messages that the source was handed; all else is codes with their params.
"""

from __future__ import annotations

from sheetsync.report.digest.company import company_digest
from sheetsync.report.digest.decisions import CARDS
from sheetsync.report.digest.items import ROWS
from sheetsync.report.digest.kpi_month import kpi_digest
from sheetsync.report.digest.overview import SCHEMA
from sheetsync.report.digest.owner import owner_digest
from sheetsync.report.digest.problems import PROBLEMS
from sheetsync.report.digest.source import Place, Recipient, Source, prepared
from sheetsync.report.digest.stale import FRESH_DAYS
from sheetsync.report.digest.team import team_digest
from sheetsync.report.digest.wins import WINS
from sheetsync.report.digest.wins_mail import wins_digest

__all__ = [
    "CARDS",
    "FRESH_DAYS",
    "PROBLEMS",
    "ROWS",
    "SCHEMA",
    "WINS",
    "Place",
    "Recipient",
    "Source",
    "company_digest",
    "kpi_digest",
    "owner_digest",
    "prepared",
    "team_digest",
    "wins_digest",
]
