"""The nightly job as the Task Scheduler of Windows wants it."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from xml.etree import ElementTree

from sheetsync.scheduling import windows
from tests.scheduling.jobs import DAY, job

SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    "StartWhenAvailable": "true",
    "ExecutionTimeLimit": "PT2H",
}
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


def test_each_part_has_the_name_that_the_schema_gives_it() -> None:
    """Shows trigger, principal, settings and action as the Task Scheduler knows them: it refuses any other word."""
    files = windows.files(job(), DAY)
    task = ElementTree.fromstring(files["sheetsync-okr-1a2b3c-sync.xml"].decode("utf-16"))  # noqa: S314 - our own
    space = {"t": windows.NAMESPACE}
    assert (task.tag, task.get("version")) == (f"{{{windows.NAMESPACE}}}Task", "1.2")
    assert task.findtext("t:RegistrationInfo/t:Description", None, space) == "sheetsync sync: /srv/okr/sheetsync.toml"
    assert task.findtext("t:Triggers/t:CalendarTrigger/t:ScheduleByDay/t:DaysInterval", None, space) == "1"
    who, actions = task.find("t:Principals/t:Principal", space), task.find("t:Actions", space)
    assert who is not None
    assert actions is not None
    assert who.get("id") == actions.get("Context")
    assert [who.findtext(f"t:{name}", None, space) for name in ("LogonType", "RunLevel")] == [
        "InteractiveToken", "LeastPrivilege",
    ]  # fmt: skip
    assert {one.tag.partition("}")[2]: one.text for one in task.iterfind("t:Settings/*", space)} == SETTINGS
    assert [one.tag.partition("}")[2] for one in task.iterfind("t:Actions/t:Exec/*", space)] == [
        "Command", "Arguments", "WorkingDirectory",
    ]  # fmt: skip
