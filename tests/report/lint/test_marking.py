"""How templates are marked, so that a flaw can be told by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from sheetsync.packaged import templates_dir
from sheetsync.report.lint.marking import marked

TEMPLATE = """{# <td> #}
<table>
<tr>{% if a <b %}<td class="x">{{ "<i>" }}{% endif %}
<!--[if mso]><td><![endif]--><style>
p { display : flex; }</style><br/>
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Give a pack with one template."""
    folder = tmp_path / "pack"
    (folder / "email").mkdir(parents=True)
    (folder / "email" / "own.html.j2").write_text(TEMPLATE, encoding="utf-8")
    (folder / "email" / "own.txt.j2").write_text("<td>", encoding="utf-8")
    return folder


def test_tags_are_marked_and_nothing_else(pack: Path, tmp_path: Path) -> None:
    """Shows that comparisons, texts and comments of a template stay as they are, and text templates too."""
    made = marked((pack,), tmp_path / "copies")
    (copy,) = made.folders
    assert (copy / "email" / "own.html.j2").read_text(encoding="utf-8") == (
        "{# <td> #}\n<table data-at=0:2>\n"
        '<tr data-at=0:3>{% if a <b %}<td data-at=0:3 class="x">{{ "<i>" }}{% endif %}\n'
        "<!--[if mso]><td><![endif]--><style data-at=0:4>\np { display : flex; }</style><br data-at=0:5/>\n"
    )
    assert (copy / "email" / "own.txt.j2").read_text(encoding="utf-8") == "<td>"


def test_marks_and_styles_lead_back_to_the_template(pack: Path, tmp_path: Path) -> None:
    """Shows that a mark, or a property with its value, gives its file and line, and anything else nothing."""
    made = marked((pack,), tmp_path / "copies")
    path = pack / "email" / "own.html.j2"
    assert made.place("0:3") == f"{path}:3"
    assert [made.place(mark) for mark in ("", "7:1", "x:1", "0:", "-1:2")] == [""] * 5
    assert made.written("display: flex") == f"{path}:5"
    assert [made.written(style) for style in ("display: flexible", "play: flex", "display: grid")] == [""] * 3


def test_our_own_templates_still_compile_with_marks(tmp_path: Path) -> None:
    """Shows that marking breaks no template of ours, and adds marks alone."""
    made = marked((templates_dir(),), tmp_path / "copies")
    environment = Environment(loader=FileSystemLoader(made.folders[0]), autoescape=True)
    names = [f"email/{path.name}" for path in made.files]
    assert len(names) >= 8
    for name in names:
        source = (made.folders[0] / name).read_text(encoding="utf-8")
        environment.parse(source)
        assert source.count("\n") == (templates_dir() / name).read_text(encoding="utf-8").count("\n")
