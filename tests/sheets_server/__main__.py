"""Run the stand-in by hand: `python -m tests.sheets_server --key-file robot.json --demo`."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from tests.sheets_server.demo import spreadsheet
from tests.sheets_server.server import SheetsServer


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C; say on stdout how sheetsync is sent there."""
    parser = argparse.ArgumentParser(prog="python -m tests.sheets_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="where to listen on 127.0.0.1; a free port without it")
    parser.add_argument("--key-file", type=Path, required=True, help="where to write the key of a service account")
    parser.add_argument("--demo", action="store_true", help="put a spreadsheet there to try things on")
    parser.add_argument("--latency", type=float, default=0.0, help="let each answer take so many seconds")
    told = parser.parse_args(arguments)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in the background deaf to it
    with SheetsServer(port=told.port) as server:
        try:
            _serve(server, told)
        except KeyboardInterrupt:
            sys.stderr.write(f"{len(server.requests)} requests, {server.reads} reads, {server.writes} writes\n")
        for violation in server.violations:
            sys.stderr.write(f"the stand-in itself was wrong: {violation}\n")
        return 1 if server.violations else 0


def _serve(server: SheetsServer, told: argparse.Namespace) -> None:
    server.latency(told.latency)
    server.key_file(told.key_file.parent).replace(told.key_file)
    lines = [f"export SHEETSYNC_GOOGLE_ENDPOINT={server.url}", f"export GOOGLE_APPLICATION_CREDENTIALS={told.key_file}"]
    if told.demo:
        lines.append(f"# the demo spreadsheet: {server.add(spreadsheet()).id}")
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
    server.closing.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
