"""Answers for a limited process that take too much of something, as a template would that got past the sandbox."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path
from typing import Any

from sheetsync.limited.child import TimeUp

ENTRY = f"{__name__}:answer"


def answer(request: dict[str, Any]) -> Any:
    """Do what is asked, whatever it takes."""
    try:
        return _DEEDS[request["do"]](request)
    except (TimeUp, MemoryError, OSError) as error:
        return {"stopped": type(error).__name__}


def _loop(request: dict[str, Any]) -> Any:
    while True:
        request.get("x")


def _hang(request: dict[str, Any]) -> Any:
    """Stay where no signal of Python's is looked at."""
    return sum(range(10**13))


def _memory(request: dict[str, Any]) -> Any:
    return {"length": len("a" * request["bytes"])}


def _write(request: dict[str, Any]) -> Any:
    path = Path(request["path"])
    path.write_text("more than nothing", encoding="utf-8")
    return {"size": path.stat().st_size}


def _environment(request: dict[str, Any]) -> Any:
    return {"names": sorted(os.environ), "folder": str(Path.cwd()), "path": sys.path}


def _files(request: dict[str, Any]) -> Any:
    return {"open": len([socket.socket() for _ in range(request["count"])])}


def _print(request: dict[str, Any]) -> Any:
    os.write(1, b'{"forged": true}\n')
    return {"honest": True}


def _die(request: dict[str, Any]) -> Any:
    sys.stderr.write("the last word\n")
    sys.stderr.flush()
    os._exit(7)


def _much(request: dict[str, Any]) -> Any:
    return {"text": "a" * request["bytes"]}


def _echo(request: dict[str, Any]) -> Any:
    return {"said": request["said"], "process": os.getpid()}


_DEEDS = {
    "loop": _loop,
    "hang": _hang,
    "memory": _memory,
    "write": _write,
    "environment": _environment,
    "files": _files,
    "print": _print,
    "die": _die,
    "much": _much,
    "echo": _echo,
}
