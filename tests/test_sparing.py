"""click and others are imported without what they hardly ever need, and work as before."""

from __future__ import annotations

import gettext
import inspect
import subprocess
import sys
import tempfile
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheetsync.sparing import StandIn, cleandoc, counted, quote_from_bytes

SPARED = "import sys; from sheetsync.sparing import import_click; import_click(); import click; "


def told(code: str) -> str:
    """Run code in a fresh interpreter, in which click was imported sparingly, and give what it prints."""
    return subprocess.run(
        [sys.executable, "-c", SPARED + code], check=True, capture_output=True, text=True, timeout=60
    ).stdout.strip()


BEFORE_3_14 = ["ast"] if sys.version_info < (3, 14) else []  # from then on ``typing`` itself needs it
NAMES = (*BEFORE_3_14, "inspect", "uuid", "gettext", "threading", "urllib.parse")


def test_no_module_is_loaded_nor_a_stand_in_left() -> None:
    """Shows that an option with a help text needs none of the modules, and that their names are free for them."""
    code = f"click.Option(['--x'], help=' One line.'); print([one for one in {NAMES} if one in sys.modules])"
    assert told(code) == "[]"


def test_the_modules_themselves_are_loaded_once_asked_for() -> None:
    """Shows that click's own uses of both, and anybody's import, reach the modules themselves."""
    code = (
        "found = click.UUID.convert('12345678-1234-5678-1234-567812345678', None, None)\n"
        "print(found.int > 0, repr(click.Option(['--x'], help='One.\\n  Two.').help))\n"
        "import inspect, uuid; print(inspect.__file__.endswith('inspect.py'), type(found) is uuid.UUID)"
    )
    assert told(code).split("\n") == ["True 'One.\\nTwo.'", "True True"]


def test_threads_have_each_their_own_context() -> None:
    """Shows that what click keeps for a thread of ``threading`` is not seen by another."""
    code = (
        "import threading; seen = []\n"
        "with click.Context(click.Command('x')):\n"
        "    one = threading.Thread(target=lambda: seen.append(click.get_current_context(silent=True)))\n"
        "    one.start(); one.join(); print(seen, click.get_current_context().command.name)"
    )
    assert told(code) == "[None] x"


def test_a_path_is_still_written_as_an_address() -> None:
    """Shows that ``pathlib`` quotes what must be quoted."""
    assert told("import pathlib; print(pathlib.PurePosixPath('/a b/ế').as_uri())") == "file:///a%20b/%E1%BA%BF"


def test_days_and_times_are_those_of_python() -> None:
    """Shows that ``datetime`` gives the classes of Python, which can be packed, and also its other names."""
    code = (
        "import datetime, pickle, _datetime, zoneinfo\n"
        "noon = datetime.datetime(2026, 11, 21, 12, tzinfo=zoneinfo.ZoneInfo('Asia/Ho_Chi_Minh'))\n"
        "print(pickle.loads(pickle.dumps(noon)) == noon, datetime.date is _datetime.date, datetime.MAXYEAR)\n"
        "print(datetime.datetime.strptime('21/11/2026', '%d/%m/%Y').date(), bool(datetime.__file__))\n"
        "from datetime import date, timedelta; print(date(2026, 11, 21) + timedelta(1))"
    )
    assert told(code).split("\n") == ["True True 9999", "2026-11-21 True", "2026-11-22"]


def test_folders_of_the_platform_are_found_without_a_folder_for_passing_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that platformdirs gives the same folders as ever, and that ``tempfile`` is loaded once it is asked."""
    for name in ("XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    asked = "import platformdirs; print(platformdirs.user_state_path('x', appauthor=False))"
    sparing = "from sheetsync.sparing import import_platformdirs; import_platformdirs(); "
    here, gone = told(sparing + asked + "; print('tempfile' in sys.modules)").split("\n")
    assert (here, gone) == (told(asked).split("\n")[0], "False")
    assert told("from sheetsync import sparing; import tempfile; print(sparing.gettempdir())") == tempfile.gettempdir()


def test_what_stands_in_the_way_of_click_leaves_no_stand_in() -> None:
    """Shows that the names are free again where click itself cannot be imported."""
    code = (
        f"import sys; NAMES = {NAMES}; sys.modules['click'] = None; from sheetsync.sparing import import_click\n"
        "try:\n    import_click()\nexcept ImportError:\n    print([one for one in NAMES if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_a_loaded_module_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shows that nothing takes the place of a module that is there, and that leaving removes no other module."""
    own = StandIn("sheetsync_stands_here")
    other = StandIn("sheetsync_stands_here")
    monkeypatch.setitem(sys.modules, "sheetsync_stands_here", own)
    other.stand()
    other.leave()
    assert sys.modules["sheetsync_stands_here"] is own


@given(st.text(alphabet=" \t\nab\u00a0ế", max_size=20))
def test_help_texts_are_cleaned_as_inspect_cleans_them(text: str) -> None:
    """Shows that every text, of one line or of many, comes out as ``inspect.cleandoc`` has it."""
    assert cleandoc(text) == inspect.cleandoc(text)


@given(st.integers(-3, 3))
def test_forms_are_chosen_as_gettext_chooses_them(count: int) -> None:
    """Shows that one has a form of its own and every other number the other."""
    assert counted("file", "files", count) == gettext.NullTranslations().ngettext("file", "files", count)


@given(st.binary(max_size=20), st.sampled_from(["/", ""]))
def test_bytes_are_quoted_as_in_addresses(text: bytes, safe: str) -> None:
    """Shows that bytes become the same part of an address as with the function itself."""
    assert quote_from_bytes(text, safe) == urllib.parse.quote_from_bytes(text, safe)
