"""The command line. Each command is a module of its own that is imported only when it is called."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from sheetsync import __version__
from sheetsync.cli import exits
from sheetsync.cli.frame import SpokenGroup, show_help, told
from sheetsync.cli.speech import say, spoken_language
from sheetsync.errors import ConfigError, SheetsyncError

COMMANDS = (
    *("demo", "init", "template", "adopt", "check", "plan", "sync", "cycle"),
    *("mail", "explain", "profile", "rule", "history", "report", "doctor", "schedule"),
)


class LazyGroup(SpokenGroup):
    """A group whose commands are imported one by one; the list of help texts needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the commands in the order in which a person meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"sheetsync.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section(say("cli.frame.commands")):
            formatter.write_dl([(name, say(f"cli.{name}.short")) for name in self.list_commands(ctx)])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    help=say("cli.help"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s", help=say("cli.option.version"))
@click.option("--lang", type=click.Choice(["en", "vi"]), help=say("cli.option.lang"))
@click.option("--config", metavar=say("cli.option.file_metavar"), help=say("cli.option.config"))
@click.option("--no-input", is_flag=True, help=say("cli.option.no_input"))
@click.option("--log", metavar=say("cli.option.file_metavar"), help=say("cli.option.log"))
@click.pass_context
def group(ctx: click.Context, lang: str | None, config: str | None, no_input: bool, log: str | None) -> int:
    """Hold what every command shares."""
    ctx.ensure_object(dict).update(language=lang or spoken_language(), config=config, no_input=no_input)
    if log is not None:
        from sheetsync.cli.log import begin

        ctx.obj.update(log=begin(log, sys.argv[1:]), no_input=True)  # nobody sees a question that stands in a file
    return exits.COMPLETE if ctx.invoked_subcommand else show_help(ctx)


def main() -> None:
    """Run the command line and leave with its exit code."""
    _prepare_streams()
    shared: dict[str, Any] = {}
    code = run(sys.argv[1:], shared)
    if not shared.get("log", True):  # a call whose log could not be kept is not complete
        code = exits.worst([code, exits.PARTIAL])
    code = _written(code)
    if "ping" in shared:
        shared["ping"].end(code)
    code = _ended(code) if shared.get("log") else code
    gc.freeze()  # all memory goes back to the system in one piece now: nobody need look for garbage in it
    sys.exit(code)


def _ended(code: int) -> int:
    """Write the end of the log and give the exit code: a call whose log could not be kept is not complete."""
    from sheetsync.cli import log

    try:
        log.end(code)
    except OSError as error:
        return exits.worst([code, _failed(error)])
    return code


def run(arguments: list[str], shared: dict[str, Any] | None = None) -> int:
    """Run one call and give its exit code; every failure ends as a message on stderr, never as a traceback.

    ``shared`` is filled with what every command shares.
    """
    try:
        return _run(arguments, {} if shared is None else shared)
    except OSError as error:
        return _failed(error)


def _run(arguments: list[str], shared: dict[str, Any]) -> int:
    """Do the same; raises an OSError where even a message cannot be written."""
    try:
        code: Any = group.main(arguments, prog_name="sheetsync", standalone_mode=False, obj=shared)
        return code if isinstance(code, int) else exits.COMPLETE
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(say("cli.cancelled"), err=True)
        return exits.CANCELLED
    except click.ClickException as wrong:
        click.echo(told(wrong), err=True)
        return exits.USAGE
    except SheetsyncError as error:
        tell(error)
        return error.exit_code
    except SystemExit:  # in no other case does click leave by itself
        return _unread(arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return _unread(arguments)
    except FileNotFoundError as error:
        if _standing_somewhere():
            _tell_bug(error)
            return exits.BUG
        click.echo(say("cli.folder_gone"), err=True)
        return exits.USAGE
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence: say what to send us instead of a wall of text
        _tell_bug(error)
        return exits.BUG


LOOKING = ("check", "plan", "explain", "profile", "rule")
"""The commands that only tell something."""


def _unread(arguments: list[str]) -> int:
    """Give the exit code where the reader of our output has left (a pager, ``head``), so that nothing can be told.

    What only tells has failed in nothing. What works may have been stopped before its end.
    """
    command = next((name for name in arguments if name in COMMANDS), None)
    return exits.COMPLETE if command is None or command in LOOKING else exits.PARTIAL


def tell(error: SheetsyncError, prefix: str = "") -> None:
    """Write one failed operation to stderr: what and where, then what to do."""
    if isinstance(error, ConfigError) and error.problems:
        for problem in error.problems:
            click.echo(problem, err=True)
        return
    click.echo(f"{prefix}{say(f'error.{error.key}', **error.params)}", err=True)


def _written(code: int) -> int:
    """Write out what was held back; the exit code tells where that cannot be."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # Python ends such a run in its own way
        return code
    except OSError as error:
        return exits.worst([code, _failed(error)])
    return code


def _failed(error: OSError) -> int:
    """Tell that our own output could not be written; any other error of the system that comes so far is a bug."""
    from sheetsync.cli.streams import tell_unwritten, unwritten

    if unwritten(error):
        return tell_unwritten(error)
    _tell_bug(error)
    return exits.BUG


def _standing_somewhere() -> bool:
    """Say whether the current folder is there; somebody may have deleted it while the terminal stood in it."""
    try:
        Path.cwd()
    except FileNotFoundError:
        return False
    return True


def _tell_bug(error: Exception) -> None:
    import traceback

    click.echo("".join(traceback.format_exception(error)), err=True)
    click.echo(say("cli.bug"), err=True)


def _prepare_streams() -> None:
    """Let no terminal's code page stop a message: what it cannot show is written with escapes."""
    if sys.stdin is None or sys.stdout is None or sys.stderr is None:
        from sheetsync.cli.streams import open_closed

        open_closed()
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
