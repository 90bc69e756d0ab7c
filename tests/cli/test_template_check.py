"""``sheetsync template check``: bad packs, each told in one clear line with file and line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from sheetsync.cli.pack_check import PATIENCE, check_pack
from sheetsync.errors import ConfigError
from sheetsync.report.fixtures import FIXTURES
from sheetsync.results import Severity
from tests.cli.conftest import Caller
from tests.cli.terminal import at_terminal

Maker = Callable[..., Path]
HEAD = '{% extends "sheetsync/owner.html.j2" %}\n'


@pytest.fixture
def pack(tmp_path: Path) -> Maker:
    """Give what makes a pack of templates and other files by their names; ``brand`` is its brand.toml."""

    def make(brand: str = "", **files: str) -> Path:
        folder = tmp_path / "pack"
        (folder / "email").mkdir(parents=True)
        (folder / "brand.toml").write_text(brand, encoding="utf-8")
        for name, text in files.items():
            (folder / "email" / f"{name.replace('__', '.')}.j2").write_text(text, encoding="utf-8")
        return folder

    return make


def owner(block: str) -> str:
    """Give a template of a pack that puts something into our owner's mail, on its line 2 and below."""
    return f"{HEAD}{{% block body %}}{block}{{{{ super() }}}}{{% endblock %}}"


@pytest.mark.parametrize(
    ("block", "rule", "line"),
    [
        ("\n<tr><td><svg></svg></td></tr>", "unsupported", 3),
        ('\n\n<tr><td style="display:flex">x</td></tr>', "unsupported", 4),
        ('<tr><td style="background: linear-gradient(red, blue)">x</td></tr>', "unsupported", 2),
        ('\n<tr><td><img src="data:image/png;base64,AAAA" alt=""></td></tr>', "data_uri", 3),
        ('\n<tr><td><img src="cid:logo"></td></tr>', "alt", 3),
        ('\n<tr><td><img src="cid:photo" alt=""></td></tr>', "no_image", 3),
        ('\n<tr><td><img src="https://x.example/y.png" alt=""></td></tr>', "remote", 3),
        ("\n<tr><td><script>1</script></td></tr>", "script", 3),
        ('\n<tr><td><a href="javascript:alert(1)">x</a></td></tr>', "link", 3),
        ("\n<tr><td><form></form></td></tr>", "form", 3),
        (f"<tr><td>{'x' * 120_000}</td></tr>", "clipped", 0),
        (f"<tr><td>{'x' * 75_000}</td></tr>", "size", 0),
    ],
)
def test_a_bad_template_is_caught_where_it_is_written(pack: Maker, block: str, rule: str, line: int) -> None:
    """Shows that each flaw is an error that names rule, file and line."""
    folder = pack('logo = "logo.png"', owner__html=owner(block))
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\nrest")
    tried = check_pack(folder, ("owner",), ("vi",), FIXTURES[:1])
    path = f"{folder / 'email' / 'owner.html.j2'}{f':{line}' if line else ''}"
    errors = [finding for finding in tried.findings if finding.flaw.severity is Severity.ERROR]
    assert [(finding.place, finding.flaw.rule) for finding in errors] == [(path, rule)]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("\n{% for a in range(999) %}{% for b in range(999) %}{% endfor %}{% endfor %}", "rounds"),
        ("\n{{ 'a' * 200000000 }}", "numbers alone"),
        ("\n{{ ''.__class__ }}", "__class__"),
        ("\n{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "recursion"),
        ("\n{% include '/etc/passwd' %}", "there is no template “/etc/passwd”"),
        ("\n{% include '../../../../etc/passwd' %}", "etc/passwd"),
        ("\n{{ nobody }}", "'nobody' is undefined"),
        ("\n{{ recipient.nobody }}", "nobody"),
        ("\n{% if %}", "Expected an expression"),
        ("\n{{ range(10 ** 9) | list }}", "range()"),
    ],
)
def test_a_template_that_fails_is_one_line_and_exit_1(call: Caller, pack: Maker, template: str, said: str) -> None:
    """Shows that endless, greedy, curious and broken templates end in one line each, with the line that is at fault."""
    folder = pack(owner__subject=template)
    begun = monotonic()
    done = call("--lang", "en", "template", "check", str(folder), "--kind", "owner", "--lang", "en")
    assert done.code == 1
    (line,) = done.out.splitlines()
    assert line.startswith(f"{folder / 'email' / 'owner.subject.j2'}:2: error template: this template fails: ")
    assert said in line
    assert "Traceback" not in done.err
    assert monotonic() - begun < 60


def test_a_pack_that_leads_outside_is_refused(call: Caller, pack: Maker) -> None:
    """Shows that a link to a file elsewhere is told, and what stands there gets into no mail."""
    folder = pack()
    (folder / "email" / "owner.txt.j2").symlink_to("/etc/passwd")
    done = call("--lang", "en", "template", "check", str(folder), "--kind", "owner")
    assert done.code == 2
    assert f"{folder / 'email' / 'owner.txt.j2'}: leads out of the pack, to /etc/passwd." in done.err


def test_our_own_templates_pass_in_silence(call: Caller) -> None:
    """Shows that without a pack ours are tried, and nothing is said where nothing is wrong and nobody looks."""
    done = call("template", "check", "--kind", "owner", "--lang", "vi")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_a_pack_that_only_colours_passes(pack: Maker) -> None:
    """Shows that a brand and a block of one's own, as the pages tell to make them, have no flaw in any mail."""
    block = '{% extends "sheetsync/company.html.j2" %}{% block wins %}{{ super() }}{% endblock %}'
    tried = check_pack(pack('accent = "#1d4ed8"\nfooter = "Minh Long"', company__html=block), ("company",), ("en",))
    assert tried.findings == ()
    assert tried.mails == len(FIXTURES)
    assert 20_000 < tried.largest < 80_000


def test_json_tells_everything(call: Caller, pack: Maker) -> None:
    """Shows the form for programs: what, where, which clients, and which mails show it."""
    folder = pack(owner__html=owner('\n<tr><td style="display:flex">x</td></tr>'))
    done = call("template", "check", str(folder), "--kind", "owner", "--lang", "vi", "--json")
    told = json.loads(done.out)
    assert (done.code, told["schema"], told["mails"]) == (1, "sheetsync.template-check.v1", len(FIXTURES))
    (found,) = told["findings"]
    assert found["place"].endswith("owner.html.j2:3")
    assert (found["severity"], found["rule"], found["clients"]) == ("error", "unsupported", ["outlook-classic"])
    assert "Outlook cổ điển" in found["message"]
    assert {mail["fixture"] for mail in found["mails"]} == {fixture.name for fixture in FIXTURES}


def test_a_kind_that_fails_is_not_tried_for_ever(pack: Maker) -> None:
    """Shows that a few failures of a kind are enough, that other kinds go on, and that a merged mail needs all."""
    tried = check_pack(pack(owner__subject="{{ nobody }}"), ("owner", "wins", "merged"), ("vi",))
    (found,) = tried.findings
    assert len(found.samples) == PATIENCE
    assert tried.mails == PATIENCE + len(FIXTURES)


def test_a_template_that_nothing_uses_is_told(pack: Maker) -> None:
    """Shows that a name with a mistake in it is found, and one that another template includes is not."""
    folder = pack(onwer__html="x", piece__html="y", owner__html=owner('{% include "email/piece.html.j2" %}'))
    tried = check_pack(folder, ("owner",), ("vi",), FIXTURES[:1])
    unused = [finding for finding in tried.findings if finding.flaw.rule == "unused"]
    assert [finding.flaw.what for finding in unused] == ["onwer.html.j2"]


def test_what_the_mails_go_without_is_a_warning(call: Caller, pack: Maker) -> None:
    """Shows that a logo which is not there is told, and the check passes all the same."""
    folder = pack('logo = "logo.png"')
    done = call("template", "check", str(folder), "--kind", "wins", "--lang", "en")
    assert done.code == 0
    assert f"{folder / 'logo.png'}: warning template: the logo cannot be read" in done.out


def test_a_pack_that_cannot_be_read_is_a_wrong_call(call: Caller, pack: Maker, tmp_path: Path) -> None:
    """Shows that a folder without a brand.toml, and a brand.toml that is none, end with 2 and say so."""
    done = call("--lang", "en", "template", "check", str(tmp_path / "nowhere"))
    assert done.code == 2
    assert "nowhere" in done.err
    with pytest.raises(ConfigError):
        check_pack(pack("accent = [\n"), ("owner",), ("vi",))


def test_a_person_at_a_terminal_sees_how_much_was_tried(pack: Maker, tmp_path: Path) -> None:
    """Shows the last line: how many mails, the largest, and of which day the data about clients are."""
    seen = at_terminal(tmp_path, "template", "check", str(pack()), "--kind", "wins", "--lang", "vi")
    assert seen.code == 0
    assert f"Đã thử {len(FIXTURES)} thư: 0 lỗi, 0 cảnh báo." in seen.screen
