"""Charts of the dashboard stand over the cells that sheetsync writes."""

from __future__ import annotations

from typing import Any

from sheetsync.gallery.dashboard import LIST_ROWS, STATUSES
from sheetsync.gallery.google.formats import colour
from sheetsync.palette import STATUS_COLOURS
from tests.gallery.google.conftest import Made

CHARTS = {"okr": 2, "kpi": 1, "okr-kpi": 3}


def specs(made: Made) -> list[dict[str, Any]]:
    """Give what each chart shows."""
    return [one["chart"]["spec"] for one in made.of("addChart")]


def marked(made: Made, what: str) -> tuple[int, int]:
    """Give row and column of a marked cell of the dashboard, from 0."""
    place = next(one["namedRange"]["range"] for one in made.of("addNamedRange")
                 if one["namedRange"]["name"] == f"_ss_dash_{what}")  # fmt: skip
    return place["startRowIndex"], place["startColumnIndex"]


def source(data: dict[str, Any]) -> dict[str, int]:
    """Give the one range that a part of a chart is drawn from."""
    (only,) = data["sourceRange"]["sources"]
    return dict(only)


def test_each_dashboard_has_its_charts(made: Made) -> None:
    """Shows as many charts as in the Excel template, each with a title, on the dashboard, right of the lists."""
    placed = [one["chart"]["position"]["overlayPosition"]["anchorCell"] for one in made.of("addChart")]
    assert len(placed) == CHARTS[made.kind]
    assert {one["sheetId"] for one in placed} == {made.id_of("dashboard")}
    assert all(one["columnIndex"] > 4 for one in placed)
    assert all(one["title"] for one in specs(made))


def test_series_and_names_have_the_same_rows(made: Made) -> None:
    """Shows that each chart pairs every value with the name beside it, and counts its header where there is one."""
    for one in specs(made):
        chart = one["basicChart"]
        (domain,) = chart["domains"]
        names = source(domain["domain"])
        rows = len(STATUSES) if "styleOverrides" in chart["series"][0] else LIST_ROWS
        assert names["endRowIndex"] - names["startRowIndex"] == rows + chart["headerCount"]
        for series in chart["series"]:
            values = source(series["series"])
            assert (values["startRowIndex"], values["endRowIndex"]) == (names["startRowIndex"], names["endRowIndex"])
            assert values["startColumnIndex"] > names["startColumnIndex"]
            assert series["targetAxis"] == ("BOTTOM_AXIS" if chart["chartType"] == "BAR" else "LEFT_AXIS")


def test_statuses_have_their_colours_in_the_order_of_the_cells(made: Made) -> None:
    """Shows that the bar of each status has its colour, and stands over the cell with the mark of that status."""
    if "okr" not in made.kind:
        assert not any("styleOverrides" in one["basicChart"]["series"][0] for one in specs(made))
        return
    (series,) = [one["basicChart"]["series"][0] for one in specs(made)
                 if "styleOverrides" in one["basicChart"]["series"][0]]  # fmt: skip
    place = source(series["series"])
    for number, status in enumerate(STATUSES):
        assert marked(made, status) == (place["startRowIndex"] + number, place["startColumnIndex"])
        assert series["styleOverrides"][number] == {"index": number, "colorStyle": colour(STATUS_COLOURS[status][0])}


def test_lists_are_drawn_from_the_row_beneath_their_mark(made: Made) -> None:
    """Shows that the charts of objectives and groups begin at the header that is marked."""
    wanted = [name for name, kind in (("objectives", "okr"), ("groups", "kpi")) if kind in made.kind]
    drawn = [source(one["basicChart"]["domains"][0]["domain"]) | {"headers": one["basicChart"]["headerCount"]}
             for one in specs(made) if "styleOverrides" not in one["basicChart"]["series"][0]]  # fmt: skip
    for name, place in zip(wanted, drawn, strict=True):
        assert marked(made, name) == (place["startRowIndex"] - (1 - place["headers"]), place["startColumnIndex"])


def test_the_axis_of_progress_ends_at_everything(made: Made) -> None:
    """Shows the objectives' chart from 0 to 1, so that a bar can be read as a share."""
    for one in specs(made):
        chart = one["basicChart"]
        if len(chart["series"]) == 2:
            ((window),) = [axis["viewWindowOptions"] for axis in chart["axis"]]
            assert window == {"viewWindowMin": 0, "viewWindowMax": 1, "viewWindowMode": "EXPLICIT"}
