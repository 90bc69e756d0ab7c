"""Pages for the tests: the food company after seven weeks, with goals below goals, KPIs by month, and findings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import Direction, Frequency, Level, Period, PeriodValue, Quantity
from sheetsync.packaged import templates_dir
from sheetsync.report.digest import Place, Source
from sheetsync.report.digest.page import page_digest
from sheetsync.report.page import render_page
from sheetsync.results import Digest, Finding, Severity
from sheetsync.rules import message
from sheetsync.workbook import CellRef
from tests.factories import cell, key_result, kpi, objective
from tests.report.digest.book import TODAY, source, weekly

PHRASES = {"en": Phrases(load("en")), "vi": Phrases(load("vi"), load("en"))}
READ_AT = datetime(2026, 11, 21, 2, 10, tzinfo=timezone(timedelta(hours=7)))
WEEKS = 7
WORDS = {
    "vi": {
        "expand": "Mở rộng kênh bán hàng",
        "shop": "Đội kinh doanh bán hàng trực tuyến chuyên nghiệp",
        "lean": "Vận hành tinh gọn",
        "online": "Doanh thu kênh online đạt 12 tỷ ₫",
        "agents": "5 đại lý mới ký hợp đồng",
        "orders": "1.200 đơn hàng mới mỗi tháng",
        "cost": "Giảm chi phí giao mỗi đơn còn 22.000 ₫",
        "sales": "Kinh doanh",
        "logistics": "Kho vận",
        "fees": "Sàn thương mại điện tử tăng phí từ 01/11.",
        "pilot": "Duyệt 150 triệu ₫ chạy thử website bán hàng riêng.",
        "revenue": "Doanh thu",
        "late": "Đơn giao trễ",
        "about": "khoảng một nửa",
    },
    "en": {
        "expand": "Expand sales channels",
        "shop": "The sales team sells online like professionals",
        "lean": "Lean operations",
        "online": "Online revenue reaches ₫12 bn",
        "agents": "5 new agents under contract",
        "orders": "1,200 new orders a month",
        "cost": "Cut delivery cost per order to ₫22,000",
        "sales": "Sales",
        "logistics": "Logistics",
        "fees": "Marketplace fees rose on 1 Nov.",
        "pilot": "Approve ₫150 m to pilot our own web shop.",
        "revenue": "Revenue",
        "late": "Late deliveries",
        "about": "about half",
    },
}


def firm(language: str = "vi", **given: Any) -> Source:
    """Give what the firm's page is made of, in a language of its workbook and of its readers."""
    words = WORDS[language]
    items = _items(words, 1.0)
    wrong = Finding(
        "RO201", Severity.ERROR, CellRef("OKR", 10, 6), {"concept": "current", "raw": words["about"]}, "KR-4"
    )
    moved = Finding(
        "DR506", Severity.WARNING, CellRef("OKR", 6, 5), {"concept": "target", "before": "15", "after": "12"}, "KR-1"
    )
    nights = weekly(lambda week: _items(words, week / (WEEKS + 1)), WEEKS)
    made = source(*items, nights=nights, findings=(wrong, moved))
    words_of = PHRASES[language]
    return made._replace(
        place=Place("OKR Minh Long 2026", "okr.xlsx"),
        company="Minh Long Food",
        message=lambda finding: f"{finding.code}: {words['about']}" if finding is moved else message(finding, words_of),
        read_at=READ_AT,
        zone="GMT+7",
        **given,
    )


def page(language: str = "vi", **given: Any) -> str:
    """Give the firm's page as HTML."""
    return html_of(page_digest(firm(language, **given)), language)


def html_of(digest: Digest, language: str = "en") -> str:
    """Give any page as HTML."""
    return render_page(digest, PHRASES[language], templates_dir())


def _items(words: dict[str, str], share: float) -> Sequence[Any]:
    bao = {"owner": "Trần Quốc Bảo", "team": words["sales"], "check_in_date": TODAY - timedelta(days=3)}
    hanh = {"owner": "Võ Mỹ Hạnh", "team": words["sales"], "check_in_date": TODAY - timedelta(days=1)}
    ha = {"owner": "Lê Thị Thu Hà", "team": words["logistics"], "check_in_date": TODAY - timedelta(days=24)}
    online = {"unit": "₫", "baseline": 0, "target": 12e9, "current": round(3.7e9 * share)}
    cost = {"unit": "₫", "baseline": 31_000, "target": 22_000, "current": round(31_000 - 5_000 * min(share, 0.5))}
    asked = {"blocker": words["fees"], "ask": words["pilot"]}
    return [
        objective("O-1", title=words["expand"], level=Level.COMPANY, row=5, owner="Nguyễn Minh Long"),
        key_result("KR-1", title=words["online"], row=6, **online, **asked, **bao),
        key_result("KR-2", title=words["agents"], row=7, baseline=0, target=5, current=round(4 * share), **hanh),
        objective("O-2", title=words["lean"], level=Level.COMPANY, row=8, owner="Lê Thị Thu Hà"),
        key_result("KR-4", title=words["cost"], row=9, objective="O-2", **cost, **ha),
        objective("O-3", title=words["shop"], level=Level.TEAM, row=11, aligned_to=("O-1",), team=words["sales"]),
        key_result(
            "KR-5", title=words["orders"], row=12, objective="O-3", baseline=0, target=1200, current=700 * share, **bao
        ),
        kpi("KPI-1", title=words["revenue"], section=words["sales"], weight=60, row=6, periods=_months(100, 96)),
        kpi(
            "KPI-2",
            title=words["late"],
            section=words["logistics"],
            weight=40,
            row=7,
            direction=Direction.LOWER,
            critical=True,
            periods=_months(20, 34),
        ),
    ]


def _months(target: float, actual: float) -> tuple[PeriodValue, ...]:
    """Give the months from January to October; in April nobody put a number in."""
    return tuple(
        PeriodValue(
            Period(Frequency.MONTH, date(2026, month, 1), date(2026, month + 1, 1) - timedelta(days=1), f"T{month}"),
            cell(Quantity(target), 10 + 2 * month),
            cell(None if month == 4 else Quantity(actual - 5 + month), 11 + 2 * month),
        )
        for month in range(1, 11)
    )
