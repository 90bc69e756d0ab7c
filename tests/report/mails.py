"""Digests of every kind in the form that templates are promised (``report.v1``), with every field filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

from sheetsync.results import Digest

KINDS = ("company", "team", "owner", "kpi", "wins")
TODAY = date(2026, 11, 22)
SHEET = "https://docs.google.com/spreadsheets/d/1aB2/edit"
PROGRESS = (0.06, 0.11, 0.19, 0.25, 0.33, 0.42, 0.46)

WORDS: Mapping[str, Mapping[str, str]] = {
    "vi": {
        "expand": "Mở rộng kênh bán hàng",
        "lean": "Vận hành tinh gọn",
        "trust": "Sản phẩm được khách tin dùng",
        "online": "Doanh thu kênh online đạt 12 tỷ ₫",
        "orders": "Đơn hàng mới mỗi tuần đạt 900",
        "repeat": "Tỷ lệ khách mua lại đạt 35%",
        "agents": "5 đại lý mới ký hợp đồng",
        "sales": "Kinh doanh",
        "logistics": "Kho vận",
        "fees": "Sàn thương mại điện tử tăng phí từ 01/11, đơn giảm 18%.",
        "pilot": "duyệt 150 triệu ₫ chạy thử website bán hàng riêng đến hết tháng 12.",
        "revenue": "Doanh thu",
        "late": "Đơn giao trễ",
        "check_in": "Ngày check-in",
        "wrong": "Hiện tại ghi “khoảng 80%”, không phải là số. Hãy viết như 1250, 30%, 5,5 tỷ, hoặc để trống.",
        "moved": "Đích của “Đơn hàng mới mỗi tuần đạt 900” đổi từ 1.000 thành 900 sau khi chu kỳ bắt đầu.",
    },
    "en": {
        "expand": "Expand sales channels",
        "lean": "Lean operations",
        "trust": "Products customers trust",
        "online": "Online revenue reaches ₫12 bn",
        "orders": "900 new orders a week",
        "repeat": "Repeat purchase rate reaches 35%",
        "agents": "5 new agents under contract",
        "sales": "Sales",
        "logistics": "Logistics",
        "fees": "Marketplace fees rose on 1 Nov; orders fell 18%.",
        "pilot": "approve ₫150 m to pilot our own web shop until the end of December.",
        "revenue": "Revenue",
        "late": "Late deliveries",
        "check_in": "Check-in date",
        "wrong": "Current says “about 80%”, which is no number. Write it like 1250, 30%, 5.5 bn, or leave it blank.",
        "moved": "The target of “900 new orders a week” changed from 1,000 to 900 after the cycle had begun.",
    },
}


def digest(kind: str, language: str, **changed: Any) -> Digest:
    """Give a digest of a kind with some of its fields changed."""
    return Digest(kind, {**_head(kind), **_BODIES[kind](WORDS[language]), **changed})


def all_digests(language: str) -> list[Digest]:
    """Give one digest of each kind."""
    return [digest(kind, language) for kind in KINDS]


def cell(a1: str, sheet: str = "OKR", *, linked: bool = True) -> dict[str, Any]:
    """Give the place of a cell."""
    url = f"{SHEET}?gid=0#gid=0&range={a1}" if linked else None
    return {"text": f"{sheet}!{a1}", "a1": a1, "sheet": sheet, "url": url}


def item(title: str | None = "Revenue", **changed: Any) -> dict[str, Any]:
    """Give an objective, key result or KPI as every list of a digest has it."""
    plain: dict[str, Any] = {
        "key": "KR-1",
        "kind": "key_result",
        "title": title,
        "owner": "Trần Quốc Bảo",
        "given": "Bảo",
        "team": None,
        "level": None,
        "status": "off_track",
        "progress": 0.31,
        "expected": 0.54,
        "change": 0.01,
        "current": amount(3.7e9),
        "target": amount(12e9),
        "expected_value": amount(6.5e9),
        "last_update": date(2026, 11, 13),
        "stale": True,
        "blocker": None,
        "ask": None,
        "question": None,
        "why": None,
        "weeks": list(PROGRESS),
        "forecast": None,
        "cell": cell("F12"),
    }
    return {**plain, **changed}


def amount(number: float, unit: str | None = "₫", *, percent: bool = False) -> dict[str, Any]:
    """Give an amount."""
    return {"number": number, "percent": percent, "unit": unit}


def asked(code: str, **params: Any) -> dict[str, Any]:
    """Give a question."""
    return {"code": code, "params": params}


def recipient(role: str, honorific: str | None = "anh", team: str | None = None) -> dict[str, Any]:
    """Give who reads it."""
    return {"name": "Trần Quốc Bảo", "given": "Bảo", "honorific": honorific, "role": role, "team": team}


def _head(kind: str) -> dict[str, Any]:
    role = {"team": "team", "owner": "owner", "wins": "watcher"}.get(kind, "company")
    return {
        "schema": "report.v1",
        "kind": kind,
        "company": "Minh Long Food",
        "today": TODAY,
        "read_at": datetime(2026, 11, 22, 2, 10, tzinfo=timezone(timedelta(hours=7))),
        "zone": "GMT+7",
        "week": {"start": date(2026, 11, 16), "end": TODAY},
        "cycle": {"label": "Q4/2026", "start": date(2026, 10, 1), "due": date(2026, 12, 31), "week": 7, "weeks": 13},
        "workbook": {"name": "OKR Minh Long 2026", "place": SHEET, "url": SHEET},
        "recipient": recipient(role, "anh" if kind == "owner" else None, "Kinh doanh" if kind == "team" else None),
        "links": {
            "report": "https://okr.minhlong.vn/q4.html",
            "stop": f"mailto:huong@minhlong.vn?subject=STOP%20{kind}",
        },
    }


def _company(words: Mapping[str, str]) -> dict[str, Any]:
    points = [
        {"week": week, "day": date(2026, 10, 4) + timedelta(days=7 * week), "progress": one, "expected": week / 13}
        for week, one in enumerate(PROGRESS, 1)
    ]
    return {
        "verdict": {"objectives": 3, "on_pace": 1, "decisions": 2},
        "overall": {"progress": 0.46, "expected": 0.54, "change": 0.04, "weeks": points},
        "updated": {
            "fresh": 14,
            "total": 18,
            "stale": 4,
            "days": 7,
            "teams": [{"team": words["logistics"], "count": 3}, {"team": None, "count": 1}],
            "known": True,
        },
        "decisions": [
            item(words["online"], team=words["sales"], blocker=words["fees"], ask=words["pilot"]),
            item(
                words["orders"],
                status="at_risk",
                progress=0.4,
                change=-0.03,
                question=asked("falling", change=-0.03),
                current=amount(640, None),
                target=amount(900, None),
                cell=cell("F14"),
            ),
        ],
        "more_decisions": 0,
        "objectives": _objectives(words),
        "more_objectives": 1,
        "kpis": {"groups": _groups(words), "more_groups": 0, "low": [_low(words)], "more_low": 0},
        **_won(words),
        "drift": [{"code": "DR502", "message": words["moved"], "cell": cell("E14"), "day": date(2026, 11, 10)}],
        "more_drift": 0,
        "problems": [{"cell": cell("F18"), "code": "RO201", "message": words["wrong"]}],
        "more_problems": 2,
    }


def _objectives(words: Mapping[str, str]) -> list[dict[str, Any]]:
    late = {"title": words["late"], "link": "guards", "status": "off_track", "achievement": 0.59, "cell": None}
    plain: dict[str, Any] = {"kind": "objective", "scored": 2, "total": 3, "kpis": [], "more_kpis": 0}
    return [
        item(words["expand"], **{**plain, "status": "off_track", "progress": 0.35, "change": 0.02}),
        item(words["lean"], **{**plain, "status": "at_risk", "progress": 0.42, "change": -0.01, "kpis": [late]}),
        item(words["trust"], **{**plain, "status": "on_track", "progress": 0.61, "change": None}),
    ]


def _groups(words: Mapping[str, str]) -> list[dict[str, Any]]:
    plain = {"total": False, "zeroed_by": None, "missing": 0, "members": 3}
    return [
        {**plain, "name": words["sales"], "weighted_score": 0.96, "grade": "B"},
        {**plain, "name": words["logistics"], "weighted_score": 0.0, "grade": "D", "zeroed_by": words["late"]},
        {**plain, "name": "KPI", "total": True, "weighted_score": 0.58, "grade": "D", "missing": 1},
    ]


def _low(words: Mapping[str, str]) -> dict[str, Any]:
    plain = {"title": words["late"], "group": words["logistics"], "critical": True}
    return {**plain, "achievement": 0.59, "status": "off_track", "cell": cell("D7", "KPI")}


def _won(words: Mapping[str, str]) -> dict[str, Any]:
    won = {
        "title": words["repeat"],
        "owner": "Phạm Minh Đức",
        "given": "Đức",
        "team": None,
        "kind": "key_result",
        "progress": 1.0,
        "early_days": 35,
        "day": date(2026, 11, 18),
    }
    return {"wins": [won], "more_wins": 0}


def _team(words: Mapping[str, str]) -> dict[str, Any]:
    stuck = item(words["online"], question=asked("flat_weeks", weeks=3, since=date(2026, 11, 1)))
    fresh = {"stale": False, "last_update": date(2026, 11, 20)}
    orders = {"status": "at_risk", "progress": 0.4, "change": -0.03, "cell": cell("F14")}
    agents = {"status": "on_track", "progress": 0.8, "change": 0.2, "given": "Hạnh", "cell": cell("F15"), **fresh}
    return {
        "team": words["sales"],
        "verdict": {"key_results": 4, "on_pace": 2, "to_discuss": 1},
        "contributes": [
            {"title": words["expand"], "share": 0.6, "progress": 0.35, "expected": 0.54, "status": "off_track"},
            {"title": words["trust"], "share": None, "progress": 0.61, "expected": 0.54, "status": "on_track"},
        ],
        "agenda": [stuck, item(words["orders"], **orders, question=asked("stale", since=date(2026, 11, 9), days=13))],
        "minutes": 10,
        "key_results": [
            item(words["online"]),
            item(words["orders"], **orders, current=amount(640, None), target=amount(900, None)),
            item(words["agents"], **agents, current=amount(4, None), target=amount(5, None)),
            item(words["repeat"], status="achieved", progress=1.0, change=None, current=None, given=None, **fresh),
        ],
        "more_key_results": 0,
        "remind": [
            {
                "owner": "Trần Quốc Bảo",
                "given": "Bảo",
                "nudged": 3,
                "escalated": True,
                "escalated_cells": [cell("F12")],
                "cells": [cell("F12"), cell("F14")],
                "confidence_cells": [cell("H12")],
            }
        ],
        "unowned": [cell("F16")],
        **_won(words),
        "drift": [],
        "more_drift": 0,
        "problems": [],
        "more_problems": 0,
    }


def _owner(words: Mapping[str, str]) -> dict[str, Any]:
    day = date(2026, 11, 13)
    due = {"what": "current", "item": item(), "last": amount(3.7e9), "last_day": day, "expected_value": amount(6.5e9)}
    odd = {"last": "khoảng 80%", "last_day": None, "expected_value": None}
    return {
        "owner": "Trần Quốc Bảo",
        "verdict": {"cells": 3, "silent": 0, "others": 2},
        "deadline": {"day": date(2026, 11, 27), "hour": "17:00"},
        "minutes": 2,
        "due_cells": [
            {**due, "title": words["online"], "cell": cell("F12")},
            {**due, "what": "unreadable", "title": words["orders"], "cell": cell("F14"), **odd},
            {**due, "what": "confidence", "title": words["online"], "cell": cell("H12")},
        ],
        "more_due_cells": 0,
        "same_value_column": words["check_in"],
        "others": [
            item(words["agents"], status="on_track", progress=0.8),
            item(words["repeat"], status="at_risk", progress=0.42),
        ],
        "more_others": 0,
        "wins": [],
        "more_wins": 0,
    }


def _kpi_rows(words: Mapping[str, str]) -> list[dict[str, Any]]:
    strip = [
        {"label": f"T{month}", "achievement": 0.6 + month / 25, "status": "achieved" if month > 9 else "at_risk"}
        for month in range(1, 11)
    ]
    rows = {"group": words["sales"], "critical": False, "month": None, "weighted_score": 0.58, "strip": strip}
    together = {"span": {"first": "T1", "last": "T10", "count": 10}}
    return [
        {
            **rows,
            "title": words["late"],
            "critical": True,
            "achievement": 0.59,
            "status": "off_track",
            "target": amount(20, None),
            "actual": amount(34, None),
            **together,
            "cell": cell("D7", "KPI"),
        },
        {
            **rows,
            "title": words["revenue"],
            "achievement": 1.04,
            "status": "achieved",
            "target": amount(2.5e9),
            "actual": amount(2.6e9),
            **together,
            "month": {
                "achievement": 0.92,
                "status": "on_track",
                "target": amount(2.5e8),
                "actual": amount(2.3e8),
            },
            "cell": cell("D6", "KPI"),
        },
        {
            **rows,
            "title": words["repeat"],
            "achievement": None,
            "status": "not_scored",
            "target": amount(0.35, "%", percent=True),
            "actual": None,
            "span": None,
            "month": {
                "achievement": None,
                "status": None,
                "target": {"number": 0.3, "to": 0.4, "percent": True, "unit": "%"},
                "actual": None,
            },
            "weighted_score": None,
            "strip": [{"label": "T10", "achievement": None, "status": None}],
            "cell": cell("D8", "KPI"),
        },
    ]


def _kpi(words: Mapping[str, str]) -> dict[str, Any]:
    return {
        "team": None,
        "month": {"label": "10/2026", "start": date(2026, 10, 1), "end": date(2026, 10, 31)},
        "verdict": {"kpis": 4, "reached": 2, "missing": 1},
        "groups": _groups(words),
        "more_groups": 0,
        "rows": _kpi_rows(words),
        "more_rows": 1,
        "low": [_low(words)],
        "more_low": 0,
        "missing": [{"title": words["repeat"], "owner": None, "given": None, "cell": cell("D8", "KPI")}],
        "more_missing": 0,
        **_won(words),
    }


def _wins(words: Mapping[str, str]) -> dict[str, Any]:
    won = _won(words)["wins"][0]
    team = {**won, "kind": "objective", "title": words["trust"], "team": words["sales"], "owner": None, "day": None}
    return {
        "period": {"start": date(2026, 11, 16), "end": TODAY},
        "wins": [{**team, "early_days": None, "progress": None}, won],
        "more_wins": 0,
    }


_BODIES = {"company": _company, "team": _team, "owner": _owner, "kpi": _kpi, "wins": _wins}
