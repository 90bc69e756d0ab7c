"""The page in a browser: no sideways scrolling on a phone, no fault that axe-core finds, and a filter that filters."""

from __future__ import annotations

import json
import os
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from sheetsync.packaged import templates_dir
from sheetsync.report.digest.page import page_digest
from sheetsync.report.digest.page_past import source_on
from sheetsync.report.page import listed, render_index
from tests.browser import DARK, dumped, framed
from tests.factories import key_result, objective
from tests.report.chart_shapes import SHAPES, all_charts
from tests.report.digest.book import MARK, TODAY, source
from tests.report.pages import PHRASES, firm, html_of, page

pytestmark = pytest.mark.chromium
LONG = "Doanh_thu_kênh_online_không_có_khoảng_trắng_" * 4


def index(language: str = "vi") -> str:
    """Give the list of two pages."""
    one = listed(page_digest(firm(language)), "minh.html")
    return render_index([one, one], TODAY, PHRASES[language], templates_dir())


def crowded() -> str:
    """Give a page whose cells hold words that no line can break."""
    items = [
        objective("O-1", title=LONG, owner=LONG),
        key_result("KR-1", title=LONG, owner=LONG, team=LONG, blocker=LONG, ask=LONG, baseline=0, target=9, current=1),
    ]
    return html_of(page_digest(source(*items)))


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
@pytest.mark.parametrize("made", [page, index, crowded], ids=["page", "index", "crowded"])
def test_nothing_overflows(made: Any, width: int, tmp_path: Path) -> None:
    """Shows that no width of a screen needs sideways scrolling, whatever stands in the cells."""
    assert f"scroll={width}<" in dumped(framed(made(), width, tmp_path))


@pytest.mark.parametrize("width", [320, 375, 768, 920, 1280])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_no_curve_crosses_a_label_of_the_chart(language: str, width: int, tmp_path: Path) -> None:
    """Shows for charts of many shapes that a browser draws no curve through the pace's name and today's number."""
    script = (
        "onload=()=>{const f=document.getElementById('f').contentDocument,bad=[];let seen=0;"
        "for(const c of f.querySelectorAll('[data-shape]')){"
        "const g=c.querySelector('.chart>svg').getBoundingClientRect();"
        "for(const t of c.querySelectorAll('.chart text')){seen++;const name=c.dataset.shape+':'+t.className.baseVal,"
        "b=t.getBoundingClientRect(),s=parseFloat(f.defaultView.getComputedStyle(t).fontSize),"
        "cut=t.className.baseVal=='ln'?[.26,.2]:[.1,.05],top=b.top+cut[0]*s,low=b.bottom-cut[1]*s;"
        "if(b.left<g.left-1||b.right>g.right+1)bad.push(name+':outside');"
        "for(const l of c.querySelectorAll('.chart .pace,.chart .line,.chart .ahead')){"
        "const n=l.getTotalLength(),m=l.getScreenCTM();"
        "for(let i=0;i<=900;i++){const p=l.getPointAtLength(n*i/900).matrixTransform(m);"
        "if(p.x>b.left&&p.x<b.right&&p.y>top&&p.y<low){bad.push(name+':'+l.className.baseVal);break}}}}}"
        "document.getElementById('w').textContent='seen='+seen+' bad='+bad.join()}"
    )
    path = framed(all_charts(language), width, tmp_path)
    html = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"<script>.*</script>", lambda _: f"<script>{script}</script>", html), encoding="utf-8")
    told = re.search(r'<p id="w">seen=(\d+) bad=(.*?)</p>', dumped(path, budget=20_000))
    assert told is not None
    assert told.group(2) == ""
    assert int(told.group(1)) >= 2 * len(SHAPES) - 3


def axe() -> str:
    """Give the text of axe-core; the test skips where nobody says where it is."""
    told = os.environ.get("SHEETSYNC_AXE", "")
    if not told or not Path(told).is_file():
        pytest.skip("needs axe-core: npm install axe-core, then SHEETSYNC_AXE=…/axe-core/axe.min.js")
    return Path(told).read_text(encoding="utf-8")


def past() -> str:
    """Give a page of an earlier day."""
    then = source_on(firm("vi"), MARK)
    assert then is not None
    return html_of(page_digest(then, past=True), "vi")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("made", [page, index, crowded, past], ids=["page", "index", "crowded", "past"])
def test_axe_finds_no_fault(made: Any, dark: bool, tmp_path: Path) -> None:
    """Shows that axe-core, with all its rules of WCAG 2.2 AA and of good practice, finds nothing, light and dark."""
    found = violations(made(), tmp_path, dark=dark)
    assert found == []


def test_axe_would_find_a_fault(tmp_path: Path) -> None:
    """Shows that the check can fail: pale text on white, and a picture without a name, are found."""
    html = (
        page("en").replace("<h1>", '<h1 style="color:#ddd">').replace('role="img" aria-label', 'role="img" data-label')
    )
    found = {one["id"] for one in violations(html, tmp_path, dark=False)}
    assert {"color-contrast", "role-img-alt"} <= found


def violations(html: str, folder: Path, *, dark: bool) -> list[dict[str, Any]]:
    """Give what axe-core finds wrong in a page; its own policy forbids scripts, so the copy that is judged has none."""
    script = axe()
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    assert free != html
    run = (
        "axe.run(document,{resultTypes:['violations','incomplete']}).then(r=>{const p=document.createElement('pre');"
        "p.id='found';p.textContent=JSON.stringify(r.violations.map(v=>({id:v.id,nodes:v.nodes.map(n=>n.html+' '"
        "+n.failureSummary)})));document.body.append(p)})"
    )
    path = folder / "judged.html"
    path.write_text(
        free.replace("</body>", f"<script>{script}</script><script>{run}</script></body>"), encoding="utf-8"
    )
    told = re.search(r'<pre id="found">(.*?)</pre>', dumped(path, *([DARK] if dark else []), budget=30_000), re.DOTALL)
    assert told is not None
    made: list[dict[str, Any]] = json.loads(unescape(told.group(1)))
    return made


def test_a_team_can_be_chosen_without_a_script(tmp_path: Path) -> None:
    """Shows that choosing a team leaves its rows and hides the others, and that all come back."""
    html = page("en")
    free = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
    script = (
        "const shown=()=>[...document.querySelectorAll('.tree tbody tr')].filter(r=>r.getClientRects().length).length;"
        "const told=[shown()];for(const id of ['t1','t2','t0']){document.getElementById(id).click();told.push(shown())}"
        "document.title='rows='+told.join()"
    )
    path = tmp_path / "chosen.html"
    path.write_text(free.replace("</body>", f"<script>{script}</script></body>"), encoding="utf-8")
    assert "<title>rows=7,5,2,7</title>" in dumped(path)
