"""The commands, their options, and how an error leaves the program.

Owns the words of the command line and the exit codes: 0 when all went well, 1 when something failed
as it ran, 2 when what was typed or set is not legal. Leaves the work to the functions that the
commands call. An option that is also a setting defaults to None: silence must not outrank the
environment and the settings file.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from workstation.cli.printing import fail_line
from workstation.errors import InvalidValue, WorkstationError
from workstation.protocol.versions import HIGHEST_VERSION

__all__ = ["main"]

_USAGE = 2
_FAILED = 1

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
wire = typer.Typer(help="Look at the protocol, and at recorded traffic.", rich_markup_mode=None)
app.add_typer(wire, name="wire")


class Place(StrEnum):
    """What `locate` can find."""

    CONFIG = "config"
    THEMES = "themes"
    DATA = "data"


class Switch(StrEnum):
    """On or off, in words."""

    ON = "on"
    OFF = "off"


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer passes it so
    if wanted:
        from workstation import __version__

        typer.echo(f"workstation {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def workstation(
    context: typer.Context,
    *,
    connect: Annotated[
        str | None,
        typer.Option(
            metavar="HOST:PORT", help="A Bridge to connect to, instead of a simulated one."
        ),
    ] = None,
    client_id: Annotated[
        int | None, typer.Option(metavar="N", help="The client id at the Bridge.")
    ] = None,
    theme: Annotated[str | None, typer.Option(metavar="NAME", help="The colour theme.")] = None,
    watchlist: Annotated[
        str | None,
        typer.Option(metavar="dow30|sp500|FILE", help="The watchlist at start."),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(metavar="N", help="Seed of the simulated market.")
    ] = None,
    actors: Annotated[
        bool | None,
        typer.Option("--actors/--no-actors", help="Whether the example actors trade."),
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback does the work
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version."),
    ] = False,
) -> None:
    """Trade from the terminal. Without a command: the screen, on a simulated Bridge.

    Every option is also a setting: WORKSTATION_THEME in the environment, theme in the settings
    file (see `workstation locate config`). A flag wins over the environment, and the environment
    over the file.
    """
    flags = {
        "connect": connect,
        "client_id": client_id,
        "theme": theme,
        "watchlist": watchlist,
        "seed": seed,
        "actors": actors,
    }
    given = {name: value for name, value in flags.items() if value is not None}
    command = context.invoked_subcommand
    if command is None:
        raise typer.Exit(_screen(given))
    if command == "doctor":
        context.obj = given
    elif given:
        options = ", ".join("--" + name.replace("_", "-") for name in given)
        raise typer.BadParameter(f"{options} before {command!r} has no effect; leave it out")


def _screen(flags: Mapping[str, object]) -> int:
    from workstation.config import load_settings

    settings = load_settings(flags)
    if not _in_a_terminal():
        from workstation.cli.screen import look_of

        look_of(settings)  # What is wrong with the settings is told first.
        raise WorkstationError(
            "the screen needs a terminal; `workstation --help` shows what does not"
        )
    from workstation.cli.screen import run_screen

    return run_screen(settings)


def _in_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


@app.command()
def bridge(
    *,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on 127.0.0.1; 0 lets the system choose.")
    ] = 7497,
    lines: Annotated[
        int, typer.Option(min=1, metavar="N", help="Streaming market data lines for each client.")
    ] = 100,
    pacing: Annotated[
        Switch, typer.Option(help="Whether more than 50 messages a second are refused.")
    ] = Switch.ON,
    seed: Annotated[int | None, typer.Option(metavar="N", help="Seed of the market.")] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Keep the account there; without it each start has a new one."
        ),
    ] = None,
    clock: Annotated[
        str,
        typer.Option(
            metavar="CLOCK",
            help="always-open trades at any hour, realtime in the exchange's hours; fast:60 lives "
            "a minute each second.",
        ),
    ] = "always-open",
    until_stdin_closes: Annotated[bool, typer.Option(hidden=True)] = False,
) -> None:
    """Run the simulated Bridge alone, until Ctrl-C.

    Any client of the TWS API can connect. When it is ready it prints `listening on HOST:PORT`.
    """
    from workstation.cli.bridge import run_bridge
    from workstation.config import load_settings

    settings = load_settings({"seed": seed})
    raise typer.Exit(
        run_bridge(
            port=port,
            lines=lines,
            pacing=pacing is Switch.ON,
            seed=settings.seed,
            watch_stdin=until_stdin_closes,
            data=data,
            clock=clock,
        )
    )


@wire.command()
def decode(
    file: Annotated[
        typer.FileBinaryRead | None, typer.Argument(help="A capture; without one, or -: stdin.")
    ] = None,
    *,
    pretty: Annotated[
        bool, typer.Option("--pretty", help="Print for people, not as JSON.")
    ] = False,
) -> None:
    """Decode a capture of protocol traffic.

    Reads JSON lines {"direction": "in"|"out", "server_version": N, "fields": [...]}, or "hex" with
    the payload instead of "fields". Writes for each line the message's id and name, its values, the
    fields our own encoder gives back for them, and what is wrong with it. Ends with 1 if anything
    is.
    """
    from workstation.cli.wire import decode_capture

    raise typer.Exit(decode_capture(file or sys.stdin.buffer, sys.stdout, pretty=pretty))


@wire.command()
def messages(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not Markdown.")] = False,
) -> None:
    """List every message with its fields, their types and versions."""
    from workstation.cli.wire_reference import print_messages

    raise typer.Exit(print_messages(sys.stdout, as_json=as_json))


@wire.command()
def codes(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not Markdown.")] = False,
) -> None:
    """List every known code of the Bridge's remarks, with its meaning and what to do."""
    from workstation.cli.wire_codes import print_codes

    raise typer.Exit(print_codes(sys.stdout, as_json=as_json))


@wire.command()
def source(
    message: Annotated[str, typer.Argument(help="A message's name, as in tick_price.")],
    *,
    server_version: Annotated[
        int, typer.Option(metavar="N", help="The server version.")
    ] = HIGHEST_VERSION,
) -> None:
    """Print the compiled decoder and encoder of a message at a server version."""
    from workstation.cli.wire_reference import print_source

    raise typer.Exit(print_source(sys.stdout, message, server_version))


@app.command()
def locate(place: Annotated[Place, typer.Argument(help="What to find.")]) -> None:
    """Print where settings, themes or data lie.

    The path is printed whether it exists or not.
    """
    from workstation import locations

    find = {
        Place.CONFIG: locations.config_file,
        Place.THEMES: locations.themes_directory,
        Place.DATA: locations.data_directory,
    }
    typer.echo(find[place]())


@app.command()
def doctor(context: typer.Context) -> None:
    """Check what the workstation needs.

    Each line says that something is well, or what to do about it. Ends with 1 if anything is
    broken.
    """
    from workstation.cli.doctor import examine

    raise typer.Exit(examine(context.obj or {}, sys.stdout))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line.

    Args:
        arguments: without the program's name; None takes the process's own.

    Returns:
        The exit code.
    """
    try:
        return app(arguments, prog_name="workstation", standalone_mode=False) or 0
    except typer.TyperException as error:
        fail_line(f"{error.format_message()} (see workstation --help)")
        return error.exit_code
    except InvalidValue as error:
        fail_line(str(error))
        return _USAGE
    except WorkstationError as error:
        fail_line(str(error))
        return _FAILED
    except typer.Abort:
        return _FAILED
