"""The nightly job as the Task Scheduler of Windows wants it: one task with a call after the other.

Elements, their order and the namespace are those of the Task Scheduler schema, version 1.2.
"""

from __future__ import annotations

from datetime import date, datetime
from subprocess import list2cmdline
from xml.etree import ElementTree

from sheetsync.scheduling.clock import times_here
from sheetsync.scheduling.job import Call, Job

NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"


def files(job: Job, day: date) -> dict[str, bytes]:
    """Give the tasks by the names of their files, in UTF-16 with its mark, as ``schtasks /Create /XML`` reads them."""
    return {f"{name(job, call)}.xml": _task(job, call, day) for call in job.calls}


def name(job: Job, call: Call) -> str:
    """Give the name of a task."""
    return f"{job.label}-{call.name}"


def _task(job: Job, call: Call, day: date) -> bytes:
    task = ElementTree.Element("Task", {"version": "1.2", "xmlns": NAMESPACE})
    about = ElementTree.SubElement(task, "RegistrationInfo")
    _add(about, "Description", f"sheetsync {call.name}: {job.config}")
    trigger = ElementTree.SubElement(ElementTree.SubElement(task, "Triggers"), "CalendarTrigger")
    at = datetime.combine(day, times_here(call.at, call.zone, None, day)[0])
    _add(trigger, "StartBoundary", at.isoformat())
    _add(ElementTree.SubElement(trigger, "ScheduleByDay"), "DaysInterval", "1")
    who = ElementTree.SubElement(ElementTree.SubElement(task, "Principals"), "Principal", {"id": "Author"})
    _add(who, "LogonType", "InteractiveToken")  # whoever installs it, while signed in: no password is asked or kept
    _add(who, "RunLevel", "LeastPrivilege")
    settings = ElementTree.SubElement(task, "Settings")
    _add(settings, "MultipleInstancesPolicy", "IgnoreNew")
    _add(settings, "DisallowStartIfOnBatteries", "false")
    _add(settings, "StopIfGoingOnBatteries", "false")
    _add(settings, "StartWhenAvailable", "true")
    _add(settings, "ExecutionTimeLimit", "PT2H")
    run = ElementTree.SubElement(ElementTree.SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    _add(run, "Command", call.command[0])
    _add(run, "Arguments", list2cmdline(call.command[1:]))
    _add(run, "WorkingDirectory", str(job.folder))
    ElementTree.indent(task)
    written: bytes = ElementTree.tostring(task, encoding="utf-16", xml_declaration=True)
    return written


def _add(parent: ElementTree.Element, tag: str, words: str) -> None:
    ElementTree.SubElement(parent, tag).text = words
