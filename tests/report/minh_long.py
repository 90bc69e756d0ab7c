"""A food company in mid-quarter, in both languages: the goals behind the golden mails."""

from __future__ import annotations

from datetime import date
from typing import Any

from sheetsync import profiles
from sheetsync.language import Phrases
from sheetsync.locales import load
from sheetsync.model import Commitment, Cycle, Direction, KpiLink, Level, Metric, Quantity
from sheetsync.report.digest import Place, Source, company_digest
from sheetsync.results import Digest, Finding, Severity
from sheetsync.rules import message
from sheetsync.scoring import profile_from, score
from sheetsync.workbook import CellRef
from tests.factories import goals, key_result, kpi, objective

TODAY = date(2026, 11, 21)
CYCLE = Cycle("Q4/2026", date(2026, 10, 1), date(2026, 12, 31))
PHRASES = {"en": Phrases(load("en")), "vi": Phrases(load("vi"), load("en"))}

WORDS = {
    "vi": {
        "expand": "Mở rộng kênh bán hàng",
        "lean": "Vận hành tinh gọn",
        "trust": "Sản phẩm được khách tin dùng",
        "online": "Doanh thu kênh online đạt 12 tỷ ₫",
        "cost": "Giảm chi phí giao mỗi đơn còn 22.000 ₫",
        "repeat": "Tỷ lệ khách mua lại đạt 35%",
        "nps": "NPS từ 32 lên 50",
        "agents": "5 đại lý mới ký hợp đồng",
        "sales": "Kinh doanh",
        "logistics": "Kho vận",
        "product": "Sản phẩm",
        "fees": "Sàn thương mại điện tử tăng phí từ 01/11, đơn giảm 18%.",
        "pilot": "duyệt 150 triệu ₫ chạy thử website bán hàng riêng đến hết tháng 12.",
        "carrier": "Hợp đồng với đơn vị giao hàng cũ còn hiệu lực đến 31/12.",
        "revenue": "Doanh thu",
        "late": "Đơn giao trễ",
        "about": "khoảng 80%",
    },
    "en": {
        "expand": "Expand sales channels",
        "lean": "Lean operations",
        "trust": "Products customers trust",
        "online": "Online revenue reaches ₫12 bn",
        "cost": "Cut delivery cost per order to ₫22,000",
        "repeat": "Repeat purchase rate reaches 35%",
        "nps": "NPS from 32 to 50",
        "agents": "5 new agents under contract",
        "sales": "Sales",
        "logistics": "Logistics",
        "product": "Product",
        "fees": "Marketplace fees rose on 1 Nov; orders fell 18%.",
        "pilot": "approve ₫150 m to pilot our own web shop until the end of December.",
        "carrier": "The contract with the old carrier runs until 31 Dec.",
        "revenue": "Revenue",
        "late": "Late deliveries",
        "about": "about 80%",
    },
}


def minh_long(language: str, **given: Any) -> Digest:
    """Give the digest of the firm's workbook."""
    words = WORDS[language]
    model = goals(*_objectives(words), *_key_results(words), *_kpis(words), cycle=CYCLE)
    profile, kpi_profile = (profile_from(profiles.load(name)) for name in ("default@1", "vn-kpi@1"))
    card = score(model, profile, kpi_profile, TODAY)
    wrong = Finding(
        "RO201", Severity.ERROR, CellRef("OKR", 18, 6), {"concept": "current", "raw": words["about"]}, "KR-9"
    )
    source = Source(
        goals=model,
        scorecard=card,
        findings=(wrong,),
        today=TODAY,
        place=Place("OKR Minh Long 2026", "okr-minh-long.xlsx"),
        message=lambda finding: message(finding, PHRASES[language]),
        company="Minh Long Food",
    )
    return company_digest(source._replace(**given))


def _objectives(words: dict[str, str]) -> list[Any]:
    shared = {"level": Level.COMPANY}
    return [
        objective("O-1", title=words["expand"], row=5, **shared),
        objective("O-2", title=words["lean"], row=9, **shared),
        objective("O-3", title=words["trust"], row=12, **shared),
    ]


def _key_results(words: dict[str, str]) -> list[Any]:
    return [*_sales(words), *_logistics(words), *_product(words)]


def _sales(words: dict[str, str]) -> list[Any]:
    bn = 1e9
    online = {"unit": "₫", "baseline": 0, "target": 12 * bn, "current": 2.2 * bn}
    agents = {"baseline": 0, "target": 5, "current": 4}
    asked = {"blocker": words["fees"], "ask": words["pilot"]}
    bao = {"owner": "Trần Quốc Bảo", "team": words["sales"], "check_in_date": date(2026, 11, 13)}
    hanh = {"owner": "Võ Mỹ Hạnh", "team": words["sales"], "check_in_date": date(2026, 11, 20)}
    return [
        key_result("KR-1", title=words["online"], row=6, **online, **asked, **bao),
        key_result("KR-2", title=words["agents"], row=7, **agents, **hanh),
    ]


def _logistics(words: dict[str, str]) -> list[Any]:
    cost = {"unit": "₫", "metric": Metric.DECREASE, "baseline": 31_000, "target": 22_000, "current": 27_500}
    ha = {"owner": "Lê Thị Thu Hà", "team": words["logistics"], "check_in_date": date(2026, 11, 19)}
    return [
        key_result("KR-3", title=words["cost"], row=10, objective="O-2", blocker=words["carrier"], **cost, **ha),
    ]


def _product(words: dict[str, str]) -> list[Any]:
    share = {name: Quantity(number, True) for name, number in (("baseline", 0.2), ("target", 0.35), ("current", 0.38))}
    repeat = {"unit": "%", "commitment": Commitment.COMMITTED, **share}
    nps = {"baseline": 32, "target": 50, "current": 42}
    duc = {"owner": "Phạm Minh Đức", "team": words["product"], "check_in_date": date(2026, 11, 20)}
    return [
        key_result("KR-4", title=words["repeat"], row=13, objective="O-3", **repeat, **duc),
        key_result("KR-5", title=words["nps"], row=14, objective="O-3", **nps, **duc),
    ]


def _kpis(words: dict[str, str]) -> list[Any]:
    return [
        kpi(
            "KPI-1",
            title=words["revenue"],
            section=words["sales"],
            weight=60,
            target=100,
            actual=96,
            aligned_to=("O-1",),
        ),
        kpi(
            "KPI-2",
            title=words["late"],
            section=words["logistics"],
            weight=40,
            direction=Direction.LOWER,
            target=20,
            actual=34,
            critical=True,
            aligned_to=("O-2",),
            kpi_link=KpiLink.GUARDS,
        ),
    ]
