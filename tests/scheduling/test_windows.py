"""The nightly job as the Task Scheduler of Windows wants it."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from xml.etree import ElementTree

from sheetsync.scheduling import windows
from tests.scheduling.jobs import DAY, job

ORDER = ("RegistrationInfo", "Triggers", "Principals", "Settings", "Actions")


def test_each_call_is_a_task() -> None:
    """Shows the encoding, the order of parts that the schema asks for, the hour, and the words of the call."""
    folder = Path("/srv/Công ty R&D")
    files = windows.files(job(folder, mail=time(6, 30)), DAY)
    assert list(files) == ["sheetsync-okr-1a2b3c-sync.xml", "sheetsync-okr-1a2b3c-mail-0630.xml"]
    content = files["sheetsync-okr-1a2b3c-sync.xml"]
    assert content.startswith((b"\xff\xfe", b"\xfe\xff"))
    task = ElementTree.fromstring(content.decode("utf-16"))  # noqa: S314 - our own
    space = {"t": windows.NAMESPACE}
    assert [part.tag.partition("}")[2] for part in task] == list(ORDER)
    assert task.findtext(".//t:StartBoundary", None, space) == "2026-11-23T03:30:00"
    assert task.findtext(".//t:DaysInterval", None, space) == "1"
    assert task.findtext(".//t:StartWhenAvailable", None, space) == "true"
    assert task.findtext(".//t:Command", None, space) == "/srv/okr/.venv/bin/sheetsync"
    assert task.findtext(".//t:Arguments", None, space) == f'--no-input --config "{folder}/sheetsync.toml" sync'
    assert task.findtext(".//t:WorkingDirectory", None, space) == str(folder)
