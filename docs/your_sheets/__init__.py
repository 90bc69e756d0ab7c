"""The sheets of the page about sheets as people keep them, one for each kind, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from your_sheets import groups, others, periods, rows
from your_sheets.drawing import Drawn

SHEETS: Mapping[str, Drawn] = {
    "flat": Drawn("okr-quy-4", "okr-q4", rows.flat),
    "form": Drawn("danh-gia-lan", "appraisal-anna", rows.form),
    "sections": Drawn("kpi-kinh-doanh", "kpi-sales", rows.sections),
    "objective-rows": Drawn("okr-marketing", "okr-marketing", rows.objective_rows),
    "merged-objectives": Drawn("okr-van-hanh", "okr-operations", rows.merged_objectives),
    "outline": Drawn("muc-tieu-nhan-su", "goals-people", rows.outline),
    "codes": Drawn("okr-phan-mem", "okr-software", rows.codes),
    "period-columns": Drawn("kpi-2026", "kpi-2026", periods.months),
    "weeks": Drawn("okr-cua-hang", "okr-shop", periods.weeks),
    "period-blocks": Drawn("kpi-san-xuat", "kpi-production", periods.blocks),
    "target-and-actual-rows": Drawn("chi-so-nha-may", "plant-figures", periods.pairs),
    "period-rows": Drawn("so-lieu-cua-hang", "shop-figures", periods.period_rows),
    "kr-columns": Drawn("okr-cac-phong", "okr-departments", groups.key_result_columns),
    "kr-lines": Drawn("okr-suat-an", "okr-meals", groups.key_result_lines),
    "side-by-side": Drawn("kpi-thang-11", "kpi-november", groups.side_by_side),
    "transposed": Drawn("okr-giam-doc", "okr-directors", groups.transposed),
    "sheet-per-member": Drawn("kpi-ca-nhan", "kpi-people", groups.sheets),
}
"""By layout as ``mapping.LAYOUTS`` calls it; two more show what has the same layout in another dress."""
DOUBTFUL = Drawn("kpi-to-giao-hang", "kpi-delivery", others.doubtful)
"""A sheet with a column of which nobody can be sure."""
