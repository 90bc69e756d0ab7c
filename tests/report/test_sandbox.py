"""The sandbox of templates: what can be called, and that neither time nor memory can be used up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, TemplateError

from sheetsync.report.sandbox import LONGEST, STEPS, Sandbox


def shown(template: str, *, html: bool = False, **view: Any) -> str:
    """Give what a template makes of some values."""
    environment = Sandbox(DictLoader({"t": template}), lambda name: html)  # noqa: ARG005 - one template
    environment.begin()
    return environment.get_template("t").render(view)


@pytest.mark.parametrize(
    "template",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ company.format(1) }}",
        "{{ company.__init__.__globals__ }}",
        "{{ path.read_text() }}",
        "{{ path.name }}",
        "{{ company | attr('__class__') }}",
        "{{ day.strftime('%0900000000d') }}",
        "{{ rows.append(1) }}",
        "{{ item.update(a=1) }}",
        "{{ company.center(10) }}",
        "{{ company.replace('a', 'b') }}",
        "{{ '%900000000d' % 1 }}",
        "{{ 'a' * 900000000 }}",
        "{{ [1] * 900000000 }}",
        "{{ 9 ** 99999999 }}",
        "{{ 10 ** 30 * 10 ** 30 }}",
        "{{ range(1000000) | list | length }}",
        "{{ company | safe }}",
        "{{ company | indent(900000000) }}",
        "{{ lipsum(n=900000000) }}",
        "{{ rows }}",
        "{{ item ~ '' }}",
        "{{ nothing }}",
        "{% include 't' %}",
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}",
        "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for i in range(99) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set x %}{{ ns.x }}{{ ns.x }}{% endset %}"
        "{% set ns.x = x %}{% endfor %}",
        "{% set ns = namespace(x='ab') %}{% for i in range(99) %}{% set ns.x = [ns.x, ns.x] | join %}{% endfor %}",
        "{% for i in range(999) %}{{ company ~ company }}{% endfor %}",
        "{% for a in rows | slice(900000000) %}{% endfor %}",
    ],
)
def test_what_is_no_template_s_business_is_refused(template: str) -> None:
    """Shows that each of these ends at once in an error, whatever it was after."""
    view: dict[str, Any] = {
        "company": "Minh Long " * 100,
        "rows": [1, 2],
        "item": {"a": 1},
        "day": date(2026, 1, 1),
        "path": Path(),
    }
    with pytest.raises((TemplateError, RecursionError, TypeError)):
        shown(template, **view)


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{{ 2 * 3 + 4 % 3 - 2 ** 3 }}", "-1"),
        ("{{ 'a' + 'b' }}", "ab"),
        ("{{ ([1] + [2]) | join('-') }}", "1-2"),
        ("{{ 'a' ~ 1 ~ none }}", "a1None"),
        ("{{ name.upper() }} {{ name.startswith('L') }}", "LAN True"),
        ("{% for a, b in item.items() %}{{ a }}{{ b }}{% endfor %}", "a1"),
        ("{{ day.year }}-{{ day.month }}", "2026-1"),
        ("{% for row in [1, 2, 3] | batch(2) %}{{ row | join(',') }};{% endfor %}", "1,2;3;"),
        ("{% for row in [1, 2, 3] | slice(2) %}{{ row | join(',') }};{% endfor %}", "1,2;3;"),
        ("{% for i in range(3) %}{{ loop.index }}{% endfor %}", "123"),
    ],
)
def test_what_templates_need_works(template: str, told: str) -> None:
    """Shows arithmetic, joining, looking at values, and loops."""
    assert shown(template, name="Lan", item={"a": 1}, day=date(2026, 1, 1)) == told


def test_steps_are_counted_for_each_text_anew() -> None:
    """Shows that a long run of mails does not use up the steps of one."""
    environment = Sandbox(DictLoader({"t": "{% for i in range(900) %}{% endfor %}"}), lambda name: False)  # noqa: ARG005
    template = environment.get_template("t")
    for _ in range(2 * STEPS // 900):
        environment.begin()
        template.render()
    with pytest.raises(TemplateError, match="without end"):
        for _ in range(2 * STEPS // 900):
            template.render()


def test_marks_that_turn_the_direction_are_left_out() -> None:
    """Shows that a cell cannot turn the words after it around, and that right-to-left words stay as they are."""
    assert shown("{{ a }} {{ a ~ 'x' }}", a="\u202eمرحبا\u2066") == "مرحبا مرحباx"


@given(st.text(), st.text())
def test_joining_escapes_what_is_no_html(one: str, other: str) -> None:
    """Shows that in HTML what is joined by ~ or join is escaped like anything else, so that no markup comes through."""
    plain = shown("{{ a }}|{{ b }}", html=True, a=one, b=other)
    assert shown("{{ a ~ '|' ~ b }}", html=True, a=one, b=other) == plain
    assert shown("{{ [a, b] | join('|') }}", html=True, a=one, b=other) == plain
    macro = "{% macro m(x) %}{{ x }}{% endmacro %}"
    assert shown(macro + "{{ m(a) ~ '|' ~ b }}", html=True, a=one, b=other) == plain
    assert shown(macro + "{{ [m(a), b] | join('|') }}", html=True, a=one, b=other) == plain
    assert "<" not in plain


def test_the_longest_text_is_bounded() -> None:
    """Shows that the bound holds for the whole, and that what is just short enough comes through."""
    assert len(shown("{{ a }}{{ a }}", a="x" * (LONGEST // 2))) == LONGEST
    with pytest.raises(TemplateError, match="longer than"):
        shown("{{ a }}{{ a }}x", a="x" * (LONGEST // 2))
